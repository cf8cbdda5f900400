"""Ranks with ties, and how far two rankings agree: Spearman and Kendall."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

# Values this near, relative to the largest, are a tie: float64 sums differ by their order.
NEAR = 1e-9


def ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value by size without its sign, 1 for the largest.

    Tied values share the mean of their ranks.

    >>> ranks([0.5, -2, 2, 0])
    [3.0, 1.5, 1.5, 4.0]
    """
    size = [abs(float(v)) for v in values]
    near = NEAR * max(size, default=0.0)
    order = sorted(range(len(size)), key=lambda k: -size[k])
    found = [0.0] * len(size)
    start = 0
    for stop in range(1, len(order) + 1):
        # A group ends where the next value is clearly smaller than its neighbour.
        if stop == len(order) or size[order[stop - 1]] - size[order[stop]] > near:
            for k in order[start:stop]:
                found[k] = (start + 1 + stop) / 2
            start = stop
    return found


def spearman(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Return the correlation of the ranks by size, or None where one side is all ties.

    >>> spearman([3, 2, 1], [-9, 5, 0]), spearman([1, 1], [1, 2])
    (1.0, None)
    """
    first, second = ranks(a), ranks(b)
    middle = (len(first) + 1) / 2
    products = [(p - middle) * (q - middle) for p, q in zip(first, second, strict=True)]
    spread = sum((p - middle) ** 2 for p in first) * sum((q - middle) ** 2 for q in second)
    return sum(products) / spread**0.5 if spread else None


def kendall(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Return Kendall's tau-b of the rankings by size, or None where one side is all ties.

    >>> kendall([4, 3, 2, 1], [4, 3, 1, 2])
    0.6666666666666666
    """
    first, second = ranks(a), ranks(b)
    score = untied_first = untied_second = 0
    for i in range(len(first)):
        for j in range(i):
            p = (first[i] > first[j]) - (first[i] < first[j])
            q = (second[i] > second[j]) - (second[i] < second[j])
            score += p * q
            untied_first += p != 0
            untied_second += q != 0
    pairs: float = (untied_first * untied_second) ** 0.5
    return score / pairs if pairs else None


def ranking(names: Sequence[str], values: Sequence[float], most: int = 10) -> str:
    """Write a ranking with its ties.

    >>> ranking(["h1", "h2", "h3"], [1, -2, 1])
    'h2 > h1 = h3'
    """
    place = ranks(values)
    order = sorted(range(len(place)), key=lambda k: place[k])
    parts = [names[order[0]]] if order else []
    for before, k in pairwise(order[:most]):
        parts.append(f"{'=' if place[before] == place[k] else '>'} {names[k]}")
    return " ".join(parts) + (" …" if len(order) > most else "")
