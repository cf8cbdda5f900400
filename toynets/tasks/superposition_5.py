"""Superposition: five features, one at a time, through two units and out again."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return row


TASK = Task(
    name="superposition-5",
    title="five features, one at a time, through two units",
    inputs=("x1", "x2", "x3", "x4", "x5"),
    outputs=("y1", "y2", "y3", "y4", "y5"),
    # Each feature alone, from 1/4 up: below 1/5 the best networks say nothing.
    domain=Domain.listed(
        [[f"{k}/4" if i == j else 0 for j in range(5)] for i in range(5) for k in range(1, 5)]
    ),
    rule=_rule,
    decision={"argmax": True},
    loss="mse-relu",
    hidden=(2,),
    activation="identity",
    encode="a feature is between 1/4 and 1 where it is there, and 0 where it is not",
    sources=(
        "N. Elhage and others, Toy models of superposition, Transformer Circuits Thread, 2022",
    ),
)
