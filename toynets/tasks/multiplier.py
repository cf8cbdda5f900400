"""Multiplier: two numbers of two bits each, multiplied."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    product = int((2 * row[0] + row[1]) * (2 * row[2] + row[3]))
    return tuple(ONE if product & worth else ZERO for worth in (8, 4, 2, 1))


TASK = Task(
    name="multiplier",
    title="two two-bit numbers, multiplied",
    inputs=("a2", "a1", "b2", "b1"),
    outputs=("p8", "p4", "p2", "p1"),
    domain=Domain.boolean(4),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(5,),
    encode="a is 2 a2 + a1, b is 2 b2 + b1; p8, p4, p2, p1 are worth 8, 4, 2, 1",
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of "
        "the AIEE 57 (1938) 713-723",
    ),
)
