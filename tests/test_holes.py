"""deploy/holes.py against a small server that answers as OSV does, and against one that does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from repos import HERE

ROOT = HERE.parent
PINNED = 'alfa==1.0 ; python_version < "3.12" \\\n    --hash=sha256:00\nalfa==2.0 \\\n    --hash=sha256:11\nbeta==3.1\n'


@contextmanager
def database(answer: bytes | None = None, code: int = 200) -> Iterator[str]:
    """A server that knows one hole, of alfa 1.0; or says what it is told to say."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            known = [
                {"vulns": [{"id": "GHSA-aaaa-bbbb"}, {"id": "](javascript:1)"}]} if one["version"] == "1.0" else {}
                for one in asked
            ]
            data = json.dumps({"results": known}).encode() if answer is None else answer
            self.send_response(code)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def holes(url: str, *files: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "deploy/holes.py"), *files],
        capture_output=True, text=True, check=True, env={**os.environ, "SIGAP_OSV_URL": url},
    )  # fmt: skip
    return done.stdout


def test_a_known_hole_is_named_once_with_its_version(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("sematan") / "r.txt"
    file.write_text(PINNED)
    with database() as url:
        said = holes(url, str(file), str(file))
    assert said.count("- `") == 1
    assert "- `alfa` 1.0: [GHSA-aaaa-bbbb](https://osv.dev/vulnerability/GHSA-aaaa-bbbb). " in said
    assert "javascript" not in said


def test_no_hole_is_said_with_the_number_of_what_was_asked() -> None:
    names = ("requirements.txt", "requirements-dev.txt")
    pinned = {line.split()[0] for name in names for line in (ROOT / name).read_text().splitlines() if "==" in line}
    with database(json.dumps({"results": [{}] * len(pinned)}).encode()) as url:
        assert f"Tidak ada pada {len(pinned)} dependensi." in holes(url, *(str(ROOT / name) for name in names))


@pytest.mark.parametrize(("answer", "code"), [(b"{}", 200), (b"<html>", 200), (b"", 503), (b'{"results": []}', 200)])
def test_a_database_that_does_not_answer_is_said(answer: bytes, code: int) -> None:
    with database(answer, code) as url:
        assert "tidak dapat ditanyai" in holes(url, str(ROOT / "requirements.txt"))
