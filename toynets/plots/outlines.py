"""How much room a text takes, and the outline of a box with round corners."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from toynets.plots.style import FAMILY, MM

POINT = MM / 72  # mm
UNIT, ON = "unit", "on"  # what the identity of a shape, and of the text that stands on it, is


def identity(kind: str, name: str) -> str:
    """Return what tells an artist apart in the SVG file, and its owner in the checks.

    >>> identity(UNIT, "h1.2")
    'unit-h1_2'
    """
    return f"{kind}-{re.sub('[^A-Za-z0-9_-]', '_', name)}"


@lru_cache(maxsize=10_000)
def extent(text: str, points: float, bold: bool = False) -> tuple[float, float]:
    """Return width and height in mm of a line of text, or of several.

    >>> extent("x₁", 8.0)[0] < extent("x₁ + x₂", 8.0)[0]
    True
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(family=FAMILY, size=points, weight="bold" if bold else "normal")
    lines = text.split("\n")
    reader = TextToPath()
    width = max(
        reader.get_text_width_height_descent(line, font, ismath=False)[0] if line else 0.0
        for line in lines
    )
    return width * POINT, (0.95 + 1.2 * (len(lines) - 1)) * points * POINT


def rounded(x: float, y: float, width: float, height: float, radius: float) -> Any:
    """Return the path of a box whose corners are arcs of circles."""
    from matplotlib.path import Path

    left, right, low, high = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    if radius <= 0:
        corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
        return Path(corners, closed=True)
    r, k = radius, radius * (1 - 0.5522847)  # cubic that is nearest to a quarter of a circle
    points = [
        (left + r, low), (right - r, low), (right - k, low), (right, low + k), (right, low + r),
        (right, high - r), (right, high - k), (right - k, high), (right - r, high),
        (left + r, high), (left + k, high), (left, high - k), (left, high - r),
        (left, low + r), (left, low + k), (left + k, low), (left + r, low), (left + r, low),
    ]  # fmt: skip
    side = [Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    return Path(points, [Path.MOVETO, *side * 4, Path.CLOSEPOLY])
