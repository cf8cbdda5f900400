"""Curves of several contestants over one quantity: accuracy against what is dropped, a loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from toynets.errors import ToynetsError
from toynets.plots.figure import Figure, Key, finish
from toynets.plots.numbers import printed
from toynets.plots.style import Style, plot

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toynets.plots.page import Page

# (colour, dash, marker): apart by two of the three everywhere.
LOOKS = (
    ("positive", "-", "o"),
    ("ink", (0, (4, 2)), "s"),
    ("muted", "-", "^"),
    ("ink", (0, (1, 1.5)), "D"),
    ("muted", (0, (5, 1.5, 1, 1.5)), "v"),
    ("ink", "-", "x"),
)
EVERY = tuple(range(len(LOOKS)))
MOST_MARKED = 24  # points of a curve that all have a marker
MARKERS = 6  # on a curve of more
DASH_NAMES = ("-", "--", "-", ":", "-.", "-")


def keys_of(style: Style, names: Sequence[str], looks: Sequence[int] = EVERY) -> tuple[Key, ...]:
    """Return the keys of curves in their order, or of these looks."""
    return tuple(
        Key(name, style.colour(LOOKS[k][0]), DASH_NAMES[k], LOOKS[k][2])
        for k, name in zip(looks, names, strict=False)  # there are more looks than names
    )


def draw_curves(
    page: Page,
    axes: Axes,
    curves: Mapping[str, Sequence[tuple[float, float]]],
    *,
    right: float,
    least: float = 3.4,
    looks: Sequence[int] = EVERY,
) -> None:
    """Draw curves with their names at the right end, moved apart where they would touch.

    Args:
        page: for its style.
        axes: whose limits are set.
        curves: name -> (x, y) in order; at most 6.
        right: the x at which the names begin, in the units of the axes.
        least: mm between two names.
        looks: numbers of `LOOKS`, a curve each, where a name looks as in another panel.

    Raises:
        ToynetsError: more curves than there are looks.
    """
    if len(curves) > len(LOOKS):
        raise ToynetsError(
            f"{len(curves)} curves are too many to be told apart.",
            fix=f"draw at most {len(LOOKS)}, or several panels.",
        )
    box = axes.get_position()
    low, high = axes.get_ylim()
    scale = (high - low) / (box.height * page.height)  # units of the axes in a mm
    ends = {name: points[-1][1] for name, points in curves.items()}
    names = sorted(ends, key=lambda name: (ends[name], name))
    places = dict(zip(names, _apart([ends[n] for n in names], least * scale, high), strict=True))
    for k, (name, points) in zip(looks, curves.items(), strict=False):
        colour, dash, kind = LOOKS[k]
        xs, ys = zip(*points, strict=True)
        page.line(xs, ys, axes=axes, colour=colour, linestyle=dash, width="line", clip_on=False)
        fill = "paper" if kind in "s^Dv" else colour
        for x, y in _marked(points, k):
            page.marker(x, y, kind=kind, points=3.2, fill=fill, edge=colour, axes=axes)
        page.line(
            [xs[-1], right],
            [ys[-1], places[name]],
            axes=axes,
            colour="rule",
            width="thin",
            order=1,
            clip_on=False,
        )
        page.text(right, places[name], f" {name}", size="small", align="left", axes=axes)


def _apart(heights: Sequence[float], least: float, high: float) -> list[float]:
    """Return rising heights moved up until they are apart, and down again below a limit.

    >>> _apart([0.0, 5.0, 5.0, 5.0], 1.0, 6.0)
    [0.0, 4.0, 5.0, 6.0]
    """
    found = list(heights)
    for k in range(1, len(found)):
        found[k] = max(found[k], found[k - 1] + least)
    for k in reversed(range(len(found))):
        found[k] = min(found[k], high if k == len(found) - 1 else found[k + 1] - least)
    return found


def _marked(points: Sequence[tuple[float, float]], k: int) -> Sequence[tuple[float, float]]:
    """Return the points that have a marker: all of a few; of many some, others on each curve.

    >>> _marked([(0, 1), (1, 2)], 3), len(_marked([(j, 0) for j in range(120)], 2))
    ([(0, 1), (1, 2)], 6)
    """
    stride = max(1, len(points) // MARKERS)
    few = len(points) <= MOST_MARKED
    return points if few else points[(k * stride) // len(LOOKS) :: stride][:MARKERS]


@plot
def curves(
    given: Mapping[str, Sequence[tuple[float, float]]],
    *,
    style: Style,
    across: str,
    up: str,
    name: str = "curves",
) -> Figure:
    """Draw curves over one quantity, each with its name at its end.

    Args:
        given: name -> (x, y) in order; at most 6.
        style: how it looks.
        across, up: what the axes show.
        name: of the files.

    Raises:
        ToynetsError: no curves, or more than can be told apart.

    >>> made = curves({"a": [(0, 1), (1, 0.5)]}, across="share dropped", up="accuracy")
    >>> made.numbers["curves"]["a"]
    [[0, 1], [1, 0.5]]
    """
    if not given or any(not points for points in given.values()):
        raise ToynetsError("there are no points to draw.", fix="give name -> [(x, y), …].")
    xs = sorted({x for points in given.values() for x, _ in points})
    ys = [y for points in given.values() for _, y in points]
    low, high = min(ys), max(ys)
    room = 0.08 * (high - low or 1.0)
    page = style.page(height_mm=56, natural="single")
    names_width = max(page.measure(one, "small")[0] for one in given) + 4
    wide = page.width - 14 - names_width
    axes = page.axes(
        10,
        11,
        wide,
        36,
        across=(xs[0], xs[-1] if len(xs) > 1 else xs[0] + 1),
        up=(low - room, high + room),
        ticks_across=[xs[0], xs[-1]],
        ticks_up=[low, high],
        name_up=up,
    )
    page.text(10 + wide / 2, 3.5, across, size="small", colour="muted")
    draw_curves(page, axes, given, right=xs[-1] + 0.06 * (xs[-1] - xs[0] or 1.0))
    return finish(
        page,
        name,
        numbers={"curves": {n: [list(p) for p in points] for n, points in given.items()}},
        claim=f"{up} against {across}: {len(given)} curves, from {printed(xs[0])} to "
        f"{printed(xs[-1])}.",
        alt=f"{len(given)} curves of {up} against {across}: {', '.join(given)}."[:250],
        description=" ".join(
            f"{n} goes from {printed(points[0][1])} to {printed(points[-1][1])}."
            for n, points in given.items()
        ),
        keys=keys_of(style, list(given)),
    )
