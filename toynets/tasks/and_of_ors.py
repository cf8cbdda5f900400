"""And of ors: something in each of two pairs."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if (row[0] or row[1]) and (row[2] or row[3]) else ZERO,)


TASK = Task(
    name="and-of-ors",
    title="a one in each of two pairs of bits",
    inputs=("x1", "x2", "x3", "x4"),
    outputs=("y",),
    domain=Domain.boolean(4),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2, 1),
    encode="1 is true, 0 is false",
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of "
        "the AIEE 57 (1938) 713-723",
    ),
)
