"""What became of each thing of a text: the ops that comparing makes and writing reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..words import Words, is_word, tokens
from .trees import Item, Node

_MIRROR = {"ins": "del", "del": "ins", "to": "from", "from": "to"}
_UNSEEN = ("id", "style")
"""Attributes whose change no reader sees as a change of the text."""


@dataclass(slots=True, eq=False)
class Move:
    """What the two ends of a move share. Blocks that moved together bear one number."""

    number: int = 0


@dataclass(slots=True, eq=False)
class Op:
    """What became of one thing.

    `kind`: keep; space (white space that reads the same); edit, whose parts are told by `below`; ins, del; to, from
    (the two ends of a move, both told by `below` if anything changed). An ins or del with `below` holds parts that
    moved. `note` says that this is where a reader is told of the move.
    """

    kind: str
    old: Item | None
    new: Item | None
    below: list[Op] = field(default_factory=list)
    move: Move | None = None
    note: bool = False

    @property
    def gone(self) -> bool:
        """Whether it is shown as the old side has it."""
        return self.kind in ("del", "from")

    @property
    def item(self) -> Item:
        found = self.old if self.gone else self.new
        assert found is not None
        return found

    @property
    def silent(self) -> bool:
        """Whether a reader sees no change."""
        if self.kind in ("keep", "space"):
            return True
        return self.kind == "edit" and not _restyled(self) and all(op.silent for op in self.below)


def _restyled(op: Op) -> bool:
    old, new = op.old, op.new
    if not isinstance(old, Node) or not isinstance(new, Node) or old.attributes == new.attributes:
        return False
    return any(name not in _UNSEEN for name, _ in set(old.attributes) ^ set(new.attributes))


def restyled_only(op: Op) -> bool:
    """Whether all that a reader could see of an edit is another look: a numbering, a kind of callout."""
    return op.kind == "edit" and _restyled(op) and all(below.silent for below in op.below)


def lists(ops: list[Op]) -> Iterator[list[Op]]:
    """Every list of ops that stand side by side, from the outside in."""
    yield ops
    for op in ops:
        if op.below:
            yield from lists(op.below)


def ordered(ops: Sequence[Op]) -> list[Op]:
    """Within each stretch of changes, what went before what came."""
    found: list[Op] = []
    run: list[Op] = []
    for op in ops:
        if op.kind in _MIRROR:
            run.append(op)
        else:
            found += [*sorted(run, key=lambda one: not one.gone), op]
            run = []
    return [*found, *sorted(run, key=lambda one: not one.gone)]


def mirrored(ops: Sequence[Op]) -> list[Op]:
    """The same changes told the other way round."""
    return ordered(
        [Op(_MIRROR.get(op.kind, op.kind), op.new, op.old, mirrored(op.below), op.move, op.note) for op in ops]
    )


def size(item: Item) -> int:
    """Words of a thing, each of its texts counted by itself, so that the parts add up to the whole."""
    if isinstance(item, str):
        return sum(map(is_word, tokens(item)))
    return 0 if item.tag == "!" else sum(map(size, item.children))


def count(ops: Sequence[Op]) -> Words:
    """How many words went in, went out, or moved."""
    total = Words()
    for op in ops:
        if op.kind == "edit" or (op.kind in ("ins", "del") and op.below):
            total += count(op.below)
        elif op.kind == "ins":
            total += Words(inserted=size(op.item))
        elif op.kind == "del":
            total += Words(deleted=size(op.item))
        elif op.kind == "to":
            inside = count(op.below)
            total += Words(inside.inserted, inside.deleted, size(op.item) - inside.inserted)
    return total
