"""What a reviewer sees: from a module to its redline, by keyboard, sides swapped, the address shared."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route
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
    left, right = (" ".join(page.locator(f".sisi.{side}").all_inner_texts()) for side in ("lama", "baru"))
    assert "perahu" in right
    assert "perahu" not in left


def test_the_whole_curriculum_lists_every_module(watched: Watched) -> None:
    page = watched.page
    watched.open("banding/?dari=2026.1&ke=2026.3")
    page.locator("#isi table.kartu").first.wait_for()
    text = page.locator("#isi table.kartu").first.inner_text()
    assert re.search(r"\d+ baru, \d+ berubah, 0 dicabut, 1 pindah alamat", page.locator("#isi").inner_text())
    assert "pindah alamat" in text
    assert text.count("tetap") >= 2
    assert "1.0.0 → 1.1.1" in text
    assert "PROG-DASAR Program Dasar" in page.locator("#isi table.kartu").last.inner_text()


def test_a_programme_is_compared_like_a_module(watched: Watched) -> None:
    page = watched.page
    watched.open("banding/?dari=2026.1&ke=2026.3")
    page.get_by_role("link", name="PROG-DASAR Program Dasar").click()
    page.locator(".hunk").first.wait_for()
    said = page.locator("#isi").inner_text()
    assert "Sesi pindah waktu, TK-01 “Mendengar berpasangan”: hari 1 pukul 08.30 → hari 1 pukul 09.00" in said
    assert "Program selesai lain waktu" in said
    cell = page.locator(".hunk td", has=page.locator('ins[data-r="i"]', has_text="08.30")).first
    assert "08.00" in cell.inner_text()
    page.keyboard.press("n")
    assert page.url.endswith("#u-1")
    page.get_by_role("button", name="Tukar sisi").click()
    page.locator(".sebab", has_text="hari 1 pukul 09.00 → hari 1 pukul 08.30").first.wait_for()
    page.get_by_role("button", name="Hanya yang berubah").click()
    page.get_by_role("heading", name="Seluruh teks").wait_for()
    assert Axe().run(page).response["violations"] == []
    watched.open("banding/?modul=PROG-DASAR")
    page.get_by_role("link", name="2026.3", exact=True).click()
    page.wait_for_url("**/2026.3/program/dasar/")


def test_a_sentence_leads_to_its_place_and_back(watched: Watched, size: str) -> None:
    page = watched.page
    compare(watched)
    if size == "phone":
        page.get_by_role("button", name="Daftar", exact=True).click()
    link = page.locator("#daftar .daftar-hal a").last
    text = link.inner_text()
    link.click()
    number = re.match(r"\d+", text)
    assert number
    page.wait_for_url(f"**#u-{number[0]}")
    target = page.locator(f"#u-{number[0]}")
    assert target.evaluate("e => document.activeElement === e")
    assert target.is_visible()
    for sentence in target.locator(".sebab li").all_inner_texts():
        assert sentence
    assert page.locator("#hitung").inner_text().startswith(f"Perubahan {number[0]} dari ")
    target.get_by_role("link", name="ke daftar").click()
    page.wait_for_url(f"**#d-{number[0]}")
    page.locator(f"#d-{number[0]}").wait_for()  # on a phone the sheet opens first


def test_the_address_of_a_change_opens_at_it(watched: Watched) -> None:
    page = watched.page
    compare(watched)
    total = page.locator(".hunk").count()
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.url.endswith("#u-2")
    page.reload(wait_until="networkidle")
    page.locator("#u-2.kini").wait_for()
    assert page.locator("#hitung").inner_text() == f"Perubahan 2 dari {total}"
    top = page.locator("#u-2").bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 800
    page.get_by_role("button", name="Hanya yang berubah").click()
    page.locator(".tanda.kini").wait_for()
    assert page.locator("#hitung").inner_text() == f"Perubahan 2 dari {total}"
    page.get_by_role("button", name="Berdampingan").click()
    page.locator(".dua").first.wait_for()
    assert page.locator("#hitung").inner_text() == f"Perubahan 2 dari {total}"


def test_every_step_shows_where_a_change_begins(watched: Watched) -> None:
    page = watched.page
    compare(watched, "2026.1", "2026.3")
    for number in range(1, page.locator(".hunk").count() + 1):
        page.keyboard.press("n")
        assert page.url.endswith(f"#u-{number}")
        box = page.locator(f"#u-{number} h3").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] < page.evaluate("innerHeight - document.getElementById('langkah').offsetHeight")


def test_filters_and_ticks(watched: Watched, size: str) -> None:
    page = watched.page
    compare(watched)
    total = page.locator(".hunk").count()
    page.locator("#u-1 .sudah input").check()
    if size == "phone":
        page.get_by_role("button", name="Daftar", exact=True).click()
    assert page.locator(".sisa").inner_text() == f"1 dari {total} sudah dibaca, {total - 1} tersisa."
    page.locator(".saring summary").click()
    page.locator('.saring input[name="teks"]').uncheck()
    left = page.locator(".hunk:visible").count()
    assert left < total
    assert page.locator("#hitung").inner_text() == f"Perubahan – dari {total}, {left} ditampilkan"
    page.reload(wait_until="networkidle")
    page.locator("#u-1").wait_for()
    assert page.locator("#u-1 .sudah input").is_checked()


def test_shortcuts_can_be_switched_off_and_stay_within(watched: Watched, size: str) -> None:
    if size == "phone":
        pytest.skip("a phone has no keys")
    page = watched.page
    compare(watched)
    page.locator(".merek").focus()
    page.keyboard.press("n")
    assert "#u-" not in page.url
    page.get_by_role("button", name="Pintasan").click()
    page.keyboard.press("n")
    assert "#u-" not in page.url
    page.get_by_role("button", name="Pintasan").click()
    page.keyboard.press("n")
    assert page.url.endswith("#u-1")


def test_side_by_side_stays_side_by_side(watched: Watched, size: str) -> None:
    page = watched.page
    compare(watched)
    page.get_by_role("button", name="Berdampingan").click()
    page.get_by_role("button", name="Hanya yang berubah").click()
    page.locator(".dua .sisi").first.wait_for()
    if size == "phone":
        return
    # a locator, since a page without unsafe-eval may refuse wait_for_function's own eval
    page.locator(".dua > .sisi").nth(20).wait_for(state="attached")
    tops = page.locator(".dua > .sisi").evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert len(tops) > 20
    assert tops[::2] == tops[1::2]


ASKED = [
    ("?dari=terbaru&ke=2026.1", "2026.3", "2026.1", "“terbaru” sekarang edisi 2026.3"),
    ("?dari=2031.4&ke=2026.1", "?", "2026.1", "Edisi 2031.4 tidak ada"),
    ("?dari=<b>zzz</b>&ke=2026.1", "?", "2026.1", "Nama edisi dalam alamat ini tidak dikenal"),
    (f"?modul={KODE.lower()}&dari=2026.1&ke=2026.2", "2026.1", "2026.2", KODE),
    ("?modul=TK-77", "", "", "Modul TK-77 tidak ada dalam edisi mana pun"),
    ("?modul=../../terbaru/kurikulum", "", "", "Kode modul dalam alamat ini tidak dikenal"),
    (f"?modul={KODE}&dari=2026.1", "2026.1", "2026.3", KODE),
]


@pytest.mark.parametrize(("query", "old", "new", "said"), ASKED)
def test_any_address_is_answered_truthfully(watched: Watched, query: str, old: str, new: str, said: str) -> None:
    page = watched.page
    page.goto(f"{watched.site.url}banding/{query}", wait_until="networkidle")
    page.locator("#isi > *").first.wait_for()
    shown = page.locator("main").inner_text()
    assert said in shown
    assert page.locator("select[name=dari]").input_value() == old
    assert page.locator("select[name=ke]").input_value() == new
    assert "zzz" not in shown
    assert "kurikulum" not in page.locator("#isi").inner_text()
    watched.failed[:] = [one for one in watched.failed if not re.fullmatch(r"404 .*/m/TK-77\.json", one)]


def test_a_module_that_one_side_lacks_is_read_as_new(watched: Watched) -> None:
    page = watched.page
    kode = page.request.get(f"{watched.site.url}banding/e/2026.3.json").json().keys()
    before = page.request.get(f"{watched.site.url}banding/e/2026.1.json").json().keys()
    only = sorted(kode - before)
    assert only == ["TK-04"]
    watched.open(f"banding/?modul={only[0]}&dari=2026.1&ke=2026.3")
    page.get_by_text(f"Modul {only[0]} belum ada dalam edisi 2026.1").wait_for()
    assert page.locator('.hunk [data-r="ins"]').count() > 5
    assert page.locator('.hunk [data-r="del"]').count() == 0


def test_without_script_there_is_no_dead_form(watched: Watched) -> None:
    page = watched.page
    page.route("**/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    watched.open("banding/")
    assert not page.locator("#pilih").is_visible()


def test_it_works_under_a_strict_policy(watched: Watched) -> None:
    page = watched.page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"

    def answer(route: Route) -> None:
        found = route.fetch()
        route.fulfill(response=found, headers={**found.headers, "content-security-policy": policy})

    page.route("**/banding/?*", answer)
    compare(watched)
    for name in ("Berdampingan", "Hanya yang berubah"):
        page.get_by_role("button", name=name).click()
    page.locator(".dua .tanda").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert said == []


def test_only_the_status_is_read_out(watched: Watched, size: str) -> None:
    page = watched.page
    compare(watched)
    live = page.locator("[aria-live], [role=status]")
    assert sum(len(text) for text in live.all_inner_texts()) < 120
    stops = page.locator('.teks[tabindex="0"]').evaluate_all("all => all.every(e => e.scrollWidth > e.clientWidth)")
    assert stops


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
    "query",
    [
        "",
        f"?modul={KODE}",
        f"?modul={KODE}&dari=2026.1&ke=2026.2",
        "?dari=2026.1&ke=2026.3",
        "?dari=2026.3&ke=2026.1",
        "?modul=PROG-DASAR",
        "?modul=PROG-DASAR&dari=2026.1&ke=2026.3",
        "?modul=TK-77",
        "?modul=TK-04&dari=2026.1&ke=2026.3",
    ],
)
def test_axe_finds_nothing_and_nothing_overflows(watched: Watched, query: str) -> None:
    page = watched.page
    watched.open(f"banding/{query}")
    page.locator("#isi > *").first.wait_for()
    watched.failed[:] = [one for one in watched.failed if not re.fullmatch(r"404 .*/m/TK-77\.json", one)]
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room
