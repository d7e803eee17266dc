"""A printed copy is asked about in the browser: what `/cek/` says of it, edition after edition."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route
from repos import Repo, make
from sigap import paper, serve
from test_check import ADDRESS, INDEX, SHEET, code_of, scanned, three

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


def changed(repo: Repo) -> None:
    """One sheet and the version."""
    repo.replace(INDEX, "versi: 1.0.0", "versi: 1.1.0")
    row = "| 1.1.0 | 2026-11-22 | Lembar ditambah satu butir. | Diminta pelatih. |"
    repo.replace(INDEX, "|---|---|---|---|\n| 1.0.0", f"|---|---|---|---|\n{row}\n| 1.0.0")
    repo.write(SHEET, (repo.path / SHEET).read_text(encoding="utf-8") + "\nSatu butir lagi: ________\n")


def withdrawn(repo: Repo) -> None:
    repo.replace(INDEX, "status: tinjauan", "status: dicabut")
    repo.replace("docs/program/dasar.md", "modul: [TK-01, TK-02, TK-03]", "modul: [TK-02, TK-03]")
    repo.replace("docs/program/dasar.md", "jp: 5", "jp: 3")
    repo.replace("docs/program/dasar.md", "sebanyak 5 JP", "sebanyak 3 JP")
    repo.replace("modules/rujukan-aman/index.md", "prasyarat: [TK-01]", "prasyarat: []")


@pytest.mark.site
@pytest.mark.usefixtures("poppler")
def test_the_symbol_on_paper_is_followed_through_three_editions(chromium: Browser, tmp_path: Path) -> None:
    """Published for real, read off the rendered page by another program than the one that drew it, and opened."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = f"http://localhost:{port}/"
    repo = make(tmp_path / "repo")
    said = []
    paper_copy = b""
    for name, change in (("2026.1", None), ("2026.2", changed), ("2026.3", withdrawn)):
        if change:
            change(repo)
        repo.cut(name, f"2026-11-2{name[-1]}")
        done = repo.sigap("publish", name, SIGAP_SITE_URL=site)
        assert done.code == 0, done.err
        packs = [path for path in repo.tree() if path.startswith("berkas/TK-01-lembar-") and "huruf" not in path]
        assert len(packs) == int(name[-1])  # one for each content, none thrown away
        paper_copy = paper_copy or repo.blob(packs[0])
        with serve.server(repo.path, port) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            page = chromium.new_page()
            page.goto(scanned(paper_copy, tmp_path))
            page.locator("#jawab strong").wait_for()
            said.append(page.locator("#jawab").inner_text())
            page.close()
            server.shutdown()
    assert "Masih yang terbaru: TK-01 Mendengar Aktif, versi 1.0.0." in said[0]
    assert "Sudah berubah sejak edisi 2026.2" in said[1]
    assert "1.1.0: Lembar ditambah satu butir. Diminta pelatih." in said[1]
    assert "Jangan dipakai lagi: TK-01 Mendengar Aktif, versi 1.0.0 sudah dicabut." in said[2]
