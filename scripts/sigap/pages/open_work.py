"""What waits to be checked, as the modules themselves mark it: laws not seen yet, and sentences with a mark."""

from __future__ import annotations

from .. import laws
from ..addresses import uri
from ..compare.change import short
from ..document import Document
from ..markdown_out import box, joined, md, table
from ..model import Curriculum
from .module import module_link

LONGEST = 160
"""Characters of a sentence that a row shows."""


def open_work(page: Document, curriculum: Curriculum) -> str:
    """Two tables: laws that modules cite and nobody has seen, and every sentence marked `(perlu diperiksa)`."""
    here = uri(page.path)
    known = laws.entries(page)
    cited: dict[str, list[object]] = {}
    doubts: list[tuple[object, object]] = []
    for _, module in sorted(curriculum.by_kode.items()):
        name = md("{} {}", module.kode, module_link(module, here))
        own = {one.key for document in module.documents for one in laws.citations(document)}
        for key in sorted(own):
            if key in known and not known[key].seen and known[key].key == key:
                cited.setdefault(key, []).append(module.kode)
        for document in module.documents:
            doubts += [(name, short(doubt.text.strip("> "), LONGEST)) for doubt in laws.doubts(document)]
    unseen = [(md("`{}`", key), joined(", ", kodes)) for key, kodes in sorted(cited.items())]
    parts = []
    if unseen:
        parts.append(
            "Peraturan yang dikutip modul dan belum dilihat:\n\n" + box("katalog", table(("Kunci", "Dikutip"), unseen))
        )
    if doubts:
        parts.append("Kalimat yang bertanda:\n\n" + box("katalog", table(("Modul", "Kalimat"), doubts)))
    return "\n".join(parts) or "Tidak ada yang menunggu.\n"
