"""A text as words, how many of them went in, out or elsewhere, and the tokens that a redline can mark.

Reduplications (anak-anak), decimals (1,5), times (08.00–09.30) and codes (TK-05) are one word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"\w+(?:[-–/.,:'’]\w+)*")
_TOKEN = re.compile(rf"{_WORD.pattern}|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Words:
    """How many words went in, went out, or stand elsewhere with nothing changed around them."""

    inserted: int = 0
    deleted: int = 0
    moved: int = 0

    def __add__(self, other: Words) -> Words:
        return Words(self.inserted + other.inserted, self.deleted + other.deleted, self.moved + other.moved)

    def __bool__(self) -> bool:
        return bool(self.inserted or self.deleted or self.moved)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text: reduplications, decimals, times and codes stay whole."""
    return tuple(_WORD.findall(text))


def tokens(text: str) -> list[str]:
    """Everything in the text, in order; joined they give it back."""
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    return token[0].isalnum() or token[0] == "_"


def worth(token: object) -> float:
    """How much it is worth to keep a token in its place: words more than signs, signs more than white space."""
    if not isinstance(token, str):
        return 3.0
    if is_word(token):
        return 2.0 + min(len(token), 10) / 10
    return 0.1 if token.isspace() else 0.5
