"""Extremes enclosed by bisection in ball arithmetic: for tanh, sigmoid and square at depth.

A box is thrown away when its upper bound is below a value that some point attains. Bounds are the
natural extension and the mean value form, which uses the slopes; a slope of one sign moves the
box to one end of its variable. Slopes at a kink are all those between its two sides.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from flint import arb

from toynets.errors import ToynetsError
from toynets.extremes.numbers import SIGN_BALL, UNIT_BALL, Number, apply, hull
from toynets.extremes.program import Form
from toynets.extremes.record import Span
from toynets.rationals import ONE, ZERO, Rational

# The width of an answer, relative to its size where that is above 1: wanted, and good enough when
# the limit is reached (an extreme that is attained along a curve keeps very many boxes alive).
WANTED = 2.0**-30
ENOUGH = 2.0**-16
THINNEST = ONE / 2**64  # a box as thin as this holds a jump, and bisecting it goes on for ever

Box = tuple[tuple[Rational, Rational], ...]
# Minus the upper bound, a number of its own, the box, the upper bound, the radius of the value at
# its middle, and how much each variable matters.
_Entry = tuple[float, int, Box, arb, float, tuple[float, ...]]


def enclose(
    bounds: Sequence[tuple[Number, Number]],
    nodes: Sequence[tuple[str, Form]],
    objective: Form,
    limit: int,
) -> Span:
    """Return balls that hold the extremes of a form over a program of any units.

    Args: as for `pieces.piecewise`; `limit` is how many boxes at most.

    Raises:
        ToynetsError: the limit is reached and the enclosure is not narrow (2^-16).
    """
    search = _Search(bounds, nodes, objective, limit)
    high, high_at = search.greatest(1)
    low, low_at = search.greatest(-1)
    # Whether a jump is attained is not known here: the balls do not tell its two sides apart.
    attained = all(activation != "step" for activation, _ in nodes)
    return Span(-low, high, attained, attained, low_at, high_at)


class _Search:
    """Boxes are in shares of each variable's interval: 0 is its low end, 1 its high end.

    So they are dyadic and exact even where the ends themselves are balls.
    """

    def __init__(
        self,
        bounds: Sequence[tuple[Number, Number]],
        nodes: Sequence[tuple[str, Form]],
        objective: Form,
        limit: int,
    ) -> None:
        self.bounds = bounds
        self.lows = [arb(low) for low, _ in bounds]
        self.widths = [arb(high) - arb(low) for low, high in bounds]
        self.nodes = nodes
        self.objective = objective
        self.limit = limit

    def greatest(self, sign: int) -> tuple[arb, dict[int, Number]]:
        """Return a ball that holds the greatest value of sign * objective, and a place."""
        best: arb | None = None
        best_at: Box = ()
        heap: list[_Entry] = []
        thin: list[_Entry] = []
        waiting: list[Box] = [tuple((ZERO, ONE) for _ in self.bounds)]
        boxes = 0
        while True:
            for box in waiting:
                boxes += 1
                box, upper, value, slopes = self.bound(box, sign)
                lower = value.lower()
                if best is None or lower > best:
                    best, best_at = lower, _middle(box)
                if not upper < best:
                    entry = (-float(upper.mid()), boxes, box, upper, float(value.rad()), slopes)
                    split = any(high - low > THINNEST for low, high in box)
                    heapq.heappush(heap if split else thin, entry)
            assert best is not None  # the first box has a middle
            if not heap or _gap(heap[0], best) <= WANTED or boxes >= self.limit:
                break
            _, _, box, _, _, slopes = heapq.heappop(heap)
            waiting = _halves(box, slopes)
        highest = best
        for entry in [*heap, *thin]:
            if _gap(entry, best) > ENOUGH:
                raise ToynetsError(
                    f"the extremes of an output are not narrow after {boxes} boxes "
                    f"(limit={self.limit}).",
                    cause="a tanh, sigmoid or square unit before other units leaves no exact way, "
                    "and several variables meet in it, or a step unit jumps there.",
                    fix="pass a larger limit, or let fewer values run over their range at once.",
                )
            highest = arb.max(highest, entry[3])
        place = {
            k: low + share[0] * (high - low)
            for k, ((low, high), share) in enumerate(zip(self.bounds, best_at, strict=True))
        }
        return hull(best, highest), place

    def bound(self, box: Box, sign: int) -> tuple[Box, arb, arb, tuple[float, ...]]:
        """Shrink a box by its slopes, and return it with an upper bound and its middle's value."""
        value, slopes = self.evaluate(box, sign)
        moved = tuple(
            pair
            if slope is None
            else (pair[1],) * 2
            if slope >= 0
            else (pair[0],) * 2
            if slope <= 0
            else pair
            for pair, slope in zip(box, slopes, strict=True)
        )
        if moved != box:
            box = moved
            value, slopes = self.evaluate(box, sign)
        centre = _middle(box)
        at_centre, _ = self.evaluate(centre, sign)
        upper = value.upper()
        smear = []
        mean_value = at_centre
        for (low, high), slope in zip(box, slopes, strict=True):
            half = (high - low) / 2
            if slope is None:
                mean_value = None if half > 0 else mean_value
                smear.append(float("inf") if half > 0 else 0.0)
                continue
            if mean_value is not None:
                mean_value = mean_value + slope * half * SIGN_BALL
            smear.append(float(abs(slope).upper()) * float(arb(half)))
        if mean_value is not None and mean_value.is_finite():
            upper = arb.min(upper, mean_value.upper()).upper()
        return box, upper, at_centre, tuple(smear)

    def evaluate(self, box: Box, sign: int) -> tuple[arb, list[arb | None]]:
        """Return sign * objective over a box, and its slope in each share; None: it may jump."""
        d = len(box)
        values: list[arb] = []
        slopes: list[list[arb | None]] = []
        for k, (low, high) in enumerate(box):
            share = arb((low + high) / 2) + (high - low) / 2 * SIGN_BALL  # no rounding: dyadic
            values.append(self.lows[k] + share * self.widths[k])
            slopes.append([self.widths[k] if i == k else arb(0) for i in range(d)])
        for activation, form in self.nodes:
            z, dz = self.combine(form, values, slopes)
            value, factor = over(activation, z)
            values.append(value)
            slopes.append([chain(factor, slope) for slope in dz])
        value, slope = self.combine(self.objective, values, slopes)
        return sign * value, [None if s is None else sign * s for s in slope]

    def combine(
        self, form: Form, values: Sequence[arb], slopes: Sequence[Sequence[arb | None]]
    ) -> tuple[arb, list[arb | None]]:
        total = arb(form.constant)
        slope: list[arb | None] = [arb(0)] * len(self.bounds)
        for atom, coefficient in form.terms.items():
            total = total + coefficient * values[atom]
            slope = [
                None if a is None or b is None else a + coefficient * b
                for a, b in zip(slope, slopes[atom], strict=True)
            ]
        return total, slope


def _gap(entry: _Entry, best: arb) -> float:
    """Return how far a box may be above the best value, relative to its size where above 1.

    What its middle leaves open is not counted, because bisection cannot mend a wide ball.
    """
    value = float(best.mid())
    return (-entry[0] - value - 4 * entry[4]) / max(1.0, abs(value))


def _middle(box: Box) -> Box:
    return tuple(((low + high) / 2,) * 2 for low, high in box)


def _halves(box: Box, slopes: Sequence[float]) -> list[Box]:
    """Cut a box in the variable that matters most."""
    worth = [s if low < high else -1.0 for s, (low, high) in zip(slopes, box, strict=True)]
    if float("inf") in worth or max(worth) <= 0:
        worth = [float(arb(high - low)) for low, high in box]
    k = worth.index(max(worth))
    low, high = box[k]
    middle = (low + high) / 2
    return [(*box[:k], part, *box[k + 1 :]) for part in ((low, middle), (middle, high))]


def chain(factor: arb | None, slope: arb | None) -> arb | None:
    """Multiply slopes; a jump after something constant is none."""
    if slope is not None and slope.is_zero():
        return slope
    return None if factor is None or slope is None else factor * slope


def over(activation: str, z: arb) -> tuple[arb, arb | None]:
    """Return the values and the slopes of an activation over an interval; None: it may jump."""
    low, high = z.lower(), z.upper()
    if activation in ("tanh", "sigmoid"):
        value = hull(apply(activation, low), apply(activation, high))
        # tanh' = 1 - tanh^2, and sigmoid'(z) = tanh'(z / 2) / 4: both fall with |z|.
        scale = 1 if activation == "tanh" else 2
        near = arb.max(arb.max(low, -high), arb(0))
        far = arb.max(-low, high)
        slope = hull(_falling(far / scale), _falling(near / scale)) / (scale * scale)
        return value, slope
    if activation == "step":
        value = arb(apply("step", z))
        return value, arb(0) if value.is_exact() else None
    if activation == "square":
        near, far = z.abs_lower(), z.abs_upper()  # abs(z) of a ball around 0 goes below 0
        return hull(near * near, far * far), 2 * z
    if z >= 0:
        return z, arb(1)
    if activation == "relu":
        return (arb(0), arb(0)) if z <= 0 else (UNIT_BALL * high, UNIT_BALL)
    if z <= 0:
        return -z, arb(-1)
    return UNIT_BALL * arb.max(-low, high), SIGN_BALL


def _falling(z: arb) -> arb:
    value = z.tanh()
    return 1 - value * value
