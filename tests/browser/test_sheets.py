"""A sheet on a screen: fields where paper has blanks, kept in this browser, gone with one button, never sent."""

from __future__ import annotations

import pytest
from watch import RENAMED, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

SHEET = f"terbaru/modul/{RENAMED}/lampiran-daftar-amati/"


def test_what_is_typed_stays_and_can_be_cleared(watched: Watched) -> None:
    page = watched.page
    watched.open(SHEET)
    field = page.get_by_label("1 Wajib: meminta izin, Ya")
    assert page.locator("article :is(input, textarea)").count() == 3
    field.fill("ya, dengan senyum")
    page.get_by_label("Catatan:").fill("dua\nbaris")
    page.reload()
    assert page.get_by_label("1 Wajib: meminta izin, Ya").input_value() == "ya, dengan senyum"
    assert page.get_by_label("Catatan:").input_value() == "dua\nbaris"
    page.emulate_media(media="print")
    assert not page.get_by_label("Catatan:").is_visible()
    assert page.locator(".isian-sel").first.bounding_box()["height"] >= 34  # 9 mm
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Hapus semua isian").click()
    assert page.get_by_label("Catatan:").input_value() == ""
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('sigap:lembar')).length") == 0


def test_without_script_the_sheet_says_everything(watched: Watched) -> None:
    browser = watched.page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(watched.site.url + SHEET)
    assert page.locator(".isian").count() == 3
    assert "meminta izin" in page.locator("article").inner_text()
    context.close()
