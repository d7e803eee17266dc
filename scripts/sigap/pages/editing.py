"""A document's text with its links led to where their targets stand on the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from urllib.parse import unquote

from ..addresses import uri
from ..document import Document, Link
from ..source import natural_path, site_ids
from ..tree import DOCS, MODULES

Address = Callable[[str], str]
"""From the repository path that a link points at to what the link should say."""


def body(
    document: Document,
    address: Address,
    edits: Iterable[tuple[int, int, str]] = (),
    documents: Mapping[str, Document] = MappingProxyType({}),
) -> str:
    """The text of a document without front matter and comments, its links into docs/ and modules/ led to their new
    places.

    `edits` replace the bytes `start` to `end` by text; `documents` as in `splice`.
    """
    return passage(document, (document.body, len(document.data)), address, edits, documents).lstrip("\n")


def passage(
    document: Document,
    span: tuple[int, int],
    address: Address,
    edits: Iterable[tuple[int, int, str]] = (),
    documents: Mapping[str, Document] = MappingProxyType({}),
) -> str:
    """`body` of the bytes `span` alone."""
    at, last = span
    pieces: list[bytes] = []
    edits = [*edits, *_link_edits(document, address, documents)]
    edits += ((block.start, block.end, "\n" * (document.source(block)[-1:] == "\n")) for block in document.comments)
    for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if at <= start and end <= last:
            pieces += [document.data[at:start], text.encode()]
            at = end
    pieces.append(document.data[at:last])
    return b"".join(pieces).decode("utf-8")


def splice(
    document: Document, edits: Iterable[tuple[int, int, str]], documents: Mapping[str, Document] | None = None
) -> str:
    """The body of a document as a page of the site. `documents` by path, so that links into them find their headings by
    GitHub's names as well.
    """
    here = posixpath.dirname(uri(document.path)) or "."
    return body(document, lambda target: posixpath.relpath(uri(target), here), edits, documents or {})


def _link_edits(
    document: Document, address: Address, documents: Mapping[str, Document]
) -> Iterator[tuple[int, int, str]]:
    """Links between docs/ and modules/, which lie elsewhere on the site than in the repository, and links to headings
    by the names that GitHub gives them.
    """
    folder = posixpath.dirname(document.path)
    for link in document.links:
        path, mark, fragment = link.target.strip().partition("#")
        if ":" in path or path.startswith(("/", "\\")) or link.kind in ("Autolink", "Email"):
            continue
        target = natural_path(f"{folder}/{unquote(path)}") if path else document.path
        page = documents.get(target)
        known = site_ids(page).get(unquote(fragment)) if page and fragment else None
        inside = target.startswith((f"{DOCS}/", f"{MODULES}/"))
        new = address(target) if path and inside else path
        same = not path or not inside or new == posixpath.normpath(unquote(path))
        if not (same and known in (None, fragment)):
            yield _retarget(document, link, _UNFIT.sub(_encoded, new) + mark + (known or fragment))


_UNFIT = re.compile(r"[\s()<>\\\"?%#]")
"""What a path may hold and an address may not."""


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _retarget(document: Document, link: Link, target: str) -> tuple[int, int, str]:
    """Everything of a link behind its text, written anew; a link by reference gets its address in its place."""
    source = document.source(link)
    if link.kind == "Inline":
        at = _inline(source, link)
    elif link.kind in ("Shortcut", "Collapsed"):
        at = len(source.removesuffix("[]"))
    else:  # [text][reference]
        at = source.rindex("[")
    title = f' "{_QUOTE.sub(" ", link.title)}"' if link.title else ""
    end = link.end
    if link.kind == "Collapsed" and not source.endswith("[]") and document.data.startswith(b"[]", end):
        end += 2  # the parser's range ends before the empty brackets
    return link.start + len(source[:at].encode()), end, f"({target}{title})"


_QUOTE = re.compile(r"[\"\\\s]+")


def _inline(source: str, link: Link) -> int:
    """Where the address of an inline link begins, with its parenthesis."""
    for opening in (f"]({link.target}", f"](<{link.target}"):
        if (at := source.rfind(opening)) >= 0:
            return at + 1
    return source.rindex("](") + 1
