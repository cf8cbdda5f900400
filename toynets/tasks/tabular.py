"""Three classes from fourteen variables: two decide, one goes along with one of them."""

from __future__ import annotations

import random

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO, rational
from toynets.tasks import Task

# The class is decided by v4, and by v9 where v4 leaves it open; v7 is v4 with noise (r = 0.9).
MATTER = ("v4", "v9")
THRESHOLD = rational("-7/16")
# In the units that such a table might be kept in: v2 is then a hundredth of what it was.
RAW = {"v2": 0.01, "v4": 5.0, "v9": 20.0}
GRAIN = 2**10  # values are multiples of 1/1024, so that float32 has them exactly
ROWS, SEED = 512, 0

_NAMES = tuple(f"v{k}" for k in range(1, 15))
_CLASSES = {
    "low": (ONE, ZERO, ZERO),
    "negative": (ZERO, ONE, ZERO),
    "positive": (ZERO, ZERO, ONE),
}


def drawn(count: int, seed: int) -> tuple[Row, ...]:
    """Draw rows: sums of twelve uniform numbers, which are nearly standard normal.

    Args:
        count: how many.
        seed: the same rows for the same seed, on every machine.

    >>> [str(v) for v in drawn(1, 0)[0][:3]]
    ['905/1024', '247/256', '271/256']
    """
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        row = [sum(chance.getrandbits(10) for _ in range(12)) - 6138 for _ in _NAMES]
        row[6] = (922 * row[3] + 446 * row[6]) // GRAIN  # 0.90 v4 + 0.44 of its own
        rows.append(tuple(rational(v) / GRAIN for v in row))
    return tuple(rows)


def _rule(row: Row) -> Row:
    if row[3] < THRESHOLD:
        return _CLASSES["low"]
    return _CLASSES["negative" if row[8] < 0 else "positive"]


TASK = Task(
    name="tabular",
    title="three classes from 14 variables, of which two matter",
    inputs=_NAMES,
    outputs=tuple(_CLASSES),
    domain=Domain.listed(drawn(ROWS, SEED)),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(8,),
    encode="variables in standard deviations; low: v4 < -7/16, else by the sign of v9",
    sources=(
        "Cross Validated (stats.stackexchange.com), question 285676: which of 14 inputs of a "
        "14-8-3 network matter, where sums of weights over trainings disagree with intuition",
    ),
)
