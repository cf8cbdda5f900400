"""Less than: 1 iff the first two-bit number is smaller than the second."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    a, b = 2 * row[0] + row[1], 2 * row[2] + row[3]
    return (ONE if a < b else ZERO,)


TASK = Task(
    name="less-than",
    title="a smaller than b, two bits each",
    inputs=("a2", "a1", "b2", "b1"),
    outputs=("y",),
    domain=Domain.boolean(4),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="a is 2 a2 + a1, b is 2 b2 + b1",
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of "
        "the AIEE 57 (1938) 713-723",
    ),
)
