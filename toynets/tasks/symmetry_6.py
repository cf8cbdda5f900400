"""Mirror symmetry of six bits: the first published example of a learnt hidden representation."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if row == row[::-1] else ZERO,)


TASK = Task(
    name="symmetry-6",
    title="six bits that read the same from both ends",
    inputs=("x1", "x2", "x3", "x4", "x5", "x6"),
    outputs=("y",),
    domain=Domain.boolean(6),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="bce",
    hidden=(2,),
    activation="sigmoid",
    recipe="rhw1986",
    encode="1 is on, 0 is off; y is 1 for a palindrome",
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating "
        "errors, Nature 323 (1986) 533-536",
    ),
)
