"""Multiplexer: one bit chooses which of two bits is handed on."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    first, second, chosen = row
    return (second if chosen else first,)


TASK = Task(
    name="choose-2",
    title="x1, or x2 where x3 is on",
    inputs=("x1", "x2", "x3"),
    outputs=("y",),
    domain=Domain.boolean(3),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="1 is on, 0 is off; x3 is the selector",
    sources=(
        "C. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723",
    ),
)
