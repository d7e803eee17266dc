"""Search on the real curriculum: what must come first, what is nowhere, and how soon it is there on a slow line."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sigap import publish, site
from sigap.load import load
from sigap.model import Edition
from sigap.tree import Folder
from watch import RENAMED, Watched

pytestmark = [pytest.mark.browser, pytest.mark.site]

ROOT = Path(__file__).resolve().parents[2]
QUERIES = tomllib.loads((Path(__file__).parent / "pencarian.toml").read_text("utf-8"))["kueri"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of today's curriculum, built once."""
    out = tmp_path_factory.mktemp("nyata")
    publish.build(ROOT, out / "terbaru", {})
    curriculum = load(Folder.open(ROOT))
    edition = Edition("2000.1", date(2000, 1, 1), curriculum.pages[0])
    entry = {"version": "2000.1", "title": "2000.1", "aliases": ["terbaru"]}
    (out / "versions.json").write_text(json.dumps([{**entry, "properties": site.properties(edition, curriculum)}]))
    (out / "sw.js").write_bytes(site.service_worker())
    handler = functools.partial(Quiet, directory=str(out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/terbaru/"
    server.shutdown()


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
    page.wait_for_function(
        "words => document.getElementById('hasil').dataset.untuk === words", arg=words, timeout=15_000
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
