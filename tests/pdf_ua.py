"""What PDF/UA-1 (ISO 14289-1) asks of a file that a machine can tell, clause by clause: what `pdfua` does not look at.

No program that checks the whole standard can be installed from the registries that the tests may use (veraPDF is not
among them). typst refuses what it knows to be wrong; this reads the finished file with another library.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

UA = "http://www.aiim.org/pdfua/ns/id/"
STANDARD = frozenset(
    "/Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /Private /P /H /H1 /H2 /H3 /H4 /H5 "
    "/H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Span /Quote /Note /Reference /BibEntry /Code /Link "
    "/Annot /Ruby /RB /RT /RP /Warichu /WT /WP /Figure /Formula /Form".split()
)
"""The structure types of PDF 1.7; any other must be mapped to one of them."""
HEADINGS = [f"/H{level}" for level in range(1, 7)]


def faults(pdf: Pdf) -> Iterator[str]:
    """Every fault with its clause; nothing for a file that keeps them."""
    root: Any = pdf.Root
    yield from _told(
        (root.get("/Lang") == "id", "7.2 the language of the text"),
        (bool(root.get("/MarkInfo", {}).get("/Marked")), "6.2 marked as tagged"),
        (not root.get("/MarkInfo", {}).get("/Suspects"), "7.1 no suspects"),
        (bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")), "7.1 the title is shown"),
        ("/Outlines" in root and int(root.Outlines.get("/Count", 0)) != 0, "bookmarks"),
        ("/StructTreeRoot" in root, "6.2 a structure"),
    )
    with pdf.open_metadata() as data:
        yield from _told(
            (str(data.get(f"{{{UA}}}part")) == "1", "5 says that it is PDF/UA-1"),
            (bool(data.get("dc:title")), "7.1 a title"),
        )
    for number, page in enumerate(pdf.pages, 1):
        yield from (f"page {number}: {fault}" for fault in _page(page.obj))
    elements = list(walk(root.get("/StructTreeRoot", {})))
    roles = root.get("/StructTreeRoot", {}).get("/RoleMap", {})
    for kind in sorted({kind for kind, _ in elements} - STANDARD):
        yield from _told((str(roles.get(kind, "")) in STANDARD, f"7.1 {kind} is mapped to no standard type"))
    yield from _headings([kind for kind, _ in elements])
    for kind, element in elements:
        yield from _told(
            (kind != "/Figure" or bool(str(element.get("/Alt", ""))), "7.3 a figure without a text"),
            (kind != "/TH" or "/Scope" in str(element.get("/A", "")) or _scoped(element), "7.5 a head without scope"),
            (kind != "/TR" or all(_kind(c) in ("/TH", "/TD") for c in _kids(element)), "7.2 a row of something else"),
            (kind != "/L" or all(_kind(c) in ("/LI", "/L", "/Caption") for c in _kids(element)), "7.2 a list of else"),
        )


def _told(*claims: tuple[bool, str]) -> Iterator[str]:
    yield from (what for held, what in claims if not held)


def _page(page: Any) -> Iterator[str]:
    yield from _told((page.get("/Tabs") == Name.S, "7.18.3 tabs follow the structure"))
    for name, font in page.get("/Resources", {}).get("/Font", {}).items():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        held = inner.get("/FontDescriptor", {})
        embedded = any(key in held for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        yield from _told(
            (embedded, f"7.21.4 font {name} is embedded"), ("/ToUnicode" in font, f"7.21.7 font {name} maps to letters")
        )
    for note in page.get("/Annots", []):
        said = bool(str(note.get("/Contents", "")))
        yield from _told(
            (said, "7.18.5 a link without a description"),
            ("/StructParent" in note, "7.18.5 a link outside of the structure"),
        )


def walk(element: Any) -> Iterator[tuple[str, Any]]:
    for kid in _kids(element):
        yield _kind(kid), kid
        yield from walk(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]


def _kind(element: Any) -> str:
    return str(element.get("/S", ""))


def _scoped(element: Any) -> bool:
    marks = element.get("/A", [])
    return any("/Scope" in mark for mark in (marks if isinstance(marks, Array) else [marks]))


def _headings(kinds: list[str]) -> Iterator[str]:
    """7.4.2: levels go down one by one."""
    before = 0
    for kind in kinds:
        if kind in HEADINGS:
            level = int(kind[2:])
            yield from _told((level <= before + 1, f"7.4.2 {kind} after level {before}"))
            before = level
