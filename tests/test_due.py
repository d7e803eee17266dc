"""Who is waited for, what is due on a day, and which addresses no longer answer."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from editions import edited, read
from repos import make
from sigap import due, pages, review, vocabulary

KODE = "TK-05"


def row(*edits: tuple[str, str]) -> review.Waiting:
    return next(one for one in review.waiting(read(edited(*edits))) if one.module.kode == KODE)


def reviewers(*entries: tuple[str, str]) -> tuple[str, str]:
    lines = "".join(f"\n  - {{unsur: {party}, nama: Tim, tanggal: {day}}}" for party, day in entries)
    return "penelaah: []", f"penelaah:{lines}"


def test_all_four_are_waited_for_until_they_have_read_it_as_it_stands() -> None:
    assert row().parties == tuple(vocabulary.PARTIES)
    since = row().since
    assert since is not None
    fresh, old = since.isoformat(), date(since.year - 1, 1, 1).isoformat()
    assert row(reviewers(("akademisi", fresh), ("praktisi", old))).parties == ("praktisi", "pusdiklat", "sertifikasi")
    assert row(reviewers(*((party, fresh) for party in vocabulary.PARTIES))).parties == ()


def test_a_withdrawn_module_waits_for_nobody() -> None:
    found = review.waiting(read(edited(("status: tinjauan", "status: dicabut"))))
    assert KODE not in [one.module.kode for one in found]


def test_days_are_counted_from_the_day_that_is_asked_for() -> None:
    one = row()
    assert one.due is not None
    assert one.late(one.due) == 0
    assert one.late(date.fromordinal(one.due.toordinal() + 3)) == 3
    curriculum = read(edited())
    text, found = due.report(curriculum, date.fromordinal(one.due.toordinal() + 3), None)
    assert found
    assert "lewat 3 hari" in text
    text, found = due.report(curriculum, date(2020, 1, 1), None)
    assert not found
    assert text.startswith(due.MARKER)
    assert "Tidak ada yang jatuh tempo" in text


def test_the_page_is_of_the_day_of_the_newest_edition() -> None:
    texts = edited() | {
        "docs/panduan/status-telaah.md": "# Status telaah\n\n<!-- sigap: status-telaah -->\n",
        "docs/edisi/2031.1.md": '---\nedisi: {nama: "2031.1", tanggal: 2031-01-01}\n---\n\n# Edisi 2031.1\n',
    }
    content = pages.pages(read(texts))["panduan/status-telaah.md"].content
    assert "Keadaan pada edisi terbaru, 1 Januari 2031." in content
    assert re.search(r"\| TK-05 \[.*\| akademisi, praktisi, pusdiklat, sertifikasi \|.*lewat \d+ hari\*\* \|", content)
    assert pages.pages(read(texts)) == pages.pages(read(texts))


@pytest.fixture
def port() -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gone = self.path.startswith("/hilang")
            self.send_response(404 if gone else 403 if self.path.startswith("/tolak") else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_HEAD(self) -> None:
            self.send_error(405) if self.path.startswith("/hanya-get") else self.do_GET()

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


def test_only_addresses_at_which_nothing_stands_are_told(port: int) -> None:
    names = ("ada", "hilang", "tolak", "hanya-get", "ada#bagian")
    links = "".join(f"[{name}](http://127.0.0.1:{port}/{name})\n" for name in names)
    texts = edited() | {"docs/tautan.md": f"# Tautan\n\n{links}"}
    curriculum = read(texts)
    mine = [address for address in due.addresses(curriculum) if f":{port}/" in address]
    assert len(mine) == 4
    only = {path: text for path, text in texts.items() if path == "docs/tautan.md"}
    dead = due.unanswered(read(only))
    assert dead == {f"http://127.0.0.1:{port}/hilang": "docs/tautan.md:4"}
    assert f"`http://127.0.0.1:{port}/hilang`" in due.report(curriculum, date(2020, 1, 1), dead)[0]


def test_the_command_takes_a_day(tmp_path: Path) -> None:
    repo = make(tmp_path / "repo")
    repo.replace("modules/mendengar-aktif/index.md", "\nsasaran:", "\ntinjau_ulang: 2030-01-01\nsasaran:")
    assert repo.sigap("due", "--on", "2020-01-01").code == 0
    assert repo.sigap("due", "--on", "2099-01-01").code == 1
    done = repo.sigap("due", "--on", "besok")
    assert done.code == 2
    assert done.err.count("\n") == 1
