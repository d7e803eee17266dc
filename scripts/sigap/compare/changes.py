"""Two curricula to typed changes, each with the bump that it needs. Knows nothing of git, mkdocs or files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import vocabulary
from ..model import Curriculum, Hours, Mode, Module
from ..words import Words
from . import modules
from .bumps import Bump, Status, declared, fell, least
from .change import Change
from .parts import Folders
from .policy import policy_changes
from .programmes import ProgrammeChange, programme_changes

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
        tuple(programme_changes(old, new)),
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
