"""`/banding/`: what lets a reader compare any two editions. Files at the site's root, named by what they hold.

    e/<edition>.json         the modules of an edition: title, address, version, hours, and the state each is in
    m/<kode>.json            the states of a module: the editions that changed it, with reasons
    p/<old>-<new>.json       what changed between two editions: modules, programmes, policy
    r/<state>-<state>.json   one module between two states: typed changes both ways and the redline, compact
    t/<state>.html           the whole text of a state, into which a compact redline unfolds
    <old>-<new>/index.html   two neighbouring editions on one plain page, for readers without JavaScript
    index.html, js/, banding.css

A state is named by the content of the module's files and by what renders them, and pairs are stored in one direction,
older to newer: a file in r/ and t/ is written once and never changes, and an edition adds only what it changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from typing import Any

from .. import html_out
from ..addresses import MODULE_URIS
from ..compare.bumps import Status, declared
from ..compare.changes import (
    Comparison,
    ModuleChange,
    folders,
    module_change,
    policy_changes,
    programme_changes,
    status_of,
)
from ..compare.parts import neighbours
from ..model import Curriculum, Edition, Mode, Module
from ..redline.engine import compact, normal, redline
from ..words import Words
from . import page
from .report import Report, verdict
from .units import Sentence, units
from .version import version

TEMPLATES = html_out.TEMPLATES / "comparison"
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
    def states(self) -> Mapping[str, str]:
        """The state that each module is in, by kode."""
        return {kode: state_of(module, self.folders) for kode, module in self.modules.items()}


def state_of(module: Module, known: Mapping[str, str]) -> str:
    """The name of all that a comparison of the module depends on, as 16 hex digits.

    That is its files and its folder, the modules that its links lead to (`known`: the kode of each folder), and what
    renders it.
    """
    return _state(module, tuple((folder, known.get(folder, "")) for folder in _neighbours(module)), version())


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
    """What stands already: paths made by this very renderer, the editions that they were made of, packs to print."""

    paths: frozenset[str] = frozenset()
    editions: frozenset[str] = frozenset()
    packs: frozenset[str] = frozenset()

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
        self._forward: dict[tuple[str, str], ModuleChange] = {}
        self._outcomes: dict[tuple[str, str], Outcome] = {}
        self._texts: dict[Module, str] = {}
        self._files: dict[str, bytes] = {}

    def text(self, module: Module) -> str:
        """The text of a module as HTML."""
        if module not in self._texts:
            self._texts[module] = page.fragment(module)
        return self._texts[module]

    def change(self, kode: str, old: State, new: State) -> ModuleChange:
        """What became of a module from one edition to another, in full."""
        key = (old.states.get(kode, ""), new.states.get(kode, ""))
        if key not in self._forward:
            self._forward[key] = module_change(old.modules.get(kode), new.modules.get(kode), old.folders, new.folders)
        return self._forward[key]

    def outcome(self, kode: str, old: State, new: State) -> Outcome:
        """The same, in short; read from what stands already where it can be."""
        key = (old.states.get(kode, ""), new.states.get(kode, ""))
        if key not in self._outcomes:
            if standing := self._known.get(_pair_path(*key)):
                facts = json.loads(standing)
                self._outcomes[key] = Outcome(
                    facts["berubah"], {name: facts[name] for name in ("perlu", "naik", "kata")}
                )
            else:
                change = self.change(kode, old, new)
                self._outcomes[key] = Outcome(bool(change.changes), _need(change))
        return self._outcomes[key]

    def status(self, kode: str, old: State, new: State) -> Status:
        """What became of a module from one edition to another, in a word."""
        was, now = old.modules.get(kode), new.modules.get(kode)
        if was and now and old.states[kode] == new.states[kode]:
            return Status.UNCHANGED
        return status_of(was, now, self.outcome(kode, old, new).changed)

    def comparison(self, old: State, new: State) -> Comparison:
        """Two editions in full."""
        return Comparison(
            old.curriculum,
            new.curriculum,
            tuple(self.change(kode, old, new) for kode in _kodes(old, new)),
            tuple(programme_changes(old.curriculum, new.curriculum, old.folders, new.folders)),
            tuple(policy_changes(old.curriculum, new.curriculum)),
        )

    def file(self, kode: str, old: State, new: State) -> bytes:
        """The content of r/: typed changes both ways, and the redline."""
        path = _pair_path(old.states[kode], new.states[kode])
        if path not in self._files:
            was, now = old.modules[kode], new.modules[kode]
            change = self.change(kode, old, new)
            back = module_change(now, was, new.folders, old.folders)
            marked = redline(self.text(was), self.text(now))
            found = units(change, back, marked)
            value = {
                "kode": kode,
                **_need(change),
                "berubah": bool(change.changes),
                "putusan": verdict(change),
                "kepala": found.head,
                "maju": [_told(sentence) for sentence in found.forward],
                "mundur": [_told(sentence) for sentence in found.back],
                "teks": compact(marked),
            }
            self._files[path] = _json(value)
        return self._files[path]


def _kodes(old: State, new: State) -> list[str]:
    return sorted(old.modules.keys() | new.modules.keys())


def _pair_path(one: str, two: str) -> str:
    return f"banding/r/{one}-{two}.json"


def files(
    states: Sequence[State], before: Sequence[tuple[State, State]], pairs: Pairs, known: Known
) -> Iterator[tuple[str, bytes | None]]:
    """Every file below /banding/ for the published editions, oldest first.

    `before` are the pairs of which the notes of editions speak, published or not: each of their links gets a page.
    None stands for a file that is known and stays as it is.
    """
    for state in states:
        yield f"banding/e/{state.name}.json", _json(_modules(state))
    for kode in sorted({kode for state in states for kode in state.modules}):
        yield f"banding/m/{kode}.json", _json(_history(kode, states, pairs))
    made: set[str] = set()
    for old, new in combinations(states, 2):
        path = f"banding/p/{old.name}-{new.name}.json"
        yield path, None if known.has(path, old.name, new.name) else _json(_pair(old, new, pairs))
        for kode in _kodes(old, new):
            one, two = old.states.get(kode), new.states.get(kode)
            if one == two:
                continue
            if one and two and (path := _pair_path(one, two)) not in made:
                made.add(path)
                yield path, None if path in known.paths else pairs.file(kode, old, new)
            side = new if two else old  # a module that one side alone has is read as all new, or as all gone
            if (path := f"banding/t/{side.states[kode]}.html") not in made:
                made.add(path)
                yield path, None if path in known.paths else normal(pairs.text(side.modules[kode])).encode()
    neighbours_ = list(pairwise(states))
    published = {state.name for state in states}
    for old, new in dict.fromkeys([*neighbours_, *before]):
        path = f"banding/{old.name}-{new.name}/index.html"
        if not published.issuperset((old.name, new.name)):
            yield path, page.unpublished(old.name, new.name).encode()
        elif known.has(path, old.name, new.name):
            yield path, None
        else:
            report = Report(pairs.comparison(old, new), old.name, new.name, url="../")
            plain = page.page(report, pairs.text, "../", base=f"../../{new.name}/{MODULE_URIS}/")
            yield path, plain.encode()
    yield "banding/index.html", _index(neighbours_).encode()
    for name in static():
        yield f"banding/{name}", (TEMPLATES / name).read_bytes()


def static() -> list[str]:
    """The scripts and styles of the reader, which stand there as they are."""
    parts = [*TEMPLATES.glob("banding.*"), *TEMPLATES.glob("js/*.js")]
    return sorted(part.relative_to(TEMPLATES).as_posix() for part in parts)


def notes(old: State, new: State, pairs: Pairs) -> dict[str, Any]:
    """What the notes of an edition tell of its changes since the one before it: `pages.edition_changes` shows it."""
    found = []
    for kode in _kodes(old, new):
        status = pairs.status(kode, old, new)
        if status is Status.UNCHANGED:
            continue
        sides = [side.modules.get(kode) for side in (old, new)]
        title = next(module.title for module in reversed(sides) if module)
        words = pairs.outcome(kode, old, new).words
        found.append(
            {
                "kode": kode,
                "title": title,
                "status": status.value,
                "versions": [module.version if module else None for module in sides],
                "hours": [_hours(module) if module else None for module in sides],
                "declared_bump": declared(sides[0].version, sides[1].version).word if sides[0] and sides[1] else "none",
                "words": {"inserted": words["masuk"], "deleted": words["keluar"], "moved": words["pindah"]},
            }
        )
    return {"old": old.name, "new": new.name, "modules": found}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _hours(module: Module) -> dict[str, int] | None:
    return {mode.value: module.hours.of(mode) for mode in Mode} if module.hours else None


def _words(words: Words) -> dict[str, int]:
    return {"masuk": words.inserted, "keluar": words.deleted, "pindah": words.moved}


def _modules(state: State) -> dict[str, Any]:
    return {
        kode: {
            "judul": module.title,
            "slug": module.slug,
            "versi": module.version,
            "status": module.status,
            "jp": _hours(module),
            "isi": state.states[kode],
        }
        for kode, module in sorted(state.modules.items())
    }


def _history(kode: str, states: Sequence[State], pairs: Pairs) -> dict[str, Any]:
    """The editions in which a module came, changed, moved or went."""
    found: list[dict[str, Any]] = []
    before: State | None = None
    title = ""
    for state in states:
        module = state.modules.get(kode)
        if module is None:
            if before:
                found.append({"edisi": state.name, "isi": None})
            before = None
            continue
        title = module.title
        if before is None or before.states[kode] != state.states[kode]:
            found.append(_state_row(kode, state, before, pairs))
        before = state
    return {"kode": kode, "judul": title, "keadaan": found}


def _state_row(kode: str, state: State, before: State | None, pairs: Pairs) -> dict[str, Any]:
    module = state.modules[kode]
    rows = module.history or ()
    if before:
        old = {(row.version, row.date, row.what) for row in before.modules[kode].history or ()}
        rows = tuple(row for row in rows if (row.version, row.date, row.what) not in old)
    return {
        "edisi": state.name,
        "isi": state.states[kode],
        "judul": module.title,
        "slug": module.slug,
        "versi": module.version,
        "status": module.status,
        "jp": _hours(module),
        "kata": pairs.outcome(kode, before, state).words if before else None,
        "alasan": [
            {"versi": row.version, "tanggal": row.date, "perubahan": row.what, "alasan": row.why} for row in rows
        ],
    }


def _pair(old: State, new: State, pairs: Pairs) -> dict[str, Any]:
    """What the whole-curriculum view says of two editions beside their lists of modules."""
    return {
        "modul": {
            kode: pairs.outcome(kode, old, new).facts
            for kode in _kodes(old, new)
            if pairs.status(kode, old, new) is not Status.UNCHANGED
        },
        "program": [
            f"{programme.kode} {programme.title}: {change.whole if programme.old and programme.new else change.label}"
            for programme in programme_changes(old.curriculum, new.curriculum, old.folders, new.folders)
            for change in programme.changes
        ],
        "kebijakan": [change.whole for change in policy_changes(old.curriculum, new.curriculum)],
    }


def _need(module: ModuleChange) -> dict[str, Any]:
    both = module.old and module.new
    return {
        "perlu": module.required.label if both else "–",
        "naik": module.declared.label if both else "–",
        "kata": _words(module.words),
    }


def _told(sentence: Sentence) -> dict[str, Any]:
    return {"kalimat": sentence.text, "naik": sentence.bump, "jenis": sentence.group, "di": sentence.units}


def _index(neighbours_: Sequence[tuple[State, State]]) -> str:
    """The page of the reader; without JavaScript it links the plain page of each neighbouring pair."""
    pairs = [(old.name, new.name) for old, new in reversed(neighbours_)]
    return html_out.page("comparison/index.html", policy=html_out.policy(), pairs=pairs)
