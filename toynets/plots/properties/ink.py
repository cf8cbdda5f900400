"""What a drawing puts on paper: every text with its box, every line, every area, in millimetres.

The drawing is given to a renderer that draws nothing and writes down what it is asked for, so that
the checks see what a file will hold, not what a script meant.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from matplotlib.backend_bases import RendererBase

from toynets.fields import field, record
from toynets.plots.colours import mixed
from toynets.plots.colours import text as hexadecimal
from toynets.plots.style import MM

if TYPE_CHECKING:
    from toynets.plots.figure import Figure

Corner = tuple[float, float]
HIDDEN = 0.02  # mm: what is nearer is at the same place


@record(frozen=True)
class Words:
    """A text: its corners in mm (of the letters themselves, turned as they are), and its look."""

    text: str
    corners: tuple[Corner, ...]
    points: float
    colour: str
    owner: str  # the identity that its artist was given, "" where none
    order: int


@record(frozen=True)
class Stroke:
    """A line or an area: its points in mm, and its look."""

    points: tuple[Corner, ...]
    width: float  # pt; 0 for an area without an edge
    colour: str
    dash: tuple[float, ...]
    fill: str  # "" for a line
    hatch: str
    owner: str
    order: int
    clip: tuple[float, float, float, float] | None
    kind: str  # `line2d`, `patch`, `text` (a box behind words), …

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return min(xs), min(ys), max(xs), max(ys)


@record
class Ink:
    """All of it, in the order in which it is drawn."""

    width: float
    height: float
    paper: str
    words: list[Words] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    images: int = 0


@lru_cache(maxsize=20_000)
def _letters(text: str, points: float, bold: bool, italic: bool) -> tuple[float, ...]:
    """Return left, bottom, right, top of the letters, from the start of the base line."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    from toynets.plots.style import FAMILY

    font = FontProperties(
        family=FAMILY, weight="bold" if bold else "normal", style="italic" if italic else "normal"
    )
    path = TextPath((0, 0), text, size=points, prop=font, usetex=False)
    if not len(path.vertices):
        return 0.0, 0.0, 0.0, 0.0
    box = path.get_extents()
    return float(box.x0), float(box.y0), float(box.x1), float(box.y1)


class Recorder(RendererBase):
    """A renderer that writes down what it is asked to draw."""

    def __init__(self, drawing: Any) -> None:
        super().__init__()
        self.dpi = drawing.dpi
        self.scale = MM / drawing.dpi
        self.size = (drawing.bbox.width, drawing.bbox.height)
        self.paper = hexadecimal(tuple(drawing.get_facecolor()[:3]))
        self.ink = Ink(self.size[0] * self.scale, self.size[1] * self.scale, self.paper)
        self.groups: list[tuple[str, str]] = []
        self.count = 0

    def flipy(self) -> bool:
        """Heights count from below."""
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the page in dots."""
        return self.size

    def points_to_pixels(self, points: Any) -> Any:
        """Return dots of points."""
        return points * MM / 72 / self.scale

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin an artist."""
        self.groups.append((s, gid or ""))

    def close_group(self, s: str) -> None:
        """End an artist."""
        self.groups.pop()

    def _owner(self) -> str:
        return next((gid for _, gid in reversed(self.groups) if gid), "")

    def _colour(self, rgba: Sequence[float], alpha: float | None = None) -> str:
        share = float(rgba[3]) if len(rgba) > 3 else 1.0
        solid = hexadecimal((float(rgba[0]), float(rgba[1]), float(rgba[2])))
        return solid if share * (alpha or 1.0) >= 1 else mixed(solid, self.paper, share)

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803  # the name that matplotlib gives
        """Write a line or an area down."""
        self.count += 1
        # Bézier curves become short lines; a closing point repeats the first one.
        points: list[Corner] = []
        for polygon in path.to_polygons(transform, closed_only=False):
            points += [(float(x) * self.scale, float(y) * self.scale) for x, y in polygon]
        if not points:
            return
        width = gc.get_linewidth() * 72 * self.scale / MM
        clip = gc.get_clip_rectangle()
        dash = gc.get_dashes()[1]
        visible = width > 0 and gc.get_rgb()[3] > 0
        fill: Sequence[float] = () if rgbFace is None else tuple(map(float, rgbFace))
        if len(fill) > 3 and fill[3] == 0:
            fill = ()
        if not visible and not fill:
            return
        self.ink.strokes.append(
            Stroke(
                tuple(points),
                width if visible else 0.0,
                self._colour(gc.get_rgb()),
                () if dash is None else tuple(map(float, dash)),
                self._colour(fill) if fill else "",
                gc.get_hatch() or "",
                self._owner(),
                self.count,
                None if clip is None else tuple(float(v) * self.scale for v in clip.extents),
                next((kind for kind, _ in reversed(self.groups)), ""),
            )
        )

    def draw_image(self, *args: Any, **given: Any) -> None:
        """Count a picture."""
        self.ink.images += 1

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float,
        ismath: Any = False, mtext: Any = None,
    ) -> None:  # fmt: skip
        """Write a text down with the box of its letters."""
        self.count += 1
        points = float(prop.get_size_in_points())
        bold = prop.get_weight() in ("bold", 700)
        box = _letters(s, points, bold, prop.get_style() == "italic")
        turn = math.radians(angle)
        corners = []
        for u, v in ((0, 1), (2, 1), (2, 3), (0, 3)):
            a, b = box[u] * MM / 72, box[v] * MM / 72
            corners.append(
                (
                    x * self.scale + a * math.cos(turn) - b * math.sin(turn),
                    y * self.scale + a * math.sin(turn) + b * math.cos(turn),
                )
            )
        owner = self.groups[-1][1] if self.groups else ""
        self.ink.words.append(
            Words(s, tuple(corners), points, self._colour(gc.get_rgb()), owner, self.count)
        )


def ink_of(figure: Figure) -> Ink:
    """Return all that a figure puts on paper.

    >>> from toynets.plots import diagram
    >>> from toynets.zoo import load
    >>> ink = ink_of(diagram(load("and").network))
    >>> round(ink.width), ink.images, "−1" in [w.text for w in ink.words]
    (84, 0, True)
    """
    with figure.style.settings():
        recorder = Recorder(figure.drawing)
        figure.drawing.draw(recorder)
    return recorder.ink


def turned_apart(a: Sequence[Corner], b: Sequence[Corner]) -> bool:
    """Whether a line separates two convex figures (the corners in order).

    >>> turned_apart([(0, 0), (1, 0), (1, 1), (0, 1)], [(2, 0), (3, 0), (3, 1), (2, 1)])
    True
    """
    for one, other in ((a, b), (b, a)):
        for k in range(len(one)):
            (x0, y0), (x1, y1) = one[k - 1], one[k]
            normal = (y1 - y0, x0 - x1)
            if not any(normal):
                continue
            mine = [normal[0] * x + normal[1] * y for x, y in one]
            others = [normal[0] * x + normal[1] * y for x, y in other]
            slack = HIDDEN * math.hypot(*normal)
            if max(mine) <= min(others) + slack or max(others) <= min(mine) + slack:
                return True
    return False
