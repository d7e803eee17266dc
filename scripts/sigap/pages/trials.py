"""What classes measured against what modules plan, in minutes; and what a module says of its trials."""

from __future__ import annotations

from ..addresses import uri
from ..document import Document
from ..labels import day
from ..markdown_out import box, joined, md, table
from ..model import Curriculum, Module
from .module import module_link


def measured(page: Document, curriculum: Curriculum) -> str:
    """Every session that a class has timed: planned minutes, measured minutes, the difference; and what waits."""
    here = uri(page.path)
    rows: list[tuple[object, ...]] = []
    waiting: list[str] = []
    for _, module in sorted(curriculum.by_kode.items()):
        name = md("{} {}", module.kode, module_link(module, here))
        rows += [(name, *row) for row in _sessions(module)]
        waiting += [] if module.trials else [module.kode]
    head = ("Modul", "Sesi", "Rencana", "Terukur", "Selisih", "Peserta", "Tanggal")
    parts = [box("katalog", table(head, rows, right=(2, 3, 4, 5)))] if rows else []
    if waiting:
        parts.append(md("Belum diuji di kelas: {}.\n", ", ".join(waiting)))
    return joined("\n", parts)


def _sessions(module: Module) -> list[tuple[object, ...]]:
    planned = {session.number: session for session in module.sessions or ()}
    found: list[tuple[object, ...]] = []
    for trial in module.trials:
        for number, minutes in trial.minutes:
            if session := planned.get(number):
                plan = session.minutes()
                sizes = (plan, minutes, f"{minutes - plan:+d}".replace("-", "−"), trial.people)
                found.append((f"Sesi {number}: {session.title}", *sizes, day(trial.date)))
    return found
