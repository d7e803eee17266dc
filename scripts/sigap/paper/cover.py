"""The first page of a pack: what it is, how many copies to make of what, and how to divide a class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .. import vocabulary
from ..document import Document
from ..handout import CLASSES, KINDS, Handout, copies_in, copies_text
from ..labels import hours_text
from ..model import Module
from ..pages.groups import counts_text
from ..pages.module import trials_text
from .typeset import content, string

Handouts = Sequence[tuple[Document, Handout]]


def cover(module: Module, handouts: Handouts = (), note: str = "") -> str:
    """The cover of a module's pack as typst, with the copies of the handouts in it and a note on printing."""
    facts = [
        ("Versi", module.version),
        ("Jam pelajaran", hours_text(module.hours)),
        ("Status", vocabulary.STATUSES.get(module.status, module.status).lower()),
        ("Penyusun", ", ".join(module.authors)),
        ("Uji coba", trials_text(module)),
    ]
    told = f"#block(above: 1.5em, strong[{content(note)}])\n\n" if note else ""
    return cover_page(module.summary, facts) + told + _copies(module, handouts) + _groups(module)


def cover_page(summary: str, facts: Iterable[tuple[str, str]]) -> str:
    pairs = "".join(f"({string(name)}, {string(value)}), " for name, value in facts if value)
    return f"#sampul(jalan, {string(summary)}, ({pairs}))\n\n"


def _copies(module: Module, handouts: Handouts) -> str:
    """What to copy how often."""
    rows = [
        (document.title, KINDS[handout.kind], copies_text(handout), *copies_in(document, module))
        for document, handout in handouts
    ]
    return _table("(1.4fr, auto, 1.1fr, 18mm, 18mm)", ("Lembar", "Jenis", "Salinan"), rows)


def _groups(module: Module) -> str:
    """How to divide a class for each exercise in groups."""
    rows = [
        (
            f"Sesi {practice.session}: {practice.method.lower()}",
            ", ".join(practice.graded),
            *(counts_text(practice, people) for people in CLASSES),
        )
        for practice in (module.grouping.practices if module.grouping else ())
    ]
    return _table("(1.4fr, 1fr, 26mm, 26mm)", ("Kelompok untuk", "Giliran setiap orang"), rows)


def _table(columns: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with a column for each of `CLASSES` at its end; nothing where there are no rows."""
    if not rows:
        return ""
    lines = [", ".join(f"[{content(cell)}]" for cell in row) for row in rows]
    titles = ", ".join(f"[{content(head)}]" for head in (*heads, *(f"{people} orang" for people in CLASSES)))
    return f"#v(1em)\n#tabel({columns}, biasa, table.header({titles}), " + ", ".join(lines) + ")\n\n"
