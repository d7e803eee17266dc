"""What the curriculum is made of, as frozen data: no input, no output, no rules.

The only unit of time is the minute. Lesson hours (JP) are counted here only where an author declares them in front
matter; they become text at the edge (`pages`, `report`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Mode(StrEnum):
    """How an activity is counted; the values are what a contributor writes in the Bentuk column."""

    THEORY = "T"
    ASSIGNMENT = "P"
    FIELDWORK = "PL"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: path relative to the repository, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Fix:
    """Replace the bytes `start` to `end` of a document by `text`: a cure that cannot change meaning."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule or the reader yields: where, what is wrong, how to mend it. Code and severity are added outside."""

    location: Location
    message: str
    hint: str
    code: str = ""
    fix: tuple[Fix, ...] = ()


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


# --- Text -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One Markdown block with its byte range.

    kind: heading, paragraph, list, item, table, row, cell, quote, code, html, rule or footnote. `text` is the plain
    text of the block's own inline content, `level` a heading's level, an ordered list's first number (0: bullets) or
    the cells that a row is written with, `label` a callout's kind, a fence's info string, what a heading was written
    as where it was meant for one (`headings`), or `row` and `rows` for a paragraph that looks like a table's.
    """

    kind: str
    start: int
    end: int
    text: str
    level: int = 0
    label: str = ""
    children: tuple[Block, ...] = ()

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in reading order; iterative, so depth does not matter."""
        stack = [self]
        while stack:
            block = stack.pop()
            yield block
            if block.children:
                stack.extend(reversed(block.children))


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A link or image as it is written; `kind` is how: Inline, Autolink, Reference, …"""

    target: str
    text: str
    start: int
    end: int
    image: bool = False
    kind: str = "Inline"
    title: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A heading, the blocks under it and the sections below it. The root of a document has no heading."""

    heading: Block | None
    blocks: tuple[Block, ...]
    children: tuple[Section, ...]

    @property
    def title(self) -> str:
        return self.heading.text if self.heading else ""

    @property
    def start(self) -> int:
        return self.heading.start if self.heading else 0

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in reading order."""
        stack = [self]
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.children))

    def first(self, kind: str) -> Block | None:
        """The first block of that kind directly under the heading."""
        return next((block for block in self.blocks if block.kind == kind), None)


@dataclass(frozen=True, eq=False)
class Document:
    """One Markdown file, read: front matter with the place of every key, blocks, links.

    `data` is the content as UTF-8; block and link positions are byte offsets into it, which `at` turns into a
    location. `places` maps the dotted path of a front matter key (`jp.teori`, `prasyarat.0`) to its place.
    """

    path: str
    data: bytes
    front: Mapping[str, object] | None
    places: Mapping[str, Location]
    body: int
    root: Section
    links: tuple[Link, ...]
    html: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, found = [0], self.data.find(b"\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.data.find(b"\n", found + 1)
        if len(starts) > 1 and starts[-1] == len(self.data):
            starts.pop()
        return starts

    def at(self, offset: int) -> Location:
        """The location of a byte offset."""
        line = self.line_number(offset)
        start = self._line_starts[line - 1]
        return Location(self.path, line, len(self.data[start:offset].decode("utf-8", "replace")) + 1)

    def line_number(self, offset: int) -> int:
        """The line of a byte offset, counted from 1."""
        return bisect_right(self._line_starts, offset)

    def line_start(self, offset: int) -> int:
        """Where the line of a byte offset starts."""
        return self._line_starts[self.line_number(offset) - 1]

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its end; empty past the last line."""
        if not 0 < number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.data)
        return self.data[start:end].decode("utf-8", "replace").rstrip("\r\n")

    def source(self, block: Block | Link) -> str:
        """The Markdown of a block, as it stands in the file."""
        return self.data[block.start : block.end].decode("utf-8", "replace")

    def place(self, key: str) -> Location:
        """The place of a front matter key, or of the nearest key above it, or the first line."""
        while key and key not in self.places:
            key = key.rpartition(".")[0]
        return self.places.get(key, Location(self.path))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of the document in reading order, headings included."""
        found: list[Block] = []
        for section in self.root.walk():
            if section.heading:
                found.append(section.heading)
            for block in section.blocks:
                found.extend(block.walk())
        return tuple(found)

    @property
    def unreadable(self) -> bool:
        """Whether nothing below its front matter could be read, of which a problem of its own speaks."""
        return bool(self.problems) and not self.root.blocks and not self.root.children

    @property
    def title(self) -> str:
        """The text of the first H1, or the file's path."""
        return next((s.title for s in self.root.children if s.heading and s.heading.level == 1), self.path)


# --- Curriculum -----------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, eq=False)
class Module:
    """One training module. Parts that could not be read are None (or empty), and a problem says so."""

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
    """A pause in a day's timetable: wished start in minutes after midnight, length in minutes."""

    name: str
    start: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Policy:
    """`modules/kurikulum.yml`: what an agency sets. Minutes unless the name says otherwise."""

    lesson_minutes: int = 45
    half_lessons: bool = False
    yearly_lessons: int = 20
    daily_lessons: int = 9
    longest_session: int = 135
    theory_share: tuple[int, int] = (20, 70)
    body_change_share: int = 30
    contact_age_days: int = 180
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, eq=False)
class Programme:
    """An ordered choice of modules, `docs/program/*.md`."""

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


@dataclass(frozen=True, eq=False)
class Edition:
    """A published state of the curriculum, by its notes page `docs/edisi/<name>.md`."""

    name: str
    date: date
    document: Document


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

    @property
    def policy_known(self) -> bool:
        """Whether the policy says what its file says; where that cannot be read, its figures mean nothing."""
        return not (self.policy_document and self.policy_document.problems)

    @cached_property
    def by_kode(self) -> Mapping[str, Module]:
        """Modules by kode; where a kode stands twice, the first in path order."""
        found: dict[str, Module] = {}
        for module in self.modules:
            found.setdefault(module.kode, module)
        return found

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

    def lessons(self, minutes: int) -> float:
        """Minutes as lesson hours of this curriculum's policy."""
        return minutes / self.policy.lesson_minutes
