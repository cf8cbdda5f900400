"""Negation: 1 iff the input is 0."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (1 - row[0],)


TASK = Task(
    name="not",
    title="the opposite of one bit",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.boolean(1),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(1,),
    encode="1 is true, 0 is false",
    sources=(
        "W. McCulloch and W. Pitts, A logical calculus of the ideas immanent in nervous activity, "
        "Bulletin of Mathematical Biophysics 5 (1943) 115-133",
    ),
)
