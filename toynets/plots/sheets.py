"""Contact sheets: all figures on one picture, as seen without one kind of cone, or in grey.

No check replaces a look. The simulation is that of `toynets.plots.colours`, pixel by pixel.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from toynets.errors import ToynetsError, unknown
from toynets.plots.colours import DEFICIENCIES

if TYPE_CHECKING:
    from toynets.plots.figure import Figure

EYES = ("protanopia", "deuteranopia", "tritanopia", "grey")
DPI = 110
GAP = 24  # dots
COLUMNS = 3


def seen(picture: Any, eye: str) -> Any:
    """Return a picture as an eye sees it.

    Args:
        picture: red, green and blue between 0 and 1; shape (height, width, 3).
        eye: one of `EYES`, or "" for the picture as it is.

    Raises:
        ToynetsError: no such eye.

    >>> seen(np.array([[[1.0, 0.0, 0.0]]]), "grey").round(2).tolist()
    [[[0.5, 0.5, 0.5]]]
    """
    if not eye:
        return picture
    if eye not in EYES:
        raise ToynetsError(unknown("eye", eye, "", EYES))
    linear = np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
    if eye == "grey":
        luminance = linear @ np.array([0.2126729, 0.7151522, 0.0721750])
        linear = np.repeat(luminance[..., None], 3, axis=2)
    else:
        linear = linear @ np.array(DEFICIENCIES[eye]).T
    linear = np.clip(linear, 0.0, 1.0)
    return np.where(
        linear <= 0.0031308, linear * 12.92, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055
    )


def sheet(figures: Sequence[Figure], eye: str = "", *, columns: int = COLUMNS) -> bytes:
    """Return a PNG of all figures side by side.

    Args:
        figures: in order; each is put into the column that is shortest so far.
        eye: one of `EYES`, or "" for the figures as they are.
        columns: how many.
    """
    from matplotlib.image import imread, imsave

    pictures = [imread(io.BytesIO(f.png(DPI)))[..., :3].astype(float) for f in figures]
    width = max(p.shape[1] for p in pictures)
    heights = [GAP] * columns
    places = []
    for picture in pictures:
        k = heights.index(min(heights))
        places.append((heights[k], GAP + k * (width + GAP)))
        heights[k] += picture.shape[0] + GAP
    made = np.full((max(heights), GAP + columns * (width + GAP), 3), 0.55)
    for picture, (top, left) in zip(pictures, places, strict=True):
        made[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    out = io.BytesIO()
    imsave(out, np.clip(seen(made, eye), 0.0, 1.0), format="png")
    return out.getvalue()
