"""One edition to a folder of files: its content with the look and tools of today, by mkdocs in its own process."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from . import settings
from .children import Children
from .errors import Trouble
from .tree import DOCS, Tree


def write(tree: Tree, folder: Path, wanted: Callable[[str], bool] = bool) -> None:
    """Write the files of a tree below a folder: all, or those whose path is `wanted`."""
    for path in filter(wanted, tree.paths):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(tree.read(path))


def build(
    source: Path,
    out: Path,
    told: Callable[[], Mapping[str, object]],
    epoch: int,
    children: Children,
    *,
    published: bool = False,
) -> None:
    """Build the site of the content in `source` (modules/, docs/) into `out`, strictly. Raises Trouble.

    `told` gives what earlier editions and this one changed (`catatan`) and which packs to print stand at the root, with
    pages and bytes (`berkas`); it is asked while mkdocs starts. `epoch` is the second that counts as now. In an
    edition that was `published` long ago, what a page may not hold is shown as text; in any other it stops the build.
    """
    # not --quiet, which would hide the warnings from --strict
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean"]
    env = {
        **os.environ,
        "SIGAP_DOCS_DIR": str(source / DOCS),
        "SIGAP_CHANGES": "stdin",
        "SIGAP_PUBLISHED": "1" if published else "",
        "MIKE_DOCS_VERSION": settings.LATEST,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    words = [*command, "--config-file", str(settings.CONFIG), "--site-dir", str(out)]
    done = children.run(words, env, settings.ROOT, feed=lambda: json.dumps(told()))
    said = (done.stderr + done.stdout).strip()
    if done.returncode:
        raise Trouble(f"Situs tidak dapat dibangun: {_why(said)}")


def _why(said: str) -> str:
    """The first line that names what is wrong; where it only names the page, with the line that says what."""
    lines = [line for line in said.splitlines() if "WARNING" in line or "ERROR" in line or "Error" in line]
    first, *more = (line.strip() for line in lines or said.splitlines() or ["tanpa keterangan"])
    return f"{first} {more[0].partition('-')[2].strip()}" if first.endswith(":") and more else first
