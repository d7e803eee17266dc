"""The questions of a handout of kind `soal`: what is asked, what can be answered, which answer is right, and why.

    ## Soal 1

    **IHB 1.** The situation and the question.

    - [ ] An answer.
        - Why it is not right.
    - [x] The right answer.
        - Why it is.

Read from the document whenever it is asked for, as `handout` does. What is wrong with it is for the rules to say
(`rules/items`): here a part that is missing is None or empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .document import Block, Document, Section, fact
from .handout import QUESTIONS, handout_of
from .model import Module
from .module import item_text

FORMS = ("A", "B")
"""The forms of a bank, equal in what they ask for: A for before, B for after."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HEADING = re.compile(r"Soal (\d{1,3})")
INDICATOR = re.compile(r"(?:(?P<kode>[A-Z]{2,5}-\d{2,3}), )?IHB (?P<number>\d{1,2})\.(?:\s+|$)")
_BULLET = re.compile(rb"(?:[-*+]|\d{1,9}[.)])\s+(?:\[(?P<tick>[ xX])\]\s+)?")
"""What an item of a list begins with; `tick` where it has a box."""

Span = tuple[int, int]
"""Bytes of the document: from the first to the one behind the last."""


@dataclass(frozen=True, eq=False)
class Option:
    """One answer of a question. `span` and `reasons` are where its Markdown and that of its reasons stand."""

    text: str
    right: bool
    span: Span
    reasons: tuple[Span, ...]
    start: int


@dataclass(frozen=True, eq=False)
class Item:
    """One question. `number` is None where its heading has none, `indicator` where it names no IHB.

    `kode` is the module's, where a test over several modules says it; `text` what is asked, without the IHB; `span` the
    same as Markdown, IHB and all. `choices` is the list of its options, `rest` the first block below them, which should
    not be there.
    """

    heading: Block
    number: int | None
    kode: str
    indicator: int | None
    text: str
    span: Span
    choices: Block | None
    options: tuple[Option, ...]
    rest: Block | None

    @property
    def start(self) -> int:
        return self.heading.start

    @property
    def answer(self) -> str:
        """The letter of the first right option; empty where there is none."""
        return next((letter for letter, option in zip(LETTERS, self.options, strict=False) if option.right), "")


@dataclass(frozen=True, eq=False)
class Bank:
    """One form of a module's questions. `form` is empty where the handout does not say which."""

    document: Document
    form: str
    items: tuple[Item, ...]


def bank_of(document: Document) -> Bank | None:
    """The questions of a handout; None where it is of another kind."""
    handout = handout_of(document)
    if not handout or handout.kind != QUESTIONS:
        return None
    return Bank(document, handout.form, tuple(_item(document, section) for section in _questions(document)))


def banks_of(module: Module) -> tuple[Bank, ...]:
    """A module's banks in the order of their forms."""
    found = [bank for document in module.handouts if (bank := bank_of(document))]
    return tuple(sorted(found, key=lambda bank: bank.form))


@fact("document")
def may_hold_questions(document: Document) -> bool:
    """Whether a handout is a bank, or says what it is in a way that cannot be read, of which another rule speaks."""
    handout = handout_of(document)
    return handout.kind == QUESTIONS if handout else document.front is not None or document.unreadable


def _questions(document: Document) -> Iterator[Section]:
    """Every section at H2; one that is no question by its title has no number."""
    return (section for section in document.root.walk() if section.heading and section.heading.level == 2)


def _item(document: Document, section: Section) -> Item:
    assert section.heading
    choices = next((block for block in section.blocks if block.kind == "list" and _ticks(document, block)), None)
    stem = [block for block in section.blocks if not choices or block.start < choices.start]
    text = " ".join(block.text for block in stem if block.text)
    number, said = HEADING.fullmatch(section.title), INDICATOR.match(text)
    span = (stem[0].start, stem[-1].end) if stem else (section.heading.end, section.heading.end)
    below = [*section.blocks, *(child.heading for child in section.children if child.heading)]
    return Item(
        section.heading,
        int(number[1]) if number else None,
        (said["kode"] or "") if said else "",
        int(said["number"]) if said else None,
        text[said.end() :] if said else text,
        span,
        choices,
        tuple(_option(document, item) for item in choices.children) if choices else (),
        next((block for block in below if choices and block.start >= choices.end), None),
    )


def _ticks(document: Document, block: Block) -> bool:
    """Whether some item of a list has a box."""
    return any(_bullet(document, item)[1] for item in block.children)


def _option(document: Document, item: Block) -> Option:
    start, tick = _bullet(document, item)
    lists = [block for block in item.children if block.kind == "list"]
    reasons = tuple((_bullet(document, reason)[0], reason.end) for block in lists for reason in block.children)
    end = lists[0].start if lists else item.end
    return Option(item_text(item), tick in (b"x", b"X"), (start, end), reasons, item.start)


def _bullet(document: Document, item: Block) -> tuple[int, bytes | None]:
    """Where the text of an item begins, and what stands in its box."""
    found = _BULLET.match(document.data, item.start)
    return (found.end(), found["tick"]) if found else (item.start, None)
