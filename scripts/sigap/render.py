"""Markdown to HTML, once: the extensions that the site and every comparison render with.

Loaded by mkdocs as a Markdown extension (`sigap.render`), which adds what stock extensions lack: Indonesian titles of
GitHub's callouts, and cells that know their column, so that a wide table can become cards on a phone.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

EXTENSIONS: tuple[str, ...] = (
    "abbr",
    "attr_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
    "pymdownx.quotes",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
SETTINGS: dict[str, dict[str, Any]] = {
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
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "div" and "admonition" in element.get("class", ""):
                title = element.find("p[@class='admonition-title']")
                if title is not None and (title.text or "").lower() in CALLOUTS:
                    title.text = CALLOUTS[(title.text or "").lower()]
            elif element.tag == "table":
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


class SigapExtension(Extension):
    """Register the processors after inline patterns have run, so that header texts are complete."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.treeprocessors.register(_Readable(md), "sigap", 5)


def makeExtension(**settings: Any) -> SigapExtension:  # noqa: N802
    return SigapExtension(**settings)


def renderer() -> Markdown:
    """A Markdown instance without theme, permalinks or generated ids: what comparisons render with."""
    return Markdown(extensions=list(EXTENSIONS), extension_configs=SETTINGS)
