"""Every rule by its code: what it is called, how grave it is, what it is given and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TypeVar

from ..document import Document, Problem
from ..model import Curriculum, Module, Programme, Severity

FAMILIES = {
    "F": ("front_matter", "Front matter"),
    "S": ("structure", "Susunan modul"),
    "H": ("hours", "Jam pelajaran"),
    "L": ("links", "Tautan, gambar, dan rujukan"),
    "A": ("accessibility", "Aksesibilitas"),
    "K": ("safety", "Keamanan"),
    "X": ("across", "Antarmodul"),
    "P": ("handouts", "Lampiran dan cetak"),
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
        import_module(f".{file}", __package__)
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
