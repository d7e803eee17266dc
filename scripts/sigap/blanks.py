"""Places to write and boxes to tick, on the site's pages: a Markdown extension (`sigap.blanks`) after `sigap.render`.

`________` becomes a blank that paper draws as a line to the margin, or as the whole cell where nothing else stands in
it; `________ (5 baris)` five lines. `Ya/Belum` in a cell and ☐ anywhere become boxes. The text stays what it was, so a
page without style or script still says everything; `lembar.js` makes fields of them on a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from .handout import BLANK, TICKED

CHOICE = re.compile(r"\b(Ya)\s*/\s*(Belum|Tidak)\b")
BOX = re.compile("[☐□]")
_ANY = re.compile(rf"{BLANK.pattern}|{BOX.pattern}|{CHOICE.pattern}")
_PLAIN = ("code", "pre", "script", "style")
_LINES = ("p", "li")

Piece = str | Element


class _Blanks(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            plain = not any(child.tag in ("p", "ul", "ol") for child in element)
            if element.tag in ("td", *_LINES) and plain and _ANY.search("".join(element.itertext())):
                _put(element, list(_pieces(element, in_cell=element.tag == "td")))
        for table in root.iter("table"):
            _widen(table)


def _widen(table: Element) -> None:
    """Mark the heads of columns that take sentences, with how many there are, so that paper gives them room."""
    rows = [list(row) for row in table.iterfind("tbody/tr")]
    found = [
        head
        for index, head in enumerate(table.iterfind("thead/tr/th"))
        if rows
        and all(len(row) > index and "isian-sel" in row[index].get("class", "") for row in rows)
        and "".join(head.itertext()).strip().casefold() not in TICKED
    ]
    for head in found:
        head.set("class", f"isian-kolom isian-kolom--{min(len(found), 4)}")


def _pieces(element: Element, in_cell: bool) -> Iterator[Piece]:
    """What stands in an element, in order: texts, elements, and a span for every blank and box."""
    yield from _cut(element.text or "", in_cell)
    for child in list(element):
        tail, child.tail = child.tail or "", None
        if child.tag not in _PLAIN and not len(child):
            inner = list(_cut(child.text or "", in_cell))
            if len(inner) > 1:
                child.text = None
                _fill(child, inner)
        yield child
        yield from _cut(tail, in_cell)


def _cut(text: str, in_cell: bool) -> Iterator[Piece]:
    at = 0
    pattern = re.compile("|".join((f"(?P<blank>{BLANK.pattern})", BOX.pattern, *([CHOICE.pattern] if in_cell else []))))
    for match in pattern.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        if match["blank"]:
            blank = Element("span", {"class": "isian"})
            blank.text = match["blank"].partition(" ")[0]
            if match[2]:
                blank.set("data-baris", match[2])
            yield blank
        elif BOX.fullmatch(match[0]):
            yield _box()
        else:
            yes, no = match.groups()[-2:]
            yield _box()
            yield f" {yes} "
            yield _box()
            yield f" {no}"
        at = match.end()
    if at < len(text):
        yield text[at:]


def _box() -> Element:
    box = Element("span", {"class": "isian-kotak"})
    box.text = "☐"
    return box


def _put(element: Element, pieces: list[Piece]) -> None:
    """Fill an element anew. In a line, what stands before a blank is one label, so that the blank takes the rest."""
    tail, attributes, tag = element.tail, dict(element.attrib), element.tag
    element.clear()
    element.tag, element.tail = tag, tail
    element.attrib.update(attributes)
    blanks = [piece for piece in pieces if not isinstance(piece, str) and piece.get("class") == "isian"]
    if tag == "td" and blanks and not "".join(piece for piece in pieces if isinstance(piece, str)).strip():
        if len(pieces) == len(blanks):
            element.set("class", f"{attributes.get('class', '')} isian-sel".strip())
    elif tag in _LINES and blanks:
        element.set("class", f"{attributes.get('class', '')} isian-baris".strip())
        pieces = _labelled(pieces)
    _fill(element, pieces)


def _labelled(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    label: list[Piece] = []
    for piece in [*pieces, ""]:
        blank = not isinstance(piece, str) and piece.get("class") == "isian"
        if (blank or piece == "") and label:
            span = Element("span", {"class": "isian-label"})
            _fill(span, label)
            found.append(span)
            label = []
        if blank:
            found.append(piece)
        elif piece != "":
            label.append(piece)
    return found


def _fill(element: Element, pieces: list[Piece]) -> None:
    last: Element | None = None
    for piece in pieces:
        if not isinstance(piece, str):
            element.append(piece)
            last = piece
        elif last is None:
            element.text = (element.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece


class BlanksExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.treeprocessors.register(_Blanks(md), "sigap-blanks", 4)


def makeExtension(**settings: Any) -> BlanksExtension:  # noqa: N802
    return BlanksExtension(**settings)
