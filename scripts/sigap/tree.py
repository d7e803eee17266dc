"""Where a curriculum's files come from: a folder on disk, or anything else that lists paths and reads them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .document import Location, Problem
from .source import LARGEST

MODULES = "modules"
DOCS = "docs"
POLICY = f"{MODULES}/kurikulum.yml"
PROGRAMMES = f"{DOCS}/program"
EDITIONS = f"{DOCS}/edisi"
GLOSSARY = f"{DOCS}/glosarium.md"


class Tree(Protocol):
    """Where the files come from: a folder, a git ref or a published edition."""

    @property
    def paths(self) -> frozenset[str]:
        """Every file below modules/ and docs/, relative, with forward slashes."""

    def read(self, path: str) -> bytes:
        """The content of a file. Raises OSError where it cannot be read."""

    @property
    def problems(self) -> tuple[Problem, ...]: ...


@dataclass(frozen=True)
class Folder:
    """A working tree on disk."""

    root: Path
    paths: frozenset[str]
    problems: tuple[Problem, ...]

    @classmethod
    def open(cls, root: Path) -> Folder:
        """List the files. Symbolic links become F112 problems and are not followed: what they point at is not there."""
        paths: list[str] = []
        problems: list[Problem] = []

        def closed(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError):
                path = os.path.relpath(error.filename, root).replace(os.sep, "/")
                problems.append(unreadable(path, error, f"{path}/index.md"))

        for top in (MODULES, DOCS):
            if os.path.islink(root / top):
                problems.append(symbolic_link(top))
                continue
            for folder, names, files in os.walk(root / top, onerror=closed):
                names[:] = sorted(name for name in names if not name.startswith("."))
                for name in [*files, *names]:
                    full = os.path.join(folder, name)
                    path = os.path.relpath(full, root).replace(os.sep, "/")
                    if os.path.islink(full):
                        problems.append(symbolic_link(path))
                    elif os.path.isfile(full) and not name.startswith("."):
                        paths.append(path)
        return cls(root, frozenset(paths), tuple(problems))

    def read(self, path: str) -> bytes:
        """The file's bytes; of one that is far too large only as many as show that it is."""
        with open(self.root / path, "rb") as file:
            return file.read(LARGEST + 1) if os.path.getsize(self.root / path) > 4 * LARGEST else file.read()


def unreadable(path: str, error: OSError, *within: str) -> Problem:
    """What is said of a file or folder that the system does not let us read; `within` are files that it hides."""
    return Problem(
        Location(path),
        f"Berkas atau folder ini tidak dapat dibaca: {error.strerror or error}.",
        "Periksa izin dan cakramnya; isinya belum diperiksa.",
        "F120",
        stands_for=frozenset(within),
    )


def symbolic_link(path: str) -> Problem:
    """The problem of a symbolic link, wherever it points."""
    message = "Tautan simbolis tidak dibaca dan tidak terbit."
    return Problem(Location(path), message, "Salin berkasnya ke dalam folder modul.", "F112")
