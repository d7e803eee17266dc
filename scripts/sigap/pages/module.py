"""A module's page and its handouts: as written, with head, overview, totals and RBPMP put in their places."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from .. import vocabulary
from ..addresses import uri
from ..document import Document
from ..labels import day, hours_text, lessons
from ..markdown_out import Md, after, box, escape, joined, link, md, meta, table
from ..model import Curriculum, Mode, Module, Programme, Session
from ..source import slug
from .editing import splice
from .groups import session_groups
from .handouts import card_boxes, handout_links, sheets_table, told
from .questions import answer_edits, how_to, self_checks
from .rbpmp import places, rbpmp, session_media

EXAMPLE = "Contoh, bukan modul resmi Kemensos."
"""Stands on every module and handout."""


def module_link(module: Module, start: str) -> Md:
    """A link to a module's page from the page at uri `start`."""
    return link(module.title, posixpath.relpath(uri(module.path), posixpath.dirname(start) or "."))


def audience_text(values: Sequence[str]) -> str:
    return ", ".join(vocabulary.AUDIENCES.get(value, value).lower() for value in values).capitalize()


def module_page(module: Module, curriculum: Curriculum) -> str:
    """A module as it was written, with its head, overview, totals and RBPMP table."""
    document = module.document
    found = places(module, curriculum.documents)
    edits: list[tuple[int, int, str]] = []
    title = next((s for s in document.root.walk() if s.heading and s.heading.level == 1), None)
    place = title.heading.end if title and title.heading else document.body
    opening = f"\n{escape(module.summary)}\n" if module.summary else ""
    if module.sessions:
        opening += after(box("ikhtisar", overview(module, curriculum)))
    edits.append((place, place, f"\n{opening}\n{module_head(module, curriculum)}\n"))
    media = module.sections.get(vocabulary.MEDIA)
    if media and media.blocks and (sheets := sheets_table(module)):
        edits.append((media.blocks[-1].end, media.blocks[-1].end, after(sheets)))
    steps = module.sections.get(vocabulary.STEPS)
    if steps and steps.heading and module.indicators and module.topics:
        edits.append(
            (
                steps.start,
                steps.start,
                "## Rancang bangun pembelajaran\n\n" + rbpmp(module, found) + "\n",
            )
        )
    for session in module.sessions or ():
        if session.activities and session.table:
            end = session.table.end
            below = [session_total(session, curriculum), session_media(module, session, found)]
            counted = box("jumlah", joined("\n\n", filter(None, below)))
            edits.append((end, end, after("\n".join((counted, *session_groups(module, session))))))
    edits += self_checks(module)
    own = meta(title=module.title, description=module.summary, kode=module.kode, versi=module.version)
    return own + splice(document, edits, curriculum.documents)


def module_head(module: Module, curriculum: Curriculum) -> str:
    """What a trainer must know before the first line: identity, hours, audience, prerequisites, state."""
    here = uri(module.path)
    needed = [
        md("{} {}", kode, module_link(curriculum.by_kode[kode], here)) if kode in curriculum.by_kode else kode
        for kode in module.prerequisites
    ]
    rows: list[tuple[str, str]] = [
        ("Kode", md("**{}**", module.kode)),
        ("Versi", f"{module.version} · {vocabulary.STATUSES.get(module.status, module.status).lower()}"),
        ("Jam pelajaran", hours_text(module.hours)),
        ("Kelompok", vocabulary.GROUPS.get(module.group, module.group)),
        ("Sasaran", audience_text(module.audience)),
        ("Prasyarat", joined(", ", needed) or "Tidak ada"),
        ("Lampiran", handout_links(module, facilitator=False)),
        ("Untuk fasilitator", handout_links(module, facilitator=True)),
        (
            "Program",
            joined(", ", (programme_link(p, here) for p in curriculum.programmes if module.kode in p.module_kodes)),
        ),
        ("Penyusun", ", ".join(module.authors)),
        ("Penelaah", ", ".join(f"{r.name} ({r.party})" for r in module.reviewers) or "Belum ada"),
        ("Uji coba", trials_text(module)),
        ("Tinjau ulang", day(module.review_by) if module.review_by else "Belum ditetapkan"),
    ]
    warning = f"> [!IMPORTANT]\n> **{EXAMPLE}** Belum ditelaah ahli; periksa sebelum dipakai mengajar.\n"
    if module.status == vocabulary.APPROVED:
        warning = f"> [!IMPORTANT]\n> **{EXAMPLE}**\n"
    if module.status == vocabulary.WITHDRAWN:
        warning = f"> [!CAUTION]\n> **Modul ini dicabut** dan tidak lagi diajarkan. {EXAMPLE}\n"
    return box("kepala", table(("Keterangan", "Isi"), [row for row in rows if row[1]])) + "\n" + warning


def trials_text(module: Module) -> str:
    """`1 kelas dengan jam, terakhir 15 Januari 2027`, or that none has tried it."""
    if not module.trials:
        return "Belum diuji di kelas"
    return f"{len(module.trials)} kelas dengan jam, terakhir {day(max(trial.date for trial in module.trials))}"


def programme_link(programme: Programme, here: str) -> Md:
    """A link to a programme's page from the page at uri `here`."""
    return link(programme.title, posixpath.relpath(uri(programme.document.path), posixpath.dirname(here) or "."))


def overview(module: Module, curriculum: Curriculum) -> Md:
    """The sessions with their running time and minutes by mode."""
    rows: list[tuple[object, ...]] = []
    now = 0
    used = [mode for mode in Mode if module.minutes(mode)]
    for session in module.sessions or ():
        end = now + session.minutes()
        by_mode = [session.minutes(mode) or "0" for mode in used]
        time = f"{now}–{end}"
        rows.append((_session_link(session), time, *by_mode, session.minutes(), lessons(session.minutes(), curriculum)))
        now = end
    total = (*(module.minutes(mode) for mode in used), now, lessons(now, curriculum))
    rows.append((Md("**Jumlah**"), "", *(md("**{}**", value) for value in total)))
    header = ("Sesi", "Menit ke-", *used, "Menit", "JP")
    return table(header, rows, right=range(1, len(header)))


def _session_link(session: Session) -> Md:
    name = f"Sesi {session.number}: {session.title}" if session.number else session.title
    return link(name, f"#{slug(session.section.title)}")


def session_total(session: Session, curriculum: Curriculum) -> Md:
    """`Jumlah sesi: 90 menit (2 JP): teori 40 menit, penugasan 50 menit.`"""
    split = [f"{vocabulary.MODE_NAMES[mode]} {session.minutes(mode)} menit" for mode in Mode if session.minutes(mode)]
    whole = lessons(session.minutes(), curriculum)
    return md("**Jumlah sesi:** {} menit ({}): {}.", session.minutes(), whole, ", ".join(split))


_TYPED = re.compile(re.escape(EXAMPLE) + r" Lampiran modul [A-Z]+-\d+\.")
"""The line that a handout carries for whoever reads its source; its page says it anyway, with a link and version."""


def handout_page(handout: Document, module: Module, documents: Mapping[str, Document]) -> str:
    heading = next((block for block in handout.blocks if block.kind == "heading"), None)
    place = heading.end if heading else handout.body
    home = link(f"{module.kode} {module.title}", "index.md")
    label = md(
        "\nLampiran modul {}, versi {}. **{}** {}{}\n\n",
        home,
        module.version,
        EXAMPLE,
        told(handout),
        how_to(handout, module),
    )
    typed = [(b.start, b.end, "") for b in handout.blocks if b.kind == "paragraph" and _TYPED.fullmatch(b.text.strip())]
    edits = [
        (place, place, label),
        *typed,
        *card_boxes(handout),
        *answer_edits(handout, lambda item: module, documents),
    ]
    return meta(title=handout.title, kode=module.kode, versi=module.version) + splice(handout, edits, documents)
