"""What a reviewer takes along from /banding/: a file that opens anywhere, and a Word document made in the browser."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import Browser, Page
from sigap.comparison import word
from sigap.redline.engine import redline
from test_seen_law import ALONE, SITE, Pair, generated, golden, published, served
from test_word import taken
from watch import KODE, Watched

pytestmark = pytest.mark.browser

MARKED = (
    "htmls => import('/js/word.js').then(({ writer }) => htmls.map(html => { const box = document.createElement("
    "'template'); box.innerHTML = html; return writer().marked(box.content) }))"
)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    made = chromium.new_page()
    made.route(f"{SITE}**", served)
    made.goto(SITE)
    return made


def test_the_browser_writes_what_the_command_writes(page: Page) -> None:
    pairs: list[Pair] = [("list within", *ALONE), *golden(), *list(published())[:12], *generated()[:200]]
    made = [redline(old, new).html for _, old, new in pairs]
    assert len(made) > 200
    there = page.evaluate(MARKED, made)
    for (name, *_), html, found in zip(pairs, made, there, strict=True):
        assert found == "".join(word.marked(html)), name


def download(watched: Watched, button: str, folder: Path) -> Path:
    with watched.page.expect_download() as waiting:
        watched.page.get_by_role("button", name=button).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.site
@pytest.mark.parametrize("back", [False, True])
def test_accepting_all_is_the_new_text_and_rejecting_all_the_old_one(
    watched: Watched, tmp_path: Path, back: bool
) -> None:
    old, new = ("2026.2", "2026.1") if back else ("2026.1", "2026.2")
    watched.open(f"banding/?modul={KODE}&dari={old}&ke={new}")
    path = download(watched, "Unduh sebagai Word", tmp_path)
    assert path.name == f"{KODE}-{old}-{new}.docx"
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(word.frame())
        trees = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    blocks = "".join(etree.tostring(block, encoding="unicode") for block in trees["word/document.xml"][0])
    sides = {how: " ".join(taken(blocks, how)) for how in ("accept", "reject")}
    with_boat, without = ("reject", "accept") if back else ("accept", "reject")
    assert "Satu alinea baru tentang perahu" in sides[with_boat]
    assert "Satu alinea baru tentang perahu" not in sides[without]
    texts = watched.page.request.get(f"{watched.site.url}banding/m/{KODE}.json").json()["keadaan"]
    state = {row["edisi"]: row["isi"] for row in texts}["2026.2"]
    whole = watched.page.request.get(f"{watched.site.url}banding/t/{state}.txt").text()
    plain = taken("".join(word.marked(whole)), "accept")
    assert taken(blocks, with_boat)[-len(plain) :] == plain


@pytest.mark.site
@pytest.mark.parametrize("query", [f"?modul={KODE}&dari=2026.1&ke=2026.2", "?dari=2026.1&ke=2026.3"])
def test_what_is_shown_is_one_file_that_opens_anywhere(watched: Watched, tmp_path: Path, query: str) -> None:
    said: list[str] = []
    watched.page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    watched.open(f"banding/{query}")
    path = download(watched, "Unduh halaman ini", tmp_path)
    assert said == []
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r'(?:href|src)="(?!https?://|#|data:|mailto:)', text)
    alone = watched.page.context.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(path.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert alone.locator("h1").inner_text() != "Bandingkan edisi"
    assert "Contoh, bukan modul resmi Kemensos" in alone.locator("main").inner_text()
    if "modul" in query:
        assert "perahu dan pulau kecil" in alone.locator('[data-r="ins"]').first.inner_text()
        assert "Teks diubah" in alone.locator("main").inner_text()
    assert Axe().run(alone).response["violations"] == []
    wide, room = alone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room
    alone.close()
