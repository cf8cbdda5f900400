"""Exact extremes of a piecewise linear program: every linear piece is a polytope.

A piece is kept as its corners, each with the set of inequalities that hold there with equality.
Cutting it by a hyperplane keeps the corners on one side and adds one on every edge that crosses;
two corners span an edge iff no third corner has all the equalities that they share.

A step unit jumps, so that its upper piece is open where it was cut (step(z) = 1 iff z > 0). The
piece is then {corners' hull} with strict inequalities. It is empty iff one of them is positive at
no corner, and an extreme of its closure is attained iff each is positive at some best corner: the
centre of the best corners satisfies all of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from toynets.errors import ToynetsError
from toynets.extremes.numbers import Number, hull
from toynets.extremes.perturbation import rationalised
from toynets.extremes.program import Form
from toynets.extremes.record import Span
from toynets.rationals import ZERO, Rational

Point = tuple[Rational, ...]
Affine = list[Rational]  # the coefficient of each variable, then the constant
MOST_VARIABLES = 10  # a box has 2^variables corners


def piecewise(
    bounds: Sequence[tuple[Number, Number]],
    nodes: Sequence[tuple[str, Form]],
    objective: Form,
    limit: int,
) -> Span | None:
    """Return the extremes of a form over a program of relu, abs and step units.

    There may be square units if all that they read is constant where no step jumps.

    Balls among the numbers are replaced by their centres, and the answer is widened by what that
    can change; None if a step unit depends on a ball, because a jump cannot be bounded so
    (nor a square, which is left out with it).

    Args:
        bounds: (low, high) of each variable.
        nodes: activation and pre-activation of each unit; terms are counted over variables, then
            units.
        objective: likewise.
        limit: how many pieces at most.

    Raises:
        ToynetsError: more than 10 variables, or more pieces than `limit`.
    """
    exact = rationalised(bounds, nodes, objective)
    if exact is None:
        return None
    span = _Pieces(exact.bounds, exact.nodes, exact.objective, limit).span()
    if exact.error > 0:
        span.low = hull(span.low - exact.error, span.low + exact.error)
        span.high = hull(span.high - exact.error, span.high + exact.error)
    return span


class _Pieces:
    def __init__(
        self,
        bounds: Sequence[tuple[Rational, Rational]],
        nodes: Sequence[tuple[str, Form]],
        objective: Form,
        limit: int,
    ) -> None:
        if len(bounds) > MOST_VARIABLES:
            raise ToynetsError(
                f"{len(bounds)} variables meet in one output; at most {MOST_VARIABLES} can be "
                "searched together.",
                cause="each of them doubles the corners of the box of their values.",
                fix="let fewer values run over their range at once, or use a finite domain.",
            )
        self.bounds = bounds
        self.nodes = nodes
        self.objective = objective
        self.limit = limit
        self.pieces = 0
        self.best: dict[int, tuple[Rational, bool, Point]] = {}

    def span(self) -> Span:
        corners: list[Point] = list(itertools.product(*self.bounds))
        d = len(self.bounds)
        tight = [
            sum(1 << (2 * k + side) for k, side in enumerate(sides))
            for sides in itertools.product((0, 1), repeat=d)
        ]
        variables = [[ZERO] * k + [ZERO + 1] + [ZERO] * (d - k) for k in range(d)]
        self.walk(corners, tight, 2 * d, variables)
        low, high = self.best[-1], self.best[1]
        return Span(
            -low[0], high[0], low[1], high[1], dict(enumerate(low[2])), dict(enumerate(high[2]))
        )

    def walk(
        self, corners: list[Point], tight: list[int], bit: int, variables: list[Affine]
    ) -> None:
        """Visit every piece, depth first; `values` holds each atom as a function of variables."""
        strict: list[Affine] = []
        waiting = [(corners, tight, bit, variables, strict)]
        while waiting:
            corners, tight, bit, values, strict = waiting.pop()
            self.pieces += 1
            if self.pieces > self.limit:
                raise ToynetsError(
                    f"an output has more than {self.limit} linear pieces (limit={self.limit}).",
                    cause="every unit that may be on or off can double them.",
                    fix="pass a larger limit, or let fewer values run over their range at once.",
                )
            for activation, form in self.nodes[len(values) - len(self.bounds) :]:
                before = self.combine(form, values)
                if activation == "square":  # of steps: constant on this piece
                    values = [*values, [*before[:-1], before[-1] * before[-1]]]
                    continue
                heights = [height(before, corner) for corner in corners]
                on = min(heights) > 0 if activation == "step" else min(heights) >= 0
                if on or max(heights) <= 0:
                    values = [*values, _branch(activation, before, on)]
                    continue
                for sign in (1, -1):
                    signed = heights if sign > 0 else [-h for h in heights]
                    inside = cut(corners, tight, signed, bit)
                    above = sign > 0 and activation == "step"
                    opened = [*strict, before] if above else strict
                    if inside and not _empty(inside[0], opened):
                        grown = [*values, _branch(activation, before, sign > 0)]
                        waiting.append((*inside, bit + 1, grown, opened))
                break
            else:
                self.leaf(corners, values, strict)

    def combine(self, form: Form, values: Sequence[Affine]) -> Affine:
        total = [ZERO] * len(self.bounds) + [form.constant]
        for index, coefficient in form.terms.items():
            for k, value in enumerate(values[index]):
                if value != 0:
                    total[k] = total[k] + coefficient * value
        return total

    def leaf(
        self, corners: Sequence[Point], values: Sequence[Affine], strict: list[Affine]
    ) -> None:
        objective = self.combine(self.objective, values)
        heights = [height(objective, corner) for corner in corners]
        for sign in (-1, 1):
            most = max(heights) if sign > 0 else -min(heights)
            known = self.best.get(sign)
            if known is not None and (most < known[0] or (most == known[0] and known[1])):
                continue
            best = [c for c, h in zip(corners, heights, strict=True) if sign * h == most]
            attained = not _empty(best, strict)
            if known is None or most > known[0] or attained:
                place = _inside(best, strict) if attained else best[0]
                self.best[sign] = (most, attained, place)


def _branch(activation: str, before: Affine, on: bool) -> Affine:
    """Return what a unit is on a piece: as a function of the variables."""
    if activation == "step":
        return [ZERO] * (len(before) - 1) + [ZERO + (1 if on else 0)]
    if on:
        return before
    return [-v for v in before] if activation == "abs" else [ZERO] * len(before)


def height(affine: Affine, point: Point) -> Rational:
    """Return the value of an affine function at a point."""
    total = affine[-1]
    for coefficient, value in zip(affine, point, strict=False):
        if coefficient != 0:
            total = total + coefficient * value
    return total


def cut(
    corners: Sequence[Point], tight: Sequence[int], heights: Sequence[Rational], bit: int
) -> tuple[list[Point], list[int]] | None:
    """Return the part of a polytope where an affine function is at least 0, or None if empty.

    Args:
        corners: of the polytope.
        tight: for each corner the inequalities that hold with equality, as bits.
        heights: the function at each corner.
        bit: the number of the new inequality.
    """
    kept, kept_tight = [], []
    for corner, mask, h in zip(corners, tight, heights, strict=True):
        if h >= 0:
            kept.append(corner)
            kept_tight.append(mask | (1 << bit) if h == 0 else mask)
    above = [k for k, h in enumerate(heights) if h > 0]
    below = [k for k, h in enumerate(heights) if h < 0]
    d = len(corners[0])
    for i in above:
        for j in below:
            shared = tight[i] & tight[j]
            # An edge lies in at least d - 1 of the inequalities: a quick test before the full one.
            if shared.bit_count() < d - 1 or any(
                mask & shared == shared for k, mask in enumerate(tight) if k not in (i, j)
            ):
                continue
            share = heights[i] / (heights[i] - heights[j])
            kept.append(
                tuple(a + share * (b - a) for a, b in zip(corners[i], corners[j], strict=True))
            )
            kept_tight.append(shared | (1 << bit))
    return (kept, kept_tight) if kept else None


def _empty(corners: Sequence[Point], strict: Sequence[Affine]) -> bool:
    """Whether no point of the corners' hull satisfies all strict inequalities."""
    return not all(any(height(s, c) > 0 for c in corners) for s in strict)


def _inside(corners: Sequence[Point], strict: Sequence[Affine]) -> Point:
    """Return a point of the corners' hull that satisfies all strict inequalities."""
    for corner in corners:
        if all(height(s, corner) > 0 for s in strict):
            return corner
    return tuple(sum(column, ZERO) / len(corners) for column in zip(*corners, strict=True))
