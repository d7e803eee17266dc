"""`sigap serve` answers as a static host does."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from repos import Repo, make, sigap
from sigap import serve

pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    made = make(tmp_path_factory.mktemp("serve") / "repo")
    made.cut("2026.1")
    assert made.sigap("publish", "--all").code == 0
    return made


@pytest.fixture(scope="module")
def port(repo: Repo) -> Iterator[int]:
    with serve.server(repo.path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


def test_folders_answer_with_their_index(port: int) -> None:
    answer, body = get(port, "/2026.1/")
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert body.lstrip().startswith(b"<!doctype html>")
    answer, _ = get(port, "/2026.1/modul?q=1")
    assert (answer.status, answer.getheader("Location")) == (301, "/2026.1/modul/?q=1")


def test_what_is_missing_gets_the_404_page(port: int) -> None:
    for path in ("/tidak-ada/", "/2026.1/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/2026.1/tidak"):
        answer, body = get(port, path)
        assert answer.status == 404
        assert "Halaman tidak ditemukan" in body.decode()


def test_compression_tags_and_heads(port: int) -> None:
    answer, body = get(port, "/versions.json", Accept_Encoding="gzip")
    assert answer.getheader("Content-Encoding") == "gzip"
    assert json.loads(gzip.decompress(body))[0]["version"] == "2026.1"
    again, body = get(port, "/versions.json", If_None_Match=str(answer.getheader("ETag")))
    assert (again.status, body) == (304, b"")
    head, body = get(port, "/versions.json", method="HEAD")
    assert (head.status, body) == (200, b"")


def test_a_port_in_use_and_a_missing_branch_are_one_line(repo: Repo, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1])
        done = repo.sigap("serve", "--port", number)
    assert done.code == 2
    assert f"Port {number} tidak dapat dipakai" in done.err
    assert done.err.count("\n") == 1
    assert repo.sigap("serve", "--port", "99999").code == 2
    bare = make(tmp_path / "new")
    done = bare.sigap("serve")
    assert done.code == 2
    assert "sigap publish --all" in done.err
    assert sigap("preview", "--port", "70000", root=repo.path).code == 2
