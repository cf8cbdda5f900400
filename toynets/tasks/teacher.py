"""A teacher: the function of a known network of two units, to be learnt from its answers."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ZERO, rational
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    first = max(row[0] + row[1] / 2, ZERO)
    second = max(row[1] - row[0] / 2 - rational("1/4"), ZERO)
    return (first - 2 * second,)


TASK = Task(
    name="teacher",
    title="the answers of a known network of two relu units",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box("[-1,1]^2"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(2,),
    # Dense enough that both kinks are seen; exact in float32.
    examples=Domain.listed([[f"{i}/4", f"{j}/4"] for i in range(-4, 5) for j in range(-4, 5)]),
    encode="numbers stand for themselves; the teacher is relu(x1 + x2/2) - 2 relu(x2 - x1/2 - 1/4)",
    sources=(
        "E. Gardner and B. Derrida, Three unfinished works on the optimal storage capacity of "
        "networks, Journal of Physics A 22 (1989) 1983-1994: learning from a teacher",
    ),
)
