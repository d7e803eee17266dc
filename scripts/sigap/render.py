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


class _Readable(Treeprocessor):
    def __init__(self, md: Markdown, *, cards: bool) -> None:
        super().__init__(md)
        self.cards = cards

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "div" and "admonition" in element.get("class", ""):
                title = element.find("p[@class='admonition-title']")
                if title is not None and (title.text or "").lower() in CALLOUTS:
                    title.text = CALLOUTS[(title.text or "").lower()]
            elif element.tag == "table" and self.cards:
                _label_cells(element)


def _label_cells(table: Element) -> None:
    """Give every cell its column's name and explicit roles, which survive a display other than table."""
    heads = ["".join(head.itertext()).strip() for head in table.iterfind("thead/tr/th")]
    if len(heads) < CARDS_FROM:
        return
    table.set("class", f"{table.get('class', '')} sigap-kartu".strip())
    table.set("role", "table")
    for part in table:
        part.set("role", "rowgroup")
        for row in part:
            row.set("role", "row")
            for index, cell in enumerate(row):
                cell.set("role", "columnheader" if cell.tag == "th" else "cell")
                if cell.tag == "td" and index < len(heads):
                    cell.set("data-kolom", heads[index])


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
        self.parser.parseBlocks(SubElement(parent, "div", {"class": f"sigap-{opened[1]}"}), inner)
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


def renderer() -> Markdown:
    """A Markdown instance without theme, permalinks or generated ids: what comparisons render with."""
    return Markdown(extensions=[*EXTENSIONS, SigapExtension(cards=False)], extension_configs=SETTINGS)
