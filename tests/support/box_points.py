"""Points of a box at which a piecewise linear claim can fail: exact, and found without the package.

Where a unit of the network or of the explanation bends, where a formula does, where these places
meet each other and the sides of the box; a little off each of them; and a grid.
"""

from __future__ import annotations

import ast
import itertools
import re

import numpy as np
from brute_programs import NoValueError, evaluate
from flint import fmpq

NUDGE = fmpq(1, 4096)  # of a side of the box
GRID = {1: 65, 2: 7, 3: 4}  # points along a side; 3 in more dimensions
MOST = 320  # points of a box
BENT = re.compile(r"max|min|relu|abs|step|[<>=]")
ZERO = fmpq(0)


def points(claim, texts, bounds):
    """Return rows of a box, the ones at which something bends first.

    Args:
        claim: of `brute`, for its two programs (`net` and `own`) and its parameters.
        texts: the formulas of the explanation.
        bounds: (low, high) of each input.
    """
    bounds = [(fmpq(int(a.p), int(a.q)), fmpq(int(b.p), int(b.q))) for a, b in bounds]
    d = len(bounds)
    lines = dict.fromkeys(
        line for side in (claim.net, claim.own) for line in _lines_of_units(side, d)
    )
    lines |= dict.fromkeys(_lines_of_formulas(claim, texts, bounds))
    found = [*itertools.product(*bounds)]
    if d == 1:
        found += [(-c / w[0],) for *w, c in lines if w[0] != 0]
        for side in (claim.net, claim.own):
            found += [(x,) for x in _breaks(side, *bounds[0])]
    elif d == 2:
        sides = [(1, 0, -v) for v in bounds[0]] + [(0, 1, -v) for v in bounds[1]]
        found += [p for a, b in itertools.combinations([*lines, *sides], 2) for p in _meeting(a, b)]
    found = [p for p in dict.fromkeys(found) if inside(p, bounds)]
    near = [q for p in found for q in _around(p, bounds) if inside(q, bounds)]
    steps = GRID.get(d, 3)
    axes = [[low + (high - low) * fmpq(k, steps - 1) for k in range(steps)] for low, high in bounds]
    every = dict.fromkeys([*found, *thinned(near, MOST // 2), *itertools.product(*axes)])
    return list(every)[:MOST]


def thinned(items, most):
    """Return at most so many of the items, evenly spread, the first and the last among them."""
    items = list(items)
    if len(items) <= most:
        return items
    return [items[k * (len(items) - 1) // (most - 1)] for k in range(most)]


def inside(point, bounds):
    """Whether a point is in a box, its sides included."""
    return all(low <= v <= high for v, (low, high) in zip(point, bounds, strict=True))


def _around(point, bounds):
    """Yield points a little off one, along each axis."""
    for k, (low, high) in enumerate(bounds):
        for sign in (-1, 1):
            yield (*point[:k], point[k] + sign * NUDGE * (high - low), *point[k + 1 :])


def _lines_of_units(program, d):
    """Yield (weights, bias) of every unit that reads inputs alone, and of its edited copies."""
    numbers = program.numbers
    for unit in program.units:
        if not program.terms[unit] or not {*program.terms[unit]} <= {*program.inputs}:
            continue
        weights = [numbers.get(f"{x}->{unit}", ZERO) for x in program.inputs]
        bias = numbers.get(f"{unit}.bias", ZERO)
        yield (*weights, bias)
        if d == 1:
            yield (*weights, -bias)
            yield (*weights, ZERO)


def _lines_of_formulas(claim, texts, bounds):
    """Yield (weights, constant) of the affine gaps whose sign decides inside a formula."""
    corner = [low for low, _ in bounds]
    places = [corner]
    for k, (_, high) in enumerate(bounds):
        places.append([*corner[:k], high, *corner[k + 1 :]])
    places.append([low + (high - low) * fmpq(3, 7) for low, high in bounds])
    known = [{**claim.own.at(p), **claim.parameters} for p in places]
    for text in dict.fromkeys(texts):
        for gap in _gaps(text):
            try:
                values = [evaluate(gap, k) for k in known]
            except NoValueError:
                continue
            slopes = [
                (v - values[0]) / (high - low)
                for v, (low, high) in zip(values[1:-1], bounds, strict=True)
            ]
            constant = values[0] - sum(s * v for s, v in zip(slopes, corner, strict=True))
            there = constant + sum(s * v for s, v in zip(slopes, places[-1], strict=True))
            if there == values[-1] and any(slopes):
                yield (*slopes, constant)


def _gaps(text):
    """Return the texts whose sign decides: differences of what is compared."""
    if not BENT.search(text):
        return []
    plain = re.sub(r"\b([A-Za-z]\w*)\.(\d+)", r"\1__\2", text).strip()
    found = []
    for node in ast.walk(ast.parse(plain, mode="eval")):
        parts = []
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.Call):
            parts = node.args
            if node.func.id in ("relu", "abs", "step"):
                found.append(f"({ast.get_source_segment(plain, node.args[0])})")
        for a, b in itertools.combinations([ast.get_source_segment(plain, p) for p in parts], 2):
            found.append(f"({a}) - ({b})")
    return found


def _breaks(program, low, high):
    """Return where the units of a network of one input bend, layer after layer."""
    xs = [low, high]
    for unit in program.units:
        every = np.empty(len(xs), dtype=object)
        every[:] = xs
        pre = program.run(x={program.inputs[0]: every})[f"{unit}.pre"].tolist()
        pairs = zip(xs, xs[1:], pre, pre[1:], strict=False)
        crossed = [a - p * (b - a) / (q - p) for a, b, p, q in pairs if p * q < 0]
        xs = sorted({*xs, *crossed})
    return xs


def _meeting(one, other):
    """Return the point at which two lines meet, if they meet in one."""
    (a, b, c), (d, e, f) = one, other
    det = a * e - b * d
    if det == 0:
        return []
    return [(fmpq(0) + (b * f - c * e) / det, fmpq(0) + (c * d - a * f) / det)]
