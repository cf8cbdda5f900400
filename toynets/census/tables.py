"""What a network computes under ablation, as a table, and the symmetries of the task on it.

With one hidden layer every ablation of units is decided by the contribution of each unit on each
row and by the output's bias. Two networks are of one family if these agree, up to the order of the
units and to the symmetries of the task: orders of the inputs, and their flips (x to 1 - x).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toynets.rationals import ONE, ZERO, text

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Symmetry:
    """One change of the inputs that leaves the task unchanged.

    Attributes:
        order: input i of the new network is input `order[i]` of the old.
        flips: whether each of these is flipped.
        rows: row r goes to row `rows[r]`.
    """

    order: tuple[int, ...]
    flips: tuple[bool, ...]
    rows: tuple[int, ...]


def symmetries(rows: Sequence[Sequence[Any]], targets: Sequence[Any]) -> tuple[Symmetry, ...]:
    """Return all symmetries of a task; flips only where all inputs are 0 or 1.

    >>> from toynets.tasks import load
    >>> xor = load("xor")
    >>> len(symmetries(xor.domain.rows, [xor.target(x)[0] for x in xor.domain]))
    4
    """
    count = len(rows[0])
    boolean = all(v in (ZERO, ONE) for x in rows for v in x)
    number = {tuple(x): r for r, x in enumerate(rows)}
    found = []
    for order in itertools.permutations(range(count)):
        for flips in itertools.product((False, True) if boolean else (False,), repeat=count):
            moved = []
            for x in rows:
                new = tuple(ONE - x[j] if f else x[j] for j, f in zip(order, flips, strict=True))
                moved.append(number.get(new, -1))
            if -1 not in moved and all(
                targets[r] == targets[m] for r, m in enumerate(moved)
            ):
                found.append(Symmetry(order, flips, tuple(moved)))
    return tuple(found)


def key_of(
    contributions: Sequence[Sequence[Any]], bias: Any, group: Sequence[Symmetry]
) -> tuple[Key, Symmetry]:
    """Return the smallest form of a table under the symmetries, and a symmetry that makes it.

    Args:
        contributions: of each unit on each row; a rational, None where it is free, or a sign.
        bias: of the output, likewise.
        group: the symmetries.

    >>> one = Symmetry((0,), (False,), (0, 1))
    >>> key_of([[0, 0], [ZERO, ONE]], ZERO, [one])[0]
    ((('0', '1'),), '0', 1)
    """
    live = [line for line in contributions if any(v is None or v != 0 for v in line)]
    dead = len(contributions) - len(live)
    best: tuple[Key, Symmetry] | None = None
    for one in group:
        lines = tuple(
            sorted(tuple(_word(line[r]) for r in one.rows) for line in live)
        )
        found = (lines, _word(bias), dead)
        if best is None or found < best[0]:
            best = (found, one)
    assert best is not None  # the identity is always a symmetry
    return best


def _word(value: Any) -> str:
    if value is None:
        return "?"
    return str(value) if isinstance(value, int | str) else text(value)
