"""What a handout is: its kind, for whom it is copied and how often, and where its cards are cut.

Read from the handout's own front matter (`lampiran: {…}`) whenever it is asked for, so that a handout stays a plain
document and editions that were cut before handouts had a front matter stay readable.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from . import groups, schema
from .document import Block, Document, Section
from .model import Module, Practice

KEY, CARDS, QUESTIONS, SHEETS = "kunci", "kartu", "soal", ("lembar-kerja", "formulir", "daftar-periksa")
"""Kinds that rules and packs treat apart; sheets are what participants write on."""

KINDS = {
    "lembar-kerja": "Lembar kerja",
    "formulir": "Formulir",
    "daftar-periksa": "Daftar periksa",
    "rubrik": "Rubrik",
    "bacaan": "Bacaan",
    "kartu": "Kartu",
    "naskah": "Naskah",
    "soal": "Soal",
    "kunci": "Kunci",
}
"""Every kind in the order in which a pack lays them."""

FACILITATOR, GROUP = "fasilitator", "kelompok"
READERS = {
    "peserta": "peserta",
    "pasangan": "pasangan",
    "trio": "kelompok tiga orang",
    "kelompok": "kelompok",
    "kelas": "kelas",
    "fasilitator": "fasilitator",
}

CLASSES = (24, 30)
"""Sizes of a class for which pages and packs say how many copies to make."""

BLANK = re.compile(r"_{4,}(?: \((\d{1,2}) baris\))?")
"""A place to write on; with `(5 baris)` behind it, so many lines."""
MARK = re.compile(r"\bYa\s*/\s*(?:Belum|Tidak)\b|[☐□]|\[ \]")
"""A box to tick: `Ya/Belum`, `Ya/Tidak`, ☐ or a task list's box."""

TICKED = frozenset("ya,tidak,belum,nilai,skor,poin,paraf,l,p,0,1,2,3,✓,1 atau 0,0 atau 1,ya/belum,ya/tidak".split(","))
"""Heads of columns that take a tick or a figure; other blank columns take sentences and need room."""


@dataclass(frozen=True, slots=True)
class Handout:
    """The front matter of a handout: `size` of a group (0: not said), `cut` the beginnings of card headings by role.

    `each_round` is the role of whoever gets one more copy in each round of an exercise; `form` is that of a bank of
    questions (A or B; empty: not said).
    """

    kind: str
    reader: str
    copies: int = 1
    size: int = 0
    cut: tuple[str, ...] = ()
    pieces: bool = False
    mixed: bool = False
    each_round: str = ""
    form: str = ""

    @property
    def for_facilitator(self) -> bool:
        return self.reader == FACILITATOR


def handout_of(document: Document) -> Handout | None:
    """What a handout says that it is; None where it says nothing, or nothing that can be used."""
    front = document.front
    if not front or "lampiran" not in front or schema.check("lampiran", front):
        return None
    data: Any = front["lampiran"]
    return Handout(
        data["jenis"],
        data["untuk"],
        data.get("salin", 1),
        data.get("ukuran") or 0,
        tuple(data.get("potong", ())),
        data.get("butir", False),
        data.get("campur", False),
        data.get("tiap_putaran") or "",
        data.get("bentuk") or "",
    )


@dataclass(frozen=True, eq=False)
class Card:
    """A card to cut out: its role, the title of the round that it belongs to, and what stands on it.

    `body` holds blocks: those of the section, or the one row or item that is the whole card.
    """

    role: str
    above: str
    heading: Block | None
    body: tuple[Block, ...]
    head: Block | None = None


def cards(document: Document, handout: Handout) -> tuple[Card, ...]:
    """The cards of a handout in their order, as its front matter says where they are cut.

    A role is cut where headings begin with it; where none does, at paragraphs, as in `Peran petugas: …`.
    """
    headed = {role_of(section, handout) for section in document.root.walk()}
    labels = tuple(entry for entry in handout.cut if entry not in headed)
    return tuple(_cards(document.root, "", handout, labels))


def _cards(section: Section, above: str, handout: Handout, labels: Sequence[str]) -> Iterator[Card]:
    role = role_of(section, handout)
    if role and handout.pieces:
        yield from _pieces(section, role)
    elif role:
        title = above if section.heading and section.heading.level > 2 else ""
        yield Card(role, title, section.heading, tuple(_all(section)))
        return
    elif section.heading and section.heading.level > 1:
        yield from _labelled(section, labels)
    for child in section.children:
        yield from _cards(child, section.title, handout, labels)


def _pieces(section: Section, role: str) -> Iterator[Card]:
    """Every row and item right under a heading as a card of its own."""
    for block in section.blocks:
        if block.kind == "table":
            yield from (Card(role, section.title, None, (row,), block.children[0]) for row in block.children[1:])
        elif block.kind == "list":
            yield from (Card(role, section.title, None, (item,)) for item in block.children)


def _labelled(section: Section, labels: Sequence[str]) -> Iterator[Card]:
    """The cards that paragraphs of a section begin, each up to the next."""
    roles = [_begins(block.text, labels) if block.kind == "paragraph" else "" for block in section.blocks]
    at = [index for index, role in enumerate(roles) if role]
    for start, end in pairwise([*at, len(roles)]):
        yield Card(roles[start], section.title, None, section.blocks[start:end])


def role_of(section: Section, handout: Handout) -> str:
    """The entry of `potong` that a section's heading begins with; empty for what is no card.

    The title of the whole handout is no card's, but the rows and items right under it can be cards.
    """
    if section.heading is None or (section.heading.level == 1 and not handout.pieces):
        return ""
    return _begins(section.title, handout.cut)


def _begins(text: str, entries: Sequence[str]) -> str:
    """The first entry that a text begins with, in whatever case."""
    start = text.casefold()
    return next((entry for entry in entries if start.startswith(entry.casefold())), "")


def _all(section: Section) -> list[Block]:
    """The blocks of a section and of those below it, their headings among them."""
    found = list(section.blocks)
    for child in section.children:
        found += [child.heading] if child.heading else []
        found += _all(child)
    return found


def writable(document: Document) -> bool:
    """Whether there is a place to write or to tick."""
    text = document.data[document.body :].decode("utf-8", "replace")
    return bool(BLANK.search(text) or MARK.search(text))


def practice_of(document: Document, module: Module) -> Practice | None:
    """The exercise in groups that a handout is worked with in, the first that names its file."""
    name = posixpath.basename(document.path)
    practices = module.grouping.practices if module.grouping else ()
    return next((practice for practice in practices if name in practice.sheets), None)


def copies(handout: Handout, people: int, practice: Practice | None = None) -> int | None:
    """Copies for a class of so many, enough for whoever is left over; None where the size of a group is not said.

    The `practice` that the handout is worked with in says how many groups there are, and who gets one each round.
    """
    count = _readers(handout, people, practice)
    if count is None:
        return None
    more = groups.holders(practice, people, handout.each_round) if practice and handout.each_round else 0
    return count * handout.copies + more


def _readers(handout: Handout, people: int, practice: Practice | None) -> int | None:
    sizes = {"peserta": 1, "pasangan": 2, "trio": 3, GROUP: handout.size}
    if handout.reader not in sizes:
        return 1
    size = sizes[handout.reader]
    teams = groups.division(practice, people) if practice else None
    if practice and teams and size in (0, len(practice.teams[0].roles)):
        return sum(teams)
    return -(-people // size) if size else None


def copies_in(document: Document, module: Module) -> list[str]:
    """The copies of a handout for each of `CLASSES`, in words where nobody knows the number."""
    handout = handout_of(document)
    practice = practice_of(document, module)
    counts = [copies(handout, people, practice) if handout else None for people in CLASSES]
    return [str(count) if count else "menurut kelompok" for count in counts]


def copies_text(handout: Handout) -> str:
    """`2 untuk setiap peserta`, `1 set untuk setiap kelompok 5 orang`, `1 untuk kelas`."""
    unit = f"{handout.copies} set" if handout.kind == CARDS else f"{handout.copies}"
    if handout.reader in ("kelas", FACILITATOR):
        return f"{unit} untuk {READERS[handout.reader]}"
    size = f" {handout.size} orang" if handout.size else ""
    own = f"{unit} untuk setiap {READERS[handout.reader]}{size}" if handout.copies else ""
    turn = f"1 untuk setiap {handout.each_round} pada setiap putaran" if handout.each_round else ""
    return " dan ".join(filter(None, (own, turn)))
