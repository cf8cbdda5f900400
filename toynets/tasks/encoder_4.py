"""Encoder: 4 one-hot patterns through 2 hidden units and out again."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return row


TASK = Task(
    name="encoder-4",
    title="which of 4 inputs is on, through 2 units",
    inputs=("x1", "x2", "x3", "x4"),
    outputs=("y1", "y2", "y3", "y4"),
    domain=Domain.listed([[int(i == j) for j in range(4)] for i in range(4)]),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(2,),
    activation="tanh",
    encode="one input of the pattern is on, and the output of the same number is to be largest",
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986",
    ),
)
