"""What a trainer sees: editions, totals, cards on a phone, search, print; nothing broken, nothing fetched elsewhere."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from sigap.editions import GitTree, curriculum
from watch import KODE, RENAMED, SLUG, Site, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAGES = ["", "modul/", "program/", "edisi/", "cari/", "kontribusi/", "kontribusi/aturan/"]


def test_the_root_leads_to_the_newest_edition(watched: Watched) -> None:
    watched.open("")
    watched.page.wait_for_url("**/terbaru/")
    assert watched.page.locator("html").get_attribute("lang") == "id"


def test_switching_the_edition_stays_on_the_module(watched: Watched) -> None:
    page = watched.page
    watched.open(f"2026.3/modul/{RENAMED}/")
    assert not page.locator("#kabar").is_visible()
    page.get_by_role("button", name="Edisi 2026.3, pilih edisi lain").click()
    page.get_by_role("link", name="Edisi 2026.1").click()
    page.wait_for_url(f"**/2026.1/modul/{SLUG}/")
    banner = page.locator("#kabar")
    banner.wait_for()
    assert "Anda membaca edisi 2026.1" in banner.inner_text()
    banner.get_by_role("link").click()
    page.wait_for_url(f"**/2026.3/modul/{RENAMED}/")


def test_the_old_address_of_a_renamed_module_leads_on(watched: Watched) -> None:
    watched.open(f"terbaru/modul/{SLUG}/")
    watched.page.wait_for_url(f"**/terbaru/modul/{RENAMED}/")


def test_totals_on_the_page_are_those_of_the_model(watched: Watched) -> None:
    tree = GitTree(watched.site.repo.path, watched.site.repo.git("rev-parse", "main"))
    module = curriculum(tree).by_kode[KODE]
    watched.open(f"terbaru/modul/{RENAMED}/")
    head = watched.page.locator(".sigap-kepala").inner_text()
    assert module.hours is not None
    assert f"{module.hours.total} JP (T {module.hours.theory}, P {module.hours.assignment}" in head
    totals = watched.page.locator(".sigap-jumlah").all_inner_texts()
    assert [int(re.search(r"(\d+) menit", text)[1]) for text in totals] == [s.minutes() for s in module.sessions or ()]
    overview = watched.page.locator(".sigap-ikhtisar tr").last.inner_text()
    assert str(module.minutes()) in overview


def test_every_page_names_the_example_and_fits_its_width(watched: Watched) -> None:
    for path in [*PAGES, f"modul/{RENAMED}/"]:
        watched.open(f"terbaru/{path}")
        assert "Contoh, bukan modul resmi Kemensos" in watched.page.locator("body").inner_text()
        wide, room = watched.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, path


def test_a_session_row_is_a_card_on_a_phone(watched: Watched, size: str) -> None:
    watched.open(f"terbaru/modul/{RENAMED}/")
    cell = watched.page.locator('td[data-kolom="Kegiatan fasilitator"]').first
    assert cell.evaluate("e => getComputedStyle(e).display") == ("block" if size == "phone" else "table-cell")
    box = cell.bounding_box()
    assert box is not None
    assert box["width"] > (280 if size == "phone" else 100)


def test_edit_links_open_the_source(watched: Watched) -> None:
    for path, source in ((f"modul/{RENAMED}/", f"modules/{RENAMED}/index.md"), ("edisi/", "docs/edisi/index.md")):
        watched.open(f"terbaru/{path}")
        link = watched.page.locator("a[rel=edit]").first.get_attribute("href")
        assert link is not None
        assert link.endswith(f"edit/main/{source}")


def test_search_finds_derived_words(watched: Watched, size: str) -> None:
    page = watched.page
    watched.open(f"terbaru/modul/{RENAMED}/")
    page.keyboard.press("/")
    if size == "phone":
        page.wait_for_url("**/terbaru/cari/")
        page.locator("#kata").fill("perahu")
        page.keyboard.press("Enter")
    else:
        page.keyboard.type("perahu")
        page.keyboard.press("Enter")
        page.wait_for_url("**/terbaru/cari/?q=perahu")
    page.locator("#hasil li").first.wait_for()
    assert RENAMED in (page.locator("#hasil a").first.get_attribute("href") or "")
    page.locator("#kata").fill("zzzqqq")
    page.get_by_text("Tidak ada halaman yang memuat").wait_for()


def test_print_is_clean_a4(watched: Watched, size: str) -> None:
    if size == "phone":
        pytest.skip("paper has one size")
    watched.open(f"terbaru/modul/{RENAMED}/")
    watched.page.emulate_media(media="print")
    for hidden in (".atas__baris", ".daftar-isi", ".bawah", ".cari", ".alat", ".bilah"):
        for element in watched.page.locator(hidden).all():
            assert not element.is_visible(), hidden
    assert watched.page.locator(".contoh").is_visible()
    assert watched.page.locator("table.sigap-kartu thead").first.is_visible()
    pdf = watched.page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("path", [*PAGES, "modul/{RENAMED}/", "edisi/2026.2/", "tidak-ada/"])
def test_axe_finds_nothing(watched: Watched, path: str) -> None:
    watched.open(f"terbaru/{path.format(RENAMED=RENAMED)}")
    if path == "tidak-ada/":
        watched.failed.clear()
    found = Axe().run(watched.page)
    assert found.response["violations"] == [], found.generate_report()


def test_a_code_goes_straight_to_its_module(watched: Watched) -> None:
    watched.open(f"terbaru/cari/?q={KODE}")
    link = watched.page.locator("#hasil a").first
    link.wait_for()
    assert link.inner_text() == f"Buka modul {KODE}"
    watched.page.locator("#kata").fill(KODE.replace("-", " ").lower())
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url(f"**/terbaru/modul/{RENAMED}/")


@pytest.mark.parametrize("word", ["119", "zzz", "pagar betis"])
def test_what_is_nowhere_is_said_to_be_nowhere(watched: Watched, word: str) -> None:
    watched.open(f"terbaru/cari/?q={word}")
    watched.page.get_by_text(re.compile("^(Tidak ada yang persis|Tidak ada halaman)")).wait_for()


def test_paper_names_code_version_and_edition(watched: Watched) -> None:
    watched.open(f"2026.3/modul/{RENAMED}/")
    line = watched.page.locator(".contoh")
    assert line.get_attribute("data-cetak") == f"{KODE} · versi 1.1.1 · edisi 2026.3"


def test_any_sentence_in_the_address_is_not_echoed(watched: Watched) -> None:
    watched.open("terbaru/modul/?belum=Situs%20ini%20pindah")
    watched.page.get_by_role("button", name="Edisi 2026.3, pilih edisi lain").wait_for()
    assert "pindah" not in watched.page.locator("body").inner_text()
    watched.open("2026.1/modul/?belum=TK-77")
    assert "Modul TK-77 belum ada dalam edisi 2026.1" in watched.page.locator("#kabar").inner_text()


def test_teaching_keeps_its_clock_across_a_pause_and_a_reload(watched: Watched) -> None:
    page = watched.page
    page.clock.install(time="2026-11-24T08:00:00")
    watched.open(f"terbaru/modul/{RENAMED}/")
    page.clock.pause_at("2026-11-24T09:00:00")
    first = int(page.locator("tr[data-ke] td[data-kolom=Menit]").first.inner_text())
    page.get_by_role("button", name="▶ Ajar", exact=True).click()
    face = page.locator(".ajar__hitung")
    assert face.inner_text() == f"{first}:00"
    page.keyboard.press("Space")
    page.clock.run_for(90_000)
    assert face.inner_text() == f"{first - 2}:30"
    page.get_by_role("button", name="Jeda").click()
    page.clock.run_for(600_000)
    assert face.inner_text() == f"{first - 2}:30"
    page.reload()
    page.clock.pause_at("2026-11-24T12:00:00")
    page.get_by_role("button", name="▶ Ajar", exact=True).click()
    assert face.inner_text() == f"{first - 2}:30"
    page.get_by_role("button", name="Lanjutkan").click()
    page.clock.run_for((first + 2) * 60_000)
    assert face.inner_text() == "+3:30"
    assert "Terlambat 4 menit" in page.locator(".ajar__rencana").inner_text()
    page.get_by_role("button", name="Berikutnya").click()
    assert "Terlambat 4 menit" in page.locator(".ajar__rencana").inner_text()
    assert page.locator(".ajar__kini h3").inner_text().startswith("Inti")


def test_light_and_dark_are_remembered_and_pass_axe(watched: Watched) -> None:
    page = watched.page
    for look in ("gelap", "terang"):
        watched.open(f"terbaru/modul/{RENAMED}/")
        page.evaluate(f"localStorage.setItem('sigap:tema', '{look}')")
        page.reload()
        assert page.evaluate("document.documentElement.dataset.tema") == look
        page.get_by_role("button", name="▶ Ajar", exact=True).click()
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()
        page.keyboard.press("Escape")
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()


def test_the_catalogue_is_filtered_at_once_and_keeps_it_in_the_address(watched: Watched) -> None:
    page = watched.page
    watched.open("terbaru/modul/")
    every = page.locator(".saring__jumlah")
    every.get_by_text("4 modul.").wait_for()
    page.get_by_label("Kelompok").select_option("Inti")
    shown = page.locator(".sigap-katalog tbody tr:visible").count()
    assert 0 < shown < 4
    assert every.inner_text() == f"{shown} dari 4 modul."
    assert "kelompok=Inti" in page.url
    page.reload()
    every.get_by_text(f"{shown} dari 4 modul.").wait_for()


def test_the_catalogue_has_its_ways_without_a_script(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{site.url}terbaru/modul/")
    ways = page.locator(".sigap-jalan a")
    assert ways.first.is_visible()
    for link in [one.get_attribute("href") or "" for one in ways.all()]:
        assert link.startswith("#") is (page.locator(link).count() == 1 if link.startswith("#") else False)
    for script_only in (".perlu-js", "#susun"):
        page.goto(f"{site.url}terbaru/program/dasar/")
        assert not any(one.is_visible() for one in page.locator(script_only).all())
    assert page.locator(".sigap-jadwal table").first.is_visible()
    context.close()


def test_every_session_has_its_report_with_module_version_edition_and_section(watched: Watched) -> None:
    page = watched.page
    watched.open(f"terbaru/modul/{RENAMED}/")
    page.get_by_role("button", name="Edisi 2026.3").wait_for()
    links = page.locator("p.lapor a")
    assert links.count() == page.locator("tr[data-ke='0']").count()
    first = unquote(links.first.get_attribute("href") or "")
    assert first.startswith("mailto:tim@contoh.example?subject=Lapor kesalahan")
    assert f"{KODE}, versi 1.1.1, edisi 2026.3" in first
    assert f"{watched.site.url}2026.3/modul/{RENAMED}/#sesi-1-" in first
    assert unquote(page.locator(".alat [data-lapor]").get_attribute("href") or "").count("edisi 2026.3") == 1


def test_a_picture_is_as_large_as_the_screen_and_one_key_brings_back(watched: Watched) -> None:
    page = watched.page
    watched.open(f"terbaru/modul/{RENAMED}/")
    show = page.get_by_role("button", name="Tayangkan gambar").first
    show.focus()
    page.keyboard.press("Enter")
    large = page.locator("dialog.layar img")
    large.wait_for()
    box, size = large.bounding_box(), page.viewport_size
    assert box
    assert size
    assert box["width"] > 0.9 * size["width"]
    assert large.get_attribute("alt")
    page.keyboard.press("Escape")
    page.locator("dialog.layar").wait_for(state="detached")
    assert show.evaluate("e => e === document.activeElement")
