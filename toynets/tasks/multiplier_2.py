"""Product of two numbers of two bits, in four bits."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    product = int((2 * row[0] + row[1]) * (2 * row[2] + row[3]))
    return tuple(ONE if product & bit else ZERO for bit in (8, 4, 2, 1))


TASK = Task(
    name="multiplier-2",
    title="the product of two numbers of two bits each",
    inputs=("x1", "x2", "x3", "x4"),
    outputs=("y1", "y2", "y3", "y4"),
    domain=Domain.boolean(4),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(5,),
    encode="numbers in binary, high bit first: x1 x2 times x3 x4 is y1 y2 y3 y4",
    sources=(
        "C. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723",
    ),
)
