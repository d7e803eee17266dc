"""`sigap serve` answers as a static host does."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from repos import ENVIRONMENT, Repo, make, sigap
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


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("{tag}", 304), ("W/{tag}", 304), ('"lain", {tag}', 304), ('"lain", W/{tag} ', 304), ("*", 304), ('"lain"', 200)],
)
def test_every_form_of_a_known_tag(port: int, asked: str, expected: int) -> None:
    for encoding in ("gzip", "identity"):
        tag = str(get(port, "/versions.json", Accept_Encoding=encoding)[0].getheader("ETag"))
        answer, body = get(port, "/versions.json", Accept_Encoding=encoding, If_None_Match=asked.format(tag=tag))
        assert answer.status == expected
        assert bool(body) == (expected == 200)


@pytest.mark.parametrize(
    ("accepts", "packed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("*;q=0", False),
        ("br", False),
        ("", False),
        ("xgzip", False),
    ],
)
def test_gzip_only_where_it_is_taken(port: int, accepts: str, packed: bool) -> None:
    answer, body = get(port, "/versions.json", Accept_Encoding=accepts)
    assert (answer.getheader("Content-Encoding") == "gzip") == packed
    assert json.loads(gzip.decompress(body) if packed else body)


def test_each_encoding_has_its_own_tag(port: int) -> None:
    tags = {get(port, "/2026.1/", Accept_Encoding=one)[0].getheader("ETag") for one in ("gzip", "identity")}
    assert len(tags) == 2


def test_headers_that_a_host_should_send(port: int) -> None:
    for path in ("/2026.1/", "/versions.json", "/tidak-ada/"):
        answer, _ = get(port, path)
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Referrer-Policy") == "strict-origin-when-cross-origin"


def test_the_folder_of_the_site_itself(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGAP_SITE_URL", "http://localhost/sigap/")
    with serve.server(repo.path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        answer, _ = get(server.server_port, "/sigap")
        assert (answer.status, answer.getheader("Location")) == (301, "/sigap/")
        assert get(server.server_port, "/sigap/2026.1/")[0].status == 200
        assert get(server.server_port, "/2026.1/")[0].status == 404
        server.shutdown()


def test_a_reader_who_leaves_and_a_branch_that_goes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = make(tmp_path / "repo")
    made.git("checkout", "-q", "--orphan", "gh-pages")
    made.git("rm", "-q", "-r", "--cached", ".")
    (made.path / "besar.bin").write_bytes(os.urandom(20_000_000))
    made.git("add", "besar.bin")
    made.git("commit", "-q", "-m", "Situs")
    made.git("checkout", "-q", "-f", "main")
    with serve.server(made.path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with socket.create_connection(("127.0.0.1", server.server_port)) as reader:
            reader.sendall(b"GET /besar.bin HTTP/1.1\r\nHost: x\r\n\r\n")
            reader.recv(1000)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        made.git("branch", "-q", "-D", "gh-pages")
        for path in ("/", "/besar.bin"):
            answer, body = get(server.server_port, path)
            assert answer.status == 404
            assert b"Tidak ada apa pun" in body
        server.shutdown()
    assert capfd.readouterr().err == ""


def test_preview_ends_what_it_started(repo: Repo, tmp_path: Path) -> None:
    assert sigap("preview", root=tmp_path).code == 2
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "sigap", "-C", str(repo.path), "preview", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **ENVIRONMENT},
    )
    assert process.stdout
    assert b"Naskah kerja" in process.stdout.readline()
    process.terminate()
    assert process.wait(30) == 0
    assert [entry for entry in Path("/proc").glob("[0-9]*/cmdline") if f":{port}".encode() in read(entry)] == []


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
