"""Questions on a screen: what is right comes after an answer, stays in this browser, and is gone with one button."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from watch import RENAMED, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

SHEET = f"terbaru/modul/{RENAMED}/lampiran-soal-a/"
WHY = "Tubuh yang sejajar dan menghadap mengatakan bahwa Anda punya waktu untuknya."


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('sigap:soal:'))")  # type: ignore[no-any-return]


def test_what_is_right_comes_after_an_answer(watched: Watched) -> None:
    page = watched.page
    watched.open(SHEET)
    first = page.get_by_role("group", name="Soal 1: pilih satu jawaban")
    count = page.get_by_text("6 soal belum dijawab.")
    expect(count).to_be_visible()
    for folded in page.locator(".sigap-pembahasan").all():
        assert not folded.is_visible()
    assert "Jawaban: b" not in page.locator("article").inner_text()
    assert page.locator("article input:checked").count() == 0
    first.get_by_role("button", name="Periksa jawaban").click()
    expect(first.get_by_role("status")).to_have_text("Pilih satu jawaban lebih dahulu.")
    first.get_by_label("Berdiri di depannya").check()
    first.get_by_role("button", name="Periksa jawaban").click()
    expect(first.get_by_role("status")).to_have_text("Belum tepat. Anda memilih a; jawabannya b.")
    expect(page.get_by_text(WHY)).to_be_visible()
    assert page.get_by_text("Telepon mengatakan bahwa").is_visible()
    first.get_by_label("Duduk sejajar").check()
    expect(page.get_by_text(WHY)).to_be_hidden()
    first.get_by_role("button", name="Periksa jawaban").click()
    expect(first.get_by_role("status")).to_have_text("Tepat: b.")
    expect(page.get_by_text("Terjawab 1 dari 6 soal, 1 tepat.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Terjawab 1 dari 6 soal, 1 tepat.")).to_be_visible()
    assert first.get_by_label("Duduk sejajar").is_checked()
    assert len(kept(page)) == 1
    page.get_by_role("button", name="Ulangi").click()
    expect(count).to_be_visible()
    expect(page.get_by_text(WHY)).to_be_hidden()
    assert page.locator("article input:checked").count() == 0
    assert kept(page) == []


def test_it_is_answered_with_the_keyboard_and_heard(watched: Watched) -> None:
    page = watched.page
    watched.open(SHEET)
    group = page.get_by_role("group", name="Soal 2: pilih satu jawaban")
    assert "menarik napas" in (page.locator(f"#{group.get_attribute('aria-describedby')}").text_content() or "")
    group.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(group.get_by_role("status")).to_have_text("Tepat: a.")
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room


def test_a_module_leads_to_the_questions_on_a_topic(watched: Watched) -> None:
    page = watched.page
    watched.open(f"terbaru/modul/{RENAMED}/")
    page.get_by_role("link", name="bentuk A soal 3").click()
    page.wait_for_url("**/lampiran-soal-a/#soal-3")
    group = page.get_by_role("group", name="Soal 3: pilih satu jawaban")
    group.get_by_label("Nama saya Rani").check()
    group.get_by_role("button", name="Periksa jawaban").click()
    page.get_by_role("link", name="Materi pokok 2: Percakapan lima menit").first.click()
    page.wait_for_url(f"**/{RENAMED}/#materi-pokok-2-percakapan-lima-menit")


def test_without_script_the_page_says_everything_folded(watched: Watched) -> None:
    browser = watched.page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(watched.site.url + SHEET)
    assert page.get_by_text("Duduk sejajar dan menghadap kepadanya.").is_visible()
    assert not page.get_by_text(WHY).is_visible()
    page.locator(".sigap-pembahasan summary").first.click()
    assert page.get_by_text(WHY).is_visible()
    context.close()


def test_what_is_printed_unanswered_has_no_key(watched: Watched, size: str) -> None:
    if size == "phone":
        pytest.skip("paper has one size")
    watched.open(SHEET)
    watched.page.emulate_media(media="print")
    assert not watched.page.get_by_text(WHY).is_visible()
    assert not watched.page.get_by_role("button", name="Ulangi").is_visible()
    assert watched.page.get_by_text("Duduk sejajar dan menghadap kepadanya.").is_visible()
