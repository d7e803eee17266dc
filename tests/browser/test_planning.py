"""A trainer plans on the programme's page: what is chosen, told, downloaded, and kept in the address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from watch import Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

PLACE = "terbaru/program/dasar/"
ROWS = "#susun-hasil tbody tr"


def opened(watched: Watched, query: str = "") -> Page:
    watched.open(f"{PLACE}{query}")
    if not query:
        watched.page.get_by_role("button", name="Susun jadwal sendiri").click()
    watched.page.locator(ROWS).first.wait_for()
    return watched.page


def test_the_plan_begins_as_the_timetable_of_the_page(watched: Watched) -> None:
    page = opened(watched)
    mine = [row.split("\t")[0] for row in page.locator(ROWS).all_inner_texts()]
    theirs = page.locator(".sigap-jadwal td[data-kolom=Waktu]").all_inner_texts()
    assert [one for one in theirs if "–" in one] == mine
    assert page.locator("#susun h2").evaluate("e => e === document.activeElement")


def test_nothing_is_loaded_before_it_is_opened(watched: Watched) -> None:
    seen: list[str] = []
    watched.page.on("request", lambda request: seen.append(request.url))
    watched.open(PLACE)
    assert not [url for url in seen if "kurikulum.json" in url or "susun.js" in url]


def test_a_choice_lives_in_the_address_and_breaks_are_told(watched: Watched) -> None:
    page = opened(watched)
    page.get_by_label("Mulai tanggal").fill("2026-12-04")
    page.get_by_label("Mulai tanggal").blur()
    page.get_by_label("JP sehari").fill("12")
    page.get_by_label("JP sehari").blur()
    page.get_by_text("Paling banyak 9 JP sehari").wait_for()
    page.get_by_text("Modul dan urutannya").click()
    page.get_by_role("button", name="Hapus TK-01").click()
    page.get_by_text("memerlukan TK-01").first.wait_for()
    page.get_by_role("button", name="Dahulukan TK-03").click()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["modul"] == ["TK-03,TK-02"]
    assert asked["jp"] == ["12"]
    before = page.locator("#susun-hasil").inner_text()
    assert "Jumat, 4 Desember 2026" in before
    page.reload()
    page.locator(ROWS).first.wait_for()
    assert page.locator("#susun-hasil").inner_text() == before


def test_a_friday_has_its_own_breaks_and_the_frame_can_be_left_out(watched: Watched) -> None:
    page = opened(watched, "?susun=1&mulai=2026-12-04&jp=9&pukul=10:00")
    result = page.locator("#susun-hasil")
    assert "12.00–13.30\tIstirahat, salat Jumat, makan" in result.inner_text()
    page.get_by_label("Mulai tanggal").fill("2026-12-03")
    page.get_by_label("Mulai tanggal").blur()
    result.get_by_text("Istirahat, salat, makan").wait_for()
    assert "Pembukaan" in result.inner_text()
    page.get_by_label("Pembukaan, tes, dan penutup").uncheck()
    result.get_by_text("Pembukaan").wait_for(state="detached")
    assert parse_qs(urlsplit(page.url).query)["kerangka"] == ["0"]
    page.get_by_label("Mulai pukul").fill("15:00")
    page.get_by_label("Mulai pukul").blur()
    page.get_by_text("menurut kebijakan kurikulum paling lambat 17.00").wait_for()


def test_what_is_printed_of_a_plan_are_its_days(watched: Watched) -> None:
    page = opened(watched, "?susun=1&mulai=2026-11-30")
    page.evaluate("document.body.dataset.cetak = 'susun'")
    page.emulate_media(media="print")
    assert page.locator("#susun-hasil table").first.is_visible()
    for other in ("#susun h2", "#susun [role=status]", "#susun button", ".sigap-jadwal"):
        assert not page.locator(other).first.is_visible(), other


def test_a_day_stays_within_a_phone(watched: Watched) -> None:
    watched.open(PLACE)
    beyond = watched.page.locator(".sigap-jadwal table").evaluate_all(
        "all => all.map(t => t.getBoundingClientRect().right - t.parentElement.getBoundingClientRect().right)"
    )
    assert beyond
    assert max(beyond) <= 0.5


def test_a_team_in_two_classes_at_once_is_named_and_a_second_team_mends_it(watched: Watched) -> None:
    page = opened(watched, "?susun=1&mulai=2026-11-30&kelas=2")
    page.get_by_text("Tim 1 bentrok: Kelas A dan Kelas B, Senin, 30 November 2026").wait_for()
    page.get_by_label("Tim fasilitator").fill("2")
    page.get_by_label("Tim fasilitator").blur()
    page.get_by_text("bentrok").wait_for(state="detached")


@pytest.mark.parametrize("query", [
    "?susun=1&jp=-1&mulai=kemarin&pukul=99:99&zona=PST&rehat=%3Cimg%3E&kelas=1e9&bagi=x&modul=%3Cimg%20src%3Dx%3E",
    "?susun=1&jp=999999999999&angkatan=zz&jarak=-5&setengah=__proto__&zona=__proto__&modul=__proto__",
])  # fmt: skip
def test_an_address_of_nonsense_is_the_usual_plan(watched: Watched, query: str) -> None:
    page = opened(watched, query)
    assert "TK-01" in page.locator("#susun-hasil").inner_text()
    assert page.locator("#susun img").count() == 0


def test_files_and_text_say_the_plan(watched: Watched, tmp_path: Path) -> None:
    page = opened(watched, "?susun=1&mulai=2026-11-30&zona=WIT&pukul=08:00")
    with page.expect_download() as got:
        page.get_by_role("button", name="Unduh kalender").click()
    got.value.save_as(tmp_path / "a.ics")
    events = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert events[0].decoded("DTSTART").isoformat() == "2026-11-29T23:00:00+00:00"
    with page.expect_download() as got:
        page.get_by_role("button", name="Unduh tabel").click()
    got.value.save_as(tmp_path / "a.csv")
    rows = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == page.locator(ROWS).count() + 1
    text = page.get_by_label("Jadwal sebagai teks").input_value()
    assert "*Hari 1, Senin, 30 November 2026 (WIT)*" in text
    assert "08.00–" in text


def test_the_calendar_of_the_page_needs_no_script(watched: Watched, size: str) -> None:
    watched.open(PLACE)
    if size == "phone":
        return
    page = watched.page
    link = page.get_by_role("link", name="Kalender (.ics)").get_attribute("href")
    answer = page.request.get(watched.site.url + PLACE + (link or ""))
    events = icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")
    times = [f"{e.decoded('DTSTART'):%H.%M}–{e.decoded('DTEND'):%H.%M}" for e in events]
    rows = page.locator(".sigap-jadwal tr td[data-kolom=Waktu]").all_inner_texts()
    breaks = page.locator(".sigap-jadwal tr", has_text="Rehat").locator("td[data-kolom=Waktu]").all_inner_texts()
    assert breaks
    assert times == [row for row in rows if "–" in row and row not in breaks]
    assert all(e.decoded("DTSTART").weekday() < 5 for e in events)


def test_a_year_is_planned_by_mode(watched: Watched) -> None:
    page = watched.page
    watched.open("terbaru/program/")
    page.get_by_role("button", name="Rencanakan JP setahun").click()
    page.get_by_label("Keadaan TK-02").select_option("rencana")
    page.get_by_text("TK-02 memerlukan TK-01").wait_for()
    page.get_by_label("JP dari pelatihan lain").fill("30")
    page.get_by_label("JP dari pelatihan lain").blur()
    page.get_by_text("Mencapai 20 JP setahun").wait_for()
    assert "rencana=TK-02" in page.url


def test_planners_pass_axe_and_fit(watched: Watched) -> None:
    for path in (f"{PLACE}?susun=1&kelas=2&tim=2&jp=12", "terbaru/program/?susun=1&rencana=TK-02"):
        for look in ("light", "dark"):
            watched.page.emulate_media(color_scheme=look)
            watched.open(path)
            watched.page.locator("#susun h2").wait_for()
            watched.page.evaluate("document.querySelectorAll('#susun details').forEach(e => e.open = true)")
            found = Axe().run(watched.page)
            assert found.response["violations"] == [], found.generate_report()
            wide, room = watched.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide <= room, path
