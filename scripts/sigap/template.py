"""`sigap new`: a module from the template, which validates at once apart from its open placeholders."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from . import files
from .errors import Trouble
from .markdown_out import escape
from .model import Curriculum
from .tree import MODULES

TEMPLATE = Path(__file__).parent / "templates" / "modul.md"


def write(root: Path, curriculum: Curriculum, kode: str, title: str, today: date | None = None) -> str:
    """Write a new module for `kode` (`TK-15`) and a title. Out: its path, relative to the repository.

    Raises Trouble where the kode has the wrong form or is taken, the title makes no folder name, or one stands there.
    """
    title = " ".join(title.split())
    if not re.fullmatch(r"[A-Z]{2,5}-[0-9]{2,3}", kode):
        raise Trouble(f"`{kode}` bukan kode modul; tulis misalnya TK-15.")
    if taken := curriculum.by_kode.get(kode):
        raise Trouble(f"Kode {kode} sudah dipakai oleh {taken.path}; yang masih bebas: {_free(curriculum)}.")
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    if not slug:
        raise Trouble('Judul modul harus memuat huruf; tulis misalnya "Logistik Posko".')
    folder = root / MODULES / slug
    if folder.exists():
        raise Trouble(f"Folder `{MODULES}/{slug}` sudah ada; pilih judul lain atau ubah modul itu.")
    text = TEMPLATE.read_text(encoding="utf-8").format(
        kode=kode, judul=_quoted(title), judul_h1=escape(title), tanggal=(today or date.today()).isoformat()
    )
    with files.new_folder(folder) as partial:
        files.write(partial / "index.md", text)
    return f"{MODULES}/{slug}/index.md"


def _free(curriculum: Curriculum) -> str:
    """The lowest kode of the commonest series that no module has."""
    series = [kode.split("-")[0] for kode in curriculum.by_kode if "-" in kode] or ["TK"]
    name = max(set(series), key=series.count)
    number = next(n for n in range(1, 1000) if f"{name}-{n:02d}" not in curriculum.by_kode)
    return f"{name}-{number:02d}"


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"[A-Za-z][\w ,.()/-]*", text) and text.casefold() not in (
        "true",
        "false",
        "null",
        "yes",
        "no",
    )
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
