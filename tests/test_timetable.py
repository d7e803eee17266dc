"""Days of a programme: breaks nearest to their wished times, what frames the days, Fridays; and hours as text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sigap import labels, timetable
from sigap.model import Activity, Break, Curriculum, FramePart, Mode, Policy, Session
from sigap.timetable import always, never
from test_mutations import BASE

MODULE, PROGRAMME = BASE.modules[0], BASE.programmes[0]
POLICY = replace(
    BASE.policy,
    breaks=(Break("Rehat pagi", 10 * 60, 15), Break("Ishoma", 12 * 60, 60), Break("Rehat sore", 15 * 60, 15)),
)
FRAME = (
    FramePart("Pembukaan", 30, "pertama", "awal"),
    FramePart("Tinjauan", 15, "kecuali-pertama", "awal"),
    FramePart("Evaluasi harian", 10, "kecuali-terakhir", "akhir"),
    FramePart("Rencana", 30, "terakhir", "akhir"),
    FramePart("Penutupan", 20, "terakhir", "akhir"),
)


def lasting(minutes: int) -> Session:
    row = Activity("Inti", "a", "b", "c", (1,), Mode.THEORY, minutes, (), 0)
    return replace((MODULE.sessions or ())[0], activities=(row,))


def plan(
    *minutes: int, policy: Policy = POLICY, per_day: int = 99, start: int = 480, friday: timetable.Friday = never
) -> list[tuple[timetable.Slot, ...]]:
    """The days of a programme with one module of sessions that last so long."""
    module = replace(MODULE, sessions=tuple(lasting(m) for m in minutes))
    curriculum = replace(BASE, modules=(module,), policy=policy)
    programme = replace(PROGRAMME, module_kodes=(module.kode,), lessons_per_day=per_day, start=start)
    return list(timetable.days(programme, curriculum, friday))


def day(*minutes: int, policy: Policy = POLICY, friday: timetable.Friday = never) -> tuple[timetable.Slot, ...]:
    (slots,) = plan(*minutes, policy=policy, friday=friday)
    return slots


def names(slots: tuple[timetable.Slot, ...]) -> list[str]:
    return ["sesi" if slot.session else slot.name for slot in slots]


def times(slots: tuple[timetable.Slot, ...]) -> list[str]:
    return [f"{timetable.clock(slot.start)} {name}" for slot, name in zip(slots, names(slots), strict=True)]


def test_an_edition_without_the_keys_is_scheduled_as_it_was() -> None:
    (first, second) = timetable.days(PROGRAMME, BASE)
    assert times(first) == [
        "08.00 sesi",
        "09.30 Rehat pagi",
        "09.45 sesi",
        "11.15 Istirahat, salat, makan",
        "12.15 sesi",
    ]
    assert times(second) == ["08.00 sesi", "09.30 sesi", "10.15 Rehat pagi", "10.30 sesi"]


def test_breaks_do_not_stand_back_to_back() -> None:
    assert names(day(270, 90)) == ["sesi", "Ishoma", "sesi"]
    assert names(day(90, 90, 90, 90)) == ["sesi", "Rehat pagi", "sesi", "Ishoma", "sesi", "sesi"]


def test_sessions_stand_apart_but_not_beside_a_break() -> None:
    assert times(day(45, 60, 45, 45, policy=replace(POLICY, session_gap=5))) == [
        "08.00 sesi", "08.50 sesi", "09.50 Rehat pagi", "10.05 sesi", "10.55 sesi",
    ]  # fmt: skip


def test_the_frame_stands_around_the_days_it_names() -> None:
    framed = replace(POLICY, frame=FRAME, session_gap=5)
    first, middle, last = plan(90, 90, 90, policy=framed, per_day=2)
    assert times(first) == ["08.00 Pembukaan", "08.30 sesi", "10.00 Evaluasi harian"]
    assert times(middle) == ["08.00 Tinjauan", "08.15 sesi", "09.45 Evaluasi harian"]
    assert times(last) == ["08.00 Tinjauan", "08.15 sesi", "09.45 Rehat pagi", "10.00 Rencana", "10.30 Penutupan"]
    (only,) = plan(90, policy=framed)
    assert names(only) == ["Pembukaan", "sesi", "Rehat pagi", "Rencana", "Penutupan"]


def test_a_programme_may_frame_its_days_otherwise() -> None:
    curriculum = replace(BASE, policy=replace(POLICY, frame=FRAME))
    own = replace(PROGRAMME, frame=(FramePart("Doa", 5, "setiap", "awal"),))
    assert all(names(slots)[0] == "Doa" and slots[-1].session for slots in timetable.days(own, curriculum))


def test_a_friday_has_breaks_of_its_own_that_last_until_they_are_over() -> None:
    policy = replace(POLICY, friday_breaks=(Break("Jumat", 690, 90, until=780),))
    assert times(day(90, 90, 90, policy=policy, friday=always)) == [
        "08.00 sesi", "09.30 sesi", "11.00 Jumat", "13.00 sesi",
    ]  # fmt: skip
    assert times(day(90, 120, 90, policy=policy, friday=always))[2:] == ["11.30 Jumat", "13.00 sesi"]
    assert times(day(90, 130, 90, policy=policy, friday=always))[2:] == ["11.40 Jumat", "13.10 sesi"]
    assert "Jumat" not in names(day(90, 90, 90, policy=policy))
    assert names(day(90, 90, 90, friday=always)) == names(day(90, 90, 90))  # no Friday in the policy: a day like others


WHEN = st.sampled_from(["pertama", "terakhir", "setiap", "kecuali-pertama", "kecuali-terakhir"])


@settings(max_examples=300)
@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 90)), max_size=5),
    st.lists(st.tuples(st.integers(1, 60), WHEN, st.sampled_from(["awal", "akhir"])), max_size=5),
    st.integers(0, 20),
)
def test_a_day_is_whole(
    minutes: list[int], pauses: list[tuple[int, int]], parts: list[tuple[int, str, str]], gap: int
) -> None:
    frame = tuple(FramePart(f"K{n}", *part) for n, part in enumerate(parts))
    breaks = tuple(Break(f"R{n}", start, long) for n, (start, long) in enumerate(pauses))
    found = plan(*minutes, policy=replace(POLICY, breaks=breaks, frame=frame, session_gap=gap), per_day=8)
    assert [s.minutes for slots in found for s in slots if s.session] == minutes
    for slots in found:
        apart = [(two.start - one.end, one.session and two.session) for one, two in pairwise(slots)]
        assert all(between == (gap if both else 0) for between, both in apart)
        assert all(not (one.pause and two.pause) for one, two in pairwise(slots))
        taught = [number for number, slot in enumerate(slots) if slot.session]
        assert all(slot.frame and slot.frame.place == "awal" for slot in slots[: taught[0]])
        assert all(s.pause or (s.frame and s.frame.place == "akhir") for s in slots[taught[-1] + 1 :])
        assert not slots[-1].pause
    for part in frame:
        assert sum(slot.frame is part for slots in found for slot in slots) == {
            "setiap": len(found), "kecuali-pertama": len(found) - 1, "kecuali-terakhir": len(found) - 1,
        }.get(part.days, 1)  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(45, "1 JP"), (90, "2 JP"), (44, "0,98 JP (44 menit)"), (134, "2,98 JP (134 menit)"), (22, "0,49 JP (22 menit)"),
     (1980, "44 JP"), (0, "0 JP"), (9, "0,2 JP")],
)  # fmt: skip
def test_minutes_are_never_rounded_to_a_lesson(minutes: int, text: str) -> None:
    curriculum: Curriculum = BASE
    assert labels.lessons(minutes, curriculum) == text
