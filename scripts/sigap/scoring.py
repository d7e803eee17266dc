"""What a sheet scores: its items, the must-pass ones among them, and the pass mark that its own sentence sets.

Read from the sheet's tables (or numbered questions) and from `Lulus bila paling sedikit 10, termasuk butir wajib 3 dan
6`, whenever they are asked for. The same words are read in the column Batas lulus of a module's Evaluasi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .document import Block, Document

PASS = re.compile(r"(?:Lulus bila|Lulus:|Batas lulus:)")
THRESHOLD = "Batas lulus"
"""The head of a column that sets a pass mark for each part of a sheet."""

_LEAST = r"(?:paling sedikit|sedikitnya)"
_WORDS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split()
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_WORDS)})"
_MARK = re.compile(rf"{_LEAST} {_NUMBER}\b(?:(?: [^\d,.;]{{0,30}}?)? dari (\d+)\b)?", re.IGNORECASE)
_OF = re.compile(r"\bdari (\d+)\b")
_ASIDE = re.compile(r"\([^()]*\)")
_NAMED = re.compile(
    rf"\b(?:termasuk|tanpa nilai 0 pada|butir wajib(?= \d))(?P<which>[^;]*?)(?=;|, dan {_LEAST}|$)", re.IGNORECASE
)
_VALUE = re.compile(rf"\b(?:bernilai|{_LEAST}|dari|nilai)\s+\d+", re.IGNORECASE)
_MUST = re.compile(r"\bwajib\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:wajib|termasuk|bernilai|masing-masing|dan)\b|;", re.IGNORECASE)
_MARKED = re.compile(r"^Wajib\b|\(wajib\b|, wajib\b")
_FIRST = re.compile(r"(\d{1,3})(?=\D|$)")
_SENTENCE_END = re.compile(r"\.(?=\s|$)")
_SCORED = frozenset("no butir aspek baris kartu situasi langkah".split())
"""Heads of the first column of a table whose rows are scored."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row or question that gives points; `number` is the one written, or its place in the table."""

    number: int
    text: str
    must: bool
    start: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A pass mark: the fewest points, out of how many (0: not said), and the numbers of the items that must be passed.

    `text` is the sentence, `speaks` whether it sets any condition besides the sum, `of_all` whether it speaks of the
    must-pass items by that word alone.
    """

    least: int
    out_of: int
    must: frozenset[int]
    text: str
    start: int

    @property
    def speaks(self) -> bool:
        return bool(self.must or _CONDITION.search(self.text))

    @property
    def of_all(self) -> bool:
        return not self.must and bool(_MUST.search(self.text))

    @property
    def said(self) -> str:
        """`6 dari 8, butir 2 dan 4`."""
        out_of = f" dari {self.out_of}" if self.out_of else ""
        return f"{self.least}{out_of}" + (f", wajib {listed(self.must)}" if self.must else "")


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that are scored together (none where they cannot be read), points that one gives, and its pass marks."""

    items: tuple[Item, ...]
    points: int
    marks: tuple[Mark, ...]

    @property
    def highest(self) -> int:
        return len(self.items) * self.points

    @property
    def must(self) -> frozenset[int]:
        return frozenset(item.number for item in self.items if item.must)


def listed(numbers: Sequence[int] | frozenset[int]) -> str:
    """`2, 4, dan 6`."""
    *rest, last = [str(number) for number in sorted(numbers)]
    return last if not rest else f"{rest[0]} dan {last}" if len(rest) == 1 else f"{', '.join(rest)}, dan {last}"


def mark_in(text: str, start: int = 0) -> Mark | None:
    """The pass mark that a sentence or cell sets; None where it sets none in points."""
    match = _MARK.search(text)
    if match is None:
        return None
    rest = _ASIDE.sub("", text[match.end() :])
    named = _NAMED.search(rest)
    which = _VALUE.sub("", named["which"]) if named else ""
    must = frozenset(int(number) for number in re.findall(r"\b\d{1,3}\b", which))
    return Mark(_value(match[1]), int(match[2] or 0), must, text, start)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word.lower()) + 1


def scales(document: Document) -> tuple[Scale, ...]:
    """Every scale of a sheet, in its order; empty where nothing sets a pass mark."""
    if b"ulus" not in document.data:
        return ()
    found: list[Scale] = []
    pieces: list[Block] = []
    for section in document.root.walk():
        for block in section.blocks:
            if block.kind == "paragraph" and (match := PASS.search(block.text)):
                if mark := _sentence_mark(block, match):
                    found.append(_scale(pieces, (mark,)))
                    pieces = []
            elif block.kind == "table" and (marks := tuple(_column_marks(block))):
                found.append(_scale(pieces, marks))
                pieces = []
            elif block.kind in ("table", "list") and _items(block):
                pieces.append(block)
    return tuple(found)


def _sentence_mark(block: Block, match: re.Match[str]) -> Mark | None:
    text = block.text[match.end() :]
    end = _SENTENCE_END.search(text)
    mark = mark_in(text[: end.start()] if end else text, block.start)
    before = _OF.findall(block.text[: match.start()])
    return replace(mark, out_of=int(before[-1])) if mark and not mark.out_of and len(before) == 1 else mark


def _column_marks(table: Block) -> Iterator[Mark]:
    """The marks of a table with a column `Batas lulus`, one for each row."""
    heads = [cell.text for cell in table.children[0].children] if table.children else []
    if THRESHOLD not in heads:
        return
    for row in table.children[1:]:
        cells = [cell.text for cell in row.children]
        mark = mark_in(cells[heads.index(THRESHOLD)], row.start) if len(cells) == len(heads) else None
        if mark:
            before = _OF.findall(" ".join(cells))
            yield replace(mark, out_of=mark.out_of or int(before[0] if before else 0))


def _scale(pieces: Sequence[Block], marks: tuple[Mark, ...]) -> Scale:
    """The last table or list of questions, and those before it whose numbers it carries on."""
    items: tuple[Item, ...] = ()
    points = 1
    for piece in reversed(pieces):
        more = _items(piece)
        if items and (not more or more[-1].number + 1 != items[0].number):
            break
        items, points = more + items, _points(piece)
    return Scale(items, points, marks)


def _items(piece: Block) -> tuple[Item, ...]:
    """What is scored in a table or in a numbered list; empty for any other."""
    if piece.kind == "list":
        return tuple(
            Item(piece.level + place, text, bool(_MARKED.search(text)), item.start)
            for place, item in enumerate(piece.children if piece.level else ())
            for text in [_first_text(item)]
        )
    head, *rows = piece.children
    if not head.children or head.children[0].text.casefold() not in _SCORED:
        return ()
    written = [_FIRST.match(row.children[0].text) if row.children else None for row in rows]
    numbers = [int(m[1]) if m else 0 for m in written]
    if 0 in numbers:
        numbers = list(range(1, len(rows) + 1))
    return tuple(
        Item(number, cells[0] if not cells[0].isdigit() else cells[1], any(map(_MARKED.search, cells)), row.start)
        for number, row in zip(numbers, rows, strict=True)
        for cells in [[cell.text for cell in row.children[:2]]]
        if len(cells) == 2 and any(cell.strip("_ ") for cell in cells)
    )


def _first_text(item: Block) -> str:
    return item.text or next((child.text for child in item.children if child.kind == "paragraph"), "")


def _points(piece: Block) -> int:
    """The most that one item gives: the highest value that heads a column, or 1."""
    heads = [cell.text for cell in piece.children[0].children] if piece.kind == "table" else []
    return max((int(head) for head in heads if head.isdigit()), default=1)
