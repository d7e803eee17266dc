"""A text as the tokens that a redline can mark: words, white space, single signs.

Reduplications (anak-anak), decimals (1,5), times (08.00–09.30) and codes (TK-05) are one word, as in `texts.words_of`.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\w+(?:[-–/.,:'’]\w+)*|\s+|[^\w\s]")


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
