"""Addition modulo 3: two one-hot digits, and the class of their sum."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task

P = 3


def _rule(row: Row) -> Row:
    a, b = row[:P].index(ONE), row[P:].index(ONE)
    return tuple(ONE if c == (a + b) % P else ZERO for c in range(P))


TASK = Task(
    name="mod-add-3",
    title="the sum of two digits modulo 3, one-hot",
    inputs=("a0", "a1", "a2", "b0", "b1", "b2"),
    outputs=("c0", "c1", "c2"),
    domain=Domain.one_hot_pairs(P),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(3,),
    activation="square",
    encode="a0 is 1 where the first digit is 0, and so on; c0 is to be largest where the sum is 0",
    sources=(
        "A. Gromov, Grokking modular arithmetic, arXiv 2301.02679, 2023",
        "D. Morwani, B. Edelman, C. Oncescu, R. Zhao and S. Kakade, Feature emergence via margin "
        "maximization: case studies in algebraic tasks, ICLR 2024",
    ),
)
