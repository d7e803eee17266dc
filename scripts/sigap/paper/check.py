"""`/cek/`: whether a printed copy is still current. Files at the site's root that belong to no edition.

cek/index.html, cek.js, cek.css   the page: a code is typed or comes with the address that a QR code holds
cek/kode.json                     every code that was ever published, and where its module stands today
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from .. import html_out, site
from ..model import Curriculum, Edition, Module
from ..vocabulary import WITHDRAWN
from .packs import programme_code
from .state import module_code, state_digest

CHECK = "cek"
TEMPLATES = html_out.TEMPLATES / "paper"
TITLE = "Apakah salinan ini masih berlaku?"
ABOUT = "Ketik enam huruf di kaki lembar cetak, dan lihat apakah isinya masih yang terbaru."

States = Sequence[tuple[Edition, Curriculum]]
"""The published editions with what they hold, oldest first."""


def check_files(states: States) -> Iterator[tuple[str, bytes]]:
    """Every file below /cek/ for the published editions: path from the root, and bytes."""
    data = codes(states)
    yield "cek/kode.json", (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    page = site.outside("paper/cek.html", "../", TITLE, about=ABOUT, newest=_newest(data))
    yield "cek/index.html", page.encode()
    for name in ("cek.js", "cek.css"):
        yield f"cek/{name}", (TEMPLATES / name).read_bytes()


def codes(states: States) -> dict[str, Any]:
    """What `kode.json` holds.

    `kode`: for each code the module or programme, its version, the editions that it stood in first and last, and its
    sheets by title. `milik`: for each module and programme its newest code and address, why it changed, whether it
    was withdrawn and the last edition that has it.
    """
    found: dict[str, Any] = {}
    owners: dict[str, Any] = {}
    for edition, curriculum in states:
        for module in curriculum.modules:
            if module.kode:
                code = module_code(module)
                found[code] = _entry(module) | {"sejak": edition.name} | found.get(code, {}) | {"sampai": edition.name}
                owners[module.kode] = {
                    "judul": module.title,
                    "alamat": f"modul/{module.slug}/",
                    "kode": code,
                    "akhir": edition.name,
                    "dicabut": module.status == WITHDRAWN,
                    "riwayat": [[row.version, row.what, row.why] for row in module.history or ()],
                }
        for programme in curriculum.programmes:
            code = programme_code(programme, curriculum)
            entry = {"milik": programme.kode, "versi": "", "lembar": {}, "sejak": edition.name}
            found[code] = entry | found.get(code, {}) | {"sampai": edition.name}
            owners[programme.kode] = {
                "judul": programme.title,
                "alamat": f"program/{programme.slug}/",
                "kode": code,
                "akhir": edition.name,
                "dicabut": False,
                "riwayat": [],
            }
    return {"terbaru": states[-1][0].name if states else "", "kode": found, "milik": owners}


def _entry(module: Module) -> dict[str, Any]:
    sheets = {document.title: state_digest([document])[:8] for document in module.handouts}
    return {"milik": module.kode, "versi": module.version, "lembar": sheets}


def _newest(data: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The codes of today with kode, title and version of what they stand for: what the page says without JavaScript."""
    return [
        (kode, owner["judul"], data["kode"][owner["kode"]]["versi"], owner["kode"])
        for kode, owner in sorted(data["milik"].items())
        if owner["akhir"] == data["terbaru"] and not owner["dicabut"]
    ]
