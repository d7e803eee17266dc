"""`sigap stage DIR`: the finished pages as plain Markdown, for any engine but mkdocs (design.md section 4)."""

from __future__ import annotations

import shutil
from pathlib import Path

from .errors import Trouble
from .model import Curriculum
from .pages import assets, pages


def write(curriculum: Curriculum, root: Path, target: Path) -> int:
    """Write every page and asset of the curriculum below `target`, a new or empty folder. Out: how many files."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Trouble(f"`{target}` sudah berisi; sebutkan folder baru atau kosong.")
    partial = target.with_name(f".{target.name}.sebagian")
    if partial.exists():
        shutil.rmtree(partial)
    count = 0
    try:
        for uri, page in pages(curriculum).items():
            _target(partial, uri).write_text(page.content, encoding="utf-8")
            count += 1
        for uri, path in assets(curriculum).items():
            shutil.copyfile(root / path, _target(partial, uri))
            count += 1
        if target.exists():
            target.rmdir()
        partial.replace(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return count


def _target(folder: Path, uri: str) -> Path:
    path = folder / uri
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
