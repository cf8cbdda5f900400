"""Multiplexer: one bit of four, chosen by two others."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (row[int(2 * row[4] + row[5])],)


TASK = Task(
    name="mux-4",
    title="one of four bits, chosen by two others",
    inputs=("d0", "d1", "d2", "d3", "s2", "s1"),
    outputs=("y",),
    domain=Domain.boolean(6),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(4,),
    encode="d0 to d3 are data; 2 s2 + s1 says which of them",
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of "
        "the AIEE 57 (1938) 713-723",
    ),
)
