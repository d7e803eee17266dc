"""Which thing of one list is which of another: by key, then by likeness, never by number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

_COMPARISONS = 10_000
"""Pairs that are weighed at most; in longer lists only those whose places are near each other."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Indexes: `pairs` of old and new in new order, those `moved` against the others, what is left on either side."""

    pairs: tuple[tuple[int, int], ...]
    moved: frozenset[tuple[int, int]]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def pair(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable], likeness: Callable[[T, T], float], least: float
) -> Pairing:
    """Pair two lists.

    Things with equal keys belong together, in their order; of the others the most alike, down to `least` (0 to 1).
    The same pairs come out when the sides are swapped.
    """
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index in reversed(range(len(new))):
        places[key(new[index])].append(index)
    pairs: list[tuple[int, int]] = []
    for index, thing in enumerate(old):
        if same := places.get(key(thing)):
            pairs.append((index, same.pop()))
    old_left = sorted(set(range(len(old))) - {i for i, _ in pairs})
    new_left = sorted(set(range(len(new))) - {j for _, j in pairs})
    reach = max(3, _COMPARISONS // max(1, len(old_left), len(new_left)))
    weighed = sorted(
        (-score, abs(i - j), min(i, j), max(i, j), i, j)
        for n, i in enumerate(old_left)
        for j in new_left[max(0, n - reach) : n + reach + 1]
        if (score := likeness(old[i], new[j])) >= least
    )
    free_old, free_new = set(old_left), set(new_left)
    for *_, i, j in weighed:
        if i in free_old and j in free_new:
            pairs.append((i, j))
            free_old.remove(i)
            free_new.remove(j)
    pairs.sort(key=lambda ij: ij[1])
    kept = rising([i for i, _ in pairs])
    moved = frozenset(ij for n, ij in enumerate(pairs) if n not in kept)
    return Pairing(tuple(pairs), moved, tuple(sorted(free_old)), tuple(sorted(free_new)))


def rising(values: Sequence[int], weights: Sequence[int] | None = None) -> frozenset[int]:
    """Indexes of the heaviest rising run of distinct values (the longest, where all weigh the same): what stayed."""
    count = len(values)
    rank = {value: place for place, value in enumerate(sorted(values), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (count + 1)  # a Fenwick tree: weight of the best run, its last index
    before: list[int] = []
    for index, value in enumerate(values):
        reached = (0, -1)
        place = rank[value] - 1
        while place:
            reached = max(reached, best[place])
            place &= place - 1
        before.append(reached[1])
        run = (reached[0] + (weights[index] if weights else 1), index)
        place = rank[value]
        while place <= count:
            best[place] = max(best[place], run)
            place += place & -place
    kept = set()
    reached = (0, -1)
    while count:
        reached = max(reached, best[count])
        count &= count - 1
    index = reached[1]
    while index >= 0:
        kept.add(index)
        index = before[index]
    return frozenset(kept)


Bag = tuple[dict[str, int], int]
"""How often each word stands in a text, and how many there are."""


@lru_cache(maxsize=8192)
def bag(words: tuple[str, ...]) -> Bag:
    """A text as a bag of words, case aside; kept, since each text is weighed against many."""
    return dict(Counter(word.casefold() for word in words)), len(words)


def alike(old: Sequence[str], new: Sequence[str]) -> float:
    """How alike two texts are as bags of words, 0 to 1 (Dice), case aside; empty ones are alike."""
    return bags_alike(bag(tuple(old)), bag(tuple(new)))


def bags_alike(old: Bag, new: Bag) -> float:
    """`alike` of two bags."""
    (few, size), (many, other_size) = (old, new) if len(old[0]) <= len(new[0]) else (new, old)
    if not size + other_size:
        return 1.0
    shared = 0
    for word, count in few.items():
        if word in many:
            there = many[word]
            shared += count if count < there else there
    return 2 * shared / (size + other_size)
