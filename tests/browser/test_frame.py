"""One frame for every page: what belongs to no edition has the same header, menu, search, look and way back."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from watch import RENAMED, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

OUTSIDE = {
    "banding/": "Bandingkan edisi",
    "banding/2026.1-2026.2/": "Perubahan dari 2026.1 ke 2026.2",
    "cek/": "Apakah salinan ini masih berlaku?",
    "zzz/": "Halaman tidak ditemukan",
    "2026.1/zzz/": "Halaman tidak ditemukan",
}
MENU = ["Beranda", "Modul", "Program", "Panduan", "Kontribusi", "Edisi"]


def test_every_page_has_the_one_frame(watched: Watched, size: str) -> None:
    page = watched.page
    for path, title in {f"terbaru/modul/{RENAMED}/": "Mendengar Aktif", **OUTSIDE}.items():
        watched.open(path)
        assert page.locator("h1").inner_text().startswith(title)
        assert title in page.title()
        assert page.locator(".merek").evaluate("e => new URL(e.href).pathname") == "/terbaru/"
        assert page.locator(".jejak li").first.inner_text() == "Beranda"
        assert page.locator('.jejak [aria-current="page"]').inner_text() == title
        if size == "phone":
            page.get_by_role("button", name="Menu").press("Enter")
        menu = page.get_by_role("navigation", name="Utama").get_by_role("link")
        assert menu.all_inner_texts() == MENU
        assert {link.evaluate("e => new URL(e.href).pathname.split('/')[1]") for link in menu.all()} == {"terbaru"}
        assert page.locator("#edisi").is_visible()
        assert page.locator(".contoh").is_visible()
        assert page.locator(".bawah a").count() == 5
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, path
    watched.failed[:] = [one for one in watched.failed if not one.endswith("/zzz/")]


@pytest.mark.parametrize("path", OUTSIDE)
def test_the_look_chosen_elsewhere_holds_here_and_passes_axe(watched: Watched, path: str) -> None:
    page = watched.page
    watched.open("terbaru/")
    page.evaluate("localStorage.setItem('sigap:tema', 'gelap')")
    watched.open(path)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 25, 24)"
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    watched.failed[:] = [one for one in watched.failed if not one.endswith("/zzz/")]


def test_a_search_from_outside_goes_to_the_newest_edition(watched: Watched, size: str) -> None:
    page = watched.page
    watched.open("banding/")
    page.keyboard.press("/")
    if size == "desktop":
        page.keyboard.type("perahu")
        page.keyboard.press("Enter")
        page.wait_for_url("**/terbaru/cari/?q=perahu")
    else:
        page.wait_for_url("**/terbaru/cari/")


def test_what_machines_read_of_a_page_has_the_address_of_the_page(watched: Watched) -> None:
    watched.open(f"terbaru/modul/{RENAMED}/")
    canonical, told = watched.page.evaluate(
        "[document.querySelector('[rel=canonical]').href,"
        " JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent)['@graph'][0].url]"
    )
    assert told == canonical
