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
from ..document import Location
from ..model import Module
from ..redline.engine import Redline, redline
from ..redline.hunks import Hunk, Path
from ..words import words_of

HOURS, STRUCTURAL, OUTCOMES, TEXT, HANDOUTS, LOOK = "jam", "struktur", "ihb", "teks", "lampiran", "tampilan"
"""What readers sort changes by."""

HEAD = "Keterangan modul"
"""The unit of what the front matter says."""

_WORDING = ("section-text", "section-markup")
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


def units(there: ModuleChange, back: ModuleChange, made: Redline) -> Units:
    """The list of changes of a module that both sides have. `back` compares the sides the other way round."""
    ways = [list(_placed(change, made.hunks, new)) for change, new in ((there, 1), (back, 0))]
    head = any(not places for way in ways for _, places in way)
    first = 2 if head else 1
    return Units(
        _head([change for change, places in ways[0] if not places]) if head else "",
        tuple(_sentences(ways[0], made.hunks, first)),
        tuple(_sentences(ways[1], made.hunks, first)),
    )


def group(kind: str) -> str:
    """What readers sort a kind of change by."""
    if kind in ("hours-changed", "session-retimed", "activity-retimed", "programme-hours-changed"):
        return HOURS
    if kind.startswith(("indicator-", "assessment-", "threshold-")):
        return OUTCOMES
    if kind.startswith("handout-"):
        return HANDOUTS
    if kind in ("section-markup", "redirects-changed"):
        return LOOK
    return STRUCTURAL if kind in STRUCTURE or kind in ("section-moved", "section-renamed") else TEXT


def _sentences(way: Sequence[tuple[Change, Sequence[int]]], hunks: Sequence[Hunk], first: int) -> Iterator[Sentence]:
    """The sentences in the order of their kinds, then those of hunks that no typed change speaks of."""
    for change, places in sorted(way, key=lambda one: (one[0].kind != "hours-changed", one[0].kind not in STRUCTURE)):
        sort = group(change.kind)
        if sort == HANDOUTS and change.kind == "handout-changed" and not change.words:
            sort = LOOK
        yield Sentence(change.whole, change.bump.label, sort, tuple(at + first for at in places) or (1,))
    named = {at for _, places in way for at in places}
    for at, hunk in enumerate(hunks):
        if at not in named:
            where = " › ".join(hunk.path[1:] or hunk.path) or "Awal modul"
            label = KINDS["section-text" if hunk.words else "section-markup"].label
            told = "Riwayat perubahan diperbarui" if vocabulary.HISTORY in hunk.path else f"{label}, {where}"
            words = f": {words_text(hunk.words)}" if hunk.words else ""
            yield Sentence(told + words, Bump.NONE.label, TEXT if hunk.words else LOOK, (at + first,))


def _placed(change: ModuleChange, hunks: Sequence[Hunk], new: int) -> Iterator[tuple[Change, Sequence[int]]]:
    """Each typed change with the hunks that show it, none where only the front matter says it. `new` is which of a
    hunk's places are those of the new side."""
    found: list[tuple[Change, list[int]]] = []
    for one in change.changes:
        module, place, side = (change.new, one.location, new) if one.location else (change.old, one.was, 1 - new)
        path = _path(module, place) if module and place else ()
        found.append((one, _narrow(one, hunks, _candidates(path, hunks, side)) if path else []))
    spoken = {at for one, places in found if one.kind not in _WORDING for at in places}
    for one, places in found:
        yield one, [at for at in places if one.kind not in _WORDING or at not in spoken] or places


def _candidates(path: Path, hunks: Sequence[Hunk], side: int) -> list[int]:
    """The hunks that stand at a path, of a handout those below it; else those below it, else those beside it."""
    exact = [] if len(path) == 1 else [len(path)]
    for depth in (*exact, None, -1):
        found = [at for at, hunk in enumerate(hunks) if any(_fits(_plain(p), path, depth) for p in hunk.places[side])]
        if found:
            return found
    return []


def _fits(place: Path, path: Path, depth: int | None) -> bool:
    """Whether a place is at a path (its depth), below it (None), or beside it (-1)."""
    if depth == -1:
        return len(path) > 1 and place[: len(path) - 1] == path[:-1]
    return place == path if depth else place[: len(path)] == path


def _narrow(change: Change, hunks: Sequence[Hunk], places: list[int]) -> list[int]:
    """Of the hunks of a section those that a change speaks of."""
    tables = [at for at in places if "<tr" in hunks[at].html]
    if change.kind.startswith(_IN_TABLE):
        return tables or places
    if change.kind.startswith(("section-", "handout-", "session-")):
        return places
    wanted = set(words_of(f"{change.old} {change.new}".casefold()))
    shared = {at: len(wanted & set(words_of(hunks[at].html.casefold()))) for at in places}
    most = max(shared.values(), default=0)
    return [at for at in places if shared[at] == most]


def _path(module: Module, place: Location) -> Path:
    """The titles of the headings that a place stands under, down to the third level; none within the front matter."""
    document = next((one for one in module.documents if one.path == place.path), None)
    if document is None:
        return ()
    if document is not module.document and place.line == 1:
        return _plain((document.title,))
    found: list[tuple[int, str]] = []
    for section in document.root.walk():
        heading = section.heading
        if heading and heading.level <= 3 and document.at(heading.start).line <= place.line:
            found = [*(one for one in found if one[0] < heading.level), (heading.level, heading.text)]
    return _plain(title for _, title in found)


def _plain(path: Iterator[str] | Path) -> Path:
    """Titles by their words, however signs are set."""
    return tuple(" ".join(words_of(title)).casefold() for title in path)


def _head(changes: Sequence[Change]) -> str:
    """What the front matter says, with its changes marked."""
    sides = [(change, *_sides(change)) for change in changes]
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
