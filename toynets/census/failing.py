"""Where failed runs are stuck, and why there: least squares with the units that are on.

Where training stands still, the errors are at right angles to all that the units which are on can
add. So the outputs are the projection of the targets on that space, which is rational.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.census.fitting import nearest
from toynets.census.linear import solve, value
from toynets.census.population import NEAR, Population
from toynets.census.records import Plateau
from toynets.rationals import ONE, ZERO, Rational, text, to_float

LISTED = 16  # outputs; more are told apart by their mean squared error
NEARLY = 0.02
CLOSE = 0.01  # how far the outputs may be from the projection


def plateaus(population: Population) -> tuple[Plateau, ...]:
    """Sort the failed runs by the outputs that they end at, the most frequent first."""
    return _Stuck(population).plateaus()


def projection(
    states: Sequence[Sequence[int]], rows: Sequence[Sequence[Any]], targets: Sequence[Any]
) -> list[Any]:
    """Return the least-squares outputs of a relu layer whose units stay where they are, exactly.

    Args:
        states: for each unit and row, 1 where it is on, 0 at its kink, -1 off.
        rows: the inputs, rationals, shape (rows, inputs).
        targets: shape (rows,).

    >>> projection([], [[ZERO], [ONE]], [ZERO, ONE])
    [1/2, 1/2]
    """
    directions = [[ONE] * len(rows)]
    for state in states:
        extended = [(*x, ONE) for x in rows]
        # Of a unit's numbers only those are free that keep its kinks where they are.
        kinks = [(x, ZERO) for x, where in zip(extended, state, strict=True) if where == 0]
        solved = solve(kinks, len(extended[0]))
        if solved is None:  # a homogeneous system is never without a solution
            raise AssertionError("0 solves it")
        numbers, free = solved
        for n in range(len(free)):
            one = [ONE if m == n else ZERO for m in range(len(free))]
            line = [value(number, one) for number in numbers]
            directions.append(
                [
                    sum((a * b for a, b in zip(line, x, strict=True)), ZERO) if where > 0 else ZERO
                    for x, where in zip(extended, state, strict=True)
                ]
            )
    normal = [([_dot(a, b) for b in directions], _dot(a, targets)) for a in directions]
    found = solve(normal, len(directions))
    if found is None:  # normal equations always have a solution
        raise AssertionError("least squares has a solution")
    # Directions may depend on each other; the outputs do not depend on which solution is taken.
    weights = [entry[0] for entry in found[0]]
    return [
        sum((w * d[r] for w, d in zip(weights, directions, strict=True)), ZERO)
        for r in range(len(rows))
    ]


def _dot(a: Sequence[Any], b: Sequence[Any]) -> Any:
    return sum((u * v for u, v in zip(a, b, strict=True)), ZERO)


class _Stuck:
    def __init__(self, population: Population) -> None:
        self.population = population
        self.projected: dict[bytes, list[Any]] = {}

    def plateaus(self) -> tuple[Plateau, ...]:
        population = self.population
        solved = set(population.converged.tolist())
        found: dict[tuple[str, bool], list[int]] = {}
        for run in range(population.runs):
            if run not in solved:
                found.setdefault(self._said(run), []).append(run)
        count = population.runs - len(solved)
        ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0]))
        return tuple(
            Plateau(said, tuple(runs), len(runs) / count, self._error(runs[0]), exact)
            for (said, exact), runs in ranked
        )

    def _error(self, run: int) -> float:
        import numpy as np

        return float(np.mean((self.population.y[:, run] - self.population.t) ** 2))

    def _said(self, run: int) -> tuple[str, bool]:
        """Return the outputs in words, and whether they are the projection."""
        import numpy as np

        y = self.population.y[:, run]
        if not np.isfinite(y).all():
            return "diverged", False
        if self.population.error[run] < NEARLY:
            return f"nearly there: within {NEARLY} of every target", False
        exact = self._projection(run) if self.population.activation == "relu" else None
        if exact is not None and max(
            abs(to_float(e) - v) for e, v in zip(exact, y.tolist(), strict=True)
        ) < CLOSE:
            if len(y) <= LISTED:
                return " ".join(text(v) for v in sorted(exact)), True
            gaps = [e - t for e, t in zip(exact, self.population.targets, strict=True)]
            error = to_float(_dot(gaps, gaps) / Rational(len(gaps)))
            return f"mean squared error {error:.4g}", True
        if len(y) > LISTED:
            return f"mean squared error {self._error(run):.2g}", False
        near = [nearest(float(v), within=CLOSE) for v in np.sort(y)]
        said = [f"{v:.2f}" if r is None else str(r) for v, r in zip(np.sort(y), near, strict=True)]
        return " ".join(said), False

    def _projection(self, run: int) -> list[Any]:
        import numpy as np

        pre = self.population.pre[:, :, run].T
        states = np.where(pre > NEAR, 1, np.where(pre < -NEAR, -1, 0)).astype(np.int8)
        # A unit that has shrunk to nothing stands still wherever it is.
        alive = (states > 0).any(axis=1) & (self.population.gauged[2][:, run] != 0)
        name = states[alive].tobytes()
        if name not in self.projected:
            self.projected[name] = projection(
                states[alive].tolist(), self.population.rows, self.population.targets
            )
        return self.projected[name]
