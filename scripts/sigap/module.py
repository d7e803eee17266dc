"""A module's document to a `Module`: what stands in which section, list and table. Never raises on bad content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from . import schema, vocabulary
from .document import Block, Document, Location, Problem, Section
from .front_matter import front_problems
from .headings import PART, SESSION, mended
from .model import (
    Activity,
    Assessment,
    Grouping,
    HistoryRow,
    Hours,
    Indicator,
    Mode,
    Module,
    Practice,
    Reference,
    Reviewer,
    Session,
    Team,
    Topic,
    Trial,
)

KEY = re.compile(r"^\[([^\[\]]+)\] ")
NUMBERS = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3})*")


def read_module(
    slug: str,
    document: Document,
    handouts: tuple[Document, ...],
    problems: list[Problem],
    files: Mapping[str, str] | None = None,
) -> Module:
    """Interpret a module's document; problems of its front matter are added to `problems`."""
    front = document.front
    wrong: set[str] = set()
    if front is not None:
        faults = schema.check("modul", front)
        problems += front_problems("modul", document, faults)
        wrong = schema.wrong_keys(faults)
    elif not document.problems:
        problems.append(_no_front_matter(document))

    def get(key: str, default: Any) -> Any:
        return front[key] if front and key in front and key not in wrong else default

    hours: Any = get("jp", None)
    day: Any = schema.day
    document = mended(document, get("judul", ""))
    sections = _named_sections(document)
    indicators = indicator_section(sections)
    return Module(
        slug=slug,
        document=document,
        kode=get("kode", ""),
        title=get("judul", ""),
        summary=get("ringkasan", ""),
        version=get("versi", ""),
        status=get("status", ""),
        group=get("kelompok", ""),
        audience=tuple(get("sasaran", ())),
        prerequisites=tuple(get("prasyarat", ())),
        hours=Hours(hours["teori"], hours["penugasan"], hours["lapangan"]) if hours else None,
        authors=tuple(get("penyusun", ())),
        reviewers=tuple(Reviewer(r["unsur"], r["nama"], day(r["tanggal"])) for r in get("penelaah", ())),
        review_by=day(get("tinjau_ulang", None)),
        old_addresses=tuple(get("alamat_lama", ())),
        sections=sections,
        indicators=_indicators(indicators),
        topics=_topics(sections.get(vocabulary.TOPICS)),
        sessions=_sessions(sections),
        assessments=_assessments(sections.get(vocabulary.EVALUATION)),
        references=_references(sections.get(vocabulary.REFERENCES)),
        history=_history(sections.get(vocabulary.HISTORY)),
        handouts=handouts,
        files=files or {},
        grouping=_grouping(get("pembagian", None)),
        trials=tuple(_trial(data) for data in get("uji_coba", ())),
    )


def _grouping(data: Any) -> Grouping | None:
    if not data:
        return None
    return Grouping(
        data["kelas"]["minimum"], data["kelas"]["maksimum"], tuple(_practice(one) for one in data["latihan"])
    )


def _practice(data: Any) -> Practice:
    teams = [Team(tuple(data["peran"]), data["putaran"], data["menit"])]
    if rest := data.get("peran_sisa"):
        rounds, minutes = data.get("putaran_sisa") or data["putaran"], data.get("menit_sisa") or data["menit"]
        teams.append(Team(tuple(rest), rounds, minutes))
    return Practice(data["sesi"], data["metode"], tuple(teams), tuple(data["dinilai"]), tuple(data.get("lembar") or ()))


def _trial(data: Mapping[str, Any]) -> Trial:
    day: Any = schema.day(data["tanggal"])
    minutes = tuple((int(number), spent) for number, spent in data["sesi"].items())
    return Trial(day, data["peserta"], minutes, data.get("catatan") or "")


def _no_front_matter(document: Document) -> Problem:
    if not document.data.strip():
        return Problem(
            Location(document.path),
            "Berkas ini kosong.",
            'Buat isinya dengan `sigap new KODE "Judul"`, atau salin kerangka dari modul lain.',
            "F103",
        )
    return Problem(
        Location(document.path),
        "Modul ini tidak punya front matter.",
        "Awali berkas dengan `---`, kunci-kuncinya, lalu `---`; contohnya ada di modul lain.",
        "F103",
    )


def indicator_section(sections: Mapping[str, Section]) -> Section | None:
    """The section that lists the IHB, among a module's sections at H2."""
    objectives = sections.get(vocabulary.OBJECTIVES)
    return next((s for s in objectives.children if s.title == vocabulary.INDICATORS), None) if objectives else None


def _named_sections(document: Document) -> Mapping[str, Section]:
    """The sections at H2 by title, the first where one stands twice.

    Sessions and parts below an unknown section belong to the known one above it: S204 alone speaks of the stranger.
    """
    found: dict[str, Section] = {}
    above = ""
    for section in document.root.walk():
        if not section.heading or section.heading.level != 2:
            continue
        found.setdefault(section.title, section)
        if section.title in vocabulary.SECTIONS:
            above = section.title
        elif wanted := {vocabulary.STEPS: SESSION, vocabulary.CONTENT: PART}.get(above):
            own = tuple(child for child in section.children if wanted.match(child.title))
            found[above] = replace(found[above], children=found[above].children + own)
    return found


def _sessions(sections: Mapping[str, Section]) -> tuple[Session, ...] | None:
    """The sessions; parts of Uraian materi that stand among them because its heading is lost are none."""
    steps = sections.get(vocabulary.STEPS)
    if steps is None:
        return None
    lost = vocabulary.CONTENT not in sections
    own = [s for s in once(steps.children) if s.heading and s.heading.level == 3]
    return tuple(_session(s) for s in own if not (lost and PART.match(s.title)))


def once(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Sections without those whose heading stands twice: S207 speaks of them, and nothing is counted twice."""
    seen: set[str] = set()
    for section in sections:
        if section.title.casefold() not in seen:
            seen.add(section.title.casefold())
            yield section


def item_text(item: Block) -> str:
    """The text of a list item's first line, in tight and loose lists alike."""
    if item.text.strip():
        return item.text.strip()
    return next((child.text.strip() for child in item.children if child.kind == "paragraph"), "")


def items(section: Section | None) -> tuple[Block, ...] | None:
    """The items of a section's first list, and of lists right after it: one that a change of mark has cut in parts."""
    found: list[Block] | None = None
    for block in section.blocks if section else ():
        if block.kind == "list":
            found = [*(found or ()), *block.children]
        elif found is not None:
            break
    return None if found is None else tuple(found)


def _indicators(section: Section | None) -> tuple[Indicator, ...] | None:
    found = items(section)
    if found is None:
        return None
    return tuple(Indicator(number, item_text(item), item.start) for number, item in enumerate(found, 1))


def _topics(section: Section | None) -> tuple[Topic, ...] | None:
    found = items(section)
    if found is None:
        return None
    return tuple(
        Topic(
            number,
            item_text(item),
            tuple(item_text(sub) for below in item.children if below.kind == "list" for sub in below.children),
            item.start,
        )
        for number, item in enumerate(found, 1)
    )


def columns(table: Block) -> tuple[str, ...]:
    """The header cells of a table."""
    return tuple(cell.text for cell in table.children[0].children) if table.children else ()


def numbers(text: str) -> tuple[int, ...]:
    """`1, 2` as (1, 2); empty where the cell is anything else."""
    return tuple(int(part) for part in text.split(",")) if NUMBERS.fullmatch(text) else ()


def whole(text: str) -> int | None:
    """A positive whole number, or None."""
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) and int(text) > 0 else None


def plan_table(section: Section, wanted: tuple[str, ...]) -> Block | None:
    """The section's first table that has the wanted columns, or else its first table."""
    tables = [block for block in section.blocks if block.kind == "table"]
    return next((table for table in tables if columns(table) == wanted), tables[0] if tables else None)


def stray_rows(section: Section) -> list[Block]:
    """Paragraphs that look like rows of a table which a reader does not see as one."""
    found, before = [], ""
    for block in section.blocks:
        if block.kind == "paragraph" and (block.label == "rows" or (block.label == "row" and before == "table")):
            found.append(block)
        before = block.kind
    return found


def _rows(section: Section | None, wanted: tuple[str, ...]) -> tuple[Block, ...] | None:
    """The rows of the section's plan; None where there is none, or where it cannot be told what belongs to it."""
    tables = [b for b in section.blocks if b.kind == "table" and columns(b) == wanted] if section else []
    if section is None or len(tables) != 1 or stray_rows(section):
        return None
    rows = tables[0].children[1:]
    return rows if all(row.level == len(wanted) for row in rows) else None


def _session(section: Section) -> Session:
    match = SESSION.match(section.title)
    rows = _rows(section, vocabulary.SESSION_COLUMNS)
    activities = None if rows is None else tuple(_activity(row) for row in rows)
    return Session(
        int(match[1]) if match else None,
        match[2] if match else section.title,
        activities,
        plan_table(section, vocabulary.SESSION_COLUMNS),
        section,
        section.start,
    )


def _activity(row: Block) -> Activity:
    stage, facilitator, participants, method, indicators, mode, minutes = (cell.text for cell in row.children)
    return Activity(
        stage,
        facilitator,
        participants,
        method,
        numbers(indicators),
        Mode(mode) if mode in Mode._value2member_map_ else None,
        whole(minutes),
        row.children,
        row.start,
    )


def _assessments(section: Section | None) -> tuple[Assessment, ...] | None:
    rows = _rows(section, vocabulary.EVALUATION_COLUMNS)
    if rows is None:
        return None
    return tuple(
        Assessment(numbers(indicators), form, instrument, threshold, row.children, row.start)
        for row in rows
        for indicators, form, instrument, threshold in [[cell.text for cell in row.children]]
    )


def _references(section: Section | None) -> tuple[Reference, ...] | None:
    found = items(section)
    if found is None:
        return None
    references = []
    for item in found:
        text = item_text(item)
        match = KEY.match(text)
        references.append(Reference(match[1] if match else "", text[match.end() :] if match else text, item.start))
    return tuple(references)


def _history(section: Section | None) -> tuple[HistoryRow, ...] | None:
    rows = _rows(section, vocabulary.HISTORY_COLUMNS)
    if rows is None:
        return None
    return tuple(
        HistoryRow(version, day, what, why, row.children, row.start)
        for row in rows
        for version, day, what, why in [[cell.text for cell in row.children]]
    )
