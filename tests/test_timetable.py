"""Days of a programme: breaks nearest to their wished times, one between two sessions; and hours as text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sigap import labels, timetable
from sigap.model import Activity, Break, Curriculum, Mode, Programme, Session
from test_mutations import BASE

MODULE, PROGRAMME = BASE.modules[0], BASE.programmes[0]
BREAKS = (Break("Rehat pagi", 10 * 60, 15), Break("Ishoma", 12 * 60, 60), Break("Rehat sore", 15 * 60, 15))


def lasting(minutes: int) -> Session:
    row = Activity("Inti", "a", "b", "c", (1,), Mode.THEORY, minutes, (), 0)
    return replace((MODULE.sessions or ())[0], activities=(row,))


def day(*minutes: int, breaks: tuple[Break, ...] = BREAKS) -> tuple[timetable.Slot, ...]:
    module = replace(MODULE, sessions=tuple(lasting(m) for m in minutes))
    curriculum = replace(BASE, modules=(module,), policy=replace(BASE.policy, breaks=breaks))
    programme: Programme = replace(PROGRAMME, module_kodes=(module.kode,), lessons_per_day=99, start=8 * 60)
    (slots,) = timetable.days(programme, curriculum)
    return slots


def names(slots: tuple[timetable.Slot, ...]) -> list[str]:
    return [slot.pause.name if slot.pause else "sesi" for slot in slots]


def test_breaks_do_not_stand_back_to_back() -> None:
    assert names(day(270, 90)) == ["sesi", "Ishoma", "sesi"]
    assert names(day(90, 90, 90, 90)) == ["sesi", "Rehat pagi", "sesi", "Ishoma", "sesi", "sesi"]


@settings(max_examples=200)
@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 90)), max_size=5),
)
def test_a_day_is_whole(minutes: list[int], pauses: list[tuple[int, int]]) -> None:
    slots = day(*minutes, breaks=tuple(Break(f"R{n}", start, long) for n, (start, long) in enumerate(pauses)))
    assert [s.end - s.start for s in slots if s.session] == minutes
    assert all(one.end == two.start for one, two in pairwise(slots))
    assert all(not (one.pause and two.pause) for one, two in pairwise(slots))
    assert slots[0].session
    assert slots[-1].session


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(45, "1 JP"), (90, "2 JP"), (44, "0,98 JP (44 menit)"), (134, "2,98 JP (134 menit)"), (22, "0,49 JP (22 menit)"),
     (1980, "44 JP"), (0, "0 JP"), (9, "0,2 JP")],
)  # fmt: skip
def test_minutes_are_never_rounded_to_a_lesson(minutes: int, text: str) -> None:
    curriculum: Curriculum = BASE
    assert labels.lessons(minutes, curriculum) == text
