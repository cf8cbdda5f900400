"""The smaller of two numbers, on the unit square."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (min(row),)


TASK = Task(
    name="min-2",
    title="the smaller of two numbers between 0 and 1",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box("[0,1]^2"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(2,),
    examples=Domain.listed([[f"{i}/8", f"{j}/8"] for i in range(9) for j in range(9)]),
    encode="numbers stand for themselves",
    sources=(
        "R. Arora, A. Basu, P. Mianjy and A. Mukherjee, Understanding deep neural networks with "
        "rectified linear units, ICLR 2018",
    ),
)
