"""The text of a module as parts and leaves, its words, and how many of them went in, out or elsewhere.

A part is what a reader finds under one heading of the table of contents: a section at H2, or one at H3 below it. A leaf
is the smallest block that holds text: a paragraph, an item, a row of a table, a heading within a part. Leaves are
compared by their Markdown with white space, list numbers and comments aside, so that a link that leads elsewhere is a
change and a table laid out anew is none.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .. import vocabulary
from ..document import Block, Document, Section
from ..model import Module
from ..module import indicator_section
from ..words import Words, words_of
from .pairing import rising

DIGEST = "digest"
"""Kind of the one block of a part that is known by its digest alone (`export.restore`)."""

_WEIGHED = 300_000
"""Pairs of equal words whose order is weighed at most."""

_BREAK = re.compile(r"\s*\n[\s>]*")
_MARKER = re.compile(r"(?:\d{1,9}[.)]|[-*+])\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NEIGHBOUR = re.compile(r"\]\(\.\./([a-z0-9-]+)/")


@dataclass(frozen=True, slots=True)
class Leaf:
    """`form` is what must be equal for a reader to see no change; `words` what is counted."""

    form: tuple[Hashable, ...]
    words: tuple[str, ...]
    typed: bool = False


@dataclass(frozen=True, eq=False)
class Part:
    """A section at H2 (`name` empty) or H3 with its leaves; `typed` leaves are compared elsewhere, field by field."""

    section: str
    name: str
    leaves: tuple[Leaf, ...]
    start: int
    digest: str
    stub: bool = False

    @property
    def path(self) -> str:
        return " › ".join(title for title in (self.section, self.name) if title) or "Pembuka"

    @property
    def text(self) -> tuple[Leaf, ...]:
        return tuple(leaf for leaf in self.leaves if not leaf.typed)


Folders = Mapping[str, str]
"""Folder of a module to its kode: a link to a module that moved still leads to the same module."""


def parts(module: Module, folders: Folders) -> tuple[Part, ...]:
    """The parts of a module in reading order, without its history, which speaks of changes and is none.

    Kept with the module while it is asked with the same folders: V803 and H311 both weigh them.
    """
    kept = module.facts.get("parts")
    if kept is None or kept[0] is not folders:
        kept = module.facts["parts"] = (folders, _parts(module, folders))
    found: tuple[Part, ...] = kept[1]
    return found


def _parts(module: Module, folders: Folders) -> tuple[Part, ...]:
    typed = _typed_blocks(module)
    found: list[Part] = []
    document = module.document

    def add(section: str, name: str, own: list[Section], extra: tuple[Leaf, ...] = ()) -> None:
        blocks = [block for s in own for block in ((s.heading,) if s.heading and s is not own[0] else ()) + s.blocks]
        leaves = (*extra, *(leaf for block in blocks for leaf in _leaves(document, block, folders, typed)))
        stub = next((block.text for block in blocks if block.kind == DIGEST), "")
        if leaves or stub or section:
            found.append(Part(section, name, leaves, own[0].start, stub or digest(leaves), bool(stub)))

    def visit(section: Section, parent: str) -> None:
        level = section.heading.level if section.heading else 0
        own, below = [section], []
        for child in section.children:
            if child.heading and child.heading.level > 3:
                own += child.walk()
            else:
                below.append(child)
        title = section.title
        if level == 2:
            parent = title
        if level != 2 or title != vocabulary.HISTORY:
            extra = (Leaf(("title", title), words_of(title), True),) if level == 1 else ()
            add(parent, title if level > 2 else "", own, extra)
            for child in below:
                visit(child, parent)

    visit(document.root, "")
    return tuple(found)


def _typed_blocks(module: Module) -> frozenset[Block]:
    """The lists and tables whose contents the model holds."""
    sections = module.sections
    indicators = indicator_section(sections)
    evaluation = sections.get(vocabulary.EVALUATION)
    lists = (indicators, sections.get(vocabulary.TOPICS), sections.get(vocabulary.REFERENCES))
    found = [section.first("list") for section in lists if section]
    found += [session.table for session in module.sessions or () if session.activities is not None]
    found += [evaluation.first("table")] if evaluation and module.assessments is not None else []
    return frozenset(block for block in found if block)


def leaves(document: Document, folders: Folders) -> tuple[Leaf, ...]:
    """The leaves of a whole document, a handout or a programme's page, its first title aside."""
    blocks = [block for s in document.root.walk() for block in ((s.heading,) if s.heading else ()) + s.blocks]
    if blocks and blocks[0].kind == "heading" and blocks[0].level == 1:
        del blocks[0]
    return tuple(leaf for block in blocks for leaf in _leaves(document, block, folders, frozenset()))


_KEPT: dict[tuple[str, int, str, bytes, bool], tuple[Leaf, ...]] = {}
"""Leaves of blocks that were read, by what is written: most of a module is the same in its two states."""
_MOST_KEPT = 200_000


def _leaves(document: Document, top: Block, folders: Folders, typed: frozenset[Block]) -> Sequence[Leaf]:
    """The leaves of one block, read once for all blocks that are written the same.

    A link to a neighbour or by reference is read anew: what it says depends on the folders, or on another block.
    """
    source = document.data[top.start : top.end]
    if top.kind == DIGEST or b"](../" in source or b"][" in source:
        return tuple(_read_leaves(document, top, folders, typed))
    key = (top.kind, top.level, top.label, source, top in typed)
    found = _KEPT.get(key)
    if found is None:
        found = tuple(_read_leaves(document, top, folders, typed))
        if len(_KEPT) > _MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = found
    return found


def _read_leaves(document: Document, top: Block, folders: Folders, typed: frozenset[Block]) -> Iterator[Leaf]:
    """The leaves of a block; `form` begins with the blocks around it (a callout's kind, an ordered list)."""
    stack: list[tuple[Block, tuple[str, ...], bool]] = [(top, (), top in typed)]
    while stack:
        block, around, known = stack.pop()
        below = list(block.children)
        source, text = "", block.text
        if block.kind == "row":
            source = " | ".join(document.source(cell).strip() for cell in below)
            text, below = " | ".join(cell.text for cell in below), []
        elif block.kind == "item":
            if not block.text.strip() and below and below[0].kind == "paragraph":
                first = below.pop(0)
                source, text = document.source(first), first.text
            else:
                end = below[0].start if below else block.end
                source = document.data[block.start : end].decode("utf-8", "replace")
            source = _MARKER.sub("", source.strip(), count=1)
        elif block.kind not in ("list", "table", "quote", "footnote", DIGEST):
            source = document.source(block)
        form = source if block.kind == "code" else " ".join(_BREAK.sub(" ", _without_comments(source)).split())
        form = _NEIGHBOUR.sub(lambda match: f"]({folders.get(match[1], match[1])}/", form)
        if form or block.kind == "rule":
            yield Leaf((*around, block.kind, block.level, form), words_of("" if block.kind == "html" else text), known)
        if block.kind in ("list", "quote", "footnote"):
            around = (*around, block.kind + block.label)
        stack.extend((child, around, known or child in typed) for child in reversed(below))


def neighbours(document: Document) -> frozenset[str]:
    """The folders of other modules that links in the text of a document lead to."""
    return frozenset(_NEIGHBOUR.findall(document.data.decode("utf-8", "replace")))


def _without_comments(source: str) -> str:
    """A text without its comments; what is opened after the last end is looked at only once."""
    end = source.rfind("-->") + 3
    return _COMMENT.sub("", source[:end]) + source[end:] if end > 2 else source


def digest(of: Sequence[Leaf]) -> str:
    """A name for the content of leaves: equal exactly when a reader sees no difference."""
    return hashlib.sha256(repr([leaf.form for leaf in of]).encode()).hexdigest()[:16]


def content_digest(document: Document, folders: Folders) -> str:
    """The digest of a whole document, or the one that a restored document carries."""
    stub = next((b.text for s in document.root.walk() for b in s.blocks if b.kind == DIGEST), "")
    return stub or digest(leaves(document, folders))


def changed_words(old: Sequence[Leaf], new: Sequence[Leaf]) -> Words:
    """Words in, out and moved from one run of leaves to another, in time about linear in their number.

    Leaves with the same words are matched first: those out of order count as moved. Between the others, words are kept
    that stand in the same order on both sides, however the paragraphs are cut.
    """
    old, new = _differing([leaf for leaf in old if leaf.words], [leaf for leaf in new if leaf.words])
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, leaf in reversed(list(enumerate(new))):
        places[leaf.words].append(index)
    pairs = [(i, places[leaf.words].pop()) for i, leaf in enumerate(old) if places.get(leaf.words)]
    kept = rising([j for _, j in pairs], [len(old[i].words) for i, _ in pairs])
    total = Words(moved=sum(len(old[i].words) for n, (i, _) in enumerate(pairs) if n not in kept))
    paired_old, paired_new = {i for i, _ in pairs}, {j for _, j in pairs}
    i = j = 0
    for next_i, next_j in [*(pairs[n] for n in sorted(kept)), (len(old), len(new))]:
        before = [word for n in range(i, next_i) if n not in paired_old for word in old[n].words]
        after = [word for n in range(j, next_j) if n not in paired_new for word in new[n].words]
        same = _common(before, after)
        total += Words(len(after) - same, len(before) - same)
        i, j = next_i + 1, next_j + 1
    return total


def _differing(old: list[Leaf], new: list[Leaf]) -> tuple[list[Leaf], list[Leaf]]:
    """Both runs without what is the same at their beginnings and ends: in a module that was edited, nearly all.

    The ends stay where one of their leaves stands among the others too, for it may then belong to that one.
    """
    forwards = zip(old, new, strict=False)
    start = next((n for n, (one, two) in enumerate(forwards) if one.words != two.words), min(len(old), len(new)))
    old, new = old[start:], new[start:]
    backwards = zip(reversed(old), reversed(new), strict=False)
    end = next((n for n, (one, two) in enumerate(backwards) if one.words != two.words), min(len(old), len(new)))
    inner_old, inner_new = old[: len(old) - end], new[: len(new) - end]
    among = {leaf.words for leaf in (*inner_old, *inner_new)}
    return (inner_old, inner_new) if among.isdisjoint(leaf.words for leaf in old[len(old) - end :]) else (old, new)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words stand in the same order on both sides (Hunt and Szymanski), or on both sides at all where the
    texts are so long that their order would take too long to weigh."""
    one, two = Counter(old), Counter(new)
    if sum(count * two[word] for word, count in one.items()) > _WEIGHED:
        return (one & two).total()
    places: dict[str, list[int]] = defaultdict(list)
    for index in reversed(range(len(new))):
        places[new[index]].append(index)
    ends: list[int] = []
    for word in old:
        for place in places.get(word, ()):
            length = bisect_left(ends, place)
            ends[length : length + 1] = [place]
    return len(ends)
