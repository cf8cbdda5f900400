"""The landscape: an output over a box of two inputs, as bands between exact level lines.

The function is affine on each region, so that every band is a polygon with exact corners: nothing
is sampled, and nothing is a raster.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from toynets.fields import record
from toynets.plots.cells import tint
from toynets.plots.style import Style
from toynets.rationals import fraction, rational
from toynets.verification.proofs.regions import regions

Corner = tuple[Fraction, Fraction]


@record(frozen=True)
class Band:
    """A part of one region on which an output is between two levels.

    Attributes:
        corners: of the polygon, in order.
        lower, upper: the levels; None where it goes on without end.
    """

    corners: tuple[Corner, ...]
    lower: Fraction | None
    upper: Fraction | None


@record(frozen=True)
class Landscape:
    """An output over a box.

    Attributes:
        bands: of all regions.
        joints: (end, end) of every line on which the slope changes.
        lines: (end, end) of every level line, by level.
        low, high: the ends of the output.
    """

    bands: tuple[Band, ...]
    joints: tuple[tuple[Corner, Corner], ...]
    lines: tuple[tuple[Fraction, Corner, Corner], ...]
    low: Fraction
    high: Fraction


def landscape(network: Any, box: Any, levels: Sequence[Any], output: int = 0) -> Landscape:
    """Cut the regions of a network at levels of one output.

    Args:
        network: piecewise linear, of two inputs.
        box: `[0,1]^2`, or a `Domain` of kind box.
        levels: increasing.
        output: which one.

    >>> from toynets.zoo import load
    >>> found = landscape(load("xor-sum").network, "[0,1]^2", ["1/2"])
    >>> len(found.bands), len(found.joints), str(found.low), str(found.high)
    (4, 1, '0', '1')
    """
    cuts = [fraction(rational(level)) for level in levels]
    bands: list[Band] = []
    lines: list[tuple[Fraction, Corner, Corner]] = []
    values: list[Fraction] = []
    sides: dict[frozenset[Corner], list[Any]] = {}
    for region in regions(network, box):
        if len(region.vertices) < 3:
            continue
        a, b, c = region.affine[output]
        corners = [(x, y) for x, y in region.vertices]
        heights = [a * x + b * y + c for x, y in corners]
        values += heights
        for k, corner in enumerate(corners):
            edge = frozenset((corner, corners[(k + 1) % len(corners)]))
            sides.setdefault(edge, []).append((a, b, c))
        for lower, upper in zip([None, *cuts], [*cuts, None], strict=True):
            # A flat region is one band, even where it lies on a level.
            inside = (lower is None or c >= lower) and (upper is None or c < upper)
            part = corners if a or b or inside else []
            if lower is not None:
                part = clip(part, (a, b, c - lower))
            if upper is not None:
                part = clip(part, (-a, -b, upper - c))
            if len(part) > 2:
                bands.append(Band(tuple(part), lower, upper))
        for level in cuts:
            ends = crossing(corners, (a, b, c - level))
            if ends:
                lines.append((level, ends[0], ends[1]))
    joints = [tuple(edge) for edge, seen in sides.items() if len(set(seen)) > 1]
    ordered = tuple(sorted((min(e), max(e)) for e in joints))
    return Landscape(tuple(bands), ordered, tuple(lines), min(values), max(values))


def clip(corners: Sequence[Corner], affine: tuple[Any, Any, Any]) -> list[Corner]:
    """Return the part of a convex polygon on which an affine function is at least 0."""
    a, b, c = affine
    kept: list[Corner] = []
    for (x, y), (u, v) in _edges(corners):
        here, there = a * x + b * y + c, a * u + b * v + c
        if here >= 0:
            kept.append((x, y))
        if (here > 0 > there) or (here < 0 < there):
            share = here / (here - there)
            kept.append((x + share * (u - x), y + share * (v - y)))
    return kept


def crossing(corners: Sequence[Corner], affine: tuple[Any, Any, Any]) -> list[Corner]:
    """Return the two ends of the line on which an affine function is 0 inside a polygon, or []."""
    a, b, c = affine
    found: list[Corner] = []
    for (x, y), (u, v) in _edges(corners):
        here, there = a * x + b * y + c, a * u + b * v + c
        if here == 0 and (x, y) not in found:
            found.append((x, y))
        if (here > 0 > there) or (here < 0 < there):
            share = here / (here - there)
            found.append((x + share * (u - x), y + share * (v - y)))
    return found[:2] if len(found) >= 2 else []


def _edges(corners: Sequence[Corner]) -> Iterator[tuple[Corner, Corner]]:
    return zip(corners, [*corners[1:], *corners[:1]], strict=True)


def draw_landscape(axes: Any, style: Style, found: Landscape, *, largest: Any = None) -> None:
    """Draw bands, level lines and joints.

    Args:
        axes, style: where, and how.
        found: what to draw.
        largest: the size of output that has the full shade; default the largest there is.
    """
    from matplotlib.patches import Polygon

    top = float(largest if largest is not None else max(abs(found.low), abs(found.high))) or 1.0
    for band in found.bands:
        ends = [found.low if band.lower is None else band.lower]
        ends.append(found.high if band.upper is None else band.upper)
        middle = float(sum(max(found.low, min(e, found.high)) for e in ends)) / 2
        colour = tint(style, middle, top)
        axes.add_patch(
            Polygon(
                [(float(x), float(y)) for x, y in band.corners],
                closed=True,
                facecolor=colour,
                edgecolor=colour,
                linewidth=0.5,
                zorder=1,
            )
        )
    for _, (x, y), (u, v) in found.lines:
        axes.plot(
            [float(x), float(u)],
            [float(y), float(v)],
            color=style.colour("paper"),
            lw=style.size("thin"),
            zorder=2,
        )
    for (x, y), (u, v) in found.joints:
        axes.plot(
            [float(x), float(u)],
            [float(y), float(v)],
            color=style.colour("ink"),
            lw=style.size("thick"),
            zorder=3,
        )
