"""git, as plain functions. Every failure is a `Trouble` that says what to do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .errors import Trouble

_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Sigap"), ("EMAIL", "sigap@localhost"))
}


def git(
    root: Path, *words: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None, quiet: bool = False
) -> bytes:
    """Run git in `root` and return what it printed. Where it fails: empty when `quiet`, else Trouble."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words],
            input=stdin,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **(env or {})},
        )
    except FileNotFoundError:
        raise Trouble("git tidak ditemukan; pasang git, lalu ulangi.") from None
    if done.returncode:
        if quiet:
            return b""
        reason = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["tanpa keterangan"])[-1]
        raise Trouble(f"`git {' '.join(words[:2])}` gagal: {reason}")
    return done.stdout


def line(root: Path, *words: str, quiet: bool = False) -> str:
    """The output of git as one stripped text."""
    return git(root, *words, quiet=quiet).decode("utf-8", "replace").strip()


def is_repository(root: Path) -> bool:
    """Whether `root` is the top of a work tree that has a commit."""
    top = line(root, "rev-parse", "--show-toplevel", quiet=True)
    return bool(top) and Path(top).resolve() == root.resolve() and bool(commit_of(root, "HEAD"))


def require_repository(root: Path) -> None:
    """Refuse what is no git work tree, has no commit, or was cloned without its history."""
    if not is_repository(root):
        raise Trouble(f"`{root}` bukan akar repositori git yang punya commit; jalankan dari salinan `git clone`.")
    if line(root, "rev-parse", "--is-shallow-repository") == "true":
        raise Trouble("Salinan git ini dangkal, riwayat edisi tidak lengkap; jalankan `git fetch --unshallow`.")


def require_clean(root: Path) -> None:
    """Refuse uncommitted changes of tracked files: what is published must be what is committed."""
    changed = line(root, "status", "--porcelain", "--untracked-files=no")
    if changed:
        first = changed.splitlines()[0][2:].strip()
        raise Trouble(
            f"Ada perubahan yang belum di-commit ({first}); commit dahulu, atau lihat hasilnya dengan `sigap preview`."
        )


def commit_of(root: Path, ref: str) -> str:
    """The commit that a ref names; empty where there is none."""
    if ref.startswith("-"):
        return ""
    return line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", quiet=True)


def files(root: Path, commit: str, tops: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Mode, blob id and path of every file of a commit below the given folders."""
    for entry in git(root, "ls-tree", "-r", "-z", commit, "--", *tops).split(b"\0"):
        if entry:
            head, _, path = entry.partition(b"\t")
            mode, kind, blob = head.decode().split()
            if kind == "blob":
                yield mode, blob, path.decode("utf-8", "replace")


def blobs(root: Path, ids: Sequence[str]) -> dict[str, bytes]:
    """The contents of blobs by id, in one call."""
    if not ids:
        return {}
    out = git(root, "cat-file", "--batch", stdin="\n".join(ids).encode() + b"\n")
    found: dict[str, bytes] = {}
    at = 0
    for blob in ids:
        end = out.index(b"\n", at)
        size = int(out[at:end].split()[2])
        found[blob] = out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def tree_of(root: Path, commit: str, path: str = "") -> str:
    """The id of a folder's content in a commit; empty where it does not exist."""
    return line(root, "rev-parse", "--verify", "--quiet", f"{commit}:{path}", quiet=True)


def commit_tree(root: Path, tree: str, parents: Sequence[str], message: str, when: str) -> str:
    """Make a commit that names nobody and whose time is given, so that the same content gives the same id."""
    words = [word for parent in parents for word in ("-p", parent)]
    env = {**_IDENTITY, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    return git(root, "commit-tree", tree, *words, "-m", message, env=env).decode().strip()


def move(root: Path, ref: str, new: str, old: str) -> bool:
    """Move a branch in one step, if it still is where it was (`old`, empty for a branch to be made)."""
    try:
        git(root, "update-ref", ref, new, old or "0" * 40)
    except Trouble:
        return False
    return True
