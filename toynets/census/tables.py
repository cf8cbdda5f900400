"""What networks compute under ablation, as tables of words, and the symmetries of a task on them.

With one hidden layer every ablation of units is decided by the contribution of each unit on each
row and by the output's bias. Two networks are of one family if these agree, up to the order of the
units and to the symmetries of the task: orders of the inputs, and their flips (x to 1 - x).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from toynets.census.linear import Affine, solve
from toynets.rationals import ONE, ZERO, row_key, text

# An entry that hangs on a fitted parameter has its sign for a word.
FREE = ("+?", "-?")


class Key(NamedTuple):
    """A table up to symmetry.

    Attributes:
        lines: the words of each unit that does something, row by row, sorted.
        bias: the word of the output's bias.
        dead: how many units contribute nothing on any row.
    """

    lines: tuple[tuple[str, ...], ...]
    bias: str
    dead: int


@dataclass(frozen=True)
class Symmetry:
    """One change of the inputs that leaves the task unchanged.

    Attributes:
        order: input i of the new network is input `order[i]` of the old.
        flips: whether each of these is flipped.
        rows: the new network does on row r what the old does on row `rows[r]`.
    """

    order: tuple[int, ...]
    flips: tuple[bool, ...]
    rows: tuple[int, ...]


def symmetries(rows: Sequence[Sequence[Any]], targets: Sequence[Any]) -> tuple[Symmetry, ...]:
    """Return all symmetries of a task, first the identity; flips only where all inputs are bits.

    >>> from toynets.tasks import load
    >>> xor = load("xor")
    >>> len(symmetries(xor.domain.rows, [xor.target(x)[0] for x in xor.domain]))
    4
    """
    count = len(rows[0])
    bits = all(v in (ZERO, ONE) for x in rows for v in x)
    number = {row_key(x): r for r, x in enumerate(rows)}
    found = []
    for order in itertools.permutations(range(count)):
        for flips in itertools.product((False, True) if bits else (False,), repeat=count):
            old = []
            for x in rows:
                before = [ZERO] * count
                for v, j, flip in zip(x, order, flips, strict=True):
                    before[j] = ONE - v if flip else v
                old.append(number.get(row_key(before), -1))
            if -1 not in old and all(targets[r] == targets[o] for r, o in enumerate(old)):
                found.append(Symmetry(order, flips, tuple(old)))
    return tuple(found)


def key_of(lines: Sequence[Sequence[str]], bias: str, group: Sequence[Symmetry]) -> Key:
    """Return the smallest form of a table under the symmetries.

    Args:
        lines: a word for each unit on each row, see `word`.
        bias: of the output, likewise.
        group: the symmetries.

    >>> one = Symmetry((0,), (False,), (0, 1))
    >>> key_of([["0", "0"], ["0", "1"]], "0", [one])
    Key(lines=(('0', '1'),), bias='0', dead=1)
    """
    live = [line for line in lines if any(entry != "0" for entry in line)]
    return Key(min(_images(live, group)), bias, len(lines) - len(live))


def _images(
    lines: Sequence[Sequence[str]], group: Sequence[Symmetry]
) -> Iterator[tuple[tuple[str, ...], ...]]:
    for one in group:
        yield tuple(sorted(tuple(line[r] for r in one.rows) for line in lines))


def word(entry: Affine, known: Sequence[Any]) -> str:
    """Write one entry: its number, or its sign where it hangs on a fitted parameter.

    >>> from toynets.rationals import rational
    >>> word((ONE,), []), word((ONE, -ONE), [rational("1/4")])
    ('1', '+?')
    """
    if all(c == ZERO for c in entry[1:]):
        return text(entry[0])
    size = sum((c * v for c, v in zip(entry[1:], known, strict=True)), entry[0])
    return FREE[0] if size > 0 else FREE[1]


def covers(
    lines: Sequence[Sequence[Affine]],
    bias: Affine,
    numbers: Sequence[Sequence[Any]],
    last: Any,
    group: Sequence[Symmetry],
) -> bool:
    """Return whether one table is another's for some values of the fitted parameters.

    Args:
        lines, bias: the general table, a line for each unit, entries affine in parameters.
        numbers, last: the other, its entries rationals.
        group: the symmetries.

    >>> from toynets.rationals import rational
    >>> one = Symmetry((0,), (False,), (0, 1))
    >>> p, rest, nothing = (ZERO, ONE), (ONE, -ONE), (ZERO, ZERO)
    >>> half, quarter = rational("1/2"), rational("1/4")
    >>> [covers([[nothing, p], [nothing, rest]], nothing, [[ZERO, half], [ZERO, v]], ZERO, [one])
    ...  for v in (half, quarter)]
    [True, False]
    """
    live = [line for line in lines if any(c != ZERO for entry in line for c in entry)]
    wanted = [line for line in numbers if any(v != ZERO for v in line)]
    if len(live) != len(wanted) or len(lines) != len(numbers):
        return False
    for one in group:
        for order in itertools.permutations(wanted):
            pairs = [(bias, last)]
            for line, values in zip(live, order, strict=True):
                pairs += zip((line[r] for r in one.rows), values, strict=True)
            if any((all(c == ZERO for c in e)) != (v == ZERO) for e, v in pairs[1:]):
                continue  # where the one does nothing, so does the other
            if solve([(e[1:], v - e[0]) for e, v in pairs], len(bias) - 1) is not None:
                return True
    return False
