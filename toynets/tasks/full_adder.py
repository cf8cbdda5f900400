"""Full adder: two bits and a carry, added."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    total = int(sum(row))
    return (ONE if total >= 2 else ZERO, ONE if total % 2 else ZERO)


TASK = Task(
    name="full-adder",
    title="two bits and a carry, added",
    inputs=("a", "b", "c"),
    outputs=("carry", "sum"),
    domain=Domain.boolean(3),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(3,),
    encode="the carry is worth 2, the sum 1",
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of "
        "the AIEE 57 (1938) 713-723",
    ),
)
