"""What went here and came there: blocks that moved, found among those on one side only, and numbered for readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from . import align
from .blocks import edit, editable, likeness, phrases
from .ops import Move, Op, lists
from .trees import BLOCK, HEADINGS, ONLY_BLOCKS, Node, bag, blocks, holds_blocks, key

MOVED, WORDS = 0.6, 5
"""Likeness and words from which an edited block counts as moved."""
EQUAL_WORDS = 3
"""Words from which an equal block counts as moved; a heading always does."""

_HELD = BLOCK - {"td", "th", "hr", "thead", "tbody", "tfoot"}
_TITLES = frozenset((*HEADINGS, "dt", "caption", "summary", "figcaption"))


def find(ops: list[Op]) -> None:
    """Turn blocks that went and came into moves: whole ones first, then those within what else went or came."""
    found = [op for side_by_side in lists(ops) for op in side_by_side if op.kind in ("del", "ins") and _block(op)]
    above: dict[Op, Op] = {}
    _pair(found, above)
    opened = found
    while opened := [part for op in opened if _free(op, above) for part in _open(op, above)]:
        found += opened
        _pair(found, above)
    _close(ops)
    _settle(ops)


def _block(op: Op) -> bool:
    return isinstance(op.item, Node) and op.item.tag in _HELD


def _pair(alone: Sequence[Op], above: Mapping[Op, Op]) -> None:
    """Make moves of the ops that belong together. `above` tells which opened op one is a part of."""
    gone, come = ([op for op in alone if op.kind == kind and _free(op, above)] for kind in ("del", "ins"))
    waiting: dict[str, list[Op]] = {}
    for op in come:
        waiting.setdefault(key(op.item), []).append(op)
    for op in gone:
        if _words(op) >= (0 if _tag(op) in HEADINGS else EQUAL_WORDS) and _free(op, above):
            there = next((one for one in waiting.get(key(op.item), ()) if _free(one, above)), None)
            if there:
                _move(op, there)
    gone, come = ([op for op in side if _free(op, above)] for side in (gone, come))
    pairs = align.similar(range(len(gone)), range(len(come)), lambda at, ours: bag((come if ours else gone)[at].item))
    likely = [
        (share * _words(gone[i]), i, j)
        for i, j in pairs
        if _words(gone[i]) >= WORDS
        and editable(gone[i].item, come[j].item)
        and (share := likeness(gone[i].item, come[j].item)) >= MOVED
    ]
    for _, i, j in sorted(likely, key=lambda one: (-one[0], one)):
        if _free(gone[i], above) and _free(come[j], above):
            _move(gone[i], come[j])


def _free(op: Op, above: Mapping[Op, Op]) -> bool:
    """Whether neither an op nor what it is part of, nor any part of it, has moved."""
    outer: Op | None = op
    while outer:
        if outer.move:
            return False
        outer = above.get(outer)
    return not any(part.move for side_by_side in lists(op.below) for part in side_by_side)


def _tag(op: Op) -> str:
    return op.item.tag if isinstance(op.item, Node) else ""


def _words(op: Op) -> int:
    return bag(op.item).total()


def _move(gone: Op, come: Op) -> None:
    old, new = gone.item, come.item
    assert isinstance(old, Node)
    assert isinstance(new, Node)
    below = [] if key(old) == key(new) else edit(old, new).below
    move = Move()
    gone.kind, gone.new, gone.below, gone.move = "from", new, below, move
    come.kind, come.old, come.below, come.move = "to", old, below, move


def _open(op: Op, above: dict[Op, Op]) -> Iterator[Op]:
    """Look into a block on one side only, whose parts may have moved into it or out of it. Out: the blocks in it."""
    item = op.item
    if not isinstance(item, Node) or not holds_blocks(item):
        return
    op.below = [Op(op.kind, node if op.gone else None, None if op.gone else node) for node in blocks(item.children)]
    for part in op.below:
        above[part] = op
        if _block(part):
            yield part
        elif _tag(part) in ONLY_BLOCKS:
            yield from _open(part, above)


def _close(ops: list[Op]) -> None:
    """Shut what was opened in vain."""
    for op in ops:
        _close(op.below)
        if op.kind in ("ins", "del") and all(part.kind == op.kind and not part.below for part in op.below):
            op.below = []


def _settle(ops: list[Op]) -> None:
    """Show a title in the place of another as that title, edited, and so a block without words."""
    for side_by_side in list(lists(ops)):
        kinds = [op.kind for op in side_by_side]
        for at in range(len(kinds) - 2, -1, -1):
            if (
                kinds[at : at + 2] != ["del", "ins"]
                or "del" in kinds[max(0, at - 1) : at]
                or "ins" in kinds[at + 2 : at + 3]
            ):
                continue
            old, new = side_by_side[at].item, side_by_side[at + 1].item
            if isinstance(old, Node) and isinstance(new, Node) and _replaces(old, new):
                verbatim = old.tag == "pre"
                below = phrases(old.children, new.children, verbatim=verbatim)
                side_by_side[at : at + 2] = [Op("edit", old, new, below)]


def _replaces(old: Node, new: Node) -> bool:
    if old.tag != new.tag or old.tag not in BLOCK or holds_blocks(old) or holds_blocks(new) or old.tag == "hr":
        return False
    titles = old.tag in _TITLES or all("title" in dict(node.attributes).get("class", "") for node in (old, new))
    return titles or not (bag(old) or bag(new))


def number(ops: list[Op]) -> None:
    """Number the moves in reading order; blocks that moved together share a number, and the first bears the note."""
    places: dict[Move, tuple[int, int]] = {}
    every = list(lists(ops))
    for where, side_by_side in enumerate(every):
        for at, op in enumerate(side_by_side):
            if op.kind == "from" and op.move:
                places.setdefault(op.move, (where, at))
    last = 0
    for side_by_side in every:
        before: Move | None = None
        for op in side_by_side:
            move = op.move if op.kind == "to" else None
            if move and not move.number:
                together = before and move in places and places.get(before) == (places[move][0], places[move][1] - 1)
                last += not together
                move.number = before.number if before and together else last
                op.note = not together
            before = move
    noted: set[int] = set()
    for side_by_side in every:
        for op in side_by_side:
            if op.kind == "from" and op.move:
                op.note = op.move.number not in noted
                noted.add(op.move.number)
