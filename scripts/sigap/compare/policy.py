"""The figures of two policies, `modules/kurikulum.yml`, to typed changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from ..model import Break, Curriculum, FramePart, Policy
from ..timetable import clock
from .bumps import POLICY
from .change import Change


def policy_changes(old: Curriculum, new: Curriculum) -> Iterator[Change]:
    """The figures of the policy that changed, and their sources."""
    document = new.policy_document
    for field in fields(Policy):
        key = POLICY[field.name]
        one, two = (shown(getattr(side.policy, field.name), field.name) for side in (old, new))
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


def shown(value: object, name: str = "") -> str:
    """A figure of the policy as readers write it; `name` is that of its field."""
    if value in ((), None) or (name == "session_gap" and not value):
        return "tidak ada"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if name == "latest_end" and isinstance(value, int):
        return clock(value)
    if isinstance(value, tuple):
        if isinstance(value[0], int):
            return " sampai ".join(map(str, value))
        return "; ".join(_break(item) if isinstance(item, Break) else _part(item) for item in value)
    return str(value)


def _break(pause: Break) -> str:
    until = f", sampai {clock(pause.until)}" if pause.until else ""
    return f"{pause.name} {clock(pause.start)}, {pause.minutes} menit{until}"


def _part(part: FramePart) -> str:
    return f"{part.name}, {part.minutes} menit (hari {part.days}, {part.place})"
