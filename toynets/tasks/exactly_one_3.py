"""Exactly one of three: 1 iff a single input is 1."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if sum(row) == 1 else ZERO,)


TASK = Task(
    name="exactly-one-3",
    title="exactly one of three bits",
    inputs=("x1", "x2", "x3"),
    outputs=("y",),
    domain=Domain.boolean(3),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(3,),
    encode="1 is true, 0 is false",
    sources=("M. Minsky and S. Papert, Perceptrons, MIT Press, 1969",),
)
