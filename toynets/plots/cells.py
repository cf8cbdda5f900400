"""A grid of numbers with tinted cells: symmetric about 0, one scale, its bar printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.plots.colours import contrast, mixed
from toynets.plots.numbers import printed, to_number

if TYPE_CHECKING:
    from toynets.plots.page import Page
    from toynets.plots.style import Style

# Share of the sign's colour where a value is as large as the scale; a number stays readable on it.
DEEPEST = {"light": 0.55, "dark": 0.4, "grey": 0.55}
LEAST_WIDTH = 4.6  # mm, of a cell that has room for a number
BAR_STEPS = 20
HATCH = "////"
MAP_HATCH = "///"  # of what is negative in a map, so that grey shows the sign as well


def tint(style: Style, value: float, limit: float) -> str:
    """Return the colour of a cell: its sign's, the deeper the larger.

    >>> from toynets.plots.style import Style
    >>> tint(Style(), 0.0, 1.0)
    '#FFFFFF'
    """
    if value == 0 or limit == 0:
        return style.colour("paper")
    share = DEEPEST[style.theme] * min(1.0, abs(value) / limit)
    return mixed(
        style.colour("negative" if value < 0 else "positive"), style.colour("paper"), share
    )


def readable(style: Style, fill: str) -> str:
    """Return the colour of a text on a fill: ink or paper, whichever contrasts more."""
    return max((style.colour("ink"), style.colour("paper")), key=lambda c: contrast(c, fill))


def limit_of(values: Any) -> float:
    """Return the largest absolute value of numbers in nested lists; 1 where all are 0."""
    flat: list[float] = []
    pending = [values]
    while pending:
        item = pending.pop()
        if isinstance(item, list | tuple):
            pending.extend(item)
        elif item is not None:
            flat.append(abs(to_number(item)))
    return max(flat, default=0.0) or 1.0


def grid(
    page: Page,
    x: float,
    top: float,
    cell: tuple[float, float],
    values: Sequence[Sequence[Any]],
    *,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    limit: float = 1.0,
    sign: bool = False,
    numbers: bool = True,
    tinted: bool = True,
    tints: Sequence[Sequence[Any]] | None = None,
    bold: Sequence[tuple[int, int]] = (),
    digits: int = 3,
) -> float:
    """Draw a grid of numbers and return the height of its lower edge.

    Args:
        page: where.
        x, top: its upper left corner, without headings, in mm.
        cell: width and height of a cell, in mm.
        values: a list a row; None leaves a cell empty.
        rows, columns: headings, to the left and above.
        limit: the value at which a tint is deepest; the same for all grids of a figure.
        sign: write + in front of what is above 0, as of effects.
        numbers: print the numbers; else negative cells are hatched.
        tinted: fill the cells.
        tints: other numbers for the tints, as effects behind outcomes.
        bold: (row, column) of cells whose number is bold.
        digits: of a number, at most.
    """
    style = page.style
    width, height = cell
    for c, heading in enumerate(columns):
        at = x + (c + 0.5) * width
        if page.measure(heading, "small")[0] > width - 0.6:
            page.text(
                at + 0.8,
                top + 1.2,
                heading,
                size="small",
                colour="muted",
                align="left",
                level="center",
                turned=90.0,
            )
        else:
            page.text(at, top + 2.0, heading, size="small", colour="muted")
    for r, row in enumerate(values):
        middle = top - (r + 0.5) * height
        if rows:
            page.text(x - 1.5, middle, rows[r], size="small", align="right")
        for c, value in enumerate(row):
            if value is None:
                continue
            number = to_number(value)
            deep = number if tints is None else to_number(tints[r][c] or 0.0)
            fill = tint(style, deep, limit) if tinted else style.colour("paper")
            page.shape(
                x + (c + 0.5) * width, middle, width, height, fill=fill, edge="rule",
                line="thin", round=0, order=1.0,
                hatch=HATCH if deep < 0 and not numbers else "",
            )  # fmt: skip
            if tints is not None and deep:
                _mark(page, x + (c + 1) * width, middle + height / 2, deep > 0, fill)
            if numbers:
                page.text(
                    x + (c + 0.5) * width,
                    middle,
                    printed(value, digits, sign=sign),
                    size="small",
                    colour=readable(style, fill),
                    bold=(r, c) in bold,
                )
    return top - len(values) * height


def _mark(page: Page, right: float, top: float, up: bool, fill: str) -> None:
    """Draw a small triangle in the corner of a cell: the sign of an effect without colour."""
    a, b = right - 1.5, right - 0.4
    low, high = top - 1.4, top - 0.5
    middle = (a + b) / 2
    corners = [(a, low), (b, low), (middle, high)] if up else [(a, high), (b, high), (middle, low)]
    page.polygon(corners, fill=readable(page.style, fill), order=2.0)


def marks_key(page: Page, x: float, y: float, said: str) -> None:
    """Write what the triangles mean: upwards raised, downwards lowered."""
    for up, word in ((True, "raised"), (False, "lowered")):
        _mark(page, x + 1.6, y + 1.0, up, page.style.colour("paper"))
        page.text(x + 2.6, y, word, size="small", colour="muted", align="left")
        x += 2.6 + page.measure(word, "small")[0] + 2.6
    page.text(x, y, said, size="small", colour="muted", align="left")


def headings_height(page: Page, columns: Sequence[str], width: float) -> float:
    """Return how much room the headings of columns need above a grid, in mm."""
    wide = max((page.measure(c, "small")[0] for c in columns), default=0.0)
    return wide + 2.4 if wide > width - 0.6 else 4.0


def headings_width(page: Page, rows: Sequence[str]) -> float:
    """Return how much room the headings of rows need to the left of a grid, in mm."""
    return max((page.measure(r, "small")[0] for r in rows), default=0.0) + 2.0


def bar(
    page: Page,
    x: float,
    y: float,
    width: float,
    limit: float,
    said: str = "",
    *,
    hatched: bool = False,
) -> float:
    """Draw the scale of the tints from −limit to +limit, and return where it ends.

    Args:
        page: where.
        x, y: its left end and its middle, in mm.
        width: of the bar alone, in mm.
        limit: of the scale.
        said: what it is of.
        hatched: what is negative is hatched, as in maps.
    """
    style = page.style
    low, high = printed(-limit), printed(limit)
    page.text(x, y, low, size="small", align="left", colour="muted")
    start = x + page.measure(low, "small")[0] + 1.2
    step = width / (2 * BAR_STEPS)
    for k in range(-BAR_STEPS, BAR_STEPS):
        value = (k + 0.5) / BAR_STEPS * limit
        # Each reaches to the end, under those that follow: no seam shows on a screen.
        left = start + (k + BAR_STEPS) * step
        page.shape(
            (left + start + width) / 2, y, start + width - left, 2.2,
            fill=tint(style, value, limit), edge="none", round=0, order=1.0,
        )  # fmt: skip
    if hatched:
        page.polygon(
            [(start, y - 1.1), (start + width / 2, y - 1.1), (start + width / 2, y + 1.1),
             (start, y + 1.1)],
            fill="none", hatch=MAP_HATCH, order=1.2,
        )  # fmt: skip
    page.shape(
        start + width / 2, y, width, 2.2, fill="none", edge="muted", line="thin", round=0, order=1.5
    )
    page.line([start + width / 2] * 2, [y - 1.1, y + 1.1], colour="muted", width="thin", order=1.6)
    end = start + width + 1.2
    page.text(end, y, high, size="small", align="left", colour="muted")
    end += page.measure(high, "small")[0]
    if said:
        page.text(end + 3.0, y, said, size="small", align="left", colour="muted")
        end += 3.0 + page.measure(said, "small")[0]
    return end
