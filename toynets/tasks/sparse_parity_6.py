"""Sparse parity: the parity of two of six bits; the other four are distractors."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if row[1] != row[4] else ZERO,)


TASK = Task(
    name="sparse-parity-6",
    title="exactly one of x2 and x5, among six bits",
    inputs=("x1", "x2", "x3", "x4", "x5", "x6"),
    outputs=("y",),
    domain=Domain.boolean(6),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="1 is on, 0 is off; which two inputs matter is to be found out",
    sources=(
        "B. Barak, B. Edelman, S. Goel, S. Kakade, E. Malach and C. Zhang, Hidden progress in "
        "deep learning: SGD learns parities near the computational limit, NeurIPS 2022",
    ),
)
