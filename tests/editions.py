"""A small real curriculum in memory, edited by replacing text: the ground of the tests of comparing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sigap.document import Problem
from sigap.load import load
from sigap.model import Curriculum

GOLDEN = Path(__file__).parent / "golden" / "compare"
FOLDER = "modules/dukungan-psikologis-awal"
INDEX = f"{FOLDER}/index.md"


@dataclass(frozen=True)
class Memory:
    """Files by path, as `load` reads them."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(self.files)

    def read(self, path: str) -> bytes:
        return self.files[path]


def files() -> dict[str, str]:
    """The files of the curriculum as it stands."""
    root = GOLDEN / "old"
    return {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in root.rglob("*") if p.is_file()}


def read(texts: Mapping[str, str]) -> Curriculum:
    """A curriculum of these files, read on a fixed day."""
    return load(Memory({path: text.encode() for path, text in texts.items()}), date(2026, 11, 30))


def edited(*edits: tuple[str, str], path: str = INDEX, everywhere: bool = False) -> dict[str, str]:
    """The files with texts of one file replaced, each of which must stand there (once, or `everywhere`)."""
    found = files()
    for old, new in edits:
        count = found[path].count(old)
        assert count == 1 or (everywhere and count), f"{old!r} stands {count} times"
        found[path] = found[path].replace(old, new)
    return found
