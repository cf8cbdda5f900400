"""The middle one of three numbers, on the unit cube."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (sorted(row)[1],)


TASK = Task(
    name="median-3",
    title="the middle one of three numbers between 0 and 1",
    inputs=("x1", "x2", "x3"),
    outputs=("y",),
    domain=Domain.box("[0,1]^3"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(4, 3),
    examples=Domain.listed(
        [[f"{i}/4", f"{j}/4", f"{k}/4"] for i in range(5) for j in range(5) for k in range(5)]
    ),
    encode="numbers stand for themselves",
    sources=(
        "R. Arora, A. Basu, P. Mianjy and A. Mukherjee, Understanding deep neural networks with "
        "rectified linear units, ICLR 2018",
    ),
)
