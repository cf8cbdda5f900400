"""Addition modulo 4, with one input for each number."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    total = (row.index(ONE) + row.index(ONE, 4) - 4) % 4
    return tuple(ONE if k == total else ZERO for k in range(4))


TASK = Task(
    name="add-mod-4",
    title="a + b on a dial of four, one-hot",
    inputs=("a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3"),
    outputs=("is0", "is1", "is2", "is3"),
    domain=Domain.one_hot_pairs(4),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(4,),
    activation="square",
    encode="a0 to a3 and b0 to b3: the one that is on is the number; the largest output is the sum",
    sources=("A. Gromov, Grokking modular arithmetic, arXiv 2301.02679, 2023",),
)
