"""Editions as they were published, the states of their modules and programmes, and what a pair of states tells.

A state is named by the content of a module's files (of a programme: its page with structure and timetable) and by what
renders them. Two editions in the same state of a module need no comparison of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from ..compare.bumps import Status
from ..compare.changes import Comparison, ModuleChange, folders, module_change, status_of
from ..compare.parts import neighbours
from ..compare.policy import policy_changes
from ..compare.programmes import ProgrammeChange, programme_change, programme_changes
from ..model import Curriculum, Edition, Module, Programme
from ..redline.engine import compact, redline
from ..words import Words
from . import page
from .report import news, verdict
from .units import Changed, Sentence, units
from .version import version

_STATES = 65536


@dataclass(frozen=True, eq=False)
class State:
    """An edition as it was published."""

    edition: Edition
    curriculum: Curriculum

    @property
    def name(self) -> str:
        return self.edition.name

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        return {kode: module for kode, module in self.curriculum.by_kode.items() if kode}

    @cached_property
    def folders(self) -> Mapping[str, str]:
        return folders(self.curriculum)

    @cached_property
    def programmes(self) -> Mapping[str, Programme]:
        return {k: one for k, one in self.curriculum.programmes_by_kode.items() if k and k not in self.modules}

    @cached_property
    def states(self) -> Mapping[str, str]:
        """The state that each module and programme is in, by kode."""
        found = {kode: state_of(module, self.folders) for kode, module in self.modules.items()}
        return found | {kode: programme_state(one, self.curriculum) for kode, one in self.programmes.items()}


def state_of(module: Module, known: Mapping[str, str]) -> str:
    """The name of all that a comparison of the module depends on, as 16 hex digits.

    That is its files and its folder, the modules that its links lead to (`known`: the kode of each folder), and what
    renders it.
    """
    return _state(module, tuple((folder, known.get(folder, "")) for folder in _neighbours(module)), version())


def programme_state(programme: Programme, curriculum: Curriculum) -> str:
    """The name of all that a comparison of the programme depends on, as 16 hex digits."""
    around = [(folder, curriculum.folders.get(folder, "")) for folder in sorted(neighbours(programme.document))]
    shown = page.programme_text(programme, curriculum)
    found = hashlib.sha256(f"{version()}\0{programme.slug}\0{around}\0{len(shown)}\0{shown}\0".encode())
    found.update(programme.document.data)
    return found.hexdigest()[:16]


@lru_cache(_STATES)
def _neighbours(module: Module) -> tuple[str, ...]:
    return tuple(sorted({folder for document in module.documents for folder in neighbours(document)}))


@lru_cache(_STATES)
def _state(module: Module, around: tuple[tuple[str, str], ...], renderer: str) -> str:
    found = hashlib.sha256(f"{renderer}\0{module.slug}\0{around}\0".encode())
    for document in module.documents:
        name = document.path.rpartition("/")[2]
        found.update(f"{name}\0{len(document.data)}\0".encode() + document.data)
    found.update(json.dumps(sorted(module.files.items())).encode())
    return found.hexdigest()[:16]


@dataclass(frozen=True)
class Known:
    """What stands already: paths made by this very renderer, the editions that they were made of, and packs to print,
    each with its pages and bytes."""

    paths: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    packs: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def has(self, path: str, *names: str) -> bool:
        """Whether a file stands, and was made of these editions."""
        return path in self.paths and self.editions.issuperset(names)


@dataclass(frozen=True)
class Outcome:
    """What became of a module between two states, as far as lists of modules tell it."""

    changed: bool
    facts: dict[str, Any]

    @property
    def words(self) -> dict[str, int]:
        found: dict[str, int] = self.facts["kata"]
        return found


class Pairs:
    """Modules between two states, each compared once however many editions are in these states."""

    def __init__(self, known: Mapping[str, bytes] | None = None) -> None:
        self._known = known or {}
        self._forward: dict[tuple[str, str], Changed] = {}
        self._outcomes: dict[tuple[str, str], Outcome] = {}
        self._texts: dict[Module | Programme, str] = {}
        self._files: dict[str, bytes] = {}

    def text(self, module: Module) -> str:
        """The text of a module as HTML."""
        if module not in self._texts:
            self._texts[module] = page.fragment(module)
        return self._texts[module]

    def text_in(self, kode: str, state: State) -> str:
        """The text of a module or programme of an edition as HTML."""
        if kode in state.modules:
            return self.text(state.modules[kode])
        programme = state.programmes[kode]
        if programme not in self._texts:
            self._texts[programme] = page.programme_fragment(programme, state.curriculum)
        return self._texts[programme]

    def change(self, kode: str, old: State, new: State) -> Changed:
        """What became of a module or programme from one edition to another, in full."""
        key = (old.states.get(kode, ""), new.states.get(kode, ""))
        if key not in self._forward:
            self._forward[key] = _changed(kode, old, new)
        return self._forward[key]

    def module(self, kode: str, old: State, new: State) -> ModuleChange:
        found = self.change(kode, old, new)
        assert isinstance(found, ModuleChange)
        return found

    def outcome(self, kode: str, old: State, new: State) -> Outcome:
        """The same, in short; read from what stands already where it can be."""
        key = (old.states.get(kode, ""), new.states.get(kode, ""))
        if key not in self._outcomes:
            if standing := self._known.get(pair_path(*key)):
                facts = json.loads(standing)
                self._outcomes[key] = Outcome(
                    facts["berubah"], {name: facts[name] for name in ("perlu", "naik", "kata", "baru") if name in facts}
                )
            else:
                change = self.change(kode, old, new)
                self._outcomes[key] = Outcome(bool(change.changes), _need(change))
        return self._outcomes[key]

    def status(self, kode: str, old: State, new: State) -> Status:
        """What became of a module or programme from one edition to another, in a word."""
        if old.states.get(kode) == new.states.get(kode):
            return Status.UNCHANGED
        if kode not in old.modules.keys() | new.modules.keys():
            return self.change(kode, old, new).status
        return status_of(old.modules.get(kode), new.modules.get(kode), self.outcome(kode, old, new).changed)

    def comparison(self, old: State, new: State) -> Comparison:
        """Two editions in full."""
        return Comparison(
            old.curriculum,
            new.curriculum,
            tuple(self.module(kode, old, new) for kode in kodes(old, new)),
            tuple(programme_changes(old.curriculum, new.curriculum)),
            tuple(policy_changes(old.curriculum, new.curriculum)),
        )

    def file(self, kode: str, old: State, new: State) -> bytes:
        """The content of r/: typed changes both ways, and the redline."""
        path = pair_path(old.states[kode], new.states[kode])
        if path in self._known:
            return self._known[path]
        if path not in self._files:
            change, back = self.change(kode, old, new), _changed(kode, new, old)
            marked = redline(self.text_in(kode, old), self.text_in(kode, new))
            found = units(change, back, marked)
            value = {
                "kode": kode,
                **_need(change),
                "berubah": bool(change.changes),
                **({"putusan": verdict(change)} if isinstance(change, ModuleChange) else {}),
                "kepala": found.head,
                "maju": [_told(sentence) for sentence in found.forward],
                "mundur": [_told(sentence) for sentence in found.back],
                "teks": compact(marked),
            }
            self._files[path] = as_json(value)
        return self._files[path]


def sentences(pairs: Pairs, kode: str, old: State, new: State) -> list[tuple[str, str]]:
    """What changed of a module or programme that both editions have, in the words of the comparison, each with what
    readers sort it by; nothing where both are in one state."""
    if old.states[kode] == new.states[kode]:
        return []
    return [(one["kalimat"], one["jenis"]) for one in json.loads(pairs.file(kode, old, new))["maju"]]


def _changed(kode: str, old: State, new: State) -> Changed:
    if kode in old.modules or kode in new.modules:
        return module_change(old.modules.get(kode), new.modules.get(kode), old.folders, new.folders)
    return programme_change(kode, old.curriculum, new.curriculum)


def kodes(old: State, new: State) -> list[str]:
    return sorted(old.modules.keys() | new.modules.keys())


def pair_path(one: str, two: str) -> str:
    return f"banding/r/{one}-{two}.json"


def _need(change: Changed) -> dict[str, Any]:
    """What lists of modules say of one beside its own facts; of a programme, which has no version, the words alone."""
    if isinstance(change, ProgrammeChange):
        return {"kata": counted(change.words)}
    both = change.old and change.new
    return {
        "perlu": change.required.label if both else "–",
        "naik": change.declared.label if both else "–",
        "kata": counted(change.words),
        **({"baru": found} if (found := news(change)) else {}),
    }


def _told(sentence: Sentence) -> dict[str, Any]:
    return {"kalimat": sentence.text, "naik": sentence.bump, "jenis": sentence.group, "di": sentence.units}


def as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def counted(words: Words) -> dict[str, int]:
    return {"masuk": words.inserted, "keluar": words.deleted, "pindah": words.moved}
