"""A curriculum to `{uri: page}`: what is written by hand, with everything that can be derived put in its place.

Generated parts are plain Markdown. On a page below docs/ they stand where the page says so, by a comment such as
`<!-- sigap: katalog -->`; in a module their places are fixed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..addresses import uri
from ..markdown_out import plain
from ..model import Curriculum
from ..tree import POLICY
from . import chart
from .docs import Told, asks, docs_page
from .module import handout_page, module_page
from .programme_tests import page_of_test, programme_tests

ABBREVIATION = "Singkatan"
SYNONYMS = ("Kata lain", "Dipakai di sini")


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
            found[uri(handout.path)] = Page(handout_page(handout, module, curriculum.documents), handout.path)
    for programme in curriculum.programmes:
        for test in programme_tests(programme, curriculum):
            found[uri(test.path)] = Page(page_of_test(test, curriculum), programme.document.path)
    known = abbreviations(curriculum)
    if not known:
        return found
    return {where: Page(f"{page.content.rstrip()}\n\n{known}", page.source) for where, page in found.items()}


def assets(curriculum: Curriculum) -> dict[str, str]:
    """Images and other files that pages show, by uri to repository path; what may not be published is left out."""
    unfit = {problem.location.path for problem in curriculum.problems if problem.code == "K606"}
    return {uri(path): path for path in curriculum.paths - unfit if not path.endswith(".md") and path != POLICY}


def drawings(curriculum: Curriculum) -> dict[str, str]:
    """Pictures that are drawn from the data, by uri, for the pages that ask for them."""
    return {chart.place(p): chart.svg(curriculum) for p in curriculum.pages if asks(p, "peta-kurikulum")}


def abbreviations(curriculum: Curriculum) -> str:
    """What the `abbr` extension reads at the end of every page, from the glossary's tables headed `Singkatan`."""
    rows = _glossary_rows(curriculum, lambda heads: heads[:1] == (ABBREVIATION,))
    return "".join(f"*[{short}]: {long}\n" for short, long in rows if long and not _UNFIT.search(short))


_UNFIT = re.compile(r"[\[\]\\`<&*_]")
"""What the extension has no way to write in an abbreviation."""


def synonyms(curriculum: Curriculum) -> dict[str, str]:
    """Words that people search for, in lower case, and the word that the curriculum has for them; from the glossary."""
    rows = _glossary_rows(curriculum, lambda heads: heads[:2] == SYNONYMS)
    return {other.strip().lower(): ours for others, ours in rows for other in others.split(",") if other.strip()}


def _glossary_rows(curriculum: Curriculum, wanted: Callable[[tuple[str, ...]], bool]) -> Iterator[tuple[str, str]]:
    """The first two cells of every row of the glossary's tables whose head is wanted."""
    for block in curriculum.glossary.blocks if curriculum.glossary else ():
        if block.kind == "table" and block.children and wanted(tuple(c.text for c in block.children[0].children)):
            for row in block.children[1:]:
                if len(row.children) > 1:
                    yield plain(row.children[0].text), plain(row.children[1].text)
