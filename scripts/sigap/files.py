"""Files and folders written whole or not at all, as the same bytes on every system."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import Trouble


def write(path: Path, data: bytes | str) -> None:
    """Write a file in one step, text as UTF-8 with LF; the mode of one that it replaces stays.

    A failure leaves what was there, or nothing.
    """
    partial = _beside(path)
    try:
        partial.write_bytes(data.encode() if isinstance(data, str) else data)
        if path.exists():
            partial.chmod(path.stat().st_mode & 0o7777)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to be filled, which becomes `target` when all went well and is gone when not.

    Raises Trouble where something stands at `target` already; an empty folder is as good as none.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Trouble(f"`{target}` sudah berisi; sebutkan folder baru atau kosong.")
    target = target.absolute()
    made = next((parent for parent in reversed([target, *target.parents]) if not parent.exists()), None)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = _beside(target)
    try:
        partial.mkdir()
        yield partial
        if target.exists():
            target.rmdir()
        partial.replace(target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        if made and made != target:
            _remove_empty(made, target.parent)
        raise


def _beside(path: Path) -> Path:
    """A name beside a path that nobody has, so that nothing of anybody's is overwritten."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.sebagian")


def _remove_empty(top: Path, lowest: Path) -> None:
    """Remove the folders from `lowest` up to `top`, as far as they are empty."""
    for folder in (lowest, *lowest.parents):
        try:
            os.rmdir(folder)
        except OSError:
            return
        if folder == top:
            return
