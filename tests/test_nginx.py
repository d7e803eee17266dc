"""`sigap serve` against a real static host: nginx over the same files gives the same answers."""

from __future__ import annotations

import http.client
import socket
import subprocess
import tarfile
import threading
import time
from collections.abc import Iterator
from io import BytesIO

import parts
import pytest
from repos import make
from sigap import serve

pytestmark = pytest.mark.site

CONFIG = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  include /etc/nginx/mime.types; access_log off; charset utf-8;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port}; root {folder}/site; error_page 404 /404.html;
    absolute_redirect off;
  }}
}}
"""


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int, list[str]]]:
    program = parts.nginx()
    folder = tmp_path_factory.mktemp("nginx")
    repo = make(folder / "repo")
    repo.cut("2026.1")
    assert repo.sigap("publish", "--all").code == 0
    archive = subprocess.run(
        ["git", "-C", str(repo.path), "archive", "gh-pages"], capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        tar.extractall(folder / "site", filter="data")
    folder.chmod(0o755)
    for parent in [folder, *folder.parents[:3]]:
        parent.chmod(parent.stat().st_mode | 0o055)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "nginx.conf").write_text(CONFIG.format(folder=folder, port=port))
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-g", "user root;"])
    with serve.server(repo.path, 0) as ours:
        threading.Thread(target=ours.serve_forever, daemon=True).start()
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, ours.server_port, list(repo.tree())
        ours.shutdown()
    process.terminate()
    process.wait()


def answer(port: int, path: str) -> tuple[int, str | None, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    got = connection.getresponse()
    kind = (got.getheader("Content-Type") or "").split(";")[0]
    return got.status, got.getheader("Location"), kind, got.read()


def test_the_same_answers_as_nginx(ports: tuple[int, int, list[str]]) -> None:
    nginx, ours, files = ports
    pages = [f"/{name.removesuffix('index.html')}" for name in files if name.endswith(".html")]
    others = [f"/{name}" for name in files if name.endswith((".json", ".css", ".js", ".xml", ".txt", ".svg"))]
    for path in [*pages, *others, "/tidak-ada/", "/2026.1/tidak-ada", "/2026.1", "/2026.1/modul?x=1"]:
        theirs, mine = answer(nginx, path), answer(ours, path)
        assert mine[:2] == theirs[:2], path
        if theirs[0] != 301:
            assert mine[3] == theirs[3], path
            if not path.endswith((".js", ".xml")):
                assert mine[2] == theirs[2], path
