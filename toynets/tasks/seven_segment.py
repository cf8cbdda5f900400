"""Seven segments: which bars of a display light up for a digit."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task

# For each bar, a to g, the digits for which it is lit.
LIT = (
    (0, 2, 3, 5, 6, 7, 8, 9),
    (0, 1, 2, 3, 4, 7, 8, 9),
    (0, 1, 3, 4, 5, 6, 7, 8, 9),
    (0, 2, 3, 5, 6, 8, 9),
    (0, 2, 6, 8),
    (0, 4, 5, 6, 8, 9),
    (2, 3, 4, 5, 6, 8, 9),
)


def _rule(row: Row) -> Row:
    digit = int(8 * row[0] + 4 * row[1] + 2 * row[2] + row[3])
    return tuple(ONE if digit in lit else ZERO for lit in LIT)


TASK = Task(
    name="seven-segment",
    title="the bars of a display for a digit",
    inputs=("b8", "b4", "b2", "b1"),
    outputs=("a", "b", "c", "d", "e", "f", "g"),
    domain=Domain.listed([[d >> 3, d >> 2 & 1, d >> 1 & 1, d & 1] for d in range(10)]),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(9,),
    encode="the digit is 8 b8 + 4 b4 + 2 b2 + b1; a to f go round from the top, g is the middle",
    sources=("the usual digits of seven-segment displays, 6 and 9 with a tail",),
)
