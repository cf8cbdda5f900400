"""Multiplexer: one bit of two, chosen by a third."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (row[1] if row[2] else row[0],)


TASK = Task(
    name="mux-2",
    title="one of two bits, chosen by a third",
    inputs=("a", "b", "select"),
    outputs=("y",),
    domain=Domain.boolean(3),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="select 0 takes a, select 1 takes b",
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of "
        "the AIEE 57 (1938) 713-723",
    ),
)
