"""The figures of two policies, `modules/kurikulum.yml`, to typed changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from ..model import Break, Curriculum, Policy
from ..timetable import clock
from .bumps import POLICY
from .change import Change


def policy_changes(old: Curriculum, new: Curriculum) -> Iterator[Change]:
    """The figures of the policy that changed, and their sources."""
    document = new.policy_document
    for field in fields(Policy):
        key = POLICY[field.name]
        one, two = (_shown(getattr(side.policy, field.name)) for side in (old, new))
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


def _shown(value: object) -> str:
    """A figure of the policy as readers write it."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, tuple) and all(isinstance(item, Break) for item in value):
        return "; ".join(f"{item.name} {clock(item.start)}, {item.minutes} menit" for item in value) or "tidak ada"
    if isinstance(value, tuple):
        return " sampai ".join(str(item) for item in value)
    return str(value)
