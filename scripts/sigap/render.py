"""Markdown to HTML, once: the extensions that the site and every comparison render with.

Loaded by mkdocs as a Markdown extension (`sigap.render`), which adds what stock extensions lack: Indonesian titles of
GitHub's callouts, and cells that know their column, so that a wide table can become cards on a phone.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from .vocabulary import SESSION_COLUMNS

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
            elif element.tag == "div" and element.get("class") in ("sigap-kepala", "sigap-ikhtisar"):
                element.set("data-pagefind-ignore", "")  # every module has them: they would drown what it says
                if element.get("class") == "sigap-kepala":
                    _as_list(element)
            elif element.tag == "table":
                _label_cells(element)


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


def _label_cells(table: Element) -> None:
    """Give every cell its column's name, so that a row can become a card, and each activity its running minutes.

    Roles, which cards need in some browsers, are set by the page's script: on a real table they say what it says.
    """
    heads = ["".join(head.itertext()).strip() for head in table.iterfind("thead/tr/th")]
    if heads[:2] == ["Kata lain", "Dipakai di sini"]:
        table.set("data-pagefind-ignore", "")  # the search reads it as data; it shall not find itself
    if len(heads) < CARDS_FROM:
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


class SigapExtension(Extension):
    """Register the processors after inline patterns have run, so that header texts are complete."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.treeprocessors.register(_Readable(md), "sigap", 5)


def makeExtension(**settings: Any) -> SigapExtension:  # noqa: N802
    return SigapExtension(**settings)


def renderer() -> Markdown:
    """A Markdown instance without theme, permalinks or generated ids: what comparisons render with."""
    return Markdown(extensions=list(EXTENSIONS), extension_configs=SETTINGS)
