"""Two curricula to typed changes, each with the bump that it needs. Knows nothing of git, mkdocs or files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from .. import vocabulary
from ..model import Break, Curriculum, FramePart, Hours, Mode, Module, Policy, Programme
from ..words import Words
from . import modules
from .bumps import POLICY, Bump, Status, declared, fell, least
from .change import Change, members
from .pairing import pair
from .parts import Folders, changed_words, content_digest, leaves

__all__ = ["Change", "Comparison", "ModuleChange", "ProgrammeChange", "Words", "changes", "data", "module_change"]


@dataclass(frozen=True, slots=True)
class ModuleChange:
    """What became of one module. `old` or `new` is None where that side does not have it.

    `required` is the greatest bump of its changes, `declared` how far its version rose.
    """

    kode: str
    title: str
    status: Status
    old: Module | None
    new: Module | None
    required: Bump
    declared: Bump
    changes: tuple[Change, ...]
    words: Words

    @property
    def versions(self) -> tuple[str, str]:
        """The version on either side, empty where there is none."""
        return (self.old.version if self.old else "", self.new.version if self.new else "")

    @property
    def enough(self) -> bool:
        """Whether the version rose by as much as the changes need, and no module of before is lost or went back."""
        if self.old and not self.new:
            return self.old.status == vocabulary.WITHDRAWN
        return self.declared >= self.required and not fell(*self.versions)

    @property
    def least(self) -> str:
        """The lowest version that the changes allow."""
        return least(self.versions[0], self.required)


@dataclass(frozen=True, slots=True)
class ProgrammeChange:
    """What became of one programme."""

    kode: str
    title: str
    status: Status
    old: Programme | None
    new: Programme | None
    changes: tuple[Change, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every module and programme of either side in the order of their kode, and the changes of policy.

    The curricula are kept for what a report adds up, such as minutes in a lesson hour.
    """

    old: Curriculum
    new: Curriculum
    modules: tuple[ModuleChange, ...]
    programmes: tuple[ProgrammeChange, ...]
    policy: tuple[Change, ...]

    @property
    def changed(self) -> tuple[ModuleChange, ...]:
        return tuple(module for module in self.modules if module.status is not Status.UNCHANGED)

    @property
    def insufficient(self) -> tuple[ModuleChange, ...]:
        """Modules whose version rose by less than their changes need."""
        return tuple(module for module in self.modules if not module.enough)


def changes(old: Curriculum, new: Curriculum) -> Comparison:
    """Compare two curricula. Modules and programmes are the same by their kode, whatever folder they are in."""
    before, after = folders(old), folders(new)
    kodes = sorted({kode for side in (old, new) for kode in side.by_kode if kode})
    return Comparison(
        old,
        new,
        tuple(module_change(old.by_kode.get(kode), new.by_kode.get(kode), before, after) for kode in kodes),
        tuple(programme_changes(old, new, before, after)),
        tuple(policy_changes(old, new)),
    )


def folders(curriculum: Curriculum) -> Folders:
    """The kode of the module in each folder."""
    return curriculum.folders


def module_change(old: Module | None, new: Module | None, before: Folders, after: Folders) -> ModuleChange:
    """What became of one module, of which at least one side is given; the folders are those of either curriculum."""
    if old and new:
        found, words = modules.compare(old, new, before, after)
    elif new:
        found = (Change("module-added", new.kode, new=new.title, location=new.document.place("kode")),)
        words = Words(inserted=modules.all_words(new))
    else:
        assert old is not None
        found = (Change("module-removed", old.kode, old=old.title),)
        words = Words(deleted=modules.all_words(old))
    module = new or old
    assert module is not None
    return ModuleChange(
        module.kode,
        module.title,
        status_of(old, new, bool(found)),
        old,
        new,
        max((change.bump for change in found), default=Bump.NONE),
        declared(old.version, new.version) if old and new else Bump.NONE,
        found,
        words,
    )


def status_of(old: Module | None, new: Module | None, changed: bool) -> Status:
    """What became of a module, of which at least one side is given; `changed` says whether any change was found."""
    if old is None or new is None:
        return Status.MISSING if old else Status.ADDED
    if new.status == vocabulary.WITHDRAWN != old.status:
        return Status.WITHDRAWN
    if old.slug != new.slug:
        return Status.MOVED
    return Status.CHANGED if changed or old.version != new.version else Status.UNCHANGED


# --- Programmes and policy ------------------------------------------------------------------------------------------


def programme_changes(old: Curriculum, new: Curriculum, before: Folders, after: Folders) -> Iterator[ProgrammeChange]:
    """What became of every programme of either side; the folders are those of either curriculum."""
    sides = [{programme.kode: programme for programme in reversed(side.programmes)} for side in (old, new)]
    for kode in sorted(sides[0].keys() | sides[1].keys()):
        was, now = sides[0].get(kode), sides[1].get(kode)
        if was and now and (was.document.path, was.document.data) == (now.document.path, now.document.data):
            yield ProgrammeChange(kode, now.title, Status.UNCHANGED, was, now, (), Words())
        elif was and now:
            words = changed_words(leaves(was.document, before), leaves(now.document, after))
            found = tuple(_programme(was, now, before, after, words))
            status = Status.CHANGED if found else Status.UNCHANGED
            yield ProgrammeChange(
                kode, now.title, Status.MOVED if was.slug != now.slug else status, was, now, found, words
            )
        elif now:
            words = Words(inserted=sum(len(leaf.words) for leaf in leaves(now.document, after)))
            change = Change("programme-added", kode, new=now.title, location=now.document.place("program.kode"))
            yield ProgrammeChange(kode, now.title, Status.ADDED, None, now, (change,), words)
        elif was:
            words = Words(deleted=sum(len(leaf.words) for leaf in leaves(was.document, before)))
            change = Change("programme-removed", kode, old=was.title)
            yield ProgrammeChange(kode, was.title, Status.MISSING, was, None, (change,), words)


def _programme(old: Programme, new: Programme, before: Folders, after: Folders, words: Words) -> Iterator[Change]:
    place = new.document.place
    days = [_day(programme) for programme in (old, new)]
    minimum = ["memenuhi" if programme.meets_minimum else "tidak menyatakan" for programme in (old, new)]
    lines = (
        ("programme-address-changed", "alamat", old.slug, new.slug, "program.kode"),
        ("programme-title-changed", "judul", old.title, new.title, ""),
        ("programme-hours-changed", "JP program", f"{old.lesson_hours} JP", f"{new.lesson_hours} JP", "program.jp"),
        ("programme-day-changed", "jadwal", *days, "program.jp_per_hari"),
        ("programme-minimum-changed", "minimum tahunan", *minimum, "program.memenuhi_minimum_tahunan"),
    )
    for kind, where, one, two, key in lines:
        if one != two:
            yield Change(kind, where, one, two, location=place(key))
    found = pair(old.module_kodes, new.module_kodes, lambda kode: kode, lambda one, two: 0.0, 1.0)
    for i in found.removed:
        yield Change("programme-module-removed", old.module_kodes[i], old=f"urutan ke-{i + 1}")
    for i, j in found.pairs:
        if (i, j) in found.moved:
            orders = (f"urutan ke-{i + 1}", f"urutan ke-{j + 1}")
            yield Change("programme-module-moved", new.module_kodes[j], *orders, location=place(f"program.modul.{j}"))
    for j in found.added:
        order = f"urutan ke-{j + 1}"
        yield Change("programme-module-added", new.module_kodes[j], new=order, location=place(f"program.modul.{j}"))
    yield from members("programme-audience", "sasaran", old.audience, new.audience, place("program.sasaran"))
    if content_digest(old.document, before) != content_digest(new.document, after):
        yield Change("programme-text", "Halaman program", words=words or None, location=place(""))


def _day(programme: Programme) -> str:
    """How a programme's days are made, as readers write it."""
    texts = [f"{programme.lessons_per_day} JP sehari, mulai {_clock(programme.start)}"]
    for variant in programme.variants:
        name = vocabulary.VARIANTS[variant.name]
        texts.append(f"{name} {variant.lessons_per_day} JP sehari, mulai {_clock(variant.start)}")
    own = [] if programme.frame is None else [f"kerangka: {_shown(programme.frame)}"]
    return "; ".join(texts + own)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


def policy_changes(old: Curriculum, new: Curriculum) -> Iterator[Change]:
    """The figures of the policy that changed, and their sources."""
    document = new.policy_document
    for field in fields(Policy):
        key = POLICY[field.name]
        one, two = (_shown(getattr(side.policy, field.name), field.name) for side in (old, new))
        place = document.place(key) if document else None
        if one != two:
            yield Change("policy-changed", key, one, two, location=place)
        sources = [policy_source(side, key) for side in (old, new)]
        if sources[0] != sources[1]:
            yield Change("policy-source-changed", key, sources[0], sources[1], location=place)


def policy_source(curriculum: Curriculum, key: str) -> str:
    """The source that `kurikulum.yml` gives for a figure; empty where it is not known."""
    entry = (curriculum.policy_document.front or {}).get(key) if curriculum.policy_document else None
    return str(entry.get("sumber", "")) if isinstance(entry, Mapping) else ""


def _shown(value: object, name: str = "") -> str:
    """A figure of the policy as readers write it; `name` is that of its field."""
    if value in ((), None) or (name == "session_gap" and not value):
        return "tidak ada"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if name == "latest_end" and isinstance(value, int):
        return _clock(value)
    if isinstance(value, tuple):
        if isinstance(value[0], int):
            return " sampai ".join(map(str, value))
        return "; ".join(_break(item) if isinstance(item, Break) else _part(item) for item in value)
    return str(value)


def _break(pause: Break) -> str:
    until = f", sampai {_clock(pause.until)}" if pause.until else ""
    return f"{pause.name} {_clock(pause.start)}, {pause.minutes} menit{until}"


def _part(part: FramePart) -> str:
    return f"{part.name}, {part.minutes} menit (hari {part.days}, {part.place})"


# --- Data -----------------------------------------------------------------------------------------------------------


def data(comparison: Comparison, old_name: str, new_name: str) -> dict[str, Any]:
    """The contract of design.md section 5, with titles, hours, programmes and policy beside it; plain JSON values."""
    return {
        "old": old_name,
        "new": new_name,
        "modules": [
            {
                "kode": module.kode,
                "title": module.title,
                "status": module.status.value,
                "slugs": [side.slug if side else None for side in (module.old, module.new)],
                "versions": [version or None for version in module.versions],
                "hours": [_hours(side.hours) if side else None for side in (module.old, module.new)],
                "required_bump": module.required.word,
                "declared_bump": module.declared.word,
                "changes": [_change(change) for change in module.changes],
                "words": _words(module.words),
            }
            for module in comparison.modules
        ],
        "programmes": [
            {
                "kode": programme.kode,
                "title": programme.title,
                "status": programme.status.value,
                "changes": [_change(change) for change in programme.changes],
                "words": _words(programme.words),
            }
            for programme in comparison.programmes
        ],
        "policy": [_change(change) for change in comparison.policy],
    }


def _change(change: Change) -> dict[str, Any]:
    found = {
        "kind": change.kind,
        "bump": change.bump.word,
        "where": change.where,
        "old": change.old,
        "new": change.new,
    }
    return {**found, "words": _words(change.words)} if change.words else found


def _words(words: Words) -> dict[str, int]:
    return {"inserted": words.inserted, "deleted": words.deleted, "moved": words.moved}


def _hours(hours: Hours | None) -> dict[str, int] | None:
    return {mode.value: hours.of(mode) for mode in Mode} if hours else None
