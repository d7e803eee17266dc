"""Two HTML fragments to one with its insertions, deletions and moves marked.

The law: accepting a redline gives the new fragment, rejecting it the old one, as an HTML5 parser reads them, white
space between blocks aside. Swapping the sides swaps insertions and deletions.

The marks, all of them attributes that begin with `data-r`, so that ins and del of the source are never taken for ours
(an attribute of the source that begins so is renamed, as is a comment that begins with `r-`):

    <ins data-r="i">, <del data-r="d">      words
    data-r="ins" | "del"                    a block, row, cell or item that is on one side only; where parts of it
                                            moved, each of the other parts is marked as well
    data-r="tujuan" | "asal"                a block where it stands now, and where it stood; edits are marked in both,
                                            and shown in the former: where a block left, the old text is seen
    data-r="n"                              a note for readers, of neither side; of a move, a link to its other end
    data-r="n" data-u="14"                  an empty one, where the changes of hunk 14 begin in the whole text
    data-r-lama='{"…": "…"}'                the old attributes of a block whose attributes changed
    <span data-r-spasi="…">                 the old white space, where it reads as the new one does
    <!--r-ins:…-->, <!--r-del:…-->          a comment
    <div data-r-html='"…"'>                 a whole side as its source, where no marking can hold both

The other direction, from the marks alone: i and d, ins and del, asal and tujuan change places (an `<ins>` or `<del>` of
ours with its tag), as do the words of the notes; what is then gone goes before what has come. For accept and reject of
the outcome, the attributes change places with `data-r-lama`, the white space with `data-r-spasi`, r-ins with r-del.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..words import Words, words_of
from . import moves
from .blocks import compare
from .hunks import Hunk, hunks
from .marks import Piece, joined, pieces, source
from .ops import count, mirrored
from .reading import parse, parse_checked
from .sides import accept, form, reject
from .trees import blocks, tidy, write


@dataclass(frozen=True)
class Redline:
    """The marked fragment, its word counts and hunks. `pieces` are its parts; those marked True add up to the new side
    as `normal` writes it."""

    pieces: tuple[Piece, ...]
    words: Words
    hunks: tuple[Hunk, ...]

    @cached_property
    def html(self) -> str:
        """The marked fragment."""
        return "".join(piece for _, piece in self.pieces)

    def accept(self) -> str:
        """The new fragment, from the marks alone."""
        return accept(self.html)

    def reject(self) -> str:
        """The old fragment, from the marks alone."""
        return reject(self.html)


def redline(old: str, new: str, name: str = "r") -> Redline:
    """Compare two HTML fragments. `name` begins the ids of moved parts, where a page holds several redlines."""
    try:
        return _compared(old, new, name) or _whole(old, new, same=form(old) == form(new))
    except RecursionError:  # nested hundreds deep, as no module is
        return _whole(old, new, same=old == new)


def _compared(old: str, new: str, name: str) -> Redline | None:
    """The redline part by part; None where no marking can hold both sides."""
    back = old > new  # one direction is compared and the other mirrored, so that swapping the sides swaps the marks
    (one, plain), (two, also_plain) = (parse_checked(side) for side in ((new, old) if back else (old, new)))
    ops = compare(blocks(tidy(one)), blocks(tidy(two)))
    moves.find(ops)
    if back:
        ops = mirrored(ops)
    moves.number(ops)
    found = list(hunks(ops, name))
    starts = {op: at for at, (op, _) in enumerate(found, 1)}
    made = Redline(tuple(joined(pieces(ops, name, starts=starts))), count(ops), tuple(hunk for _, hunk in found))
    return made if (plain and also_plain) or _lawful(made, old, new) else None


def normal(html: str) -> str:
    """A fragment as redlines unfold over it: written anew, without white space between blocks."""
    try:
        return "".join(map(write, blocks(tidy(parse(html)))))
    except RecursionError:
        return html


def _lawful(made: Redline, old: str, new: str) -> bool:
    """Whether the law holds for hostile input, which is checked as it is compared; plain input needs no check."""
    return form(made.accept()) == form(new) and form(made.reject()) == form(old)


def _whole(old: str, new: str, *, same: bool) -> Redline:
    """Two fragments that no marking can hold side by side: each as its source, the one gone, the other come."""
    if same:
        return Redline(((False, source("", new)),), Words(), ())
    html = source("del", old) + source("ins", new)
    words = Words(len(words_of(new)), len(words_of(old)))
    return Redline(((False, html),), words, (Hunk((), html, words),))


# --- The compact form -----------------------------------------------------------------------------------------------


def compact(made: Redline) -> dict[str, Any]:
    """A redline as JSON that grows with the change, not with the text.

    Out: `hunks`, each with its `path` of headings, its marked `html`, which stand for themselves, and its `words` in,
    out and moved; and `patch`, which
    unfolds the whole marked text over the new side (`normal`): a list that alternates how many UTF-16 units of the new
    side follow unchanged, and the text to put there. In JavaScript:

        let at = 0;
        patch.map((step) => typeof step === "string" ? step : whole.slice(at, (at += step))).join("")
    """
    patch: list[int | str] = []
    for ours, piece in made.pieces:
        if ours != (len(patch) % 2 == 0):
            patch.append(0 if len(patch) % 2 == 0 else "")
        patch.append(len(piece.encode("utf-16-le")) // 2 if ours else piece)
    found = [
        {"path": list(hunk.path), "html": hunk.html, "words": [words.inserted, words.deleted, words.moved]}
        for hunk in made.hunks
        for words in [hunk.words]
    ]
    return {"hunks": found, "patch": patch}


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
