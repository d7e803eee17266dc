"""A curriculum to `{uri: page}`: what is written by hand, with everything that can be derived put in its place.

Generated parts are plain Markdown. On a page below docs/ they stand where the page says so, by a comment such as
`<!-- sigap: katalog -->`; in a module their places are fixed.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Block
from ..markdown_out import plain
from ..model import Curriculum
from ..tree import DOCS, MODULES
from .docs import Told, docs_page
from .editing import uri
from .module import handout_page, module_page

GLOSSARY = f"{DOCS}/glosarium.md"
ABBREVIATION = "Singkatan"


@dataclass(frozen=True, slots=True)
class Page:
    """The Markdown of one page, and the repository path that its edit link opens."""

    content: str
    source: str


def pages(curriculum: Curriculum, told: Told | None = None) -> dict[str, Page]:
    """Every Markdown page of the site by its uri (`modul/<slug>/index.md`).

    `told` adds to each edition's notes what changed; without it they stand as they were written.
    """
    found = {uri(page.path): Page(docs_page(page, curriculum, told or {}), page.path) for page in curriculum.pages}
    for module in curriculum.modules:
        found[uri(module.path)] = Page(module_page(module, curriculum), module.path)
        for handout in module.handouts:
            found[uri(handout.path)] = Page(handout_page(handout, module), handout.path)
    known = abbreviations(curriculum)
    if not known:
        return found
    return {where: Page(f"{page.content.rstrip()}\n\n{known}", page.source) for where, page in found.items()}


def assets(curriculum: Curriculum) -> dict[str, str]:
    """Images and other files beside the modules: uri to repository path."""
    return {
        uri(path): path
        for path in curriculum.paths
        if path.startswith(f"{MODULES}/") and path.count("/") > 1 and not path.endswith(".md")
    }


def abbreviations(curriculum: Curriculum) -> str:
    """What the `abbr` extension reads at the end of every page, from the glossary's tables headed `Singkatan`."""
    glossary = curriculum.documents.get(GLOSSARY)
    lines = []
    for block in glossary.blocks if glossary else ():
        if block.kind == "table" and _is_glossary(block):
            for row in block.children[1:]:
                short, long = (plain(cell.text) for cell in row.children[:2])
                if long and not set(short) & set("[]\\`<&*_"):  # the extension has no way to write these
                    lines.append(f"*[{short}]: {long}\n")
    return "".join(lines)


def _is_glossary(table: Block) -> bool:
    """Whether a table explains abbreviations; the parser fills every row to the width of its head."""
    head = table.children[0].children if table.children else ()
    return len(head) > 1 and head[0].text == ABBREVIATION
