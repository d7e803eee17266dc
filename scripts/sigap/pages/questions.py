"""Questions on the site: answers to choose from, apart from which is right and why, and the way there from a module.

Plain Markdown, as all pages are: the answers in one box, what is right in another, which `render` folds up and
`soal.js` shows once an answer was chosen.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping

from .. import vocabulary
from ..addresses import uri
from ..document import Document
from ..headings import PART
from ..items import LETTERS, Item, Span, bank_of, banks_of
from ..markdown_out import Md, after, box, joined, link, md
from ..model import Module
from ..source import slug
from .editing import passage

Edit = tuple[int, int, str]
RIGHT, WRONG = "Tepat.", "Belum tepat."


def answer_edits(
    document: Document, module_of: Callable[[Item], Module | None], documents: Mapping[str, Document]
) -> Iterator[Edit]:
    """What takes the place of each question's options: the answers, then what is right and why.

    `module_of` tells whose topic is to be read again. Nothing for a document that holds no questions.
    """
    here = posixpath.dirname(uri(document.path))

    def text(span: Span) -> Md:
        written = passage(document, span, lambda target: posixpath.relpath(uri(target), here), (), documents)
        return Md(" ".join(written.split()))

    bank = bank_of(document)
    for item in bank.items if bank else ():
        if item.choices:
            again = _topic_link(module_of(item), item, here)
            new = box("soal", _answers(item, text)) + "\n" + box("pembahasan", _explanation(item, text, again))
            yield item.choices.start, item.choices.end, after(new)


def _answers(item: Item, text: Callable[[Span], Md]) -> Md:
    pairs = zip(LETTERS, item.options, strict=False)
    return joined("\n", (md("- **{}.** {}", letter, text(option.span)) for letter, option in pairs))


def _explanation(item: Item, text: Callable[[Span], Md], again: Md) -> Md:
    lines = []
    for letter, option in zip(LETTERS, item.options, strict=False):
        why = joined(" ", map(text, option.reasons))
        lines.append(md("- **{}.** {} {}", letter, RIGHT if option.right else WRONG, why))
    found = [md("**Jawaban: {}.**", item.answer or "–"), joined("\n", lines)]
    return joined("\n\n", [*found, md("Baca lagi: {}.", again)] if again else found)


def _topic_link(module: Module | None, item: Item, here: str) -> Md:
    """A link to the topic that pairs with the question's IHB; empty where the module has none."""
    title = next((title for number, title, _ in _parts(module) if number == item.indicator), "") if module else ""
    if not module or not title:
        return Md("")
    return link(title, f"{posixpath.relpath(uri(module.path), here)}#{slug(title)}")


def _parts(module: Module) -> Iterator[tuple[int, str, int]]:
    """The parts of Uraian materi: number, title and the byte behind them."""
    content = module.sections.get(vocabulary.CONTENT)
    for section in content.children if content else ():
        if match := PART.match(section.title):
            last = list(section.walk())[-1]
            end = last.blocks[-1].end if last.blocks else last.heading.end if last.heading else section.start
            yield int(match[1]), section.title, end


def self_checks(module: Module) -> Iterator[Edit]:
    """Below each part of Uraian materi the questions on its IHB, in every form that the module has."""
    banks = banks_of(module)
    for number, _, end in _parts(module):
        found = [
            link(
                f"bentuk {bank.form} soal {item.number}",
                f"{posixpath.basename(bank.document.path)}#{slug(item.heading.text)}",
            )
            for bank in banks
            for item in bank.items
            if item.indicator == number and item.number
        ]
        if found:
            yield end, end, after(box("periksa", md("**Periksa diri:** {}.", joined(", ", found))))


def how_to(document: Document, module: Module) -> Md:
    """What a page of questions says of itself below its title; empty for other handouts."""
    bank = bank_of(document)
    if not bank:
        return Md("")
    others = [
        link(f"bentuk {other.form}", posixpath.basename(other.document.path))
        for other in banks_of(module)
        if other.document is not document
    ]
    more = md(" Soal lain ada di {}.", joined(", ", others)) if others else Md("")
    return md(
        "\n\nPilih satu jawaban pada setiap soal, lalu baca jawaban dan alasannya. Hasilnya hanya untuk Anda.{}", more
    )
