"""The planner's arithmetic in the browser is that of `timetable.py`; its files are read by other programs."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from repos import CONTOH
from sigap import timetable
from sigap.export import export, restore
from sigap.load import load
from sigap.tree import Folder

pytestmark = pytest.mark.browser

SOURCE = Path(__file__).resolve().parents[2] / "scripts/theme/assets/jadwal.js"
CASES = 2500
RUN = """async ([source, input]) => {
  const jadwal = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  return (%s)(jadwal, input);
}"""
DAYS = """(jadwal, cases) => cases.map((data) => {
  const [p, policy] = [data.programmes[0], data.policy];
  const lesson = policy.menit_per_jp.value;
  const found = jadwal.days(jadwal.pairs(p.modules, data), {
    limit: () => p.lessons_per_day * lesson, start: p.start, frame: p.frame ?? policy.kerangka.value, lesson,
    breaks: jadwal.breaks(policy.istirahat.value, policy.istirahat_jumat.value, jadwal.dates(data.first, false)), gap: policy.jeda_antarsesi.value,
  });
  return found.map((day) => day.map((s) => [jadwal.clock(s.start), s.start, s.end, s.module?.kode ?? "", jadwal.named(s)]));
})"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Any:
    page = chromium.new_page()
    yield page
    page.close()


def run(page: Page, script: str, what: object) -> Any:
    return page.evaluate(RUN % script, [SOURCE.read_text("utf-8"), what])


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return json.loads(json.dumps(export(load(Folder.open(CONTOH), date(2026, 11, 24)))))


def case(dice: random.Random, data: dict[str, Any]) -> dict[str, Any]:
    """A curriculum as `kurikulum.json` holds it, with sessions, days and breaks that nobody would plan."""
    policy, programme, model = data["policy"], data["programmes"][0], data["modules"][0]
    activity = model["sessions"][0]["activities"][0]
    modules = []
    for number in range(dice.randint(1, 5)):
        sessions = []
        for at in range(dice.randint(0, 6)):
            minutes = [dice.choice([5, 15, 45, 90, dice.randint(0, 200)]) for _ in range(dice.randint(0, 2))]
            acts = [{**activity, "minutes": some} for some in minutes]
            sessions.append(
                {
                    "number": at + 1,
                    "title": "x",
                    "heading": f"Sesi {at + 1}: x",
                    "minutes": sum(minutes),
                    "activities": acts,
                }
            )
        modules.append(
            {**model, "kode": f"TK-{number + 1:02d}", "sessions": dice.choice([sessions, sessions, sessions, None])}
        )
    order = [f"TK-{n:02d}" for n in range(1, 8)]  # some of which do not exist
    dice.shuffle(order)
    return {
        **data,
        "policy": {
            **policy,
            "menit_per_jp": {**policy["menit_per_jp"], "value": dice.choice([30, 45, 60])},
            "istirahat": {"value": pauses(dice, "Rehat", dice.choice([0, 2, 3, 5])), "source": ""},
            "istirahat_jumat": {"value": pauses(dice, "Jumat", dice.choice([0, 0, 1, 3])), "source": ""},
            "jeda_antarsesi": {"value": dice.choice([0, 5, dice.randint(0, 30)]), "source": ""},
            "kerangka": {"value": parts(dice), "source": ""},
        },
        "modules": modules,
        "programmes": [
            {
                **programme,
                "modules": order,
                "lessons_per_day": dice.randint(1, 14),
                "start": dice.choice([480, 510, 700, dice.randint(0, 1439)]),
                "frame": dice.choice([None, None, parts(dice)]),
            }
        ],
        "first": (date(2026, 11, 23) + timedelta(days=dice.randint(0, 4))).isoformat(),
    }


def pauses(dice: random.Random, name: str, count: int) -> list[dict[str, Any]]:
    wished = [615, 690, 720, 915]
    return [
        {
            "name": f"{name} {n}",
            "start": dice.choice([*wished, dice.randint(0, 1440)]),
            "minutes": dice.randint(0, 90),
            "until": dice.choice([0, 0, 780, dice.randint(0, 1440)]),
        }
        for n in range(count)
    ]


def parts(dice: random.Random) -> list[dict[str, Any]]:
    days = ["pertama", "terakhir", "setiap", "kecuali-pertama", "kecuali-terakhir"]
    return [
        {
            "name": f"Kerangka {n}",
            "minutes": dice.choice([5, 15, 30, dice.randint(1, 120)]),
            "days": dice.choice(days),
            "place": dice.choice(["awal", "akhir"]),
        }
        for n in range(dice.choice([0, 0, 2, 6]))
    ]


def test_the_days_are_those_of_python(page: Page, data: dict[str, Any]) -> None:
    dice = random.Random(20261124)
    cases = [case(dice, data) for _ in range(CASES)]
    expected = []
    for one in cases:
        curriculum = restore(one)
        ahead = date.fromisoformat(one["first"]).weekday()  # a day of the week from which weekends are passed over
        found = timetable.days(curriculum.programmes[0], curriculum, lambda day, ahead=ahead: (ahead + day) % 5 == 4)
        expected.append([[said(slot) for slot in day] for day in found])
    assert sum(len(days) > 1 for days in expected) > CASES / 4  # the cases say something
    for name in ("Rehat", "Jumat", "Kerangka"):
        assert sum(any(row[4].startswith(name) for day in days for row in day) for days in expected) > CASES / 25
    needed = ("modules", "programmes", "policy", "first")
    small = [{key: one[key] for key in needed} for one in cases]
    for got, want, one in zip(run(page, DAYS, small), expected, cases, strict=True):
        assert got == want, one["programmes"]


def said(slot: timetable.Slot) -> list[Any]:
    kode = slot.module.kode if slot.module else ""
    return [timetable.clock(slot.start), slot.start, slot.end, kode, slot.name]


def test_dates_pass_over_weekends_as_the_calendar_does(page: Page) -> None:
    firsts = [(date(2026, 11, 20) + timedelta(days=n)).isoformat() for n in range(9)]
    script = "(j, firsts) => firsts.map((f) => [true, false].map((w) => [0, 1, 2, 3, 4, 5, 6, 7].map(j.dates(f, w))))"
    for first, (every, work) in zip(firsts, run(page, script, firsts), strict=True):
        assert every == [(date.fromisoformat(first) + timedelta(days=n)).isoformat() for n in range(8)]
        assert all(date.fromisoformat(day).weekday() < 5 for day in work)
        assert work == sorted(set(work))
        assert (date.fromisoformat(work[-1]) - date.fromisoformat(first)).days <= 13


def test_half_days_hold_half(page: Page) -> None:
    script = (
        """(j) => ["", "jumat", "semua"].map((h) => [0, 1].map(j.limits(7, 45, h, j.dates("2026-11-26", false))))"""
    )
    assert run(page, script, None) == [[315, 315], [315, 135], [135, 135]]


def test_a_team_that_is_wanted_twice_is_named(page: Page) -> None:
    script = """(j) => {
      const on = (date, start, end) => ({date, slots: [{start, end}]});
      return j.clashes([
        {name: "A", team: 1, days: [on("2026-11-30", 480, 900)]},
        {name: "B", team: 1, days: [on("2026-11-30", 899, 950), on("2026-12-01", 480, 900)]},
        {name: "C", team: 1, days: [on("2026-11-30", 950, 960)]},
        {name: "D", team: 2, days: [on("2026-11-30", 480, 900)]},
      ]);
    }"""
    assert run(page, script, None) == [{"team": 1, "one": "A", "other": "B", "dates": ["2026-11-30"]}]


HOSTILE = 'Sesi 1: "=1+1", satu; dua\\tiga, ' + "é" * 60


def test_the_calendar_is_read_by_another_program(page: Page, data: dict[str, Any]) -> None:
    icalendar = pytest.importorskip("icalendar")
    module = {**data["modules"][0], "title": HOSTILE}
    slot = {"start": 510, "end": 600, "module": module, "session": {"heading": HOSTILE, "minutes": 90}}
    classes = [{"name": "Kelas A", "team": 1, "days": [{"date": "2026-11-30", "slots": [slot]}]}]
    script = '(j, c) => j.ics(c, j.ZONES.WITA, "Program, contoh", new Date("2026-11-24T00:00:00Z"))'
    text = run(page, script, classes)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"{module['kode']} {HOSTILE}"
    assert event.decoded("DTSTART").isoformat() == "2026-11-30T00:30:00+00:00"
    assert event.decoded("DTEND").isoformat() == "2026-11-30T02:00:00+00:00"


def test_csv_is_text_and_no_formula(page: Page) -> None:
    rows = [["=1+1", "a,b", 'c"d', "-x", "e\nf", 5]]
    text = run(page, "(j, rows) => j.csv(rows)", rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["'=1+1", "a,b", 'c"d', "'-x", "e\nf", "5"]]
