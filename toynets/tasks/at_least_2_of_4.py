"""At least two of four: 1 iff the count of inputs reaches 2."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if sum(row) >= 2 else ZERO,)


TASK = Task(
    name="at-least-2-of-4",
    title="at least two of four bits",
    inputs=("x1", "x2", "x3", "x4"),
    outputs=("y",),
    domain=Domain.boolean(4),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="1 is on, 0 is off",
    sources=(
        "W. McCulloch and W. Pitts, A logical calculus of the ideas immanent in nervous "
        "activity, Bulletin of Mathematical Biophysics 5 (1943) 115-133",
    ),
)
