"""Horizontal or vertical bars on 8 x 8 pixels."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task

SIZE = range(1, 9)
ACROSS = [[int(r == k) for r in SIZE for c in SIZE] for k in SIZE]
DOWN = [[int(c == k) for r in SIZE for c in SIZE] for k in SIZE]


def _rule(row: Row) -> Row:
    """Across, if some row of pixels is all on."""
    return (ONE if any(all(row[8 * r : 8 * r + 8]) for r in range(8)) else ZERO,)


TASK = Task(
    name="bars-8",
    title="a bar across or down, on 8 x 8 pixels",
    inputs=tuple(f"p{r}{c}" for r in SIZE for c in SIZE),
    outputs=("y",),
    domain=Domain.listed(ACROSS + DOWN),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="p23 is the pixel in row 2, column 3; 1 is on; y is 1 for a bar across",
    sources=(
        "P. Földiák, Forming sparse representations by local anti-Hebbian learning, Biological "
        "Cybernetics 64 (1990) 165-170: bars as a task",
    ),
)
