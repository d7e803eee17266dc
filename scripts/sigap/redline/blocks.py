"""Two texts to ops: blocks aligned by likeness and weight, in order; words compared only inside the smallest blocks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import cast

from ..words import is_word, tokens, worth
from . import align, tables
from .ops import Op, ordered
from .tables import Columns
from .trees import BLOCK, INLINE, VOID, Item, Node, bag, blocks, holds_blocks, inline, key

SAME = 0.4
"""Likeness from which two blocks of one kind are one block, edited."""
REWRITTEN, FEW = 0.25, 3
"""Share of words kept below which a text of more than a few words is shown as replaced, not as a patchwork."""
_MANY = 10_000
"""Combinations up to which elements among words are held against each other."""
_SPACE = " \t\n\f\r"


def compare(old: Sequence[Node], new: Sequence[Node], columns: Columns | None = None) -> list[Op]:
    """Compare two sequences of blocks; `columns` are those of the table that they are rows of."""
    ops: list[Op] = []
    for left, right, pair in align.steps(_pairs(old, new, columns), len(old), len(new)):
        ops += [Op("del", old[i], None) for i in left]
        ops += [Op("ins", None, new[j]) for j in right]
        if pair:
            one, two = old[pair[0]], new[pair[1]]
            ops.append(Op("keep", one, two) if key(one) == key(two) else edit(one, two, columns))
    return ops


def editable(old: Item, new: Item) -> bool:
    """Whether one block can be shown as the other, edited."""
    if isinstance(old, str) or isinstance(new, str):
        return False
    return old.tag == new.tag and (old.tag in BLOCK or not old.tag)


def edit(old: Node, new: Node, columns: Columns | None = None) -> Op:
    """One block in two states."""
    if old.tag == "table":
        columns = tables.columns(old, new)
    if old.tag == "tr" and (columns := columns or tables.paired(old, new)):
        below = _cells(blocks(old.children), blocks(new.children), columns)
    elif holds_blocks(old) or holds_blocks(new):
        below = compare(blocks(old.children), blocks(new.children), columns)
    else:
        below = phrases(old.children, new.children, verbatim=old.tag == "pre")
    return Op("edit", old, new, below)


def _pairs(old: Sequence[Node], new: Sequence[Node], columns: Columns | None) -> list[align.Pair]:
    """Which blocks are the same, equal or edited, in order. Rows are held against each other by the columns of both."""
    if columns and all(node.tag == "tr" for node in (*old, *new)):
        old, new = tables.common(old, new, columns)
    same = align.equal([key(node) for node in old], [key(node) for node in new], lambda i: _weight(old[i]))
    found = list(same)
    for left, right in align.gaps(same, len(old), len(new)):
        likely = align.similar(left, right, lambda at, ours: bag((new if ours else old)[at]))
        fit = [
            (i, j, share * min(_weight(old[i]), _weight(new[j])))
            for i, j in likely
            if editable(old[i], new[j]) and (share := likeness(old[i], new[j])) >= SAME
        ]
        found += align.heaviest(fit)
    return sorted(found)


def _weight(node: Node) -> int:
    return 1 + bag(node).total()


def likeness(old: Item, new: Item) -> float:
    """How alike two blocks are, 0 to 1. An item that got or lost a list below it is still known by its own words."""
    whole = align.alike(bag(old), bag(new))
    if whole == 1 or not (_mixed(old) or _mixed(new)):
        return whole
    return max(align.alike(_own(old), _own(new)), 0.8 * whole)


def _mixed(item: Item) -> bool:
    return isinstance(item, Node) and item.tag in ("li", "dd", "td") and holds_blocks(item)


def _own(item: Item) -> align.Bag:
    if not isinstance(item, Node) or not _mixed(item):
        return bag(item)
    first = next(iter(blocks(item.children)), None)
    return bag(first) if first and first.tag in ("", "p") else align.Bag()


def _cells(old: Sequence[Node], new: Sequence[Node], columns: Columns) -> list[Op]:
    ops = []
    for column in columns:
        one = old[column.old] if column.old is not None else None
        two = new[column.new] if column.new is not None else None
        if one is None or two is None:
            ops.append(Op(column.kind, one, two))
        elif one.tag != two.tag:
            ops += [Op("del", one, None)] if column.kind != "to" else []
            ops += [Op("ins", None, two)] if column.kind != "from" else []
        else:
            same = key(one) == key(two)
            below = [] if same else edit(one, two).below
            kind = "keep" if same and column.kind == "edit" else column.kind
            ops.append(Op(kind, one, two, below, column.move))
    return ops


# --- Words ----------------------------------------------------------------------------------------------------------


def phrases(old: Sequence[Item], new: Sequence[Item], *, verbatim: bool) -> list[Op]:
    """Compare words and the elements among them. White space of any width reads as one space, if not `verbatim`."""
    one, two = parts(old), parts(new)
    pairs = align.words([_key(item, verbatim) for item in one], [_key(item, verbatim) for item in two], worth)
    kept = sum(_words(one[i]) for i, _ in pairs)
    most = max(sum(map(_words, side)) for side in (one, two))
    if kept < REWRITTEN * most and most > FEW:
        pairs = []
    ops: list[Op] = []
    for left, right, pair in align.steps(pairs, len(one), len(two)):
        ops += _changed([one[i] for i in left], [two[j] for j in right], verbatim)
        if pair:
            before, after = one[pair[0]], two[pair[1]]
            ops.append(Op("space" if isinstance(before, str) and before != after else "keep", before, after))
    return _merged(_folded(ops))


def parts(children: Sequence[Item]) -> list[Item]:
    """Children with their texts taken apart into tokens."""
    return [part for child in children for part in (tokens(child) if isinstance(child, str) else [child])]


def _key(item: Item, verbatim: bool) -> str:
    return " " if isinstance(item, str) and not verbatim and not item.strip(_SPACE) else key(item)


def _words(item: Item) -> int:
    return int(is_word(item)) if isinstance(item, str) else bag(item).total()


def _changed(old: Sequence[Item], new: Sequence[Item], verbatim: bool) -> list[Op]:
    """A stretch without a word in common: elements of one kind that are alike are looked into."""
    likely = []
    ours = [(j, two) for j, two in enumerate(new) if isinstance(two, Node)]
    if ours and len(old) * len(ours) <= _MANY:
        for i, one in enumerate(old):
            likely += [
                (i, j, 1 + share)
                for j, two in ours
                if isinstance(one, Node)
                and _same_element(one, two)
                and (share := align.alike(bag(one), bag(two))) >= SAME
            ]
    ops: list[Op] = []
    for left, right, pair in align.steps(align.heaviest(likely), len(old), len(new)):
        ops += [Op("del", old[i], None) for i in left]
        ops += [Op("ins", None, new[j]) for j in right]
        if pair:
            before, after = old[pair[0]], new[pair[1]]
            assert isinstance(before, Node)
            assert isinstance(after, Node)
            ops.append(Op("edit", before, after, phrases(before.children, after.children, verbatim=verbatim)))
    return ops


def _same_element(old: Node, new: Node) -> bool:
    same = old.tag == new.tag and old.tag in INLINE - VOID and sorted(old.attributes) == sorted(new.attributes)
    return same and inline(old) and inline(new)


def _folded(ops: list[Op]) -> list[Op]:
    """White space that stands between two changed stretches changes with them, so that phrases stay together."""
    found: list[Op] = []
    for at, op in enumerate(ops):
        lonely = op.kind in ("keep", "space") and isinstance(op.new, str) and op.new.isspace()
        if lonely and _replaced(ops, at):
            found += [Op("del", op.old, None), Op("ins", None, op.new)]
        else:
            found.append(op)
    return ordered(found)


def _merged(ops: Sequence[Op]) -> list[Op]:
    """Texts side by side of which the same became, as one."""
    found: list[Op] = []
    for kind, run in groupby(ops, lambda op: op.kind if isinstance(op.item, str) and op.kind != "space" else op):
        if isinstance(kind, str):
            whole = "".join(cast(str, op.item) for op in run)
            found.append(Op(kind, None if kind == "ins" else whole, None if kind == "del" else whole))
        else:
            found += run
    return found


def _replaced(ops: Sequence[Op], at: int) -> bool:
    """Whether words go and words come on both sides of a place."""
    for direction in (-1, 1):
        kinds = set()
        place = at + direction
        while 0 <= place < len(ops) and ops[place].kind in ("ins", "del"):
            kinds.add(ops[place].kind)
            place += direction
        if kinds != {"ins", "del"}:
            return False
    return True
