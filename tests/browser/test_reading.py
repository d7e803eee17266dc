"""What a trainer sees: editions, totals, cards on a phone, search, print; nothing broken, nothing fetched elsewhere."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from sigap.editions import GitTree, curriculum
from watch import KODE, RENAMED, SLUG, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAGES = ["", "modul/", "program/", "edisi/", "cari/", "kontribusi/", "kontribusi/aturan/"]


def test_the_root_leads_to_the_newest_edition(watched: Watched) -> None:
    watched.open("")
    watched.page.wait_for_url("**/terbaru/")
    assert watched.page.locator("html").get_attribute("lang") == "id"


def test_switching_the_edition_stays_on_the_module(watched: Watched) -> None:
    page = watched.page
    watched.open(f"2026.3/modul/{RENAMED}/")
    assert not page.locator("#sigap-lama").is_visible()
    page.get_by_label("Edisi").select_option("2026.1")
    page.wait_for_url(f"**/2026.1/modul/{SLUG}/")
    banner = page.locator("#sigap-lama")
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
    assert box["width"] > (280 if size == "phone" else 150)


def test_edit_links_open_the_source(watched: Watched) -> None:
    for path, source in ((f"modul/{RENAMED}/", f"modules/{RENAMED}/index.md"), ("edisi/", "docs/edisi/index.md")):
        watched.open(f"terbaru/{path}")
        link = watched.page.locator(".md-content__button").first.get_attribute("href")
        assert link is not None
        assert link.endswith(f"edit/main/{source}")


def test_search_finds_derived_words(watched: Watched) -> None:
    page = watched.page
    watched.open(f"terbaru/modul/{RENAMED}/")
    page.get_by_role("searchbox").fill("perahu")
    page.get_by_role("button", name="Cari").click()
    page.wait_for_url("**/terbaru/cari/?q=perahu")
    page.locator("#sigap-hasil li").first.wait_for()
    assert RENAMED in (page.locator("#sigap-hasil a").first.get_attribute("href") or "")
    page.get_by_role("searchbox").fill("zzzqqq")
    page.get_by_role("button", name="Cari").click()
    page.get_by_text("Tidak ada halaman yang memuat").wait_for()


def test_print_is_clean_a4(watched: Watched, size: str) -> None:
    if size == "phone":
        pytest.skip("paper has one size")
    watched.open(f"terbaru/modul/{RENAMED}/")
    watched.page.emulate_media(media="print")
    for hidden in (".md-header", ".md-sidebar", ".md-footer", ".sigap-cari", ".sigap-alat"):
        for element in watched.page.locator(hidden).all():
            assert not element.is_visible(), hidden
    assert watched.page.locator(".sigap-edisi__contoh").is_visible()
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
