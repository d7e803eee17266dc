"""Search on the real curriculum: what must come first, what is nowhere, and how soon it is there on a slow line."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from watch import RENAMED, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

QUERIES = tomllib.loads((Path(__file__).parent / "pencarian.toml").read_text("utf-8"))["kueri"]


@pytest.fixture(scope="module")
def page(chromium: Browser, real: str) -> Iterator[Page]:
    page = chromium.new_page()
    page.goto(f"{real}cari/")
    yield page
    page.close()


def answer(page: Page, words: str) -> tuple[str, list[str]]:
    """What the page says of a query, typed in, and the addresses of its first hits."""
    page.locator("#kata").fill("")
    page.locator("#kata").press_sequentially(words)
    asked = f"“{words}”"
    page.locator(f"#hasil[data-untuk={json.dumps(words, ensure_ascii=False)}]").wait_for(
        state="attached", timeout=15_000
    )
    links = page.locator("#hasil li:not([hidden])").all()[:3]
    found = [line.locator("a").first.get_attribute("href") or "" for line in links]
    said = page.locator("#status").inner_text()
    assert asked in said or found, (words, said)
    return said, [address.partition("/terbaru/")[2] or address for address in found]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["cari"])
def test_a_query_has_its_answer(page: Page, query: dict[str, object]) -> None:
    said, found = answer(page, str(query["cari"]))
    if first := query.get("pertama"):
        assert isinstance(first, list)
        assert found, said
        assert any(part in found[0] for part in first), (said, found)
    if among := query.get("atas"):
        assert any(str(among) in address for address in found), (said, found)
    if query.get("tidak_ada"):
        assert said.startswith(("Tidak ada yang persis", "Tidak ada halaman")), said
    if through := query.get("lewat"):
        assert f"istilah “{through}”" in said, said


def test_an_excerpt_keeps_its_blanks_and_has_no_gap_where_a_version_stood(page: Page) -> None:
    answer(page, "rujukan")
    shown = page.locator("#hasil p").all_inner_texts()
    assert any("Kartu rujukan setempat" in text for text in shown), shown
    stuck = "[...document.querySelectorAll('#hasil mark')].filter((m) => /^[a-z]/i.test(m.nextSibling?.textContent ?? '')).length"
    assert page.evaluate(stuck) == 0
    assert not [text for text in shown if "versi ." in text or ", ." in text]


def test_all_editions_on_demand(watched: Watched) -> None:
    page = watched.page
    watched.open("2026.3/cari/?q=perahu")
    page.locator("#hasil li").first.wait_for()
    assert "edisi" not in page.locator("#hasil .jenis").first.inner_text()
    page.get_by_label("Semua edisi").check()
    page.locator("#hasil .jenis", has_text="edisi 2026.2").first.wait_for()
    links = [link.get_attribute("href") or "" for link in page.locator("#hasil a").all()]
    assert any(f"/2026.3/modul/{RENAMED}/" in link for link in links)
    page.locator("#hasil li", has_text="edisi 2026.2").locator("a").first.click()
    page.wait_for_url("**/2026.2/modul/**")
    assert "perahu" in page.locator("article").inner_text()
