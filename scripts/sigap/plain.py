"""The published site as a plain folder for any server: the files of the branch, and beside them compressed ones."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import tarfile
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from . import git
from .branch import BRANCH, REF
from .errors import Trouble

PACKED = (".html", ".css", ".js", ".json", ".md", ".svg", ".xml", ".txt", ".webmanifest", ".ics")
SMALLEST = 1_000
"""Bytes from which a file is worth compressing."""


def write(root: Path, target: Path) -> int:
    """Write the branch's files into `target`, which is replaced as a whole if it was written by us. Out: how many.

    Raises Trouble. A server that reads the folder meanwhile sees the old site or the new one.
    """
    git.require_repository(root)
    if not git.commit_of(root, REF):
        raise Trouble(f"Cabang {BRANCH} belum ada; jalankan `sigap publish --all` dahulu.")
    if target.exists() and (
        not target.is_dir() or (any(target.iterdir()) and not (target / "versions.json").is_file())
    ):
        raise Trouble(f"`{target}` berisi yang lain; sebutkan folder baru, kosong, atau yang ditulis perintah ini.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sigap-", dir=target.parent, ignore_cleanup_errors=True) as name:
        folder, old = Path(name) / "baru", Path(name) / "lama"
        folder.mkdir()
        with subprocess.Popen(["git", "-C", str(root), "archive", "--format=tar", REF], stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            with tarfile.open(fileobj=run.stdout, mode="r|") as tar:
                tar.extractall(folder, filter="data")
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        for path in files:
            pack(path)
        if target.exists():
            target.rename(old)
        shutil.move(folder, target)
    target.chmod(0o755)
    return len(files)


def _is_ours(target: Path) -> bool:
    """Whether a folder may be replaced: it is empty, or holds a site."""
    return target.is_dir() and (not any(target.iterdir()) or (target / "versions.json").is_file())


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
