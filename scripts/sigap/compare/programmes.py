"""Two states of a programme to typed changes: what it holds, its hours, which session moved to which day and hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .. import vocabulary
from ..labels import split
from ..model import Curriculum, Hours, Programme
from ..timetable import clock, days
from ..words import Words
from .bumps import Status
from .change import Change, members
from .pairing import pair
from .parts import changed_words, content_digest, leaves
from .policy import shown


@dataclass(frozen=True, slots=True)
class ProgrammeChange:
    """What became of one programme."""

    kode: str
    title: str
    status: Status
    old: Programme | None
    new: Programme | None
    changes: tuple[Change, ...]
    words: Words


def programme_changes(old: Curriculum, new: Curriculum) -> Iterator[ProgrammeChange]:
    """What became of every programme of either side."""
    for kode in sorted(old.programmes_by_kode.keys() | new.programmes_by_kode.keys()):
        yield programme_change(kode, old, new)


def programme_change(kode: str, old: Curriculum, new: Curriculum) -> ProgrammeChange:
    """What became of a programme that at least one side has."""
    was, now = (side.programmes_by_kode.get(kode) for side in (old, new))
    if was and now:
        words = changed_words(leaves(was.document, old.folders), leaves(now.document, new.folders))
        found = (*_programme(was, now, old, new, words), *_times(was, now, old, new))
        status = Status.MOVED if was.slug != now.slug else Status.CHANGED if found else Status.UNCHANGED
        return ProgrammeChange(kode, now.title, status, was, now, found, words)
    if now:
        words = Words(inserted=sum(len(leaf.words) for leaf in leaves(now.document, new.folders)))
        change = Change("programme-added", kode, new=now.title, location=now.document.place("program.kode"))
        return ProgrammeChange(kode, now.title, Status.ADDED, None, now, (change,), words)
    assert was is not None
    words = Words(deleted=sum(len(leaf.words) for leaf in leaves(was.document, old.folders)))
    change = Change("programme-removed", kode, old=was.title)
    return ProgrammeChange(kode, was.title, Status.MISSING, was, None, (change,), words)


def hours_of(programme: Programme, curriculum: Curriculum) -> Hours:
    """What the programme's modules add up to."""
    return sum((module.hours for module in curriculum.modules_of(programme) if module.hours), Hours())


def missed(
    old: Programme, new: Programme, curriculum: Curriculum, news: Callable[[str], Sequence[str]]
) -> Iterator[str]:
    """What the holder of a certificate of the old programme did not learn: modules that are new in it, and of those
    that it had before, what `news` tells of each kode. `curriculum` is the new one.
    """
    for module in curriculum.modules_of(new):
        if module.kode in old.module_kodes:
            yield from (f"{module.kode}: {one}" for one in news(module.kode))
        else:
            yield f"{module.kode} {module.title}: seluruh modul" + (
                f", {module.hours.total} JP" if module.hours else ""
            )


def _programme(old: Programme, new: Programme, before: Curriculum, after: Curriculum, words: Words) -> Iterator[Change]:
    """What the page says: front matter and text."""
    place = new.document.place
    hours = [_hours(programme, side) for programme, side in ((old, before), (new, after))]
    days = [_day(programme) for programme in (old, new)]
    minimum = ["memenuhi" if programme.meets_minimum else "tidak menyatakan" for programme in (old, new)]
    lines = (
        ("programme-address-changed", "alamat", old.slug, new.slug, "program.kode"),
        ("programme-title-changed", "judul", old.title, new.title, ""),
        ("programme-hours-changed", "JP program", *hours, "program.jp"),
        ("programme-day-changed", "jadwal", *days, "program.jp_per_hari"),
        ("programme-minimum-changed", "minimum tahunan", *minimum, "program.memenuhi_minimum_tahunan"),
    )
    for kind, where, one, two, key in lines:
        if one != two:
            yield Change(kind, where, one, two, location=place(key))
    found = pair(old.module_kodes, new.module_kodes, lambda kode: kode, lambda one, two: 0.0, 1.0)
    for i in found.removed:
        yield Change("programme-module-removed", old.module_kodes[i], old=f"urutan ke-{i + 1}")
    for i, j in found.pairs:
        if (i, j) in found.moved:
            orders = (f"urutan ke-{i + 1}", f"urutan ke-{j + 1}")
            yield Change("programme-module-moved", new.module_kodes[j], *orders, location=place(f"program.modul.{j}"))
    for j in found.added:
        order = f"urutan ke-{j + 1}"
        yield Change("programme-module-added", new.module_kodes[j], new=order, location=place(f"program.modul.{j}"))
    yield from members("programme-audience", "sasaran", old.audience, new.audience, place("program.sasaran"))
    if content_digest(old.document, before.folders) != content_digest(new.document, after.folders):
        yield Change("programme-text", "Halaman program", words=words or None, location=place(""))


def _day(programme: Programme) -> str:
    """How a programme's days are made, as readers write it."""
    texts = [f"{programme.lessons_per_day} JP sehari, mulai {clock(programme.start)}"]
    for variant in programme.variants:
        name = vocabulary.VARIANTS[variant.name]
        texts.append(f"{name} {variant.lessons_per_day} JP sehari, mulai {clock(variant.start)}")
    own = [] if programme.frame is None else [f"kerangka: {shown(programme.frame)}"]
    return "; ".join(texts + own)


def _hours(programme: Programme, curriculum: Curriculum) -> str:
    """The declared hours, and how the modules share them among the modes."""
    shares = split(hours_of(programme, curriculum))
    return f"{programme.lesson_hours} JP" + (f" ({shares})" if shares else "")


def _times(old: Programme, new: Programme, before: Curriculum, after: Curriculum) -> Iterator[Change]:
    """The sessions that begin on another day or at another hour, whatever moved them, and when all ends."""
    (was, end), (now, other_end) = _timetable(old, before), _timetable(new, after)
    if end and other_end and end != other_end:
        yield Change("programme-end-changed", "akhir program", end, other_end)
    for name, begin in now.items():
        if name in was and was[name] != begin:
            yield Change("programme-session-moved", name, was[name], begin)


def _timetable(programme: Programme, curriculum: Curriculum) -> tuple[dict[str, str], str]:
    """When each session begins, by its module and title, and when the last one ends."""
    begins: dict[str, str] = {}
    end = ""
    for day, slots in enumerate(days(programme, curriculum), 1):
        for slot in slots:
            if slot.module and slot.session:
                begins.setdefault(f"{slot.module.kode} “{slot.session.title}”", _moment(day, slot.start))
        end = _moment(day, slots[-1].end)
    return begins, end


def _moment(day: int, minutes: int) -> str:
    return f"hari {day} pukul {clock(minutes)}"
