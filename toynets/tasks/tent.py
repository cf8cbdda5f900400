"""The tent: twice the distance from the nearer end of the unit interval."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (2 * min(row[0], ONE - row[0]),)


TASK = Task(
    name="tent",
    title="twice the distance from the nearer end of 0 to 1",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.box("[0,1]"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(2,),
    examples=Domain.listed([[f"{i}/16"] for i in range(17)]),
    encode="numbers stand for themselves",
    sources=("M. Telgarsky, Benefits of depth in neural networks, COLT 2016",),
)
