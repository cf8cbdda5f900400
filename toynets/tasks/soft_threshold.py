"""Soft threshold: a number drawn 1/2 towards 0, and 0 if it is nearer than that."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    half = ONE / 2
    return (max(row[0] - half, ZERO) + min(row[0] + half, ZERO),)


TASK = Task(
    name="soft-threshold",
    title="a number drawn 1/2 towards 0, and not beyond",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.box("[-2,2]"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(2,),
    examples=Domain.listed([[f"{i}/8"] for i in range(-16, 17)]),
    encode="numbers stand for themselves",
    sources=(
        "D. Donoho, De-noising by soft-thresholding, IEEE Transactions on Information Theory 41 "
        "(1995) 613-627",
    ),
)
