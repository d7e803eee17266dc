"""`sigap serve` and `sigap preview`: the published site as a static host serves it, and live work with mkdocs."""

from __future__ import annotations

import gzip
import mimetypes
import os
import posixpath
import socket
import sys
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import git, settings
from .branch import BRANCH, REF
from .children import Children, stoppable
from .errors import Trouble
from .tree import DOCS, MODULES

COMPRESSED = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
TYPES = {
    ".md": "text/markdown",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".xml": "application/xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


SECURITY = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
"""What a host should send beside; the pages carry their Content-Security-Policy themselves."""

NOTHING = "<!doctype html><title>Tidak ada</title><p>Tidak ada apa pun di sini.</p>"
"""The answer where not even the page for missing addresses is there, as when the branch was removed meanwhile."""


def takes_gzip(accepts: str) -> bool:
    """Whether an Accept-Encoding header allows gzip: named or by `*`, and not with q=0."""
    weights = {}
    for entry in accepts.split(","):
        name, *settings_ = (part.strip().lower() for part in entry.split(";"))
        quality = next((part[2:] for part in settings_ if part.startswith("q=")), "1")
        weights[name] = quality.strip("0.") != ""
    return weights.get("gzip", weights.get("*", False))


def known_tag(asked: str, tags: Sequence[str]) -> str:
    """The tag that an If-None-Match header names: alone, in a list, as a weak one, or by `*`; empty where none."""
    named = [one.strip().removeprefix("W/") for one in asked.split(",")]
    return next((tag for tag in tags if tag in named or asked.strip() == "*"), "")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who goes away in the middle is no fault of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Site:
    """The files of the branch as it stands now; read from git, so that nothing is checked out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files = lru_cache(maxsize=2)(self._list)
        self._blob = lru_cache(maxsize=512)(lambda blob: git.git(root, "cat-file", "blob", blob))

    def _list(self, commit: str) -> dict[str, str]:
        return {path: blob for _, blob, path in git.files(self.root, commit, ())}

    def find(self, path: str) -> tuple[str, str] | None:
        """The file that answers a path, and its git id."""
        commit = git.commit_of(self.root, REF)
        files = self._files(commit) if commit else {}
        for candidate in (path, posixpath.join(path, "index.html")) if path else ("index.html",):
            if candidate in files:
                return candidate, files[candidate]
        return None

    def read(self, blob: str) -> bytes:
        return self._blob(blob)


def handler(site: Site, base: str) -> type[BaseHTTPRequestHandler]:
    """A request handler over a site that stands below the path `base`, such as `/` or `/sigap/`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "sigap"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if f"{path}/" == base:
                return self._move(base)
            if not path.startswith(base):
                return self._send(HTTPStatus.NOT_FOUND, "404.html", *self._not_found())
            inner = posixpath.normpath(path[len(base) :] or ".").removeprefix(".").lstrip("/")
            found = site.find(inner)
            if not found:
                return self._send(HTTPStatus.NOT_FOUND, "404.html", *self._not_found())
            name, blob = found
            if name.endswith("index.html") and name != inner and inner and not path.endswith("/"):
                query = urlsplit(self.path).query
                return self._move(f"{base}{inner}/" + (f"?{query}" if query else ""))
            return self._send(HTTPStatus.OK, name, blob, site.read(blob))

        do_HEAD = do_GET  # noqa: N815 (http.server's name)

        def _not_found(self) -> tuple[str, bytes]:
            found = site.find("404.html")
            return (found[1], site.read(found[1])) if found else ("", NOTHING.encode())

        def _move(self, target: str) -> None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _send(self, status: HTTPStatus, name: str, blob: str, data: bytes) -> None:
            kind = TYPES.get(posixpath.splitext(name)[1]) or mimetypes.guess_type(name)[0] or "application/octet-stream"
            packed = kind.startswith(COMPRESSED) and takes_gzip(self.headers.get("Accept-Encoding", ""))
            tags = (f'"{blob}-gzip"', f'"{blob}"') if packed else (f'"{blob}"', f'"{blob}-gzip"')
            known = known_tag(
                self.headers.get("If-None-Match", ""), tags
            )  # either encoding that a reader kept is fresh
            if status is HTTPStatus.OK and known:
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self._headers(known)
                self.end_headers()
                return
            if packed:
                data = gzip.compress(data, 6, mtime=0)
            self.send_response(status)
            text = kind.startswith("text/") or kind.endswith(("json", "xml"))
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
            self.send_header("Content-Length", str(len(data)))
            self._headers(tags[0] if blob else "")
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def _headers(self, tag: str) -> None:
            """What every answer with a file says, whether it carries the file or not."""
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("Vary", "Accept-Encoding")
            if tag:
                self.send_header("ETag", tag)
            for name, value in SECURITY.items():
                self.send_header(name, value)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet: a trainer's terminal is no server log."""

    return Handler


def server(root: Path, port: int) -> ThreadingHTTPServer:
    """A server of the local gh-pages branch, bound and not yet running. Raises Trouble."""
    git.require_repository(root)
    if not git.commit_of(root, REF):
        raise Trouble(f"Cabang {BRANCH} belum ada; jalankan `sigap publish --all` dahulu.")
    _require_free(port)
    base = urlsplit(settings.address("site_url")).path or "/"
    return _Server(("127.0.0.1", port), handler(Site(root), base.rstrip("/") + "/"))


def serve(root: Path, port: int) -> int:
    """Serve until interrupted."""
    with server(root, port) as running:
        base = urlsplit(settings.address("site_url")).path or "/"
        print(f"Situs terbit di http://localhost:{running.server_port}{base} (hentikan dengan Ctrl+C)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def preview(root: Path, port: int) -> int:
    """mkdocs' live reload over the working tree of `root`. Raises Trouble."""
    for folder in (MODULES, DOCS):
        if not (root / folder).is_dir():
            raise Trouble(f"Di `{root}` tidak ada folder `{folder}`; jalankan dari akar repositori, atau pakai -C DIR.")
    if find_spec("mkdocs") is None:
        raise ModuleNotFoundError("mkdocs", name="mkdocs")
    _require_free(port)
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(settings.CONFIG)]
    watch = [word for folder in (MODULES, DOCS) for word in ("--watch", str(root / folder))]
    env = {
        **os.environ,
        "SIGAP_DOCS_DIR": str(root / "docs"),
        "SIGAP_SITE_URL": f"http://localhost:{port}/",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    words = [*command, "--no-strict", "--dev-addr", f"127.0.0.1:{port}", *watch]
    try:
        with stoppable(), Children() as children:
            print(f"Naskah kerja di http://localhost:{port}/ (hentikan dengan Ctrl+C)", flush=True)
            return children.run(words, env, quiet=False).returncode and 2
    except KeyboardInterrupt:
        print()
        return 0


def _require_free(port: int) -> None:
    if not 0 <= port <= 65535:
        raise Trouble(f"Port {port} tidak ada; pakai 1024 sampai 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Trouble(
                f"Port {port} tidak dapat dipakai ({error.strerror}); pilih lain, misalnya --port {port + 1}."
            ) from None
