"""Chromium opens every page of the attacked sites, without the help of the policy, and nothing runs or leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from attacks import ATTACKS, FILES_BESIDE, IMG, SCRIPT, TEXTS, Attack, curriculum, passes
from playwright.sync_api import Browser
from test_attacks import build

pytestmark = [pytest.mark.browser, pytest.mark.site]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()


def watch(chromium: Browser, url: str, addresses: list[str]) -> list[str]:
    """Open addresses one after the other. Out: every script that ran and every request to another host."""
    context = chromium.new_context(bypass_csp=True, service_workers="block", locale="id-ID")
    page = context.new_page()
    found: list[str] = []
    page.expose_function("kena", lambda: found.append(f"ran on {page.url}"))
    page.on(
        "request",
        lambda r: (
            found.append(f"asked {r.url} on {page.url}") if not r.url.startswith((url, "data:", "blob:")) else None
        ),
    )
    page.on("dialog", lambda dialog: dialog.dismiss())
    for address in addresses:
        page.goto(url + address, wait_until="load")
    page.wait_for_timeout(300)
    context.close()
    return found


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(curriculum(ATTACKS, FILES_BESIDE), tmp_path_factory.mktemp("attacked"), published=True)


def pages(site: Path) -> list[str]:
    return sorted(
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in site.rglob("*.html")
        if "/t/" not in path.as_posix()
    )


def test_nothing_runs_on_what_validation_lets_through(chromium: Browser, tmp_path: Path) -> None:
    through: list[Attack] = [attack for attack in ATTACKS if passes(attack)]
    site = build(curriculum(through), tmp_path, published=False)
    with served(site) as url:
        assert watch(chromium, url, pages(site)) == []


def test_nothing_runs_on_what_was_published_without_validation(chromium: Browser, attacked: Path) -> None:
    with served(attacked) as url:
        assert watch(chromium, url, pages(attacked)) == []


def test_nothing_runs_in_the_reader_and_by_its_address(chromium: Browser, attacked: Path) -> None:
    hostile = [quote(text) for text in (*TEXTS, IMG, SCRIPT, "javascript:kena()", "../../", "//evil.example/")]
    kodes = sorted(path.stem for path in attacked.glob("banding/m/*.json"))
    queries = [f"banding/?modul={kode}&dari=2026.1&ke=2026.2" for kode in kodes]
    queries += [f"banding/?modul={text}&dari={text}&ke={text}" for text in hostile]
    queries += [f"banding/?modul=TK-03&dari={text}&ke=2026.2#{text}" for text in hostile]
    queries += [f"2026.2/modul/?belum={text}&modul={text}#{text}" for text in hostile]
    queries += [f"2026.2/cari/?q={text}" for text in hostile]
    with served(attacked) as url:
        assert watch(chromium, url, ["banding/?dari=2026.1&ke=2026.2", *queries]) == []


def test_the_watch_sees(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<img src=x onerror=kena()>{SCRIPT}<img src=//evil.example/a.png>", "utf-8")
    with served(tmp_path) as url:
        found = watch(chromium, url, [""])
    assert len([line for line in found if line.startswith("ran")]) == 2
    assert any("evil.example" in line for line in found)
