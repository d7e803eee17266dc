"""A curriculum to `{uri: page}`: what is written by hand, with everything that can be derived put in its place.

Generated parts are plain Markdown. On a page below docs/ they stand where the page says so, by a comment such as
`<!-- sigap: katalog -->`; in a module their places are fixed.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import timetable, vocabulary
from .compare.bumps import BUMP_LABELS, STATUS_LABELS, Bump, Status
from .load import DOCS, MODULES
from .model import Curriculum, Document, Edition, Hours, Link, Mode, Module, Programme, Session, Severity
from .report import cell, number
from .rules import FAMILIES, registry
from .source import natural_path

EXAMPLE = "Contoh, bukan modul resmi Kemensos."
"""Stands on every module and handout (curriculum.md)."""

MODULE_URIS = "modul"
GLOSSARY = f"{DOCS}/glosarium.md"
ABBREVIATION = "Singkatan"
MARKER = re.compile(r"<!--\s*sigap:\s*(?!abaikan\b)([a-z-]+)\s*-->")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The Markdown of one page, and the repository path that its edit link opens."""

    content: str
    source: str


Told = Mapping[str, Mapping[str, Any]]
"""By edition, what `compare.changes.data` says of its changes since the edition before it."""


def pages(curriculum: Curriculum, told: Told | None = None) -> dict[str, Page]:
    """Every Markdown page of the site by its uri (`modul/<slug>/index.md`).

    `told` adds to each edition's notes what changed; without it they stand as they were written.
    """
    found = {uri(page.path): Page(_docs_page(page, curriculum, told or {}), page.path) for page in curriculum.pages}
    for module in curriculum.modules:
        found[uri(module.path)] = Page(module_page(module, curriculum), module.path)
        for handout in module.handouts:
            found[uri(handout.path)] = Page(_handout_page(handout, module), handout.path)
    known = abbreviations(curriculum)
    if not known:
        return found
    return {where: Page(f"{page.content.rstrip()}\n\n{known}", page.source) for where, page in found.items()}


def abbreviations(curriculum: Curriculum) -> str:
    """What the `abbr` extension reads at the end of every page, from the glossary's tables headed `Singkatan`."""
    glossary = curriculum.documents.get(GLOSSARY)
    lines = []
    for block in glossary.blocks if glossary else ():
        if block.kind == "table" and block.children and block.children[0].children[0].text == ABBREVIATION:
            for row in block.children[1:]:
                short, long = (cell.text for cell in row.children[:2])
                lines.append(f"*[{short}]: {' '.join(long.split())}\n")
    return "".join(lines)


def assets(curriculum: Curriculum) -> dict[str, str]:
    """Images and other files beside the modules: uri to repository path."""
    return {
        uri(path): path
        for path in curriculum.paths
        if path.startswith(f"{MODULES}/") and path.count("/") > 1 and not path.endswith(".md")
    }


def web(path: str) -> str:
    """The address below an edition at which a repository path answers: `modul/x/` for `modules/x/index.md`."""
    page = uri(path)
    return page.removesuffix("index.md") if page.endswith("index.md") else re.sub(r"\.md$", "/", page)


def uri(path: str) -> str:
    """Where a repository path stands on the site: `modules/x/index.md` at `modul/x/index.md`, `docs/y.md` at `y.md`."""
    if path.startswith(f"{MODULES}/"):
        return MODULE_URIS + path.removeprefix(MODULES)
    return path.removeprefix(f"{DOCS}/")


# --- Editing a document's text --------------------------------------------------------------------------------------


Address = Callable[[str], str]
"""From the repository path that a link points at to what the link should say."""


def body(document: Document, address: Address, edits: Iterable[tuple[int, int, str]] = ()) -> str:
    """The text of a document without front matter, its links into docs/ and modules/ led to their new places.

    `edits` replace the bytes `start` to `end` by text.
    """
    pieces: list[bytes] = []
    at = document.body
    for start, end, text in sorted([*edits, *_link_edits(document, address)], key=lambda edit: (edit[0], edit[1])):
        if start >= at:
            pieces += [document.data[at:start], text.encode()]
            at = end
    pieces.append(document.data[at:])
    return b"".join(pieces).decode("utf-8").lstrip("\n")


def _splice(document: Document, edits: Iterable[tuple[int, int, str]]) -> str:
    """The body of a document as a page of the site."""
    here = posixpath.dirname(uri(document.path)) or "."
    return body(document, lambda target: posixpath.relpath(uri(target), here), edits)


def _link_edits(document: Document, address: Address) -> Iterator[tuple[int, int, str]]:
    """Links between docs/ and modules/, which lie elsewhere on the site than in the repository."""
    folder = posixpath.dirname(document.path)
    for link in document.links:
        path, mark, fragment = link.target.partition("#")
        if not path or ":" in path or path.startswith("/"):
            continue
        target = natural_path(f"{folder}/{path}")
        if target.startswith((f"{DOCS}/", f"{MODULES}/")):
            new = address(target)
            if new != posixpath.normpath(path):
                yield from _retarget(document, link, new + mark + fragment)


def _retarget(document: Document, link: Link, target: str) -> Iterator[tuple[int, int, str]]:
    source = document.source(link)
    at = source.rfind(f"({link.target}")
    if at >= 0:
        start = link.start + len(source[: at + 1].encode())
        yield start, start + len(link.target.encode()), target


def _meta(**values: str) -> str:
    """Front matter for the site's engine."""
    lines = [f"{key}: {_quoted(value)}" for key, value in values.items() if value]
    return "---\n" + "\n".join(lines) + "\n---\n\n" if lines else ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def table(header: Sequence[str], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> str:
    """A GFM table; columns named in `right` are aligned to the right."""
    marks = ["--:" if index in set(right) else "---" for index in range(len(header))]
    lines = [header, marks, *([str(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _box(kind: str, content: str) -> str:
    """Generated content in a `div` of its own class, as Markdown that every engine reads."""
    return f'<div class="sigap-{kind}" markdown>\n\n{content.strip()}\n\n</div>\n'


def _after(content: str) -> str:
    return f"\n{content.strip()}\n\n"


# --- Labels ---------------------------------------------------------------------------------------------------------


def lessons(minutes: int, curriculum: Curriculum) -> str:
    """Minutes as text in lesson hours: `2 JP`, `1,5 JP`."""
    return f"{number(curriculum.lessons(minutes))} JP"


def hours_text(hours: Hours | None) -> str:
    """`6 JP (T 2, P 4, PL 0)`."""
    if hours is None:
        return "belum dihitung"
    return f"{hours.total} JP (" + ", ".join(f"{mode} {hours.of(mode)}" for mode in Mode) + ")"


def day(when: object) -> str:
    """A date as `24 November 2026`."""
    year, month, number_ = (int(part) for part in str(when).split("-"))
    return f"{number_} {MONTHS[month - 1]} {year}"


def module_link(module: Module, start: str, text: str = "") -> str:
    """A link to a module's page from the page at uri `start`."""
    target = posixpath.relpath(uri(module.path), posixpath.dirname(start) or ".")
    return f"[{cell(text or module.title)}]({target})"


def _audience(values: Sequence[str]) -> str:
    return ", ".join(vocabulary.AUDIENCES.get(value, value).lower() for value in values).capitalize()


# --- Modules --------------------------------------------------------------------------------------------------------


def module_page(module: Module, curriculum: Curriculum) -> str:
    """A module as it was written, with its head, overview, totals and RBPMP table."""
    document = module.document
    edits: list[tuple[int, int, str]] = []
    title = next((s for s in document.root.walk() if s.heading and s.heading.level == 1), None)
    place = title.heading.end if title and title.heading else document.body
    edits.append((place, place, "\n" + module_head(module, curriculum) + "\n"))
    steps = module.sections.get(vocabulary.STEPS)
    if steps and steps.heading:
        if module.indicators and module.topics:
            edits.append((steps.start, steps.start, "## Rancang bangun pembelajaran\n\n" + rbpmp(module) + "\n"))
        if module.sessions:
            end = steps.heading.end
            edits.append((end, end, _after(_box("ikhtisar", overview(module, curriculum)))))
    for session in module.sessions or ():
        if session.activities and session.table:
            end = session.table.end
            edits.append((end, end, _after(_box("jumlah", session_total(session, curriculum)))))
    meta = _meta(title=module.title, description=module.summary, kode=module.kode)
    return meta + _splice(document, edits)


def module_head(module: Module, curriculum: Curriculum) -> str:
    """What a trainer must know before the first line: identity, hours, audience, prerequisites, state."""
    here = uri(module.path)
    needed = [
        f"{kode} {module_link(curriculum.by_kode[kode], here)}" if kode in curriculum.by_kode else kode
        for kode in module.prerequisites
    ]
    rows = [
        ("Kode", f"**{module.kode}**"),
        ("Versi", f"{module.version} · {vocabulary.STATUSES.get(module.status, module.status).lower()}"),
        ("Jam pelajaran", hours_text(module.hours)),
        ("Kelompok", vocabulary.GROUPS.get(module.group, module.group)),
        ("Sasaran", _audience(module.audience)),
        ("Prasyarat", ", ".join(needed) or "Tidak ada"),
        ("Lampiran", ", ".join(f"[{cell(h.title)}]({posixpath.basename(h.path)})" for h in module.handouts)),
        ("Penyusun", cell(", ".join(module.authors))),
        ("Penelaah", cell(", ".join(f"{r.name} ({r.party})" for r in module.reviewers)) or "Belum ada"),
        ("Tinjau ulang", day(module.review_by) if module.review_by else "Belum ditetapkan"),
    ]
    warning = f"> [!IMPORTANT]\n> **{EXAMPLE}** Belum ditelaah ahli; periksa sebelum dipakai mengajar.\n"
    if module.status == vocabulary.APPROVED:
        warning = f"> [!IMPORTANT]\n> **{EXAMPLE}**\n"
    if module.status == vocabulary.WITHDRAWN:
        warning = f"> [!CAUTION]\n> **Modul ini dicabut** dan tidak lagi diajarkan. {EXAMPLE}\n"
    return _box("kepala", table(("Keterangan", "Isi"), [row for row in rows if row[1]])) + "\n" + warning


def overview(module: Module, curriculum: Curriculum) -> str:
    """The sessions with their running time and minutes by mode."""
    rows = []
    now = 0
    used = [mode for mode in Mode if module.minutes(mode)]
    for session in module.sessions or ():
        end = now + session.minutes()
        by_mode = [session.minutes(mode) or "0" for mode in used]
        time = f"{now}–{end}"
        rows.append((_session_link(session), time, *by_mode, session.minutes(), lessons(session.minutes(), curriculum)))
        now = end
    total = [f"**{module.minutes(mode)}**" for mode in used]
    rows.append(("**Jumlah**", "", *total, f"**{now}**", f"**{lessons(now, curriculum)}**"))
    header = ("Sesi", "Menit ke-", *used, "Menit", "JP")
    return table(header, rows, right=range(1, len(header)))


def _session_link(session: Session) -> str:
    from .source import slug

    name = f"Sesi {session.number}: {session.title}" if session.number else session.title
    return f"[{cell(name)}](#{slug(session.section.title)})"


def session_total(session: Session, curriculum: Curriculum) -> str:
    """`Jumlah sesi: 90 menit (2 JP): teori 40 menit, penugasan 50 menit.`"""
    split = [f"{vocabulary.MODE_NAMES[mode]} {session.minutes(mode)} menit" for mode in Mode if session.minutes(mode)]
    return f"**Jumlah sesi:** {session.minutes()} menit ({lessons(session.minutes(), curriculum)}): {', '.join(split)}."


def rbpmp(module: Module) -> str:
    """Rancang bangun pembelajaran: each IHB with its topic, its sessions and methods, and its assessment."""
    rows = []
    topics = {topic.number: topic for topic in module.topics or ()}
    for indicator in module.indicators or ():
        topic = topics.get(indicator.number)
        sub = "; ".join(topic.subtopics) if topic else ""
        taught = []
        for session in module.sessions or ():
            methods = dict.fromkeys(
                a.method.lower() for a in session.activities or () if indicator.number in a.indicators
            )
            if methods:
                name = f"Sesi {session.number}" if session.number else session.title
                taught.append(f"{name}: {', '.join(methods)}")
        forms = dict.fromkeys(a.form for a in module.assessments or () if indicator.number in a.indicators)
        content = (f"**{topic.text}**" + (f": {sub}" if sub else "")) if topic else "—"
        rows.append(
            (
                f"{indicator.number}. {cell(indicator.text)}",
                cell(content),
                cell("; ".join(taught)) or "—",
                cell("; ".join(forms)) or "—",
            )
        )
    return _box("rbpmp", table(("IHB", "Materi pokok dan sub materi", "Sesi dan metode", "Evaluasi"), rows))


def _handout_page(handout: Document, module: Module) -> str:
    link = f"[{cell(module.kode)} {cell(module.title)}](index.md)"
    heading = next((block for block in handout.blocks if block.kind == "heading"), None)
    place = heading.end if heading else handout.body
    label = f"\nLampiran modul {link}, versi {module.version}. **{EXAMPLE}**\n\n"
    return _meta(title=handout.title, kode=module.kode) + _splice(handout, [(place, place, label)])


# --- Pages below docs/ ----------------------------------------------------------------------------------------------


def _docs_page(page: Document, curriculum: Curriculum, told: Told) -> str:
    """A hand-written page with its markers filled; programme parts are added at the end where no marker asks."""
    edits: list[tuple[int, int, str]] = []
    filled: set[str] = set()
    for block in page.html:
        match = MARKER.fullmatch(page.source(block).strip())
        if match and match[1] in _GENERATED:
            filled.add(match[1])
            edits.append((block.start, block.end, _after(_GENERATED[match[1]](page, curriculum))))
    if any(programme.document is page for programme in curriculum.programmes):
        end = len(page.data)
        for name, title in (("struktur-program", "Struktur program"), ("jadwal", "Jadwal")):
            if name not in filled:
                edits.append((end, end, f"\n## {title}\n{_after(_GENERATED[name](page, curriculum))}"))
    for edition in curriculum.editions:
        if edition.document is page and edition.name in told:
            edits.append((len(page.data), len(page.data), f"\n{edition_changes(told[edition.name])}"))
    meta = {key: str(value) for key, value in (page.front or {}).items() if key in ("title", "description")}
    return _meta(**meta) + _splice(page, edits)


def _numbers(page: Document, curriculum: Curriculum) -> str:
    hours = sum((m.hours for m in curriculum.modules if m.hours), Hours())
    newest = curriculum.editions[-1] if curriculum.editions else None
    rows: list[tuple[str, str]] = [
        ("Modul", str(len(curriculum.modules))),
        ("Jam pelajaran", hours_text(hours)),
        ("Program", str(len(curriculum.programmes))),
    ]
    if newest:
        link = posixpath.relpath(uri(newest.document.path), posixpath.dirname(uri(page.path)) or ".")
        rows.append(("Edisi terbaru", f"[{newest.name}, {day(newest.date)}]({link})"))
    return _box("angka", table(("Isi kurikulum", "Jumlah"), rows))


def _catalogue(page: Document, curriculum: Curriculum) -> str:
    parts = []
    here = uri(page.path)
    for group, label in vocabulary.GROUPS.items():
        modules = [module for module in curriculum.modules if module.group == group]
        if not modules:
            continue
        rows = [
            (m.kode, module_link(m, here), cell(m.summary), hours_text(m.hours), f"{m.version}, {m.status}")
            for m in modules
        ]
        parts.append(f"## {label}\n\n" + _box("katalog", table(("Kode", "Modul", "Isi", "JP", "Versi"), rows)))
    return "\n".join(parts)


def _of(page: Document, curriculum: Curriculum) -> Programme | None:
    return next((programme for programme in curriculum.programmes if programme.document is page), None)


def _programme_structure(page: Document, curriculum: Curriculum) -> str:
    """Struktur program: No | Materi | T | P | PL | Jumlah, grouped, with a total row."""
    programme = _of(page, curriculum)
    if programme is None:
        return ""
    rows: list[Sequence[object]] = []
    index = 0
    total = Hours()
    for letter, (group, label) in zip("ABC", vocabulary.GROUPS.items(), strict=True):
        modules = [m for m in curriculum.modules_of(programme) if m.group == group]
        if not modules:
            continue
        rows.append((f"**{letter}**", f"**{label}**", "", "", "", ""))
        for module in modules:
            index += 1
            hours = module.hours or Hours()
            total += hours
            rows.append((index, module_link(module, uri(page.path)), *(hours.of(m) for m in Mode), hours.total))
    rows.append(("", "**Jumlah**", *(f"**{total.of(mode)}**" for mode in Mode), f"**{total.total}**"))
    return _box("struktur", table(("No", "Materi", *Mode, "Jumlah"), rows, right=(2, 3, 4, 5)))


def _programme_days(page: Document, curriculum: Curriculum) -> str:
    """The day-by-day timetable with start and end of every session and break."""
    programme = _of(page, curriculum)
    if programme is None:
        return ""
    parts = []
    for number_, slots in enumerate(timetable.days(programme, curriculum), 1):
        rows = []
        minutes = sum(slot.session.minutes() for slot in slots if slot.session)
        for slot in slots:
            time = f"{timetable.clock(slot.start)}–{timetable.clock(slot.end)}"
            if slot.module and slot.session:
                link = module_link(slot.module, uri(page.path))
                what = f"{slot.module.kode} {link}: {cell(slot.session.section.title)}"
                rows.append((time, what, lessons(slot.session.minutes(), curriculum)))
            elif slot.pause:
                rows.append((time, slot.pause.name, "—"))
        rows.append(("**Jumlah**", "", f"**{lessons(minutes, curriculum)}**"))
        heading = f"### Hari {number_}"
        parts.append(f"{heading}\n\n" + _box("jadwal", table(("Waktu", "Kegiatan", "JP"), rows, right=(2,))))
    return "\n".join(parts)


def _programmes(page: Document, curriculum: Curriculum) -> str:
    here = posixpath.dirname(uri(page.path)) or "."
    rows = [
        (
            f"[{cell(p.title)}]({posixpath.relpath(uri(p.document.path), here)})",
            _audience(p.audience),
            len(p.module_kodes),
            f"{p.lesson_hours} JP",
        )
        for p in sorted(curriculum.programmes, key=lambda p: (p.lesson_hours or 0, p.kode))
    ]
    return _box("katalog", table(("Program", "Sasaran", "Modul", "JP"), rows, right=(2, 3)))


def _editions(page: Document, curriculum: Curriculum) -> str:
    here = posixpath.dirname(uri(page.path)) or "."
    rows = [(_edition_link(e, here), day(e.date)) for e in reversed(curriculum.editions)]
    link = '<a href="../../banding/">Bandingkan dua edisi mana pun</a>.'
    return _box("katalog", table(("Edisi", "Tanggal terbit"), rows)) + f"\n{link}\n"


def edition_changes(told: Mapping[str, Any]) -> str:
    """What an edition changed since the one before it: its modules with versions, hours and bump, with links.

    The links are plain HTML: they leave the edition for `/banding/`, which the engine cannot check.
    """
    old, new = told["old"], told["new"]
    rows = []
    for module in told["modules"]:
        if module["status"] == Status.UNCHANGED:
            continue
        query = f"?modul={module['kode']}&dari={old}&ke={new}"
        name = cell(f"{module['kode']} {module['title']}")
        rows.append(
            (
                _away(query, name) if None not in module["versions"] else name,
                STATUS_LABELS[Status(module["status"])],
                _from_to(*(version or "–" for version in module["versions"])),
                _from_to(*(_hours_of(hours) for hours in module["hours"])),
                BUMP_LABELS[Bump[module["declared_bump"].upper()]] if None not in module["versions"] else "–",
                number(module["words"]["inserted"]),
                number(module["words"]["deleted"]),
            )
        )
    header = ("Modul", "Keadaan", "Versi", "JP", "Versi naik", "Kata masuk", "Kata keluar")
    parts = [f"## Perubahan dari edisi {old}", ""]
    parts += [_box("katalog", table(header, rows, right=(5, 6))) if rows else "Tidak ada modul yang berubah.", ""]
    parts.append(f"{_away(f'{old}-{new}/', f'Semua perubahan dari edisi {old} dalam satu halaman')}.")
    return "\n".join(parts) + "\n"


def _away(target: str, text: str) -> str:
    """A link from the notes of an edition to a page below /banding/."""
    return f'<a href="../../../banding/{html.escape(target)}">{html.escape(text)}</a>'


def _from_to(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _hours_of(hours: Mapping[str, int] | None) -> str:
    return f"{sum(hours.values())} JP" if hours else "–"


def _edition_link(edition: Edition, here: str) -> str:
    return f"[Edisi {edition.name}]({posixpath.relpath(uri(edition.document.path), here)})"


def _rules(page: Document, curriculum: Curriculum) -> str:
    """Every rule of today's validator by family, linked where this edition has its page."""
    parts = []
    folder = posixpath.dirname(page.path)
    for letter, (_, label) in FAMILIES.items():
        rows = []
        for code, rule in registry().items():
            if rule.family == letter:
                link = f"[{code}]({code}.md)" if f"{folder}/{code}.md" in curriculum.paths else code
                rows.append((link, rule.title, "galat" if rule.severity is Severity.ERROR else "peringatan"))
        if rows:
            parts.append(f"## {letter}: {label}\n\n{table(('Aturan', 'Apa yang dijaga', 'Tingkat'), rows)}")
    return "\n".join(parts)


_GENERATED: dict[str, Callable[[Document, Curriculum], str]] = {
    "angka": _numbers,
    "katalog": _catalogue,
    "struktur-program": _programme_structure,
    "jadwal": _programme_days,
    "daftar-program": _programmes,
    "daftar-edisi": _editions,
    "daftar-aturan": _rules,
}
"""What a marker in a hand-written page is replaced by."""
