"""Hours that prose speaks of, held against the data.

A figure is held only where its sentence names what it speaks of: this module or another by its kode, a session by its
number, this programme or another by its kode, the yearly minimum, a day. Figures of anything else (a dose, another
organisation's training, a distance) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .. import vocabulary
from ..document import Block, Document, Section
from ..model import Curriculum, Mode, Module, Programme

WORDS = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
    "sepuluh": 10,
    "sebelas": 11,
    "dua belas": 12,
    "dua puluh": 20,
}
_NUMBER = r"(?:\d{1,4}(?:,\d)?|" + "|".join(sorted(WORDS, key=len, reverse=True)) + ")"
_FIGURE = re.compile(
    rf"(?P<times>\d{{1,2}})\s*[x×]\s*(?P<each>\d{{1,3}})\s*menit\b"
    rf"|\b(?P<jp>{_NUMBER})\s*(?:JP\b|jam pelajaran\b)(?!\s*teori|\s*penugasan|\s*praktik lapangan|\s*lapangan)"
    rf"|\b(?P<split>{_NUMBER})\s*(?:JP|jam pelajaran)\s+(?P<mode>teori|penugasan|praktik lapangan|lapangan)\b"
    rf"|\b(?P<minutes>{_NUMBER})\s*menit\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*(?:[.!?]|\n|$)")
_SESSION = re.compile(r"\bsesi (?:ke-)?(\d{1,2})\b", re.IGNORECASE)
_KODE = re.compile(r"\b[A-Z]{2,5}-\d{2,3}\b")
_THIS_MODULE = re.compile(r"\b(?:modul|pelatihan|pembelajaran) ini\b|\bseluruh modul\b", re.IGNORECASE)
_THIS_PROGRAMME = re.compile(r"\bprogram ini\b|\bseluruh program\b", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:setahun|per tahun|tiap tahun|setiap tahun|tahunan)\b", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:minim\w+|sedikitnya|paling sedikit|sekurang\w*|wajib|kewajiban)\b", re.IGNORECASE)
_DAILY = re.compile(r"\b(?:sehari|per hari|tiap hari|setiap hari|hari ke-?\s?\d)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:rehat|istirahat|setiap peserta|tiap peserta|setiap kelompok|tiap kelompok)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?<!terdiri )\b(?:dari|semula|sebelumnya)\b"
    rf"(?:\s+{_NUMBER}\s*(?:JP|jam pelajaran|menit)\b|[^.;]*?(?=\b(?:menjadi|ke|kini|sekarang)\b))",
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


def claims(curriculum: Curriculum) -> Iterator[tuple[Document, Claim]]:
    """Figures in descriptions, summaries, programme pages and edition notes that contradict the data."""
    lesson = curriculum.policy.lesson_minutes
    for module in curriculum.modules:
        if module.hours is None or not module.sessions or any(not s.readable for s in module.sessions):
            continue
        if any(module.minutes(m) != module.hours.of(m) * lesson for m in Mode):
            continue  # H304 speaks; which of the two is right is not known yet
        for title in (vocabulary.DESCRIPTION, vocabulary.SUMMARY):
            if section := module.sections.get(title):
                yield from _in_section(module.document, section, curriculum, module, None)
        if module.summary and (claim := _first(module.summary, curriculum, module, None)):
            key = module.document.data.find(b"ringkasan:")
            start = max(key, module.document.data.find(claim.text.encode(), key))
            yield module.document, Claim(claim.text, start, claim.subject, claim.known)
    for programme in curriculum.programmes:
        yield from _in_section(programme.document, programme.document.root, curriculum, None, programme)
    for edition in curriculum.editions:
        if edition is curriculum.editions[-1]:  # older notes speak of what was true then
            yield from _in_section(edition.document, edition.document.root, curriculum, None, None)


def _in_section(
    document: Document, section: Section, curriculum: Curriculum, module: Module | None, programme: Programme | None
) -> Iterator[tuple[Document, Claim]]:
    for part in section.walk():
        for block in part.blocks:
            for leaf in block.walk():
                if leaf.kind in ("paragraph", "item") and leaf.text.strip():
                    for claim in _in_leaf(document, leaf, curriculum, module, programme):
                        yield document, claim


def _in_leaf(
    document: Document, leaf: Block, curriculum: Curriculum, module: Module | None, programme: Programme | None
) -> Iterator[Claim]:
    source = document.source(leaf)
    for sentence in _SENTENCE.finditer(source):
        for start, claim in _in_sentence(sentence[0], curriculum, module, programme):
            offset = leaf.start + len(source[: sentence.start() + start].encode())
            yield Claim(claim.text, offset, claim.subject, claim.known)


def _first(text: str, curriculum: Curriculum, module: Module | None, programme: Programme | None) -> Claim | None:
    return next((claim for _, claim in _in_sentence(text, curriculum, module, programme)), None)


def _in_sentence(
    sentence: str, curriculum: Curriculum, module: Module | None, programme: Programme | None
) -> Iterator[tuple[int, Claim]]:
    if _PART.search(sentence):
        return
    sentence = _BEFORE.sub(lambda match: " " * len(match[0]), sentence)
    subject = _subject(sentence, curriculum, module, programme)
    if subject is None:
        return
    name, lessons, minutes, split = subject
    lesson = curriculum.policy.lesson_minutes
    for match in _FIGURE.finditer(sentence):
        if match["split"]:
            value = _value(match["split"])
            wrong = split is not None and value != split[_MODES[match["mode"].lower()]] / lesson
            known = f"{split[_MODES[match['mode'].lower()]] // lesson} JP {match['mode']}" if split else ""
        elif match["jp"]:
            wrong, known = _value(match["jp"]) not in lessons, _listed(lessons, "JP")
        elif not minutes:
            continue
        elif match["times"]:
            wrong, known = int(match["times"]) * int(match["each"]) not in minutes, _listed(minutes, "menit")
        else:
            wrong, known = _value(match["minutes"]) not in minutes, _listed(minutes, "menit")
        if wrong:
            yield match.start(), Claim(match[0], match.start(), name, known)


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
        return ("sehari", [programme.lessons_per_day], [], None) if programme else None
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
    return WORDS.get(" ".join(text.lower().split()), 0) or float(text.replace(",", "."))


def _listed(values: list[float], unit: str) -> str:
    """The first (the total) or the first three values, as text."""
    shown = [f"{value:g}".replace(".", ",") for value in dict.fromkeys(values)][:1]
    return f"{shown[0]} {unit}" if shown else "tidak ada"
