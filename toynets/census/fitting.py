"""From the numbers of a trained relu network to an exact explanation with few free parameters.

In the gauge in which every outgoing weight is 1 or -1, a number near a small rational is taken for
it. What is left over must solve, exactly, the equations that the task, the kinks and the rational
contributions set; the dimension of the solutions is the number of fitted parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toynets.explanation.templates import one_hidden_layer, weighted_sum
from toynets.rationals import ONE, ZERO, Rational, text, to_float

# How near a number must be to a whole or a half, and a pre-activation to 0.
NEAR = 0.004
DENOMINATORS = (1, 2)
# Fitted parameters are literals on a grid of 1/200, at most so many.
GRID = 200
MOST = 2
PARAMETERS = ("p", "q")

Affine = tuple[Rational, ...]  # constant, then a coefficient for each parameter


@dataclass(frozen=True)
class Fit:
    """An explanation of one table of numbers.

    Attributes:
        source: the explanation as JSON; all that the check reads.
        formula: of the clean output.
        parameters: name -> literal, those that were fitted.
        contributions: of each unit on each row; None where it depends on a parameter.
        bias: of the output; None where it depends on a parameter.
    """

    source: str
    formula: str
    parameters: dict[str, str] = field(default_factory=dict)
    contributions: tuple[tuple[Rational | None, ...], ...] = ()
    bias: Rational | None = None


def nearest(
    value: float, *, within: float = NEAR, denominators: Sequence[int] = DENOMINATORS
) -> Rational | None:
    """Return the rational of the smallest denominator that is near enough, or None.

    >>> nearest(0.4987), nearest(0.27), nearest(0.3333, denominators=(1, 3))
    (1/2, None, 1/3)
    """
    for q in denominators:
        p = round(value * q)
        if abs(value - p / q) <= within:
            return Rational(p, q)
    return None


def fit_relu(
    units: Sequence[Sequence[float]],
    signs: Sequence[int],
    bias: float,
    rows: Sequence[Sequence[Rational]],
    targets: Sequence[Rational],
    *,
    task: Any,
) -> Fit | None:
    """Return the explanation of one network, or None where there is none with few parameters.

    Args:
        units: incoming weights and bias of each unit, scaled by its outgoing weight's size; shape
            (units, inputs + 1).
        signs: of the outgoing weights, 1 or -1.
        bias: of the output.
        rows: the inputs, shape (rows, inputs).
        targets: shape (rows,).
        task: names the inputs and the output.
    """
    extended = [(*row, ONE) for row in rows]
    floats = [[to_float(v) for v in row] for row in extended]
    values = [v for unit in units for v in unit] + [bias]
    known = [nearest(v) for v in values]
    unknown = [i for i, v in enumerate(known) if v is None]
    if len(unknown) > 12:
        return None
    width = len(extended[0])
    pre = [[sum(a * b for a, b in zip(u, x, strict=True)) for x in floats] for u in units]

    def equation(k_coefficients: dict[int, Any], right: Any) -> tuple[list[Any], Any]:
        line = [k_coefficients.get(i, ZERO) for i in unknown]
        fixed = sum((c * known[i] for i, c in k_coefficients.items() if known[i] is not None), ZERO)
        return line, right - fixed

    def entries(k: int, x: Sequence[Any], factor: Any = ONE) -> dict[int, Any]:
        return {k * width + j: factor * x[j] for j in range(width)}

    task_lines = []
    for x, target, column in zip(extended, targets, zip(*pre, strict=True), strict=True):
        coefficients = {len(values) - 1: ONE}
        for k, z in enumerate(column):
            if z > NEAR:
                coefficients |= entries(k, x, Rational(signs[k]))
        task_lines.append(equation(coefficients, target))
    kinks, levels = [], []
    for k, line in enumerate(pre):
        if all(known[k * width + j] is not None for j in range(width)):
            continue
        for x, z in zip(extended, line, strict=True):
            if abs(z) <= NEAR:
                kinks.append(equation(entries(k, x), ZERO))
            elif z > 0 and (level := nearest(z)) is not None:
                levels.append(equation(entries(k, x), level))
    for lines in (task_lines + kinks + levels, task_lines + kinks, task_lines):
        solved = _solve(lines, len(unknown))
        if solved is None:
            continue
        rest, free = solved
        if len(free) > MOST:
            continue
        literals = [Rational(round(values[unknown[i]] * GRID), GRID) for i in free]
        table = _insert(known, unknown, rest, len(free))
        made = _explain(table, literals, signs, extended, targets, width, task)
        if made is not None:
            return made
    return None


def _solve(
    lines: Sequence[tuple[list[Any], Any]], count: int
) -> tuple[list[Affine], list[int]] | None:
    """Solve linear equations exactly: each unknown as an affine function of the free ones."""
    pivots: list[tuple[int, list[Any]]] = []
    for left, right in lines:
        row = [*left, right]
        for at, other in pivots:
            if row[at] != ZERO:
                factor = row[at]
                row = [a - factor * b for a, b in zip(row, other, strict=True)]
        lead = next((i for i in range(count) if row[i] != ZERO), None)
        if lead is None:
            if row[-1] != ZERO:
                return None
            continue
        row = [a / row[lead] for a in row]
        for n, (at, other) in enumerate(pivots):
            if other[lead] != ZERO:
                factor = other[lead]
                pivots[n] = (at, [a - factor * b for a, b in zip(other, row, strict=True)])
        pivots.append((lead, row))
    by_column = dict(pivots)
    free = [i for i in range(count) if i not in by_column]
    rest: list[Affine] = []
    for i in range(count):
        if i in by_column:
            row = by_column[i]
            rest.append((row[-1], *(-row[j] for j in free)))
        else:
            rest.append((ZERO, *(ONE if j == i else ZERO for j in free)))
    return rest, free


def _insert(
    known: Sequence[Rational | None], unknown: Sequence[int], rest: Sequence[Affine], free: int
) -> list[Affine]:
    solved = dict(zip(unknown, rest, strict=True))
    return [
        solved[i] if v is None else (v, *([ZERO] * free)) for i, v in enumerate(known)
    ]


def _explain(
    table: Sequence[Affine],
    literals: Sequence[Rational],
    signs: Sequence[int],
    extended: Sequence[Sequence[Rational]],
    targets: Sequence[Rational],
    width: int,
    task: Any,
) -> Fit | None:
    """Write the explanation of a table, if it computes the task exactly."""
    value = [v[0] + sum((c * p for c, p in zip(v[1:], literals, strict=True)), ZERO) for v in table]
    units = [value[k * width : (k + 1) * width] for k in range(len(signs))]
    moving = [table[k * width : (k + 1) * width] for k in range(len(signs))]
    contributions: list[list[Rational | None]] = []
    outputs = [value[-1]] * len(extended)
    for k, sign in enumerate(signs):
        line: list[Rational | None] = []
        for r, x in enumerate(extended):
            z = sum((a * b for a, b in zip(units[k], x, strict=True)), ZERO)
            if z <= 0:
                line.append(ZERO)
                continue
            outputs[r] = outputs[r] + sign * z
            moves = any(
                sum((m[1 + j] * b for m, b in zip(moving[k], x, strict=True)), ZERO) != ZERO
                for j in range(len(literals))
            )
            line.append(None if moves else sign * z)
        contributions.append(line)
    if outputs != list(targets):
        return None
    names = PARAMETERS[: len(literals)]
    shown = [_text(v, names) for v in table]
    explanation = one_hidden_layer(
        task.name,
        inputs=task.inputs,
        activation="relu",
        weights=[shown[k * width : (k + 1) * width - 1] for k in range(len(signs))],
        biases=[shown[(k + 1) * width - 1] for k in range(len(signs))],
        outgoing=[str(s) for s in signs],
        bias=shown[-1],
        output=task.outputs[0],
        parameters={n: text(v) for n, v in zip(names, literals, strict=True)},
        decision=task.decision,
        rows=[x[:-1] for x in extended],
        tolerance={"weights": "1/100", "clean": "1/500", "units": "1/50", "ablations": "1/25"},
    )
    fixed = all(c == ZERO for c in table[-1][1:])
    return Fit(
        explanation.to_json(),
        f"{task.outputs[0]} = {explanation.outcomes[0].outputs[task.outputs[0]][0]}",
        {n: text(v) for n, v in zip(names, literals, strict=True)},
        tuple(tuple(line) for line in contributions),
        value[-1] if fixed else None,
    )


def _text(value: Affine, names: Sequence[str]) -> str:
    terms = [(text(c), name) for c, name in zip(value[1:], names, strict=True)]
    return weighted_sum(terms, text(value[0]))
