"""What a reviewer sees: from a module to its redline, by keyboard, sides swapped, the address shared."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from watch import KODE, RENAMED, WHY, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]


def compare(watched: Watched, old: str = "2026.1", new: str = "2026.2") -> None:
    watched.open(f"banding/?modul={KODE}&dari={old}&ke={new}")
    watched.page.locator(".hunk").first.wait_for()


def test_from_a_module_to_its_history_to_its_redline(watched: Watched) -> None:
    page = watched.page
    watched.open(f"terbaru/modul/{RENAMED}/")
    page.get_by_role("link", name="Riwayat dan perbandingan edisi").click()
    page.get_by_role("heading", name="riwayat").wait_for()
    table = page.locator("#isi table")
    assert WHY in table.inner_text()
    page.get_by_role("link", name="Bandingkan 2026.1 dengan 2026.2").click()
    page.locator(".hunk").first.wait_for()
    assert "perahu dan pulau kecil" in page.locator('[data-r="ins"]').first.inner_text()
    assert "2 JP" in page.locator("#isi table").first.inner_text()


def test_steps_by_keyboard_and_by_button(watched: Watched) -> None:
    page = watched.page
    compare(watched)
    total = page.locator(".hunk").count()
    page.keyboard.press("n")
    assert page.locator("#hitung").inner_text() == f"Perubahan 1 dari {total}"
    assert page.locator(".hunk.kini").count() == 1
    page.get_by_role("button", name="Berikutnya").click()
    page.keyboard.press("p")
    assert page.locator("#hitung").inner_text() == f"Perubahan 1 dari {total}"


def test_swapped_sides_swap_the_marks_and_the_address(watched: Watched) -> None:
    page = watched.page
    compare(watched)
    came = page.locator('.hunk [data-r="ins"], .hunk [data-r="i"]').all_inner_texts()
    page.get_by_role("button", name="Tukar sisi").click()
    page.wait_for_url("**dari=2026.2&ke=2026.1")
    page.locator('.hunk [data-r="del"], .hunk [data-r="d"]').first.wait_for()
    went = page.locator('.hunk [data-r="del"], .hunk [data-r="d"]').all_inner_texts()
    assert [re.sub(r"^dihapus:\s", "", text) for text in went] == [
        re.sub(r"^ditambahkan:\s", "", text) for text in came
    ]
    page.reload()
    page.locator('.hunk [data-r="del"]').first.wait_for()
    assert page.locator("select[name=dari]").input_value() == "2026.2"
    page.go_back()
    page.locator('.hunk [data-r="ins"]').first.wait_for()


def test_the_whole_text_unfolds_and_stands_side_by_side(watched: Watched) -> None:
    page = watched.page
    compare(watched)
    page.get_by_role("button", name="Hanya yang berubah").click()
    page.get_by_role("heading", name="Seluruh teks").wait_for()
    assert "Mendengar aktif tampak dari tubuh" in page.locator(".hunk").inner_text()
    page.get_by_role("button", name="Berdampingan").click()
    page.locator(".dua").wait_for()
    left, right = page.locator(".dua > div").all_inner_texts()
    assert "perahu" in right
    assert "perahu" not in left


def test_the_whole_curriculum_lists_every_module(watched: Watched) -> None:
    page = watched.page
    watched.open("banding/?dari=2026.1&ke=2026.3")
    page.locator("#isi table").wait_for()
    text = page.locator("#isi table").inner_text()
    assert "pindah alamat" in text
    assert text.count("tetap") >= 2
    assert "1.0.0 → 1.1.1" in text


def test_what_cannot_be_compared_says_so(watched: Watched) -> None:
    page = watched.page
    watched.open(f"banding/?modul={KODE}&dari=2026.1&ke=2026.1")
    page.get_by_text(f"Modul {KODE} sama dalam edisi").wait_for()


def test_the_plain_page_of_neighbours(watched: Watched) -> None:
    page = watched.page
    watched.open("terbaru/edisi/2026.2/")
    page.get_by_role("link", name="Semua perubahan dari edisi 2026.1").click()
    page.wait_for_url("**/banding/2026.1-2026.2/")
    assert "perahu dan pulau kecil" in page.locator("main").inner_text()
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize(
    "query", ["", f"?modul={KODE}", f"?modul={KODE}&dari=2026.1&ke=2026.2", "?dari=2026.1&ke=2026.3"]
)
def test_axe_finds_nothing_and_nothing_overflows(watched: Watched, query: str) -> None:
    page = watched.page
    watched.open(f"banding/{query}")
    page.locator("#isi > *").first.wait_for()
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room
