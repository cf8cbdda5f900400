"""What can be proved on one cell: a polytope of the variables, open on some sides.

The conditions of a cell are numbered as in a certificate: both bounds of each variable, the given
ones, the splits on the way from the root. A cell finds for each unit on which side it is, with the
multipliers that prove it. A unit that may be on both sides is relaxed: its value becomes an atom of
its own, between the sides of a triangle, and these sides are further conditions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.rationals import ONE, ZERO, Rational, text, to_float
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Program
from toynets.verification.proofs.sides import (
    Found,
    Relaxed,
    Split,
    constant,
    on_side,
    pairs,
    rounded,
    with_short_slope,
)
from toynets.verification.proofs.simplex import Multipliers, Optimum, least

STEPS = 200  # of the simplex method where units are relaxed


class Cell:
    """A cell of the variables.

    Args:
        program: whose variables.
        path: the splits from the root.
        known: facts of the cell above: node -> (pre-activation, fact), for nodes that read no
            relaxed unit.
        points: points that the closed cell above has, of which some may be in this one.
    """

    def __init__(
        self,
        program: Program,
        path: Sequence[Split] = (),
        known: dict[int, tuple[Form, list[Any]]] | None = None,
        points: Sequence[dict[int, Rational]] = (),
    ) -> None:
        self.program = program
        self.path = list(path)
        self.known = dict(known or {})
        d = program.dimension
        self.atoms = list(range(d))
        self.conditions: list[Form] = []
        for k, v in enumerate(program.variables):
            self.conditions += [atom(k).plus(-v.low), (-atom(k)).plus(v.high)]
        self.conditions += program.given
        first = len(self.conditions)
        self.conditions += [split.condition for split in self.path]
        self.strict = [first + k for k, split in enumerate(self.path) if split.open]
        self.base = len(self.conditions)
        self.sides = self._sides()
        # On a box an affine function is bounded at once by its sides: no search is needed.
        self.boxed = not program.given and all(len(s.form.terms) == 1 for s in self.path)
        self._begun: dict[bool, tuple[Rational, Multipliers]] = {}  # of the unit in hand
        # How each relaxed atom is bounded: (conditions that bound it below, that above).
        self.bounds: dict[int, tuple[list[int], int]] = {}
        last = self.conditions[-1] if self.path else None
        self.points = [p for p in points if last is None or last.value(p).p >= 0]

    def _sides(self) -> dict[int, tuple[int, int]]:
        """Return for each variable the tightest condition on it from below and from above.

        Among equal ones the first is taken, so that facts of the cell above stay valid.
        """
        found = {}
        for k, v in enumerate(self.program.variables):
            best = [(v.low, 2 * k), (v.high, 2 * k + 1)]
            for number in range(2 * self.program.dimension, self.base):
                condition = self.conditions[number]
                if len(condition.terms) != 1 or k not in condition.terms:
                    continue
                slope = condition.terms[k]
                end = -condition.constant / slope
                if slope.p > 0 and end > best[0][0]:
                    best[0] = (end, number)
                elif slope.p < 0 and end < best[1][0]:
                    best[1] = (end, number)
            found[k] = (best[0][1], best[1][1])
        return found

    # Bounds ---------------------------------------------------------------------------------

    def start(self, form: Form) -> tuple[Rational, Multipliers, list[int], dict[int, Rational]]:
        """Bound a form from below without a search: each atom by one of its conditions.

        Returns:
            The bound, its multipliers, the conditions by atom (a basis that is dual feasible), and
            the coefficient that each relaxed atom had when its turn came.
        """
        left = Form(form.constant, form.terms)
        used: dict[int, Rational] = {}
        basis: dict[int, int] = {}
        weights: dict[int, Rational] = {}
        for a in reversed(self.atoms):
            coefficient = left.terms.get(a, ZERO)
            if a < self.program.dimension:
                condition = self.sides[a][0 if coefficient.p >= 0 else 1]
            else:
                below, above = self.bounds[a]
                condition = below[0] if coefficient.p >= 0 else above
                weights[a] = coefficient
            basis[a] = condition
            if coefficient.p:
                share = coefficient / self.conditions[condition].terms[a]
                left.add(-share, self.conditions[condition])
                used[condition] = share
        multipliers = sorted(used.items(), key=lambda pair: pair[0])
        return left.constant, multipliers, [basis[a] for a in self.atoms], weights

    def least(self, form: Form, enough: Rational | None = None) -> Optimum:
        """Bound a form from below; the least value where no unit is relaxed in it."""
        over_variables = all(a < self.program.dimension for a in form.terms)
        atoms = self.atoms[: self.program.dimension] if over_variables else self.atoms
        conditions = self.conditions[: self.base] if over_variables else self.conditions
        value, multipliers, basis, _ = self.start(form)
        if enough is not None and value >= enough:
            return Optimum("enough", value, {}, multipliers)
        basis = basis[: len(atoms)]
        found = least(
            form, conditions, atoms, basis, enough=enough, limit=10_000 if over_variables else STEPS
        )
        if found.status == "least" and over_variables:
            self.points.append(found.point)
        return found

    def above(self, form: Form) -> Multipliers | None:
        """Prove form > 0 on the cell, or return None."""
        found = self.least(form)
        if found.status == "empty" or found.value.p < 0:
            return None
        if found.value.p > 0 or any(c in self.strict for c, _ in found.multipliers):
            return found.multipliers
        exact = found.status == "least" and all(a < self.program.dimension for a in form.terms)
        return self._off(form) if self.strict and exact else None

    def _off(self, form: Form) -> Multipliers | None:
        """Prove form > 0 where its least value on the closed cell is 0: by the open sides.

        The form is of variables alone: with a unit that is relaxed, the cell is split first.
        """
        combined, opened = self._gap([-form])
        if combined is None or opened.value.p != 0:
            return None
        own = next((m for c, m in opened.multipliers if c == len(combined) - 1), ZERO)
        if own.p == 0:
            return None  # the cell is empty: found by `emptiness`
        proof = [(c, m / own) for c, m in opened.multipliers if c < self.base]
        rest = form
        for c, m in proof:
            rest = rest - self.conditions[c].scaled(m)
        assert not rest.terms and rest.constant.p == 0, "the open sides prove it exactly"
        return proof

    def emptiness(self) -> Multipliers | None:
        """Return multipliers that show that the cell is empty, or None if it has a point."""
        found = self.least(Form())
        if found.status == "empty":
            return found.multipliers
        if not self.strict:
            return None
        combined, opened = self._gap([])
        if combined is None:
            return None
        if opened.status == "empty":
            return [(c, m) for c, m in opened.multipliers if c < self.base]
        if opened.value.p < 0:
            return None  # all open sides can be above 0 at once
        return [(c, m) for c, m in opened.multipliers if c < self.base]

    def _gap(self, more: Sequence[Form]) -> tuple[list[Form] | None, Optimum]:
        """Look for the point at which all open sides are furthest above 0.

        An atom t is added with side - t >= 0 for each open side and 1 - t >= 0; -t is minimised.
        """
        d = self.program.dimension
        t = d  # relaxed atoms take no part here
        extended: list[Form] = []
        for number, condition in enumerate(self.conditions[: self.base]):
            if number in self.strict:
                extended.append(condition - atom(t))
            else:
                extended.append(condition)
        extended.append((-atom(t)).plus(ONE))
        extended += more
        basis = [2 * k for k in range(d)] + [self.base]
        found = least(-atom(t), extended, [*range(d), t], basis)
        return extended, found

    def inner(self) -> dict[int, Rational] | None:
        """Return a point of the cell itself, or None if it has none."""
        if not self.strict:
            found = self.least(Form())
            return None if found.status == "empty" else found.point or self._corner(Form())
        _, opened = self._gap([])
        if opened.status == "empty" or opened.value.p >= 0:
            return None
        return {k: opened.point[k] for k in range(self.program.dimension)}

    def _corner(self, form: Form) -> dict[int, Rational]:
        return least(
            form,
            self.conditions[: self.base],
            self.atoms[: self.program.dimension],
            self.start(form)[2][: self.program.dimension],
        ).point

    def holds(self, point: dict[int, Rational]) -> bool:
        """Whether a point is in the cell, its open sides considered."""
        return all(
            c.value(point).p > 0 if k in self.strict else c.value(point).p >= 0
            for k, c in enumerate(self.conditions[: self.base])
        )

    # Units ----------------------------------------------------------------------------------

    def analyse(self, relax: bool = True) -> Found:
        """Find the side of every unit.

        Args:
            relax: whether units that may be on both sides are relaxed; if not, the first one that
                is found ends the analysis, and stands alone in `relaxed`.
        """
        found = Found()
        if self.path:
            found.empty = self.emptiness()
            if found.empty is not None:
                return found
        d = self.program.dimension
        found.values = [atom(k) for k in range(d)]
        seen: dict[Any, int] = {}
        for number, (activation, form) in enumerate(self.program.nodes):
            pre = Form(form.constant)
            for index, coefficient in form.terms.items():
                pre.add(coefficient, found.values[index])
            if activation == "identity":
                found.values.append(pre)
                continue
            if not pre.terms:
                found.facts.append(["="])
                found.values.append(constant(activation, pre.constant))
                continue
            index = d + number
            first = seen.setdefault((activation, *pre.key()), index)
            if first != index:  # the same function of the same number: not to be found twice
                found.facts.append(["same", first])
                found.values.append(found.values[first])
                continue
            ends: list[Optimum | None] = [None, None]
            self._begun = {}
            fact = self._side(activation, pre, index, ends)
            if fact is not None:
                found.facts.append(fact)
                found.values.append(on_side(activation, pre, fact[0]))
                continue
            affine = all(a < d for a in pre.terms)
            if not relax:
                found.relaxed.append(Relaxed(index, pre, ZERO, ZERO))
                return found
            relaxed, fact = self._relaxed(activation, pre, index, ends if affine else None)
            found.facts.append(fact)
            found.values.append(atom(index))
            found.relaxed.append(relaxed)
        return found

    def _side(
        self, activation: str, pre: Form, index: int, ends: list[Optimum | None]
    ) -> list[Any] | None:
        """Return the fact that decides a unit, or None; exact ends that were found are kept."""
        kept = self.known.get(index)
        if kept is not None and kept[0] == pre:
            return kept[1]
        fact = self._decide(activation, pre, ends)
        if fact is not None and all(a < self.program.dimension for a in pre.terms):
            self.known[index] = (pre, fact)
        return fact

    def _begin(self, pre: Form, up: bool) -> tuple[Rational, Multipliers]:
        """Bound the pre-activation of the unit in hand (up: its negative), once."""
        found = self._begun.get(up)
        if found is None:
            found = self._begun[up] = self.start(-pre if up else pre)[:2]
        return found

    def _decide(self, activation: str, pre: Form, ends: list[Optimum | None]) -> list[Any] | None:
        affine = all(a < self.program.dimension for a in pre.terms)
        signs = set()
        if affine:
            for point in self.points[-24:]:
                value = pre.value(point)
                signs.add((value.p > 0) - (value.p < 0))
            if 1 in signs and -1 in signs:
                return None
        if -1 not in signs:
            value, multipliers = self._begin(pre, up=False)
            if value.p > 0 or (value.p == 0 and activation != "step"):
                return ["+", pairs(multipliers)]
        if 1 not in signs:
            value, multipliers = self._begin(pre, up=True)
            if value.p >= 0:
                return ["-", pairs(multipliers)]
        if not affine or (self.boxed and activation != "step"):
            return None
        if 1 not in signs:
            highest = ends[1] = self.least(-pre)
            if highest.value.p >= 0:
                return ["-", pairs(highest.multipliers)]
        if -1 in signs:
            return None
        if activation == "step":
            proof = self.above(pre)
            return None if proof is None else ["+", pairs(proof)]
        lowest = ends[0] = self.least(pre)
        return ["+", pairs(lowest.multipliers)] if lowest.value.p >= 0 else None

    def _relaxed(
        self, activation: str, pre: Form, index: int, ends: list[Optimum | None] | None
    ) -> tuple[Relaxed, list[Any]]:
        """Add the sides of a triangle for a unit that may be on both sides."""
        if ends is not None and not self.boxed:
            lowest = ends[0] or self.least(pre)
            highest = ends[1] or self.least(-pre)
            low, low_proof = lowest.value, lowest.multipliers
            high, high_proof = -highest.value, highest.multipliers
        else:
            low, low_proof = self._begin(pre, up=False)
            minus, high_proof = self._begin(pre, up=True)
            high = -minus
        low, high = rounded(low, up=False), rounded(high, up=True)
        if low.p >= 0:  # a step unit that is 0 on a border of the cell
            low = -ONE
        if activation != "step":
            low, high = with_short_slope(low, high)
        h = atom(index)
        number = len(self.conditions)
        if activation == "relu":
            slope = high / (high - low)
            chord = pre.plus(-low).scaled(slope) - h
            self.conditions += [h, h - pre, chord]
            below = [number + 1, number] if high > -low else [number, number + 1]
            self.bounds[index] = (below, number + 2)
        elif activation == "abs":
            slope = (high + low) / (high - low)
            chord = pre.plus(-low).scaled(slope).plus(-low) - h
            self.conditions += [h - pre, h + pre, chord]
            below = [number, number + 1] if high > -low else [number + 1, number]
            self.bounds[index] = (below, number + 2)
        else:
            self.conditions += [h, (-h).plus(ONE)]
            self.bounds[index] = ([number], number + 1)
        self.atoms.append(index)
        area = 1.0 if activation == "step" else to_float(-low * high / (high - low))
        fact = ["~", text(low), pairs(low_proof), text(high), pairs(high_proof)]
        return Relaxed(index, pre, low, high, area), fact
