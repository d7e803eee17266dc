"""The rules: one file per family, one function per rule.

A rule is a generator of problems over one thing (a module, a document, a programme or the whole curriculum). It never
prints, raises or stops another rule; its code, severity, page and waivers are added here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TypeVar

from ..model import Curriculum, Document, Finding, Location, Module, Problem, Programme, Severity

FAMILIES = {
    "F": ("front_matter", "Front matter"),
    "S": ("structure", "Susunan modul"),
    "H": ("hours", "Jam pelajaran"),
    "L": ("links", "Tautan, gambar, dan rujukan"),
    "A": ("accessibility", "Aksesibilitas"),
    "K": ("safety", "Keamanan"),
    "X": ("across", "Antarmodul"),
    "V": ("versions", "Versi"),
    "M": ("markdown", "Markdown yang dibaca berbeda"),
    "W": ("waivers", "Pengecualian"),
}
"""Family letter: the file that holds its rules, and its name on the page."""


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    severity: Severity
    title: str
    check: Callable[[Curriculum], Iterator[Problem]]
    needs: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        return self.code[0]

    def can_tell(self, curriculum: Curriculum) -> bool:
        """Whether what the rule holds the curriculum against is there."""
        there = {"policy": curriculum.policy_known, "base": curriculum.base is not None}
        return all(there[need] for need in self.needs)


_REGISTRY: dict[str, Rule] = {}
Check = TypeVar("Check", bound=Callable[..., Iterator[Problem]])


def rule(
    code: str,
    title: str,
    *,
    each: str = "module",
    severity: Severity = Severity.ERROR,
    needs: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Register a generator of problems under its code.

    `each` is what the generator is given: module (Module), document (Document of a module or a page), module document
    (Document of a module), programme (Programme), each with the Curriculum second, or curriculum (Curriculum alone).
    `needs` names what it holds them against and is silent without: policy (a kurikulum.yml that can be read), base.
    """

    def register(check: Check) -> Check:
        if code in _REGISTRY:
            raise ValueError(f"code {code} is used twice")

        def over(curriculum: Curriculum) -> Iterator[Problem]:
            if each == "curriculum":
                yield from check(curriculum)
            else:
                for thing in _EACH[each](curriculum):
                    yield from check(thing, curriculum)

        _REGISTRY[code] = Rule(code, severity, title, over, needs)
        return check

    return register


def reader_rule(code: str, title: str, severity: Severity = Severity.ERROR) -> None:
    """Register a rule whose problems the reader found while it read."""

    @rule(code, title, each="curriculum", severity=severity)
    def check(curriculum: Curriculum) -> Iterator[Problem]:
        yield from (problem for problem in curriculum.problems if problem.code == code)


def _modules(curriculum: Curriculum) -> Iterator[Module]:
    """Modules that could be read; of the others the reader has said enough."""
    return (m for m in curriculum.modules if m.document.root.children or m.document.root.blocks)


def _documents(curriculum: Curriculum) -> Iterator[Document]:
    return iter(curriculum.documents.values())


def _programmes(curriculum: Curriculum) -> Iterator[Programme]:
    return iter(curriculum.programmes)


def _module_documents(curriculum: Curriculum) -> Iterator[Document]:
    return (document for module in curriculum.modules for document in module.documents)


_EACH: dict[str, Callable[[Curriculum], Iterator[Module] | Iterator[Document] | Iterator[Programme]]] = {
    "module": _modules,
    "document": _documents,
    "module document": _module_documents,
    "programme": _programmes,
}


@cache
def registry() -> dict[str, Rule]:
    """All rules by code, in the order of the families."""
    for file, _ in FAMILIES.values():
        import_module(f".{file}", __name__)
    order = list(FAMILIES)
    return dict(sorted(_REGISTRY.items(), key=lambda item: (order.index(item[0][0]), item[0])))


def matching(patterns: list[str]) -> set[str]:
    """The codes that a list of codes or their beginnings (`H`, `H3`, `H304`) names. Unknown ones raise ValueError."""
    found: set[str] = set()
    for pattern in patterns:
        codes = {code for code in registry() if code.startswith(pattern.upper())} if pattern else set()
        if not codes:
            raise ValueError(pattern)
        found |= codes
    return found


# --- Waivers --------------------------------------------------------------------------------------------------------

_TOLD = r"sigap:\s*abaikan\s+([A-Z]\d{3})\b[\s:,–—-]*(.*?)"
_WAIVER = re.compile(rf"<!--\s*{_TOLD}\s*-->", re.DOTALL)
_YAML_WAIVER = re.compile(rf"^[ \t]*#\s*{_TOLD}[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Waiver:
    """`<!-- sigap: abaikan H306 alasan … -->`, in front matter `# sigap: …`; `line` is the one that it speaks of."""

    location: Location
    code: str
    reason: str
    line: int


def waivers_in(document: Document) -> Iterator[Waiver]:
    """Every waiver written in a document."""
    front = document.data[: document.body].decode("utf-8", "replace")
    places = [(0, match) for match in _YAML_WAIVER.finditer(front)]
    places += [(block.start, m) for block in document.html for m in _WAIVER.finditer(document.source(block))]
    for offset, match in places:
        start = document.at(offset + len(match.string[: match.start()].encode()))
        end = document.at(offset + len(match.string[: match.end()].encode()))
        line = end.line + 1
        while not document.line(line).strip() and line < end.line + 3:
            line += 1
        yield Waiver(start, match[1], match[2], line)


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
            waived.update(((document.path, w.line, w.code), w) for w in waivers_in(document) if w.reason)
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
