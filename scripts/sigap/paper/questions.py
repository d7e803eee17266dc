"""Questions on paper: what participants answer, without a key, and the key with its reasons, apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..document import Document
from ..items import LETTERS, Item, bank_of
from ..pages.questions import RIGHT, WRONG
from .nodes import Node, Tree
from .typeset import Typesetter, content, string


def question_sheet(document: Document, images: set[str]) -> str:
    """The questions with letters and boxes, and nothing that tells which is right; empty where there are none."""
    bank = bank_of(document)
    if not bank:
        return ""
    tree = Tree(document)
    setter = Typesetter(tree, images)
    parts, at = [], 0
    for item in bank.items:
        parts.append(setter.blocks(tree.between(at, item.start)))
        at = max(item.span[1], item.choices.end if item.choices else 0)
        stem = setter.blocks(tree.between(*item.span))
        answers = "".join(f"({string(letter)}, [{text}]), " for letter, text in _answers(item, tree, setter))
        parts.append(f"#soal([{content(item.heading.text)}], [{stem}], ({answers}))")
    parts.append(setter.blocks(tree.between(at, len(document.data))))
    return "\n\n".join(filter(None, parts))


def question_keys(documents: Iterable[Document], images: set[str]) -> str:
    """For each document of questions, on pages of its own, which answer is right and why each is or is not."""
    parts = []
    for bank in filter(None, map(bank_of, documents)):
        tree = Tree(bank.document)
        setter = Typesetter(tree, images)
        title = content(f"Kunci: {bank.document.title}")
        parts += ["#pagebreak(weak: true)", f"#heading(level: 1)[{title}]"]
        for item in bank.items:
            parts.append(f"#heading(level: 2)[{content(f'{item.heading.text}: jawaban {item.answer}')}]")
            parts += _reasons(item, tree, setter)
    return "\n\n".join(parts) + "\n"


def _answers(item: Item, tree: Tree, setter: Typesetter) -> Iterator[tuple[str, str]]:
    """The letter and the text of each answer, without its box and its reason."""
    for letter, option in zip(LETTERS, item.options, strict=False):
        nodes = tree.at(option.start, ("Item",)).children
        inside = [node for node in _unwrapped(nodes) if node.kind not in ("TaskListMarker", "List")]
        yield letter, setter.inline(inside)


def _unwrapped(nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes of a line, whether or not the list is loose."""
    for node in nodes:
        yield from node.children if node.kind == "Paragraph" else (node,)


def _reasons(item: Item, tree: Tree, setter: Typesetter) -> Iterator[str]:
    for letter, option in zip(LETTERS, item.options, strict=False):
        lists = [node for node in tree.at(option.start, ("Item",)).children if node.kind == "List"]
        why = "\n\n".join(setter.item(reason) for found in lists for reason in found.children)
        yield f"#alasan({string(letter)}, {string(RIGHT if option.right else WRONG)})[{why}]"
