"""Encoder: 8 one-hot patterns through 3 hidden units and out again."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return row


TASK = Task(
    name="encoder-8",
    title="which of 8 inputs is on, through 3 units",
    inputs=("x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8"),
    outputs=("y1", "y2", "y3", "y4", "y5", "y6", "y7", "y8"),
    domain=Domain.listed([[int(i == j) for j in range(8)] for i in range(8)]),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(3,),
    activation="tanh",
    encode="one input of the pattern is on, and the output of the same number is to be largest",
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986",
    ),
)
