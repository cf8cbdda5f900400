"""Clipping: a number held between 0 and 1."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (min(max(row[0], ZERO), ONE),)


TASK = Task(
    name="clip",
    title="a number between -1 and 2, held between 0 and 1",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.box("[-1,2]"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(2,),
    # The grid has both kinks and both ends in it, and is exact in float32.
    examples=Domain.listed([[f"{k}/8"] for k in range(-8, 17)]),
    encode="numbers stand for themselves",
    sources=(
        "R. Arora, A. Basu, P. Mianjy and A. Mukherjee, Understanding deep neural networks with "
        "rectified linear units, ICLR 2018",
    ),
)
