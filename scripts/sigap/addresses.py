"""Where a repository path stands on the site."""

from __future__ import annotations

import re

from .tree import DOCS, MODULES

MODULE_URIS = "modul"
_INDEX = re.compile(r"(?:^|(?<=/))(?:index|README)\.md$")


def uri(path: str) -> str:
    """The page of a repository path: `modules/x/index.md` at `modul/x/index.md`, `docs/y.md` at `y.md`."""
    if path.startswith(f"{MODULES}/"):
        return MODULE_URIS + path.removeprefix(MODULES)
    return path.removeprefix(f"{DOCS}/")


def web(path: str) -> str:
    """The address below an edition at which a repository path answers: `modul/x/` for `modules/x/index.md`."""
    return answers(uri(path))


def answers(page: str) -> str:
    """The address at which a file of the site answers: `program/x/` for `program/x.md`. To mkdocs README.md is an index
    too.
    """
    return re.sub(r"\.md$", "/", _INDEX.sub("", page))


def file(path: str) -> str:
    """The file below an edition that a repository path becomes."""
    return f"{web(path)}index.html" if path.endswith(".md") else uri(path)
