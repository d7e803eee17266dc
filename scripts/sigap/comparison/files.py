"""`/banding/`: what lets a reader compare any two editions. Files at the site's root, named by what they hold.

    e/<edition>.json         the modules and programmes of an edition: title, address, version, hours, the state of each
    m/<kode>.json            the states of a module or programme: the editions that changed it, with reasons
    p/<old>-<new>.json       what changed between two editions: modules, programmes, policy
    r/<state>-<state>.json   one module or programme between two states: changes both ways and the redline, compact
    t/<state>.txt            the whole text of a state as HTML without a page, into which a compact redline unfolds
    <old>-<new>/index.html   two neighbouring editions on one plain page, for readers without JavaScript
    word.json                the parts that every Word document has, for those that the reader makes in the browser
    index.html, js/, banding.css

A state is named by its content (states.py), and pairs are stored in one direction, older to newer: a file in r/ and t/
is written once and never changes, and an edition adds only what it changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from .. import html_out, site
from ..compare.bumps import STATUS_LABELS, Status, declared
from ..compare.policy import policy_changes
from ..compare.programmes import ProgrammeChange, hours_of, missed, programme_changes
from ..model import Hours, Mode
from ..redline.engine import normal
from . import page, word
from .report import Report
from .states import Known, Pairs, State, as_json, counted, kodes, pair_path

TEMPLATES = html_out.TEMPLATES / "comparison"


def files(
    states: Sequence[State], before: Sequence[tuple[State, State]], pairs: Pairs, known: Known
) -> Iterator[tuple[str, bytes | None]]:
    """Every file below /banding/ for the published editions, oldest first.

    `before` are the pairs of which the notes of editions speak, published or not: each of their links gets a page.
    None stands for a file that is known and stays as it is.
    """
    for state in states:
        yield f"banding/e/{state.name}.json", as_json(_modules(state))
    for kode in sorted({kode for state in states for kode in state.states}):
        yield f"banding/m/{kode}.json", as_json(_history(kode, states, pairs))
    made: set[str] = set()
    for old, new in combinations(states, 2):
        path = f"banding/p/{old.name}-{new.name}.json"
        yield path, None if known.has(path, old.name, new.name) else as_json(_pair(old, new, pairs))
        for kode in sorted(old.states.keys() | new.states.keys()):
            one, two = old.states.get(kode), new.states.get(kode)
            if one == two:
                continue
            if one and two and (path := pair_path(one, two)) not in made:
                made.add(path)
                yield path, None if path in known.paths else pairs.file(kode, old, new)
            side = new if two else old  # what one side alone has is read as all new, or as all gone
            if (path := f"banding/t/{side.states[kode]}.txt") not in made:
                made.add(path)
                yield path, None if path in known.paths else normal(pairs.text_in(kode, side)).encode()
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
            plain = page.page(report, pairs.text, new.name)
            yield path, plain.encode()
    yield "banding/index.html", _index(neighbours_).encode()
    yield "banding/word.json", as_json(word.frame())
    for name in static():
        yield f"banding/{name}", (TEMPLATES / name).read_bytes()


def static() -> list[str]:
    """The scripts and styles of the reader, which stand there as they are."""
    parts = [*TEMPLATES.glob("banding.*"), *TEMPLATES.glob("js/*.js")]
    return sorted(part.relative_to(TEMPLATES).as_posix() for part in parts)


def notes(old: State, new: State, pairs: Pairs) -> dict[str, Any]:
    """What the notes of an edition tell of its changes since the one before it: `pages.edition_changes` shows it."""
    found = []
    for kode in kodes(old, new):
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
                "hours": [_hours(module.hours) if module else None for module in sides],
                "declared_bump": declared(sides[0].version, sides[1].version).word if sides[0] and sides[1] else "none",
                "words": {"inserted": words["masuk"], "deleted": words["keluar"], "moved": words["pindah"]},
            }
        )
    return {"old": old.name, "new": new.name, "modules": found}


def _hours(hours: Hours | None) -> dict[str, int] | None:
    return {mode.value: hours.of(mode) for mode in Mode} if hours else None


def _modules(state: State) -> dict[str, Any]:
    return {
        kode: {
            "judul": module.title,
            "slug": module.slug,
            "versi": module.version,
            "status": module.status,
            "jp": _hours(module.hours),
            "isi": state.states[kode],
        }
        for kode, module in sorted(state.modules.items())
    } | {kode: {**_programme(kode, state), "isi": state.states[kode]} for kode in sorted(state.programmes)}


def _programme(kode: str, state: State) -> dict[str, Any]:
    """A programme in a list of modules; what it holds tells that it is one."""
    one = state.programmes[kode]
    hours = _hours(hours_of(one, state.curriculum))
    return {"judul": one.title, "slug": one.slug, "jp": hours, "program": list(one.module_kodes)}


def _history(kode: str, states: Sequence[State], pairs: Pairs) -> dict[str, Any]:
    """The editions in which a module or programme came, changed, moved or went."""
    found: list[dict[str, Any]] = []
    before: State | None = None
    title = ""
    for state in states:
        one = state.modules.get(kode) or state.programmes.get(kode)
        if one is None:
            if before:
                found.append({"edisi": state.name, "isi": None})
            before = None
            continue
        title = one.title
        if before is None or before.states[kode] != state.states[kode]:
            found.append(_state_row(kode, state, before, pairs))
        before = state
    return {"kode": kode, "judul": title, "keadaan": found}


def _state_row(kode: str, state: State, before: State | None, pairs: Pairs) -> dict[str, Any]:
    words = pairs.outcome(kode, before, state).words if before else None
    own: dict[str, Any] = {"edisi": state.name, "isi": state.states[kode], "kata": words, "alasan": []}
    if kode in state.programmes:
        return own | _programme(kode, state)
    module = state.modules[kode]
    rows = module.history or ()
    if before and kode in before.modules:
        old = {(row.version, row.date, row.what) for row in before.modules[kode].history or ()}
        rows = tuple(row for row in rows if (row.version, row.date, row.what) not in old)
    return own | {
        "judul": module.title,
        "slug": module.slug,
        "versi": module.version,
        "status": module.status,
        "jp": _hours(module.hours),
        "alasan": [
            {"versi": row.version, "tanggal": row.date, "perubahan": row.what, "alasan": row.why} for row in rows
        ],
    }


def _pair(old: State, new: State, pairs: Pairs) -> dict[str, Any]:
    """What the whole-curriculum view says of two editions beside their lists of modules."""
    return {
        "modul": {
            kode: pairs.outcome(kode, old, new).facts
            for kode in kodes(old, new)
            if pairs.status(kode, old, new) is not Status.UNCHANGED
        },
        "program": {
            one.kode: {
                "keadaan": STATUS_LABELS[one.status],
                "kata": counted(one.words),
                "lewat": list(_missed(one, old, new, pairs)),
            }
            for one in programme_changes(old.curriculum, new.curriculum)
        },
        "kebijakan": {
            "maju": [change.whole for change in policy_changes(old.curriculum, new.curriculum)],
            "mundur": [change.whole for change in policy_changes(new.curriculum, old.curriculum)],
        },
    }


def _missed(one: ProgrammeChange, old: State, new: State, pairs: Pairs) -> Iterator[str]:
    """What the holder of a certificate of the older edition did not learn."""

    def told(kode: str) -> list[str]:
        if kode not in old.modules or pairs.status(kode, old, new) is Status.UNCHANGED:
            return []
        found: list[str] = pairs.outcome(kode, old, new).facts.get("baru", [])
        return found

    if one.old and one.new:
        yield from missed(one.old, one.new, new.curriculum, told)


def _index(neighbours_: Sequence[tuple[State, State]]) -> str:
    """The page of the reader; without JavaScript it links the plain page of each neighbouring pair."""
    pairs = [(old.name, new.name) for old, new in reversed(neighbours_)]
    return site.outside("comparison/index.html", "../", page.TITLE, about=page.ABOUT, pairs=pairs)
