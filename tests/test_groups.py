"""Exercises in groups: whatever the size of the class, everyone gets every graded role; paper and pages say the same."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from editions import Memory
from sigap import export, groups
from sigap.compare.changes import changes
from sigap.handout import copies, handout_of, practice_of
from sigap.load import load
from sigap.model import Curriculum, Practice, Team
from sigap.pages import pages
from sigap.pages.groups import CLASSES, counts_text
from sigap.tree import Folder
from test_rules_pages import LISTEN, SAMPLE

REAL = load(Folder.open(Path(__file__).parents[1]))
EXERCISES = [
    pytest.param(practice, id=f"{module.kode}-{practice.session}-{practice.method.replace(' ', '-').lower()}")
    for module in REAL.modules
    if module.grouping
    for practice in module.grouping.practices
]
REST = (Team(("helper", "survivor", "observer", "clock"), 4, 9), Team(("helper", "survivor", "observer"), 3, 12))


def played(practice: Practice, people: int) -> dict[str, list[int]]:
    """A class at play: for each graded role, how often each of the people had it. Groups are seated, rounds are run."""
    counts = groups.division(practice, people)
    assert counts is not None, people
    had = {role: [0] * people for role in practice.graded}
    first = 0
    for count, team in zip(counts, practice.teams, strict=True):
        for _ in range(count):
            for turn in groups.turns(team):
                assert sorted(turn) == list(range(1, len(team.roles) + 1))  # nobody twice, nobody without a role
                for role, person in zip(team.roles, turn, strict=True):
                    if role in had:
                        had[role][first + person - 1] += 1
            first += len(team.roles)
    assert first == people
    return had


@pytest.mark.parametrize("practice", EXERCISES)
def test_everyone_has_a_turn_in_every_graded_role(practice: Practice) -> None:
    for people in range(12, 37):
        for role, times in played(practice, people).items():
            assert min(times) >= 1, (people, role)


def test_as_few_groups_of_the_other_size_as_can_be() -> None:
    threes = Practice(1, "a", (REST[1], REST[0]), ("helper",), ())
    fours = Practice(1, "a", REST, ("helper",), ())
    assert [groups.division(threes, n) for n in (24, 25, 26, 27, 5)] == [(8, 0), (7, 1), (6, 2), (9, 0), None]
    assert [groups.division(fours, n) for n in (24, 25, 26, 27, 29)] == [(6, 0), (4, 3), (5, 2), (6, 1), (5, 3)]
    assert groups.division(Practice(1, "a", REST[:1], ("helper",), ()), 25) is None
    assert counts_text(threes, 25) == "7 bertiga dan 1 berempat"


def test_who_misses_a_turn_is_counted() -> None:
    assert groups.missed(REST[0], ("helper",)) == []
    assert groups.missed(Team(REST[0].roles, 3, 9), ("helper", "clock")) == [("helper", 1), ("clock", 1)]
    twice = Team(("helper", "survivor", "observer", "observer"), 3, 9)
    assert groups.missed(twice, ("observer",)) == []


def test_written_tables_say_what_the_data_says() -> None:
    """`| Peserta | Trio | Kelompok empat |` in the modules' own texts: on paper one number, not two."""
    seen = 0
    for module in REAL.modules:
        practice = (
            next((p for p in module.grouping.practices if len(p.teams[0].roles) > 2), None) if module.grouping else None
        )
        for block in (block for document in module.documents for block in document.blocks if block.kind == "table"):
            heads = [cell.text for cell in block.children[0].children]
            if heads[0] not in ("Peserta", "Jumlah peserta") or len(heads) != 3:
                continue
            assert practice, module.kode
            for row in block.children[1:]:
                people, usual, other = ([int(n) for n in re.findall(r"\d+", cell.text)] for cell in row.children)
                for size, count in zip(people, usual, strict=True):
                    assert groups.division(practice, size) == (count, other[0]), (module.kode, size)
                    seen += 1
    assert seen > 40


@pytest.mark.parametrize(("kode", "name", "counts"), [
    ("TK-11", "buku-pengaduan", [16, 32, 44]), ("TK-14", "daftar-amati", [24, 48, 66]), ("TK-05", "kartu-peran", [4, 8, 9]),
    ("TK-05", "lembar-pengamatan", [36, 72, 87]), ("TK-08", "naskah-pendataan", [4, 8, 9]),
    ("TK-08", "formulir-anak-terpisah", [28, 56, 65]), ("TK-09", "lembar-amati-pengungkapan", [28, 56, 73]),
])  # fmt: skip
def test_copies_follow_groups_and_rounds(kode: str, name: str, counts: list[int]) -> None:
    module = REAL.by_kode[kode]
    document = next(d for d in module.handouts if d.path.endswith(f"lampiran-{name}.md"))
    handout = handout_of(document)
    assert handout
    assert [copies(handout, people, practice_of(document, module)) for people in (12, 24, 29)] == counts


@pytest.mark.parametrize("kode", [module.kode for module in REAL.modules if module.grouping])
def test_the_page_shows_groups_and_turns(kode: str) -> None:
    module = REAL.by_kode[kode]
    page = pages(REAL)[f"modul/{module.slug}/index.md"].content
    assert module.grouping
    for practice in module.grouping.practices:
        told = page.split(f"**Kelompok dan giliran: {practice.method}.**")[1].split("<!-- /kotak -->")[0]
        rows = [line.strip("| \n").split(" | ") for line in told.splitlines() if line.startswith("| ")]
        assert [row[0] for row in rows if row[0].isdecimal() and int(row[0]) > 9] == [str(n) for n in CLASSES]
        assert all(f"**{role}**" in told for role in practice.graded)


def listening(old: str = "", new: str = "") -> Curriculum:
    return load(Memory({**SAMPLE, LISTEN: SAMPLE[LISTEN].replace(old.encode(), new.encode())}), date(2026, 11, 30))


def test_a_changed_exercise_is_a_change_of_the_plan() -> None:
    both = changes(listening(), listening("      menit: 15", "      menit: 14"))
    module = next(module for module in both.modules if module.kode == "TK-01")
    assert [change.kind for change in module.changes] == ["grouping-changed"]
    assert "14 menit" in module.changes[0].whole


def test_data_of_an_edition_keeps_the_exercises() -> None:
    there = export.restore(export.export(listening()))
    assert there.by_kode["TK-01"].grouping == listening().by_kode["TK-01"].grouping
    old = export.export(listening())
    del old["modules"][0]["grouping"]  # as editions had it before
    assert export.restore(old).by_kode["TK-01"].grouping is None
