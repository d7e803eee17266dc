"""A tree of files to a curriculum. Never raises on bad content: it becomes a problem, and the rest is read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from . import schema, vocabulary
from .headings import PART, SESSION, mended
from .model import (
    Activity,
    Assessment,
    Block,
    Break,
    Curriculum,
    Document,
    Edition,
    HistoryRow,
    Hours,
    Indicator,
    Location,
    Mode,
    Module,
    Policy,
    Problem,
    Programme,
    Reference,
    Reviewer,
    Section,
    Session,
    Topic,
)
from .source import LARGEST, read, read_yaml

MODULES = "modules"
DOCS = "docs"
POLICY = f"{MODULES}/kurikulum.yml"
PROGRAMMES = f"{DOCS}/program"
EDITIONS = f"{DOCS}/edisi"

KEY = re.compile(r"^\[([^\[\]]+)\] ")
NUMBERS = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3})*")
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Tree(Protocol):
    """Where the files come from: a folder, a git ref or a published edition."""

    @property
    def paths(self) -> frozenset[str]:
        """Every file below modules/ and docs/, relative, with forward slashes."""

    def read(self, path: str) -> bytes: ...

    @property
    def problems(self) -> tuple[Problem, ...]: ...


@dataclass(frozen=True)
class Folder:
    """A working tree on disk."""

    root: Path
    paths: frozenset[str]
    problems: tuple[Problem, ...]

    @classmethod
    def open(cls, root: Path) -> Folder:
        """List the files; links that leave the repository become F112 problems and are not followed."""
        paths: list[str] = []
        problems: list[Problem] = []
        inside = os.path.realpath(root)
        for top in (MODULES, DOCS):
            for folder, names, files in os.walk(root / top):
                names[:] = sorted(name for name in names if not name.startswith("."))
                for name in [*files, *names]:
                    full = os.path.join(folder, name)
                    path = os.path.relpath(full, root).replace(os.sep, "/")
                    if os.path.islink(full) and not _within(os.path.realpath(full), inside):
                        problems.append(
                            Problem(
                                Location(path),
                                f"Tautan simbolis ini menunjuk ke luar repositori: {os.readlink(full)}.",
                                "Salin berkasnya ke dalam folder modul.",
                                "F112",
                            )
                        )
                    elif os.path.isfile(full) and not name.startswith("."):
                        paths.append(path)
        return cls(root, frozenset(paths), tuple(problems))

    def read(self, path: str) -> bytes:
        """The file's bytes; of one that is far too large only as many as show that it is."""
        try:
            with open(self.root / path, "rb") as file:
                return file.read(LARGEST + 1) if os.path.getsize(self.root / path) > 4 * LARGEST else file.read()
        except OSError:
            return b""


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def load(tree: Tree, today: date | None = None) -> Curriculum:
    """Read the whole curriculum.

    In: a tree, and the day that counts as today for reviews that fall due. Out: the curriculum; its `problems` and
    those of its documents hold everything that could not be read (codes F and H305, V801).
    """
    problems: list[Problem] = list(tree.problems)
    policy, policy_document = _policy(tree, problems)
    folders: dict[str, list[str]] = {}
    pages: list[Document] = []
    for path in sorted(tree.paths):
        top, _, rest = path.partition("/")
        if top == MODULES and "/" in rest:
            folders.setdefault(rest.partition("/")[0], []).append(path)
        elif path.endswith(".md"):
            if top == MODULES:
                message = "Berkas Markdown ini berdiri di luar folder modul."
                hint = "Pindahkan ke `modules/<nama-modul>/index.md`."
                problems.append(Problem(Location(path), message, hint, "F107"))
            pages.append(read(path, tree.read(path)))
    modules = []
    for slug, paths in folders.items():
        index = f"{MODULES}/{slug}/index.md"
        if not KEBAB.fullmatch(slug):
            message = f"Nama folder `{slug}` bukan kebab-case."
            hint = f"Pakai huruf kecil, angka, dan tanda hubung, misalnya `{_kebab(slug)}`."
            problems.append(Problem(Location(index if index in paths else paths[0]), message, hint, "F107"))
        if index not in paths:
            message = f"Folder `{MODULES}/{slug}` tidak punya `index.md`."
            hint = "Tambahkan `index.md`, atau pindahkan berkas ini ke folder modulnya."
            problems.append(Problem(Location(paths[0]), message, hint, "F107"))
            continue
        handouts = tuple(read(p, tree.read(p)) for p in paths if p.endswith(".md") and p != index)
        modules.append(read_module(slug, read(index, tree.read(index)), handouts, problems))
    programmes = [p for page in pages if (p := _programme(page, problems))]
    editions = [e for page in pages if (e := _edition(page, problems))]
    for document in [*pages, *(d for m in modules for d in m.documents)]:
        problems += document.problems
    modules.sort(key=lambda module: (module.kode or "~", module.slug))
    editions.sort(key=lambda edition: edition_order(edition.name))
    curriculum = Curriculum(
        tuple(modules),
        tuple(programmes),
        tuple(editions),
        policy,
        policy_document,
        tuple(pages),
        tree.paths,
        tuple(problems),
    )
    return replace(curriculum, today=today) if today else curriculum


def edition_order(name: str) -> tuple[int, ...]:
    """A key that puts edition names in order of time: 2026.2 before 2026.10."""
    return tuple(int(part) for part in name.split("."))


def _kebab(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "nama-modul"


# --- Front matter ---------------------------------------------------------------------------------------------------


def _faults(kind: str, document: Document, data: Mapping[str, object]) -> Iterator[Problem]:
    """Schema faults as problems F103, F104 and F105; hours and versions have rules of their own (H305, V801)."""
    faults = schema.check(kind, data)
    misspelt = {
        f"{fault.key.rpartition('.')[0]}.{fault.expected}".lstrip(".") for fault in faults if fault.kind == "unknown"
    }
    for fault in faults:
        name = fault.key.rpartition(".")[2]
        parent = fault.key.rpartition(".")[0]
        if fault.kind == "missing" and fault.key in misspelt:
            continue  # F104 speaks of the key that stands for it
        if fault.kind == "missing":
            yield Problem(
                document.place(parent),
                f"Kunci wajib `{fault.key}` tidak ada.",
                f"Tambahkan `{name}: …` " + (f"di bawah `{parent}`." if parent else "di front matter."),
                "F103",
            )
        elif fault.kind == "unknown":
            hint = f"Mungkin maksudnya `{fault.expected}`?" if fault.expected else "Hapus kunci ini."
            yield Problem(document.place(fault.key), f"Kunci `{fault.key}` tidak dikenal.", hint, "F104")
        elif fault.key.startswith("jp.") and kind == "modul":
            yield Problem(
                document.place(fault.key),
                f"`{fault.key}` berisi `{_shown(fault.given)}`, bukan bilangan bulat nol atau lebih.",
                "Tulis JP utuh, misalnya `2`; pakai `0` bila tidak ada.",
                "H305",
            )
        else:
            code = "V801" if fault.key == "versi" else "F105"
            expected = "versi SemVer, misalnya `1.0.0`" if code == "V801" else fault.expected
            yield Problem(
                document.place(fault.key),
                f"`{fault.key}` berisi `{_shown(fault.given)}`.",
                f"Isi dengan {expected}.",
                code,
            )


def _shown(value: object) -> str:
    """A value as the author would recognise it, cut to a readable length."""
    if value is None:
        return "(kosong)"
    text = {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _policy(tree: Tree, problems: list[Problem]) -> tuple[Policy, Document | None]:
    if POLICY not in tree.paths:
        if any(path.startswith(f"{MODULES}/") for path in tree.paths):
            message = f"`{POLICY}` tidak ada; dipakai nilai baku."
            hint = "Salin `kurikulum.yml` dari repositori induk."
            problems.append(Problem(Location(POLICY), message, hint, "F103"))
        return Policy(), None
    raw = tree.read(POLICY)
    base = read(POLICY, b"")
    try:
        raw.decode("utf-8")
        data, places, found = read_yaml(POLICY, raw)
    except UnicodeDecodeError:
        problem = Problem(Location(POLICY), "Berkas bukan teks UTF-8.", "Simpan ulang sebagai UTF-8.", "F110")
        problems.append(problem)
        return Policy(), replace(base, problems=(problem,))
    document = replace(base, data=raw, front=data, places=places, body=len(raw))
    if data is not None:
        found += _faults("kurikulum", document, data)
    if data is None or found:
        problems += found
        return Policy(), replace(document, problems=tuple(found))
    values: dict[str, Any] = {key: item.get("nilai") for key, item in data.items() if isinstance(item, dict)}
    share: Any = data["persen_teori"]
    return (
        Policy(
            lesson_minutes=values["menit_per_jp"],
            half_lessons=values["setengah_jp"],
            yearly_lessons=values["jp_minimum_tahunan"],
            daily_lessons=values["jp_maksimum_per_hari"],
            longest_session=values["menit_sesi_terpanjang"],
            theory_share=(share["minimum"], share["maksimum"]),
            body_change_share=values["persen_perubahan_isi"],
            contact_age_days=values["hari_nomor_darurat"],
            breaks=tuple(Break(b["nama"], clock(b["pukul"]), b["menit"]) for b in values["istirahat"]),
        ),
        document,
    )


def clock(text: str) -> int:
    """`"08:30"` as minutes after midnight."""
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _own_page(page: Document, folder: str, kind: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The checked front matter of a programme or edition page; None for other pages and for unreadable ones."""
    if (
        not page.path.startswith(f"{folder}/")
        or page.path == f"{folder}/index.md"
        or (page.problems and not page.front)
    ):
        return None
    if not page.front or kind not in page.front:
        message = f"Halaman di `{folder}` ini tidak punya front matter `{kind}:`."
        hint = f"Tambahkan `{kind}: {{…}}`; contohnya ada di halaman lain di folder yang sama."
        problems.append(Problem(Location(page.path), message, hint, "F103"))
        return None
    faults = list(_faults(kind, page, page.front))
    problems += faults
    return None if faults else page.front[kind]  # type: ignore[return-value]


def _programme(page: Document, problems: list[Problem]) -> Programme | None:
    data = _own_page(page, PROGRAMMES, "program", problems)
    if data is None:
        return None
    return Programme(
        page.path.rpartition("/")[2].removesuffix(".md"),
        page,
        data["kode"],
        page.title,
        tuple(data["modul"]),
        data["jp"],
        tuple(data["sasaran"]),
        data["jp_per_hari"],
        clock(data["mulai"]),
        data.get("memenuhi_minimum_tahunan", False),
    )


def _edition(page: Document, problems: list[Problem]) -> Edition | None:
    data = _own_page(page, EDITIONS, "edisi", problems)
    return Edition(data["nama"], data["tanggal"], page) if data else None


# --- Module ---------------------------------------------------------------------------------------------------------


def read_module(slug: str, document: Document, handouts: tuple[Document, ...], problems: list[Problem]) -> Module:
    """Interpret a module's document; problems of its front matter are added to `problems`."""
    front = document.front
    wrong: set[str] = set()
    if front is not None:
        for problem in _faults("modul", document, front):
            problems.append(problem)
        wrong = {fault.key.split(".")[0] for fault in schema.check("modul", front) if fault.kind != "unknown"}
    elif not document.problems:
        problems.append(_no_front_matter(document))

    def get(key: str, default: Any) -> Any:
        return front[key] if front and key in front and key not in wrong else default

    hours: Any = get("jp", None)
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
        reviewers=tuple(Reviewer(r["unsur"], r["nama"], r["tanggal"]) for r in get("penelaah", ())),
        review_by=get("tinjau_ulang", None),
        old_addresses=tuple(get("alamat_lama", ())),
        sections=sections,
        indicators=_indicators(indicators),
        topics=_topics(sections.get(vocabulary.TOPICS)),
        sessions=_sessions(sections),
        assessments=_assessments(sections.get(vocabulary.EVALUATION)),
        references=_references(sections.get(vocabulary.REFERENCES)),
        history=_history(sections.get(vocabulary.HISTORY)),
        handouts=handouts,
    )


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
