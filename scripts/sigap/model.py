"""What the curriculum is made of, as frozen data: no input, no output, no rules.

The only unit of time is the minute. Lesson hours (JP) are counted here only where an author declares them in front
matter; they become text at the edge (`pages`, `report`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from .document import Block, Document, Problem, Section


class Mode(StrEnum):
    """How an activity is counted; the values are what a contributor writes in the Bentuk column."""

    THEORY = "T"
    ASSIGNMENT = "P"
    FIELDWORK = "PL"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem as it is reported."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str
    url: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Declared lesson hours (JP) by mode."""

    theory: int = 0
    assignment: int = 0
    fieldwork: int = 0

    def __add__(self, other: Hours) -> Hours:
        return Hours(self.theory + other.theory, self.assignment + other.assignment, self.fieldwork + other.fieldwork)

    def of(self, mode: Mode) -> int:
        return {Mode.THEORY: self.theory, Mode.ASSIGNMENT: self.assignment, Mode.FIELDWORK: self.fieldwork}[mode]

    @property
    def total(self) -> int:
        return self.theory + self.assignment + self.fieldwork


@dataclass(frozen=True, slots=True)
class Indicator:
    """An IHB: what a participant can be seen to do. `number` is its place in the list, from 1."""

    number: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A materi pokok with the sub-topics listed under it."""

    number: int
    text: str
    subtopics: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of a session's table. `minutes` and `mode` are None where the cell cannot be read."""

    stage: str
    facilitator: str
    participants: str
    method: str
    indicators: tuple[int, ...]
    mode: Mode | None
    minutes: int | None
    cells: tuple[Block, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Session:
    """One block of a module. `activities` is None where the table is missing or has other columns."""

    number: int | None
    title: str
    activities: tuple[Activity, ...] | None
    table: Block | None
    section: Section
    start: int

    @property
    def readable(self) -> bool:
        """Whether every row's minutes and mode could be read, so that sums mean something."""
        return self.activities is not None and all(
            a.minutes is not None and a.mode is not None for a in self.activities
        )

    def minutes(self, mode: Mode | None = None) -> int:
        """Minutes taught, in one mode or in all."""
        return sum(a.minutes or 0 for a in self.activities or () if mode is None or a.mode is mode)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A row of the Evaluasi table."""

    indicators: tuple[int, ...]
    form: str
    instrument: str
    threshold: str
    cells: tuple[Block, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of Referensi: the key it is cited by, and its text."""

    key: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A row of Riwayat perubahan, newest first."""

    version: str
    date: str
    what: str
    why: str
    cells: tuple[Block, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Reviewer:
    party: str
    name: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Team:
    """A kind of group in an exercise: a role for each person, its rounds, and the minutes of one."""

    roles: tuple[str, ...]
    rounds: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Practice:
    """An exercise in groups: the usual team, then the one that takes in whoever is left over, if there is one.

    `graded` are the roles that everyone must have had, `sheets` the file names of what each group works with.
    """

    session: int
    method: str
    teams: tuple[Team, ...]
    graded: tuple[str, ...]
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The exercises in groups of a module, and the least and most people in a class that they are made for."""

    least: int
    most: int
    practices: tuple[Practice, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A class that was taught by the clock: how many took part, and minutes by the number of the session."""

    date: date
    people: int
    minutes: tuple[tuple[int, int], ...]
    note: str = ""


@dataclass(frozen=True, eq=False)
class Module:
    """One training module. Parts that could not be read are None (or empty), and a problem says so.

    `files` are the images and other files beside its texts, by name, each with a digest of its content.
    """

    slug: str
    document: Document
    kode: str
    title: str
    summary: str
    version: str
    status: str
    group: str
    audience: tuple[str, ...]
    prerequisites: tuple[str, ...]
    hours: Hours | None
    authors: tuple[str, ...]
    reviewers: tuple[Reviewer, ...]
    review_by: date | None
    old_addresses: tuple[str, ...]
    sections: Mapping[str, Section]
    indicators: tuple[Indicator, ...] | None
    topics: tuple[Topic, ...] | None
    sessions: tuple[Session, ...] | None
    assessments: tuple[Assessment, ...] | None
    references: tuple[Reference, ...] | None
    history: tuple[HistoryRow, ...] | None
    handouts: tuple[Document, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    grouping: Grouping | None = None
    trials: tuple[Trial, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def documents(self) -> tuple[Document, ...]:
        return (self.document, *self.handouts)

    def minutes(self, mode: Mode | None = None) -> int:
        """Minutes that the sessions' tables teach, in one mode or in all."""
        return sum(session.minutes(mode) for session in self.sessions or ())


@dataclass(frozen=True, slots=True)
class Break:
    """A pause in a day's timetable: wished start in minutes after midnight, length in minutes.

    `until` is the time that it lasts at least to, whenever it begins: a prayer is not over earlier because a session
    was. Zero where nothing is said.
    """

    name: str
    start: int
    minutes: int
    until: int = 0


@dataclass(frozen=True, slots=True)
class FramePart:
    """What stands in a programme's days and is no module: an opening, a test, a look back. Counts no lesson hours.

    `days` and `place` are as contributors write them: `pertama`, `terakhir`, … and `awal` or `akhir` of those days.
    """

    name: str
    minutes: int
    days: str
    place: str


@dataclass(frozen=True, slots=True)
class Policy:
    """`modules/kurikulum.yml`: what an agency sets. Minutes unless the name says otherwise.

    Where the breaks of a Friday are empty, a Friday is a day like others; `latest_end` is in minutes after midnight.
    """

    lesson_minutes: int = 45
    half_lessons: bool = False
    yearly_lessons: int = 20
    daily_lessons: int = 9
    longest_session: int = 135
    theory_share: tuple[int, int] = (20, 70)
    body_change_share: int = 30
    contact_age_days: int = 180
    law_age_days: int = 190
    breaks: tuple[Break, ...] = ()
    friday_breaks: tuple[Break, ...] = ()
    session_gap: int = 0
    latest_end: int | None = None
    frame: tuple[FramePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """Other days for the same programme; `name` is a key of `vocabulary.VARIANTS`, `start` as in `Programme`."""

    name: str
    lessons_per_day: int
    start: int


@dataclass(frozen=True, eq=False)
class Programme:
    """An ordered choice of modules, `docs/program/*.md`. `frame` is None where the policy's holds."""

    slug: str
    document: Document
    kode: str
    title: str
    module_kodes: tuple[str, ...]
    lesson_hours: int | None
    audience: tuple[str, ...]
    lessons_per_day: int
    start: int
    meets_minimum: bool = False
    frame: tuple[FramePart, ...] | None = None
    variants: tuple[Variant, ...] = ()

    def varied(self, variant: Variant) -> Programme:
        """The programme with the days of one of its variants."""
        return replace(self, lessons_per_day=variant.lessons_per_day, start=variant.start, variants=())

    @property
    def documents(self) -> tuple[Document, ...]:
        return (self.document,)


@dataclass(frozen=True, eq=False)
class Edition:
    """A published state of the curriculum, by its notes page `docs/edisi/<name>.md`.

    `replaces` names earlier editions that are withdrawn with it.
    """

    name: str
    date: date
    document: Document
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Curriculum:
    """Everything that was read: what the rules check and the pages show."""

    modules: tuple[Module, ...]
    programmes: tuple[Programme, ...]
    editions: tuple[Edition, ...]
    policy: Policy
    policy_document: Document | None
    pages: tuple[Document, ...]
    paths: frozenset[str]
    problems: tuple[Problem, ...] = ()
    today: date = field(default_factory=date.today)
    base: Curriculum | None = None
    base_name: str = ""
    glossary: Document | None = None

    @property
    def policy_known(self) -> bool:
        """Whether the policy says what its file says; where that cannot be read, its figures mean nothing."""
        return not (self.policy_document and self.policy_document.problems)

    @cached_property
    def sorted_paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.paths))

    @cached_property
    def module_folders(self) -> frozenset[str]:
        """The folders of modules, with or without an index.md."""
        return frozenset(path.rpartition("/")[0] for path in self.paths if path.startswith("modules/"))

    @cached_property
    def hidden_paths(self) -> frozenset[str]:
        """Files that are missing because of a problem that the reader found."""
        return frozenset(path for problem in self.problems for path in problem.stands_for)

    @cached_property
    def faulty_paths(self) -> frozenset[str]:
        """The files that the reader found something wrong with."""
        return frozenset(problem.location.path for problem in self.problems)

    @cached_property
    def folders(self) -> Mapping[str, str]:
        """The kode of the module in each folder."""
        return {module.slug: module.kode for module in self.modules if module.kode}

    @cached_property
    def by_kode(self) -> Mapping[str, Module]:
        """Modules by kode; where a kode stands twice, the first in path order."""
        found: dict[str, Module] = {}
        for module in self.modules:
            found.setdefault(module.kode, module)
        return found

    @cached_property
    def programmes_by_kode(self) -> Mapping[str, Programme]:
        """Programmes by kode; where a kode stands twice, the first in path order."""
        return {programme.kode: programme for programme in reversed(self.programmes)}

    @cached_property
    def by_path(self) -> Mapping[str, Module]:
        """Modules by the path of their `index.md`."""
        return {module.path: module for module in self.modules}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Every Markdown document that was read, by path."""
        found = {page.path: page for page in self.pages}
        for module in self.modules:
            found.update((document.path, document) for document in module.documents)
        return found

    def modules_of(self, programme: Programme) -> tuple[Module, ...]:
        """The programme's modules that exist, in its order."""
        return tuple(self.by_kode[kode] for kode in programme.module_kodes if kode in self.by_kode)

    def frame_of(self, programme: Programme) -> tuple[FramePart, ...]:
        """What stands around a programme's modules: its own, or that of the policy."""
        return self.policy.frame if programme.frame is None else programme.frame

    def lessons(self, minutes: int) -> float:
        """Minutes as lesson hours of this curriculum's policy."""
        return minutes / self.policy.lesson_minutes
