"""Disjunction: 1 iff at least one input is 1."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (row[0] + row[1] - row[0] * row[1],)


TASK = Task(
    name="or",
    title="at least one of two bits",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.boolean(2),
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
