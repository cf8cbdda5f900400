"""Linear equations over the rationals, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.rationals import ONE, ZERO, Rational

Affine = tuple[Rational, ...]  # constant, then a coefficient for each free unknown


def solve(
    lines: Sequence[tuple[Sequence[Any], Any]], count: int
) -> tuple[list[Affine], list[int]] | None:
    """Solve linear equations: each unknown as an affine function of the free ones.

    Args:
        lines: (coefficients, right side) of each equation.
        count: how many unknowns.

    Returns:
        The unknowns, and which of them are free; None where the equations contradict each other.

    >>> solve([([ONE, ONE], ONE)], 2)
    ([(1, -1), (0, 1)], [1])
    """
    pivots: list[tuple[int, list[Any]]] = []
    for left, right in lines:
        row = [*left, right]
        for at, other in pivots:
            if row[at] != ZERO:
                row = _less(row, row[at], other)
        # The largest coefficient leads, so that a free unknown is seldom multiplied by much.
        lead = max(range(count), key=lambda i: abs(row[i]), default=-1)
        if lead < 0 or row[lead] == ZERO:
            if row[-1] != ZERO:
                return None
            continue
        row = [a / row[lead] for a in row]
        pivots = [
            (at, _less(other, other[lead], row) if other[lead] != ZERO else other)
            for at, other in pivots
        ]
        pivots.append((lead, row))
    by_column = dict(pivots)
    free = [i for i in range(count) if i not in by_column]
    found: list[Affine] = []
    for i in range(count):
        if i in by_column:
            row = by_column[i]
            found.append((row[-1], *(-row[j] for j in free)))
        else:
            found.append((ZERO, *(ONE if j == i else ZERO for j in free)))
    return found, free


def _less(row: Sequence[Any], factor: Any, other: Sequence[Any]) -> list[Any]:
    return [a - factor * b for a, b in zip(row, other, strict=True)]


def value(affine: Affine, free: Sequence[Any]) -> Any:
    """Return what an affine function is worth.

    >>> value((ONE, Rational(2)), [Rational(3)])
    7
    """
    return sum((c * v for c, v in zip(affine[1:], free, strict=True)), affine[0])
