"""Hours that prose speaks of, held against the data.

A figure is held only where its sentence names what it speaks of: this module or another by its kode, a session by its
number, this programme or another by its kode, the yearly minimum, a day. Figures of anything else (a dose, another
organisation's training, a distance) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .. import labels, vocabulary
from ..document import Block, Document, Offsets, Section, fact
from ..model import Curriculum, Mode, Module, Programme
from .sums import summed

_ONES = "satu dua tiga empat lima enam tujuh delapan sembilan".split()
_WORD = rf"(?:{'|'.join(_ONES)}|sepuluh|sebelas|seratus|seribu|setengah|belas|puluh|ratus|ribu)"
_DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,6}(?:,\d+)?"
_NUMBER = rf"(?:(?<![\d.,–-])(?:{_DIGITS})|\b{_WORD}(?:[ \n]+{_WORD}){{0,8}})"
_JP = r"(?:JPL?\b|jam pelajaran\b)"
_MODE = r"(?:teori|penugasan|praktik lapangan|lapangan)"
_FIGURE = re.compile(
    rf"(?P<times>\b\d{{1,2}})\s*[x×]\s*(?P<each>\d{{1,3}})\s*menit\b"
    rf"|(?P<split>{_NUMBER})\s*{_JP}\s+(?P<mode>{_MODE})\b"
    rf"|(?P<jp>{_NUMBER})\s*{_JP}(?!\s*{_MODE})"
    rf"|(?P<minutes>{_NUMBER})\s*menit\b"
    rf"|\b(?:jumlah|total)\s+(?:(?P<counts_jp>{_JP})|menit)\s+(?:seluruh\s+)?(?:modul|program|pelatihan)\s+ini\s*"
    rf"(?:adalah|ialah|yaitu|yakni|sebanyak|mencapai|[:=])?\s*(?P<counted>{_NUMBER})\b(?!\s*(?:JP|jam|menit))",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"(?:\b(?:tiap|setiap|per|cadangan|\d\s*(?:[-–]|sampai|hingga))\s*)$", re.IGNORECASE)
"""What stands before a figure that is no length: how often, a reserve, the end of a range."""
_SPOKEN = (b"menit", b"jp", b"jam pelajaran")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*(?:[.!?]|\n|$)")
_SESSION = re.compile(r"\bsesi (?:ke-)?(\d{1,2})\b", re.IGNORECASE)
_KODE = re.compile(r"\b[A-Z]{2,5}-\d{2,3}\b")
_THIS_MODULE = re.compile(
    r"\b(?:modul|pelatihan|pembelajaran) ini\b|\bseluruh modul\b"
    r"|^\W*(?:alokasi waktu|(?:jumlah|total) (?:JPL?|jam pelajaran|waktu)|durasi)\b",
    re.IGNORECASE,
)
_THIS_PROGRAMME = re.compile(r"\bprogram ini\b|\bseluruh program\b", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:setahun|per tahun|tiap tahun|setiap tahun|tahunan)\b", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:minim\w+|sedikitnya|paling sedikit|sekurang\w*|wajib|kewajiban)\b", re.IGNORECASE)
_DAILY = re.compile(r"\b(?:sehari|per hari|tiap hari|setiap hari|hari ke-?\s?\d)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:rehat|istirahat|jeda|tertunda|terlambat|setiap peserta|tiap peserta|setiap kelompok|tiap kelompok)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:sebelum|sesudah|setelah|selama|saat|ketika|sewaktu|sepanjang|menjelang|seusai|usai|bila|jika|apabila|kalau"
    r"|seandainya|andaikan|tanpa)\s+(?:(?:mengikuti|memulai|menutup|seluruh|akhir|awal)\s+)?"
    r"(?:(?:modul|pelatihan|pembelajaran|program) ini|seluruh (?:modul|program)|sesi (?:ke-)?\d+"
    r"|(?:modul )?[A-Z]{2,5}-\d+)\b",
    re.IGNORECASE,
)
"""Where a module or session only says when something else happens: its length is not spoken of."""
_BEFORE = re.compile(
    r"(?<!terdiri )\b(?:dari|semula|sebelumnya)\b"
    rf"(?:\s+{_NUMBER}\s*(?:JPL?|jam pelajaran|menit)\b|[^.;]{{0,120}}?(?=\b(?:menjadi|ke|kini|sekarang)\b))",
    re.IGNORECASE,
)
"""What a sentence says was so before: not held against what is so now."""
_MODES = {
    "teori": Mode.THEORY,
    "penugasan": Mode.ASSIGNMENT,
    "praktik lapangan": Mode.FIELDWORK,
    "lapangan": Mode.FIELDWORK,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that the data does not bear out: its text, byte offset, what it speaks of and what the data says."""

    text: str
    start: int
    subject: str
    known: str


Sentence = tuple[int, str]
"""A sentence with a figure, and the byte where it begins."""


def claims(curriculum: Curriculum) -> Iterator[tuple[Document, Claim]]:
    """Figures in descriptions, summaries, programme pages and edition notes that contradict the data."""
    for module in curriculum.modules:
        if module.hours is None or not module.sessions or not summed(module):
            continue
        for start, sentence in spoken(module):
            for claim in _in_sentence(sentence, start, curriculum, module, None):
                yield module.document, claim
    pages: list[tuple[Document, Programme | None]] = [(p.document, p) for p in curriculum.programmes]
    pages += [
        (edition.document, None) for edition in curriculum.editions[-1:]
    ]  # older notes speak of what was true then
    for document, programme in pages:
        for start, sentence in _sentences(document, document.root):
            for claim in _in_sentence(sentence, start, curriculum, None, programme):
                yield document, claim


@fact("module")
def spoken(module: Module) -> tuple[Sentence, ...]:
    """The sentences of a module's description, summary and `ringkasan` that hold figures."""
    document = module.document
    found: list[Sentence] = []
    for title in (vocabulary.DESCRIPTION, vocabulary.SUMMARY):
        if section := module.sections.get(title):
            found += _sentences(document, section)
    if _speaks(module.summary.encode()):
        key = document.data.find(b"ringkasan:")
        start = document.data.find(module.summary.encode(), key)
        found.append((start if start >= 0 else max(key, 0), module.summary))
    return tuple(found)


def _speaks(data: bytes) -> bool:
    data = data.lower()
    return any(word in data for word in _SPOKEN)


def _sentences(document: Document, section: Section) -> Iterator[Sentence]:
    for part in section.walk():
        for block in part.blocks:
            if _speaks(document.data[block.start : block.end]):
                for leaf in block.walk():
                    if leaf.kind in ("paragraph", "item") and leaf.text.strip():
                        yield from _cut(document, leaf)


def _cut(document: Document, leaf: Block) -> Iterator[Sentence]:
    source = document.source(leaf)
    offsets = Offsets(source)
    for sentence in _SENTENCE.finditer(source):
        if _speaks(sentence[0].encode()):
            yield leaf.start + offsets.at(sentence.start()), sentence[0]


def _in_sentence(
    sentence: str, begin: int, curriculum: Curriculum, module: Module | None, programme: Programme | None
) -> Iterator[Claim]:
    if _PART.search(sentence):
        return
    sentence = _BEFORE.sub(lambda match: " " * len(match[0]), sentence)
    sentence = _BESIDE.sub(lambda match: " " * len(match[0]), sentence)
    subject = _subject(sentence, curriculum, module, programme)
    if subject is None:
        return
    name, lessons, minutes, split = subject
    lesson = curriculum.policy.lesson_minutes
    offsets = Offsets(sentence)
    for match in _FIGURE.finditer(sentence):
        if _REPEATED.search(sentence[max(0, match.start() - 20) : match.start()]):
            continue
        if match["split"]:
            value = _value(match["split"])
            wrong = split is not None and value != split[_MODES[match["mode"].lower()]] / lesson
            known = f"{split[_MODES[match['mode'].lower()]] // lesson} JP {match['mode']}" if split else ""
        elif match["jp"] or match["counts_jp"]:
            wrong, known = _value(match["jp"] or match["counted"]) not in lessons, _listed(lessons, "JP")
        elif not minutes:
            continue
        elif match["times"]:
            wrong, known = int(match["times"]) * int(match["each"]) not in minutes, _listed(minutes, "menit")
        else:
            wrong, known = _value(match["minutes"] or match["counted"]) not in minutes, _listed(minutes, "menit")
        if wrong:
            text = " ".join(match[0].split())
            yield Claim(text, begin + offsets.at(match.start()), name, known)


_Subject = tuple[str, list[float], list[float], dict[Mode, int] | None]


def _subject(
    sentence: str, curriculum: Curriculum, module: Module | None, programme: Programme | None
) -> _Subject | None:
    """What a sentence speaks of, with the lesson hours and minutes that may be said of it, greatest first.

    Minutes of a day or a year are not held: they are more often a dose than a timetable.
    """
    lesson = curriculum.policy.lesson_minutes
    policy = curriculum.policy
    if _YEARLY.search(sentence):
        known: list[float] = [policy.yearly_lessons]
        if programme and programme.lesson_hours:
            known.append(programme.lesson_hours)
        return ("minimum setahun", known, [], None) if _LEAST.search(sentence) else None
    if _DAILY.search(sentence):
        if programme is None:
            return None
        return "sehari", [programme.lessons_per_day, *(v.lessons_per_day for v in programme.variants)], [], None
    kodes = _KODE.findall(sentence)
    named = [curriculum.by_kode[kode] for kode in kodes if kode in curriculum.by_kode]
    numbers = [int(number) for number in _SESSION.findall(sentence)]
    if len(named) > 1:
        return None
    about = named[0] if named else module
    if numbers and about and about.sessions:
        sessions = [session for session in about.sessions if session.number in numbers]
        if not sessions:
            return None
        parts = {float(a.minutes or 0) for s in sessions for a in s.activities or ()}
        minutes = {float(s.minutes(mode)) for s in sessions for mode in (None, *Mode)} | parts
        totals = [float(s.minutes()) for s in sessions]
        label = "Sesi " + ", ".join(str(number) for number in numbers)
        return label, _ordered({m / lesson for m in minutes}), totals + _ordered(minutes - set(totals)), None
    if (named or (module and _THIS_MODULE.search(sentence))) and about and about.hours:
        by_mode = {mode: about.minutes(mode) for mode in Mode}
        minutes = {float(about.minutes()), *map(float, by_mode.values())}
        minutes |= {float(s.minutes()) for s in about.sessions or ()}
        total = about.minutes()
        return (
            f"modul {about.kode}",
            [total / lesson, *_ordered({m / lesson for m in minutes} - {total / lesson})],
            [float(total), *_ordered(minutes - {float(total)})],
            by_mode,
        )
    if programme and _THIS_PROGRAMME.search(sentence):
        modules = curriculum.modules_of(programme)
        by_mode = {mode: sum(m.minutes(mode) for m in modules) for mode in Mode}
        known = [float(sum(by_mode.values()) / lesson), *(v / lesson for v in by_mode.values() if v)]
        known += [float(programme.lessons_per_day)]
        return f"program {programme.kode}", known, [jp * lesson for jp in known], by_mode
    return None


def _ordered(values: set[float]) -> list[float]:
    return sorted((value for value in values if value), reverse=True)


def _value(text: str) -> float:
    """A number in figures (1.980 or 1,5) or in words (empat puluh lima)."""
    if text[0].isdigit():
        return float(text.replace(".", "").replace(",", "."))
    total = part = 0.0
    for word in text.lower().split():
        if word in _ONES:
            part += _ONES.index(word) + 1
        elif word in _WHOLE:
            part += _WHOLE[word]
        elif word == "belas":
            part += 10
        elif word == "puluh":
            part += part % 10 * 9 or 10
        elif word == "ratus":
            part = (part or 1) * 100
        else:  # ribu
            total, part = total + (part or 1) * 1000, 0
    return total + part


_WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000, "setengah": 0.5}


def _listed(values: list[float], unit: str) -> str:
    """The first value, which is the total, as text."""
    return f"{labels.number(values[0])} {unit}" if values else "tidak ada"
