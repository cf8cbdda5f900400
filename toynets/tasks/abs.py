"""Absolute value on an interval: the simplest function with a kink."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (abs(row[0]),)


TASK = Task(
    name="abs",
    title="the absolute value of a number between -1 and 1",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.box("[-1,1]"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(2,),
    # The grid has the kink and both ends in it, and is exact in float32.
    examples=Domain.listed([[f"{k}/8"] for k in range(-8, 9)]),
    encode="numbers stand for themselves",
    sources=(
        "R. Arora, A. Basu, P. Mianjy and A. Mukherjee, Understanding deep neural networks with "
        "rectified linear units, ICLR 2018",
    ),
)
