"""What an author plainly meant for a heading of the format, read as one: so that one slip is one finding.

A heading on a wrong level, a bold paragraph or a line such as `##Evaluasi` would otherwise lose its whole section, and
every rule would speak of what is missing in it. The mended heading's label says how it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from . import vocabulary
from .document import Block, Document
from .source import outline

SESSION = re.compile(r"^Sesi (\d{1,3}): (\S.*)$")
PART = re.compile(r"^Materi pokok (\d{1,3}): (\S.*)$")
BOLD = re.compile(r"(?:\*\*|__)(?!\s)[^*_\n]{1,120}?(?:\*\*|__)\s*:?\s*$")
HASHES = re.compile(r"(#{1,6})([^\s#].*)")

AS_BOLD, AS_HASHES = "tebal", "pagar"
"""Labels of headings that were written as a paragraph; others name the level, as in `H3`."""


def mended(document: Document, title: str) -> Document:
    """The document with such headings in their places; the same document where there are none.

    In: a module's document, and its `judul`.
    """
    blocks = [block for part in document.root.walk() for block in (part.heading, *part.blocks) if block]
    level_of = {name: 2 for name in vocabulary.SECTIONS} | {vocabulary.OUTCOME: 3, vocabulary.INDICATORS: 3}
    if title:
        level_of[title] = 1
    right = {b.text for b in blocks if b.kind == "heading" and level_of.get(b.text) == b.level}
    if any(block.kind == "heading" and block.level == 1 for block in blocks):
        right.add(title)
    now = ""

    def meant(text: str) -> int:
        """The level that a heading of this text has in the format; 0 where the format does not know it."""
        if text in level_of:
            return 0 if text in right else level_of[text]
        if now == vocabulary.STEPS:
            return 3 if SESSION.match(text) else 4 if text == vocabulary.FACILITATOR_GUIDE else 0
        return 3 if now == vocabulary.CONTENT and PART.match(text) else 0

    changed = False
    for index, block in enumerate(blocks):
        found = block
        if block.kind == "heading":
            if (level := meant(block.text)) and level != block.level:
                found = block._replace(level=level, label=f"H{block.level}")
        elif block.kind == "paragraph":
            found = _as_heading(document, block, meant)
        if found is not block:
            changed = True
            blocks[index] = found
        if found.kind == "heading" and level_of.get(found.text) == found.level:
            right.add(found.text)
            now = found.text if found.level == 2 else now
    return replace(document, root=outline(blocks)) if changed else document


def _as_heading(document: Document, block: Block, meant: Callable[[str], int]) -> Block:
    source = document.source(block).strip()
    if BOLD.fullmatch(source) and (level := meant(block.text.strip().rstrip(":"))):
        return Block("heading", block.start, block.end, block.text.strip().rstrip(":"), level, AS_BOLD)
    if match := HASHES.fullmatch(source):
        text = block.text.strip().lstrip("#").strip()
        return Block("heading", block.start, block.end, text, meant(text) or len(match[1]), AS_HASHES)
    return block
