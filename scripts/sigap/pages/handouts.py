"""A module's handouts on its page: which sheet is what, for whom, and how many copies."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ..document import Document
from ..handout import CARDS, CLASSES, KINDS, Handout, cards, copies_in, copies_text, handout_of
from ..markdown_out import Md, box, box_marks, joined, link, md, table
from ..model import Module


def handout_links(module: Module, *, facilitator: bool) -> Md:
    """Links to the handouts that only facilitators hold, or to all others. What says nothing lies with the others."""
    found = (
        _link(document)
        for document in module.handouts
        if bool((handout := handout_of(document)) and handout.for_facilitator) is facilitator
    )
    return joined(", ", found)


def sheets_table(module: Module) -> Md:
    """Lembar dan salinan: every handout that says what it is, participants' sheets first; empty where none does."""
    found = [(document, handout) for document in module.handouts if (handout := handout_of(document))]
    if not found:
        return Md("")
    rows = [
        (_link(document), KINDS[handout.kind], copies_text(handout), *copies_in(document, module))
        for document, handout in sorted(found, key=lambda pair: order(pair[1]))
    ]
    heads = ("Lembar", "Jenis", "Salinan", *(f"{people} orang" for people in CLASSES))
    return box("lembar", md("**Lembar dan salinan**\n\n{}", table(heads, rows, right=(3, 4))))


def order(handout: Handout) -> tuple[bool, int]:
    """Participants' sheets before facilitators', each by kind."""
    return handout.for_facilitator, list(KINDS).index(handout.kind)


def told(document: Document) -> str:
    """What a handout's page says of it below its title: `Formulir, 2 untuk setiap peserta.`"""
    handout = handout_of(document)
    return f"{KINDS[handout.kind]}, {copies_text(handout)}." if handout else ""


def card_boxes(document: Document) -> Iterator[tuple[int, int, str]]:
    """A box around each card to cut out, which a browser prints in a frame of its own; rows and items stay whole.

    Where roles may not see each other, a card of another role than the one before begins a new sheet, the title of its
    round with it.
    """
    handout = handout_of(document)
    if handout is None or handout.kind != CARDS or handout.pieces:
        return
    before = ""
    for card in cards(document, handout):
        blocks = [*([card.heading] if card.heading else []), *card.body]
        start = blocks[0].start
        apart = before not in ("", card.role) and not handout.mixed
        if apart:
            start = _round(document, start)
        opened, closed = box_marks("potong terpisah" if apart else "potong")
        yield start, start, opened
        yield blocks[-1].end, blocks[-1].end, f"{closed}\n"  # the next card may begin at once
        before = card.role


def _round(document: Document, start: int) -> int:
    """Where the heading of a round begins that stands right above the card at `start`; else `start` itself."""
    above = [block for block in document.of("heading") if block.start < start]
    return above[-1].start if above and not document.data[above[-1].end : start].strip() else start


def _link(document: Document) -> Md:
    return link(document.title, posixpath.basename(document.path))
