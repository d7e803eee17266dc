"""G: exercises in groups. Whether everyone gets a turn, the minutes suffice, and there is paper for each group."""

from __future__ import annotations

from collections.abc import Iterator

from .. import groups
from ..document import Document, Location, Problem
from ..handout import SHEETS, Handout, copies, handout_of, practice_of
from ..model import Activity, Curriculum, Module, Practice
from .registry import rule


@rule("G101", "Giliran yang tidak cukup", after=("G103",))
def too_few_turns(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for key, practice in _practices(module):
        for number, team in enumerate(practice.teams):
            size = len(team.roles)
            for role, short in groups.missed(team, practice.graded):
                seats = max(1, team.roles.count(role))
                yield Problem(
                    _place(module, f"{key}.putaran", number),
                    f"{team.rounds} putaran tidak memberi {size} orang giliran menjadi {role}: {short} orang tidak "
                    "mendapatnya.",
                    f"Beri paling sedikit {size - seats + 1} putaran, atau perkecil kelompok.",
                )


@rule("G102", "Putaran lebih lama daripada kegiatannya", after=("G103",))
def rounds_too_long(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for key, practice in _practices(module):
        activity = activity_of(module, practice)
        for number, team in enumerate(practice.teams):
            told = team.rounds * team.minutes
            if activity and activity.minutes and told > activity.minutes:
                yield Problem(
                    _place(module, f"{key}.menit", number),
                    f"{team.rounds} putaran masing-masing {team.minutes} menit memerlukan {told} menit, sedangkan "
                    f"kegiatan “{practice.method}” pada Sesi {practice.session} hanya {activity.minutes} menit.",
                    "Samakan menit putaran dengan tabel sesi dan Panduan fasilitator.",
                )
                break


@rule("G103", "Pembagian menyebut yang tidak ada")
def names_nothing(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    files = {document.path.rpartition("/")[2] for document in module.handouts}
    for key, practice in _practices(module):
        session = next((s for s in module.sessions or () if s.number == practice.session), None)
        if session is None and module.sessions:
            yield _nothing(module, f"{key}.sesi", f"Sesi {practice.session} tidak ada dalam modul ini.")
        elif session and session.activities is not None and activity_of(module, practice) is None:
            found = f"Tidak ada kegiatan Sesi {practice.session} yang metodenya “{practice.method}”."
            yield _nothing(module, f"{key}.metode", found)
        for index, role in enumerate(practice.graded):
            if any(role not in team.roles for team in practice.teams):
                found = f"“{role}” dinilai, tetapi bukan peran dalam setiap kelompok."
                yield _nothing(module, f"{key}.dinilai.{index}", found)
        for index, name in enumerate(practice.sheets):
            if name not in files:
                yield _nothing(module, f"{key}.lembar.{index}", f"Lampiran `{name}` tidak ada dalam folder modul ini.")
    for document, handout in _told(module):
        wanted, mine = handout.each_round, practice_of(document, module)
        if wanted and not (mine and all(wanted in team.roles for team in mine.teams)):
            yield Problem(
                document.place("lampiran.tiap_putaran"),
                f"Tidak ada latihan berperan “{wanted}” yang menyebut lampiran ini.",
                "Tulis berkas ini dalam `lembar` pada `pembagian` modulnya, dan perannya seperti di sana.",
            )


@rule("G104", "Kelas yang tidak dapat dibagi")
def cannot_be_divided(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for key, practice in _practices(module):
        lost = [people for people in class_sizes(module) if groups.division(practice, people) is None]
        if lost or not class_sizes(module):
            sizes = " dan ".join(groups.size_name(team).lower() for team in practice.teams)
            one = f"Kelas {lost[0]} orang" if lost else "Kelas ini"
            yield Problem(
                module.document.place(f"{key}.peran"),
                f"{one} tidak dapat dibagi menjadi kelompok {sizes}.",
                "Tulis `peran_sisa` bagi kelompok yang menampung sisanya, satu orang lebih besar atau lebih kecil."
                if lost
                else "Perbaiki `kelas`: minimum tidak lebih besar daripada maksimum.",
            )


@rule("G105", "Lembar tidak cukup untuk kelasnya", after=("G103", "G104"))
def too_few_copies(module: Module, curriculum: Curriculum) -> Iterator[Problem]:
    for document, handout in _told(module):
        practice = practice_of(document, module)
        for people in class_sizes(module) if practice else ():
            made, needed = copies(handout, people, practice), _needed(handout, practice, people)
            if made is not None and made < needed:
                what = "satu untuk setiap putaran" if handout.kind in SHEETS else "satu untuk setiap kelompok"
                yield Problem(
                    document.place("lampiran.untuk"),
                    f"Kelas {people} orang memerlukan {needed} salinan, {what}; keterangan ini memberi {made}.",
                    "Perbaiki `untuk` atau `salin`, atau tambahkan `tiap_putaran`, misalnya `tiap_putaran: pengamat`.",
                )
                break


def class_sizes(module: Module) -> range:
    """Every number of people in a class that the module is made for."""
    return range(module.grouping.least, module.grouping.most + 1) if module.grouping else range(0)


def activity_of(module: Module, practice: Practice) -> Activity | None:
    """The activity that an exercise is: the longest of its session with that method."""
    found = [
        activity
        for session in module.sessions or ()
        if session.number == practice.session
        for activity in session.activities or ()
        if practice.method.casefold() == activity.method.casefold()
    ]
    return max(found, key=lambda activity: activity.minutes or 0, default=None)


def _practices(module: Module) -> Iterator[tuple[str, Practice]]:
    """The exercises of a module, each with its key in the front matter."""
    for index, practice in enumerate(module.grouping.practices if module.grouping else ()):
        yield f"pembagian.latihan.{index}", practice


def _told(module: Module) -> Iterator[tuple[Document, Handout]]:
    for document in module.handouts:
        if handout := handout_of(document):
            yield document, handout


def _needed(handout: Handout, practice: Practice | None, people: int) -> int:
    """A sheet to write on for each round of each group; of anything else one for each group."""
    if practice is None:
        return 0
    if handout.kind in SHEETS:
        return groups.rounds(practice, people)
    return sum(groups.division(practice, people) or ())


def _place(module: Module, key: str, number: int) -> Location:
    """Where a team's own figure stands, or else that of both."""
    own = f"{key}_sisa"
    return module.document.place(own if number and own in module.document.places else key)


def _nothing(module: Module, key: str, what: str) -> Problem:
    hint = "Samakan `pembagian` dengan tabel sesi, peran, dan lampiran modul ini."
    return Problem(module.document.place(key), what, hint)
