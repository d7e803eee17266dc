"""The recipe in deploy/nginx, run by a real nginx over the folder that `sigap publish --to` writes."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import parts
import pytest
from repos import HERE, Repo, make, sigap

pytestmark = pytest.mark.site
RECIPE = HERE.parent / "deploy/nginx/sigap.conf"
AROUND = """
{modules} daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  {recipe}
}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, Path]:
    folder = tmp_path_factory.mktemp("resep")
    repo = make(folder / "repo")
    repo.cut("2026.1")
    done = repo.sigap("publish", "--all", "--to", str(folder / "situs"))
    assert (done.code, done.err) == (0, "")
    return repo, folder / "situs"


@contextmanager
def serving(site: Path, modules: str = "", replaced: tuple[str, str] = ("", "")) -> Iterator[int]:
    """A real nginx with the recipe over a folder, `replaced` in it and `modules` loaded; gives its port."""
    program, folder = parts.nginx(), site.parent
    for parent in [folder, *folder.parents[:3]]:
        parent.chmod(parent.stat().st_mode | 0o055)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    recipe = RECIPE.read_text()
    for old, new in (("listen 80;", f"listen 127.0.0.1:{number};"), ("/srv/sigap;", f"{site};"), replaced):
        assert old in recipe
        recipe = recipe.replace(old, new, 1) if old else recipe
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, recipe=recipe, modules=modules))
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-g", "user root;"])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                break
        time.sleep(0.05)
    try:
        yield number
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def port(site: tuple[Repo, Path]) -> Iterator[int]:
    with serving(site[1]) as number:
        yield number


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def test_the_folder_is_the_branch(site: tuple[Repo, Path]) -> None:
    repo, folder = site
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    plain = {name for name in files if not name.endswith((".gz", ".br"))}
    assert plain == set(repo.tree())
    for name in files - plain:
        if name.endswith(".gz"):
            assert gzip.decompress((folder / name).read_bytes()) == (folder / name.removesuffix(".gz")).read_bytes()


def test_writing_again_replaces_and_never_takes_another_folder(site: tuple[Repo, Path], tmp_path: Path) -> None:
    repo, _ = site
    out = tmp_path / "situs"
    assert repo.sigap("publish", "--to", str(out)).code == 0
    (out / "terbaru/sisa.html").write_text("lama")
    assert repo.sigap("publish", "--to", str(out)).code == 0
    assert not (out / "terbaru/sisa.html").exists()
    other = tmp_path / "milik-saya"
    other.mkdir()
    (other / "surat.txt").write_text("penting")
    done = repo.sigap("publish", "--to", str(other))
    assert done.code == 2
    assert "`surat.txt`" in done.err
    assert (other / "surat.txt").read_text() == "penting"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".sigap")] == []
    assert sigap("publish", "--to", str(out), root=make(tmp_path / "baru").path).code == 2


def test_every_file_is_answered_as_it_is(site: tuple[Repo, Path], port: int) -> None:
    repo, folder = site
    for name in repo.tree():
        if name != ".nojekyll":
            status, headers, body = ask(port, f"/{name}")
            assert (status, body) == (200, (folder / name).read_bytes()), name
            assert headers["content-type"] != "application/octet-stream" or "/pagefind/" in name, name


def test_kinds_keep_for_as_long_as_they_hold(site: tuple[Repo, Path], port: int) -> None:
    repo, _ = site
    index = next(name for name in repo.tree() if name.endswith(".pf_index"))
    for path, cache in {
        "/2026.1/": "no-cache",
        "/versions.json": "no-cache",
        f"/{index}": "public, max-age=31536000, immutable",
        "/2026.1/assets/sigap.css": "public, max-age=3600",
        "/2026.1/modul/mendengar-aktif/kursi.png": "public, max-age=86400",
    }.items():
        status, headers, _ = ask(port, path)
        assert (status, headers["cache-control"]) == (200, cache), path
    _, headers, _ = ask(port, "/2026.1/")
    assert ask(port, "/2026.1/", If_None_Match=headers["etag"])[0] == 304


def test_what_was_compressed_before_is_sent_so(site: tuple[Repo, Path], port: int) -> None:
    _, folder = site
    status, headers, body = ask(port, "/2026.1/", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
    assert body == (folder / "2026.1/index.html.gz").read_bytes()


def test_brotli_is_sent_where_its_module_is_loaded(site: tuple[Repo, Path]) -> None:
    _, folder = site
    modules = f"load_module {parts.brotli_module()};"
    with serving(folder, modules, ("# with the brotli module: brotli_static on;", "brotli_static on;")) as port:
        status, headers, body = ask(port, "/2026.1/", Accept_Encoding="gzip, br")
        assert (status, headers["content-encoding"]) == (200, "br")
        assert brotli.decompress(body) == (folder / "2026.1/index.html").read_bytes()
        assert len(body) < (folder / "2026.1/index.html.gz").stat().st_size
        status, headers, _ = ask(port, "/2026.1/", Accept_Encoding="gzip")
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert ask(port, "/2026.1/index.html.br")[0] == 404


def test_headers_that_hold_everywhere(port: int) -> None:
    for path in ("/", "/2026.1/", "/versions.json", "/tidak-ada/"):
        _, headers, _ = ask(port, path)
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["server"] == "nginx"


def test_folders_missing_pages_and_what_is_not_for_readers(port: int) -> None:
    status, headers, _ = ask(port, "/2026.1/modul?x=1")
    assert (status, headers["location"]) == (301, "/2026.1/modul/?x=1")
    for path in (
        "/tidak-ada/",
        "/.nojekyll",
        "/2026.1/index.html.gz",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
    ):
        status, _, body = ask(port, path)
        assert status in (400, 404), path
        if status == 404:
            assert "Halaman tidak ditemukan" in body.decode(), path
    assert ask(port, "/2026.1/", method="POST")[0] == 405
