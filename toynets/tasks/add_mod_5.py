"""Addition modulo 5, with numbers for inputs: which of five is a + b on a dial of five."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    total = int(row[0] + row[1]) % 5
    return tuple(ONE if k == total else ZERO for k in range(5))


TASK = Task(
    name="add-mod-5",
    title="a + b on a dial of five",
    inputs=("a", "b"),
    outputs=("is0", "is1", "is2", "is3", "is4"),
    domain=Domain.listed([[a, b] for a in range(5) for b in range(5)]),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(3,),
    encode="a and b are the numbers 0 to 4 themselves; the largest output is the sum",
    sources=(
        "N. Nanda, L. Chan, T. Lieberum, J. Smith and J. Steinhardt, Progress measures for "
        "grokking via mechanistic interpretability, ICLR 2023: the task",
    ),
)
