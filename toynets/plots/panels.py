"""What panels share: signed bars, squares of two inputs, markers with a number on them.

A negative number is never told by its colour alone: it has its minus, and a dash or a hatch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain
from toynets.plots.cells import readable
from toynets.plots.colours import mixed
from toynets.plots.inputs import domain_of, rows_of
from toynets.plots.page import Page

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toynets.network import Network
    from toynets.plots.style import Style

DASH = (0, (3.0, 1.5))
HATCH = "/////"
LONG = 1_000_000  # a larger denominator is one of rounding
_NAME = re.compile(r"\b([A-Za-z])([0-9]{1,4})(\.[0-9]{1,4})?\b")


def finite(network: Network, domain: Domain | None, most: int = 64) -> Domain:
    """Return the inputs that a figure shows as a domain: of a box its corners; default all bits.

    Raises:
        ToynetsError: more than `most` inputs.

    >>> from toynets.zoo import load
    >>> finite(load("max-2").network, Domain.box("[0,1]^2")).labels
    ('00', '01', '10', '11')
    """
    rows = rows_of(network, domain, most)
    given = domain_of(network, domain)
    return given if given.bounds is None else Domain.listed([list(x) for x in rows])


def named(style: Style, text: str) -> str:
    """Write the names of units in a text as the notation of a style does, and a real minus.

    >>> from toynets.plots.style import Style
    >>> named(Style(), "relu(x1 - x2)")
    'relu(x₁ − x₂)'
    """
    write = style.written.unit
    return _NAME.sub(lambda m: write(m[0]), text).replace("->", "→").replace("-", "\N{MINUS SIGN}")


def kept(value: Any) -> Any:
    """Return a number of the public side as a data file holds it: whole, a fraction as text, float.

    >>> kept(Fraction(-2)), kept(Fraction(1, 3)), kept(0.5)
    (-2, '1/3', 0.5)
    """
    if isinstance(value, Fraction):
        short = value.denominator <= LONG
        return int(value) if value.denominator == 1 else str(value) if short else float(value)
    return int(value) if isinstance(value, int) else float(value)


def of_sign(style: Style, value: Any) -> str:
    """Return the colour of a number's sign; that of ink where it is 0."""
    size = float(value)
    return style.colour("positive" if size > 0 else "negative" if size < 0 else "ink")


def signed_bar(
    page: Page, axes: Axes, at: float, value: Any, *, across: bool, thick: float = 0.7
) -> None:
    """Draw one signed bar from 0: filled where positive; hatched, with a dashed edge, where not.

    Args:
        page: for its style.
        axes: in whose units it is.
        at: its place on the other axis.
        value: its length, with its sign.
        across: it lies along x; else it stands.
        thick: how thick it is.
    """
    from matplotlib.patches import Rectangle

    style, size = page.style, float(value)
    if size == 0:
        return
    corner = (min(size, 0.0), at - thick / 2) if across else (at - thick / 2, min(size, 0.0))
    extent = (abs(size), thick) if across else (thick, abs(size))
    colour = of_sign(style, value)
    look: dict[str, Any] = {"facecolor": colour, "linestyle": "-"}
    if size < 0:
        pale = mixed(colour, style.colour("paper"), 0.25)
        look = {"facecolor": pale, "linestyle": DASH, "hatch": HATCH}
    axes.add_patch(
        Rectangle(corner, *extent, edgecolor=colour, linewidth=style.size("thin"), zorder=3, **look)
    )


def unit_square(
    page: Page, x: float, y: float, side: float, names: Sequence[str], margin: float = 0.12
) -> Axes:
    """Add axes over the square from 0 to 1, with room for markers on its corners.

    Args:
        page: where.
        x, y: the lower left corner of the room, in mm.
        side: of the room, in mm.
        names: what is along x and up y.
        margin: of room on each side, as a share of the square.
    """
    limits = (-margin, 1 + margin)
    made = page.axes(x, y, side, side, across=limits, up=limits)
    for spine in made.spines.values():
        spine.set_visible(False)
    scale = side / (1 + 2 * margin)
    page.text(x + side / 2, y + 0.2, f"{names[0]} →", size="small", level="top", colour="muted")
    page.text(
        x - 0.2 + scale * margin * 0.3,
        y + side / 2,
        f"{names[1]} →",
        size="small",
        colour="muted",
        turned=90,
        level="bottom",
    )
    return made


def spot(
    page: Page,
    axes: Axes,
    x: Any,
    y: Any,
    said: str,
    name: str,
    kind: str = "o",
    fill: str = "paper",
) -> None:
    """Draw a marker with a number on it.

    Args:
        page: for its style.
        axes: in whose units it is.
        x, y: where.
        said: what stands on it.
        name: of the marker; other texts may not stand on it.
        kind: of the marker.
        fill: its colour.
    """
    points = page.style.size("small") * 1.8
    page.marker(float(x), float(y), kind=kind, points=points, fill=fill, name=name, axes=axes)
    ground = fill if fill.startswith("#") else page.style.colour(fill)
    ink = readable(page.style, ground)
    page.text(float(x), float(y), said, size="small", axes=axes, on=name, colour=ink)
