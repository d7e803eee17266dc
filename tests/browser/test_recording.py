"""A reviewer's row on the page of reviews: as front matter takes it, and with the way to the right file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sigap import schema

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(params=[360, 1366])
def page(chromium: Browser, real: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": request.param, "height": 800})
    page.goto(f"{real}panduan/status-telaah/")
    page.get_by_role("button", name="Catat telaah saya").click()
    page.locator("#susun").get_by_label("Modul").wait_for()
    yield page
    page.close()


@pytest.mark.parametrize("name", ["Tim Telaah Praktisi", 'Dr. Nur\'aini, M.Si: "uji" # } ]'])
def test_the_row_is_what_front_matter_takes(page: Page, name: str) -> None:
    row = page.get_by_label("Baris untuk kepala berkas")
    assert row.input_value() == ""
    assert page.get_by_role("button", name="Salin baris").is_disabled()
    page.locator("#susun").get_by_label("Modul").select_option(index=2)
    page.get_by_label("Unsur").select_option("praktisi")
    page.get_by_label("Nama Anda atau tim").fill(name)
    page.get_by_label("Selesai dibaca").fill("2027-01-15")
    (read,) = yaml.safe_load(f"penelaah:\n{row.input_value()}")["penelaah"]
    assert (read["unsur"], read["nama"], str(read["tanggal"])) == ("praktisi", name, "2027-01-15")
    assert not [fault for fault in schema.check("modul", {"penelaah": [read]}) if "penelaah" in str(fault)]
    link = page.get_by_role("link", name="Buka berkas modulnya").get_attribute("href") or ""
    assert re.search(r"/modules/[a-z-]+/index\.md$", link), link


def test_it_fits_and_can_be_read_aloud(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).violations_count == 0
