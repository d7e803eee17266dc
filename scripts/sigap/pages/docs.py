"""Pages below docs/: as written, with generated parts where a comment such as `<!-- sigap: katalog -->` asks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from .. import review, timetable, vocabulary
from ..addresses import uri, web
from ..compare.bumps import BUMP_LABELS, STATUS_LABELS, Bump, Status
from ..document import Document
from ..labels import day, hours_text, lessons, number
from ..markdown_out import AWAY, Md, after, box, joined, link, md, meta, table
from ..model import Curriculum, Edition, Hours, Mode, Module, Policy, Programme, Severity
from ..rules import FAMILIES, registry
from ..source import slug
from . import chart, trials
from .editing import splice
from .module import audience_text, module_link, programme_link
from .open_work import open_work
from .programme_tests import addresses_of_tests, links_to_tests

Told = Mapping[str, Mapping[str, Any]]
"""By edition, what `compare.changes.data` says of its changes since the edition before it."""


DAY_COLUMNS = ("Waktu", "Kegiatan", "JP")
"""The head of the timetable of one day."""
MARKER = re.compile(r"<!--\s*sigap:\s*(?!abaikan\b)([a-z-]+)\s*-->")


def docs_page(page: Document, curriculum: Curriculum, told: Told) -> str:
    """A hand-written page with its front matter and its markers filled."""
    front = page.front or {}
    own = meta(title=front.get("title") or page.title, description=front.get("description"))
    return own + docs_body(page, curriculum, told)


def docs_body(page: Document, curriculum: Curriculum, told: Told) -> str:
    """The same without front matter; programme parts are added at the end where no marker asks."""
    edits: list[tuple[int, int, str]] = []
    filled: set[str] = set()
    for block in page.html:
        match = MARKER.fullmatch(page.source(block).strip())
        if match and match[1] in _GENERATED:
            filled.add(match[1])
            edits.append((block.start, block.end, after(_GENERATED[match[1]](page, curriculum))))
    if any(programme.document is page for programme in curriculum.programmes):
        end = len(page.data)
        for name, title in _PROGRAMME_PARTS.items():
            if name not in filled and (part := _GENERATED[name](page, curriculum)):
                edits.append((end, end, f"\n## {title}\n{after(part)}"))
    for edition in curriculum.editions:
        if edition.document is page and edition.name in told:
            edits.append((len(page.data), len(page.data), f"\n{edition_changes(told[edition.name], page)}"))
    return splice(page, edits, curriculum.documents)


_PROGRAMME_PARTS = {
    "struktur-program": "Struktur program",
    "jadwal": "Jadwal",
    "tes-program": "Tes awal dan tes akhir",
}
"""What every programme's page has, and under which heading where no marker asks for it."""


def asks(page: Document, what: str) -> bool:
    """Whether a page has the marker of a generated part."""
    found = (MARKER.fullmatch(page.source(block).strip()) for block in page.html)
    return any(match and match[1] == what for match in found)


def _numbers(page: Document, curriculum: Curriculum) -> str:
    hours = sum((m.hours for m in curriculum.modules if m.hours), Hours())
    newest = curriculum.editions[-1] if curriculum.editions else None
    rows: list[tuple[str, object]] = [
        ("Modul", str(len(curriculum.modules))),
        ("Jam pelajaran", hours_text(hours)),
        ("Program", str(len(curriculum.programmes))),
    ]
    if newest:
        target = posixpath.relpath(uri(newest.document.path), posixpath.dirname(uri(page.path)) or ".")
        rows.append(("Edisi terbaru", link(f"{newest.name}, {day(newest.date)}", target)))
    return box("angka", table(("Isi kurikulum", "Jumlah"), rows))


def _catalogue(page: Document, curriculum: Curriculum) -> str:
    parts = []
    here = uri(page.path)
    for group, label in vocabulary.GROUPS.items():
        modules = [module for module in curriculum.modules if module.group == group]
        if not modules:
            continue
        rows = [
            (
                m.kode,
                module_link(m, here),
                m.summary,
                audience_text(m.audience),
                hours_text(m.hours),
                f"{m.version}, {m.status}",
            )
            for m in modules
        ]
        header = ("Kode", "Modul", "Isi", "Sasaran", "JP", "Versi")
        parts.append(f"## {label}\n\n" + box("katalog", table(header, rows)))
    return "\n".join(parts)


def _ways(page: Document, curriculum: Curriculum) -> str:
    """Ways into the catalogue without a script: by group, by audience, by lesson hours, as links that lead on."""
    here = uri(page.path)
    known = [m for kode, m in sorted(curriculum.by_kode.items()) if kode and m.status != vocabulary.WITHDRAWN]
    groups = [label for group, label in vocabulary.GROUPS.items() if any(m.group == group for m in curriculum.modules)]
    lines = []
    if asks(page, "katalog"):  # whose headings they are
        lines.append(md("- **Kelompok**: {}", joined(", ", (link(label, f"#{slug(label)}") for label in groups))))
    for value, label in vocabulary.AUDIENCES.items():
        if some := [link(m.kode, _to(m, here)) for m in known if value in m.audience]:
            lines.append(md("- **{}**: {}", label, joined(", ", some)))
    for hours in sorted({m.hours.total for m in known if m.hours}):
        some = [link(m.kode, _to(m, here)) for m in known if m.hours and m.hours.total == hours]
        lines.append(md("- **{} JP**: {}", hours, joined(", ", some)))
    return box("jalan", joined("\n", lines))


def _to(module: Module, here: str) -> str:
    return posixpath.relpath(uri(module.path), posixpath.dirname(here) or ".")


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
        rows.append((md("**{}**", letter), md("**{}**", label), "", "", "", ""))
        for module in modules:
            index += 1
            hours = module.hours or Hours()
            total += hours
            rows.append((index, module_link(module, uri(page.path)), *(hours.of(m) for m in Mode), hours.total))
    sums = (*(total.of(mode) for mode in Mode), total.total)
    rows.append(("", Md("**Jumlah**"), *(md("**{}**", value) for value in sums)))
    return box("struktur", table(("No", "Materi", *Mode, "Jumlah"), rows, right=(2, 3, 4, 5)))


def _programme_days(page: Document, curriculum: Curriculum) -> str:
    """The day-by-day timetable with start and end of every session, of what frames them and of every break."""
    programme = _of(page, curriculum)
    if programme is None:
        return ""
    parts = [f"{said}\n"] if (said := _apart(curriculum.policy)) else []
    parts += _days(programme, "### Hari {}", curriculum, uri(page.path))
    for variant in programme.variants:
        name = vocabulary.VARIANTS[variant.name]
        asked = {"susun": 1, "jp": variant.lessons_per_day, "pukul": timetable.clock(variant.start).replace(".", ":")}
        tailored = link(f"Susun jadwal {name} dengan tanggal Anda", f"{AWAY}?{urlencode(asked)}")
        parts.append(f"### {name.capitalize()}\n\n{variant.lessons_per_day} JP sehari. {tailored}.\n")
        parts += _days(programme.varied(variant), f"#### {name.capitalize()}, hari {{}}", curriculum, uri(page.path))
    return "\n".join(parts)


def _programme_tests(page: Document, curriculum: Curriculum) -> str:
    programme = _of(page, curriculum)
    return links_to_tests(programme, curriculum, uri(page.path)) if programme else ""


def _days(programme: Programme, heading: str, curriculum: Curriculum, here: str) -> Iterator[str]:
    """One heading and one table for each day; `heading` holds a place for its number."""
    tests = addresses_of_tests(programme, curriculum, here)
    for number_, slots in enumerate(timetable.days(programme, curriculum), 1):
        rows = [_slot(slot, curriculum, here, tests) for slot in slots]
        minutes = sum(slot.minutes for slot in slots if slot.session)
        rows.append((Md("**Jumlah**"), "", md("**{}**", lessons(minutes, curriculum))))
        shown = box("jadwal", table(DAY_COLUMNS, rows, right=(2,)))
        yield f"{heading.format(number_)}\n\n{shown}"


def _apart(policy: Policy) -> Md:
    """What the policy makes of the time between sessions and of Fridays, in whole sentences; empty where nothing."""
    told = []
    if policy.session_gap:
        told.append(md("Di antara dua sesi ada {} menit untuk berdiri dan menata ruang.", policy.session_gap))
    if policy.friday_breaks:
        longest = max(policy.friday_breaks, key=lambda pause: pause.minutes)
        until = md(" dan berlangsung paling sedikit sampai {}", timetable.clock(longest.until)) if longest.until else ""
        pattern = (
            "Pada hari Jumat, “{}” ({} menit) berada di sekitar pukul {}{}; sisa hari itu mundur. "
            "“Susun jadwal sendiri” menghitungnya begitu tanggalnya diisi."
        )
        told.append(md(pattern, longest.name, longest.minutes, timetable.clock(longest.start), until))
    return joined(" ", told)


def _slot(slot: timetable.Slot, curriculum: Curriculum, here: str, tests: Mapping[str, str]) -> tuple[object, ...]:
    """One row of a timetable; where the frame names a test, its row leads to it."""
    time = f"{timetable.clock(slot.start)}–{timetable.clock(slot.end)}"
    if slot.module and slot.session:
        what = md("{} {}: {}", slot.module.kode, module_link(slot.module, here), slot.name)
        return time, what, lessons(slot.minutes, curriculum)
    name = link(slot.name, tests[slot.name]) if slot.frame and slot.name in tests else slot.name
    return time, md("*{}*", name), "—"


def _programmes(page: Document, curriculum: Curriculum) -> str:
    rows = [
        (
            programme_link(p, uri(page.path)),
            audience_text(p.audience),
            len(p.module_kodes),
            f"{p.lesson_hours} JP",
        )
        for p in sorted(curriculum.programmes, key=lambda p: (p.lesson_hours or 0, p.kode))
    ]
    return box("katalog", table(("Program", "Sasaran", "Modul", "JP"), rows, right=(2, 3)))


def _programme_choice(page: Document, curriculum: Curriculum) -> str:
    """The programmes from short to long, each with days, hours and for whom: where teaching starts."""
    lines = []
    for p in sorted(curriculum.programmes, key=lambda p: (p.lesson_hours or 0, p.kode)):
        count = len(list(timetable.days(p, curriculum)))
        name = programme_link(p, uri(page.path))
        lines.append(md("- **{}**: {} hari, {} JP. {}.", name, count, p.lesson_hours, audience_text(p.audience)))
    return box("pilihan", joined("\n", lines))


def _module_choice(page: Document, curriculum: Curriculum) -> str:
    """Every module on one line: code, title, hours."""
    lines = [
        md("- {} {} ({} JP)", m.kode, module_link(m, uri(page.path)), m.hours.total if m.hours else 0)
        for _, m in sorted(curriculum.by_kode.items())
        if m.status != vocabulary.WITHDRAWN
    ]
    return box("ringkas", joined("\n", lines))


def _newest_edition(page: Document, curriculum: Curriculum) -> str:
    """A link to the notes of the newest edition, and one to its comparison with the one before."""
    if not curriculum.editions:
        return ""
    here = posixpath.dirname(uri(page.path)) or "."
    newest = curriculum.editions[-1]
    text = f"{_edition_link(newest, here)} terbit {day(newest.date)}."
    if len(curriculum.editions) > 1:
        text += f" {_away(f'{curriculum.editions[-2].name}-{newest.name}/', 'Lihat apa yang berubah', page)}."
    return text


def _editions(page: Document, curriculum: Curriculum) -> str:
    here = posixpath.dirname(uri(page.path)) or "."
    rows = [(_edition_link(e, here), day(e.date)) for e in reversed(curriculum.editions)]
    compare = _away("", "Bandingkan dua edisi mana pun", page)
    return box("katalog", table(("Edisi", "Tanggal terbit"), rows)) + f"\n{compare}.\n"


def edition_changes(told: Mapping[str, Any], page: Document) -> str:
    """What an edition changed since the one before it: its modules with versions, hours and bump, with links from a
    page."""
    old, new = told["old"], told["new"]
    rows = []
    for module in told["modules"]:
        if module["status"] == Status.UNCHANGED:
            continue
        query = "?" + urlencode({"modul": module["kode"], "dari": old, "ke": new})
        name = f"{module['kode']} {module['title']}"
        rows.append(
            (
                _away(query, name, page) if None not in module["versions"] else name,
                STATUS_LABELS[Status(module["status"])],
                _from_to(*(version or "–" for version in module["versions"])),
                _from_to(*(_hours_of(hours) for hours in module["hours"])),
                BUMP_LABELS[Bump[module["declared_bump"].upper()]] if None not in module["versions"] else "–",
                number(module["words"]["inserted"]),
                number(module["words"]["deleted"]),
            )
        )
    header = ("Modul", "Keadaan", "Versi", "JP", "Versi naik", "Kata masuk", "Kata keluar")
    parts = [md("## Perubahan dari edisi {}", old), ""]
    parts += [box("katalog", table(header, rows, right=(5, 6))) if rows else "Tidak ada modul yang berubah.", ""]
    parts.append(f"{_away(f'{old}-{new}/', f'Semua perubahan dari edisi {old} dalam satu halaman', page)}.")
    return "\n".join(parts) + "\n"


def _away(target: str, text: str, page: Document) -> Md:
    """A link from a page to one below /banding/, which stands beside the editions."""
    up = "../" * (web(page.path).count("/") + 1)
    return link(text, f"{AWAY}{up}banding/{target}")


def _from_to(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _hours_of(hours: Mapping[str, int] | None) -> str:
    return f"{sum(hours.values())} JP" if hours else "–"


def _edition_link(edition: Edition, here: str) -> Md:
    return link(f"Edisi {edition.name}", posixpath.relpath(uri(edition.document.path), here))


def _rules(page: Document, curriculum: Curriculum) -> str:
    """Every rule of today's validator by family, linked where this edition has its page."""
    parts = []
    folder = posixpath.dirname(page.path)
    for letter, (_, label) in FAMILIES.items():
        rows: list[tuple[object, ...]] = []
        for code, rule in registry().items():
            if rule.family == letter:
                name = link(code, f"{code}.md") if f"{folder}/{code}.md" in curriculum.paths else code
                rows.append((name, rule.title, "galat" if rule.severity is Severity.ERROR else "peringatan"))
        if rows:
            parts.append(
                f"## {letter}: {label}\n\n" + box("aturan", table(("Aturan", "Apa yang dijaga", "Tingkat"), rows))
            )
    return "\n".join(parts)


def _reviews(page: Document, curriculum: Curriculum) -> str:
    """What waits for which of the four parties, since when, and what is due, as of the newest edition."""
    on = curriculum.editions[-1].date if curriculum.editions else None
    rows = []
    for row in review.waiting(curriculum):
        late = row.late(on) if on else 0
        when = day(row.due) if row.due else "–"
        module = md("{} {}", row.module.kode, module_link(row.module, uri(page.path)))
        rows.append(
            (
                module,
                f"{row.module.version}, {row.module.status}",
                ", ".join(row.parties) or "tidak ada",
                day(row.since) if row.since and row.parties else "–",
                md("**{}, lewat {} hari**", when, late) if late > 0 else when,
            )
        )
    head = ("Modul", "Versi", "Menunggu telaah", "Sejak", "Tinjau ulang")
    said = f"Keadaan pada edisi terbaru, {day(on)}.\n\n" if on else ""
    return said + box("katalog", table(head, rows))


_GENERATED: dict[str, Callable[[Document, Curriculum], str]] = {
    "angka": _numbers,
    "katalog": _catalogue,
    "jalan-katalog": _ways,
    "peta-kurikulum": chart.chart,
    "struktur-program": _programme_structure,
    "jadwal": _programme_days,
    "tes-program": _programme_tests,
    "daftar-program": _programmes,
    "pilihan-program": _programme_choice,
    "pilihan-modul": _module_choice,
    "edisi-terbaru": _newest_edition,
    "daftar-edisi": _editions,
    "daftar-aturan": _rules,
    "status-telaah": _reviews,
    "pekerjaan-hukum": open_work,
    "menit-terukur": trials.measured,
}
"""What a marker in a hand-written page is replaced by: all that `vocabulary.GENERATED` names."""
