"""Exactly one of three: 1 iff one input is 1 and the two others are not."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if sum(row) == 1 else ZERO,)


TASK = Task(
    name="exactly-one-of-3",
    title="exactly one of three bits",
    inputs=("x1", "x2", "x3"),
    outputs=("y",),
    domain=Domain.boolean(3),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="1 is on, 0 is off",
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969",
    ),
)
