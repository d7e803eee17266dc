"""Programmes compared as carefully as modules: hours by mode, the timetable, the text, and what a holder of the old
certificate would miss."""

from __future__ import annotations

import pytest
from editions import Memory
from sigap.compare.bumps import Status
from sigap.compare.changes import Comparison, changes
from sigap.comparison.page import programme_fragment
from sigap.comparison.report import Report, gaps, text
from sigap.comparison.units import HOURS, units
from sigap.load import load
from sigap.model import Curriculum
from sigap.redline.engine import redline
from test_rules_pages import LISTEN, SAMPLE, TODAY

PAGE = "docs/program/dasar.md"


def read(*edits: tuple[str, str, str]) -> Curriculum:
    """The sample with edits, each a path, a text that stands there once, and another."""
    files = dict(SAMPLE)
    for path, old, new in edits:
        assert old.encode() in files[path], old
        files[path] = files[path].replace(old.encode(), new.encode(), 1)
    return load(Memory(files), TODAY)


OLD = read()


def compared(*edits: tuple[str, str, str]) -> Comparison:
    return changes(OLD, read(*edits))


def test_a_later_start_moves_every_session_and_the_end() -> None:
    (one,) = compared((PAGE, 'mulai: "08:00"', 'mulai: "08:30"')).programmes
    moved = [c for c in one.changes if c.kind == "programme-session-moved"]
    assert [c.old for c in moved if c.where == "TK-01 “Mendengar berpasangan”"] == ["hari 1 pukul 08.30"]
    for change in moved:
        old, new = (int(side[-5:-3]) * 60 + int(side[-2:]) for side in (change.old, change.new))
        assert (change.old[:6], new - old) == (change.new[:6], 30)
    (end,) = [c for c in one.changes if c.kind == "programme-end-changed"]
    assert (end.old, end.new) != ("", "")


def test_a_module_s_own_minutes_move_what_comes_after_it() -> None:
    comparison = compared((LISTEN, "| 2 | P | 45 |", "| 2 | P | 90 |"))
    (one,) = comparison.programmes
    assert one.status is Status.CHANGED
    moved = {c.where.split()[0] for c in one.changes if c.kind == "programme-session-moved"}
    assert moved
    assert "TK-01" not in moved


def test_hours_are_told_by_mode() -> None:
    (one,) = compared((LISTEN, "teori: 1", "teori: 2"), (PAGE, "jp: 5", "jp: 6")).programmes
    (hours,) = [c for c in one.changes if c.kind == "programme-hours-changed"]
    assert (hours.old, hours.new) == ("5 JP (T 3, P 2)", "6 JP (T 4, P 2)")


def test_what_a_holder_of_the_old_certificate_misses() -> None:
    without = read((PAGE, "[TK-01, TK-02, TK-03]", "[TK-01, TK-03]"))
    new = read((LISTEN, "tanpa memotong\n\n", "tanpa memotong\n3. menyapa penyintas dengan namanya\n\n"))
    comparison = changes(without, new)
    ((name, found),) = gaps(comparison)
    assert name.startswith("PROG-")
    assert any(one.startswith("TK-02 ") and "seluruh modul, 2 JP" in one for one in found)
    assert any(one.startswith("TK-01: IHB ditambah") and "menyapa penyintas" in one for one in found)
    assert "menyapa penyintas" in text(Report(comparison, "2026.1", "2026.2")).split("Yang belum dipelajari")[1]
    assert list(gaps(changes(new, new))) == []


@pytest.mark.parametrize(
    "edit", [(PAGE, 'mulai: "08:00"', 'mulai: "08:30"'), (LISTEN, "| 2 | P | 45 |", "| 2 | P | 90 |")]
)
def test_a_programme_s_sentences_lead_into_its_timetable(edit: tuple[str, str, str]) -> None:
    new = read(edit)
    there, back = changes(OLD, new).programmes[0], changes(new, OLD).programmes[0]
    assert there.old
    assert there.new
    made = redline(programme_fragment(there.old, OLD), programme_fragment(there.new, new))
    found = units(there, back, made)
    first = 2 if found.head else 1
    moved = [one for one in found.forward if one.text.startswith("Sesi pindah waktu")]
    assert moved
    assert {one.group for one in moved} == {HOURS}
    assert all("Hari" in made.hunks[at - first].path[-1] for one in moved for at in one.units)
    assert {at for one in found.forward for at in one.units} == set(range(1, len(made.hunks) + first))
    assert len(found.forward) == len(found.back)
