"""Cures that cannot change meaning: what rules offer beside their findings, put into the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set

from . import rules
from .document import Fix
from .model import Curriculum


def fixes(curriculum: Curriculum, select: Set[str] | None, ignore: Set[str]) -> dict[str, bytes]:
    """The new bytes of every document that the selected rules can mend, by path. Codes as in `rules.run`."""
    offered: dict[str, list[Fix]] = defaultdict(list)
    for code, rule in rules.registry().items():
        if (select is None or code in select) and code not in ignore:
            for problem in rule.check(curriculum):
                offered[problem.location.path] += problem.fix
    found = {}
    for path, mends in offered.items():
        document = curriculum.documents.get(path)
        if document and (data := applied(document.data, mends)) != document.data:
            found[path] = data
    return found


def applied(data: bytes, mends: Iterable[Fix]) -> bytes:
    """The bytes with every fix put in; of two that overlap the first, so that a second run does the other."""
    pieces, at = [], 0
    for mend in sorted(set(mends), key=lambda fix: (fix.start, fix.end)):
        if mend.start >= at:
            pieces += [data[at : mend.start], mend.text.encode()]
            at = mend.end
    return b"".join([*pieces, data[at:]])
