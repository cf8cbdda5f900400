"""Explanations of trained tanh networks: the numbers of an end that many runs share.

A tanh network has no exact table, but with a decay the training has one end for each mechanism. Its
numbers, rounded to hundredths, are the family's, and none is fitted to a run. The explanation
claims every value within a tolerance, and every decision that is not within it of the threshold.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toynets.census.checking import Side
from toynets.explanation.templates import one_hidden_layer

GRID = 100
RADIUS = 0.01
TOLERANCE = {"weights": "1/50", "clean": "1/500", "units": "1/50", "ablations": "1/20"}
OPEN = 0.05  # a decision within the tolerance of ablations is none
BALANCE = 0.04  # sizes that differ by less than two tolerances of weights are not told apart


@dataclass(frozen=True)
class Ended:
    """An explanation of one end.

    Attributes:
        source: as JSON.
        formula: of the clean output, with the condition.
        condition: how the output's bias compares with the outgoing weights.
        signs: of each unit's pre-activation on each row, 1 or -1 (0: within the tolerance of 0).
        zero, mean: the decisions on each row with each subset of the units at 0, at their means:
            "1", "0", or "-" where none is claimed.
        shared: how many different sizes of numbers the family has.
    """

    source: str
    formula: str
    condition: str
    signs: tuple[tuple[int, ...], ...]
    zero: dict[tuple[int, ...], str]
    mean: dict[tuple[int, ...], str]
    shared: int

    @property
    def conditions(self) -> tuple[str, ...]:
        """The condition, unit by unit."""
        return tuple(self.condition.split(", "))


def relation(outgoing: Any, bias: float) -> str:
    """Say whether the output's bias outweighs each unit: the condition of the ablated decisions.

    >>> relation([3.0, 2.5], -2.0), relation([3.0, 1.0, 2.0], 2.0)
    ('b < v1, b < v2', 'b < v1, b > v2, b = v3')
    """
    said = []
    for k, v in enumerate(outgoing, start=1):
        gap = abs(bias) - abs(v)
        said.append(f"b {'=' if abs(gap) < BALANCE else '<' if gap < 0 else '>'} v{k}")
    return ", ".join(said)


def explain_end(numbers: Any, units: int, *, task: Any, x: Any) -> Ended:
    """Return the explanation of one end.

    Args:
        numbers: of each unit the weights, the bias and the outgoing weight, and the output's bias;
            shape (units * (inputs + 2) + 1,).
        units: how many.
        task: names the inputs and the output.
        x: the inputs, float64, shape (rows, inputs).
    """
    import numpy as np

    width = len(task.inputs) + 2
    whole = np.round(np.asarray(numbers) * GRID).astype(int)
    texts = [f"{v / GRID:g}" for v in whole.tolist()]  # decimals, which people read more easily
    lines = [texts[k * width : (k + 1) * width] for k in range(units)]
    table = whole[:-1].reshape(units, width) / GRID
    condition = relation(table[:, -1], whole[-1] / GRID)
    output = task.outputs[0]
    made = one_hidden_layer(
        task.name,
        inputs=task.inputs,
        activation="tanh",
        weights=[line[:-2] for line in lines],
        biases=[line[-2] for line in lines],
        outgoing=[line[-1] for line in lines],
        bias=texts[-1],
        output=output,
        output_activation="sigmoid",
        decision={"threshold": "1/2"},
        rows=task.training.rows,
        tolerance=TOLERANCE,
        why={f"{output}.bias": f"{condition}: decides what is left when a unit is removed"},
    )
    stated = (table[:, :-2, None], table[:, -2:-1], table[:, -1:], whole[-1:] / GRID)
    side = Side(stated, x, "tanh", "sigmoid")
    clear = to_pre(side)
    zero, mean = {}, {}
    for chosen in subsets(units):
        zero[chosen] = decided(side.zero(chosen)[:, 0])
        mean[chosen] = decided(side.mean(chosen)[:, 0])
    return Ended(
        made.to_json(),
        f"{output} = {made.outcomes[0].outputs[output][0]}, {condition}",
        condition,
        clear,
        zero,
        mean,
        len(set(np.abs(whole[whole != 0]).tolist())),
    )


def subsets(units: int) -> list[tuple[int, ...]]:
    """Return all subsets of the units, the empty one first."""
    return [
        chosen
        for size in range(units + 1)
        for chosen in itertools.combinations(range(units), size)
    ]


def to_pre(side: Side) -> tuple[tuple[int, ...], ...]:
    """Return the sign of each unit on each row, 0 where it is within the tolerance of units."""
    import numpy as np

    h = side.units[:, :, 0]
    signs = np.where(np.abs(h) <= 0.02, 0, np.sign(h)).astype(int)
    return tuple(tuple(line) for line in signs.T.tolist())


def decided(outputs: Any) -> str:
    """Write decisions, row by row.

    >>> decided([0.9, 0.1, 0.52])
    '10-'
    """
    return "".join("-" if abs(y - 0.5) <= OPEN else "1" if y > 0.5 else "0" for y in outputs)


def order_of(ended: Ended, group: Sequence[Any]) -> Any:
    """Return the smallest form of all that an end decides, under symmetry and orders of units."""
    units = len(ended.signs)
    best = None
    for one in group:
        for order in itertools.permutations(range(units)):
            place = {k: n for n, k in enumerate(order)}
            signs = tuple(tuple(ended.signs[k][r] for r in one.rows) for k in order)
            if best is not None and signs > best[0]:
                continue
            found = [signs]
            for table in (ended.zero, ended.mean):
                moved = {
                    tuple(sorted(place[k] for k in chosen)): "".join(said[r] for r in one.rows)
                    for chosen, said in table.items()
                }
                found.append(tuple(sorted(moved.items())))
            said = [ended.conditions[k].split()[1] for k in order]
            key = (*found, tuple(said))
            if best is None or key < best:
                best = key
    return best
