"""Redlines of growing texts beside lxml's htmldiff, which breaks the law of accept and reject."""

from __future__ import annotations

import json
import random
import time

from lxml.html.diff import htmldiff
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


def seconds(run: object, times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    for words in (500, 5_000, 20_000):
        for share in (0.01, 0.05, 0.5):
            old = document(words, words)
            one, two = html(old), html(edited(old, share, words))
            made = redline(one, two)
            ours = seconds(lambda: redline(one, two))  # noqa: B023
            theirs = seconds(lambda: htmldiff(one, two))  # noqa: B023
            size = len(json.dumps(compact(made), ensure_ascii=False).encode())
            note = f"htmldiff {theirs:.3f} s, ratio {ours / theirs:.2f}; compact {size / 1000:.1f} kB, {made.words}"
            print(f"  {words:>6} words, {share:4.0%} edited: {ours:7.3f} s  {note}", flush=True)


if __name__ == "__main__":
    main()
