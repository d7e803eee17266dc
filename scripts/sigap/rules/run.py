"""Run rules over a curriculum: problems become findings, waivers are honoured, what follows from another waits."""

from __future__ import annotations

from collections.abc import Iterator, Set

from ..document import Problem
from ..model import Curriculum, Finding, Severity
from .registry import Rule, registry
from .waivers import Waiver, waivers_in


def run(
    curriculum: Curriculum, *, select: Set[str] | None = None, ignore: Set[str] = frozenset(), url: str = ""
) -> list[Finding]:
    """Run every selected rule over the curriculum.

    In: codes to run (None: all) and to leave out; `url` the address of the rule pages, to which a code is added. Out:
    findings in the order of their places. Waived findings are left out; a waiver that waives nothing is a finding.
    """
    rules = registry()
    found: set[Finding] = set()
    waived: dict[tuple[str, int, str], Waiver] = {}
    for document in curriculum.documents.values():
        if b"sigap:" in document.data:
            waived.update(((document.path, w.line, w.code), w) for w in waivers_in(document) if w.holds)
    used: set[tuple[str, int, str]] = set()
    chosen = [
        rule_
        for code, rule_ in rules.items()
        if (select is None or code in select) and code not in ignore and rule_.can_tell(curriculum)
    ]
    for rule_ in chosen:
        for problem in rule_.check(curriculum):
            place = (problem.location.path, problem.location.line, rule_.code)
            if place in waived:
                used.add(place)
            else:
                found.add(_finding(problem, rule_, url))
    if waived and "W901" in {r.code for r in chosen}:
        codes = {r.code for r in chosen}
        for place, waiver in waived.items():
            if place not in used and waiver.code in codes:
                problem = Problem(
                    waiver.location,
                    f"Pengecualian {waiver.code} ini tidak menutupi temuan apa pun.",
                    "Hapus komentarnya, atau pindahkan tepat ke atas baris yang dimaksud.",
                )
                found.add(_finding(problem, rules["W901"], url))
    return sorted(_first_things_first(found))


WAITING = frozenset(("V803", "H311"))
"""Rules that weigh a whole module: they wait until nothing in it is broken."""


def _first_things_first(found: Set[Finding]) -> Iterator[Finding]:
    """Findings without those that only follow from another: a broken module is mended before its version is raised."""
    broken = {f.path for f in found if f.severity is Severity.ERROR and f.code[0] in "FSH" and f.code not in WAITING}
    return (f for f in found if not (f.code in WAITING and f.path in broken))


def _finding(problem: Problem, rule_: Rule, url: str) -> Finding:
    place = problem.location
    return Finding(
        place.path,
        place.line,
        place.column,
        rule_.code,
        rule_.severity,
        problem.message,
        problem.hint,
        f"{url}{rule_.code}/" if url else "",
    )
