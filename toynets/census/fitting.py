"""From the numbers of a trained relu network to an exact explanation with few free parameters.

In the gauge in which every outgoing weight is 1 or -1, a number near a small rational is taken for
it. What is left over must solve, exactly, the equations that the task and the kinks set; the
dimension of the solutions is the number of parameters. They are fitted to a run, at most 2 of
them, or have one value in all runs of a family.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from toynets.census.linear import Affine, solve, value
from toynets.census.population import NEAR
from toynets.explanation.templates import one_hidden_layer, weighted_sum
from toynets.rationals import ONE, ZERO, Rational, text, to_float

DENOMINATORS = (1, 2)
# Literals of parameters are on a grid of 1/200, and at most so many are fitted to one run.
GRID = 200
MOST = 2
PARAMETERS = ("p", "q")
# What an explanation of a relu family claims. So far, too, may a number be from the one stated.
TOLERANCE = {"weights": "1/100", "clean": "1/500", "units": "1/50", "ablations": "1/25"}
CLOSE = 0.01



class Stage(NamedTuple):
    """What is taken for granted of a run.

    Attributes:
        denominators: numbers near a rational of one of these are that rational; () for 0 alone.
        equal: sizes that are nearly equal within a unit are equal.
        kink: a pre-activation so near to 0 is 0.
    """

    denominators: tuple[int, ...]
    equal: bool
    kink: float


# The most first; a later one is tried where the earlier lead to no explanation that is verified.
STAGES = (
    Stage(DENOMINATORS, True, NEAR),
    Stage(DENOMINATORS, False, NEAR),
    Stage((), True, NEAR),
    Stage((), True, NEAR / 20),
    Stage((), False, NEAR / 20),
)


@dataclass(frozen=True)
class Fit:
    """An explanation of one table of numbers.

    Attributes:
        source: the explanation as JSON; all that the check reads.
        formula: of the clean output.
        fitted: parameter -> literal, those that were fitted to single runs.
        shared: how many numbers are neither fitted nor small rationals nor follow from the
            equations, but are what all runs of the family have.
        lines: contributions of each unit on each row, affine in the fitted parameters.
        bias: of the output, likewise.
        literals: of the fitted parameters.
    """

    source: str
    formula: str
    fitted: dict[str, str]
    shared: int
    lines: tuple[tuple[Affine, ...], ...] = ()
    bias: Affine = ()
    literals: tuple[Rational, ...] = ()


def nearest(
    number: float, *, within: float = NEAR, denominators: Sequence[int] = DENOMINATORS
) -> Rational | None:
    """Return the rational of the smallest denominator that is near enough, or None.

    >>> nearest(0.4987), nearest(0.27), nearest(0.3333, denominators=(1, 3))
    (1/2, None, 1/3)
    """
    for q in denominators:
        p = round(number * q)
        if abs(number - p / q) <= within:
            return Rational(p, q)
    return None


@dataclass(frozen=True)
class Solved:
    """All exact tables of one pattern.

    Attributes:
        signs: of the outgoing weights.
        table: every number, affine in the free ones.
        free: the places of these.
    """

    signs: tuple[int, ...]
    table: tuple[Affine, ...]
    free: tuple[int, ...]


class Fitter:
    """Fits explanations to runs of one task and one width; what was solved once is kept.

    Args:
        task: names the inputs and the output, and the exact targets.
        rows: the inputs, shape (rows, inputs).
        targets: shape (rows,).
    """

    def __init__(self, task: Any, rows: Sequence[Any], targets: Sequence[Any]) -> None:
        import numpy as np

        self.task, self.targets = task, list(targets)
        self.rows = [(*x, ONE) for x in rows]
        self.x = np.array([[to_float(v) for v in x] for x in self.rows])
        self.width = len(self.rows[0])
        self._solved: dict[Any, Solved | None] = {}
        self._written: dict[Any, Fit | None] = {}

    def solve(
        self,
        units: Sequence[Sequence[float]],
        signs: Sequence[int],
        bias: float,
        stage: Stage = STAGES[0],
    ) -> Solved | None:
        """Return all exact tables of the pattern of one network; None where there are none.

        Args:
            units: incoming weights and bias of each unit, scaled by its outgoing weight's size;
                shape (units, inputs + 1).
            signs: of the outgoing weights, 1 or -1 (0: none).
            bias: of the output.
            stage: what is taken for granted.
        """
        values = [v for unit in units for v in unit] + [bias]
        known = tuple(self._known(v, stage.denominators) for v in values)
        states = tuple(tuple(self._state(unit, stage.kink)) for unit in units)
        equal = self._equal(values, known) if stage.equal else ()
        key = (tuple(signs), states, tuple(str(v) for v in known), equal)
        if key not in self._solved:
            self._solved[key] = self._solve(signs, states, known, equal)
        return self._solved[key]

    def fit(
        self, solved: Solved, values: Sequence[float], shared: Mapping[int, Rational] | None = None
    ) -> Fit | None:
        """Return the explanation of one network by an exact table that is near it, or None.

        Args:
            solved: the tables of its pattern.
            values: the network's numbers, unit by unit, the output's bias last.
            shared: place of a free number -> the value that it has in all runs of the family. The
                other free numbers, at most 2, are fitted.
        """
        shared = shared or {}
        fitted = [n for n, i in enumerate(solved.free) if i not in shared]
        if len(fitted) > MOST:
            return None
        free = [
            shared.get(i, Rational(round(values[i] * GRID), GRID)) for i in solved.free
        ]
        near = [to_float(value(v, free)) for v in solved.table]
        if any(abs(s - v) > CLOSE for s, v in zip(near, values, strict=True)):
            return None
        kept = [free[n] if n not in fitted else ZERO for n in range(len(free))]
        table = [(value(v, kept), *(v[1 + n] for n in fitted)) for v in solved.table]
        literals = [free[n] for n in fitted]
        name = (solved.signs, str(table), str(literals), len(shared))
        if name not in self._written:
            self._written[name] = self._write(table, literals, solved.signs, len(shared))
        return self._written[name]

    def _known(self, number: float, denominators: tuple[int, ...]) -> Rational | None:
        if denominators:
            return nearest(number, denominators=denominators)
        return ZERO if abs(number) <= NEAR else None

    def _state(self, unit: Sequence[float], kink: float) -> list[int]:
        """Return for each row 1 where a unit is on, 0 at its kink, -1 off."""
        pre = (self.x @ unit).tolist()
        return [0 if abs(z) <= kink else 1 if z > 0 else -1 for z in pre]

    def _equal(
        self, values: Sequence[float], known: Sequence[Rational | None]
    ) -> tuple[tuple[int, int, int], ...]:
        """Return (place, place, sign) of unknown numbers of one unit that are equal in size."""
        found = []
        for start in range(0, len(values) - 1, self.width):
            places = [i for i in range(start, start + self.width) if known[i] is None]
            for i, j in itertools.pairwise(places):
                if abs(abs(values[i]) - abs(values[j])) <= NEAR:
                    found.append((i, j, 1 if values[i] * values[j] > 0 else -1))
        return tuple(found)

    def _solve(
        self,
        signs: Sequence[int],
        states: Sequence[Sequence[int]],
        known: Sequence[Rational | None],
        equal: Sequence[tuple[int, int, int]],
    ) -> Solved | None:
        unknown = [i for i, v in enumerate(known) if v is None]
        column = {i: n for n, i in enumerate(unknown)}
        lines = []

        def equation(coefficients: dict[int, Any], right: Any) -> None:
            line = [ZERO] * len(unknown)
            for i, c in coefficients.items():
                if i in column:
                    line[column[i]] = c
                else:
                    right = right - c * known[i]
            lines.append((line, right))

        def unit(k: int, x: Sequence[Any], factor: Any) -> dict[int, Any]:
            return {k * self.width + j: factor * x[j] for j in range(self.width)}

        for r, (x, target) in enumerate(zip(self.rows, self.targets, strict=True)):
            total = {len(known) - 1: ONE}
            for k, sign in enumerate(signs):
                if states[k][r] > 0:
                    total |= unit(k, x, Rational(sign))
            equation(total, target)
        for k, state in enumerate(states):
            if all(known[k * self.width + j] is not None for j in range(self.width)):
                continue
            for x, where in zip(self.rows, state, strict=True):
                if where == 0:
                    equation(unit(k, x, ONE), ZERO)
        for i, j, sign in equal:
            equation({i: ONE, j: Rational(-sign)}, ZERO)
        solved = solve(lines, len(unknown))
        if solved is None:
            return None
        rest, free = solved
        table = [
            rest[column[i]] if v is None else (v, *([ZERO] * len(free)))
            for i, v in enumerate(known)
        ]
        return Solved(tuple(signs), tuple(table), tuple(unknown[i] for i in free))

    def _write(
        self,
        table: Sequence[Affine],
        literals: Sequence[Rational],
        signs: Sequence[int],
        shared: int,
    ) -> Fit | None:
        """Write the explanation of a table, if it computes the task exactly."""
        width = self.width
        units = [table[k * width : (k + 1) * width] for k in range(len(signs))]
        outputs = [value(table[-1], literals)] * len(self.rows)
        nothing = (ZERO,) * len(table[-1])
        lines = []
        for unit, sign in zip(units, signs, strict=True):
            line = []
            for r, x in enumerate(self.rows):
                entry = tuple(
                    sign * sum((a[c] * b for a, b in zip(unit, x, strict=True)), ZERO)
                    for c in range(len(nothing))
                )
                size = sign * value(entry, literals)
                outputs[r] = outputs[r] + (sign * size if size > 0 else ZERO)
                line.append(entry if size > 0 else nothing)
            lines.append(tuple(line))
        if outputs != self.targets:
            return None
        names = PARAMETERS[: len(literals)]
        shown = [_text(v, names) for v in table]
        task, (output,) = self.task, self.task.outputs
        parameters = {n: text(v) for n, v in zip(names, literals, strict=True)}
        explanation = one_hidden_layer(
            task.name,
            inputs=task.inputs,
            activation="relu",
            weights=[shown[k * width : (k + 1) * width - 1] for k in range(len(signs))],
            biases=[shown[(k + 1) * width - 1] for k in range(len(signs))],
            outgoing=[str(s) for s in signs],
            bias=shown[-1],
            output=output,
            parameters=parameters,
            decision=task.decision,
            rows=[x[:-1] for x in self.rows],
            tolerance=TOLERANCE,
        )
        formula = f"{output} = {explanation.outcomes[0].outputs[output][0]}"
        return Fit(
            explanation.to_json(),
            formula,
            parameters,
            shared,
            tuple(lines),
            table[-1],
            tuple(literals),
        )


def _text(entry: Affine, names: Sequence[str]) -> str:
    terms = [(text(c), name) for c, name in zip(entry[1:], names, strict=True)]
    return weighted_sum(terms, text(entry[0]))
