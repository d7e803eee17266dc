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
    "G": ("groups", "Pembagian kelompok"),
    "Q": ("items", "Soal"),
    "N": ("scoring", "Penilaian"),
    "B": ("style", "Gaya bahasa"),
    "R": ("law", "Rujukan hukum"),
    "V": ("versions", "Versi"),
    "M": ("markdown", "Markdown yang dibaca berbeda"),
    "W": ("waivers", "Pengecualian"),
}
"""Family letter: the file that holds its rules, and its name on the page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A generator of problems and what the runner has to know of it; the fields are those of `rule`."""

    code: str
    severity: Severity
    title: str
    each: str
    check: Check
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    alone: bool = False

    @property
    def family(self) -> str:
        return self.code[0]

    @property
    def local(self) -> bool:
        """Whether it looks at one document or module at a time."""
        return self.each in ("module", "document", "module document")

    def can_tell(self, curriculum: Curriculum) -> bool:
        """Whether what the rule holds the curriculum against is there."""
        there = {"policy": curriculum.policy_known, "base": curriculum.base is not None}
        return all(there[need] for need in self.needs)

    def things(self, curriculum: Curriculum) -> Iterator[tuple[object, ...]]:
        """What the generator is given, each time."""
        if self.each == "curriculum":
            yield (curriculum,)
        elif self.each == "pair":
            yield from ((old, new, curriculum) for old, new in pairs(curriculum))
        else:
            yield from ((thing, curriculum) for thing in _EACH[self.each](curriculum))


Check = Callable[..., Iterator[Problem]]
_REGISTRY: dict[str, Rule] = {}
_Check = TypeVar("_Check", bound=Check)


def rule(
    code: str,
    title: str,
    *,
    each: str = "module",
    severity: Severity = Severity.ERROR,
    needs: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
    alone: bool = False,
) -> Callable[[_Check], _Check]:
    """Register a generator of problems under its code.

    `each` is what the generator is given: module (Module), document (Document of a module or a page), module document
    (Document of a module), programme (Programme), pair (Module as the base has it, Module), each with the Curriculum
    last, or curriculum (Curriculum alone). What a rule over a curriculum or programme needs of a module's text must be
    a `fact`.

    `needs` names what it holds them against and is silent without: policy (a kurikulum.yml that can be read), base.
    `after` names what is to be mended first, codes or families (of which errors count): where one of those stands in
    the same file, the runner drops what this rule found. Of a file with a finding of an `alone` rule nothing else is
    said.
    """

    def register(check: _Check) -> _Check:
        if code in _REGISTRY:
            raise ValueError(f"code {code} is used twice")
        _REGISTRY[code] = Rule(code, severity, title, each, check, needs, after, alone)
        return check

    return register


def reader_rule(
    code: str, title: str, severity: Severity = Severity.ERROR, *, after: tuple[str, ...] = (), alone: bool = False
) -> None:
    """Register a rule whose problems the reader found while it read."""

    @rule(code, title, each="curriculum", severity=severity, after=after, alone=alone)
    def check(curriculum: Curriculum) -> Iterator[Problem]:
        yield from (problem for problem in curriculum.problems if problem.code == code)


def _modules(curriculum: Curriculum) -> Iterator[Module]:
    """Modules that could be read; of the others the reader has said enough."""
    return (module for module in curriculum.modules if module.document.has_text)


def _documents(curriculum: Curriculum) -> Iterator[Document]:
    return iter(curriculum.documents.values())


def _programmes(curriculum: Curriculum) -> Iterator[Programme]:
    return iter(curriculum.programmes)


def _module_documents(curriculum: Curriculum) -> Iterator[Document]:
    return (document for module in curriculum.modules for document in module.documents)


def pairs(curriculum: Curriculum) -> Iterator[tuple[Module, Module]]:
    """Each module that could be read, with its state in the base, where the base has it."""
    for module in _modules(curriculum):
        old = curriculum.base.by_kode.get(module.kode) if curriculum.base and module.kode else None
        if old:
            yield old, module


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
