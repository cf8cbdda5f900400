"""A family of four leaves on two branches: each leaf has its own features and those above it."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task

# The leaves that have each feature: the root's, the branches', their own.
HAVE = ((0, 1, 2, 3), (0, 1), (2, 3), (0,), (1,), (2,), (3,))


def _rule(row: Row) -> Row:
    return tuple(ONE if row.index(ONE) in leaves else ZERO for leaves in HAVE)


TASK = Task(
    name="hierarchy",
    title="the features of a leaf: of the root, its branch, its own",
    inputs=("x1", "x2", "x3", "x4"),
    outputs=("y1", "y2", "y3", "y4", "y5", "y6", "y7"),
    domain=Domain.listed([[int(i == j) for j in range(4)] for i in range(4)]),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(4,),
    activation="identity",
    encode="one leaf is on; y1 is shared by all, y2 by leaves 1 and 2, y3 by leaves 3 and 4, and "
    "y4 to y7 belong to one leaf each",
    sources=(
        "A. Saxe, J. McClelland and S. Ganguli, A mathematical theory of semantic development in "
        "deep neural networks, PNAS 116 (2019) 11537-11546",
    ),
)
