"""The content of a published edition, a git ref or a folder, read the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath

from . import git
from .document import Problem
from .errors import Trouble
from .load import edition_order, edition_page, load
from .model import Curriculum
from .source import read
from .tree import DOCS, EDITIONS, MODULES, Folder, Tree, symbolic_link
from .vocabulary import nearest

NAME = re.compile(r"[0-9]{4}\.[1-9][0-9]*")
"""The name of an edition: a year and a running number."""

SYMLINK = "120000"
_TEXTS = (".md", ".yml")
"""What is read of every commit; other files only when they are asked for."""


class Blobs:
    """The contents of a repository by their git id, each read once however many commits hold it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, bytes] = {}

    def get(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        """All that is known, with these ids among it."""
        missing = list(dict.fromkeys(blob for blob in ids if blob not in self._known))
        self._known.update(git.blobs(self._root, missing))
        return self._known


@dataclass(frozen=True)
class GitTree:
    """The files of a commit below modules/ and docs/. Symbolic links are not followed.

    `blobs` are shared between the commits of a history.
    """

    root: Path
    commit: str
    blobs: Blobs | None = field(default=None, compare=False)

    @cached_property
    def _listed(self) -> list[tuple[str, str, str]]:
        return list(git.files(self.root, self.commit, (MODULES, DOCS)))

    @cached_property
    def _files(self) -> dict[str, str]:
        return {path: blob for mode, blob, path in self._listed if mode != SYMLINK}

    @cached_property
    def _store(self) -> Blobs:
        store = self.blobs or Blobs(self.root)
        store.get(blob for path, blob in self._files.items() if path.endswith(_TEXTS))
        return store

    @cached_property
    def paths(self) -> frozenset[str]:
        return frozenset(self._files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Symbolic links, which an edition must not hold: what they point at is not part of it."""
        return tuple(symbolic_link(path) for mode, _, path in self._listed if mode == SYMLINK)

    def read(self, path: str) -> bytes:
        blob = self._files[path]
        return self._store.get([blob])[blob]


@dataclass(frozen=True)
class Source:
    """Something that can be compared: its name as a reader knows it, and its files."""

    name: str
    tree: Tree
    commit: str = ""


@dataclass(frozen=True)
class Cut:
    """An edition as history has it: the commit that added its page, and what the page says there.

    `replaces` are editions that must not be published any more; `fault` says why this one never can be.
    """

    name: str
    commit: str
    day: date = date.min
    replaces: tuple[str, ...] = ()
    fault: str = ""


def history(root: Path, ref: str = "HEAD") -> tuple[Cut, ...]:
    """Every page of an edition that was ever added, those with a fault first, then the oldest edition first.

    An edition is cut by the commit on the first-parent line of `ref` that adds `docs/edisi/<name>.md`; where a page
    was removed and added again, by the first that added it.
    """
    out = git.git(
        root, "log", "--first-parent", "-m", "--diff-filter=A", "--no-renames", "--name-only", "--reverse", "-z",
        "--format=%x01%H", ref, "--", f"{EDITIONS}/",
    )  # fmt: skip
    added: dict[str, str] = {}
    for entry in out.decode("utf-8", "replace").split("\x01")[1:]:
        commit, *paths = entry.replace("\n", "").split("\0")
        for path in sorted(paths, key=_order):
            if path.endswith(".md") and path.count("/") == EDITIONS.count("/") + 1 and path != f"{EDITIONS}/index.md":
                added.setdefault(path, commit)
    pages = git.blobs(root, [f"{commit}:{path}" for path, commit in added.items() if _order(path)])
    found: list[Cut] = []
    last = ""
    for path, commit in added.items():
        cut = _cut(path, commit, pages.get(f"{commit}:{path}", b""), last)
        last = last if cut.fault else cut.name
        found.append(cut)
    return tuple(sorted(found, key=lambda cut: (not cut.fault, () if cut.fault else edition_order(cut.name), cut.name)))


def _order(path: str) -> tuple[int, ...]:
    """The order of an edition's page among those that one commit adds; empty where its name is none."""
    name = PurePosixPath(path).stem
    return edition_order(name) if NAME.fullmatch(name) else ()


def _cut(path: str, commit: str, page: bytes, last: str) -> Cut:
    """What became of one page; `last` is the edition that was cut before it."""
    name = PurePosixPath(path).stem
    if not _order(path):
        fault = "nama berkasnya bukan tahun, titik, dan nomor urut, misalnya `2027.1.md`"
    elif (entry := edition_page(read(path, page), [])) is None or entry.name != name:
        fault = f'pada commit {commit[:10]} halaman itu tidak menyebut `nama: "{name}"` dengan tanggalnya'
    elif last and _order(path) < edition_order(last):
        fault = f"edisi yang lebih baru, {last}, sudah dibuat sebelumnya"
    else:
        return Cut(name, commit, entry.date, entry.replaces)
    return Cut(name, commit, fault=fault)


def cut(root: Path) -> dict[str, str]:
    """Every edition that can be published with the commit that cut it, oldest edition first."""
    return {cut.name: cut.commit for cut in history(root) if not cut.fault}


def known(root: Path) -> dict[str, str]:
    """`cut`, or nothing where `root` is no git repository. Raises Trouble where history is missing."""
    if not git.is_repository(root):
        return {}
    found = cut(root)
    if found:
        git.require_history(root)
    return found


def newest(root: Path) -> Source | None:
    """The newest edition, or None before the first one and outside git."""
    found = known(root)
    if not found:
        return None
    name, commit = list(found.items())[-1]
    return Source(name, GitTree(root, commit), commit)


def edition(root: Path, name: str) -> Source:
    """The edition of that name. Raises Trouble that lists those that exist."""
    git.require_repository(root)
    found = cut(root)
    if name not in found:
        raise Trouble(f"Edisi `{name}` tidak ada{_suggest(name, list(found))}")
    return Source(name, GitTree(root, found[name]), found[name])


def _suggest(name: str, names: Sequence[str]) -> str:
    if not names:
        return "; belum ada edisi. Edisi dibuat oleh commit yang menambah `docs/edisi/<nama>.md`."
    like = nearest(name, names)
    return f"; yang ada: {', '.join(names)}." + (f" Mungkin maksudnya {like}?" if like else "")


def resolve(root: Path, text: str) -> Source:
    """An edition's name, a git ref or a folder. Raises Trouble where it is none of them."""
    found = known(root) if NAME.fullmatch(text) else {}
    if text in found:
        return Source(text, GitTree(root, found[text]), found[text])
    folder = next((base / text for base in (root, Path.cwd()) if text and (base / text / MODULES).is_dir()), None)
    if folder is not None:
        return Source(text, Folder.open(folder.resolve()))
    if git.is_repository(root) and (commit := git.commit_of(root, text)):
        return Source(text, GitTree(root, commit), commit)
    suggestion = _suggest(text, list(known(root)))
    raise Trouble(f"`{text}` bukan edisi, ref git, atau folder yang berisi `{MODULES}/`{suggestion}")


def curriculum(tree: Tree, today: date | None = None) -> Curriculum:
    """The curriculum of a tree. `today` as in `load`."""
    return load(tree, today)
