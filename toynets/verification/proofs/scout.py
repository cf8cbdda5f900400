"""A cover of a box proposed in floating point, many boxes at once: it proves nothing.

Every unit's pre-activation is bounded by linear functions of the inputs, from the last unit back to
the inputs (W. Zhang and others, Efficient neural network robustness certification with general
activation functions, NeurIPS 2018). Boxes on which a goal is not yet certain are cut in half. All
boxes of a round are rows of the same arrays, so that a round costs a few matrix products. The tree
of cuts is handed to the exact side, which proves each leaf in rationals or goes on splitting it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.rationals import Rational, to_float
from toynets.verification.proofs.forms import Form
from toynets.verification.proofs.program import Program
from toynets.verification.proofs.tree import Tree

if TYPE_CHECKING:
    from toynets.verification.proofs.search import Goal

MARGIN = 1e-9
FIRST = 64  # boxes of the first round; later rounds are larger
LARGEST = 2_048
HOPELESS = 1_000  # boxes without one on which everything is certain


class Scout:
    """One program and its goals as arrays.

    Args:
        program: what is run.
        goals: forms that should not be negative.
    """

    def __init__(self, program: Program, goals: Sequence[Goal]) -> None:
        import numpy as np  # only larger programs are scouted

        self.np = np
        self.program = program
        d = self.d = program.dimension
        forms: list[Form] = [Form() for _ in range(d)]
        for k in range(d):
            forms[k].terms[k] = Rational(1)
        bent: list[tuple[str, Form, int]] = []
        depth = [0] * d
        for activation, form in program.nodes:
            total = Form(form.constant)
            for index, coefficient in form.terms.items():
                total.add(coefficient, forms[index])
            if activation == "identity":
                forms.append(total)
                continue
            level = 1 + max((depth[a] for a in total.terms), default=0)
            own = Form()
            own.terms[d + len(bent)] = Rational(1)
            bent.append((activation, total, level))
            depth.append(level)
            forms.append(own)
        self.levels = [
            [k for k, (_, _, at) in enumerate(bent) if at == level]
            for level in range(1, max((at for _, _, at in bent), default=0) + 1)
        ]
        self.kinds = [kind for kind, _, _ in bent]
        self.width = d + len(bent)
        self.rows, self.shift = self._dense([form for _, form, _ in bent])
        reached = []
        for goal in goals:
            total = Form(goal.form.constant + goal.slack)
            for index, coefficient in goal.form.terms.items():
                total.add(coefficient, forms[index])
            reached.append(total)
        self.goal_rows, self.goal_shift = self._dense(reached)

    def _dense(self, forms: Sequence[Form]) -> tuple[Any, Any]:
        rows = self.np.zeros((len(forms), self.width))
        for i, form in enumerate(forms):
            for a, c in form.terms.items():
                rows[i, a] = to_float(c)
        return rows, self.np.array([to_float(f.constant) for f in forms])

    def bounds(self, low: Any, high: Any) -> tuple[Any, Any, Any]:
        """Bound every goal from below on each box.

        Args:
            low, high: of shape (boxes, variables).

        Returns:
            Bounds of shape (boxes, goals), the slopes of the lines that they come from, of shape
            (boxes, goals, variables), and how much each variable matters on each box.
        """
        np = self.np
        relaxed: list[Any] = []
        for level in self.levels:
            rows = np.concatenate([self.rows[level], -self.rows[level]])
            shift = np.concatenate([self.shift[level], -self.shift[level]])
            ends, _ = self._back(rows, shift, relaxed, low, high)
            lower, upper = ends[:, : len(level)], -ends[:, len(level) :]
            relaxed.append((level, *self._lines(level, lower, upper)))
        found, slopes = self._back(self.goal_rows, self.goal_shift, relaxed, low, high)
        matter = np.abs(slopes).sum(axis=1)
        start = np.abs(self.goal_rows).sum(axis=0)
        weight = np.broadcast_to(start, (len(low), self.width)).copy()
        for level, lower_slope, _, upper_slope, _ in reversed(relaxed):
            passed = weight[:, [self.d + k for k in level]] * np.maximum(
                np.abs(upper_slope), np.abs(lower_slope)
            )
            passed = passed * (1.0 + (upper_slope != lower_slope))
            weight = weight + passed @ np.abs(self.rows[level])
        return found, slopes, (weight[:, : self.d] + matter) * (high - low)

    def _back(
        self, rows: Any, shift: Any, relaxed: Sequence[Any], low: Any, high: Any
    ) -> tuple[Any, Any]:
        """Bound forms from below: each unit by one of its lines, from the last level down."""
        np, d = self.np, self.d
        forms = np.broadcast_to(rows, (len(low), *rows.shape)).copy()
        total = np.broadcast_to(shift, (len(low), len(shift))).copy()
        for level, lower_slope, lower_shift, upper_slope, upper_shift in reversed(relaxed):
            places = [d + k for k in level]
            part = forms[:, :, places]
            plus, minus = np.maximum(part, 0.0), np.minimum(part, 0.0)
            slopes = plus * lower_slope[:, None, :] + minus * upper_slope[:, None, :]
            total += (plus * lower_shift[:, None, :] + minus * upper_shift[:, None, :]).sum(axis=2)
            total += slopes @ self.shift[level]
            forms[:, :, places] = 0.0
            forms += slopes @ self.rows[level]
        slopes = forms[:, :, :d]
        total += (
            np.maximum(slopes, 0.0) * low[:, None, :] + np.minimum(slopes, 0.0) * high[:, None, :]
        ).sum(axis=2)
        return total, slopes

    def _lines(self, level: Sequence[int], lower: Any, upper: Any) -> tuple[Any, Any, Any, Any]:
        """Return the slopes and shifts of a line below and one above each unit of a level."""
        np = self.np
        a_low, b_low = np.zeros_like(lower), np.zeros_like(lower)
        a_high, b_high = np.zeros_like(lower), np.zeros_like(lower)
        on, off = lower >= 0, upper <= 0
        both = ~on & ~off
        width = np.where(both, upper - lower, 1.0)
        right = upper > -lower
        kinds = np.array([self.kinds[k] for k in level])
        relu, size, step = kinds == "relu", kinds == "abs", kinds == "step"
        a_low = np.where(on | (both & right), 1.0, 0.0)
        a_low = np.where(size, np.where(on | (both & right), 1.0, -1.0), a_low)
        a_high = np.where(on, 1.0, np.where(both, upper / width, 0.0))
        chord = np.where(on, 1.0, np.where(off, -1.0, (upper + lower) / width))
        a_high = np.where(size, chord, a_high)
        b_high = np.where(both & relu, -upper * lower / width, 0.0)
        b_high = np.where(both & size, upper - chord * upper, b_high)
        sure = lower > 0
        b_low = np.where(step, np.where(sure, 1.0, 0.0), b_low)
        b_high = np.where(step, np.where(off, 0.0, 1.0), b_high)
        a_low, a_high = np.where(step, 0.0, a_low), np.where(step, 0.0, a_high)
        return a_low, b_low, a_high, b_high

    def values(self, points: Any) -> Any:
        """Return every goal at points of shape (points, variables)."""
        np = self.np
        atoms = np.zeros((len(points), self.width))
        atoms[:, : self.d] = points
        for level in self.levels:
            pre = atoms @ self.rows[level].T + self.shift[level]
            kinds = np.array([self.kinds[k] for k in level])
            after = np.where(kinds == "abs", np.abs(pre), np.maximum(pre, 0.0))
            atoms[:, [self.d + k for k in level]] = np.where(kinds == "step", pre > 0, after)
        return atoms @ self.goal_rows.T + self.goal_shift

    def tree(self, most: int) -> tuple[Tree, list[tuple[tuple[Rational, ...], int]]]:
        """Cut the box until every goal seems certain on every leaf.

        Args:
            most: leaves and cuts; with more, or where nothing becomes certain, the tree is empty.

        Returns:
            The tree; its cuts are at dyadic fractions of the sides, exact. And (point, goal) where
            a goal seems to fail: then the search ends.
        """
        np = self.np
        start = [(v.low, v.high) for v in self.program.variables]
        boxes = [(0, start)]
        tree, total, done = Tree(), 1, 0
        batch = FIRST
        while boxes:
            now, boxes = boxes[:batch], boxes[batch:]
            batch = min(2 * batch, LARGEST)
            low = np.array([[to_float(a) for a, _ in box] for _, box in now])
            high = np.array([[to_float(b) for _, b in box] for _, box in now])
            found, slopes, matter = self.bounds(low, high)
            good = (found > MARGIN).all(axis=1)
            failing = self._failing(found, slopes, low, high, now)
            if failing:
                return Tree(), failing
            for row, (number, box) in enumerate(now):
                if good[row]:
                    done += 1
                    continue
                k = int(matter[row].argmax())
                a, b = box[k]
                if a == b or total >= most or (total > HOPELESS and not done):
                    return Tree(), []
                middle = (a + b) / 2
                tree.cuts[number] = (k, middle, total, total + 1)
                boxes.append((total, [*box[:k], (middle, b), *box[k + 1 :]]))
                boxes.append((total + 1, [*box[:k], (a, middle), *box[k + 1 :]]))
                total += 2
        return tree, []

    def _failing(
        self, found: Any, slopes: Any, low: Any, high: Any, now: Any
    ) -> list[tuple[tuple[Rational, ...], int]]:
        """Look for a goal that fails at the centre of a box, or at the corner its bound is from."""
        np = self.np
        proposals = []
        number = int(found.min(axis=0).argmin())
        corner = np.where(slopes[:, number, :] > 0, low, high)
        for kind, points in (("corner", corner), ("centre", (low + high) / 2)):
            values = self.values(points)
            row, goal = np.unravel_index(int(values.argmin()), values.shape)
            if values[row, goal] < -MARGIN:
                box = now[int(row)][1]
                if kind == "centre":
                    place = tuple((a + b) / 2 for a, b in box)
                else:
                    above = slopes[row, number] > 0
                    place = tuple(a if up else b for (a, b), up in zip(box, above, strict=True))
                proposals.append((place, int(goal)))
        return proposals
