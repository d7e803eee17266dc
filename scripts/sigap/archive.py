"""What the archive of an edition holds: its packs to print, its Markdown, the curriculum as data, and a read-me.

Archives are not stored: each would be larger than everything else that an edition adds. The page's script
(`unduh.js`) puts one together from files that stand there anyway, in this order and always with the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import paper
from .addresses import uri
from .labels import hours_text
from .model import Curriculum, Module, Programme
from .pages.module import EXAMPLE


def contents(curriculum: Curriculum, out: Path, packs: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """In: the curriculum, the folder that its edition is built in, and the packs of the site with pages and bytes.

    Out: `berkas`, for each file its name in the archive, its address below the edition and its bytes, by name; `baca`,
    the text of the read-me.
    """
    found = [("kurikulum.json", "kurikulum.json", (out / "kurikulum.json").stat().st_size)]
    for module in curriculum.modules:
        for document in module.documents:
            name = document.path.rpartition("/")[2]
            found.append((f"markdown/{_folder(module)}/{name}", uri(document.path), len(document.data)))
    printed: list[Module | Programme] = [*curriculum.modules, *curriculum.programmes]
    for what in printed:
        for _, path in paper.pack_places(what, curriculum, paper.address()):
            if path in packs:
                name = "-".join(path.rpartition("/")[2].split("-")[:-2])  # without code and look: both are on its pages
                found.append((f"cetak/{_folder(what)}/{name}.pdf", f"../{path}", packs[path][1]))
    return {"berkas": sorted(found), "baca": readme(curriculum)}


def _folder(what: Module | Programme) -> str:
    return f"{what.kode or 'tanpa-kode'}-{what.slug}"


def readme(curriculum: Curriculum) -> str:
    """What stands first in the archive: what it is, what lies where, and which modules in which version."""
    rows = [
        f"- {module.kode} {module.title}, versi {module.version}, {hours_text(module.hours)}"
        for _, module in sorted(curriculum.by_kode.items())
    ]
    return "\n".join(
        (
            "# Kurikulum tanggap krisis",
            "",
            f"{EXAMPLE} Belum ditelaah ahli; periksa sebelum dipakai mengajar. Isi: CC BY 4.0.",
            "",
            "- cetak/: berkas PDF siap cetak setiap modul dan program. Enam huruf di kaki halamannya, bila diketik di",
            "  halaman /cek/ situs ini, memberi tahu apakah salinan Anda masih yang terbaru.",
            "- markdown/: teks setiap modul dan lampirannya.",
            "- kurikulum.json: seluruh kurikulum sebagai data.",
            "",
            "## Modul",
            "",
            *rows,
            "",
        )
    )
