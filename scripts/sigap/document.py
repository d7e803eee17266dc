"""A Markdown file as it was read: blocks, sections and links, each with its place, and what is wrong with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

COMMENT = re.compile(r"\s*<!--(?!-?>)(?:(?!--!?>).)*-->\s*", re.DOTALL)
"""Exactly one comment, as every parser sees its end."""


class Location(NamedTuple):
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
    """What a rule or the reader yields: where, what is wrong, how to mend it. Code and severity are added outside.

    `stands_for` names files that are missing because of it, so that no rule speaks of links to them.
    """

    location: Location
    message: str
    hint: str
    code: str = ""
    fix: tuple[Fix, ...] = ()
    stands_for: frozenset[str] = frozenset()


class Block(NamedTuple):
    """One Markdown block with its byte range. A tuple, for it is made a hundred thousand times; equal only to itself.

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

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in reading order; iterative, so depth does not matter."""
        stack = [self]
        while stack:
            block = stack.pop()
            yield block
            if block.children:
                stack.extend(reversed(block.children))


class Link(NamedTuple):
    """A link or image as it is written; `kind` is how: Inline, Autolink, Reference, …"""

    target: str
    text: str
    start: int
    end: int
    image: bool = False
    kind: str = "Inline"
    title: str = ""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


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
    facts: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

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
        start, columns = self._line_starts[line - 1], 0
        if offset - start > 2_000:  # many places in one long line: count on from the last one
            last = self.__dict__.get("_last_place", (0, 0, 0))
            if last[0] == line and last[1] <= offset:
                start, columns = last[1], last[2]
        columns += len(self.data[start:offset].decode("utf-8", "replace"))
        if offset - start > 2_000 or columns > 2_000:
            self.__dict__["_last_place"] = (line, offset, columns)
        return Location(self.path, line, columns + 1)

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
                if block.children:
                    found.extend(block.walk())
                else:
                    found.append(block)
        return tuple(found)

    @cached_property
    def comments(self) -> tuple[Block, ...]:
        """The HTML that is exactly one comment, which no page shows."""
        return tuple(block for block in self.html if COMMENT.fullmatch(self.source(block)))

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Block]]:
        found: dict[str, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(block.kind, []).append(block)
        return found

    def of(self, kind: str) -> list[Block]:
        """Every block of one kind, in reading order. Sorted once: many rules ask for the same few kinds."""
        return self._by_kind.get(kind, [])

    @property
    def unreadable(self) -> bool:
        """Whether nothing below its front matter could be read, of which a problem of its own speaks."""
        return unreadable(self)

    @property
    def has_text(self) -> bool:
        """Whether anything stands below its front matter."""
        return has_text(self)

    @property
    def headings(self) -> tuple[str, ...]:
        """The texts of its headings, in reading order."""
        return headings(self)

    @property
    def title(self) -> str:
        """The text of the first H1, or the file's path."""
        return next((s.title for s in self.root.children if s.heading and s.heading.level == 1), self.path)


class Offsets:
    """Character places of one text as byte offsets; asked in rising order each costs only its distance to the last."""

    def __init__(self, text: str) -> None:
        self._text, self._plain, self._last = text, text.isascii(), (0, 0)

    def at(self, place: int) -> int:
        """The byte offset of a character."""
        if self._plain:
            return place
        char, byte = self._last if self._last[0] <= place else (0, 0)
        self._last = place, byte + len(self._text[char:place].encode("utf-8", "surrogatepass"))
        return self._last[1]


# --- Facts ----------------------------------------------------------------------------------------------------------

T = TypeVar("T")
R = TypeVar("R")
FACTS: dict[str, dict[str, Callable[[Any], Any]]] = {"document": {}, "module": {}}
"""Every fact by its name, by what it speaks of."""


def fact(about: str) -> Callable[[Callable[[T], R]], Callable[[T], R]]:
    """Remember what a function says of a document or module (`about`), for rules over the whole curriculum.

    Such rules may be given documents and modules without their text (`rules/shares`), of which only the facts were
    kept: what they need of a text is a fact. It depends on the document or module alone.
    """

    def remember(compute: Callable[[T], R]) -> Callable[[T], R]:
        name = f"{compute.__module__}.{compute.__name__}"

        def known(thing: T) -> R:
            facts: dict[str, Any] = thing.facts  # type: ignore[attr-defined]
            if name not in facts:
                facts[name] = compute(thing)
            result: R = facts[name]
            if isinstance(result, Exception):
                raise result
            return result

        FACTS[about][name] = compute
        return known

    return remember


@fact("document")
def unreadable(document: Document) -> bool:
    return bool(document.problems) and not document.root.blocks and not document.root.children


@fact("document")
def has_text(document: Document) -> bool:
    return bool(document.root.children or document.root.blocks)


@fact("document")
def headings(document: Document) -> tuple[str, ...]:
    return tuple(block.text for block in document.of("heading"))


def keep_facts(about: str, thing: Any) -> dict[str, Any]:
    """Every fact about a document or module; one that cannot be told is kept as the exception that it raises."""
    for name, compute in FACTS[about].items():
        if name not in thing.facts:
            try:
                thing.facts[name] = compute(thing)
            except Exception as error:
                thing.facts[name] = error
    facts: dict[str, Any] = thing.facts
    return facts
