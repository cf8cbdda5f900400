"""What `reduce` would take out of a network, read from the table of its contributions.

Dead units, constant ones and twins change no output together, so a smaller network does as well.
But they are not nothing: a twin stands in, in part, for the other when that is removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toynets.census.linear import Affine, value
from toynets.rationals import ZERO


@dataclass(frozen=True)
class Reduced:
    """A table without what does not change the function.

    Attributes:
        lines: contributions of the units that are left, affine in the fitted parameters.
        bias: of the output, with the constant units in it.
        dead: numbers of the units that contribute nothing on any row; from 1.
        constant: of those that contribute the same on every row.
        twins: groups of two or more that are on together, in one ratio.
    """

    lines: tuple[tuple[Affine, ...], ...]
    bias: Affine
    dead: tuple[int, ...]
    constant: tuple[int, ...]
    twins: tuple[tuple[int, ...], ...]

    @property
    def short(self) -> str:
        """What is taken out, as it stands behind the name of a family; "" for nothing."""
        said = []
        if self.dead:
            said.append(f"{len(self.dead)} dead")
        if self.constant:
            said.append(f"{len(self.constant)} constant")
        said += [f"one unit in {len(group)} parts" for group in self.twins]
        return ", ".join(said)

    @property
    def lost(self) -> str:
        """What a reduction would take out, and what would be lost with it; "" for nothing."""
        said = []
        if self.dead:
            said.append(f"drop {_names(self.dead)} (dead on these inputs: nothing is lost)")
        if self.constant:
            said.append(f"fold {_names(self.constant)} into the bias (constant)")
        for group in self.twins:
            said.append(
                f"merge {_names(group)} (twins: each keeps its part when another is removed)"
            )
        return f"reduce would {'; '.join(said)}" if said else ""


def reduce_table(
    lines: Sequence[Sequence[Affine]], bias: Affine, literals: Sequence[Any]
) -> Reduced:
    """Take dead, constant and twin units out of a table of contributions.

    Args:
        lines: of each unit on each row, affine in the fitted parameters.
        bias: of the output.
        literals: of the parameters; at these, twins are compared.

    >>> from toynets.rationals import rational
    >>> table = [[(rational(v),) for v in line] for line in ((0, 1), (0, 0), (0, 2))]
    >>> found = reduce_table(table, (ZERO,), [])
    >>> found.lines, found.lost[:20]
    ((((0,), (3,)),), 'reduce would drop h2')
    """
    dead, constant = [], []
    groups: list[list[tuple[int, list[Any]]]] = []
    for k, line in enumerate(lines, start=1):
        numbers = [value(entry, literals) for entry in line]
        if all(v == ZERO for v in numbers):
            dead.append(k)
        elif all(entry == line[0] for entry in line):
            constant.append(k)
            bias = _sum(bias, line[0])
        else:
            for group in groups:
                if _proportional(numbers, group[0][1]):
                    group.append((k, numbers))
                    break
            else:
                groups.append([(k, numbers)])
    left = []
    for group in groups:
        members = [lines[k - 1] for k, _ in group]
        merged = members[0]
        for line in members[1:]:
            merged = tuple(_sum(a, b) for a, b in zip(merged, line, strict=True))
        left.append(tuple(merged))
    twins = tuple(tuple(k for k, _ in group) for group in groups if len(group) > 1)
    return Reduced(tuple(left), bias, tuple(dead), tuple(constant), twins)


def _proportional(a: Sequence[Any], b: Sequence[Any]) -> bool:
    at = next(r for r, v in enumerate(b) if v != ZERO)
    return all(u * b[at] == a[at] * v for u, v in zip(a, b, strict=True)) and a[at] != ZERO


def _sum(a: Affine, b: Affine) -> Affine:
    return tuple(u + v for u, v in zip(a, b, strict=True))


def _names(units: Sequence[int]) -> str:
    names = [f"h{k}" for k in units]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
