"""Two states of one module to its typed changes: front matter, outcomes, sessions, assessment, references, texts.

Things are the same by what they say, not by their number: an indicator that moved is no reworded one, and a session
that slid down because another came before it did not change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import vocabulary
from ..document import Location
from ..model import Activity, Assessment, Indicator, Mode, Module, Reference, Session, Topic, Trial
from ..words import Words, words_of
from .change import Change, ModulePair, Told, members, short
from .pairing import alike, bag, bags_alike, pair
from .parts import Folders, Part, changed_words, leaves, parts
from .wording import handouts, texts

Row = tuple[Assessment, frozenset[int]]
"""A row of Evaluasi with the indicators that it assesses, by identity."""


def compare(old: Module, new: Module, old_folders: Folders, new_folders: Folders) -> tuple[tuple[Change, ...], Words]:
    """The changes from one state of a module to another, and its words in, out and moved.

    The folders name the kode of every module's folder on either side. Version, history and the like are no changes.
    """
    if _same_files(old, new):
        return (), Words()
    both = ModulePair(
        old,
        new,
        old_folders,
        new_folders,
        pair(old.indicators or (), new.indicators or (), lambda i: i.text, _indicators_alike, 0.35),
        pair(old.topics or (), new.topics or (), lambda t: t.text, _topics_alike, 0.5),
        pair(old.sessions or (), new.sessions or (), lambda s: s.title.casefold(), _sessions_alike, 0.5),
    )
    found: list[Told] = [(None, change) for change in _front(old, new)]
    for part in (_indicators, _topics, _sessions, _assessments, _references):
        found += part(both)
    before, after = parts(old, old_folders), parts(new, new_folders)
    found += [(None, change) for change in texts(both, before, after, frozenset(key for key, _ in found))]
    words = changed_words([leaf for p in before for leaf in p.leaves], [leaf for p in after for leaf in p.leaves])
    for change in handouts(both):
        found.append((None, change))
        words += change.words or Words()
    found += [(None, change) for change in _files(old, new)]
    if not any(change.bump for _, change in found) and _contents(before) != _contents(after):
        found.append((None, Change("section-text", "Isi modul", words=words or None, location=new.document.place(""))))
    return tuple(change for _, change in found), words


def _contents(these: Sequence[Part]) -> list[tuple[str, str, str]]:
    return [(part.section, part.name, part.digest) for part in these]


def all_words(module: Module) -> int:
    """Words of a module and its handouts, its history aside."""
    own = [leaf for part in parts(module, {}) for leaf in part.leaves]
    own += [leaf for handout in module.handouts for leaf in leaves(handout, {})]
    return sum(len(leaf.words) for leaf in own)


def _same_files(old: Module, new: Module) -> bool:
    """Whether every file is the same, byte by byte: then nothing need be compared."""
    files = [[(d.path, d.data) for d in module.documents] for module in (old, new)]
    return bool(old.document.data) and files[0] == files[1] and old.files == new.files


def _files(old: Module, new: Module) -> Iterator[Change]:
    """Images and other files beside the texts: what a reader sees changes although no word does."""
    for name in sorted(old.files.keys() | new.files.keys()):
        if old.files.get(name) != new.files.get(name):
            what = "added" if name not in old.files else "removed" if name not in new.files else "changed"
            yield Change(f"handout-file-{what}", name, location=new.document.place("versi"))


# --- Front matter ---------------------------------------------------------------------------------------------------


def _front(old: Module, new: Module) -> Iterator[Change]:
    def place(key: str) -> Location:
        return new.document.place(key)

    if old.slug != new.slug:
        yield Change("address-changed", "alamat", old.slug, new.slug, location=place("kode"))
    elif set(old.old_addresses) != set(new.old_addresses):
        one, two = (", ".join(module.old_addresses) for module in (old, new))
        yield Change("redirects-changed", "alamat_lama", one, two, location=place("alamat_lama"))
    for mode in Mode if old.hours != new.hours else ():
        hours = [module.hours.of(mode) if module.hours else None for module in (old, new)]
        if hours[0] != hours[1]:
            before, after = ("belum dihitung" if h is None else f"{h} JP" for h in hours)
            where = f"JP {vocabulary.MODE_NAMES[mode]}"
            yield Change("hours-changed", where, before, after, location=place(vocabulary.MODE_KEYS[mode]))
    regrouped = "grouping-changed" if old.grouping and new.grouping else "grouping-told"
    lines = (
        (regrouped, "pembagian", _grouping_text(old), _grouping_text(new)),
        ("title-changed", "judul", old.title, new.title),
        ("summary-changed", "ringkasan", old.summary, new.summary),
        ("group-changed", "kelompok", old.group, new.group),
        ("authors-changed", "penyusun", ", ".join(old.authors), ", ".join(new.authors)),
        ("review-date-changed", "tinjau_ulang", str(old.review_by or ""), str(new.review_by or "")),
        (
            "module-withdrawn" if new.status == vocabulary.WITHDRAWN else "status-changed",
            "status",
            old.status,
            new.status,
        ),
    )
    for kind, key, before, after in lines:
        if before != after:
            yield Change(kind, key, before, after, location=place(key))
    reviewers = [[f"{r.name} ({r.party}, {r.date})" for r in module.reviewers] for module in (old, new)]
    yield from members("prerequisite", "prasyarat", old.prerequisites, new.prerequisites, place("prasyarat"))
    yield from members("audience", "sasaran", old.audience, new.audience, place("sasaran"))
    yield from members("reviewer", "penelaah", reviewers[0], reviewers[1], place("penelaah"))
    trials = [[_trial(trial) for trial in module.trials] for module in (old, new)]
    yield from members("trial", "uji_coba", trials[0], trials[1], place("uji_coba"))


def _trial(trial: Trial) -> str:
    minutes = ", ".join(f"sesi {number} {spent} menit" for number, spent in trial.minutes)
    return f"{trial.date}, {trial.people} peserta: {minutes}" + (f"; {trial.note}" if trial.note else "")


def _grouping_text(module: Module) -> str:
    """The exercises in groups in words; empty where there are none."""
    if module.grouping is None:
        return ""
    told = [f"kelas {module.grouping.least} sampai {module.grouping.most} orang"]
    for practice in module.grouping.practices:
        teams = " atau ".join(
            f"{', '.join(team.roles)} ({team.rounds} putaran, {team.minutes} menit)" for team in practice.teams
        )
        graded, sheets = ", ".join(practice.graded), ", ".join(practice.sheets)
        told.append(f"Sesi {practice.session}, {practice.method}: {teams}; dinilai {graded}; lembar {sheets}")
    return ". ".join(told)


# --- Outcomes and topics --------------------------------------------------------------------------------------------


def _indicators_alike(old: Indicator, new: Indicator) -> float:
    one, two = ([w for w in words_of(i.text) if len(w) > 3] for i in (old, new))
    return alike(one, two)


def _indicators(both: ModulePair) -> Iterator[Told]:
    before, after = both.old.indicators or (), both.new.indicators or ()
    key = (vocabulary.OBJECTIVES, vocabulary.INDICATORS)
    for i in both.indicators.removed:
        yield (
            key,
            Change(
                "indicator-removed", f"IHB {before[i].number}", old=before[i].text, was=both.before(before[i].start)
            ),
        )
    for i, j in both.indicators.pairs:
        was, now = before[i], after[j]
        if (i, j) in both.indicators.moved:
            names = (f"IHB {was.number}", f"IHB {now.number}")
            yield key, Change("indicator-moved", short(now.text), *names, location=both.at(now.start))
        if was.text != now.text:
            where = f"IHB {now.number}"
            yield key, Change("indicator-reworded", where, was.text, now.text, location=both.at(now.start))
    for j in both.indicators.added:
        now = after[j]
        yield key, Change("indicator-added", f"IHB {now.number}", new=now.text, location=both.at(now.start))


def _topics_alike(old: Topic, new: Topic) -> float:
    titles = alike(words_of(old.text), words_of(new.text))
    below = alike(words_of(" ".join(old.subtopics)), words_of(" ".join(new.subtopics)))
    return max(titles, below if old.subtopics and new.subtopics else 0.0)


def _topics(both: ModulePair) -> Iterator[Told]:
    before, after = both.old.topics or (), both.new.topics or ()
    key = (vocabulary.TOPICS, "")
    for i in both.topics.removed:
        yield (
            key,
            Change(
                "topic-removed",
                f"Materi pokok {before[i].number}",
                old=before[i].text,
                was=both.before(before[i].start),
            ),
        )
    for i, j in both.topics.pairs:
        was, now = before[i], after[j]
        where, place = f"Materi pokok {now.number}", both.at(now.start)
        if (i, j) in both.topics.moved:
            yield key, Change("topic-moved", now.text, f"Materi pokok {was.number}", where, location=place)
        if was.text != now.text:
            yield key, Change("topic-renamed", where, was.text, now.text, location=place)
        if was.subtopics != now.subtopics:
            lists = ("; ".join(was.subtopics), "; ".join(now.subtopics))
            yield key, Change("subtopics-changed", where, *lists, location=place)
    for j in both.topics.added:
        now = after[j]
        yield key, Change("topic-added", f"Materi pokok {now.number}", new=now.text, location=both.at(now.start))


# --- Sessions -------------------------------------------------------------------------------------------------------


def _sessions_alike(old: Session, new: Session) -> float:
    titles = alike(words_of(old.title), words_of(new.title))
    if not old.activities or not new.activities:
        return titles
    content = alike(*([w for a in s.activities or () for w in _activity_words(a)] for s in (old, new)))
    return max(content, (titles + content) / 2)


def _activity_words(activity: Activity) -> tuple[str, ...]:
    return words_of(f"{activity.facilitator} {activity.participants} {activity.method}")


def session_name(session: Session) -> str:
    """Its heading, `Sesi 2: Dengarkan`."""
    return session.section.title


def short_name(session: Session) -> str:
    """`Sesi 2`, or its title where it has no number."""
    return f"Sesi {session.number}" if session.number else session.title


def session_minutes(session: Session) -> str:
    """`90 menit (T 40, P 50)`."""
    split = ", ".join(f"{mode} {session.minutes(mode)}" for mode in Mode if session.minutes(mode))
    return f"{session.minutes()} menit" + (f" ({split})" if split else "")


def _sessions(both: ModulePair) -> Iterator[Told]:
    before, after = both.old.sessions or (), both.new.sessions or ()
    for i in both.sessions.removed:
        name, place = session_name(before[i]), both.before(before[i].start)
        yield ("session", i), Change("session-removed", name, old=session_minutes(before[i]), was=place)
    for i, j in both.sessions.pairs:
        was, now = before[i], after[j]
        key, where, place = ("session", i), session_name(now), both.at(now.start)
        if (i, j) in both.sessions.moved:
            yield key, Change("session-moved", where, f"urutan ke-{i + 1}", f"urutan ke-{j + 1}", location=place)
        if was.title != now.title:
            yield key, Change("session-renamed", short_name(now), was.title, now.title, location=place)
        retimed = any(was.minutes(mode) != now.minutes(mode) for mode in (None, *Mode))
        if retimed:
            times = (session_minutes(was), session_minutes(now))
            yield key, Change("session-retimed", where, *times, location=place)
        for change in _activities(both, was, now, retimed):
            yield key, change
    for j in both.sessions.added:
        now = after[j]
        where, place = session_name(now), both.at(now.start)
        yield ("new session", j), Change("session-added", where, new=session_minutes(now), location=place)


def _activities(both: ModulePair, old: Session, new: Session, retimed: bool) -> Iterator[Change]:
    before, after = old.activities or (), new.activities or ()
    bags = {id(activity): bag(_activity_words(activity)) for activity in (*before, *after)}
    found = pair(
        before,
        after,
        lambda a: (a.stage, a.facilitator, a.participants, a.method),
        lambda one, two: bags_alike(bags[id(one)], bags[id(two)]),
        0.4,
    )

    def row(number: int, *columns: str) -> str:
        return f"{short_name(new)} › baris {number + 1}" + (f" ({', '.join(columns)})" if columns else "")

    for i in found.removed:
        name = f"{short_name(old)} › baris {i + 1}"
        place = both.before(before[i].start)
        yield Change("activity-removed", name, old=_activity_text(before[i]), was=place)
    for i, j in found.pairs:
        was, now = before[i], after[j]
        place = both.at(now.start)
        if (i, j) in found.moved:
            yield Change("activity-moved", row(j), f"baris {i + 1}", f"baris {j + 1}", location=place)
        cells = [
            (column, one, two)
            for column, one, two in zip(
                vocabulary.SESSION_COLUMNS,
                (was.stage, was.facilitator, was.participants),
                (now.stage, now.facilitator, now.participants),
                strict=False,
            )
            if one != two
        ]
        if cells:
            columns, ones, twos = zip(*cells, strict=True)
            yield Change("activity-reworded", row(j, *columns), " | ".join(ones), " | ".join(twos), location=place)
        if was.method != now.method:
            yield Change("method-changed", row(j), was.method, now.method, location=place)
        if both.taught(was.indicators, new=False) != both.taught(now.indicators, new=True):
            one, two = (", ".join(str(n) for n in activity.indicators) or "–" for activity in (was, now))
            yield Change("activity-indicators-changed", row(j), one, two, location=place)
        if not retimed and (was.minutes, was.mode) != (now.minutes, now.mode):
            one, two = (f"{activity.mode or '–'} {activity.minutes or '–'} menit" for activity in (was, now))
            yield Change("activity-retimed", row(j), one, two, location=place)
    for j in found.added:
        yield Change("activity-added", row(j), new=_activity_text(after[j]), location=both.at(after[j].start))


def _activity_text(activity: Activity) -> str:
    minutes = f" ({activity.mode or '–'} {activity.minutes or '–'} menit)"
    return f"{activity.stage}: {activity.facilitator}{minutes}"


# --- Assessment and references --------------------------------------------------------------------------------------


def _assessments(both: ModulePair) -> Iterator[Told]:
    key = (vocabulary.EVALUATION, "")
    before, after = (
        [(a, both.taught(a.indicators, new)) for a in (module.assessments or ())]
        for module, new in ((both.old, False), (both.new, True))
    )

    def like(one: Row, two: Row) -> float:
        shared = len(one[1] & two[1]) / (len(one[1] | two[1]) or 1)
        return shared / 2 + alike(*(words_of(f"{a.form} {a.instrument} {a.threshold}") for a, _ in (one, two))) / 2

    def where(assessment: Assessment) -> str:
        return "Evaluasi IHB " + (", ".join(str(n) for n in assessment.indicators) or "–")

    def whole(assessment: Assessment) -> str:
        return " | ".join((assessment.form, assessment.instrument, assessment.threshold))

    found = pair(before, after, lambda row: (row[1], whole(row[0])), like, 0.5)
    for i in found.removed:
        gone = before[i][0]
        yield key, Change("assessment-removed", where(gone), old=whole(gone), was=both.before(gone.start))
    for i, j in found.pairs:
        (was, ones), (now, twos) = before[i], after[j]
        place = both.at(now.start)
        if ones != twos:
            yield key, Change("assessment-changed", "Evaluasi › IHB", where(was), where(now), location=place)
        for column, one, two in (
            ("Bentuk evaluasi", was.form, now.form),
            ("Instrumen", was.instrument, now.instrument),
        ):
            if one != two:
                yield key, Change("assessment-changed", f"{where(now)} › {column}", one, two, location=place)
        if was.threshold != now.threshold:
            yield key, Change("threshold-changed", where(now), was.threshold, now.threshold, location=place)
    for j in found.added:
        now = after[j][0]
        yield key, Change("assessment-added", where(now), new=whole(now), location=both.at(now.start))


def _references(both: ModulePair) -> Iterator[Told]:
    before, after = both.old.references or (), both.new.references or ()
    key = (vocabulary.REFERENCES, "")

    def like(one: Reference, two: Reference) -> float:
        return 1.0 if one.key and one.key == two.key else alike(words_of(one.text), words_of(two.text))

    def whole(reference: Reference) -> str:
        return f"[{reference.key}] {reference.text}" if reference.key else reference.text

    def where(reference: Reference) -> str:
        return reference.key or short(reference.text, 40)

    found = pair(before, after, whole, like, 0.5)
    for i in found.removed:
        place = both.before(before[i].start)
        yield key, Change("reference-removed", where(before[i]), old=whole(before[i]), was=place)
    for i, j in found.pairs:
        was, now = before[i], after[j]
        if whole(was) != whole(now):
            place = both.at(now.start)
            yield key, Change("reference-changed", where(now), whole(was), whole(now), location=place)
    for j in found.added:
        now = after[j]
        yield key, Change("reference-added", where(now), new=whole(now), location=both.at(now.start))
