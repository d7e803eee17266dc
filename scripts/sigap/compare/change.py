"""One change as readers are told of it, and the two sides that it lies between."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from ..document import Location
from ..model import Module
from ..words import Words
from .bumps import KINDS, Bump
from .pairing import Pairing
from .parts import Folders


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind (a key of `KINDS`), where, what stood there and what does, for readers.

    `words` counts a change of text; `location` is where the new side says it, None for what it no longer says: then
    `was` is where the old side did.
    """

    kind: str
    where: str
    old: str = ""
    new: str = ""
    words: Words | None = None
    location: Location | None = None
    was: Location | None = None

    @property
    def bump(self) -> Bump:
        return KINDS[self.kind].bump

    @property
    def label(self) -> str:
        """What, for readers."""
        return KINDS[self.kind].label

    @property
    def headline(self) -> str:
        """What and where, for readers."""
        return f"{self.label}, {self.where}"

    @property
    def sentence(self) -> str:
        """The headline with before → after, and words in and out."""
        return self._told(90, self.headline)

    @property
    def whole(self) -> str:
        """The sentence with all that differs, however long."""
        said = self.where.casefold() in self.label.casefold()
        return self._told(100_000, self.label if said else self.headline)

    def _told(self, most: int, headline: str) -> str:
        parts = [headline]
        if self.old and self.new:
            parts.append(" → ".join(contrast(self.old, self.new, most)))
        elif self.old or self.new:
            parts.append(short(self.old or self.new, most))
        if self.words:
            parts.append(words_text(self.words))
        return ": ".join(parts)


def short(text: str, most: int = 90) -> str:
    """A text cut to a readable length, between words where it has any."""
    if len(text) <= most:
        return text
    cut = text[:most].rpartition(" ")[0] or text[: most - 1]
    return cut.rstrip(" ,;:(|") + "…"


def contrast(old: str, new: str, most: int = 90, around: int = 3) -> tuple[str, str]:
    """Two texts cut to where they differ, with a few of the words around it; short texts stay whole."""
    if max(len(old), len(new)) <= 60:
        return old, new
    one, two = old.split(), new.split()
    common = min(len(one), len(two))
    head = next((n for n in range(common) if one[n] != two[n]), common)
    tail = next((n for n in range(common - head) if one[-1 - n] != two[-1 - n]), common - head)
    start, rest = max(0, head - around), max(0, tail - around)

    def cut(words: list[str]) -> str:
        part = short(" ".join(words[start : len(words) - rest]), most)
        return ("… " if start else "") + part + (" …" if rest and not part.endswith("…") else "")

    return cut(one), cut(two)


def words_text(words: Words) -> str:
    """`1.200 kata masuk, 3 kata keluar`."""
    counts = ((words.inserted, "masuk"), (words.deleted, "keluar"), (words.moved, "pindah tempat"))
    return (
        ", ".join(f"{count:,} kata {what}".replace(",", ".") for count, what in counts if count)
        or "tidak ada kata yang berubah"
    )


Told = tuple[Hashable, Change]
"""A change with the key of the part whose typed content it speaks of (None: of no part)."""


def members(kind: str, where: str, old: Sequence[str], new: Sequence[str], location: Location) -> Iterator[Change]:
    """What left a set and what came into it."""
    yield from (Change(f"{kind}-removed", where, old=item) for item in old if item not in new)
    yield from (Change(f"{kind}-added", where, new=item, location=location) for item in new if item not in old)


@dataclass(frozen=True, eq=False)
class ModulePair:
    """Two states of a module, the folders of their neighbours, and what is the same in both."""

    old: Module
    new: Module
    old_folders: Folders
    new_folders: Folders
    indicators: Pairing
    topics: Pairing
    sessions: Pairing

    def at(self, start: int) -> Location:
        return self.new.document.at(start)

    def before(self, start: int) -> Location:
        return self.old.document.at(start)

    @property
    def renumbered(self) -> bool:
        """Whether indicator numbers mean something else than before, so that every IHB column may differ."""
        return any(i != j for i, j in self.indicators.pairs) or bool(self.indicators.removed + self.indicators.added)

    def taught(self, numbers: Sequence[int], new: bool) -> frozenset[int]:
        """Indicators by their place in the old list; those that stand on one side only are told of elsewhere."""
        known = {(j if new else i): i for i, j in self.indicators.pairs}
        return frozenset(known[n - 1] for n in numbers if n - 1 in known)
