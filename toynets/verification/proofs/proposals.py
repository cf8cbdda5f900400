"""The dual simplex method in floating point: it proposes a basis, and proves nothing."""

from __future__ import annotations

from collections.abc import Sequence

SMALL = 1e-9
Row = tuple[list[tuple[int, float]], float]


def propose(
    slope: Sequence[float],
    constant: float,
    rows: Sequence[Row],
    basis: list[int],
    enough: float | None,
    limit: int = 400,
) -> list[int]:
    """Return the basis at which a search for the least value of a function ends.

    Args:
        slope: of the function, by column.
        constant: of the function.
        rows: conditions: (column, coefficient) pairs, and the constant; at least 0.
        basis: for each column the number of a row, dual feasible.
        enough: stop as soon as the value is certainly above it.
        limit: of steps.
    """
    import numpy as np  # only larger problems come here

    n = len(slope)
    dense = np.zeros((len(rows), n))
    shift = np.array([c for _, c in rows])
    for number, (row, _) in enumerate(rows):
        for k, c in row:
            dense[number, k] = c
    scale = np.abs(dense).sum(axis=1) + np.abs(shift) + 1e-300
    goal = np.array(slope)
    try:
        inverse = np.linalg.inv(dense[basis])
    except np.linalg.LinAlgError:
        return basis
    start = list(basis)
    point = inverse @ -shift[basis]
    prices = goal @ inverse
    for _ in range(limit):
        if enough is not None and goal @ point + constant > enough + SMALL:
            return basis
        heights = (dense @ point + shift) / scale
        entering = int(heights.argmin())
        if heights[entering] > -SMALL:
            return basis
        alpha = dense[entering] @ inverse
        usable = alpha > SMALL
        if not usable.any():
            return basis  # empty, as it seems: the exact method goes on from here
        ratios = np.where(usable, np.maximum(prices, 0.0) / np.where(usable, alpha, 1.0), np.inf)
        leaving = int(ratios.argmin())
        ratio = ratios[leaving]
        pivot = inverse[:, leaving] / alpha[leaving]
        gap = dense[entering] @ point + shift[entering]
        inverse = inverse - np.outer(pivot, alpha)
        inverse[:, leaving] = pivot
        prices = prices - ratio * alpha
        prices[leaving] = ratio
        point = point - gap * pivot
        basis = [*basis]
        basis[leaving] = entering
    return basis if np.isfinite(point).all() else start
