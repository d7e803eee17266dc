"""Two HTML fragments to one with its insertions, deletions and moves marked (design.md section 9).

The law: accepting a redline gives the new fragment, rejecting it the old one, as an HTML5 parser reads them, white
space between blocks aside. Swapping the sides swaps insertions and deletions.

The marks, all of them attributes that begin with `data-r`, so that ins and del of the source are never taken for ours:

    <ins data-r="i">, <del data-r="d">      words
    data-r="ins" | "del"                    a block, row, cell or item that is on one side only
    data-r="tujuan" | "asal"                a block where it stands now, and where it stood; edits are marked in both
    data-r="n"                              a note for readers, of neither side
    data-r-lama='{"…": "…"}'                the old attributes of a block whose attributes changed
    <!--r-ins:…-->, <!--r-del:…-->          a comment
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from . import align
from .texts import Words, words_of
from .trees import (
    BLOCK,
    INLINE,
    VOID,
    Attributes,
    Node,
    attribute,
    comment,
    escape,
    is_plain,
    key,
    opening,
    parse,
    starts_with_line_end,
    text,
    unescaped,
    write,
)
from .words import is_word, tokens, worth

Item = Node | str

SAME = 0.4
"""Likeness from which two blocks of one kind are one block, edited."""
MOVED, MOVED_WORDS = 0.6, 5
"""Likeness and words from which an edited block counts as moved; an equal one needs three words."""
REWRITTEN = 0.25
"""Share of words kept below which a text is shown as replaced, not as a patchwork."""
CONTEXT = 12
"""Words around a change that a hunk shows."""

_FROM_NOTE, _TO_NOTE = "dipindahkan dari sini", "dipindahkan ke sini"
_HIDDEN = {"ins": "ditambahkan: ", "del": "dihapus: "}
_MIRROR = {"keep": "keep", "edit": "edit", "ins": "del", "del": "ins", "to": "from", "from": "to"}
_ATTRIBUTE = {"ins": "ins", "del": "del", "to": "tujuan", "from": "asal"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HOLDS_BLOCKS = frozenset("ul ol dl table thead tbody tfoot tr".split())
_HOLDS_WORDS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li td th dt dd div blockquote pre section summary figcaption caption article aside details "
    "figure".split()
)


@dataclass(slots=True, eq=False)
class Op:
    """What became of one thing. `below` says it of its parts (edit, from, to); `group` numbers a move."""

    kind: str
    old: Item | None
    new: Item | None
    below: list[Op] = field(default_factory=list)
    group: int = 0
    note: bool = False

    @property
    def item(self) -> Item:
        found = self.old if self.new is None or (self.old_side and self.old is not None) else self.new
        assert found is not None
        return found

    @property
    def old_side(self) -> bool:
        return self.kind in ("del", "from")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changes that stand together: the headings they stand under, and their marked HTML with a little around it."""

    path: tuple[str, ...]
    html: str


@dataclass(frozen=True)
class Redline:
    """The marked fragment, its word counts and hunks. `pieces` are its parts; those marked True are the new side."""

    pieces: tuple[tuple[bool, str], ...]
    words: Words
    hunks: tuple[Hunk, ...]

    @cached_property
    def html(self) -> str:
        return "".join(piece for _, piece in self.pieces)

    @cached_property
    def new(self) -> str:
        """The new fragment as the compact form unfolds over it; the same whatever the old one is (`normal`)."""
        return "".join(piece for ours, piece in self.pieces if ours)

    def accept(self) -> str:
        """The new fragment, from the marks alone."""
        return accept(self.html)

    def reject(self) -> str:
        """The old fragment, from the marks alone."""
        return reject(self.html)


def redline(old: str, new: str, name: str = "r") -> Redline:
    """Compare two HTML fragments. `name` begins the ids of moved parts, where a page holds several redlines."""
    if old == new:
        made = Redline(((True, normal(new)),), Words(), ())
        return made if _lawful(made, old, new) else _whole(old, new)
    back = old > new  # one direction is compared and the other mirrored, so that swapping the sides swaps the marks
    one, two = (new, old) if back else (old, new)
    ops = _blocks(_split(_tidy(parse(one))), _split(_tidy(parse(two))))
    _find_moves(ops)
    if back:
        ops = _mirrored(ops)
    _number(ops)
    made = Redline(tuple(_join(_pieces(ops, name))), _count(ops), tuple(_hunks(ops, name)))
    return made if _lawful(made, old, new) else _whole(old, new)


def normal(html: str) -> str:
    """A fragment as redlines unfold over it: written anew, without white space between blocks. Equals `Redline.new`."""
    return "".join(write(node) for node in _split(_tidy(parse(html))))


# --- Comparing ------------------------------------------------------------------------------------------------------


def _inline(item: Item) -> bool:
    """Whether a thing stands among words."""
    return isinstance(item, str) or (item.tag not in BLOCK and not any(not _inline(child) for child in item.children))


def _split(children: Sequence[Item]) -> list[Node]:
    """The blocks among children; words between them as nodes without a tag, white space between blocks left out."""
    found: list[Node] = []
    run: list[Item] = []

    def close() -> None:
        if any(not isinstance(item, str) or item.strip() for item in run):
            found.append(Node("", (), list(run)))
        run.clear()

    for child in children:
        if isinstance(child, Node) and (child.tag == "!" or not _inline(child)):
            close()
            found.append(child)
        else:
            run.append(child)
    close()
    return found


def _tidy(children: Sequence[Item]) -> list[Item]:
    """Trees without the white space between blocks, at every depth."""
    found: list[Item] = []
    for child in children:
        if isinstance(child, Node) and child.tag != "!" and not _inline(child):
            inner = _tidy(child.children)
            if _has_blocks(child):
                inner = [part for node in _split(inner) for part in ([node] if node.tag else node.children)]
            child = Node(child.tag, child.attributes, inner)
        found.append(child)
    return found


def _has_blocks(node: Node) -> bool:
    return node.tag in _HOLDS_BLOCKS or any(not _inline(child) for child in node.children)


def _bag(item: Item) -> Counter[str]:
    return Counter(word.casefold() for word in words_of(text(item)))


def _weight(item: Item) -> float:
    return 1 + len(words_of(text(item)))


def _blocks(old: Sequence[Node], new: Sequence[Node], columns: Columns | None = None) -> list[Op]:
    """Compare two sequences of blocks: equal ones in order, then alike ones in order, then what is left over."""
    ops: list[Op] = []
    for left, right, pair in align.steps(_pairs(old, new), len(old), len(new)):
        ops += [Op("del", old[i], None) for i in left]
        ops += [Op("ins", None, new[j]) for j in right]
        if pair:
            one, two = old[pair[0]], new[pair[1]]
            ops.append(Op("keep", one, two) if key(one) == key(two) else _edit(one, two, columns))
    return ops


def _pairs(old: Sequence[Node], new: Sequence[Node]) -> list[align.Pair]:
    """Which blocks are the same, equal or edited, in order."""
    same = align.equal([key(node) for node in old], [key(node) for node in new], lambda i: _weight(old[i]))
    bags: dict[tuple[int, bool], Counter[str]] = {}

    def bag(index: int, right: bool) -> Counter[str]:
        if (index, right) not in bags:
            bags[index, right] = _bag((new if right else old)[index])
        return bags[index, right]

    found = list(same)
    for left, right in align.gaps(same, len(old), len(new)):
        likely = align.similar(left, right, bag, SAME)
        fit = [(i, j, share * _weight(old[i])) for i, j, share in likely if _editable(old[i], new[j])]
        found += align.heaviest(fit)
    return sorted(found)


def _editable(old: Node, new: Node) -> bool:
    return old.tag == new.tag and (old.tag in BLOCK or not old.tag)


def _edit(old: Node, new: Node, columns: Columns | None = None) -> Op:
    """One block in two states."""
    if old.tag == "table":
        columns = _columns(old, new)
    if old.tag == "tr" and columns:
        below = _cells(_split(old.children), _split(new.children), columns)
    elif _has_blocks(old) or _has_blocks(new):
        below = _blocks(_split(old.children), _split(new.children), columns)
    else:
        below = _phrases(old.children, new.children)
    return Op("edit", old, new, below)


# --- Tables ---------------------------------------------------------------------------------------------------------

Columns = list[tuple[str, int | None, int | None]]
"""What became of each column, in the order shown: an op's kind with the column's place on either side."""


def _rows(table: Node) -> list[list[Node]]:
    return [
        [cell for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th")]
        for part in table.children
        if isinstance(part, Node)
        for row in part.children
        if isinstance(row, Node) and row.tag == "tr"
    ]


def _columns(old: Node, new: Node) -> Columns | None:
    """The columns of two plain tables; None where cells span, rows differ in length, or there is nothing to hold."""
    sides = [_rows(table) for table in (old, new)]
    wide = [{len(row) for row in rows} for rows in sides]
    if any(len(lengths) != 1 for lengths in wide):
        return None
    if any(name in ("rowspan", "colspan") for rows in sides for row in rows for c in row for name, _ in c.attributes):
        return None
    one, two = (
        [
            Node("td", (), [rows[0][at], *(cell for row in rows[1:] for cell in row.children)])
            for at in range(len(rows[0]))
        ]
        if False
        else [Node("td", (), [row[at] for row in rows]) for at in range(len(rows[0]))]
        for rows in sides
    )
    heads = [[text(row).strip().casefold() for row in rows[0]] for rows in sides]
    pairs = align.equal(heads[0], heads[1], lambda i: 1.0 + len(one[i].children))
    for left, right in align.gaps(pairs, len(one), len(two)):
        likely = align.similar(left, right, lambda at, new: _bag((two if new else one)[at]), SAME)
        pairs = [*pairs, *align.heaviest(likely)]
    pairs.sort()
    if len(one) == len(two) and not any(heads[0][i] in heads[1] for i in range(len(one)) if i not in dict(pairs)):
        pairs = [(at, at) for at in range(len(one))] if len(pairs) < len(one) else pairs
    found: Columns = []
    for before, after, pair in align.steps(pairs, len(one), len(two)):
        found += [("del", i, None) for i in before]
        found += [("ins", None, j) for j in after]
        if pair:
            found.append(("edit", *pair))
    return _moved_columns(found, heads)


def _moved_columns(columns: Columns, heads: Sequence[Sequence[str]]) -> Columns:
    """A column that went here and came there under the same heading has moved."""
    gone = {heads[0][i]: i for kind, i, _ in columns if kind == "del" and i is not None}
    come = {heads[1][j]: j for kind, _, j in columns if kind == "ins" and j is not None}
    moved = {head: (gone[head], come[head]) for head in gone if head and head in come}
    found: Columns = []
    for kind, i, j in columns:
        pair = next((p for p in moved.values() if (kind == "del" and p[0] == i) or (kind == "ins" and p[1] == j)), None)
        found.append(({"del": "from", "ins": "to"}[kind], *pair) if pair else (kind, i, j))
    return found


def _cells(old: Sequence[Node], new: Sequence[Node], columns: Columns) -> list[Op]:
    ops = []
    for kind, i, j in columns:
        one, two = old[i] if i is not None else None, new[j] if j is not None else None
        if one is None or two is None:
            ops.append(Op(kind, one, two))
        elif kind == "edit" and key(one) == key(two):
            ops.append(Op("keep", one, two))
        elif one.tag != two.tag:
            ops += [Op("del", one, None), Op("ins", None, two)]
        else:
            made = _edit(one, two)
            ops.append(Op(kind, one, two, made.below, group=-1 if kind != "edit" else 0))
    return ops


# --- Words ----------------------------------------------------------------------------------------------------------


def _items(children: Sequence[Item]) -> list[Item]:
    return [part for child in children for part in (tokens(child) if isinstance(child, str) else [child])]


def _phrases(old: Sequence[Item], new: Sequence[Item]) -> list[Op]:
    """Compare words and the elements among them."""
    one, two = _items(old), _items(new)
    one_keys = [item if isinstance(item, str) else key(item) for item in one]
    two_keys = [item if isinstance(item, str) else key(item) for item in two]
    pairs = align.words(one_keys, two_keys, worth)
    kept = sum(len(words_of(text(one[i]))) for i, _ in pairs)
    most = max(sum(len(words_of(text(item))) for item in side) for side in (one, two))
    if kept < REWRITTEN * most and most > 3:
        pairs = []
    ops: list[Op] = []
    for left, right, pair in align.steps(pairs, len(one), len(two)):
        ops += _changed([one[i] for i in left], [two[j] for j in right])
        if pair:
            ops.append(Op("keep", one[pair[0]], two[pair[1]]))
    return _folded(ops)


def _changed(old: Sequence[Item], new: Sequence[Item]) -> list[Op]:
    """A stretch without a word in common: elements of one kind that are alike are looked into."""
    likely = [
        (i, j, 1.0 + share)
        for i, one in enumerate(old)
        for j, two in enumerate(new)
        if isinstance(one, Node) and isinstance(two, Node) and _same_element(one, two)
        and (share := align.alike(_bag(one), _bag(two))) >= SAME
    ] if len(old) * len(new) <= 10_000 else []  # fmt: skip
    ops: list[Op] = []
    for left, right, pair in align.steps(align.heaviest(likely), len(old), len(new)):
        ops += [Op("del", old[i], None) for i in left]
        ops += [Op("ins", None, new[j]) for j in right]
        if pair:
            one, two = old[pair[0]], new[pair[1]]
            assert isinstance(one, Node)
            assert isinstance(two, Node)
            ops.append(Op("edit", one, two, _phrases(one.children, two.children)))
    return ops


def _same_element(old: Node, new: Node) -> bool:
    return old.tag == new.tag and old.attributes == new.attributes and old.tag in INLINE - VOID


def _folded(ops: list[Op]) -> list[Op]:
    """White space that stands between two changed stretches changes with them, so that phrases stay together."""
    found: list[Op] = []
    for at, op in enumerate(ops):
        lonely = op.kind == "keep" and isinstance(op.new, str) and op.new.isspace()
        if lonely and 0 < at < len(ops) - 1 and _replaced(ops, at):
            found += [Op("del", op.old, None), Op("ins", None, op.new)]
        else:
            found.append(op)
    return _ordered(found)


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


def _ordered(ops: Sequence[Op]) -> list[Op]:
    """Within each stretch of changes, what went before what came."""
    found: list[Op] = []
    run: list[Op] = []
    for op in ops:
        if op.kind in ("keep", "edit"):
            found += [*sorted(run, key=lambda one: not one.old_side), op]
            run = []
        else:
            run.append(op)
    return [*found, *sorted(run, key=lambda one: not one.old_side)]


# --- Moves ----------------------------------------------------------------------------------------------------------


def _lists(ops: list[Op]) -> Iterator[list[Op]]:
    """Every list of ops that stand side by side, from the outside in."""
    yield ops
    for op in ops:
        if op.below:
            yield from _lists(op.below)


def _find_moves(ops: list[Op]) -> None:
    """Turn blocks that went and came into moves: equal ones first, then alike ones of one kind."""
    gone: list[Op] = []
    come: list[Op] = []
    for side_by_side in _lists(ops):
        for op in side_by_side:
            if op.kind in ("del", "ins") and isinstance(op.item, Node) and op.item.tag in BLOCK - {"td", "th", "hr"}:
                (gone if op.kind == "del" else come).append(op)
    old, new = [op.item for op in gone], [op.item for op in come]
    words_in = [len(words_of(text(item))) for item in old]
    waiting: dict[object, list[int]] = {}
    for j, item in enumerate(new):
        waiting.setdefault(key(item), []).append(j)
    pairs = []
    for i, item in enumerate(old):
        there = waiting.get(key(item))
        if there and (words_in[i] >= 3 or item.tag in _HEADINGS):  # type: ignore[union-attr]
            pairs.append((i, there.pop(0)))
    left = sorted(set(range(len(old))) - {i for i, _ in pairs})
    right = sorted(set(range(len(new))) - {j for _, j in pairs})
    bags = ([_bag(item) for item in old], [_bag(item) for item in new])
    likely = align.similar(left, right, lambda at, after: bags[after][at], MOVED)
    taken: tuple[set[int], set[int]] = (set(), set())
    for i, j, _ in sorted(likely, key=lambda one: (-one[2] * words_in[one[0]], one)):
        fit = _editable(old[i], new[j]) and words_in[i] >= MOVED_WORDS  # type: ignore[arg-type]
        if fit and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    for i, j in pairs:
        one, two = gone[i], come[j]
        below = [] if key(old[i]) == key(new[j]) else _edit(old[i], new[j]).below  # type: ignore[arg-type]
        one.kind, one.new, one.below, one.group = "from", two.new, below, -1
        two.kind, two.old, two.below, two.group = "to", one.old, below, -1


def _number(ops: list[Op]) -> None:
    """Number the moves in reading order; blocks that moved together share a number, and the first bears the note."""
    froms: dict[int, tuple[int, int]] = {}
    lists = list(_lists(ops))
    for where, side_by_side in enumerate(lists):
        for at, op in enumerate(side_by_side):
            if op.kind == "from":
                froms.setdefault(id(op.old), (where, at))
    number = 0
    groups: dict[int, int] = {}
    for side_by_side in lists:
        before: Op | None = None
        for op in side_by_side:
            if op.kind == "to":
                place = froms.get(id(op.old))
                last = froms.get(id(before.old)) if before and before.kind == "to" else None
                together = bool(place and last and place[0] == last[0] and place[1] == last[1] + 1)
                if not together:
                    number += 1
                op.group, op.note = number, not together
                groups[id(op.old)] = number
            before = op
    noted: set[int] = set()
    for side_by_side in lists:
        for op in side_by_side:
            if op.kind == "from":
                op.group = groups.get(id(op.old), 0)
                op.note = op.group not in noted
                noted.add(op.group)


def _mirrored(ops: Sequence[Op]) -> list[Op]:
    """The same changes told the other way round."""
    found = [Op(_MIRROR[op.kind], op.new, op.old, _mirrored(op.below), op.group, op.note) for op in ops]
    return _ordered(found)


# --- Counting -------------------------------------------------------------------------------------------------------


def _size(item: Item) -> int:
    """Words of a thing, each of its texts counted by itself, so that the parts add up to the whole."""
    if isinstance(item, str):
        return sum(map(is_word, tokens(item)))
    return 0 if item.tag == "!" else sum(map(_size, item.children))


def _count(ops: Sequence[Op]) -> Words:
    total = Words()
    for op in ops:
        size = _size(op.item)
        if op.kind == "ins":
            total += Words(inserted=size)
        elif op.kind == "del":
            total += Words(deleted=size)
        elif op.kind == "edit":
            total += _count(op.below)
        elif op.kind == "to":
            inside = _count(op.below)
            assert op.new is not None
            total += Words(inside.inserted, inside.deleted, _size(op.new) - inside.inserted)
    return total


# --- Writing --------------------------------------------------------------------------------------------------------

Piece = tuple[bool, str]
"""A part of the marked fragment, and whether it belongs to the new side."""


def _join(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbouring pieces of one side as one."""
    side = True
    held: list[str] = []
    for ours, piece in pieces:
        if ours != side:
            if held:
                yield side, "".join(held)
            side, held = ours, []
        if piece:
            held.append(piece)
    if held:
        yield side, "".join(held)


def _pieces(ops: Sequence[Op], name: str) -> Iterator[Piece]:
    """The marked fragment. Words that went or came side by side share one element."""
    open_mark = ""
    for op in ops:
        mark = op.kind if op.kind in ("ins", "del") and _wrapped(op.item) else ""
        if mark != open_mark:
            yield False, _closing(open_mark)
            yield False, f'<{mark} data-r="{mark[0]}">' if mark else ""
            open_mark = mark
        if mark:
            yield mark == "ins", write(op.item)
        else:
            yield from _piece(op, name)
    yield False, _closing(open_mark)


def _closing(mark: str) -> str:
    return f"</{mark}>" if mark else ""


def _wrapped(item: Item) -> bool:
    """Whether a thing is marked by an element around it; anything else bears the mark itself."""
    return isinstance(item, str) or not item.tag or item.tag in INLINE - {"input"}


def _piece(op: Op, name: str) -> Iterator[Piece]:
    item = op.item
    ours = not op.old_side
    if op.kind == "keep":
        yield True, write(item)
    elif isinstance(item, str) or not item.tag:
        yield from _pieces(op.below, name)
    elif item.tag == "!":
        yield ours, "<!--"
        yield False, f"r-{op.kind}:"
        yield ours, f"{item.children[0] if item.children else ''}-->"
    else:
        yield ours, f"<{item.tag}" + "".join(attribute(*pair) for pair in item.attributes)
        yield False, _marks(op)
        yield ours, ">"
        yield False, _note(op, item, name)
        if op.below:
            for side, piece in _pieces(op.below, name):
                yield side and ours, piece
        else:
            inner = list(_inside(item, op, name))
            yield from ((side and ours, piece) for side, piece in inner)
        if item.tag not in VOID:
            yield ours, f"</{item.tag}>"


def _inside(item: Node, op: Op, name: str) -> Iterator[Piece]:
    """The content of a block that is on one side only, or moved as it is; its note goes where words may first stand."""
    if item.tag in _HOLDS_WORDS or item.tag in VOID or not _split_first(item):
        start, whole = f"<{item.tag}{''.join(attribute(*pair) for pair in item.attributes)}>", write(item)
        yield True, whole[len(start) : len(whole) - (0 if item.tag in VOID else len(item.tag) + 3)]
        return
    first = _split_first(item)
    for child in item.children:
        if child is first and isinstance(child, Node):
            yield True, opening(child.tag, child.attributes)
            yield False, _note(op, child, name)
            yield from _inside(child, op, name)
            yield True, f"</{child.tag}>"
        elif not (isinstance(child, str) and not child.strip()):
            yield True, write(child)


def _split_first(item: Node) -> Node | None:
    return next((c for c in item.children if isinstance(c, Node) and c.tag in BLOCK and c.tag not in VOID), None)


def _marks(op: Op) -> str:
    found = f' data-r="{_ATTRIBUTE[op.kind]}"' if op.kind in _ATTRIBUTE else ""
    if op.kind != "edit" or not isinstance(op.old, Node) or not isinstance(op.new, Node):
        return found
    if op.old.attributes != op.new.attributes:
        found += attribute("data-r-lama", json.dumps(dict(op.old.attributes), ensure_ascii=False))
    return found


def _note(op: Op, place: Node, name: str) -> str:
    """What a reader hears or reads at the start of a marked block, where words may stand."""
    if place.tag not in _HOLDS_WORDS or starts_with_line_end(place):
        return ""
    if op.kind in _HIDDEN:
        return f'<span class="sigap-sr" data-r="n">{_HIDDEN[op.kind]}</span>'
    if op.kind in ("from", "to") and op.note:
        here, there, words = ("asal", "tujuan", _FROM_NOTE) if op.kind == "from" else ("tujuan", "asal", _TO_NOTE)
        link = f'id="{name}-{here}-{op.group}" href="#{name}-{there}-{op.group}"'
        return f'<a class="r-pindah" data-r="n" {link}>{words}</a>'
    return ""


# --- Taking sides ---------------------------------------------------------------------------------------------------


def accept(marked: str) -> str:
    """The new side of a marked fragment."""
    return _side(marked, ("d", "del", "asal"), "ins", keep_old=False)


def reject(marked: str) -> str:
    """The old side of a marked fragment."""
    return _side(marked, ("i", "ins", "tujuan"), "del", keep_old=True)


def _side(marked: str, dropped: Sequence[str], kept: str, *, keep_old: bool) -> str:
    def taken(children: Sequence[Item]) -> Iterator[Item]:
        for child in children:
            if isinstance(child, str):
                yield child
            elif child.tag == "!":
                yield from _comment(child, kept)
            else:
                marks = dict(child.attributes)
                mark = marks.get("data-r")
                if mark == "n" or mark in dropped:
                    continue
                if mark in ("i", "d"):
                    yield from taken(child.children)
                else:
                    yield Node(child.tag, _attributes(child, keep_old), list(taken(child.children)))

    trees = parse(marked, marked=True)
    raw = [dict(tree.attributes).get("data-r-html") for tree in trees if isinstance(tree, Node)]
    if raw and None not in raw:
        return str(json.loads(str(raw[0 if keep_old else -1])))
    return "".join(write(item) for item in taken(trees))


def _comment(node: Node, kept: str) -> Iterator[Item]:
    inner = str(node.children[0]) if node.children else ""
    mark, _, rest = inner.partition(":")
    if mark not in ("r-ins", "r-del"):
        yield comment(inner)
    elif mark == f"r-{kept}":
        yield comment(rest)


def _attributes(node: Node, old: bool) -> Attributes:
    """An element's attributes on one side, with the names of the source."""
    before = dict(node.attributes).get("data-r-lama")
    if old and before is not None:
        return tuple((unescaped(name), value) for name, value in json.loads(before).items())
    ours = ("data-r", "data-r-lama")
    return tuple((unescaped(name), value) for name, value in node.attributes if name not in ours)


def _lawful(made: Redline, old: str, new: str) -> bool:
    """Whether the law holds for hostile input, which is checked as it is compared; plain input needs no check."""
    if is_plain(old) and is_plain(new):
        return True
    return form(made.accept()) == form(new) and form(made.reject()) == form(old)


def form(html: str) -> object:
    """What a fragment reads as, white space between blocks aside: equal exactly where the law calls two equal."""
    return _form(Node("", (), parse(html)), outer=True)


def _form(node: Node, *, outer: bool = False) -> object:
    blocks = outer or _has_blocks(node) or any(isinstance(child, Node) and child.tag == "!" for child in node.children)
    found: list[object] = []
    for child in _split(node.children) if blocks else node.children:
        if isinstance(child, str):
            found.append(child)
        elif not child.tag:
            found += [item if isinstance(item, str) else _node_form(item) for item in child.children]
        else:
            found.append(_node_form(child))
    return tuple(found)


def _node_form(node: Node) -> object:
    if node.tag == "!":
        return ("!", str(comment(str(node.children[0]) if node.children else "").children[0]))
    attributes = tuple(sorted((unescaped(name), value) for name, value in node.attributes))
    return (node.tag, attributes, _form(node))


def _whole(old: str, new: str) -> Redline:
    """Two fragments that no marking can hold side by side: each as its source, the one gone, the other come."""
    if old == new:
        return Redline(((True, _source("", new)),), Words(), ())
    html = _source("del", old) + _source("ins", new)
    return Redline(((False, html),), Words(len(words_of(new)), len(words_of(old))), (Hunk((), html),))


def _source(kind: str, source: str) -> str:
    mark = f' data-r="{kind}"' if kind else ""
    note = f'<span class="sigap-sr" data-r="n">{_HIDDEN[kind]}</span>' if kind else ""
    return f"<div{mark}{attribute('data-r-html', json.dumps(source))}>{note}<pre>{escape(source)}</pre></div>"


# --- Reading only what changed --------------------------------------------------------------------------------------


def _hunks(ops: Sequence[Op], name: str) -> Iterator[Hunk]:
    """The changes at the outer level, those side by side together, each under its headings."""
    path: list[tuple[str, str]] = []
    held: list[Op] = []
    under: tuple[str, ...] = ()
    for op in ops:
        heading = op.item.tag if isinstance(op.item, Node) and op.item.tag in _HEADINGS else ""
        if op.kind == "keep":
            if held:
                yield Hunk(under, _brief(held, name))
                held = []
        elif not held or (heading and not op.old_side and op.kind != "to"):
            if held:
                yield Hunk(under, _brief(held, name))
            held, under = [op], tuple(title for tag, title in path if not heading or tag < heading)
        else:
            held.append(op)
        if heading and op.new is not None and not op.old_side:
            path = [one for one in path if one[0] < heading] + [(heading, " ".join(text(op.new).split()))]
    if held:
        yield Hunk(under, _brief(held, name))


def _brief(ops: Sequence[Op], name: str) -> str:
    return "".join(piece for _, piece in _join(_pieces(list(_shown(ops)), name)))


def _shown(ops: Sequence[Op]) -> Iterator[Op]:
    """Ops with what did not change cut down to what a reader needs around the changes."""
    inline = all(_inline(op.item) for op in ops)
    near = _distances(ops)
    for at, op in enumerate(ops):
        if op.kind == "keep":
            if not inline:
                if isinstance(op.item, Node) and op.item.tag in ("thead", "td", "th", "dt", "caption"):
                    yield op
            elif near[at] <= 2 * CONTEXT:
                yield op
            elif at == 0 or near[at - 1] == 2 * CONTEXT or near[at - 1] == 0:
                yield Op("keep", "… ", "… ")
        elif op.kind in ("edit", "from", "to") and isinstance(op.item, Node):
            yield _cut(op)
        else:
            yield op


def _distances(ops: Sequence[Op]) -> list[int]:
    """How many things each op is away from the nearest change."""
    found = [len(ops)] * len(ops)
    for order in (range(len(ops)), reversed(range(len(ops)))):
        far = len(ops)
        for at in order:
            far = 0 if ops[at].kind != "keep" else far + 1
            found[at] = min(found[at], far)
    return found


def _cut(op: Op) -> Op:
    """An edited or moved block with its unchanged parts cut."""
    if op.below:
        return Op(op.kind, op.old, op.new, list(_shown(op.below)), op.group, op.note)
    if isinstance(op.item, Node) and not _has_blocks(op.item) and op.kind in ("from", "to"):
        start = _items(op.item.children)[: 2 * CONTEXT]
        more = len(_items(op.item.children)) > len(start)
        below = [Op("keep", item, item) for item in [*start, *([" …"] if more else [])]]
        return Op(op.kind, op.old, op.new, below, op.group, op.note)
    return op


# --- The compact form -----------------------------------------------------------------------------------------------


def compact(made: Redline) -> dict[str, Any]:
    """A redline as JSON that grows with the change, not with the text.

    Out: `hunks`, each with its `path` of headings and marked `html`; and `patch`, which unfolds the whole marked text
    from the new side (`made.new`): a list that alternates how many UTF-16 units of the new side follow unchanged, and
    the text to put there.
    """
    patch: list[int | str] = []
    for ours, piece in made.pieces:
        if ours != (len(patch) % 2 == 0):
            patch.append(0 if len(patch) % 2 == 0 else "")
        patch.append(len(piece.encode("utf-16-le")) // 2 if ours else piece)
    return {"hunks": [{"path": list(hunk.path), "html": hunk.html} for hunk in made.hunks], "patch": patch}


def expand(packed: dict[str, Any], new: str) -> str:
    """The whole marked text of a compact redline over its new side; what the page does in JavaScript."""
    units = new.encode("utf-16-le")
    at = 0
    found = []
    for step in packed["patch"]:
        if isinstance(step, int):
            found.append(units[2 * at : 2 * (at + step)].decode("utf-16-le"))
            at += step
        else:
            found.append(step)
    return "".join(found)
