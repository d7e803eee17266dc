"""The published site as a plain folder for any server: the files of the branch, and beside them compressed ones."""

from __future__ import annotations

import gzip
import subprocess
import tarfile
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from . import git
from .branch import BRANCH, REF, is_ours
from .errors import Trouble

PACKED = (".html", ".css", ".js", ".json", ".md", ".svg", ".xml", ".txt", ".webmanifest", ".ics")
SMALLEST = 1_000
"""Bytes from which a file is worth compressing."""


def write(root: Path, target: Path) -> int:
    """Write the branch's files into `target`, which is replaced as a whole. Out: how many.

    Raises Trouble, with `target` as it was: where it holds anything that the branch does not have, or git or the disk
    fails. A server that reads the folder meanwhile sees the old site, for an instant none, then the new one.
    """
    git.require_repository(root)
    if not git.commit_of(root, REF):
        raise Trouble(f"Cabang {BRANCH} belum ada; jalankan `sigap publish --all` dahulu.")
    _refuse_foreign(root, target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sigap-", dir=target.parent, ignore_cleanup_errors=True) as name:
            folder, old = Path(name) / "baru", Path(name) / "lama"
            _unpack(root, folder)
            files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            for path in files:
                pack(path)
            _exchange(folder, target, old)
    except OSError as error:
        reason = error.strerror or error
        raise Trouble(f"`{target}` tidak dapat ditulis ({reason}); isinya tetap seperti semula.") from None
    return len(files)


def _refuse_foreign(root: Path, target: Path) -> None:
    """What is not from the branch is somebody's, and is never replaced."""
    if not target.exists():
        return
    if not target.is_dir():
        raise Trouble(f"`{target}` bukan folder; sebutkan folder baru atau kosong.")
    branch = set(git.line(root, "ls-tree", "--name-only", REF).split("\n"))
    for path in sorted(target.iterdir()):
        name = path.name
        if name not in branch and not is_ours(name) and not is_ours(name.removesuffix(".gz").removesuffix(".br")):
            raise Trouble(f"`{target}` memuat `{name}`, yang bukan bagian situs; pindahkan, atau sebutkan folder lain.")


def _unpack(root: Path, folder: Path) -> None:
    """The files of the branch into a new folder. Git may end early between two files: only its exit code tells."""
    folder.mkdir()
    words = ["git", "-C", str(root), "archive", "--format=tar", REF]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        try:
            with tarfile.open(fileobj=run.stdout, mode="r|") as tar:
                tar.extractall(folder, filter="data")
            whole = True
        except tarfile.TarError:
            whole = False
        said = run.stderr.read().decode("utf-8", "replace").strip().splitlines() or ["arsipnya terpotong"]
    if run.returncode or not whole:
        raise Trouble(f"{BRANCH} tidak dapat dibaca ({said[0]}); jalankan `sigap doctor`.")


def _exchange(folder: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of `target`; where that fails, `target` is put back."""
    stood = target.exists()
    if stood:
        target.rename(old)
    try:
        folder.rename(target)
    except OSError:
        if stood:
            old.rename(target)
        raise
    target.chmod(0o755)


def pack(path: Path) -> None:
    """Put compressed copies beside a file that is worth it: gzip always, brotli where its module is installed."""
    if path.suffix not in PACKED or path.stat().st_size < SMALLEST:
        return
    data = path.read_bytes()
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
    if find_spec("brotli") is None:
        return
    brotli = import_module("brotli")
    path.with_name(path.name + ".br").write_bytes(brotli.compress(data, quality=11))
