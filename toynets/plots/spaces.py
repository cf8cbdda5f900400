"""Hidden space: where a layer of two units puts the inputs, and how it bends the grid.

The inputs are drawn twice, over the plane of the inputs and over the plane of two units of one
layer. What the output decides by is a line in the second plane where the next layer is the output.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.importance.floats import Floats
from toynets.plots.figure import Figure, Key, finish, shown
from toynets.plots.numbers import counted, printed
from toynets.plots.page import Page
from toynets.plots.panels import finite
from toynets.plots.style import Style, plot
from toynets.rationals import to_float

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toynets.network import Network

LINES = 9  # of the grid, in each direction
POINTS = 129  # of a line of the grid: 0 and 1, and every kink at a multiple of 1/128, are hit
KINDS = ("o", "s")
MOST_POINTS = 500
STEPS = 161  # of the map in which the border is found


def mapped(network: Network, units: Sequence[str], points: Any) -> Any:
    """Return the values of two units on points, shape (points, 2), in float64."""
    import numpy as np

    floats = Floats(network)
    passed = floats.run(np.asarray(points, float))
    return np.stack([floats.read(passed, unit) for unit in units], axis=1)


def grid_lines(low: Sequence[float], high: Sequence[float]) -> list[Any]:
    """Return the lines of a grid over a rectangle, each of shape (POINTS, 2)."""
    import numpy as np

    lines = []
    for k in range(LINES):
        at = [a + (b - a) * k / (LINES - 1) for a, b in zip(low, high, strict=True)]
        xs, ys = (np.linspace(a, b, POINTS) for a, b in zip(low, high, strict=True))
        lines.append(np.stack([np.full(POINTS, at[0]), ys], axis=1))
        lines.append(np.stack([xs, np.full(POINTS, at[1])], axis=1))
    return lines


def border(
    network: Network, threshold: float, low: Sequence[float], high: Sequence[float]
) -> list[Any]:
    """Return the lines on which the output is the threshold, each of shape (points, 2)."""
    import numpy as np
    from contourpy import contour_generator

    xs, ys = (np.linspace(a, b, STEPS) for a, b in zip(low, high, strict=True))
    across, up = np.meshgrid(xs, ys)
    points = np.stack([across.ravel(), up.ravel()], axis=1)
    values = Floats(network).run(points).act[-1][:, 0].reshape(STEPS, STEPS)
    return list(contour_generator(xs, ys, values).lines(threshold))


def draw_inputs(
    page: Page,
    axes: Axes,
    network: Network,
    points: Any,
    classes: Sequence[int],
    threshold: float,
    lines: Sequence[Any],
    low: Sequence[float],
    high: Sequence[float],
) -> None:
    """Draw the grid, the border of the decision and the inputs, by class.

    Args:
        page, axes: where.
        network: of two inputs.
        points: shape (points, 2).
        classes: 0 or 1 each; a ring or a filled square.
        threshold: of the output.
        lines: of the grid.
        low, high: the rectangle.
    """
    for line in lines:
        page.line(line[:, 0], line[:, 1], axes=axes, colour="rule", width="thin", order=1)
    for line in border(network, threshold, low, high):
        page.line(line[:, 0], line[:, 1], axes=axes, width="thick", order=3, linestyle=(0, (4, 2)))
    draw_classes(page, axes, points, classes)


def draw_image(
    page: Page,
    axes: Axes,
    network: Network,
    units: Sequence[str],
    points: Any,
    classes: Sequence[int],
    threshold: float,
    lines: Sequence[Any],
) -> None:
    """Draw the same in the plane of two units; the border is a line there.

    Args:
        page, axes: where.
        network: of two inputs.
        units: two of one layer.
        points: inputs, shape (points, 2).
        classes: of the points.
        threshold: of the output; the border is drawn where the units are all that it reads.
        lines: of the grid of the inputs.
    """
    import numpy as np

    for line in lines:
        there = mapped(network, units, line)
        page.line(there[:, 0], there[:, 1], axes=axes, colour="rule", width="thin", order=1)
    last = network.layers[-1]
    if set(network.layers[-2].units) == set(units) and len(last.units) == 1:
        a, b = (network.numbers[f"{u}->{last.units[0]}"] for u in units)
        level = threshold
        if last.activation == "sigmoid":
            level = float(np.log(threshold / (1 - threshold)))
        rest = level - (last.bias[0] if last.bias else 0.0)
        ends = _across(a, b, rest, axes.get_xlim(), axes.get_ylim())
        if ends:
            xs, ys = zip(*ends, strict=True)
            page.line(xs, ys, axes=axes, width="thick", order=3, linestyle=(0, (4, 2)))
    draw_classes(page, axes, mapped(network, units, points), classes)


def draw_classes(page: Page, axes: Axes, points: Any, classes: Sequence[int]) -> None:
    """Draw points: class 0 as rings, class 1 as filled squares."""
    for which, kind in enumerate(KINDS):
        chosen = [tuple(p) for p, c in zip(points, classes, strict=True) if c == which]
        for x, y in dict.fromkeys((round(float(x), 9), round(float(y), 9)) for x, y in chosen):
            fill = "positive" if which else "paper"
            page.marker(x, y, kind=kind, points=3.4, fill=fill, edge="ink", axes=axes)


def _across(
    a: float, b: float, rest: float, wide: tuple[float, float], high: tuple[float, float]
) -> list[tuple[float, float]]:
    """Return where the line a·x + b·y = rest enters and leaves a rectangle."""
    found = []
    for x in wide:
        if b and high[0] <= (rest - a * x) / b <= high[1]:
            found.append((x, (rest - a * x) / b))
    for y in high:
        if a and wide[0] <= (rest - b * y) / a <= wide[1]:
            found.append(((rest - b * y) / a, y))
    return found[:2]


def around(points: Any, room: float = 0.1) -> tuple[list[float], list[float]]:
    """Return the lower and the upper corner of a square around points, with room."""
    low, high = points.min(axis=0), points.max(axis=0)
    side = float((high - low).max()) or 1.0
    middle = (low + high) / 2
    half = side * (0.5 + room)
    return [float(m - half) for m in middle], [float(m + half) for m in middle]


@plot
def hidden_space(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    classes: Sequence[int] = (),
    units: Sequence[str] = (),
    threshold: float = 0.5,
    name: str = "hidden_space",
) -> Figure:
    """Draw the inputs in their own plane, and in the plane of two hidden units.

    Args:
        network: of two inputs and one output.
        explanation: is verified first.
        style: how it looks.
        domain: finite, or a box whose corners are taken; default all bits.
        classes: 0 or 1 for each input; default what the network decides by the threshold.
        units: two of one layer; default those of the last hidden layer.
        threshold: of the output, that the border is drawn at.
        name: of the files.

    Raises:
        ToynetsError: not two inputs, not two units, or other than one class per input.

    >>> from toynets.zoo import load
    >>> xor = load("xor-sum")
    >>> made = hidden_space(xor.network)
    >>> made.numbers["places"]["11"]
    [2.0, 1.0]
    """
    import numpy as np

    chosen = tuple(units) or network.layers[-2].units if len(network.layers) > 1 else ()
    if len(network.inputs) != 2 or len(chosen) != 2 or len(network.outputs) != 1:
        raise ToynetsError(
            "hidden space is drawn of two inputs, two units and one output; here they are "
            f"{len(network.inputs)}, {len(chosen)} and {len(network.outputs)}.",
            fix="name two units of one layer: units=('h1', 'h2').",
        )
    record_ = shown(network, explanation, domain)
    domain = finite(network, domain, MOST_POINTS)
    points = np.array([[to_float(v) for v in row] for row in domain.rows])
    if not classes:
        classes = [int(v > threshold) for v in Floats(network).run(points).act[-1][:, 0]]
    if len(classes) != len(domain.rows):
        raise ToynetsError(f"{len(domain.rows)} inputs, but {len(classes)} classes.")
    images = mapped(network, chosen, points)
    page = style.page(height_mm=45, natural="single")
    low, high = around(points)
    lines = grid_lines(low, high)
    everything = np.concatenate([images, *(mapped(network, chosen, line) for line in lines)])
    write = style.written.unit
    for k, (left, names, some) in enumerate(
        ((3.0, network.inputs, points), (46.0, chosen, images))
    ):
        first, last = (low, high) if k == 0 else around(everything)
        axes = page.axes(left + 3, 6, 34, 34, across=(first[0], last[0]), up=(first[1], last[1]))
        page.text(left + 20, 3, f"{write(names[0])} →", size="small", colour="muted")
        page.text(left + 1.5, 23, f"{write(names[1])} →", size="small", colour="muted", turned=90)
        if k == 0:
            draw_inputs(page, axes, network, some, classes, threshold, lines, low, high)
        else:
            draw_image(page, axes, network, chosen, points, classes, threshold, lines)
    page.letter(3, 42, "a", "inputs")
    page.letter(46, 42, "b", f"{write(chosen[0])} and {write(chosen[1])}")
    count = len({tuple(np.round(p, 9)) for p in images})
    said = counted(len(points), "input")
    return finish(
        page,
        name,
        numbers={
            "places": {
                label: [float(v) for v in image]
                for label, image in zip(domain.labels, images, strict=True)
            },
            "threshold": threshold,
            "inputs": len(points),
            "distinct places": count,
        },
        claim=f"What becomes of {said} (a) in the plane of two hidden units (b): "
        f"{counted(count, 'place')}. Faint: a grid and its image; dashed: output "
        f"{printed(threshold)}; filled squares: class 1.",
        alt=f"{said} of {network.name or 'a network'} in their plane and in that of "
        f"two hidden units, with {counted(count, 'place')} there; the grid is bent by the layer.",
        description="Left the plane of the inputs with a square grid, right the image of grid and "
        "inputs in the plane of the two units. The dashed line is where the decision changes.",
        shows=[record_],
        keys=(Key("class 1", style.colour("positive"), marker="s"),),
    )
