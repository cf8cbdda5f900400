"""The tent map: up from 0 to 1 at one half, and down again."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (1 - abs(2 * row[0] - 1),)


TASK = Task(
    name="tent",
    title="the tent map on the unit interval",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.box("[0,1]"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(2,),
    # The grid has the kink and both ends in it, and is exact in float32.
    examples=Domain.listed([[f"{k}/16"] for k in range(17)]),
    encode="numbers stand for themselves",
    sources=("M. Telgarsky, Benefits of depth in neural networks, COLT 2016",),
)
