"""Inputs of a box that are near to one of it: along each input, a step long and a step short."""

from __future__ import annotations

from collections.abc import Iterator

from toynets.domain import Row
from toynets.rationals import Rational, rational

Bounds = tuple[tuple[Rational, Rational], ...]

STEPS = tuple(rational(1) / 2**k for k in (4, 10, 20, 40))  # of the side of the box


def around(row: Row, bounds: Bounds) -> Iterator[list[Row]]:
    """Yield for each input that can vary the inputs of the box that differ from a row in it alone.

    Args:
        row: an input of the box.
        bounds: lower and upper bound of each input.

    >>> from toynets.rationals import ONE, ZERO
    >>> sides = ((ZERO, ONE), (ONE, ONE), (ZERO, ONE))
    >>> first, third = around((ZERO, ONE, ONE), sides)
    >>> [near[0] for near in first[:2]], [near[2] for near in third[:2]]
    ([1/16, 1/1024], [15/16, 1023/1024])
    """
    for k, (low, high) in enumerate(bounds):
        if low == high:
            continue
        found = []
        for step in STEPS:
            for to in (row[k] + step * (high - low), row[k] - step * (high - low)):
                if low <= to <= high:
                    found.append((*row[:k], to, *row[k + 1 :]))
        yield found
