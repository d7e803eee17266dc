"""Markdown to HTML, once: the extensions that the site and every comparison render with.

Loaded by mkdocs as a Markdown extension (`sigap.render`). It takes raw HTML away, which then stands on the page as the
text that it is, and adds what stock extensions lack: the boxes of `markdown_out`, Indonesian titles of GitHub's
callouts, and cells that know their column, so that a wide table can become cards on a phone. `attr_list` and
`md_in_html` are left out on purpose: with them an author writes attributes and elements.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor

from .markdown_out import AWAY, BOX_CLOSED, BOX_OPENED
from .vocabulary import SESSION_COLUMNS

EXTENSIONS: tuple[str, ...] = (
    "abbr",
    "footnotes",
    "sane_lists",
    "tables",
    "pymdownx.highlight",
    "pymdownx.quotes",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
SETTINGS: dict[str, dict[str, Any]] = {
    "tables": {"use_align_attribute": True},  # a style attribute is what the site's policy refuses
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.tilde": {"subscript": False},
}

CALLOUTS = {
    "note": "Catatan",
    "tip": "Kiat",
    "important": "Penting",
    "warning": "Peringatan",
    "caution": "Bahaya",
}
CARDS_FROM = 3
"""Columns from which a table becomes cards on a narrow screen."""


_ALIGNED = {"right": "sigap-kanan", "center": "sigap-tengah"}
"""The `align` of Python-Markdown is obsolete in HTML, and a style attribute is what the site's policy refuses."""


class _Readable(Treeprocessor):
    def __init__(self, md: Markdown, *, cards: bool) -> None:
        super().__init__(md)
        self.cards = cards

    def run(self, root: Element) -> None:
        small = {
            table for box in root.iter("div") if box.get("class") == "sigap-pembagian" for table in box.iter("table")
        }
        for element in root.iter():
            if element.tag == "div" and "admonition" in element.get("class", ""):
                title = element.find("p[@class='admonition-title']")
                if title is not None and (title.text or "").lower() in CALLOUTS:
                    title.text = CALLOUTS[(title.text or "").lower()]
            elif not self.cards:
                continue
            elif element.tag == "div" and element.get("class") in ("sigap-kepala", "sigap-ikhtisar"):
                element.set("data-pagefind-ignore", "")  # every module has them: they would drown what it says
                if element.get("class") == "sigap-kepala":
                    _as_list(element)
            elif element.tag == "div" and element.get("class") == "sigap-pembahasan":
                _fold(element)
            elif element.tag == "table":
                _label_cells(element, cards=element not in small)


def _fold(box: Element) -> None:
    """What is right and why, folded up: it shall be seen by whoever has chosen an answer, and found by no search."""
    box.tag = "details"
    box.set("data-pagefind-ignore", "")
    summary = Element("summary")
    summary.text = "Jawaban dan alasan"
    box.insert(0, summary)


def _as_list(box: Element) -> None:
    """The head of a module as terms and what they are: its two columns are no table to whoever hears them."""
    table = box.find("table")
    if table is None:
        return
    terms = Element("dl", {"class": "kepala-modul"})
    for row in table.iterfind("tbody/tr"):
        for name, cell in zip(("dt", "dd"), row, strict=False):
            cell.tag = name
            cell.attrib.clear()
            terms.append(cell)
    box[list(box).index(table)] = terms


def _label_cells(table: Element, cards: bool) -> None:
    """Give every cell its column's name, so that a row can become a card, and each activity its running minutes.

    Roles, which cards need in some browsers, are set by the page's script: on a real table they say what it says.
    """
    for cell in table.iter():
        if aligned := _ALIGNED.get(cell.attrib.pop("align", "")):
            cell.set("class", aligned)
    heads = ["".join(head.itertext()).strip() for head in table.iterfind("thead/tr/th")]
    if heads[:2] == ["Kata lain", "Dipakai di sini"]:
        table.set("data-pagefind-ignore", "")  # the search reads it as data; it shall not find itself
    if len(heads) < CARDS_FROM or not cards:
        return
    table.set("class", f"{table.get('class', '')} sigap-kartu".strip())
    timed = heads == list(SESSION_COLUMNS)
    now = 0
    for row in table.iterfind("tbody/tr"):
        for index, cell in enumerate(row):
            if index < len(heads):
                cell.set("data-kolom", heads[index])
        minutes = "".join(row[-1].itertext()).strip() if timed and len(row) else ""
        if minutes.isdecimal():
            row.set("data-ke", str(now))
            row[-1].set("data-jam", f"{now}–{now + int(minutes)}")
            now += int(minutes)


class _Boxes(BlockProcessor):
    """Generated content in a `div` of its own class, between the two comments that `markdown_out.box` writes."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(BOX_OPENED.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        opened = BOX_OPENED.fullmatch(blocks[0].strip())
        end = next((at for at, block in enumerate(blocks) if block.strip() == BOX_CLOSED), 0)
        if not opened or not end:
            return False
        inner = blocks[1:end]
        del blocks[: end + 1]
        names = " ".join(f"sigap-{word}" for word in opened[1].split())
        self.parser.parseBlocks(SubElement(parent, "div", {"class": names}), inner)
        return True


class _Away(Treeprocessor):
    """Links out of the edition, which mkdocs must not look for among its pages."""

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            element.set("href", element.get("href", "").removeprefix(AWAY))


class SigapExtension(Extension):
    """What Sigap adds and takes away. `cards` is for the pages of the site."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"cards": [True, "cells of wide tables know their column"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.register(_Boxes(md.parser), "sigap-kotak", 105)
        # after inline patterns have run, so that the texts of heads are complete
        md.treeprocessors.register(_Readable(md, cards=self.getConfig("cards")), "sigap", 5)
        md.treeprocessors.register(_Away(md), "sigap-keluar", -5)  # after mkdocs has looked at the links


def makeExtension(**settings: Any) -> SigapExtension:  # noqa: N802
    return SigapExtension(**settings)


def renderer(*, headings: bool = False) -> Markdown:
    """A Markdown instance without theme and permalinks: what comparisons render with. `headings` get their ids."""
    extensions: list[str | Extension] = [*EXTENSIONS, *(["toc"] if headings else []), SigapExtension(cards=False)]
    return Markdown(extensions=extensions, extension_configs=SETTINGS)
