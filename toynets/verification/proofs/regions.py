"""The linear regions of a network with one or two inputs, exactly: intervals and polygons.

A region is where every unit keeps its side: relu and abs at most or at least 0 (closed sides, they
agree on the border), step at most 0 or above 0. A step jumps, so that the border itself belongs to
one side: regions of networks with step units may be open on some edges, and the borders on which
two step units change at once are regions of their own, segments or points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpq_mat

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import field, record
from toynets.rationals import ONE, ZERO, Rational, fraction, from_float

PIECEWISE = ("identity", "relu", "abs", "step", "softmax")
Point = tuple[Any, ...]
Affine = tuple[Any, ...]  # a coefficient per input, then the constant


@record(frozen=True)
class Region:
    """One linear region.

    Attributes:
        vertices: the two ends of an interval, or the corners of a polygon in order (of a segment
            its ends, of a point itself); `fractions.Fraction`.
        affine: per output the coefficient of each input, then the constant.
        active: the hidden units whose pre-activation is above 0 inside.
        pattern: for each hidden unit that is not affine, 1 above 0 and 0 elsewhere.
        open_sides: affine functions (coefficients, then constant) that must be above 0: borders
            that do not belong to the region. Empty without step units.
    """

    vertices: tuple[Point, ...]
    affine: tuple[Affine, ...]
    active: tuple[str, ...]
    pattern: tuple[int, ...]
    open_sides: tuple[Affine, ...] = ()


@record
class _Cell:
    """A region on the way: exact corners, and what each value of the last layer is on it."""

    corners: list[Point]
    strict: list[Affine] = field(default_factory=list)
    on: list[bool] = field(default_factory=list)


def regions(network: Any, box: Any, *, limit: int = 200_000) -> list[Region]:
    """Return the linear regions of a network over a box of one or two inputs.

    Args:
        network: piecewise linear: relu, abs, step, identity; a softmax output is its logits less
            their mean.
        box: a `Domain` of kind box, or what `Domain.box` reads.
        limit: of regions.

    Raises:
        ToynetsError: more than two inputs, a curved activation, or more regions than the limit.

    >>> from toynets.network import Network
    >>> bent = Network.from_layers([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")])
    >>> [(r.vertices, r.affine, r.active) for r in regions(bent, "[-1,1]")][0]
    (((Fraction(0, 1),), (Fraction(1, 1),)), ((Fraction(1, 1), Fraction(0, 1)),), ('h1',))
    """
    box = box if isinstance(box, Domain) else Domain.box(box)
    dimension = len(network.inputs)
    if box.bounds is None or box.dimension != dimension or dimension > 2:
        raise ToynetsError(
            f"regions are drawn over a box of one or two inputs; the network has {dimension}, "
            f"the domain is {box.text}.",
            fix='write a box with an interval per input, "[-1,1]^2"; prove and range work on '
            "more inputs.",
        )
    for layer in network.layers:
        if layer.activation not in PIECEWISE:
            raise ToynetsError(
                f"a network with {layer.activation} units has no linear regions.",
                cause="regions are where relu, abs, identity and step units are affine.",
            )
    values = _identity(dimension)
    found = [(_Cell(_corners(box.bounds)), values)]
    for layer in network.layers:
        found = _through(layer, found, dimension, limit)
    return [_public(network, cell, rows, dimension) for cell, rows in found]


def _identity(dimension: int) -> Any:
    rows = [[ONE if j == i else ZERO for j in range(dimension + 1)] for i in range(dimension)]
    return fmpq_mat(dimension, dimension + 1, [v for row in rows for v in row])


def _corners(bounds: Sequence[tuple[Rational, Rational]]) -> list[Point]:
    if len(bounds) == 1:
        ends: list[Point] = [(bounds[0][0],), (bounds[0][1],)]
    else:
        (a, b), (c, d) = bounds
        ends = [(a, c), (b, c), (b, d), (a, d)]
    return _distinct(ends)


def _through(layer: Any, cells: list[Any], dimension: int, limit: int) -> list[Any]:
    """Cut cells where units of a layer change sides, and compute its values on each."""
    height, width = len(layer.units), len(layer.weight[0])
    numbers = [
        from_float(layer.weight[i][j]) if layer.has(i, j) else ZERO
        for i in range(height)
        for j in range(width)
    ]
    weight = fmpq_mat(height, width, numbers)
    bias = [ZERO] * height if layer.bias is None else [from_float(b) for b in layer.bias]
    made = []
    for cell, values in cells:
        product = (weight * values).entries()
        rows = [[*product[i * (dimension + 1) : (i + 1) * (dimension + 1)]] for i in range(height)]
        for row, b in zip(rows, bias, strict=True):
            row[-1] = row[-1] + b
        if layer.activation in ("identity", "softmax"):
            made.append((cell, _matrix(_centred(rows) if layer.activation == "softmax" else rows)))
            continue
        parts = [cell]
        for row in rows:
            parts = [piece for part in parts for piece in _cut(part, row, layer.activation)]
        if len(made) + len(parts) > limit:
            raise ToynetsError(f"there are more than {limit} linear regions.")
        for part in parts:
            sides = part.on[-height:]
            made.append((part, _matrix(_after(layer.activation, rows, sides))))
    return made


def _matrix(rows: Sequence[Sequence[Any]]) -> Any:
    return fmpq_mat(len(rows), len(rows[0]), [v for row in rows for v in row])


def _centred(rows: list[list[Any]]) -> list[list[Any]]:
    means = [sum(column, ZERO) / len(rows) for column in zip(*rows, strict=True)]
    return [[v - m for v, m in zip(row, means, strict=True)] for row in rows]


def _after(activation: str, rows: list[list[Any]], sides: Sequence[bool]) -> list[list[Any]]:
    """Return each unit's value as an affine function on one side."""
    found = []
    for row, on in zip(rows, sides, strict=True):
        if activation == "step":
            found.append([ZERO] * (len(row) - 1) + [ONE if on else ZERO])
        elif on:
            found.append(row)
        else:
            found.append([-v for v in row] if activation == "abs" else [ZERO] * len(row))
    return found


def value_at(affine: Sequence[Any], point: Point) -> Any:
    """Return an affine function at a point."""
    total = affine[-1]
    for c, v in zip(affine, point, strict=False):
        if c.p:
            total = total + c * v
    return total


def _cut(cell: _Cell, affine: list[Any], activation: str) -> list[_Cell]:
    """Return the parts of a cell on which one unit keeps its side, each with that side."""
    heights = [value_at(affine, corner) for corner in cell.corners]
    some_above = any(h.p > 0 for h in heights)
    some_below = any(h.p < 0 for h in heights)
    if not some_above:
        return [_Cell(cell.corners, cell.strict, [*cell.on, False])]
    if activation == "step":
        if not some_below and not _touches(cell, heights):
            return [_Cell(cell.corners, cell.strict, [*cell.on, True])]
        upper = _Cell(_side(cell.corners, heights), [*cell.strict, tuple(affine)], [*cell.on, True])
        lower = _Cell(_side(cell.corners, [-h for h in heights]), cell.strict, [*cell.on, False])
        return [part for part in (upper, lower) if not _empty(part)]
    if not some_below:
        return [_Cell(cell.corners, cell.strict, [*cell.on, True])]
    upper = _Cell(_side(cell.corners, heights), cell.strict, [*cell.on, True])
    lower = _Cell(_side(cell.corners, [-h for h in heights]), cell.strict, [*cell.on, False])
    if not cell.strict:
        return [upper, lower]
    return [part for part in (upper, lower) if not _empty(part)]


def _touches(cell: _Cell, heights: Sequence[Any]) -> bool:
    """Whether the cell has points where a function that is nowhere negative is 0."""
    face = [c for c, h in zip(cell.corners, heights, strict=True) if h.p == 0]
    return bool(face) and not _empty(_Cell(face, cell.strict))


def _empty(cell: _Cell) -> bool:
    """Whether no point of the corners' hull is above 0 in every strict side."""
    return not all(any(value_at(s, c).p > 0 for c in cell.corners) for s in cell.strict)


def _side(corners: Sequence[Point], heights: Sequence[Any]) -> list[Point]:
    """Return the part of an interval or a polygon where a function is at least 0."""
    kept: list[Point] = []
    count = len(corners)
    for k in range(count):
        a, b, ha, hb = corners[k - 1], corners[k], heights[k - 1], heights[k]
        if ha.p * hb.p < 0:
            share = ha / (ha - hb)
            kept.append(tuple(u + share * (v - u) for u, v in zip(a, b, strict=True)))
        if hb.p >= 0:
            kept.append(b)
    return _distinct(kept)


def _distinct(corners: Sequence[Point]) -> list[Point]:
    """Drop a corner that repeats the one before it; the last is before the first."""
    found: list[Point] = []
    for corner in corners:
        if not found or corner != found[-1]:
            found.append(corner)
    while len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def _public(network: Any, cell: _Cell, rows: Any, dimension: int) -> Region:
    entries = rows.entries()
    width = dimension + 1
    hidden = [(unit, layer.activation) for layer in network.layers[:-1] for unit in layer.units]
    bent = [unit for unit, activation in hidden if activation not in ("identity", "softmax")]
    sides = cell.on[: len(bent)]
    corners = cell.corners
    if dimension == 1 and len(corners) == 2 and corners[0][0] > corners[1][0]:
        corners = corners[::-1]
    return Region(
        tuple(tuple(fraction(v) for v in corner) for corner in corners),
        tuple(
            tuple(fraction(v) for v in entries[k * width : (k + 1) * width])
            for k in range(len(network.outputs))
        ),
        tuple(u for u, on in zip(bent, sides, strict=True) if on),
        tuple(int(on) for on in sides),
        tuple(tuple(fraction(v) for v in side) for side in cell.strict),
    )
