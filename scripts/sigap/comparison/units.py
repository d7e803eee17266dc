"""One list of changes: the sentences of a module's typed changes and the hunks of its redline, each naming the other.

A unit is what a reader steps to, ticks off and links: the head of a module (what its front matter says), then each
hunk in reading order. Units are numbered from 1, alike in both directions, so that `#u-14` of a pair is one place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from .. import vocabulary
from ..compare.bumps import KINDS, STRUCTURE, Bump
from ..compare.change import Change, words_text
from ..compare.changes import ModuleChange
from ..compare.programmes import ProgrammeChange
from ..redline.engine import Redline, redline
from ..redline.hunks import Hunk, Path
from . import places

HOURS, STRUCTURAL, OUTCOMES, TEXT, HANDOUTS, LOOK = "jam", "struktur", "ihb", "teks", "lampiran", "tampilan"
"""What readers sort changes by."""

HEAD = "Keterangan"
"""The unit of what the front matter says."""

START = "Awal"
"""The place of what stands above all headings."""

Changed = ModuleChange | ProgrammeChange

_WORDING = ("section-text", "section-markup")
_BY_HUNK = "programme-text"
"""The kind that says no more than the hunks of a page say one by one."""
_TIMES = ("programme-session-moved", "programme-end-changed")
"""Kinds that stand in the timetable, which is made from the sessions and so has no line of its own."""
_IN_TABLE = ("session-retimed", "activity-", "method-")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A change in words: the bump it needs, what readers sort it by, the path that it speaks of, the units it is in."""

    text: str
    bump: str
    group: str
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Units:
    """The list of a pair. `head` is the marked text of the first unit, empty where the front matter did not change;
    `forward` and `back` are the sentences from the old side to the new and the other way round."""

    head: str
    forward: tuple[Sentence, ...]
    back: tuple[Sentence, ...]


def units(there: Changed, back: Changed, made: Redline) -> Units:
    """The list of changes of a module or programme that both sides have. `back` compares them the other way round."""
    ways = [list(_placed(change, made.hunks, new)) for change, new in ((there, places.NEW), (back, places.OLD))]
    found = any(not standing for way in ways for _, standing in way)
    first = 2 if found else 1
    return Units(
        _head(ways[0]) if found else "",
        tuple(_sentences(ways[0], made.hunks, first)),
        tuple(_sentences(ways[1], made.hunks, first)),
    )


def head(change: Changed, made: Redline) -> str:
    """The marked text of what only the front matter says; empty where nothing of it changed."""
    return _head(list(_placed(change, made.hunks, places.NEW)))


def group(kind: str) -> str:
    """What readers sort a kind of change by."""
    if kind in ("hours-changed", "session-retimed", "activity-retimed", "programme-hours-changed", *_TIMES):
        return HOURS
    if kind.startswith(("indicator-", "assessment-", "threshold-")):
        return OUTCOMES
    if kind.startswith("handout-"):
        return HANDOUTS
    if kind in ("section-markup", "redirects-changed"):
        return LOOK
    if kind.startswith(("programme-module-", "programme-day-", "programme-a")):
        return STRUCTURAL
    return STRUCTURAL if kind in STRUCTURE or kind in ("section-moved", "section-renamed") else TEXT


def _sentences(way: Sequence[tuple[Change, Sequence[int]]], hunks: Sequence[Hunk], first: int) -> Iterator[Sentence]:
    """The sentences in the order of their kinds, then those of hunks that no typed change speaks of."""
    for change, standing in sorted(way, key=lambda one: (one[0].kind != "hours-changed", one[0].kind not in STRUCTURE)):
        sort = group(change.kind)
        if sort == HANDOUTS and change.kind == "handout-changed" and not change.words:
            sort = LOOK
        yield Sentence(change.whole, change.bump.label, sort, tuple(at + first for at in standing) or (1,))
    named = {at for _, standing in way for at in standing}
    for at, hunk in enumerate(hunks):
        if at not in named:
            where = " › ".join(hunk.path[1:] or hunk.path) or START
            label = KINDS["section-text" if hunk.words else "section-markup"].label
            told = "Riwayat perubahan diperbarui" if vocabulary.HISTORY in hunk.path else f"{label}, {where}"
            words = f": {words_text(hunk.words)}" if hunk.words else ""
            yield Sentence(told + words, Bump.NONE.label, TEXT if hunk.words else LOOK, (at + first,))


def _placed(change: Changed, hunks: Sequence[Hunk], new: int) -> Iterator[tuple[Change, Sequence[int]]]:
    """Each typed change with the hunks that show it, none where only the front matter says it. `new` is which of a
    hunk's places are those of the new side."""
    found: list[tuple[Change, list[int]]] = []
    for one in change.changes:
        if one.kind in _TIMES:
            tables = [at for at, hunk in enumerate(hunks) if "<tr" in hunk.html]
            found.append((one, places.nearest(f"{one.where} {one.old} {one.new}", hunks, tables)))
            continue
        if one.kind == _BY_HUNK and hunks:
            continue
        module, place, side = (change.new, one.location, new) if one.location else (change.old, one.was, 1 - new)
        path = places.path_of(module.documents, place) if module and place else ()
        found.append((one, _narrow(one, hunks, _candidates(path, hunks, side)) if path else []))
    spoken = {at for one, standing in found if one.kind not in _WORDING for at in standing}
    for one, standing in found:
        yield one, [at for at in standing if one.kind not in _WORDING or at not in spoken] or standing


def _candidates(path: Path, hunks: Sequence[Hunk], side: int) -> list[int]:
    """The hunks that stand at a path, of a handout those below it; else those below it, else those beside it."""
    return places.at(path, hunks, side) or places.below(path, hunks, side) or places.beside(path, hunks, side)


def _narrow(change: Change, hunks: Sequence[Hunk], standing: list[int]) -> list[int]:
    """Of the hunks of a section those that a change speaks of."""
    tables = [at for at in standing if "<tr" in hunks[at].html]
    if change.kind.startswith(_IN_TABLE):
        return tables or standing
    if change.kind.startswith(("section-", "handout-", "session-")):
        return standing
    return places.nearest(f"{change.old} {change.new}", hunks, standing)


def _head(way: Sequence[tuple[Change, Sequence[int]]]) -> str:
    """What the front matter says, with its changes marked."""
    sides = [(change, *_sides(change)) for change, standing in way if not standing]
    made = redline(_terms([(c, old) for c, old, _ in sides]), _terms([(c, new) for c, _, new in sides]), "k")
    return "".join(hunk.html for hunk in made.hunks)


def _sides(change: Change) -> tuple[str, str]:
    """What a change was and is; of a file beside the text, which has no words of its own, its name."""
    if change.old or change.new:
        return change.old, change.new
    gone, come = change.kind.endswith("-removed"), change.kind.endswith("-added")
    return "" if come else change.where, "" if gone else change.where if come else f"{change.where} (isi baru)"


def _terms(told: Sequence[tuple[Change, str]]) -> str:
    names = [
        (change.where if change.kind == "hours-changed" else change.where.replace("_", " "), text)
        for change, text in told
    ]
    rows = (f"<dt>{escape(name[:1].upper() + name[1:])}</dt><dd>{escape(text)}</dd>" for name, text in names if text)
    return f"<dl>{''.join(rows)}</dl>"
