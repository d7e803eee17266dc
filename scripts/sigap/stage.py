"""`sigap stage DIR`: the finished pages as plain Markdown, for any engine but mkdocs."""

from __future__ import annotations

import shutil
from pathlib import Path

from . import files
from .errors import Trouble
from .model import Curriculum
from .pages import assets, drawings, pages
from .tree import DOCS, MODULES


def write(curriculum: Curriculum, root: Path, target: Path) -> int:
    """Write every page, picture and drawing of the curriculum below `target`, a new or empty folder.

    Out: how many files.
    """
    if any(target.resolve().is_relative_to((root / top).resolve()) for top in (MODULES, DOCS)):
        raise Trouble(f"`{target}` ada di dalam kurikulum; sebutkan folder di luar `{MODULES}/` dan `{DOCS}/`.")
    owned = assets(curriculum)
    if linked := next((path for path in owned.values() if (root / path).is_symlink()), None):
        raise Trouble(f"`{linked}` adalah tautan simbolis, yang tidak ikut; salin berkasnya ke dalam folder modul.")
    texts = {uri: page.content for uri, page in pages(curriculum).items()} | drawings(curriculum)
    with files.new_folder(target) as folder:
        for uri, text in texts.items():
            files.write(_place(folder, uri), text)
        for uri, path in owned.items():
            shutil.copyfile(root / path, _place(folder, uri))
    return len(texts) + len(owned)


def _place(folder: Path, uri: str) -> Path:
    path = folder / uri
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
