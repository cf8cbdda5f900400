"""Comparison of two numbers of two bits: 1 iff the first is smaller."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    a, b = 2 * row[0] + row[1], 2 * row[2] + row[3]
    return (ONE if a < b else ZERO,)


TASK = Task(
    name="less-than-2",
    title="the number x1 x2 is less than the number x3 x4",
    inputs=("x1", "x2", "x3", "x4"),
    outputs=("y",),
    domain=Domain.boolean(4),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="two numbers from 0 to 3 in binary, high bit first: x1 x2 and x3 x4",
    sources=(
        "C. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723",
    ),
)
