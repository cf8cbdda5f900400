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
from toynets.rationals import ONE, ZERO, rational, row_key, text

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

    @property
    def free(self) -> bool:
        """Whether an entry hangs on a fitted parameter."""
        return any(word in FREE for line in (*self.lines, (self.bias,)) for word in line)


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

    >>> word((ONE,), []), word((ONE, -ONE), [rational("1/4")])
    ('1', '+?')
    """
    if all(c == ZERO for c in entry[1:]):
        return text(entry[0])
    size = sum((c * v for c, v in zip(entry[1:], known, strict=True)), entry[0])
    return FREE[0] if size > 0 else FREE[1]


def covers(
    general: Key,
    lines: Sequence[Sequence[Affine]],
    bias: Affine,
    special: Key,
    group: Sequence[Symmetry],
) -> bool:
    """Return whether one table is another's for some values of the fitted parameters.

    Args:
        general: with free entries.
        lines, bias: its table, one line for each unit in any order, entries affine in parameters.
        special: a table of numbers.
        group: the symmetries.

    >>> one = Symmetry((0,), (False,), (0, 1))
    >>> p, rest = (ZERO, ONE), (ONE, -ONE)
    >>> lines = [[(ZERO, ZERO), p], [(ZERO, ZERO), rest]]
    >>> key = key_of([["0", "+?"], ["0", "+?"]], "0", [one])
    >>> [covers(key, lines, (ZERO, ZERO), key_of([["0", "1/2"], ["0", last]], "0", [one]), [one])
    ...  for last in ("1/2", "1/4")]
    [True, False]
    """
    if special.free or general.dead != special.dead or len(general.lines) != len(special.lines):
        return False
    live = [line for line in lines if any(c != ZERO for entry in line for c in entry)]
    wanted = [[rational(w) for w in line] for line in special.lines]
    last = rational(special.bias)
    for one in group:
        for order in itertools.permutations(wanted):
            pairs = [(bias, last)]
            for line, numbers in zip(live, order, strict=True):
                pairs += zip((line[r] for r in one.rows), numbers, strict=True)
            if any((all(c == ZERO for c in e)) != (v == ZERO) for e, v in pairs[1:]):
                continue  # where the one does nothing, so does the other
            if solve([(e[1:], v - e[0]) for e, v in pairs], len(bias) - 1) is not None:
                return True
    return False
