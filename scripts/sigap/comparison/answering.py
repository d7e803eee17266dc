"""Where a reviewer answers a change: its line in the host's own review of a proposal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from urllib.parse import quote

from ..document import Document, Location
from ..redline.hunks import Hunk
from . import places
from .findings import FRONT


def answered_at(
    old: Sequence[Document], new: Sequence[Document], hunks: Sequence[Hunk], pattern: str
) -> dict[int, str]:
    """The address at which each hunk is answered, by its number or `FRONT`; hunks without a changed line have none.

    `pattern` is an address with `{path}`, `{sha1}` or `{sha256}` (of the path) and `{line}` in it, as the host builds
    its own. In: the documents of either side of a module or programme.
    """
    found: dict[int, str] = {}
    for place in changed_lines(old, new):
        path = places.path_of(new, place)
        near = places.at(path, hunks, places.NEW) or places.below(path, hunks, places.NEW) if path else [FRONT]
        for number in near:
            found.setdefault(number, _address(pattern, place))
    return found


def changed_lines(old: Sequence[Document], new: Sequence[Document]) -> Iterator[Location]:
    """The first line of each place of the new side that the old side has otherwise."""
    before = {document.path.rpartition("/")[2]: document for document in old}
    for document in new:
        was = before.get(document.path.rpartition("/")[2])
        one, two = _lines(was) if was else [], _lines(document)
        for kind, _, _, start, _ in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            if kind != "equal":
                yield Location(document.path, min(start + 1, max(1, len(two))))


def _lines(document: Document) -> list[str]:
    return document.data.decode("utf-8", "replace").splitlines()


def _address(pattern: str, place: Location) -> str:
    named = {
        "{path}": quote(place.path),
        "{sha1}": hashlib.sha1(place.path.encode(), usedforsecurity=False).hexdigest(),
        "{sha256}": hashlib.sha256(place.path.encode()).hexdigest(),
        "{line}": str(place.line),
    }
    for name, value in named.items():
        pattern = pattern.replace(name, value)
    return pattern
