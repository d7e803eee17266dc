"""Which things of two sequences are the same: exactly first, then by likeness, in order and by weight."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

Pair = tuple[int, int]
Bag = Counter[str]

_FEW = 4
"""Occurrences up to which equal things are tried in every combination."""
_SMALL = 400
"""Combinations up to which everything in a gap is held against everything."""
_SPARSE = 12
"""Things between two anchors from which the anchors may be chance."""
_CELLS = 4096
"""Cells of a table of longest common subsequences that are still worth filling."""


def heaviest(pairs: Sequence[tuple[int, int, float]]) -> list[Pair]:
    """The heaviest choice of pairs (i, j, weight) in which both i and j rise. O(n log n)."""
    order = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    if not order:
        return []
    places = {j: rank for rank, j in enumerate(sorted({j for _, j, _ in order}), 1)}
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)
    before: list[int] = []
    for index, (_, j, weight) in enumerate(order):
        reached = (0.0, -1)
        place = places[j] - 1
        while place:
            if tree[place][0] > reached[0]:
                reached = tree[place]
            place &= place - 1
        before.append(reached[1])
        run = (reached[0] + weight, index)
        place = places[j]
        while place < len(tree):
            if run[0] > tree[place][0]:
                tree[place] = run
            place += place & -place
    best, place = (0.0, -1), len(places)
    while place:
        if tree[place][0] > best[0]:
            best = tree[place]
        place &= place - 1
    found = []
    index = best[1]
    while index >= 0:
        found.append(order[index][:2])
        index = before[index]
    return found[::-1]


def gaps(pairs: Sequence[Pair], old: int, new: int) -> Iterator[tuple[range, range]]:
    """What lies between pairs that rise: ranges of both sides, of which at least one is not empty."""
    i = j = 0
    for next_i, next_j in [*pairs, (old, new)]:
        if next_i > i or next_j > j:
            yield range(i, next_i), range(j, next_j)
        i, j = next_i + 1, next_j + 1


def steps(pairs: Sequence[Pair], old: int, new: int) -> Iterator[tuple[range, range, Pair | None]]:
    """Both sequences in order: what lies before each pair (ranges that may be empty), and the pair; None at the end."""
    i = j = 0
    for pair in pairs:
        yield range(i, pair[0]), range(j, pair[1]), pair
        i, j = pair[0] + 1, pair[1] + 1
    yield range(i, old), range(j, new), None


def equal(old: Sequence[Hashable], new: Sequence[Hashable], weight: Callable[[int], float]) -> list[Pair]:
    """Pairs of equal things in order, the heaviest such choice. `weight` is that of a thing of the old side."""
    head = 0
    most = min(len(old), len(new))
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j in range(head, len(new) - tail):
        places[new[j]].append(j)
    seen: dict[Hashable, list[int]] = defaultdict(list)
    for i in range(head, len(old) - tail):
        if old[i] in places:
            seen[old[i]].append(i)
    pairs: list[tuple[int, int, float]] = []
    for thing, mine in seen.items():
        theirs = places[thing]
        if len(mine) <= _FEW and len(theirs) <= _FEW:
            pairs += [(i, j, weight(i)) for i in mine for j in theirs]
        else:
            pairs += [(i, j, weight(i)) for i, j in zip(mine, theirs, strict=False)]
    middle = heaviest(pairs)
    start = [(n, n) for n in range(head)]
    end = [(len(old) - tail + n, len(new) - tail + n) for n in range(tail)]
    return [*start, *middle, *end]


def alike(old: Bag, new: Bag) -> float:
    """How alike two bags of words are, 0 to 1 (Dice)."""
    total = old.total() + new.total()
    if not total:
        return 0.0
    few, many = (old, new) if len(old) < len(new) else (new, old)
    return 2 * sum(min(times, many[word]) for word, times in few.items() if word in many) / total


def similar(old: Sequence[int], new: Sequence[int], bag: Callable[[int, bool], Bag]) -> Iterator[Pair]:
    """Pairs of things that may be alike. `bag` gives the words of a thing, of the new side if its second argument says.

    In long stretches only things that share a rare word are held against each other, so that time stays about linear.
    """
    if len(old) * len(new) <= _SMALL:
        yield from ((i, j) for i in old for j in new)
        return
    holders: dict[str, list[int]] = defaultdict(list)
    for j in new:
        for word in bag(j, True):
            holders[word].append(j)
    for i in old:
        shared: Counter[int] = Counter()
        for word in bag(i, False):
            if len(holders.get(word, ())) <= 2 * _FEW:
                shared.update(holders.get(word, ()))
        yield from ((i, j) for j, _ in shared.most_common(_FEW))


def words(old: Sequence[Hashable], new: Sequence[Hashable], weight: Callable[[Hashable], float]) -> list[Pair]:
    """Pairs of equal words in order: anchored where words are rare, exact between the anchors."""
    found: list[Pair] = []
    work = [(0, len(old), 0, len(new), True)]
    while work:
        i, end_i, j, end_j, anchored = work.pop()
        while i < end_i and j < end_j and old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < end_i and j < end_j and old[end_i - 1] == new[end_j - 1]:
            end_i, end_j = end_i - 1, end_j - 1
            found.append((end_i, end_j))
        if i == end_i or j == end_j:
            continue
        if (end_i - i) * (end_j - j) <= _CELLS:
            found += _longest(old, new, i, end_i, j, end_j, weight)
        elif anchored:
            anchors = _anchors(old, new, i, end_i, j, end_j, weight)
            found += anchors
            inner = [(one - i, two - j) for one, two in anchors]
            for left, right in gaps(inner, end_i - i, end_j - j):
                if left and right:
                    work.append((i + left.start, i + left.stop, j + right.start, j + right.stop, len(anchors) > 0))
    return sorted(found)


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], i: int, end_i: int, j: int, end_j: int,
    weight: Callable[[Hashable], float],
) -> list[Pair]:  # fmt: skip
    """Words that are rare in this stretch, in the heaviest order; the rarest that are not too few to be trusted."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place in range(j, end_j):
        places[new[place]].append(place)
    count = Counter(old[i:end_i])
    found: list[Pair] = []
    for most in (1, _FEW, 4 * _FEW):
        pairs = [
            (place, other, weight(old[place]))
            for place in range(i, end_i)
            if count[old[place]] <= most and 0 < len(places.get(old[place], ())) <= most
            for other in places[old[place]]
        ]
        found = heaviest(pairs)
        if len(found) * _SPARSE >= min(end_i - i, end_j - j):
            break
    return found


def _longest(
    old: Sequence[Hashable], new: Sequence[Hashable], i: int, end_i: int, j: int, end_j: int,
    weight: Callable[[Hashable], float],
) -> list[Pair]:  # fmt: skip
    """The heaviest common subsequence of a small stretch, by table."""
    wide = end_j - j + 1
    rows = [[0.0] * wide]
    for one in range(end_i - 1, i - 1, -1):
        below, thing = rows[-1], old[one]
        row = [0.0] * wide
        worth = weight(thing)
        for two in range(wide - 2, -1, -1):
            if new[j + two] == thing:
                row[two] = below[two + 1] + worth
            else:
                row[two] = below[two] if below[two] >= row[two + 1] else row[two + 1]
        rows.append(row)
    rows.reverse()
    found = []
    one, two = 0, 0
    while one < end_i - i and two < wide - 1:
        if old[i + one] == new[j + two]:
            found.append((i + one, j + two))
            one, two = one + 1, two + 1
        elif rows[one + 1][two] >= rows[one][two + 1]:
            one += 1
        else:
            two += 1
    return found
