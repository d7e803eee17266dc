"""S: the structure of a module. Where one defect shows in several places, the rule nearest to its root speaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest
from typing import TypeVar

from .. import vocabulary
from ..document import Block, Document, Location, Offsets, Problem, Section, fact
from ..headings import AS_BOLD, AS_HASHES, PART, SESSION
from ..model import Curriculum, Indicator, Module, Session, Severity
from ..module import columns, indicator_section, once, plan_table, stray_rows
from .markdown import lists_broken
from .registry import rule
from .sums import numbering_broken

MARKS = re.compile(r"\[isi\b[^\]\n]*\]|\b(?:todo|tbd|fixme) ?:|\b(?:TODO|TBD|FIXME)\b|\blorem ipsum\b", re.IGNORECASE)
_IN_CAPITALS = ("todo", "tbd", "fixme")
MARK_STARTS = (b"[isi", b"todo", b"tbd", b"fixme", b"lorem ipsum")
"""How every mark begins in small letters; looked for first, because it is quick to look for."""
ELLIPSIS = ("…", "...")
LONGEST_CELL = 200
T = TypeVar("T")


def is_placeholder(text: str) -> bool:
    """Whether a cell still waits to be filled."""
    return text.strip() in ELLIPSIS or bool(MARKS.fullmatch(text.strip()))


def is_empty(section: Section) -> bool:
    """Whether a section says nothing: no text and no sections below it (comments do not count)."""
    return not section.children and all(block.kind == "html" for block in section.blocks)


def required(module: Module) -> list[str]:
    """The titles that this module needs at H2."""
    hours = module.hours
    assigned = hours is None or bool(hours.assignment + hours.fieldwork)
    return [title for title in vocabulary.SECTIONS if title != vocabulary.ASSIGNMENTS or assigned]


def renamed(module: Module) -> dict[str, Section]:
    """Unknown sections at H2 that stand for a missing one: the missing title, and the section.

    Either its title is like the missing one, or it stands just where the missing one belongs.
    """
    missing = [title for title in vocabulary.SECTIONS if title not in module.sections]
    strange = [section for title, section in module.sections.items() if title not in vocabulary.SECTIONS]
    found: dict[str, Section] = {}
    for section in strange:
        if meant := vocabulary.nearest(section.title, [title for title in missing if title not in found]):
            found[meant] = section
    named = {section.start for section in found.values()}
    needed = required(module)
    ranks = [vocabulary.SECTIONS.index(t) if t in vocabulary.SECTIONS else None for t in module.sections]
    highest = list(accumulate((-1 if rank is None else rank for rank in ranks), max))
    lowest = list(accumulate((len(vocabulary.SECTIONS) if rank is None else rank for rank in reversed(ranks)), min))[
        ::-1
    ]
    for section, rank, before, after in zip(module.sections.values(), ranks, highest, lowest, strict=True):
        if rank is not None or section.start in named or len(found) == len(missing):
            continue
        gap = [title for title in vocabulary.SECTIONS[before + 1 : after] if title in missing and title not in found]
        gap = [title for title in gap if title in needed] or gap
        if gap:
            found[gap[0]] = section
    return found


def place_for(module: Module, title: str) -> Location:
    """Where a missing section belongs: the heading of the next one that is there, or the end of the file."""
    after = vocabulary.SECTIONS[vocabulary.SECTIONS.index(title) + 1 :]
    for name in after:
        if name in module.sections:
            return module.document.at(module.sections[name].start)
    return module.document.at(max(0, len(module.document.data) - 1))


# --- Headings and sections ------------------------------------------------------------------------------------------


def _headings(document: Document) -> list[Block]:
    """Headings that make the outline; of those inside lists and quotes M902 speaks."""
    return [section.heading for section in document.root.walk() if section.heading]


@rule("S201", "H1 bukan satu dan sama dengan judul")
def title_heading(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    headings = _headings(module.document)
    titles = [block for block in headings if block.level == 1]
    hint = f"Tulis satu `# {module.title or 'Judul'}` tepat setelah front matter."
    if not titles:
        first = headings[0].start if headings else module.document.body
        yield Problem(module.document.at(first), "Modul ini tidak punya judul H1.", hint)
        return
    if titles[0].label in (AS_BOLD, AS_HASHES):
        return  # A503 or M902 speaks
    if titles[0].label:
        yield Problem(module.document.at(titles[0].start), f"Judul modul ditulis sebagai {titles[0].label}.", hint)
        return
    if headings[0] is not titles[0]:
        yield Problem(
            module.document.at(headings[0].start),
            f"Judul pertama adalah “{headings[0].text}”, bukan H1.",
            hint,
        )
    elif module.title and titles[0].text != module.title:
        yield Problem(
            module.document.at(titles[0].start),
            f"H1 “{titles[0].text}” berbeda dari `judul: {module.title}`.",
            "Samakan keduanya.",
        )
    for extra in titles[1:]:
        yield Problem(
            module.document.at(extra.start),
            f"H1 kedua: “{extra.text}”.",
            "Modul hanya punya satu H1; pakai `##` untuk bagian.",
        )


@rule("S221", "Lampiran tanpa judul H1")
def handout_title(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for handout in module.handouts:
        first = next(iter(handout.of("heading")), None)
        if not handout.unreadable and (first is None or first.level != 1):
            yield Problem(
                handout.at(first.start if first else handout.body),
                "Lampiran ini tidak berjudul H1.",
                "Tulis satu `# Judul lampiran` sebagai judul pertamanya.",
            )


@rule("S202", "Bagian wajib tidak ada")
def missing_section(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    moved = renamed(module)
    if not any(title in vocabulary.SECTIONS for title in module.sections):
        yield Problem(
            module.document.at(max(0, len(module.document.data) - 1)),
            "Modul ini tidak punya satu pun bagian wajib.",
            "Tulis bagian-bagiannya: " + ", ".join(f"`## {title}`" for title in required(module)) + ".",
        )
        return
    for title in vocabulary.SECTIONS:
        section = module.sections.get(title)
        if section and section.heading and section.heading.label.startswith("H"):
            yield Problem(
                module.document.at(section.start),
                f"Bagian `## {title}` ditulis sebagai {section.heading.label}.",
                f"Tulis `## {title}`.",
            )
        elif not section and title not in moved and title != vocabulary.ASSIGNMENTS:
            yield Problem(
                place_for(module, title),
                f"Bagian `## {title}` tidak ada.",
                f"Sisipkan `## {title}` sebelum baris ini.",
            )
    objectives = module.sections.get(vocabulary.OBJECTIVES)
    if objectives and not is_empty(objectives):
        for title in (vocabulary.OUTCOME, vocabulary.INDICATORS):
            if title not in _parts(objectives) and title not in _renamed_parts(objectives):
                yield Problem(
                    module.document.at(objectives.start),
                    f"Bagian `### {title}` tidak ada di bawah `## {vocabulary.OBJECTIVES}`.",
                    f"Tambahkan `### {title}`.",
                )


def _parts(objectives: Section) -> list[str]:
    return [section.title for section in objectives.children]


def _renamed_parts(objectives: Section) -> dict[str, str]:
    """Parts of Tujuan pembelajaran that are missing, with the unknown ones that stand for them."""
    known = (vocabulary.OUTCOME, vocabulary.INDICATORS)
    missing = [title for title in known if title not in _parts(objectives)]
    strange = [title for title in _parts(objectives) if title not in known]
    if len(missing) == len(strange):
        return dict(zip(missing, strange, strict=True))
    return {title: near for title in missing if (near := vocabulary.nearest(title, strange))}


def _out_of_order(things: Sequence[T], order: Sequence[T]) -> list[int]:
    """Indexes of the fewest things that would have to move."""
    ranks = [order.index(thing) for thing in things]
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for index, rank in enumerate(ranks):
        at = bisect_left(ends, rank)
        before.append(tails[at - 1] if at else -1)
        ends[at : at + 1] = [rank]
        tails[at : at + 1] = [index]
    kept: set[int] = set()
    index = tails[-1] if tails else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return [index for index in range(len(ranks)) if index not in kept]


@rule("S203", "Urutan bagian salah")
def section_order(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    known = [title for title in module.sections if title in vocabulary.SECTIONS]
    for index in _out_of_order(known, vocabulary.SECTIONS):
        title = known[index]
        yield Problem(
            module.document.at(module.sections[title].start),
            f"Bagian `## {title}` tidak pada tempatnya.",
            f"Pindahkan ke {_between(title, vocabulary.SECTIONS, module)}.",
        )
    objectives = module.sections.get(vocabulary.OBJECTIVES)
    parts = (
        [s for s in objectives.children if s.title in (vocabulary.OUTCOME, vocabulary.INDICATORS)] if objectives else []
    )
    if [part.title for part in parts[:2]] == [vocabulary.INDICATORS, vocabulary.OUTCOME]:
        yield Problem(
            module.document.at(parts[0].start),
            f"`### {vocabulary.INDICATORS}` mendahului `### {vocabulary.OUTCOME}`.",
            "Tukar urutannya.",
        )


def _between(title: str, order: Sequence[str], module: Module) -> str:
    before = [name for name in order[: order.index(title)] if name in module.sections]
    return f"setelah `## {before[-1]}`" if before else "awal modul, setelah H1"


@rule("S204", "Bagian tidak dikenal")
def unknown_section(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    objectives = module.sections.get(vocabulary.OBJECTIVES)
    meant = {section.start: title for title, section in renamed(module).items()}
    strange = [("##", s, vocabulary.nearest(s.title, vocabulary.SECTIONS)) for t, s in module.sections.items()]
    strange = [(mark, s, meant.get(s.start, near)) for mark, s, near in strange if s.title not in vocabulary.SECTIONS]
    if objectives:
        parts = (vocabulary.OUTCOME, vocabulary.INDICATORS)
        instead = {there: title for title, there in _renamed_parts(objectives).items()}
        strange += [
            ("###", s, instead.get(s.title) or vocabulary.nearest(s.title, parts))
            for s in objectives.children
            if s.title not in parts
        ]
    for mark, section, title in strange:
        yield Problem(
            module.document.at(section.start),
            f"Bagian `{mark} {section.title}` tidak dikenal.",
            f"Mungkin maksudnya `{mark} {title}`?"
            if title
            else f"Pindahkan isinya ke bagian yang dikenal, misalnya `## {vocabulary.CONTENT}`.",
        )


def _strays(module: Module | None) -> set[int]:
    """Where headings start that the format does not know there: S204, S212 or S215 speaks, and of what they break."""
    if module is None:
        return set()
    found = {section.start for title, section in module.sections.items() if title not in vocabulary.SECTIONS}
    for title, known in ((vocabulary.CONTENT, PART), (vocabulary.STEPS, SESSION)):
        if section := module.sections.get(title):
            found |= {child.start for child in section.children if not known.match(child.title)}
    return found


@rule("S205", "Bagian tanpa isi", each="module document")
def empty_section(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    module = curriculum.by_path.get(document.path)
    strays = _strays(module)
    sections = [section for section in document.root.walk() if section.heading]
    for section, following in zip_longest(sections, sections[1:]):
        level = section.heading.level if section.heading else 0
        if module and level == 1:
            continue  # S201 or S202 speaks
        if not section.title:
            if section.start not in strays:
                yield Problem(
                    document.at(section.start),
                    "Judul di baris ini tidak berisi teks.",
                    "Tulis judulnya, atau hapus tanda pagarnya.",
                )
        elif is_empty(section) and section.title != vocabulary.FACILITATOR_GUIDE:
            if following and following.start in strays:
                continue  # the stranger took what stood here
            yield Problem(
                document.at(section.start),
                f"Bagian “{section.title}” tidak berisi apa pun.",
                "Isi bagian ini, atau hapus judulnya bila memang tidak wajib.",
            )


@rule("S206", "Tingkat judul dilompati atau salah", each="document")
def skipped_level(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    module = curriculum.by_path.get(document.path)
    silent = _strays(module)  # what follows a stranger hung under the heading above it
    if module:
        silent |= _childless(module)
    level = above = 0
    for block in _headings(document):
        if block.label.startswith("H") and block.level > 2:
            yield Problem(
                document.at(block.start),
                f"Judul “{block.text}” ditulis sebagai {block.label}.",
                f"Tulis `{'#' * block.level} {block.text}`.",
            )
        elif level and block.level > level + 1 and above not in silent:
            yield Problem(
                document.at(block.start),
                f"Judul “{block.text}” bertingkat H{block.level} tepat di bawah H{level}.",
                f"Pakai `{'#' * (level + 1)}`.",
            )
        level, above = block.level, block.start


def _childless(module: Module) -> set[int]:
    """Where sections start of whose lost sessions or parts S215 or S212 speaks."""
    steps, content = module.sections.get(vocabulary.STEPS), module.sections.get(vocabulary.CONTENT)
    found = {steps.start} if steps and numbering_broken(module) else set()
    if content and not any((match := PART.match(part.title)) and match[1] == "1" for part in content.children):
        found.add(content.start)
    return found


@rule("S207", "Judul kembar", each="module document")
def repeated_heading(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    for parent in document.root.walk():
        if len(_plans(parent, vocabulary.SESSION_COLUMNS)) > 1:
            continue  # S216 speaks: a session's heading is lost
        seen: dict[str, Section] = {}
        for section in parent.children:
            first = seen.setdefault(section.title.casefold(), section)
            if first is not section and section.heading and section.heading.level > 1:
                yield Problem(
                    document.at(section.start),
                    f"Judul “{section.title}” sudah ada di baris {document.at(first.start).line}.",
                    "Gabungkan keduanya, atau beri judul yang membedakan.",
                )


# --- Indicators, topics, evaluation ---------------------------------------------------------------------------------


@fact("module")
def _counts(module: Module) -> tuple[int, int] | None:
    """Numbers of indicators and topics; None where either cannot be read, of which other rules speak."""
    section = indicator_section(module.sections)
    topics = module.sections.get(vocabulary.TOPICS)
    if section is None or topics is None or is_empty(section) or is_empty(topics):
        return None
    if lists_broken(module.document, section) or lists_broken(module.document, topics):
        return None
    return len(module.indicators or ()), len(module.topics or ())


@rule("S208", "Jumlah IHB dan materi pokok berbeda")
def paired_topics(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    counts = _counts(module)
    if counts and counts[0] != counts[1]:
        yield Problem(
            module.document.at(module.sections[vocabulary.TOPICS].start),
            f"Ada {counts[0]} IHB tetapi {counts[1]} materi pokok.",
            "Setiap IHB berpasangan dengan satu materi pokok, dengan nomor yang sama.",
        )


@rule("S209", "IHB tanpa kata kerja terukur")
def measurable_verb(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    if vocabulary.TOPICS not in module.sections and vocabulary.TOPICS not in renamed(module):
        return  # S202 speaks: the topics may stand among the indicators
    for indicator in module.indicators or ():
        word = re.split(r"[\s,;:]", indicator.text.casefold(), maxsplit=1)[0]
        if is_placeholder(indicator.text) or MARKS.match(indicator.text):
            continue
        if not word:
            yield Problem(
                module.document.at(indicator.start),
                f"IHB {indicator.number} kosong.",
                "Awali dengan kata kerja terukur, misalnya menjelaskan, memperagakan, atau menyusun.",
            )
            continue
        if word in vocabulary.REFUSED_VERBS:
            better = ", ".join(vocabulary.REFUSED_VERBS[word])
            yield Problem(
                module.document.at(indicator.start),
                f"IHB {indicator.number} memakai “{word}”, yang tidak dapat diamati.",
                f"Pakai kata kerja yang terukur, misalnya {better}.",
            )
        elif not re.match(r"(me|ber|mem|men|meng|meny)\w{3,}$", word):
            yield Problem(
                module.document.at(indicator.start),
                f"IHB {indicator.number} diawali “{word}”, bukan kata kerja.",
                "Awali dengan kata kerja terukur, misalnya menjelaskan, memperagakan, atau menyusun.",
            )


def _range(module: Module) -> int | None:
    """The highest number that an IHB can have; where S208 speaks, the greater count, so that it alone does."""
    counts = _counts(module)
    return max(counts) if counts else None


def _numbers(
    module: Module, rows: Sequence[tuple[Block, tuple[int, ...]]], highest: int, where: str
) -> Iterator[Problem]:
    """Rows whose IHB cell names no number, or one that does not exist."""
    for cell, named in rows:
        if not cell.text or is_placeholder(cell.text):
            continue
        if not named:
            yield Problem(
                module.document.at(cell.start),
                f"Kolom IHB berisi “{cell.text}”, bukan nomor IHB.",
                "Tulis nomornya, misalnya `1` atau `1, 2`.",
            )
        for number in named:
            if not 1 <= number <= highest:
                yield Problem(
                    module.document.at(cell.start),
                    f"{where} menyebut IHB {number}, padahal modul ini punya {highest} IHB.",
                    f"Pakai nomor 1 sampai {highest}.",
                )


def _teaching_rows(module: Module) -> list[tuple[Block, tuple[int, ...]]]:
    return [(a.cells[4], a.indicators) for s in module.sessions or () for a in s.activities or ()]


def minutes_short(module: Module, curriculum: Curriculum) -> bool:
    """Whether less is taught than `jp` says in some mode: then a row may be missing, and H304 alone speaks of it."""
    lesson = curriculum.policy.lesson_minutes
    hours = module.hours
    return hours is not None and any(module.minutes(mode) < hours.of(mode) * lesson for mode in vocabulary.MODE_NAMES)


@rule("S210", "IHB tidak diajarkan, atau baris menyebut IHB yang tidak ada")
def taught_indicators(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    highest = _range(module)
    if highest is None or module.sessions is None:
        return
    rows = _teaching_rows(module)
    wrong = list(_numbers(module, rows, highest, "Baris kegiatan"))
    yield from wrong
    complete = all(s.readable for s in module.sessions) and all(named for _, named in rows)
    if wrong or not complete or minutes_short(module, curriculum) or numbering_broken(module) or not module.sessions:
        return
    if untaught := _unnamed(module, rows):
        yield Problem(
            module.document.at(untaught[0].start),
            f"IHB {_listed(untaught)} tidak diajarkan di sesi mana pun.",
            "Tambahkan nomornya di kolom IHB pada kegiatan yang mengajarkannya.",
        )


def _unnamed(module: Module, rows: Sequence[tuple[Block, tuple[int, ...]]]) -> list[Indicator]:
    """The indicators whose number stands in none of the rows."""
    named = {number for _, numbers in rows for number in numbers}
    counted = (module.indicators or ())[: min(_counts(module) or (0, 0))]
    return [indicator for indicator in counted if indicator.number not in named]


def _listed(indicators: Sequence[Indicator]) -> str:
    *head, last = [str(indicator.number) for indicator in indicators]
    return f"{', '.join(head)} dan {last}" if head else last


@rule("S211", "IHB tidak dievaluasi, atau evaluasi untuk IHB yang tidak ada")
def assessed_indicators(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    highest = _range(module)
    if highest is None or module.assessments is None:
        return
    rows = [(assessment.cells[0], assessment.indicators) for assessment in module.assessments]
    wrong = list(_numbers(module, rows, highest, "Baris evaluasi"))
    yield from wrong
    if wrong or not all(named for _, named in rows):
        return
    if unassessed := _unnamed(module, rows):
        yield Problem(
            module.document.at(unassessed[0].start),
            f"IHB {_listed(unassessed)} tidak dinilai di `## {vocabulary.EVALUATION}`.",
            f"Tambahkan baris evaluasi untuk IHB {_listed(unassessed)}.",
        )


def _same(left: str, right: str) -> bool:
    return " ".join(left.split()).rstrip(".") == " ".join(right.split()).rstrip(".")


@rule("S212", "Materi pokok tanpa uraian, atau judulnya berbeda")
def described_topics(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    content = module.sections.get(vocabulary.CONTENT)
    counts = _counts(module)
    if content is None or is_empty(content) or not counts or counts[0] != counts[1] or not module.topics:
        return
    parts = [part for part in once(content.children) if part.heading and part.heading.level == 3]
    numbered: dict[int, tuple[Section, str]] = {}
    strange: list[Section] = []
    for part in parts:
        match = PART.match(part.title)
        if match and 1 <= int(match[1]) <= len(module.topics) and int(match[1]) not in numbered:
            numbered[int(match[1])] = (part, match[2])
        else:
            strange.append(part)
    missing = [topic for topic in module.topics if topic.number not in numbered]
    for topic in module.topics:
        if not topic.text:
            yield Problem(
                module.document.at(topic.start),
                f"Materi pokok {topic.number} kosong.",
                "Tulis judulnya, sama dengan judul uraiannya.",
            )
        if topic.number in numbered and topic.text and not _same(numbered[topic.number][1], topic.text):
            part, title = numbered[topic.number]
            yield Problem(
                module.document.at(part.start),
                f"Uraian materi pokok {topic.number} berjudul “{title}”, sedangkan daftarnya “{topic.text}”.",
                "Samakan kedua judul.",
            )
    for topic, part in zip(missing, strange, strict=False):
        yield Problem(
            module.document.at(part.start),
            f"Judul “{part.title}” bukan uraian materi pokok yang dikenal.",
            f"Tulis `### Materi pokok {topic.number}: {topic.text}`.",
        )
    for topic in missing[len(strange) :]:
        after = [part for number, (part, _) in numbered.items() if number > topic.number]
        yield Problem(
            module.document.at(after[0].start if after else content.start),
            f"Materi pokok {topic.number} “{topic.text}” tidak diuraikan.",
            f"Tambahkan `### Materi pokok {topic.number}: {topic.text}` di `## {vocabulary.CONTENT}`.",
        )
    for part in strange[len(missing) :]:
        yield Problem(
            module.document.at(part.start),
            f"Judul “{part.title}” tidak berpasangan dengan materi pokok mana pun.",
            "Jadikan `####` di bawah materi pokoknya, atau tambahkan ke daftar materi pokok.",
        )
    order = list(numbered)
    for index in _out_of_order(order, sorted(order)):
        part, title = numbered[order[index]]
        yield Problem(
            module.document.at(part.start),
            f"Uraian materi pokok {order[index]} “{title}” tidak pada urutannya.",
            "Urutkan bagian ini menurut nomor materi pokoknya.",
        )


@rule("S213", "Penugasan tanpa panduan")
def assignment_guide(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    hours = module.hours
    if not hours or not hours.assignment + hours.fieldwork:
        return
    if vocabulary.ASSIGNMENTS not in module.sections and vocabulary.ASSIGNMENTS not in renamed(module):
        yield Problem(
            place_for(module, vocabulary.ASSIGNMENTS),
            f"Modul ini punya {hours.assignment} JP penugasan dan {hours.fieldwork} JP lapangan "
            f"tetapi tidak punya `## {vocabulary.ASSIGNMENTS}`.",
            f"Sisipkan `## {vocabulary.ASSIGNMENTS}` sebelum baris ini.",
        )


@rule("S214", "Isian kerangka belum diganti", each="module document")
def placeholder(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    lowered = document.data.lower()
    if any(mark in lowered for mark in MARK_STARTS):
        text = document.data.decode("utf-8", "replace")
        fenced = [(block.start, block.end) for block in document.of("code")]
        offsets = Offsets(text)
        for match in MARKS.finditer(text):
            if match[0].lower() in _IN_CAPITALS and not match[0].isupper():
                continue  # a name, or part of a sentence
            offset = offsets.at(match.start())
            linked = text[match.end() : match.end() + 1] in ("(", "[")
            if not linked and not any(start <= offset < end for start, end in fenced):
                yield Problem(
                    document.at(offset),
                    f"Isian “{match[0]}” belum diganti.",
                    "Ganti dengan isi yang sebenarnya.",
                )
    if "…".encode() in lowered or b"..." in lowered:
        for block in document.of("cell"):
            if block.text in ELLIPSIS:
                yield Problem(
                    document.at(block.start),
                    f"Sel ini hanya berisi “{block.text}”.",
                    "Isi sel ini.",
                )


# --- Sessions -------------------------------------------------------------------------------------------------------


@rule("S215", "Sesi tidak bernomor 1 sampai n")
def session_numbers(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    if any(len(_plans(session.section, vocabulary.SESSION_COLUMNS)) > 1 for session in module.sessions or ()):
        return  # S216 speaks: a session's heading is lost
    for expected, session in enumerate(module.sessions or (), 1):
        if session.number == expected:
            continue
        title = session.title if session.number is None else f"Sesi {session.number}: {session.title}"
        yield Problem(
            module.document.at(session.start),
            f"“{title}” berdiri pada urutan ke-{expected}.",
            f"Tulis `### Sesi {expected}: {_session_title(session)}`"
            + (", atau kembalikan sesi yang hilang." if session.number else "."),
        )
        return
    steps = module.sections.get(vocabulary.STEPS)
    if steps and not module.sessions and not is_empty(steps):
        yield Problem(
            module.document.at(steps.start),
            f"`## {vocabulary.STEPS}` tidak memuat sesi.",
            "Tambahkan `### Sesi 1: Judul sesi` beserta tabelnya.",
        )


def _session_title(session: Session) -> str:
    return re.sub(r"^(sesi|pertemuan)\b\s*\d*\s*[:.–-]?\s*", "", session.title, flags=re.IGNORECASE) or "Judul sesi"


def _plans(section: Section, wanted: tuple[str, ...]) -> list[Block]:
    """The tables right under a heading that have the wanted columns."""
    return [block for block in section.blocks if block.kind == "table" and columns(block) == wanted]


def plans(module: Module) -> Iterator[tuple[Section, tuple[str, ...], str]]:
    """The sections that need a table of given columns, with what to call them."""
    for session in module.sessions or ():
        yield session.section, vocabulary.SESSION_COLUMNS, f"sesi “{session.title}”"
    for title, wanted in (
        (vocabulary.EVALUATION, vocabulary.EVALUATION_COLUMNS),
        (vocabulary.HISTORY, vocabulary.HISTORY_COLUMNS),
    ):
        if section := module.sections.get(title):
            yield section, wanted, f"`## {title}`"


def _table_problem(document: Document, section: Section, wanted: tuple[str, ...], what: str) -> Iterator[Problem]:
    table = plan_table(section, wanted)
    line = "| " + " | ".join(wanted) + " |"
    if table is None and stray_rows(section):
        return  # M903 speaks
    if table is None:
        yield Problem(document.at(section.start), f"{what} tidak punya tabel.", f"Tambahkan tabel berkolom `{line}`.")
        return
    if len(found := _plans(section, wanted)) > 1:
        yield Problem(
            document.at(found[1].start),
            f"Tabel kedua di {what}, dengan kolom yang sama.",
            "Gabungkan keduanya, atau kembalikan judul yang hilang di antaranya.",
        )
        return
    heads = columns(table)
    if heads == wanted:
        return
    missing = [name for name in wanted if name not in heads]
    extra = [name for name in heads if name not in wanted]
    if not missing and not extra and len(heads) == len(wanted):
        message = f"Urutan kolom tabel {what} salah: {', '.join(heads)}."
    else:
        parts = []
        if missing:
            parts.append("tidak punya kolom " + ", ".join(missing))
        if extra:
            parts.append("punya kolom lain: " + ", ".join(name or "(kosong)" for name in extra))
        if not parts:
            parts.append("mengulang kolom " + ", ".join(sorted({n for n in heads if heads.count(n) > 1})))
        message = f"Tabel {what} " + " dan ".join(parts) + "."
    yield Problem(document.at(table.start), message, f"Kepala tabelnya: `{line}`.")


@rule("S216", "Tabel tidak ada, atau kolomnya salah")
def tables(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for section, wanted, what in plans(module):
        if not is_empty(section):
            yield from _table_problem(module.document, section, wanted, what[:1].upper() + what[1:])


@rule("S217", "Sel kosong")
def empty_cell(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    rows: list[tuple[tuple[Block, ...], tuple[str, ...]]] = []
    rows += [(a.cells, vocabulary.SESSION_COLUMNS) for s in module.sessions or () for a in s.activities or ()]
    rows += [(a.cells, vocabulary.EVALUATION_COLUMNS) for a in module.assessments or ()]
    rows += [(c.cells[:3], vocabulary.HISTORY_COLUMNS) for c in module.history or ()]
    for cells, names in rows:
        empty = [
            (cell, name)
            for cell, name in zip(cells, names, strict=False)
            if not cell.text and not module.document.source(cell).strip()  # a link without text is L406's
        ]
        if len(empty) == 1 and empty[0][1] == vocabulary.SESSION_COLUMNS[6]:
            continue  # H301 speaks of minutes
        if empty:
            cell = empty[0][0]
            yield Problem(
                module.document.at(cell.start),
                "Sel kosong di kolom " + ", ".join(name for _, name in empty) + ".",
                "Isi sel ini; bila barisnya tidak dipakai, hapus barisnya.",
            )


@rule("S218", "Sesi tanpa Pendahuluan atau Penutup, atau tahap tidak urut", severity=Severity.WARNING)
def stages(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for session in module.sessions or ():
        if not session.activities:
            continue
        named = [activity.stage for activity in session.activities]
        strange = [a for a in session.activities if a.stage and a.stage not in vocabulary.STAGES]
        for activity in strange:
            if is_placeholder(activity.stage):
                continue
            meant = vocabulary.nearest(activity.stage, list(vocabulary.STAGES))
            yield Problem(
                module.document.at(activity.cells[0].start),
                f"Tahap “{activity.stage}” tidak dikenal.",
                f"Mungkin maksudnya `{meant}`?" if meant else f"Pakai {', '.join(vocabulary.STAGES)}.",
            )
        missing = [stage for stage in (vocabulary.OPENING, vocabulary.CLOSING) if stage not in named]
        if strange or not all(named) or (missing and minutes_short(module, curriculum)):
            continue  # it may be what the strange one stands for, or in a row that H304 misses
        ranks = [vocabulary.STAGES.index(name) for name in named]
        for number, activity in enumerate(session.activities):
            if ranks[number] < (latest := max(ranks[: number + 1])):
                yield Problem(
                    module.document.at(activity.cells[0].start),
                    f"Tahap {activity.stage} berdiri sesudah {vocabulary.STAGES[latest]}.",
                    f"Urutkan barisnya: {', '.join(vocabulary.STAGES)}.",
                )
                break
        if missing:
            yield Problem(
                module.document.at(session.start),
                f"Sesi “{session.title}” tidak punya tahap {' dan '.join(missing)}.",
                "Tambahkan barisnya, atau ubah tahap baris yang sudah ada.",
            )


@rule("S219", "Sel tabel sesi terlalu panjang", severity=Severity.WARNING)
def long_cell(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for session in module.sessions or ():
        for activity in session.activities or ():
            for cell in activity.cells:
                if len(cell.text) > LONGEST_CELL:
                    yield Problem(
                        module.document.at(cell.start),
                        f"Sel ini {len(cell.text)} karakter; batasnya {LONGEST_CELL}.",
                        f"Ringkas selnya dan pindahkan rinciannya ke `#### {vocabulary.FACILITATOR_GUIDE}`.",
                    )


@rule("S220", "Sesi tanpa panduan fasilitator")
def facilitator_guide(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for session in module.sessions or ():
        if is_empty(session.section):
            continue
        guide = next((s for s in session.section.children if s.title == vocabulary.FACILITATOR_GUIDE), None)
        if guide is None and any(not child.title for child in session.section.children):
            continue  # S205 speaks
        if guide is None:
            near = next(
                (s for s in session.section.children if vocabulary.nearest(s.title, [vocabulary.FACILITATOR_GUIDE])),
                None,
            )
            yield Problem(
                module.document.at(near.start if near else session.start),
                f"Sesi “{session.title}” tidak punya `#### {vocabulary.FACILITATOR_GUIDE}`.",
                f"Mungkin maksudnya `#### {vocabulary.FACILITATOR_GUIDE}`?"
                if near
                else "Tambahkan di bawah tabel sesi: apa yang dikatakan, dilakukan, ditanyakan, dan diamati.",
            )
        elif is_empty(guide):
            yield Problem(
                module.document.at(guide.start),
                f"Panduan fasilitator sesi “{session.title}” kosong.",
                "Tulis langkahnya: apa yang dikatakan, dilakukan, ditanyakan, dan diamati.",
            )
