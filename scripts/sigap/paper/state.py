"""What a module's content is called on paper: a digest of all that a pack is made of, and six characters of it."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable

from ..document import Document
from ..model import Module
from ..settings import address as setting

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters that cannot be taken for one another when they are read aloud or typed: no 0, 1, I, O."""
LENGTH = 6


def state_digest(documents: Iterable[Document]) -> str:
    """A digest of documents by name and content; where they lie does not count: a renamed folder is no change."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda d: posixpath.basename(d.path)):
        name = posixpath.basename(document.path).encode()
        digest.update(b"%d:%s%d:" % (len(name), name, len(document.data)) + document.data)
    return digest.hexdigest()


def short_code(digest: str) -> str:
    """The first 30 bits of a digest as six characters that a person can type."""
    bits = int(digest[:8], 16) >> 2
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def address() -> str:
    """Where a reader learns whether a copy is still current; empty where the site's address is not known."""
    site = setting("site_url")
    return f"{site.rstrip('/')}/cek/" if site else ""


def module_code(module: Module) -> str:
    return short_code(state_digest(module.documents))
