"""The solution families that have a name: each by its formula, from which its table is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toynets.census.linear import Affine
from toynets.census.tables import Key, Symmetry, key_of, word
from toynets.rationals import ONE, ZERO, Rational, rational


@dataclass(frozen=True)
class Named:
    """One family with a name.

    Attributes:
        task: its name.
        name: of the family.
        description: what the units do, and what is left without each.
        units: (outgoing sign, incoming weights and bias) of each unit; fractions are texts.
        bias: of the output.
    """

    task: str
    name: str
    description: str
    units: tuple[tuple[int, tuple[int | str, ...]], ...]
    bias: int


CATALOGUE = (
    Named(
        "xor",
        "difference",
        "each unit notices one of the two ways to differ; without it that one is missed",
        ((1, (1, -1, 0)), (1, (-1, 1, 0))),
        0,
    ),
    Named(
        "xor",
        "count and correct",
        "one unit counts, the other takes 2 back when both are on; without it the count is left",
        ((1, (1, 1, 0)), (-1, (2, 2, -2))),
        0,
    ),
    Named(
        "xor",
        "ramp and correct",
        "the difference with one unit turned over at its kink: one unit falls from 1 as a ramp, "
        "the other lifts it; without it a ramp is left",
        ((-1, (1, -1, 1)), (1, (2, -2, 0))),
        1,
    ),
    Named(
        "xor",
        "neither none nor both",
        "one unit vetoes 'none', the other 'both'; without it only the other veto is left",
        ((-1, (1, 1, -1)), (-1, (-1, -1, 1))),
        1,
    ),
    Named(
        "max-2",
        "one and the excess",
        "one unit passes an input on, the other adds by how much the other input is larger",
        ((1, (1, -1, 0)), (1, (0, 1, 0))),
        0,
    ),
    Named(
        "max-2",
        "one from above and the excess",
        "one unit takes from 1 what an input lacks, the other adds by how much the other is larger",
        ((1, (1, -1, 0)), (-1, (0, -1, 1))),
        1,
    ),
    Named(
        "max-2",
        "half the sum and half the difference",
        "one unit passes half the sum on, the others add half of what one input is larger by",
        ((1, ("1/2", "1/2", 0)), (1, ("1/2", "-1/2", 0)), (1, ("-1/2", "1/2", 0))),
        0,
    ),
    Named(
        "parity-3",
        "minterms",
        "each unit notices one of the four odd inputs; without it that one is missed",
        (
            (1, (1, -1, -1, 0)),
            (1, (-1, 1, -1, 0)),
            (1, (-1, -1, 1, 0)),
            (1, (1, 1, 1, -2)),
        ),
        0,
    ),
    Named(
        "parity-3",
        "signed count and correct",
        "two units make the size of x1 - x2 - x3, from which the third takes 2 back where it is 2",
        ((1, (1, -1, -1, 0)), (1, (-1, 1, 1, 0)), (-1, (-2, 2, 2, -2))),
        0,
    ),
    Named(
        "parity-3",
        "count with hinges",
        "the units add changes of slope of a saw-tooth at the counts 0, 1 and 2",
        ((1, (1, 1, 1, 0)), (-1, (2, 2, 2, -2)), (1, (2, 2, 2, -4))),
        0,
    ),
)

# Of tanh families of two units the key is the signs; what they stand for is the description.
TANH = {
    "one side each": "each unit is on for one of the two ways to differ, and y is their OR",
    "both sides": "one unit is off for 'none', the other for 'both', and y is their AND",
}


def names_of(
    task: str, rows: Sequence[Sequence[Any]], group: Sequence[Symmetry]
) -> dict[Key, Named]:
    """Return the named families of a task by their key, dead units not counted."""
    found = {}
    for one in CATALOGUE:
        if one.task == task:
            lines = [[word(entry, []) for entry in line] for line in contributions(one, rows)]
            found[key_of(lines, word((Rational(one.bias),), []), group)] = one
    return found


def contributions(one: Named, rows: Sequence[Sequence[Any]]) -> list[list[Affine]]:
    """Return the exact contributions of a named family's units on each row."""
    lines = []
    for sign, numbers in one.units:
        pre = [
            sum((rational(w) * v for w, v in zip(numbers, (*x, ONE), strict=True)), ZERO)
            for x in rows
        ]
        lines.append([(sign * z if z > 0 else ZERO,) for z in pre])
    return lines
