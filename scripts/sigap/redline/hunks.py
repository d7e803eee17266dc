"""Only what changed: the changes that stand together, each under its headings, with a little around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..words import Words, tokens
from .blocks import parts
from .marks import joined, pieces
from .ops import Op, count
from .trees import HEADINGS, Item, Node, holds_blocks, inline, text

NEAR = 24
"""Words, signs and spaces around a change that are shown."""

_DEEPEST = "h3"
"""The level down to which places are told."""

_HEADS = ("thead", "td", "th", "dt", "caption")
"""Parts that are shown unchanged, since a change beside them is not understood without them."""


Path = tuple[str, ...]
"""Titles of the headings that a thing stands under, from the outside in."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changes that stand together: the headings they stand under, their marked HTML with a little around it, and how
    many words they mark.

    `places` are the headings that its changes stand under on the old side and on the new one, down to the third level;
    an old place is a new one too where its heading is still there.
    """

    path: Path
    html: str
    words: Words = field(default_factory=Words)
    places: tuple[frozenset[Path], frozenset[Path]] = (frozenset(), frozenset())


def hunks(ops: Sequence[Op], name: str) -> Iterator[tuple[Op, Hunk]]:
    """The changes at the outer level, those side by side together, each with the op that it begins with. A heading
    that changed begins a new one."""
    held: list[Op] = []
    under: Path = ()
    stands = _Headings()
    places: tuple[set[Path], set[Path]] = (set(), set())

    def made() -> tuple[Op, Hunk]:
        old, new = map(frozenset, places)
        return held[0], Hunk(under, _brief(held, name), count(held), (old, new))

    for op in ops:
        heading = _heading(op)
        begins = heading and not op.gone and op.kind != "to" and not (held and held[-1].gone and _heading(held[-1]))
        if held and (op.silent or begins):
            yield made()
            held = []
        if not op.silent and not held:
            under = tuple(title for tag, title in stands.new if not heading or tag < heading)
            places = (set(), set())
        stands.read(op)
        if not op.silent:
            held.append(op)
            for side, path in zip(places, stands.of(op), strict=True):
                side.update([path] if path is not None else [])
    if held:
        yield made()


class _Headings:
    """The headings that one stands under on either side while reading ops."""

    def __init__(self) -> None:
        self.old: list[tuple[str, str]] = []
        self.new: list[tuple[str, str]] = []
        self.same = True
        """Whether both sides stand under one and the same heading."""

    def read(self, op: Op) -> None:
        heading = _heading(op)
        if not heading:
            return
        if op.old is not None and op.kind != "to":
            self.old = [one for one in self.old if one[0] < heading] + [(heading, " ".join(text(op.old).split()))]
        if op.new is not None and op.kind != "from":
            self.new = [one for one in self.new if one[0] < heading] + [(heading, " ".join(text(op.new).split()))]
        if heading <= _DEEPEST:
            self.same = op.kind in ("keep", "edit")

    def of(self, op: Op) -> tuple[Path | None, Path | None]:
        """Where an op stands on either side; None for a side that does not have it."""
        old, new = (tuple(title for tag, title in side if tag <= _DEEPEST) for side in (self.old, self.new))
        return (
            old if op.gone or op.kind not in ("ins", "to") or self.same else None,
            new if not op.gone or self.same else None,
        )


def _heading(op: Op) -> str:
    return op.item.tag if isinstance(op.item, Node) and op.item.tag in HEADINGS else ""


def _brief(ops: Sequence[Op], name: str) -> str:
    return "".join(piece for _, piece in joined(pieces(list(_shown(ops)), name)))


def _shown(ops: Sequence[Op]) -> Iterator[Op]:
    """Ops with what did not change cut down to what a reader needs around the changes."""
    if not all(inline(op.item) for op in ops):
        for at, op in enumerate(ops):
            if not op.silent or _tag(op.item) in _HEADS:
                yield _cut(op)
            elif at == 0 and isinstance(op.item, Node) and not op.item.tag:
                yield from _start(op.item)
        return
    ops = [part for op in ops for part in _tokens(op)]
    near = [far <= NEAR for far in _distances(ops)]
    for at, op in enumerate(ops):
        if not op.silent:
            yield _cut(op)
        elif not near[at]:
            if at == 0 or near[at - 1]:
                yield Op("keep", " … ", " … ")
        elif all(near[max(0, at - 1) : at + 2]) or text(op.item).strip():
            yield Op("keep", op.item, op.item)


def _tokens(op: Op) -> Iterator[Op]:
    if op.kind == "keep" and isinstance(op.item, str):
        yield from (Op("keep", token, token) for token in tokens(op.item))
    else:
        yield op


def _tag(item: Item | None) -> str:
    return item.tag if isinstance(item, Node) else ""


def _distances(ops: Sequence[Op]) -> list[int]:
    """How many things each op is away from the nearest change."""
    found = [len(ops)] * len(ops)
    for order in (range(len(ops)), reversed(range(len(ops)))):
        far = len(ops)
        for at in order:
            far = far + 1 if ops[at].silent else 0
            found[at] = min(found[at], far)
    return found


def _cut(op: Op) -> Op:
    """An op with its unchanged parts cut; items of a list keep their numbers."""
    item = op.item
    if not isinstance(item, Node) or op.kind == "keep":
        return op
    if op.below:
        below = list(_shown(list(_numbered(op)) if item.tag == "ol" else op.below))
        return Op(op.kind, op.old, op.new, below, op.move, op.note)
    if op.move and not holds_blocks(item):
        return Op(op.kind, op.old, op.new, list(_start(item)), op.move, op.note)
    return op


def _start(item: Node) -> Iterator[Op]:
    """The first words of a block."""
    words = parts(item.children)
    for word in words if len(words) <= 1.5 * NEAR else [*words[: NEAR - 1], " …"]:
        yield Op("keep", word, word)


def _numbered(op: Op) -> Iterator[Op]:
    """The items of a list, each with its number of the side that it is shown of."""
    at = {gone: _first(op.old if gone else op.new) for gone in (True, False)}
    for below in op.below:
        if _tag(below.item) == "li":
            value = (("value", str(at[below.gone])),)
            old, new = (
                Node("li", side.attributes + value, side.children) if isinstance(side, Node) else side
                for side in (below.old, below.new)
            )
            yield Op(below.kind, old, new, below.below, below.move, below.note)
        else:
            yield below
        at[True] += below.kind not in ("ins", "to")
        at[False] += not below.gone


def _first(item: Item | None) -> int:
    start = dict(item.attributes).get("start", "") if isinstance(item, Node) else ""
    return int(start) if start.isascii() and start.isdigit() else 1
