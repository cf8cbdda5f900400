"""Parity of four: 1 iff an odd number of inputs is 1."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if sum(row) in (1, 3) else ZERO,)


TASK = Task(
    name="parity-4",
    title="an odd number of four bits",
    inputs=("x1", "x2", "x3", "x4"),
    outputs=("y",),
    domain=Domain.boolean(4),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(4,),
    encode="1 is true, 0 is false",
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969",
    ),
)
