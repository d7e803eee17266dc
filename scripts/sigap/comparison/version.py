"""The version of what makes a comparison: our own code and templates, and the libraries that read and render."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
LIBRARIES = ("html5lib", "lxml", "Markdown", "pymdown-extensions", "pyromark", "PyYAML")


@cache
def version() -> str:
    """12 hex digits that change whenever the same two editions might be compared with another result.

    Every file of the package counts: what is missed here would stand on the branch for ever.
    """
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in (".py", ".html", ".js", ".css"):
            data = path.read_bytes().replace(b"\r\n", b"\n")
            found.update(f"{path.relative_to(PACKAGE).as_posix()}\0{len(data)}\0".encode() + data)
    for name in LIBRARIES:
        try:
            found.update(f"{name} {metadata.version(name)}\0".encode())
        except metadata.PackageNotFoundError:
            found.update(f"{name}\0".encode())
    return found.hexdigest()[:12]
