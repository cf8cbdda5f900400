"""The causal partition of a unit on the unit square: corners that it does not tell apart are tied.

Corners of one class are joined by a band and have the same marker, so that neither colour nor
position alone says which belong together.
"""

from __future__ import annotations

from collections.abc import Mapping

from toynets.errors import ToynetsError
from toynets.plots.colours import mixed
from toynets.plots.page import Page
from toynets.plots.panels import spot
from toynets.verification.classes import Partition

SHAPES = ("o", "s", "D", "p")
SHADES = (0.0, 0.3, 0.55, 0.15)


def draw_partition(
    page: Page,
    x: float,
    y: float,
    side: float,
    found: Partition,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Draw the four corners, joined by class.

    Args:
        page: where.
        x, y: the lower left corner, in mm.
        side: in mm, with the room for the markers.
        found: over two bits.
        texts: what stands in each corner, by its label; default the letter of its class.

    Raises:
        ToynetsError: another domain than two bits, or a partition that is not known.
    """
    if set(found.rows) != {"00", "01", "10", "11"} or not found.classes:
        raise ToynetsError(
            f"the partition of {found.unit} is not one of the corners of a square.",
            cause=found.why or f"its domain is {found.domain}.",
            fix="partition squares are drawn of networks of two bits.",
        )
    style = page.style
    low, reach = 0.18 * side, 0.64 * side
    square = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]

    def at(corner: tuple[int, int]) -> tuple[float, float]:
        return x + low + reach * corner[0], y + low + reach * corner[1]

    outline = [at(corner) for corner in square]
    page.line(*zip(*outline, strict=True), colour="rule", order=1)
    for k, one in enumerate(found.classes):
        places = [(int(label[0]), int(label[1])) for label in one.inputs]
        shade = mixed(style.colour("positive"), style.colour("paper"), SHADES[k])
        for i, a in enumerate(places):
            for b in places[i + 1 :]:
                ends = zip(at(a), at(b), strict=True)
                page.line(*ends, colour="faint", linewidth=3 * style.size("thick"))
        for label, place in zip(one.inputs, places, strict=True):
            said = texts[label] if texts is not None else "abcd"[k]
            name = f"{found.unit} of {found.network} on {label} at {x:.1f}, {y:.1f}"
            spot(page, page.sheet, *at(place), said, name, SHAPES[k], shade)
