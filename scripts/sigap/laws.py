"""Laws that texts cite, what the page `docs/rujukan-hukum.md` knows of each, and what is marked `(perlu diperiksa)`.

A law is cited as people write it, `UU 12/2022` or `Undang-Undang Nomor 12 Tahun 2022`; both are the key `uu-12-2022`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import schema
from .document import Block, Document, Offsets, fact
from .tree import DOCS

PAGE = f"{DOCS}/rujukan-hukum.md"
SEEN = "dilihat"
_ENTRY = ("Kunci", "Peraturan", "Keadaan", "Diperiksa")
_OPEN = "Yang perlu diperiksa"
_LONG = {
    "undang-undang": "uu",
    "peraturan pemerintah": "pp",
    "peraturan presiden": "perpres",
    "keputusan presiden": "keppres",
    "instruksi presiden": "inpres",
    "peraturan menteri sosial": "permensos",
    "keputusan menteri sosial": "kepmensos",
    "peraturan menteri pppa": "permen-pppa",
    "peraturan menteri panrb": "permenpan-rb",
    "peraturan kepala bnpb": "perka-bnpb",
    "peraturan komisi pemberantasan korupsi": "peraturan-kpk",
}
"""Kinds of law by their long names."""
_SHORT = (
    r"UU|PP|Perppu|Perpres|Keppres|Inpres|Permen(?: [A-Z]{3,6}|[a-z]+)(?: RB)?|Kepmen[a-z]+|Perka [A-Z]+"
    r"|Peraturan [A-Z]{3,6}"
)
_CITED = re.compile(
    rf"(?<![\w-])(?P<kind>{_SHORT}|(?i:{'|'.join(_LONG)}))\s+(?:Nomor\s+)?(?P<number>\d{{1,3}})(?:/HUK)?"
    r"(?:/|\s+Tahun\s+)(?P<year>(?:19|20)\d\d)\b"
)
_MARK = re.compile(r"[^.|\n(]*\([^()\n]{0,300}perlu diperiksa[^()\n]{0,300}\)")
_KODE = re.compile(r"\b[A-Z]{2,5}-\d{2,3}\b")


@dataclass(frozen=True, slots=True)
class Citation:
    """A law where a text names it: its key, as it is written, and the byte where that begins."""

    key: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence marked `(perlu diperiksa)`, the byte of the mark, and the law that it stands beside ('' for none)."""

    text: str
    start: int
    key: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page says of a law: the key of its row, whether it was seen, and when (None: not yet, or unreadable)."""

    key: str
    seen: bool
    checked: date | None
    start: int


def _cited(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _CITED.finditer(text):
        kind = " ".join(match["kind"].split()).casefold()
        yield f"{_LONG.get(kind, kind.replace(' ', '-'))}-{match['number']}-{match['year']}", match


@fact("document")
def citations(document: Document) -> tuple[Citation, ...]:
    """The laws that a document names, in their order."""
    text = document.data.decode("utf-8", "replace")
    offset = Offsets(text)
    return tuple(Citation(key, match[0], offset.at(match.start())) for key, match in _cited(text))


@fact("document")
def doubts(document: Document) -> tuple[Doubt, ...]:
    """What a document marks as still to be checked."""
    if b"perlu diperiksa" not in document.data:
        return ()
    text = document.data.decode("utf-8", "replace")
    offset, found = Offsets(text), []
    for match in _MARK.finditer(text):
        keys = [key for key, _ in _cited(match[0])]
        said = match[0].lstrip("-* \t0123456789")
        found.append(Doubt(said.strip(), offset.at(match.end() - len(said)), keys[-1] if keys else ""))
    return tuple(found)


def entries(page: Document) -> dict[str, Entry]:
    """The laws that the page lists, by key; those that a row only names beside its own are listed with it."""
    found: dict[str, Entry] = {}
    for heads, cells in _rows(page):
        if not set(_ENTRY) <= set(heads):
            continue
        cell = {head: block.text.strip() for head, block in zip(heads, cells, strict=True)}
        day = schema.day(cell["Diperiksa"])
        checked = day if isinstance(day, date) else None
        for key in (cell["Kunci"], *(key for key, _ in _cited(cell["Peraturan"]))):
            found.setdefault(key, Entry(cell["Kunci"], cell["Keadaan"] == SEEN, checked, cells[0].start))
    return found


def open_work(page: Document) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of laws and the kodes of modules that the page's tables of open work name."""
    keys: set[str] = set()
    kodes: set[str] = set()
    for heads, cells in _rows(page):
        if heads[-1] == _OPEN:
            keys.add(cells[0].text.strip())
            kodes |= {kode for cell in cells[:-1] for kode in _KODE.findall(cell.text)}
    return frozenset(keys), frozenset(kodes)


def _rows(page: Document) -> Iterator[tuple[tuple[str, ...], tuple[Block, ...]]]:
    """Every row of a page's tables, with the heads of its columns."""
    for table in page.of("table"):
        heads = tuple(cell.text.strip() for cell in table.children[0].children) if table.children else ()
        for row in table.children[1:]:
            if heads and len(row.children) == len(heads):
                yield heads, row.children
