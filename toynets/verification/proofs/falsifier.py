"""Points that may refute a claim: corners, the centre, and steps downhill from them.

It only proposes; whether a goal fails at a point is decided by running the program there exactly.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from toynets.rationals import ONE, ZERO, Rational
from toynets.verification.proofs.program import Program, apply

if TYPE_CHECKING:
    from toynets.verification.proofs.search import Goal

CORNERS = 64
ROUNDS = 8
Point = tuple[Rational, ...]


class Falsifier:
    """Tries points of one program against its goals.

    Args:
        program: what is run.
        goals: what should hold.
    """

    def __init__(self, program: Program, goals: Sequence[Goal]) -> None:
        self.program = program
        self.goals = goals

    def value(self, point: Point, goal: Goal) -> Rational:
        """Return a goal's form at a point."""
        return goal.form.value(self.program.values(point)) + goal.slack

    def fails(self, point: Point, number: int) -> bool:
        """Whether a goal fails at a point of the box."""
        goal = self.goals[number]
        if goal.moving or not self.program.inside(point):
            return False
        value = self.value(point, goal)
        return bool(value.p < 0 or (goal.strict and value.p == 0))

    def improve(self, point: Point, goal: Goal) -> None:
        """Lower a moving bound to what is reached at a point."""
        value = self.value(point, goal)
        if value.p < 0 or not goal.place:
            goal.slack, goal.place, goal.attained = goal.slack - value, point, True

    def first(self) -> tuple[Point, int] | None:
        """Try the corners and the centre, and go downhill from each.

        Returns:
            A point and the number of the goal that fails there; moving bounds are moved instead.
        """
        for point in self.starts():
            if not self.program.inside(point):
                continue
            for number, goal in enumerate(self.goals):
                for tried in (point, *self.downhill(point, goal)):
                    if goal.moving:
                        self.improve(tried, goal)
                    elif self.fails(tried, number):
                        return tried, number
        return None

    def near(self, point: Point, number: int) -> tuple[Point, int] | None:
        """Try a point that a relaxation proposes, and go downhill from it."""
        for tried in (point, *self.downhill(point, self.goals[number])):
            if self.fails(tried, number):
                return tried, number
        return None

    def starts(self) -> Iterator[Point]:
        """Yield the centre and up to 64 corners."""
        variables = self.program.variables
        yield tuple((v.low + v.high) / 2 for v in variables)
        ends = [(v.low, v.high) if v.low < v.high else (v.low,) for v in variables]
        yield from itertools.islice(itertools.product(*ends), CORNERS)

    def downhill(self, point: Point, goal: Goal) -> Iterator[Point]:
        """Yield points on the way down: along the slope, to the border of the box at most."""
        value = self.value(point, goal)
        for _ in range(ROUNDS):
            slope = self.slope(point, goal)
            target = tuple(
                v.low if s.p > 0 else v.high if s.p < 0 else p
                for p, s, v in zip(point, slope, self.program.variables, strict=True)
            )
            if target == point:
                return
            share = ONE
            for _ in range(4):
                tried = tuple(p + share * (t - p) for p, t in zip(point, target, strict=True))
                lower = self.value(tried, goal)
                if lower < value and self.program.inside(tried):
                    break
                share = share / 4
            else:
                return
            point, value = tried, lower
            yield point

    def slope(self, point: Point, goal: Goal) -> list[Rational]:
        """Return the slope of a goal's form at a point, on the side where units are on."""
        d = self.program.dimension
        values: list[Any] = list(point)
        slopes: list[Any] = [[ONE if j == k else ZERO for j in range(d)] for k in range(d)]

        def total(terms: Any) -> list[Any]:
            found = [ZERO] * d
            for index, coefficient in terms.items():
                row = slopes[index]
                if row is not None:
                    found = [a + coefficient * b for a, b in zip(found, row, strict=True)]
            return found

        for activation, form in self.program.nodes:
            pre = form.value(values)
            values.append(apply(activation, pre))
            if activation == "step" or (activation == "relu" and pre.p <= 0):
                slopes.append(None)
                continue
            row = total(form.terms)
            slopes.append([-v for v in row] if activation == "abs" and pre.p < 0 else row)
        return total(goal.form.terms)


def simplest(point: Point, good: Any) -> Point:
    """Return a dyadic point near another at which something still holds, else the point itself.

    Args:
        point: exact.
        good: whether a point will do.
    """
    if all((int(v.q) & (int(v.q) - 1)) == 0 and int(v.q) <= 64 for v in point):
        return point
    for bits in range(65):
        near = tuple((v * (1 << bits) + ONE / 2).floor() * ONE / (1 << bits) for v in point)
        if good(near):
            return near
    return point
