"""Claims about curved units: rigorous balls on ever smaller boxes, without a certificate.

A goal is enclosed on a box by its mean value form: its value at the centre, and its slopes over the
whole box times the distance from the centre. Ball arithmetic rounds outwards, so that a positive
enclosure is a proof; but it rests on the ball arithmetic of FLINT, and no checker that knows only
rationals can repeat it. Where a ball straddles 0 the box is cut in half, until a limit is reached.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from typing import Any

from flint import arb

from toynets.exact.boundary import public
from toynets.rationals import ONE, Rational, workprec
from toynets.verification.proofs.claims import Answer, Claim, Refutation
from toynets.verification.proofs.forms import Form
from toynets.verification.proofs.program import Program
from toynets.verification.proofs.replay import replayed

OUTER = "curved units: rigorous outer bounds, not the exact range"
WHY = "curved units: proved by balls, which leaves no certificate"
EQUALITY = "curved units: an equality is looked at on a few boxes, but not proved by balls"
EQUAL = 64  # boxes
Box = list[tuple[Rational, Rational]]


def ball(low: Rational, high: Rational) -> Any:
    """Return a ball that holds an interval."""
    middle = (low + high) / 2
    return arb(middle) + arb(0, 1) * arb((high - low) / 2)


def settle_with_balls(
    claim: Claim,
    *,
    cells: int,
    seconds: float,
    step: Callable[[int], None] | None = None,
    kind: str = "",
) -> Answer:
    """Prove or refute a claim about curved units; arguments as for `settle`."""
    began = time.process_time()
    program = claim.program
    with workprec():
        if "between" in claim.kind:
            verdict, ends, count = _ranges(claim, cells, seconds)
            return Answer(
                claim.text, verdict, limit=OUTER, cells=count, ends=ends, method="balls",
                seconds=time.process_time() - began, kind=kind,
            )  # fmt: skip
        most = min(cells, EQUAL) if _equality(claim) else cells
        waiting: list[Box] = [[(v.low, v.high) for v in program.variables]]
        count = 0
        limit = ""
        while waiting and not limit:
            box = waiting.pop()
            count += 1
            if count > most:
                limit = EQUALITY if most < cells else f"{cells} boxes: a ball straddles"
            elif count % 16 == 0 and time.process_time() - began > seconds:
                limit = f"{seconds:g} seconds: a ball straddles"
            if count % 16 == 0 and step is not None:
                step(count)
            found = enclosures(program, box, [goal.form for goal in claim.goals])
            if _all_hold(claim, found) or _outside(program, box):
                continue
            middle = tuple((a + b) / 2 for a, b in box)
            failed = _fails(claim, middle)
            if failed is not None:
                return _refuted(claim, middle, failed, count, began, kind)
            halves = _halves(box)
            if halves is None:
                limit = "a ball straddles at a single point"
            else:
                waiting += halves
    if limit:
        return Answer(
            claim.text, "unknown", limit=limit, cells=count,
            seconds=time.process_time() - began, method="balls", kind=kind,
        )  # fmt: skip
    return Answer(
        claim.text, "proved", limit=WHY, cells=count,
        seconds=time.process_time() - began, method="balls", kind=kind,
    )  # fmt: skip


def _equality(claim: Claim) -> bool:
    """Whether two goals together claim that something is exactly 0, which no ball shows."""
    return any(
        not total.terms and total.constant == 0
        for one, other in itertools.combinations(claim.goals, 2)
        for total in [one.form + other.form]
    )


def _all_hold(claim: Claim, found: Sequence[Any]) -> bool:
    return all(
        (value > 0) if goal.strict else (value >= 0)
        for goal, value in zip(claim.goals, found, strict=True)
    )


def _outside(program: Program, box: Box) -> bool:
    """Whether a box has no point within the given conditions."""
    return any(
        (arb(g.constant) + sum((arb(c) * ball(*box[a]) for a, c in g.terms.items()), arb(0))) < 0
        for g in program.given
    )


def _fails(claim: Claim, point: Sequence[Rational]) -> int | None:
    if not claim.program.inside(point):
        return None
    values = point_values(claim.program, point)
    for number, goal in enumerate(claim.goals):
        value = total(goal.form, values)
        if value < 0 or (goal.strict and value <= 0):
            return number
    return None


def _refuted(
    claim: Claim, point: tuple[Rational, ...], goal: int, cells: int, began: float, kind: str
) -> Answer:
    values = point_values(claim.program, point)
    again = replayed(claim.program, point)
    shown = claim.shown[2 * (goal // 2) : 2 * (goal // 2) + 2] if "within" in claim.kind else []
    witness = Refutation(
        {v.name: p for v, p in zip(claim.program.variables, point, strict=True)},
        tuple((name, public(values[index])) for name, index in shown),
        tuple(again[index] for _, index in shown),
        True,
        point,
        goal,
    )
    return Answer(
        claim.text, "refuted", None, witness, WHY, cells,
        seconds=time.process_time() - began, method="balls", kind=kind,
    )  # fmt: skip


def _halves(box: Box) -> list[Box] | None:
    """Cut the longest side in half; None where there is no side left."""
    widths = [b - a for a, b in box]
    longest = max(range(len(box)), key=lambda k: widths[k])
    if widths[longest].p == 0:
        return None
    low, high = box[longest]
    middle = (low + high) / 2
    return [
        [*box[:longest], (low, middle), *box[longest + 1 :]],
        [*box[:longest], (middle, high), *box[longest + 1 :]],
    ]


def _ranges(
    claim: Claim, cells: int, seconds: float
) -> tuple[str, tuple[tuple[Any, Any, bool, bool], ...], int]:
    """Bound each value from outside, on 2^k equal boxes."""
    began = time.process_time()
    program = claim.program
    forms = [goal.form for goal in claim.goals[::2]]
    boxes: list[Box] = [[(v.low, v.high) for v in program.variables]]
    found = [enclosures(program, boxes[0], forms)]
    while len(boxes) * 2 <= min(cells, 512) and time.process_time() - began < seconds / 4:
        halves = [_halves(box) for box in boxes]
        if any(h is None for h in halves):
            break
        boxes = [half for pair in halves if pair is not None for half in pair]
        found = [enclosures(program, box, forms) for box in boxes]
    ends = []
    for k in range(len(forms)):
        lows = [outer(row[k], up=False) for row in found]
        highs = [outer(row[k], up=True) for row in found]
        ends.append((min(lows), max(highs), False, False))
    return "unknown", tuple(ends), len(boxes)


def outer(value: Any, up: bool) -> Rational:
    """Return an end of a ball as a rational, rounded outwards."""
    end = arb(value).upper() if up else arb(value).lower()
    mantissa, exponent = (int(v) for v in end.man_exp())
    if exponent >= 0:
        return ONE * (mantissa << exponent)
    return ONE * mantissa / (1 << -exponent)


def total(form: Form, values: Sequence[Any]) -> Any:
    """Return a form at balls."""
    found = arb(form.constant)
    for index, coefficient in form.terms.items():
        found = found + arb(coefficient) * values[index]
    return found


def point_values(program: Program, point: Sequence[Rational]) -> list[Any]:
    """Return every value of a program at an exact point, as balls."""
    values: list[Any] = [arb(v) for v in point]
    for activation, form in program.nodes:
        values.append(image(activation, total(form, values))[0])
    return values


def enclosures(program: Program, box: Box, forms: Sequence[Form]) -> list[Any]:
    """Enclose forms on a box: by their slopes from the centre, and plainly; both hold."""
    d = program.dimension
    middle = [(a + b) / 2 for a, b in box]
    at = point_values(program, middle)
    values: list[Any] = [ball(a, b) for a, b in box]
    slopes: list[list[Any]] = [[arb(1) if j == k else arb(0) for j in range(d)] for k in range(d)]
    for activation, form in program.nodes:
        value, slope = image(activation, total(form, values))
        values.append(value)
        slopes.append([slope * s for s in _slope(form, slopes, d)])
    found = []
    for form in forms:
        plain = total(form, values)
        around = total(form, at)
        for k, s in enumerate(_slope(form, slopes, d)):
            around = around + s * (ball(*box[k]) - arb(middle[k]))
        found.append(_both(plain, around))
    return found


def _slope(form: Form, slopes: Sequence[Sequence[Any]], d: int) -> list[Any]:
    found = [arb(0)] * d
    for index, coefficient in form.terms.items():
        c = arb(coefficient)
        found = [a + c * b for a, b in zip(found, slopes[index], strict=True)]
    return found


def _both(a: Any, b: Any) -> Any:
    """Return the narrower of two balls that hold the same value."""
    return a if a.rad() <= b.rad() else b


def image(activation: str, z: Any) -> tuple[Any, Any]:
    """Return an activation of a ball, and a ball that holds every slope there."""
    one, zero, unit = arb(1), arb(0), arb(0.5, 0.5)
    if activation == "identity":
        return z, one
    if activation == "tanh":
        value = z.tanh()
        return value, 1 - value * value
    if activation == "sigmoid":
        value = (1 + (z / 2).tanh()) / 2
        return value, value * (1 - value)
    if activation == "square":
        size = abs(z)
        return size * size, 2 * z
    if activation == "step":
        if z > 0 or z <= 0:
            return (one if z > 0 else zero), zero
        return unit, _everything()
    if z >= 0:
        return z, one
    if activation == "abs":
        return (-z, -one) if z <= 0 else (abs(z), arb(0, 1))
    return (zero, zero) if z <= 0 else (z.nonnegative_part(), unit)


def _everything() -> Any:
    """Return the ball of all numbers: the slope of a jump."""
    return arb("0 +/- inf")
