"""Bounds in floating point that hold in exact arithmetic, for many boxes at once.

Every unit's pre-activation is bounded by linear functions of the inputs, from the last unit back to
the inputs (W. Zhang and others, Efficient neural network robustness certification with general
activation functions, NeurIPS 2018). That the bounds hold for the exact program, although they are
computed in float64, rests on the following.

**Lines.** Whatever the floats l <= u are, if the exact z is between them, then for every s between
0 and 1: relu(z) <= s z + t as soon as t >= -s l and t >= (1 - s) u, for s z + t - relu(z) is
concave in z and so least at an end. t is rounded up; s need not be right. The same holds of |z|,
for s between -1 and 1, with t >= -(1 + s) l and t >= (1 - s) u. Below, relu(z) >= s z for s in
{0, 1}, |z| >= s z for s in {-1, 1}, and a step is between 0 and 1, or known.

**Theorem.** Let a form c + sum A_k v_k of the values v be replaced, level by level, by a smaller
one: each unit of the level by one of its lines, z_j by b_j + sum W_jk v_k. Let P_j >= |b_j| + sum
|W_jk| M_k, and |v_k| <= M_k on the whole box. Every term of a new number passes through at most
K = n + 9 roundings, n the most units of a level or inputs: two for its factors, n for the sum that
it stands in, four for the sums of those, one for a rational weight that was rounded to a float. So
the new number is off by at most gamma(K) times the sum of the magnitudes of its terms, in whatever
order it is formed and with or without fused multiply-add, where gamma(K) = K u / (1 - K u) and
u = 2^-53 (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, 2002, section
3.1 and lemma 3.1).
A coefficient that is off by e changes the form by e M_k at most. With |s_j| <= 1 and |t_j| <= 2 P_j
the magnitudes of all terms, weighed so, are at most

    Q' = Q + 3 sum G_j P_j,      Q = |c| + sum |A_k| M_k to begin with,

where G_j >= |A_j| is found by G_k <- G_k + sum G_j |W_jk|. So the replacement of a level adds at
most gamma(K) Q' to the error, and so does the last step, the least value on a box. The sum of these
is one number per form, for the whole box and each part of it: it is found once, before any box.

Products below 2^-1022 may be flushed to 0: one such number is added for every operation. The bound
itself is computed in float64 from magnitudes alone: the factor `SAFE` stands for its few hundred
roundings. The cuts of a box are at floats, and its outer ends are rounded outwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.verification.proofs.flattening import HUGE, TINY, Unfit, flattened, near, outwards
from toynets.verification.proofs.forms import Form
from toynets.verification.proofs.program import Program

if TYPE_CHECKING:
    from toynets.verification.proofs.search import Goal

UNIT = 2.0**-53
SAFE = 1.0 + 2.0**-20
UP = 1.0 + 2.0**-50


class Level:
    """Units that read inputs and units of earlier levels only.

    Attributes:
        start, stop: where their values stand among all.
        rows: weights, of shape (units, start), float64.
        shift: biases, of shape (units, 1).
        reads: (first, last) value that has a weight.
        kinds: activations.
        size: magnitude of the pre-activations on the whole box, of shape (units, 1).
        slip: how far off their bounds can be, of shape (units, 1).
    """

    __slots__ = ("kinds", "plain", "reads", "rows", "shift", "size", "slip", "start", "stop")

    def __init__(self, start: int, kinds: Any, rows: Any, shift: Any) -> None:
        self.start, self.stop = start, start + len(kinds)
        self.kinds, self.rows, self.shift = kinds, rows, shift[:, None]
        used = rows.any(axis=0).nonzero()[0]
        self.reads = (int(used[0]), int(used[-1]) + 1) if len(used) else (0, 0)
        self.plain = bool((kinds == "relu").all())
        self.size: Any = None
        self.slip: Any = None


class Forms:
    """Forms over the values that are bounded from below, and what can be computed before any box.

    Attributes:
        rows: coefficients, of shape (forms, values).
        shift: constants, of shape (forms, 1).
        first: number of the last level that they read, -1 for none: its coefficients are the same
            on every box.
        sent: what a line of slope 1 of each unit of that level sends on: of shape (values that the
            level reads * forms, 2 * units), the lines below and the lines above.
        gains: the same for constants: slopes below and above, shifts above and, where not all are
            0, below; of shape (forms, 3 or 4 * units).
    """

    __slots__ = ("first", "gains", "rows", "sent", "shift")

    def __init__(self, rows: Any, shift: Any, levels: Sequence[Level], np: Any) -> None:
        self.rows, self.shift = rows, shift[:, None]
        self.first, self.sent, self.gains = -1, None, None
        for number, level in enumerate(levels):
            if rows[:, level.start : level.stop].any():
                self.first = number
        if self.first < 0:
            return
        level = levels[self.first]
        fixed = rows[:, level.start : level.stop]
        plus, minus = np.maximum(fixed, 0.0), np.minimum(fixed, 0.0)
        weights = level.rows[:, slice(*level.reads)].T[:, None, :]
        self.sent = np.concatenate([plus * weights, minus * weights], axis=2)
        self.sent = self.sent.reshape(-1, 2 * fixed.shape[1])
        bias = level.shift[:, 0]
        below = [] if level.plain else [plus]
        self.gains = np.concatenate([plus * bias, minus * bias, minus, *below], axis=1)


class Enclosure:
    """One program and its goals as arrays; boxes stand on the last axis.

    Args:
        program: what is run.
        goals: forms that should not be negative.

    Raises:
        Unfit: a number is too large or too small for float64.
    """

    def __init__(self, program: Program, goals: Sequence[Goal]) -> None:
        import numpy as np  # only larger programs come here

        self.np = np
        self.program = program
        self.d = program.dimension
        self.low = np.array([[outwards(v.low, up=False)] for v in program.variables])
        self.high = np.array([[outwards(v.high, up=True)] for v in program.variables])
        units, reached = flattened(program, [g.form.plus(g.slack) for g in goals])
        self.strict = np.array([goal.strict for goal in goals])
        place = self._levels(units)
        width = self.d + len(units)
        self.rows, self.shift = self._dense(reached, place, width)
        with np.errstate(over="ignore", invalid="ignore"):  # refused right after
            self._measure()
        if not (np.isfinite(self.slip).all() and (self.slip < HUGE).all()):
            raise Unfit("its numbers are too large for float64")
        self.spans = [(0, self.d), *((level.start, level.stop) for level in self.levels)]
        self.goals = Forms(self.rows, self.shift, self.levels, np)
        self.sides = []  # of each level, the pre-activations and what they are less than
        for k, level in enumerate(self.levels):
            rows = np.concatenate([level.rows, -level.rows])
            shift = np.concatenate([level.shift, -level.shift])[:, 0]
            self.sides.append(Forms(rows, shift, self.levels[:k], np))

    def _measure(self) -> None:
        """Find magnitudes on the whole box, and what each bound can be off by."""
        np = self.np
        most = np.maximum(abs(self.low), abs(self.high))
        for level in self.levels:
            weights = abs(level.rows)
            level.size = SAFE * (abs(level.shift) + weights @ most)
            level.slip = self._slip(level.rows, level.shift[:, 0], most)
            reach = np.where((level.kinds == "step")[:, None], 1.0, level.size)
            most = np.concatenate([most, reach])
        self.slip = self._slip(self.rows, self.shift, most)

    def _levels(self, units: Sequence[tuple[str, Form, int]]) -> dict[int, int]:
        """Sort units by level; return where each atom of the forms stands."""
        np, d = self.np, self.d
        place = {k: k for k in range(d)}
        self.levels: list[Level] = []
        for depth in range(1, max((at for _, _, at in units), default=0) + 1):
            own = [k for k, (_, _, at) in enumerate(units) if at == depth]
            start = len(place)
            rows, shift = self._dense([units[k][1] for k in own], place, start)
            kinds = np.array([units[k][0] for k in own])
            self.levels.append(Level(start, kinds, rows, shift))
            place |= {d + k: start + i for i, k in enumerate(own)}
        return place

    def _dense(self, forms: Sequence[Form], place: dict[int, int], width: int) -> tuple[Any, Any]:
        rows = self.np.zeros((len(forms), width))
        for i, form in enumerate(forms):
            for a, c in form.terms.items():
                rows[i, place[a]] = near(c)
        return rows, self.np.array([near(form.constant) for form in forms])

    def _slip(self, rows: Any, shift: Any, most: Any) -> Any:
        """Return how far off the bounds of forms can be: the theorem above; shape (forms, 1)."""
        np = self.np
        below = [level for level in self.levels if level.stop <= rows.shape[1]]
        count = max([self.d, *(level.stop - level.start for level in below)]) + 9
        unit = count * UNIT / (1 - count * UNIT)
        weights = abs(rows)
        terms = abs(shift)[:, None] + weights @ most
        error = np.zeros_like(terms)
        floor = 2 * count * TINY * (1 + most.sum() + sum(level.size.sum() for level in below))
        for level in reversed(below):
            part = weights[:, level.start : level.stop]
            terms = terms + 3 * part @ level.size
            error = error + unit * terms + floor
            weights = weights[:, : level.start] + part @ abs(level.rows)
        error = error + unit * terms + floor
        return SAFE * (error + 4 * UNIT * (terms + error))  # it is itself taken away, rounded

    def bounds(self, low: Any, high: Any) -> tuple[Any, Any, Any]:
        """Bound every goal from below on each box: the bounds hold in exact arithmetic.

        Args:
            low, high: of shape (variables, boxes), float64.

        Returns:
            Bounds of shape (goals, boxes), the slopes of the lines that they come from, of shape
            (variables, goals, boxes), and how much each variable matters, (variables, boxes).
        """
        np = self.np
        lines: list[Any] = []
        for level, forms in zip(self.levels, self.sides, strict=True):
            ends = self._back(forms, lines, low, high)[0]
            n = len(level.kinds)
            lower = np.maximum(ends[:n] - level.slip, -level.size)
            upper = np.minimum(level.slip - ends[n:], level.size)
            lines.append(self._lines(level, lower, upper))
        found, slopes, loose = self._back(self.goals, lines, low, high, True)
        return found - self.slip, slopes, loose * (high - low)

    def _back(
        self, forms: Forms, lines: Sequence[Any], low: Any, high: Any, loose: bool = False
    ) -> tuple[Any, Any, Any]:
        """Bound forms from below: each unit by one of its lines, from the last level down."""
        np = self.np
        rows, count, boxes = forms.rows, len(forms.rows), low.shape[1]
        total = np.repeat(forms.shift, boxes, axis=1)
        parts: dict[int, Any] = {}  # level -> coefficients that differ from box to box; -1: inputs
        weight: dict[int, Any] = {}  # level -> how loose it is
        for number in reversed(range(forms.first + 1)):
            level = self.levels[number]
            lower_slope, upper_slope, lower_shift, upper_shift = lines[number]
            fixed = rows[:, level.start : level.stop].T[:, :, None]
            if number == forms.first:
                part = fixed
                each = [lower_slope, upper_slope, upper_shift]
                if lower_shift is not None:
                    each.append(lower_shift)
                stacked = np.concatenate(each)
                new = forms.sent @ stacked[: 2 * len(fixed)]
                total += forms.gains @ stacked
            elif number in parts:
                part = parts.pop(number) + fixed
                above = np.where(part > 0, lower_slope[:, None, :], upper_slope[:, None, :])
                flat = (part * above).reshape(len(part), -1)
                new = level.rows[:, slice(*level.reads)].T @ flat
                total += np.einsum("ifb,ib->fb", np.minimum(part, 0.0), upper_shift)
                if lower_shift is not None:
                    total += np.einsum("ifb,ib->fb", np.maximum(part, 0.0), lower_shift)
                total += (level.shift[:, 0] @ flat).reshape(count, boxes)
            else:
                continue
            new = new.reshape(-1, count, boxes)
            if loose:
                gap = upper_shift if lower_shift is None else upper_shift - lower_shift
                passed = abs(part).sum(axis=1) * gap + weight.pop(number, 0.0)
            for name in range(-1, number):
                first, last = self.spans[name + 1]
                a, b = max(first, level.reads[0]), min(last, level.reads[1])
                if a >= b:
                    continue
                sent = new[a - level.reads[0] : b - level.reads[0]]
                if b - a < last - first:
                    whole = np.zeros((last - first, count, boxes))
                    whole[a - first : b - first] = sent
                    sent = whole
                parts[name] = parts[name] + sent if name in parts else sent
                if loose:
                    more = abs(level.rows[:, first:last]).T @ passed
                    weight[name] = weight.get(name, 0.0) + more
        fixed = rows[:, : self.d]
        slopes = fixed.T[:, :, None]
        if -1 in parts:
            slopes = parts[-1] + slopes
            ends = np.where(slopes > 0, low[:, None, :], high[:, None, :])
            ends *= slopes
            total += ends.sum(axis=0)
        else:
            total += np.maximum(fixed, 0.0) @ low + np.minimum(fixed, 0.0) @ high
        return total, slopes, weight.get(-1, np.zeros((self.d, 1)))

    def _lines(self, level: Level, lower: Any, upper: Any) -> tuple[Any, Any, Any, Any]:
        """Return slopes below and above, and shifts below (None: all 0) and above, of a level."""
        np = self.np
        width = np.maximum(upper - lower, TINY)
        right = upper > -lower
        below = right.astype(float)
        above = np.clip(upper / width, 0.0, 1.0)
        shift = np.maximum(-above * lower, (1.0 - above) * upper)
        shift = np.where(shift > 0, shift * UP + TINY, 0.0)
        if level.plain:
            return below, above, None, shift
        size, step = (level.kinds == "abs")[:, None], (level.kinds == "step")[:, None]
        chord = np.clip((upper + lower) / width, -1.0, 1.0)
        chord = np.where(lower >= 0, 1.0, np.where(upper <= 0, -1.0, chord))
        # Not abs(lower) - chord * lower, which cancels: its rounding is not small against it.
        most = np.maximum((1.0 + chord) * -lower, (1.0 - chord) * upper)
        most = np.where(most > 0, most * UP + TINY, 0.0)
        below = np.where(step, 0.0, np.where(size & ~right, -1.0, below))
        above = np.where(step, 0.0, np.where(size, chord, above))
        on = np.where(step & (lower > 0), 1.0, 0.0)
        shift = np.where(step, np.where(upper <= 0, 0.0, 1.0), np.where(size, most, shift))
        return below, above, on, shift

    def values(self, points: Any) -> Any:
        """Return every goal, in floating point, at points of shape (variables, points)."""
        np = self.np
        values = points
        for level in self.levels:
            pre = level.rows @ values + level.shift
            after = np.maximum(pre, 0.0)
            if not level.plain:
                kinds = level.kinds[:, None]
                after = np.where(kinds == "abs", abs(pre), after)
                after = np.where(kinds == "step", pre > 0, after)
            values = np.concatenate([values, after])
        return self.rows @ values + self.shift[:, None]

    def gradient(self, points: Any, goal: int) -> Any:
        """Return the slopes of a goal at points of shape (variables, points): for the search."""
        np = self.np
        values, slopes = points, []
        for level in self.levels:
            pre = level.rows @ values + level.shift
            side = (pre > 0).astype(float)
            after = side * pre
            if not level.plain:
                kinds = level.kinds[:, None]
                side = np.where(kinds == "abs", np.sign(pre), side)
                after = np.where(kinds == "step", side, side * pre)
                side = np.where(kinds == "step", 0.0, side)
            slopes.append(side)
            values = np.concatenate([values, after])
        found = np.repeat(self.rows[goal][:, None], points.shape[1], axis=1)
        for level, side in zip(reversed(self.levels), reversed(slopes), strict=True):
            sent = level.rows.T @ (found[level.start : level.stop] * side)
            found = found[: level.start] + sent
        return found
