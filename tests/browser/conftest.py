"""The published site of a small curriculum in three editions, served as a host does, in the system's Chromium."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import parts
import pytest
from playwright.sync_api import Browser, Request, sync_playwright
from repos import Repo, make
from sigap import build, serve
from sigap.children import Children
from sigap.load import load
from sigap.model import Edition
from sigap.site import properties, service_worker
from sigap.tree import Folder
from watch import NEW, RENAMED, ROW, SLUG, WHAT, WHY, Site, Watched

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"phone": (360, 800), "desktop": (1366, 900)}


def history(folder: Path) -> Repo:
    """Three editions: as written; a reworded sentence and moved minutes; a renamed folder, a new module, a later start."""
    repo = make(folder)
    repo.cut("2026.1", "2026-11-22")
    slug = SLUG
    index = f"modules/{slug}/index.md"
    repo.replace(index, "versi: 1.0.0", "versi: 1.1.0")
    repo.replace(
        index, "## Tujuan pembelajaran", "Satu alinea baru tentang perahu dan pulau kecil.\n\n## Tujuan pembelajaran"
    )
    repo.replace(
        index, "|---|---|---|---|\n| 1.0.0", f"|---|---|---|---|\n| 1.1.0 | 2026-11-23 | {WHAT} | {WHY} |\n| 1.0.0"
    )
    repo.cut("2026.2", "2026-11-23")
    for path in [*(repo.path / "docs").rglob("*.md"), *(repo.path / "modules").rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(f"modules/{slug}/", f"modules/{RENAMED}/").replace(f"../{slug}/", f"../{RENAMED}/")
        )
    repo.replace("docs/program/dasar.md", 'mulai: "08:00"', 'mulai: "08:30"')
    repo.git("mv", f"modules/{slug}", f"modules/{RENAMED}")
    repo.replace(f"modules/{RENAMED}/index.md", "\nsasaran:", f"\nalamat_lama: [{slug}]\nsasaran:")
    repo.replace(f"modules/{RENAMED}/index.md", "versi: 1.1.0", "versi: 1.1.1")
    repo.replace(f"modules/{RENAMED}/index.md", "|---|---|---|---|\n| 1.1.0", f"|---|---|---|---|\n{ROW}\n| 1.1.0")
    twin = repo.path / "modules" / NEW
    shutil.copytree(repo.path / "modules" / "jaga-diri", twin)
    text = (twin / "index.md").read_text(encoding="utf-8")
    (twin / "index.md").write_text(text.replace("TK-03", "TK-04").replace("Jaga Diri", "Jaga Teman"), encoding="utf-8")
    repo.cut("2026.3", "2026-11-24")
    return repo


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}/"
    settings = {"SIGAP_SITE_URL": url, "SIGAP_REPORT_URL": "mailto:tim@contoh.example"}
    before = {key: os.environ.get(key) for key in settings}
    os.environ.update(settings)
    try:
        repo = history(tmp_path_factory.mktemp("browser") / "repo")
        done = repo.sigap("publish", "--all")
        assert done.code == 0, done.err
        with serve.server(repo.path, port) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield Site(url, repo)
            server.shutdown()
    finally:
        for key, value in before.items():
            os.environ.pop(key) if value is None else os.environ.update({key: value})


ROOT = Path(__file__).resolve().parents[2]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with today's curriculum as its one edition, built once."""
    out = tmp_path_factory.mktemp("nyata")
    with Children() as children:
        build.build(ROOT, out / "terbaru", dict, 0, children)
    curriculum = load(Folder.open(ROOT))
    edition = Edition("2000.1", date(2000, 1, 1), curriculum.pages[0])
    entry = {"version": "2000.1", "title": "2000.1", "aliases": ["terbaru"]}
    (out / "versions.json").write_text(json.dumps([{**entry, "properties": properties(edition, curriculum)}]))
    (out / "sw.js").write_bytes(service_worker())
    return out


@pytest.fixture(scope="session")
def real(built: Path) -> Iterator[str]:
    """The address of today's curriculum."""
    handler = functools.partial(Quiet, directory=str(built))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/terbaru/"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = parts.chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _failed(seen: Watched, request: Request) -> None:
    """A page left before it was loaded whole is no failure; a redirect or a quick tap does that."""
    if "ERR_ABORTED" not in (request.failure or ""):
        seen.failed.append(f"failed {request.url} {request.failure}")


@pytest.fixture
def watched(chromium: Browser, site: Site, size: str) -> Iterator[Watched]:
    """A page at phone and at desktop size; fails on an error, a failed request or one to another host."""
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="id-ID")
    page = context.new_page()
    seen = Watched(page, site)
    page.on("pageerror", lambda error: seen.failed.append(f"error {error}"))
    page.on("requestfailed", lambda request: _failed(seen, request))
    page.on(
        "response", lambda answer: seen.failed.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
    )
    page.on(
        "request",
        lambda request: (
            seen.failed.append(f"third party {request.url}")
            if not request.url.startswith((site.url, "data:", "blob:"))
            else None
        ),
    )
    yield seen
    context.close()
    assert seen.failed == []
