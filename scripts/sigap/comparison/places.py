"""Where a line of a source stands in a redline: the headings above it, and the hunks below these headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..document import Document, Location
from ..redline.hunks import Hunk, Path
from ..words import words_of

NEW, OLD = 1, 0
"""Which of a hunk's places are those of the new side, and which of the old one."""


def path_of(documents: Sequence[Document], place: Location) -> Path:
    """The titles of the headings that a place stands under, down to the third level; none within the front matter.

    `documents` are those of a module, its own text first, or the page of a programme.
    """
    document = next((one for one in documents if one.path == place.path), None)
    if document is None:
        return ()
    if document is not documents[0] and place.line == 1:
        return plain((document.title,))
    found: list[tuple[int, str]] = []
    for section in document.root.walk():
        heading = section.heading
        if heading and heading.level <= 3 and document.at(heading.start).line <= place.line:
            found = [*(one for one in found if one[0] < heading.level), (heading.level, heading.text)]
    return plain(title for _, title in found)


def plain(path: Iterable[str]) -> Path:
    """Titles by their words, however signs are set."""
    return tuple(" ".join(words_of(title)).casefold() for title in path)


def at(path: Path, hunks: Sequence[Hunk], side: int) -> list[int]:
    """The hunks with changes right below the last heading of a path; those of a whole document are not."""
    return _fitting(hunks, side, lambda place: place == path) if len(path) > 1 else []


def below(path: Path, hunks: Sequence[Hunk], side: int) -> list[int]:
    """The hunks with changes anywhere below the last heading of a path."""
    return _fitting(hunks, side, lambda place: place[: len(path)] == path)


def beside(path: Path, hunks: Sequence[Hunk], side: int) -> list[int]:
    """The hunks with changes below the last heading but one."""
    return _fitting(hunks, side, lambda place: len(path) > 1 and place[: len(path) - 1] == path[:-1])


def _fitting(hunks: Sequence[Hunk], side: int, fits: Callable[[Path], bool]) -> list[int]:
    return [number for number, hunk in enumerate(hunks) if any(fits(plain(place)) for place in hunk.places[side])]


def nearest(words: str, hunks: Sequence[Hunk], places: Sequence[int]) -> list[int]:
    """Of some hunks those that share most of the words."""
    wanted = set(words_of(words.casefold()))
    shared = {number: len(wanted & set(words_of(hunks[number].html.casefold()))) for number in places}
    most = max(shared.values(), default=0)
    return [number for number in places if shared[number] == most]
