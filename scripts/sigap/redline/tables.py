"""What became of each column of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import align
from .ops import Move
from .trees import Node, bag, text

_SAME = 0.4
"""Likeness from which two columns under other headings are one column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown: an op's kind, and the column's place on either side."""

    kind: str
    old: int | None
    new: int | None
    move: Move | None = None


Columns = list[Column]


def columns(old: Node, new: Node) -> Columns | None:
    """The columns of two tables in the order shown; None where cells span or rows differ in length."""
    before, after = _columns(old), _columns(new)
    if not before or not after:
        return None
    heads = [[text(column[0]).strip().casefold() for column in side] for side in (before, after)]
    wholes = [[Node("td", (), list(column)) for column in side] for side in (before, after)]
    pairs = align.equal(heads[0], heads[1], lambda i: 1 + bag(wholes[0][i]).total())
    for left, right in align.gaps(pairs, len(before), len(after)):
        held = [(i, j, align.alike(bag(wholes[0][i]), bag(wholes[1][j]))) for i in left for j in right]
        pairs = [*pairs, *align.heaviest([one for one in held if one[2] >= _SAME])]
    pairs.sort()
    if len(before) == len(after) and not _stands_elsewhere(heads, pairs):
        pairs = [(at, at) for at in range(len(before))]
    found: Columns = []
    for left, right, pair in align.steps(pairs, len(before), len(after)):
        found += [Column("del", i, None) for i in left]
        found += [Column("ins", None, j) for j in right]
        if pair:
            found.append(Column("edit", *pair))
    return _moved(found, heads)


def _columns(table: Node) -> list[tuple[Node, ...]]:
    parts = [part for part in table.children if isinstance(part, Node)]
    rows = [row.children for part in parts for row in part.children if isinstance(row, Node) and row.tag == "tr"]
    cells = [[cell for cell in row if isinstance(cell, Node) and cell.tag in ("td", "th")] for row in rows]
    spans = any(name in ("rowspan", "colspan") for row in cells for cell in row for name, _ in cell.attributes)
    ragged = len({len(row) for row in cells}) != 1 or any(
        len(row) != len(all_) for row, all_ in zip(cells, rows, strict=True)
    )
    return [] if spans or ragged else list(zip(*cells, strict=True))


def _stands_elsewhere(heads: Sequence[Sequence[str]], pairs: Sequence[align.Pair]) -> bool:
    """Whether the heading of a column without partner is found at another place of the other side."""
    paired = {i for i, _ in pairs}
    return any(head in heads[1] for i, head in enumerate(heads[0]) if i not in paired)


def _moved(columns: Columns, heads: Sequence[Sequence[str]]) -> Columns:
    """A column that went here and came there under the same heading has moved."""
    gone = {heads[0][column.old]: column.old for column in columns if column.kind == "del" and column.old is not None}
    come = {heads[1][column.new]: column.new for column in columns if column.kind == "ins" and column.new is not None}
    moves = [(gone[head], come[head], Move()) for head in gone if head and head in come]
    ends = {("del", i): Column("from", i, j, move) for i, j, move in moves}
    ends |= {("ins", j): Column("to", i, j, move) for i, j, move in moves}
    return [ends.get((one.kind, one.old if one.kind == "del" else one.new), one) for one in columns]  # type: ignore[arg-type]


def paired(old: Node, new: Node) -> Columns:
    """The cells of two rows of one length, each with its like; empty for other rows."""
    wide = {len(old.children), len(new.children)}
    cells = all(isinstance(cell, Node) and cell.tag in ("td", "th") for cell in (*old.children, *new.children))
    return [Column("edit", at, at) for at in range(len(old.children))] if cells and len(wide) == 1 else []


def common(old: Sequence[Node], new: Sequence[Node], columns: Columns) -> tuple[list[Node], list[Node]]:
    """Rows cut down to the cells that both sides have."""
    ours = [one for one in columns if one.kind in ("edit", "to")]
    before = [_cut(row, [one.old for one in ours]) for row in old]
    return before, [_cut(row, [one.new for one in ours]) for row in new]


def _cut(row: Node, places: Sequence[int | None]) -> Node:
    cells = [cell for cell in row.children if isinstance(cell, Node)]
    return Node(row.tag, row.attributes, [cells[at] for at in places if at is not None])
