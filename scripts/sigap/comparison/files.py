"""`/banding/`: what lets a reader compare any two editions. Files at the site's root, named by what they hold.

    e/<edition>.json         the modules of an edition: title, address, version, hours, and the state each is in
    m/<kode>.json            the states of a module: the editions that changed it, with reasons
    p/<old>-<new>.json       what changed between two editions: modules, programmes, policy
    r/<state>-<state>.json   one module between two states: typed changes both ways and the redline, compact
    t/<state>.html           the whole text of a state, into which a compact redline unfolds
    <old>-<new>/index.html   two neighbouring editions on one plain page, for readers without JavaScript
    index.html, js/, banding.css

A state is named by the content of the module's files, and pairs are stored in one direction, older to newer, so that a
file is written once and never changes, and an edition adds only what it changed.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from ..compare.bumps import Status
from ..compare.changes import Comparison, ModuleChange, changes, folders, module_change
from ..model import Curriculum, Edition, Mode, Module
from ..pages.editing import MODULE_URIS
from ..redline.engine import compact, normal, redline
from ..words import Words
from . import page
from .report import Report, verdict
from .units import Sentence, units

TEMPLATES = Path(__file__).parent.parent / "templates" / "comparison"


@dataclass(frozen=True, eq=False)
class State:
    """An edition as it was published."""

    edition: Edition
    curriculum: Curriculum

    @property
    def name(self) -> str:
        return self.edition.name


def state_of(module: Module) -> str:
    """The name of a module's content: 16 hex digits of its files' names and bytes."""
    found = hashlib.sha256()
    for document in module.documents:
        name = document.path.rpartition("/")[2]
        found.update(f"{name}\0{len(document.data)}\0".encode() + document.data)
    return found.hexdigest()[:16]


def files(
    editions: Sequence[tuple[Edition, Curriculum]], known: frozenset[str] = frozenset()
) -> Iterator[tuple[str, bytes | None]]:
    """Every file below /banding/ for the published editions, oldest first.

    `known` are the paths on the branch already: what is named by its content is not made again, and None stands for it.
    """
    states = [State(edition, curriculum) for edition, curriculum in editions]
    text = cache(page.fragment)
    compared = {(old.name, new.name): changes(old.curriculum, new.curriculum) for old, new in combinations(states, 2)}
    for state in states:
        yield f"banding/e/{state.name}.json", _json(_modules(state))
    for kode in sorted({kode for state in states for kode in state.curriculum.by_kode}):
        yield f"banding/m/{kode}.json", _json(_history(kode, states))
    made: set[str] = set()
    for (old_name, new_name), comparison in compared.items():
        yield f"banding/p/{old_name}-{new_name}.json", _json(_pair(comparison))
        for module in comparison.modules:
            if not (module.old and module.new):
                for path, data in _alone(module, text):
                    if path not in made:
                        made.add(path)
                        yield path, None if path in known else data()
                continue
            if (one := state_of(module.old)) == (two := state_of(module.new)):
                continue
            for path, data in _redline(module, one, two, comparison, text):
                if path not in made:
                    made.add(path)
                    yield path, None if path in known else data()
    for old, new in pairwise(states):
        report = Report(compared[old.name, new.name], old.name, new.name, url="../")
        base = f"../../{new.name}/{MODULE_URIS}/"
        plain = page.page(report, text, "../", base=base)
        yield f"banding/{old.name}-{new.name}/index.html", plain.encode()
    yield "banding/index.html", _index(states).encode()
    for part in sorted([*TEMPLATES.glob("banding.*"), *TEMPLATES.glob("js/*.js")]):
        yield f"banding/{part.relative_to(TEMPLATES).as_posix()}", part.read_bytes()


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
            "isi": state_of(module),
        }
        for kode, module in sorted(state.curriculum.by_kode.items())
        if kode
    }


def _history(kode: str, states: Sequence[State]) -> dict[str, Any]:
    """The editions in which a module came, changed, moved or went."""
    found: list[dict[str, Any]] = []
    before: tuple[State, Module] | None = None
    title = ""
    for state in states:
        module = state.curriculum.by_kode.get(kode)
        if module is None:
            if before:
                found.append({"edisi": state.name, "isi": None})
            before = None
            continue
        title = module.title
        if before is None or (state_of(before[1]), before[1].slug) != (state_of(module), module.slug):
            found.append(_state(state, module, before))
        before = (state, module)
    return {"kode": kode, "judul": title, "keadaan": found}


def _state(state: State, module: Module, before: tuple[State, Module] | None) -> dict[str, Any]:
    rows = module.history or ()
    words = None
    if before:
        old = {(row.version, row.date, row.what) for row in before[1].history or ()}
        rows = tuple(row for row in rows if (row.version, row.date, row.what) not in old)
        both = (folders(before[0].curriculum), folders(state.curriculum))
        words = _words(module_change(before[1], module, *both).words)
    return {
        "edisi": state.name,
        "isi": state_of(module),
        "judul": module.title,
        "slug": module.slug,
        "versi": module.version,
        "status": module.status,
        "jp": _hours(module),
        "kata": words,
        "alasan": [
            {"versi": row.version, "tanggal": row.date, "perubahan": row.what, "alasan": row.why} for row in rows
        ],
    }


def _pair(comparison: Comparison) -> dict[str, Any]:
    """What the whole-curriculum view says of two editions beside their lists of modules."""
    programmes = [
        f"{programme.kode} {programme.title}: {change.whole if programme.old and programme.new else change.label}"
        for programme in comparison.programmes
        for change in programme.changes
    ]
    return {
        "modul": {module.kode: _need(module) for module in comparison.changed},
        "program": programmes,
        "kebijakan": [change.whole for change in comparison.policy],
    }


def _need(module: ModuleChange) -> dict[str, Any]:
    both = module.status not in (Status.ADDED, Status.MISSING)
    return {
        "perlu": module.required.label if both else "–",
        "naik": module.declared.label if both else "–",
        "kata": _words(module.words),
    }


def _redline(
    module: ModuleChange, one: str, two: str, comparison: Comparison, text: Callable[[Module], str]
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The files of one module between two states, each with what makes it."""
    old, new = module.old, module.new
    assert old is not None
    assert new is not None

    def pair() -> bytes:
        back = module_change(new, old, folders(comparison.new), folders(comparison.old))
        marked = redline(text(old), text(new))
        found = units(module, back, marked)
        value = {
            "kode": module.kode,
            **_need(module),
            "putusan": verdict(module),
            "kepala": found.head,
            "maju": [_told(sentence) for sentence in found.forward],
            "mundur": [_told(sentence) for sentence in found.back],
            "teks": compact(marked),
        }
        return _json(value)

    yield f"banding/r/{one}-{two}.json", pair
    yield f"banding/t/{two}.html", lambda: normal(text(new)).encode()


def _alone(module: ModuleChange, text: Callable[[Module], str]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The whole text of a module that one side alone has: read as all new, or as all gone."""
    only = module.new or module.old
    assert only is not None
    yield f"banding/t/{state_of(only)}.html", lambda: normal(text(only)).encode()


def _told(sentence: Sentence) -> dict[str, Any]:
    return {"kalimat": sentence.text, "naik": sentence.bump, "jenis": sentence.group, "di": sentence.units}


def _index(states: Sequence[State]) -> str:
    """The page of the reader; without JavaScript it links the plain page of each neighbouring pair."""
    links = "".join(
        f'<li><a href="{old.name}-{new.name}/">Edisi {html.escape(old.name)} ke {html.escape(new.name)}</a></li>\n'
        for old, new in reversed(list(pairwise(states)))
    )
    text = (TEMPLATES / "index.html").read_text(encoding="utf-8")
    return text.replace("<!-- pasangan -->", links or "<li>Baru ada satu edisi.</li>\n")
