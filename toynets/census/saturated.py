"""Explanations of trained tanh networks: numbers that a family shares, and at most two fitted ones.

A tanh network has no exact table. What its runs share are signs, of each unit on each row, and with
a little decay the training has one end for each pattern of signs. The numbers of that end, rounded,
are the family's; one that varies more is fitted, run by run. The claims are decisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toynets.explanation.templates import one_hidden_layer
from toynets.rationals import rational, text

# How far a number may lie from its family's before it is fitted, and the grid of such literals.
SPREAD = 0.15
GRID = 10
MOST = 2
PARAMETERS = ("p", "q")
# Numbers are a family's only if so many runs share them.
SHARED = 5

TOLERANCE = {"weights": "1/2", "clean": "1/50", "units": "1/10", "ablations": "1/10"}


def relation(outgoing: Any, bias: float) -> str:
    """Say whether the output's bias outweighs the units: the condition of the ablated decisions.

    >>> relation([3.0, 2.5], -2.0), relation([3.0, 1.0], 2.0)
    ('b < v1, b < v2', 'b < v1, b > v2')
    """
    sizes = enumerate(outgoing, start=1)
    return ", ".join(f"b {'<' if abs(bias) < abs(v) else '>'} v{k}" for k, v in sizes)


def shared_numbers(numbers: Any) -> Iterator[tuple[dict[int, str], list[str], list[int]]]:
    """Yield for the runs of one pattern their numbers as texts, with the runs that have them.

    Args:
        numbers: of each run, units in one order, shape (runs, numbers).

    Yields:
        Place -> literal of the fitted numbers, all numbers as texts (the fitted ones by the name of
        their parameter), and the runs.
    """
    import numpy as np

    if len(numbers) < SHARED:
        return
    middle = np.round(np.median(numbers, axis=0), 1)
    spread = np.quantile(np.abs(numbers - middle), 0.98, axis=0)
    fitted = [int(i) for i in np.argsort(-spread)[:MOST] if spread[i] > SPREAD]
    texts = [text(rational(f"{v:.1f}")) for v in middle]
    grid = np.round(numbers[:, fitted] * GRID).astype(int)
    for values in np.unique(grid, axis=0):
        literals = {
            i: text(rational(int(v)) / GRID) for i, v in zip(fitted, values, strict=True)
        }
        named = list(texts)
        for name, i in zip(PARAMETERS, fitted, strict=False):
            named[i] = name
        yield literals, named, np.flatnonzero((grid == values).all(axis=1)).tolist()


def explain_tanh(
    literals: dict[int, str], named: list[str], units: int, condition: str, *, task: Any
) -> tuple[str, str]:
    """Return the explanation as JSON, and its formula.

    Args:
        literals: place -> literal of the fitted numbers.
        named: all numbers as texts: of each unit the weights, the bias and the outgoing weight, and
            the output's bias.
        units: how many.
        condition: of the output's bias, in words; it is part of the explanation.
        task: names the inputs and the output.
    """
    width = len(task.inputs) + 2
    lines = [named[k * width : (k + 1) * width] for k in range(units)]
    output = task.outputs[0]
    made = one_hidden_layer(
        task.name,
        inputs=task.inputs,
        activation="tanh",
        weights=[line[:-2] for line in lines],
        biases=[line[-2] for line in lines],
        outgoing=[line[-1] for line in lines],
        bias=named[-1],
        output=output,
        output_activation="sigmoid",
        parameters=dict(zip(PARAMETERS, literals.values(), strict=False)),
        decision={"threshold": "1/2"},
        metric={"default": "decision"},
        rows=task.training.rows,
        tolerance=TOLERANCE,
        why={f"{output}.bias": f"{condition}: decides what is left when a unit is removed"},
    )
    return made.to_json(), f"{output} = {made.outcomes[0].outputs[output][0]}, {condition}"
