"""deploy/host.py against a small server that answers as the hosts' APIs do: one comment, one issue, in place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from repos import HERE

HOST = HERE.parent / "deploy/host.py"


@dataclass
class World:
    """What the host has: requests, comments, issues; and every request that it was asked."""

    port: int = 0
    notes: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    artifact: bytes = b"PK\x03\x04 isi"
    size: int = 10

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> object:
        bot = {"type": "Bot", "login": "bot", "id": 7}
        page = int(query.get("page", ["1"])[0])
        if path.endswith("/pulls"):
            return [{"number": 12, "head": {"sha": "abc"}}] if query["head"] == ["orang:cabang"] else []
        if path.endswith("/user"):
            return {"id": 7}
        if re.search(r"/(comments|notes)$", path) and method == "GET":
            return self.notes[(page - 1) * 100 : page * 100]
        if re.search(r"/(comments|notes)$", path):
            self.notes.append({"id": len(self.notes), "user": bot, "author": bot, **body})
            return self.notes[-1]
        if match := re.search(r"/(?:comments|notes)/(\d+)$", path):
            self.notes[int(match[1])].update(body)
            return {}
        if path.endswith("/issues") and method == "GET":
            return self.issues[(page - 1) * 100 : page * 100]
        if path.endswith("/issues"):
            number = len(self.issues)
            self.issues.append({"number": number, "iid": number, "user": bot, "author": bot, **body})
            return self.issues[-1]
        if match := re.search(r"/issues/(\d+)$", path):
            self.issues[int(match[1])].update(body)
            return {}
        if path.endswith("/artifacts"):
            return {"artifacts": [{"id": 5, "size_in_bytes": self.size}]}
        return None


@pytest.fixture
def world() -> Iterator[World]:
    made = World()

    class Handler(BaseHTTPRequestHandler):
        def serve(self) -> None:
            parts = urlsplit(self.path)
            made.asked.append(
                (self.command, self.path, self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN"))
            )
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size) or b"{}")
            if parts.path.endswith("/zip"):
                self.send_response(302)
                self.send_header("Location", f"http://127.0.0.1:{made.port}/gudang/berkas")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if parts.path == "/gudang/berkas":
                data = made.artifact
            else:
                data = json.dumps(made.answer(self.command, parts.path, parse_qs(parts.query), body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()


def host(world: World, *words: str) -> subprocess.CompletedProcess[str]:
    base = f"http://127.0.0.1:{world.port}"
    env = {
        "GITHUB_API_URL": base, "GITHUB_REPOSITORY": "tim/sigap", "GITHUB_TOKEN": "tanda",
        "CI_API_V4_URL": base, "CI_PROJECT_ID": "tim/sigap", "SIGAP_TOKEN": "tanda",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, str(HOST), *words], capture_output=True, text=True, check=False, env={**os.environ, **env}
    )


BODY = "<!-- sigap: usulan -->\nIsi {}.\n"
WHERE = {"github": ("--head", "orang:cabang", "--commit", "abc"), "gitlab": ("--number", "12")}


@pytest.mark.parametrize("name", WHERE)
def test_one_comment_is_written_and_then_updated(world: World, tmp_path: Path, name: str) -> None:
    person = {"type": "User", "id": 1}
    marked = BODY.format("palsu")
    world.notes += [{"id": n, "user": person, "author": person, "body": marked} for n in range(150)]
    file = tmp_path / "t.md"
    for round_ in ("satu", "dua", "tiga"):
        file.write_text(BODY.format(round_))
        done = host(world, name, "comment", *WHERE[name], "--body", str(file))
        assert done.returncode == 0, done.stderr
    assert len(world.notes) == 151
    assert world.notes[-1]["body"] == BODY.format("tiga")
    assert all(note["body"] == marked for note in world.notes[:150]), "what others wrote is theirs"


@pytest.mark.parametrize("name", WHERE)
def test_one_issue_is_written_and_then_updated(world: World, tmp_path: Path, name: str) -> None:
    file = tmp_path / "t.md"
    for round_ in ("satu", "dua"):
        file.write_text(BODY.format(round_))
        assert host(world, name, "issue", "--title", "Yang jatuh tempo", "--body", str(file)).returncode == 0
    (issue,) = world.issues
    assert issue.get("body", issue.get("description")) == BODY.format("dua") or issue["description"] == BODY.format(
        "dua"
    )


def test_the_request_is_the_hosts_word_and_must_stand_at_that_commit(world: World, tmp_path: Path) -> None:
    file = tmp_path / "t.md"
    file.write_text(BODY)
    for head, commit in (("orang:cabang", "lain"), ("orang:lain", "abc")):
        done = host(world, "github", "comment", "--head", head, "--commit", commit, "--body", str(file))
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
    assert world.notes == []


def test_the_token_does_not_follow_to_where_files_lie(world: World, tmp_path: Path) -> None:
    out = tmp_path / "usulan.zip"
    assert host(world, "github", "artifact", "99", "usulan", "-o", str(out)).returncode == 0
    assert out.read_bytes() == world.artifact
    assert {token for _, path, token in world.asked if path.startswith("/gudang")} == {None}
    assert {token for _, path, token in world.asked if path.startswith("/repos")} == {"Bearer tanda"}


def test_what_is_too_large_or_has_no_marker_is_not_taken(world: World, tmp_path: Path) -> None:
    out, file = tmp_path / "usulan.zip", tmp_path / "t.md"
    world.size = 3_000_000
    assert host(world, "github", "artifact", "99", "usulan", "-o", str(out)).returncode == 2
    world.size, world.artifact = 10, b"x" * 3_000_000
    assert host(world, "github", "artifact", "99", "usulan", "-o", str(out)).returncode == 2
    assert not out.exists()
    for text in ("Tanpa penanda.\n", "<!-- sigap: usulan -->\n" + "x" * 70_000):
        file.write_text(text)
        assert host(world, "gitlab", "comment", "--number", "12", "--body", str(file)).returncode == 2
    assert world.notes == []
