"""B: one word for one thing. The glossary's table `Pakai dan hindari` is the data; its automatic rows are held here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .. import vocabulary
from ..document import Document, Offsets, Problem, fact
from ..model import Curriculum, Severity
from ..module import columns
from .registry import rule

COLUMNS = ("Pakai", "Hindari", "Sebabnya", "Diperiksa")
AUTOMATIC = "otomatis"

_MEANT = re.compile(r"\bbila maksudnya\b|^dalam\b")
_BEFORE, _AFTER = "(?:di|ter|ber|ke|se|per|pe)?", "(?:kan|an|i)?(?:nya|lah|kah|pun|ku|mu)?"
_EXEMPT = re.compile(
    r"“[^”]{0,2000}”|\"[^\"\n]{0,500}\"|‘[^’\n]{0,500}’|`[^`\n]*`|\]\([^)\n]*\)|(?<![*\w])\*[^*\n]+\*(?![*\w])|<!--.*?-->",
    re.DOTALL,
)
"""What is quoted, code, an address, a title or a comment: nobody may mend the words of others."""
_KEPT = (vocabulary.REFERENCES, vocabulary.HISTORY)
"""Sections that hold titles, and what was so before."""


class Term(NamedTuple):
    """Words to avoid, what to write, and why."""

    avoid: str
    use: str
    why: str


@fact("document")
def terms(glossary: Document) -> tuple[Term, ...]:
    """The rows of the glossary that can be looked for without knowing what was meant."""
    found: list[Term] = []
    for table in glossary.of("table"):
        if columns(table) != COLUMNS:
            continue
        for row in table.children[1:]:
            use, avoid, why, held = (cell.text.strip() for cell in row.children[: len(COLUMNS)])
            if held == AUTOMATIC:
                words = (word.strip() for word in avoid.split(";")[0].split(","))
                found += [Term(word, use, why) for word in words if word and not _MEANT.search(word)]
    return tuple(found)


@lru_cache(maxsize=8)
def _pattern(known: tuple[Term, ...]) -> re.Pattern[str]:
    """Any of the words, with what Indonesian puts before and after them; the group says which."""
    each = ("(" + r"\s+".join(map(re.escape, term.avoid.split())) + ")" for term in known)
    return re.compile(rf"(?<![\w-]){_BEFORE}(?:{'|'.join(each)}){_AFTER}(?![\w-])", re.IGNORECASE)


@rule("B101", "Kata yang dihindari", each="module document", severity=Severity.WARNING)
def avoided_word(document: Document, curriculum: Curriculum) -> Iterator[Problem]:
    known = terms(curriculum.glossary) if curriculum.glossary else ()
    if not known:
        return
    text = document.data[document.body :].decode("utf-8", "replace")
    found = list(_pattern(known).finditer(text))
    if not found:
        return
    exempt = [match.span() for match in _EXEMPT.finditer(text)]
    kept, offset = _kept(document), Offsets(text)
    for match in found:
        start = document.body + offset.at(match.start())
        quoted = any(first <= match.start() < last for first, last in exempt)
        if not quoted and not any(first <= start < last for first, last in kept):
            term = known[(match.lastindex or 1) - 1]
            yield Problem(
                document.at(start),
                f"“{' '.join(match[0].split())}” dihindari; kurikulum ini memakai “{term.use}”.",
                f"{term.why}. Gantilah; bila yang dimaksud kata orang lain, beri tanda kutip.",
            )


def _kept(document: Document) -> list[tuple[int, int]]:
    """The bytes of code and of the sections whose words stay."""
    starts = [(s.start, s.title) for s in document.root.walk() if s.heading and s.heading.level == 2]
    ends = [start for start, _ in starts[1:]] + [len(document.data)]
    spans = [(start, end) for (start, title), end in zip(starts, ends, strict=False) if title in _KEPT]
    return spans + [(block.start, block.end) for block in document.of("code")]
