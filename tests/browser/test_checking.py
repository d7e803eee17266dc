"""A printed copy is asked about in the browser: what `/cek/` says of it, edition after edition."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route
from sigap import paper
from test_check import ADDRESS, code_of, three

pytestmark = pytest.mark.browser

KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css", "json": "application/json"}


def test_a_copy_followed_through_three_editions(chromium: Browser) -> None:
    states = three()
    old = code_of(states[0][1])
    said = {}
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    site: dict[str, bytes] = {}

    def answer(route: Route) -> None:
        name = "cek/" + (route.request.url.removeprefix(ADDRESS).partition("?")[0] or "index.html")
        if name in site:
            route.fulfill(body=site[name], content_type=KINDS[name.rpartition(".")[2]])
        else:
            route.fulfill(status=404)

    page.route("https://sigap.example/**", answer)
    for n in (1, 2, 3):
        site.update(paper.check_files(states[:n]))
        page.goto(f"{ADDRESS}?k={old}")
        page.wait_for_selector("#jawab strong")
        said[n] = page.locator("#jawab").inner_text()
    page.locator("#k").fill(f"{old[:3]} {old[3:].lower()}")
    page.get_by_role("button", name="Periksa").click()
    assert "Jangan dipakai lagi" in page.locator("#jawab").inner_text()
    page.locator("#k").fill("ZZZZZZ")
    page.get_by_role("button", name="Periksa").click()
    page.get_by_text("Kode ZZZZZZ tidak dikenal").wait_for()
    page.close()
    assert errors == []
    assert "Masih yang terbaru: TK-01 Mendengar Aktif, versi 1.0.0." in said[1]
    assert "Sudah berubah sejak edisi 2026.2" in said[2]
    assert "1.1.0: Lembar ditambah satu butir. Diminta pelatih." in said[2]
    assert "Daftar amati" in said[2].split("Lembar yang perlu dicetak lagi:")[1]
    assert "tidak ada lagi sesudah edisi 2026.2" in said[3]
