"""Where a repository path stands on the site, and a document's text with its links led there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from ..document import Document, Link
from ..source import natural_path
from ..tree import DOCS, MODULES

MODULE_URIS = "modul"


Address = Callable[[str], str]
"""From the repository path that a link points at to what the link should say."""


def uri(path: str) -> str:
    """Where a repository path stands on the site: `modules/x/index.md` at `modul/x/index.md`, `docs/y.md` at `y.md`."""
    if path.startswith(f"{MODULES}/"):
        return MODULE_URIS + path.removeprefix(MODULES)
    return path.removeprefix(f"{DOCS}/")


def web(path: str) -> str:
    """The address below an edition at which a repository path answers: `modul/x/` for `modules/x/index.md`."""
    page = uri(path)
    return page.removesuffix("index.md") if page.endswith("index.md") else re.sub(r"\.md$", "/", page)


def body(document: Document, address: Address, edits: Iterable[tuple[int, int, str]] = ()) -> str:
    """The text of a document without front matter and comments, its links into docs/ and modules/ led to their new
    places.

    `edits` replace the bytes `start` to `end` by text.
    """
    pieces: list[bytes] = []
    at = document.body
    edits = [*edits, *_link_edits(document, address)]
    edits += ((block.start, block.end, "\n" * (document.source(block)[-1:] == "\n")) for block in document.comments)
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if start >= at:
            pieces += [document.data[at:start], text.encode()]
            at = end
    pieces.append(document.data[at:])
    return b"".join(pieces).decode("utf-8").lstrip("\n")


def splice(document: Document, edits: Iterable[tuple[int, int, str]]) -> str:
    """The body of a document as a page of the site."""
    here = posixpath.dirname(uri(document.path)) or "."
    return body(document, lambda target: posixpath.relpath(uri(target), here), edits)


def _link_edits(document: Document, address: Address) -> Iterator[tuple[int, int, str]]:
    """Links between docs/ and modules/, which lie elsewhere on the site than in the repository."""
    folder = posixpath.dirname(document.path)
    for link in document.links:
        path, mark, fragment = link.target.partition("#")
        if not path or ":" in path or path.startswith("/"):
            continue
        target = natural_path(f"{folder}/{path}")
        if target.startswith((f"{DOCS}/", f"{MODULES}/")):
            new = address(target)
            if new != posixpath.normpath(path):
                yield from _retarget(document, link, new + mark + fragment)


def _retarget(document: Document, link: Link, target: str) -> Iterator[tuple[int, int, str]]:
    source = document.source(link)
    at = source.rfind(f"({link.target}")
    if at >= 0:
        start = link.start + len(source[: at + 1].encode())
        yield start, start + len(link.target.encode()), target
