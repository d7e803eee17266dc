"""Ops to marked HTML (`redline.py` says what the marks mean)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from .ops import Op, restyled_only
from .trees import INLINE, VOID, Item, Node, attribute, attributes, drops_line_end, escape, inside, write

Piece = tuple[bool, str]
"""A part of the marked fragment, and whether it belongs to the new side."""

FROM_HERE, TO_HERE = "dipindahkan dari sini", "dipindahkan ke sini"
HIDDEN = {"ins": "ditambahkan: ", "del": "dihapus: ", "edit": "tampilan diubah: "}
_ATTRIBUTE = {"ins": "ins", "del": "del", "to": "tujuan", "from": "asal"}
_HOLDS_WORDS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li td th dt dd div blockquote pre section summary figcaption caption article aside details "
    "figure".split()
)


def joined(parts: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbouring pieces of one side as one."""
    side = True
    held: list[str] = []
    for ours, piece in parts:
        if ours != side:
            if held:
                yield side, "".join(held)
            side, held = ours, []
        if piece:
            held.append(piece)
    if held:
        yield side, "".join(held)


def start(number: int) -> str:
    """Where the changes of a hunk begin in the whole text."""
    return f'<span data-r="n" data-u="{number}"></span>'


def pieces(
    ops: Sequence[Op], name: str, within: str = "", note: str = "", starts: Mapping[Op, int] = MappingProxyType({})
) -> Iterator[Piece]:
    """The marked fragment. Words that went or came side by side share one element.

    `name` begins the ids of moves; `within` is the kind of a block around that is on one side only, whose parts need
    no mark of their own; `note` is one that a block around has no place for; `starts` numbers the ops that hunks
    begin with.
    """
    opened = ""
    for op in ops:
        mark = op.kind if op.kind in ("ins", "del") and op.kind != within and _wrapped(op.item) else ""
        number = starts.get(op)
        if mark != opened or number:
            yield False, f"</{opened}>" if opened else ""
            yield False, start(number) if number else ""
            yield False, f'<{mark} data-r="{mark[0]}">' if mark else ""
            opened = mark
        if mark:
            yield mark == "ins", write(op.item)
        else:
            here = note if _takes_note(op.item) else ""
            note = "" if here else note
            yield from _piece(op, name, within, here)
    yield False, f"</{opened}>" if opened else ""


def _wrapped(item: Item) -> bool:
    """Whether a thing is marked by an element around it; anything else bears the mark itself."""
    return isinstance(item, str) or not item.tag or item.tag in INLINE


def _piece(op: Op, name: str, within: str, note: str) -> Iterator[Piece]:
    item, ours = op.item, not op.gone
    if op.kind == "space":
        yield False, f"<span{attribute('data-r-spasi', str(op.old))}>"
        yield True, write(item)
        yield False, "</span>"
    elif isinstance(item, str) or (not note and not op.below and op.kind in ("keep", within)):
        yield ours, write(item)
    elif not item.tag:
        yield from pieces(op.below, name, within)
    elif item.tag == "!":
        yield ours, "<!--"
        yield False, f"r-{op.kind}:"
        yield ours, f"{item.children[0] if item.children else ''}-->"
    else:
        own = op.kind != within
        note += _note(op, name) if own else ""
        yield ours, f"<{item.tag}{attributes(item.attributes)}"
        yield False, _marks(op) if own else ""
        yield ours, ">"
        if _holds_words(item):
            yield False, note
            note = ""
        if op.below and drops_line_end(item):
            yield ours, "\n"
        inner = pieces(op.below, name, _within(op), note) if op.below else _inside(item, note)
        yield from ((side and ours, piece) for side, piece in inner)
        if item.tag not in VOID:
            yield ours, f"</{item.tag}>"


def _within(op: Op) -> str:
    """The kind that the parts of a block need not say again; where some of them moved, each says its own."""
    return op.kind if op.kind in ("ins", "del") and not op.below else ""


def _inside(item: Node, note: str) -> Iterator[Piece]:
    """The content of a block as it is, but for a note, which goes where words may first stand."""
    place = next(filter(_takes_note, item.children), None) if note else None
    if not isinstance(place, Node):
        yield True, inside(item)
        return
    for child in item.children:
        if child is not place:
            yield True, write(child)
            continue
        yield True, f"<{place.tag}{attributes(place.attributes)}>"
        if _holds_words(place):
            yield False, note
            yield True, inside(place)
        else:
            yield from _inside(place, note)
        yield True, f"</{place.tag}>"


def _takes_note(item: Item) -> bool:
    return isinstance(item, Node) and (_holds_words(item) or any(map(_takes_note, item.children)))


def _holds_words(item: Node) -> bool:
    return item.tag in _HOLDS_WORDS and not drops_line_end(item)


def _marks(op: Op) -> str:
    found = f' data-r="{_ATTRIBUTE[op.kind]}"' if op.kind in _ATTRIBUTE else ""
    old, new = op.old, op.new
    if op.kind == "edit" and isinstance(old, Node) and isinstance(new, Node) and old.attributes != new.attributes:
        found += attribute("data-r-lama", json.dumps(dict(old.attributes), ensure_ascii=False))
    return found


def _note(op: Op, name: str) -> str:
    """What a reader hears or reads at the start of a marked block, unless its parts tell."""
    if op.kind in ("ins", "del") and op.below:
        return ""
    if op.kind in ("ins", "del") or restyled_only(op):
        return f'<span class="sigap-sr" data-r="n">{HIDDEN[op.kind]}</span>'
    if op.note and op.move:
        here, there, words = ("asal", "tujuan", FROM_HERE) if op.gone else ("tujuan", "asal", TO_HERE)
        link = f'id="{name}-{here}-{op.move.number}" href="#{name}-{there}-{op.move.number}"'
        return f'<a class="r-pindah" data-r="n" {link}>{words}</a>'
    return ""


def source(kind: str, html: str) -> str:
    """A fragment that no marking can hold, shown as its source."""
    mark = f' data-r="{kind}"' if kind else ""
    note = f'<span class="sigap-sr" data-r="n">{HIDDEN[kind]}</span>' if kind else ""
    return f"<div{mark}{attribute('data-r-html', json.dumps(html))}>{note}<pre>{escape(html)}</pre></div>"
