"""A saw with four teeth: the tent of the tent of the tent."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    height = row[0]
    for _ in range(3):
        height = 2 * min(height, ONE - height)
    return (height,)


TASK = Task(
    name="sawtooth-3",
    title="a saw with four teeth between 0 and 1",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.box("[0,1]"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(2, 2, 2),
    examples=Domain.listed([[f"{i}/32"] for i in range(33)]),
    encode="numbers stand for themselves",
    sources=("M. Telgarsky, Benefits of depth in neural networks, COLT 2016",),
)
