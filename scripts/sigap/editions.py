"""The content of a published edition, a git ref or a folder, read the same way (design.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath

from . import git
from .document import Problem
from .errors import Trouble
from .load import edition_order, load
from .model import Curriculum
from .tree import DOCS, EDITIONS, MODULES, Folder, Tree, symbolic_link
from .vocabulary import nearest

SYMLINK = "120000"


@dataclass(frozen=True)
class GitTree:
    """The files of a commit below modules/ and docs/. Symbolic links are not followed."""

    root: Path
    commit: str

    @cached_property
    def _files(self) -> dict[str, str]:
        found = git.files(self.root, self.commit, (MODULES, DOCS))
        return {path: blob for mode, blob, path in found if mode != SYMLINK}

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        return git.blobs(self.root, list(dict.fromkeys(self._files.values())))

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(self._files)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Symbolic links, which an edition must not hold: what they point at is not part of it."""
        found = git.files(self.root, self.commit, (MODULES, DOCS))
        return tuple(symbolic_link(path) for mode, _, path in found if mode == SYMLINK)

    def read(self, path: str) -> bytes:
        return self._contents[self._files[path]]


@dataclass(frozen=True)
class Source:
    """Something that can be compared: its name as a reader knows it, and its files."""

    name: str
    tree: Tree
    commit: str = ""


def cut(root: Path, ref: str = "HEAD") -> dict[str, str]:
    """Every edition with the commit that cut it, oldest edition first.

    An edition is cut by the commit on the first-parent line of `ref` that adds `docs/edisi/<name>.md`; where a page
    was removed and added again, by the first that added it.
    """
    out = git.git(
        root, "log", "--first-parent", "-m", "--diff-filter=A", "--no-renames", "--name-only", "--reverse", "-z",
        "--format=%x01%H", ref, "--", f"{EDITIONS}/",
    )  # fmt: skip
    found: dict[str, str] = {}
    for entry in out.decode("utf-8", "replace").split("\x01")[1:]:
        commit, *paths = entry.replace("\n", "").split("\0")
        for path in paths:
            name = PurePosixPath(path).stem
            if path.endswith(".md") and _is_name(name):
                found.setdefault(name, commit)
    return dict(sorted(found.items(), key=lambda item: edition_order(item[0])))


def _is_name(text: str) -> bool:
    year, _, number = text.partition(".")
    return year.isdigit() and len(year) == 4 and number.isdigit()


def known(root: Path) -> dict[str, str]:
    """`cut`, or nothing where `root` is no git repository."""
    return cut(root) if git.is_repository(root) else {}


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
    found = known(root)
    if text in found:
        return Source(text, GitTree(root, found[text]), found[text])
    folder = next((base / text for base in (root, Path.cwd()) if (base / text / MODULES).is_dir()), None)
    if folder is not None:
        return Source(text, Folder.open(folder.resolve()))
    if git.is_repository(root) and (commit := git.commit_of(root, text)):
        return Source(text, GitTree(root, commit), commit)
    raise Trouble(f"`{text}` bukan edisi, ref git, atau folder yang berisi `{MODULES}/`{_suggest(text, list(found))}")


def curriculum(tree: Tree, today: date | None = None) -> Curriculum:
    """The curriculum of a tree. `today` as in `load`."""
    return load(tree, today)
