"""Run rules over a curriculum: problems become findings, waivers are honoured, what follows from another waits."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from ..document import Document, Location, Problem
from ..model import Curriculum, Finding, Module, Programme, Severity
from .registry import FAMILIES, Rule, registry
from .waivers import BROKEN, Waiver, waivers_in

Found = tuple[str, Problem]
"""A problem with the code of the rule that speaks of it."""


def run(
    curriculum: Curriculum, *, select: Set[str] | None = None, ignore: Set[str] = frozenset(), url: str = ""
) -> list[Finding]:
    """Run every selected rule over the curriculum.

    In: codes to run (None: all) and to leave out; `url` the address of the rule pages, to which a code is added. Out:
    findings in the order of their places. Waived findings are left out; a waiver that waives nothing is a finding. A
    rule that breaks is a finding too (W902), and stops no other.
    """
    rules = chosen(curriculum, select, ignore)
    return findings(standing(problems(rules, curriculum), waivers(curriculum.documents.values()), rules), url)


def chosen(curriculum: Curriculum, select: Set[str] | None, ignore: Set[str]) -> list[Rule]:
    """The rules of a run: those that are selected and have what they need."""
    return [
        one
        for code, one in registry().items()
        if (select is None or code in select) and code not in ignore and one.can_tell(curriculum)
    ]


def problems(rules: Iterable[Rule], curriculum: Curriculum) -> list[Found]:
    """What the rules find in a curriculum, waivers aside."""
    return [found for one in rules for things in one.things(curriculum) for found in _guarded(one, things)]


def _guarded(one: Rule, things: tuple[object, ...]) -> Iterator[Found]:
    """What one rule finds in one thing; where it breaks, a problem that says so ends it."""
    try:
        for problem in one.check(*things):
            yield problem.code or one.code, problem
    except Exception as error:
        if os.environ.get("SIGAP_DEBUG"):
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        yield (
            BROKEN,
            Problem(
                Location(_path(things)),
                f"Aturan {one.code} berhenti di berkas ini karena cacat dalam Sigap ({what}).",
                "Laporkan kepada pengelola, dengan keluaran SIGAP_DEBUG=1; aturan lain tetap diperiksa.",
            ),
        )


def _path(things: tuple[object, ...]) -> str:
    """The file that a rule was looking at."""
    for thing in things[-2:]:
        if isinstance(thing, Document | Module):
            return thing.path
        if isinstance(thing, Programme):
            return thing.document.path
    return "modules"


def waivers(documents: Iterable[Document]) -> list[Waiver]:
    """Every waiver that holds."""
    return [w for document in documents if b"sigap:" in document.data for w in waivers_in(document) if w.holds]


def standing(found: Iterable[Found], written: Iterable[Waiver], rules: Sequence[Rule]) -> list[Found]:
    """What is left of the problems when waivers are honoured and what only follows from another is dropped."""
    known = registry()
    waived = {(w.location.path, w.line, w.code): w for w in written}
    used: set[tuple[str, int, str]] = set()
    left: list[Found] = []
    for code, problem in found:
        place = (problem.location.path, problem.location.line, code)
        if place in waived:
            used.add(place)
        else:
            left.append((code, problem))
    codes = {one.code for one in rules}
    if "W901" in codes:
        left += [
            ("W901", _useless(waiver)) for place, waiver in waived.items() if place not in used and waiver.code in codes
        ]
    spoken: dict[str, set[str]] = defaultdict(set)
    alone: set[tuple[str, str]] = set()
    for code, problem in left:
        one, path = known[code], problem.location.path
        spoken[path].add(code)
        if one.severity is Severity.ERROR and not set(one.after) & set(FAMILIES):  # what waits for a family blocks none
            spoken[path].add(one.family)
        if one.alone:
            alone.add((path, code))
    lonely = {path for path, _ in alone}
    return [
        (code, problem)
        for code, problem in left
        if not (spoken[problem.location.path].intersection(known[code].after))
        and (problem.location.path not in lonely or (problem.location.path, code) in alone)
    ]


def _useless(waiver: Waiver) -> Problem:
    return Problem(
        waiver.location,
        f"Pengecualian {waiver.code} ini tidak menutupi temuan apa pun.",
        "Hapus komentarnya, atau pindahkan tepat ke atas baris yang dimaksud.",
    )


def findings(found: Iterable[Found], url: str = "") -> list[Finding]:
    """Problems as they are reported, each once, in the order of their places."""
    return sorted({_finding(code, problem, url) for code, problem in found})


def _finding(code: str, problem: Problem, url: str) -> Finding:
    place, severity = problem.location, registry()[code].severity
    page = f"{url}{code}/" if url else ""
    return Finding(place.path, place.line, place.column, code, severity, problem.message, problem.hint, page)
