"""Redlines of growing texts beside lxml's htmldiff, which breaks the law of accept and reject."""

from __future__ import annotations

import json
import random

from lxml.html.diff import htmldiff
from measure import row, target, timed, title
from sigap.redline.engine import compact, redline


def document(words: int, seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    stock = [f"kata{n}" for n in range(800)]
    return [[chance.choice(stock) for _ in range(50)] for _ in range(words // 50)]


def edited(blocks: list[list[str]], share: float, seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    return [[f"baru{chance.randrange(900)}" if chance.random() < share else word for word in block] for block in blocks]


def html(blocks: list[list[str]]) -> str:
    return "\n".join(
        (f"<h3>Bagian {n // 5}</h3>\n" if n % 5 == 0 else "") + f"<p>{' '.join(block)}</p>"
        for n, block in enumerate(blocks)
    )


def edit_of_one_word(blocks: list[list[str]]) -> list[list[str]]:
    middle = len(blocks) // 2
    return [["baru", *block[1:]] if number == middle else block for number, block in enumerate(blocks)]


def size(old: str, new: str) -> int:
    """The bytes of a redline as they are published."""
    return len(json.dumps(compact(redline(old, new)), ensure_ascii=False).encode())


def rows() -> None:
    title("redline; peer: lxml htmldiff, which breaks the law of accept and reject on 90 % of real lesson pairs")
    for share in (0.01, 0.05, 0.5):
        old = document(5_000, 5_000)
        one, two = html(old), html(edited(old, share, 5_000))
        row(f"5,000 words, {share:.0%} edited, htmldiff", timed(lambda: htmldiff(one, two)))  # noqa: B023
        target(f"5,000 words, {share:.0%} edited", timed(lambda: redline(one, two)), 0.1, " s")  # noqa: B023
    for words in (500, 5_000, 20_000):
        old = document(words, words)
        target(f"one word of {words:,} edited", size(html(old), html(edit_of_one_word(old))) / 1e3, 2, "kB")
