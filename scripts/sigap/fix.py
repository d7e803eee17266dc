"""Cures that cannot change meaning: what rules offer beside their findings, put into the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

from .document import Fix
from .model import Curriculum
from .report import is_under
from .rules.run import chosen, problems, standing, waivers


def fixes(
    curriculum: Curriculum, select: Set[str] | None, ignore: Set[str], under: Sequence[str] = ()
) -> dict[str, bytes]:
    """The new bytes of every document that the selected rules can mend, by path.

    In: codes as in `rules.run`; `under` the files or folders that may be changed (none: all). Waived findings, and
    those that wait for others, are left as they are.
    """
    rules = chosen(curriculum, select, ignore)
    offered: dict[str, list[Fix]] = defaultdict(list)
    for _, problem in standing(problems(rules, curriculum), waivers(curriculum.documents.values()), rules):
        if problem.fix and (not under or is_under(problem.location.path, under)):
            offered[problem.location.path] += problem.fix
    mended = {}
    for path, mends in offered.items():
        document = curriculum.documents.get(path)
        if document and (data := applied(document.data, mends)) != document.data:
            mended[path] = data
    return mended


def applied(data: bytes, mends: Iterable[Fix]) -> bytes:
    """The bytes with every fix put in; of two that overlap the first, so that a second run does the other."""
    pieces, at = [], 0
    for mend in sorted(set(mends), key=lambda fix: (fix.start, fix.end)):
        if mend.start >= at:
            pieces += [data[at : mend.start], mend.text.encode()]
            at = mend.end
    return b"".join([*pieces, data[at:]])
