"""Addition modulo 5, with one input for each number."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    total = (row.index(ONE) + row.index(ONE, 5) - 5) % 5
    return tuple(ONE if k == total else ZERO for k in range(5))


TASK = Task(
    name="add-mod-5-one-hot",
    title="a + b on a dial of five, one-hot",
    inputs=("a0", "a1", "a2", "a3", "a4", "b0", "b1", "b2", "b3", "b4"),
    outputs=("is0", "is1", "is2", "is3", "is4"),
    domain=Domain.one_hot_pairs(5),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(4,),
    activation="square",
    encode="a0 to a4 and b0 to b4: the one that is on is the number; the largest output is the sum",
    sources=(
        "A. Gromov, Grokking modular arithmetic, arXiv 2301.02679, 2023",
        "D. Morwani, B. Edelman, C. Oncescu, R. Zhao and S. Kakade, Feature emergence via "
        "margin maximization: case studies in algebraic tasks, ICLR 2024",
    ),
)
