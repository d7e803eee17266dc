"""H: hours, to the minute, across sessions, modules and programmes."""

from __future__ import annotations

from collections.abc import Iterator

from .. import labels, timetable, vocabulary
from ..compare.change import words_text
from ..compare.changes import folders
from ..compare.wording import body
from ..document import Problem
from ..model import Curriculum, Mode, Module, Programme, Session, Severity
from . import hours_in_prose
from .registry import rule
from .structure import is_placeholder
from .sums import summed


@rule("H301", "Menit bukan bilangan bulat positif")
def minutes_readable(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for session in module.sessions or ():
        for activity in session.activities or ():
            cell = activity.cells[6]
            others_empty = any(not c.text for c in activity.cells[:6])
            if activity.minutes is None and not is_placeholder(cell.text) and not (others_empty and not cell.text):
                yield Problem(
                    module.document.at(cell.start),
                    f"Menit berisi “{cell.text}”." if cell.text else "Menit kosong.",
                    "Tulis bilangan bulat positif tanpa satuan, misalnya `15`.",
                )


@rule("H302", "Bentuk bukan T, P, atau PL")
def mode_readable(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for session in module.sessions or ():
        for activity in session.activities or ():
            cell = activity.cells[5]
            if activity.mode is None and cell.text and not is_placeholder(cell.text):
                yield Problem(
                    module.document.at(cell.start),
                    f"Bentuk berisi “{cell.text}”.",
                    "Tulis `T` (teori), `P` (penugasan), atau `PL` (praktik lapangan).",
                )


def hours_differ(module: Module, curriculum: Curriculum) -> list[Mode]:
    """The modes whose minutes in the tables differ from `jp`; empty where either cannot be read or summed."""
    minutes = summed(module)
    if module.hours is None or not module.hours.total or minutes is None:
        return []
    return [m for m in Mode if minutes[m] != module.hours.of(m) * curriculum.policy.lesson_minutes]


def _split(session: Session) -> str:
    parts = [f"{mode} {session.minutes(mode)}" for mode in Mode if session.minutes(mode)]
    number = f"Sesi {session.number}" if session.number else f"“{session.title}”"
    return f"{number} {session.minutes()} ({', '.join(parts)})"


@rule("H304", "Menit sesi berbeda dari jp", needs=("policy",))
def declared_hours(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    differing = hours_differ(module, curriculum)
    if not differing or module.hours is None or module.sessions is None:
        return
    lesson = curriculum.policy.lesson_minutes
    parts = []
    for mode in differing:
        declared, found = module.hours.of(mode), module.minutes(mode)
        gap = found - declared * lesson
        parts.append(
            f"{mode} ({vocabulary.MODE_NAMES[mode]}): `jp` {declared} JP = {declared * lesson} menit, "
            f"tabel {found} menit, {'lebih' if gap > 0 else 'kurang'} {abs(gap)} menit"
        )
    sessions = "; ".join(_split(session) for session in module.sessions)
    yield Problem(
        module.document.place("jp"),
        f"{'; '.join(parts)}. Menit tiap sesi: {sessions}.",
        "Ubah Menit atau Bentuk di tabel sesi, atau ubah `jp` bila JP modul memang berubah.",
    )


@rule("H303", "Menit sesi bukan JP utuh", needs=("policy",), after=("H304",))
def whole_lessons(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    lesson = curriculum.policy.lesson_minutes
    step = lesson / 2 if curriculum.policy.half_lessons else lesson
    for session in module.sessions or ():
        total = session.minutes()
        if not session.readable or not total:
            continue
        near = [n * step for n in (total // step, total // step + 1) if n]
        if not any(_is_about(total, exact) for exact in near):
            choices = " atau ".join(str(int(exact + 0.5)) for exact in near)
            what = "setengah JP" if curriculum.policy.half_lessons else "JP utuh"
            yield Problem(
                module.document.at(session.start),
                f"Sesi “{session.title}” berlangsung {total} menit, "
                f"bukan kelipatan {what} ({labels.number(step)} menit).",
                f"Jadikan {choices} menit.",
            )


def _is_about(minutes: int, exact: float) -> bool:
    """Whether whole minutes are an exact time, or either neighbour of one that ends in half a minute (22.5)."""
    return abs(minutes - exact) <= 0.5


@rule("H305", "JP nol, negatif, atau tidak utuh", each="curriculum")
def positive_hours(curriculum: Curriculum) -> Iterator[Problem]:
    yield from (problem for problem in curriculum.problems if problem.code == "H305")
    for module in curriculum.modules:
        if module.hours is not None and not module.hours.total:
            yield Problem(
                module.document.place("jp"),
                "Jumlah `jp` nol.",
                "Isi teori, penugasan, dan lapangan menurut tabel sesi.",
            )


@rule("H306", "Sesi terlalu lama tanpa rehat", severity=Severity.WARNING, needs=("policy",), after=("H304",))
def long_session(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    longest = curriculum.policy.longest_session
    for session in module.sessions or ():
        if session.readable and session.minutes() > longest:
            yield Problem(
                module.document.at(session.start),
                f"Sesi “{session.title}” berlangsung {session.minutes()} menit; batas kebijakan {longest} menit.",
                "Bagi menjadi dua sesi, agar ada rehat di antaranya.",
            )


@rule("H310", "Bagian teori di luar kelaziman", severity=Severity.WARNING, needs=("policy",), after=("H304",))
def theory_share(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    if not module.hours or not module.hours.total:
        return
    low, high = curriculum.policy.theory_share
    share = 100 * module.hours.theory / module.hours.total
    if not low <= share <= high:
        yield Problem(
            module.document.place("jp.teori"),
            f"Teori {module.hours.theory} dari {module.hours.total} JP ({share:.0f} %); "
            f"kelazimannya {low} sampai {high} %.",
            "Pindahkan sebagian waktu antara teori dan praktik, atau tulis alasannya dalam pengecualian.",
        )


@rule(
    "H311",
    "Isi banyak berubah, menit tetap",
    each="pair",
    severity=Severity.WARNING,
    needs=("policy", "base"),
    after=("F", "S", "H"),
)
def hours_untouched(old: Module, module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    steps = module.sections.get(vocabulary.STEPS)
    if not curriculum.base or not steps or old.document.data == module.document.data:
        return
    if (old.hours, _timing(old)) != (module.hours, _timing(module)):
        return
    words, before = body(old, module, folders(curriculum.base), folders(curriculum))
    share = 100 * max(words.inserted, words.deleted) // max(1, before)
    if share > curriculum.policy.body_change_share:
        yield Problem(
            module.document.at(steps.start),
            f"Isi berubah {share} % sejak {curriculum.base_name or 'edisi terbit'} ({words_text(words)}), "
            f"sedangkan menit sesi tidak disentuh; batas kebijakan {curriculum.policy.body_change_share} %.",
            "Hitung ulang menit tiap sesi dengan isi yang baru. Bila memang tetap, tulis alasannya dalam pengecualian.",
        )


def _timing(module: Module) -> list[list[tuple[Mode | None, int | None]]]:
    """Mode and minutes of every row of every session."""
    return [[(a.mode, a.minutes) for a in session.activities or ()] for session in module.sessions or ()]


# --- Programmes -----------------------------------------------------------------------------------------------------


@rule("H307", "JP program berbeda dari jumlah modulnya", each="programme")
def programme_hours(programme: Programme, curriculum: Curriculum) -> Iterator[Problem]:
    modules = curriculum.modules_of(programme)
    known = len(modules) == len(programme.module_kodes) == len(set(programme.module_kodes))
    if not known or any(module.hours is None or not module.hours.total for module in modules):
        return
    if any(hours_differ(module, curriculum) for module in modules):
        return  # H304 speaks: it is not known yet which figure is right
    total = sum(module.hours.total for module in modules if module.hours)
    if total != programme.lesson_hours:
        parts = " + ".join(f"{m.kode} {m.hours.total}" for m in modules if m.hours)
        yield Problem(
            programme.document.place("program.jp"),
            f"Program {programme.kode} menyatakan {programme.lesson_hours} JP, "
            f"sedangkan modulnya berjumlah {total} JP ({parts}).",
            f"Tulis `jp: {total}`, atau ubah daftar modulnya.",
        )


@rule("H308", "JP program di bawah minimum yang dinyatakannya", each="programme", needs=("policy",))
def yearly_minimum(programme: Programme, curriculum: Curriculum) -> Iterator[Problem]:
    least = curriculum.policy.yearly_lessons
    if programme.meets_minimum and programme.lesson_hours is not None and programme.lesson_hours < least:
        yield Problem(
            programme.document.place("program.memenuhi_minimum_tahunan"),
            f"Program {programme.kode} menyatakan memenuhi minimum tahunan, tetapi hanya {programme.lesson_hours} JP; "
            f"minimumnya {least} JP.",
            "Hapus pernyataan itu, atau tambah modulnya.",
        )


def _ways(programme: Programme) -> Iterator[tuple[str, str, Programme]]:
    """The ways in which a programme is taught: the key of its days, what to call it, and it with those days."""
    yield "program", f"program {programme.kode}", programme
    for variant in programme.variants:
        name = f"program {programme.kode} {vocabulary.VARIANTS[variant.name]}"
        yield f"program.varian.{variant.name}", name, programme.varied(variant)


@rule("H309", "Hari terlalu panjang, atau sesi tidak muat dalam sehari", each="programme", needs=("policy",))
def daily_hours(programme: Programme, curriculum: Curriculum) -> Iterator[Problem]:
    for key, name, way in _ways(programme):
        if found := _too_long(way, name, curriculum):
            where, message, hint = found
            yield Problem(programme.document.place(f"{key}.{where}"), message, hint)


def _too_long(programme: Programme, name: str, curriculum: Curriculum) -> tuple[str, str, str] | None:
    """What is too long in a programme's days, first of all: the key to change, a message and a cure."""
    policy = curriculum.policy
    if programme.lessons_per_day > policy.daily_lessons:
        message = (
            f"{_start(name)} memakai {programme.lessons_per_day} JP sehari; batas kebijakan {policy.daily_lessons} JP."
        )
        return "jp_per_hari", message, f"Tulis `jp_per_hari: {policy.daily_lessons}` atau kurang."
    day = programme.lessons_per_day * policy.lesson_minutes
    for module in curriculum.modules_of(programme):
        for session in module.sessions or ():
            if session.minutes() > day:
                message = (
                    f"Sesi “{session.title}” ({module.kode}) berlangsung {session.minutes()} menit, "
                    f"lebih lama daripada sehari {name} ({day} menit)."
                )
                return "jp_per_hari", message, "Bagi sesinya, atau naikkan `jp_per_hari`."
    for number, slots in enumerate(timetable.days(programme, curriculum), 1):
        end = slots[-1].end
        if end >= 24 * 60:
            message = f"Hari ke-{number} {name} berakhir sesudah tengah malam ({timetable.clock(end)})."
            return "mulai", message, "Mulai lebih pagi, atau kurangi `jp_per_hari`."
    return None


def _start(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


@rule("H313", "Hari selesai sesudah batas kebijakan", each="programme", needs=("policy",), after=("H309",))
def late_end(programme: Programme, curriculum: Curriculum) -> Iterator[Problem]:
    latest = curriculum.policy.latest_end
    for key, name, way in _ways(programme):
        if latest is not None and (late := _late_day(way, curriculum, latest)):
            number, end, when = late
            yield Problem(
                programme.document.place(f"{key}.mulai"),
                f"Hari ke-{number} {name} selesai pukul {timetable.clock(end)}{when}; "
                f"batas kebijakan {timetable.clock(latest)}.",
                "Mulai lebih pagi, kurangi `jp_per_hari`, atau pendekkan `kerangka`.",
            )


def _late_day(programme: Programme, curriculum: Curriculum, latest: int) -> tuple[int, int, str] | None:
    """The first day that ends after `latest`: its number, its end and, where only a Friday is late, that it is one."""
    for friday, when in ((timetable.never, ""), (timetable.always, " bila jatuh pada hari Jumat")):
        for number, slots in enumerate(timetable.days(programme, curriculum, friday), 1):
            if slots[-1].end > latest:
                return number, slots[-1].end, when
    return None


@rule("H314", "Bagian kerangka tidak jatuh pada hari mana pun", each="programme")
def frame_without_day(programme: Programme, curriculum: Curriculum) -> Iterator[Problem]:
    plans = [list(timetable.days(way, curriculum)) for _, _, way in _ways(programme)]
    standing = {slot.frame for plan in plans for slots in plan for slot in slots}
    for index, part in enumerate(programme.frame or ()):
        if plans[0] and part not in standing:
            yield Problem(
                programme.document.place(f"program.kerangka.{index}"),
                f"“{part.name}” berlaku pada hari `{part.days}`, sedangkan program {programme.kode} "
                f"hanya {len(plans[0])} hari.",
                "Ubah `hari`, atau hapus bagian ini.",
            )


# --- Prose ----------------------------------------------------------------------------------------------------------


@rule(
    "H312",
    "Angka JP atau menit dalam teks berbeda dari datanya",
    each="curriculum",
    needs=("policy",),
    after=("H304",),  # which of the two is right is not known yet
)
def prose_claims(curriculum: Curriculum) -> Iterator[Problem]:
    for document, claim in hours_in_prose.claims(curriculum):
        yield Problem(
            document.at(claim.start),
            f"Teks menyebut “{claim.text}” untuk {claim.subject}, padahal datanya {claim.known}.",
            "Samakan angkanya, atau hapus: angka ini sudah ditampilkan otomatis di halaman.",
        )
