"""Majority of five: 1 iff at least three inputs are 1."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if sum(row) >= 3 else ZERO,)


TASK = Task(
    name="majority-5",
    title="at least three of five bits",
    inputs=("x1", "x2", "x3", "x4", "x5"),
    outputs=("y",),
    domain=Domain.boolean(5),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="1 is a vote for, 0 a vote against",
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969",
    ),
)
