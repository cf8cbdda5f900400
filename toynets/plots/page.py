"""A page to draw on in millimetres, (0, 0) at its lower left.

What is drawn here has the style's letters, colours and widths. Whatever text is drawn can be
measured first (`page.measure`), so that a plot places its labels instead of hoping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.plots.colours import mixed
from toynets.plots.outlines import ON, UNIT, identity, rounded
from toynets.plots.style import MM

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

    from toynets.plots.style import Style


class Page:
    """A drawing of exact width, with what a plot needs to draw on it.

    Attributes:
        style: how it looks.
        drawing: the matplotlib figure.
        width, height: in mm.
        sheet: axes over the whole page whose units are millimetres.

    >>> from toynets.plots.style import Style
    >>> page = Style().page(height_mm=40)
    >>> (round(page.width), round(page.height))
    (84, 40)
    """

    def __init__(self, style: Style, drawing: Drawing) -> None:
        self.style = style
        self.drawing = drawing
        self.width = float(drawing.get_figwidth() * MM)
        self.height = float(drawing.get_figheight() * MM)
        with style.settings():
            self.sheet: Axes = drawing.add_axes((0.0, 0.0, 1.0, 1.0))
        self.sheet.set_xlim(0, self.width)
        self.sheet.set_ylim(0, self.height)
        self.sheet.set_axis_off()

    def measure(self, text: str, size: str = "body", *, bold: bool = False) -> tuple[float, float]:
        """Return width and height in mm of a text of the size `title`, `body` or `small`."""
        return self.style.measure(text, size, bold=bold)

    def text(
        self,
        x: float,
        y: float,
        said: str,
        *,
        size: str = "body",
        colour: str = "ink",
        align: str = "center",
        level: str = "center",
        bold: bool = False,
        italic: bool = False,
        halo: str = "",
        on: str = "",
        axes: Axes | None = None,
        turned: float = 0.0,
    ) -> Any:
        """Write a text.

        Args:
            x, y: where, in mm (in the units of `axes` where one is given).
            said: the text; no mathematics of TeX, Unicode has what is needed: x₁, ≥, ·, −.
            size: `title`, `body` or `small`.
            colour: a name of the style, or #RRGGBB.
            align: `left`, `center` or `right`.
            level: `bottom`, `center`, `top` or `baseline`.
            bold, italic: the face.
            halo: the colour of a box behind it that keeps lines away, a name or #RRGGBB.
            on: the name of the unit or marker that it stands on (see `shape`).
            axes: other axes.
            turned: degrees against the clock.
        """
        from matplotlib.transforms import ScaledTranslation

        where = axes or self.sheet
        options: dict[str, Any] = {}
        if halo:
            options["bbox"] = {"facecolor": self._colour(halo), "edgecolor": "none", "pad": 0.8}
        if level == "center" and "\n" not in said and not turned:
            # Half the height of a digit, or of a small letter, below the middle.
            drop = (0.36 if any(c.isdigit() or c.isupper() for c in said) else 0.28) / 72
            level = "baseline"
            options["transform"] = where.transData + ScaledTranslation(
                0, -drop * self.style.size(size), self.drawing.dpi_scale_trans
            )
        made = where.text(
            x,
            y,
            said,
            fontsize=self.style.size(size),
            color=self._colour(colour),
            ha=align,
            va=level,
            weight="bold" if bold else "normal",
            style="italic" if italic else "normal",
            rotation=turned,
            rotation_mode="anchor" if turned else None,
            parse_math=False,
            zorder=6,
            linespacing=1.25,
            **options,
        )
        if on:
            made.set_gid(identity(ON, on))
        return made

    def paragraph(
        self, x: float, y: float, said: str, width: float, *, pitch: float = 1.35, **look: Any
    ) -> float:
        """Write a text in lines of at most so many mm, and return the height below the last one.

        Args:
            x, y: the start of the first base line, in mm.
            said: the text.
            width: of a line.
            pitch: from line to line, in sizes of the letters.
            look: as for `text`.
        """
        size = str(look.get("size", "body"))
        lines = [""]
        for word in said.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.measure(longer, size)[0] > width:
                lines.append(word)
            else:
                lines[-1] = longer
        step = pitch * self.style.size(size) * MM / 72
        for k, line in enumerate(lines):
            self.text(x, y - k * step, line, align="left", level="baseline", **look)
        return y - len(lines) * step

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        *,
        width: str = "line",
        colour: str = "ink",
        axes: Axes | None = None,
        order: float = 2.0,
        **drawn: Any,
    ) -> Any:
        """Draw a line through points; `**style.sign(value)` gives colour and dash of a weight."""
        options: dict[str, Any] = {
            "color": self._colour(colour),
            "linewidth": self.style.size(width),
            "solid_capstyle": "round",
            "dash_capstyle": "butt",
            "zorder": order,
            "clip_on": False,  # a line is as thick at the frame as elsewhere
            **drawn,
        }
        return (axes or self.sheet).plot(xs, ys, **options)[0]

    def shape(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        name: str = "",
        fill: str = "paper",
        edge: str = "ink",
        line: str = "line",
        round: float | None = None,
        hatch: str = "",
        dash: Any = "-",
        order: float = 3.0,
        axes: Axes | None = None,
    ) -> Any:
        """Draw a box with round ends, centred at (x, y); a circle where width equals height.

        Args:
            x, y, width, height: in mm.
            name: of the unit or marker, so that no other text may stand on it (`text(on=name)`).
            fill, edge: colours, or "none".
            line: width of the edge.
            round: radius of the corners; default half the height.
            hatch: a pattern of matplotlib.
            dash: of the edge.
            order: what is drawn over what.
            axes: other axes.
        """
        from matplotlib.patches import PathPatch

        made = PathPatch(
            rounded(x, y, width, height, min(height, width) / 2 if round is None else round),
            facecolor=self._colour(fill),
            edgecolor=self._colour(edge),
            linewidth=self.style.size(line) if edge != "none" else 0,
            hatch=hatch or None,
            linestyle=dash,
            zorder=order,
        )
        if name:
            made.set_gid(identity(UNIT, name))
        return (axes or self.sheet).add_patch(made)

    def marker(
        self,
        x: float,
        y: float,
        *,
        kind: str = "o",
        points: float = 5.0,
        fill: str = "ink",
        edge: str = "ink",
        name: str = "",
        axes: Axes | None = None,
        order: float = 5.0,
    ) -> Any:
        """Draw a marker of matplotlib (`o`, `s`, `D`, `^`, `x`) at a point."""
        return self.line(
            [x],
            [y],
            axes=axes,
            order=order,
            marker=kind,
            markersize=points,
            markerfacecolor=self._colour(fill),
            markeredgecolor=self._colour(edge),
            markeredgewidth=self.style.size("line"),
            linestyle="none",
            gid=identity(UNIT, name) if name else None,
        )

    def polygon(
        self,
        corners: Sequence[Sequence[float]],
        *,
        fill: str = "panel",
        edge: str = "none",
        hatch: str = "",
        axes: Axes | None = None,
        order: float = 1.0,
    ) -> Any:
        """Fill a polygon."""
        from matplotlib.patches import Polygon

        made = Polygon(
            [tuple(map(float, c)) for c in corners],
            closed=True,
            facecolor=self._colour(fill),
            edgecolor=self._hatching() if hatch and edge == "none" else self._colour(edge),
            linewidth=self.style.size("thin") if edge != "none" else 0,
            hatch=hatch or None,
            zorder=order,
        )
        return (axes or self.sheet).add_patch(made)

    def arrow(
        self,
        start: Sequence[float],
        end: Sequence[float],
        *,
        colour: str = "ink",
        width: str = "line",
        dash: Any = "-",
        axes: Axes | None = None,
        bend: float = 0.0,
        order: float = 4.0,
    ) -> Any:
        """Draw an arrow from one point to another, straight or bent."""
        from matplotlib.patches import FancyArrowPatch

        made = FancyArrowPatch(
            (float(start[0]), float(start[1])),
            (float(end[0]), float(end[1])),
            arrowstyle="-|>,head_length=2.6,head_width=1.3",
            mutation_scale=1.0 if self.style.medium == "book" else 1.4,
            shrinkA=0,
            shrinkB=0,
            connectionstyle=f"arc3,rad={bend}",
            color=self._colour(colour),
            linewidth=self.style.size(width),
            linestyle=dash,
            zorder=order,
            joinstyle="miter",
        )
        return (axes or self.sheet).add_patch(made)

    def cross(self, x: float, y: float, reach: float = 1.1) -> None:
        """Draw the cross of what is ablated."""
        for direction in (1, -1):
            self.line(
                [x - reach, x + reach],
                [y - direction * reach, y + direction * reach],
                colour="muted",
                width="thick",
                order=5,
            )

    def axes(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        across: tuple[float, float],
        up: tuple[float, float],
        ticks_across: Sequence[float] = (),
        ticks_up: Sequence[float] = (),
        labels_across: Sequence[str] | None = None,
        labels_up: Sequence[str] | None = None,
        name_across: str = "",
        name_up: str = "",
        box: bool = False,
        zero: bool = False,
    ) -> Axes:
        """Add quiet axes at a place in mm.

        Args:
            x, y, width, height: of the frame, in mm.
            across, up: limits.
            ticks_across, ticks_up: where the ticks are; their numbers belong into the data file.
            labels_across, labels_up: other texts for the ticks.
            name_across, name_up: what the axes show; the second one stands above the axis, level.
            box: draw all four sides, as for a map; else left and bottom only.
            zero: draw a thin line at height 0.
        """
        from toynets.plots.numbers import printed

        made: Axes = self.drawing.add_axes(
            (x / self.width, y / self.height, width / self.width, height / self.height)
        )
        made.set_xlim(*across)
        made.set_ylim(*up)
        small = self.style.size("small")
        made.set_xticks(
            list(ticks_across),
            list(map(printed, ticks_across)) if labels_across is None else list(labels_across),
        )
        made.set_yticks(
            list(ticks_up), list(map(printed, ticks_up)) if labels_up is None else list(labels_up)
        )
        made.tick_params(
            labelsize=small,
            length=2.0,
            width=self.style.size("thin"),
            pad=1.5,
            labelcolor=self.style.colour("muted"),
        )
        for side, spine in made.spines.items():
            spine.set_visible(box or side in ("left", "bottom"))
            spine.set_linewidth(self.style.size("thin"))
            spine.set_color(self.style.colour("muted"))
        if name_across:
            made.set_xlabel(name_across, fontsize=small, labelpad=1.5, parse_math=False)
        if name_up:
            self.text(x, y + height + 1.2, name_up, size="small", align="left", level="bottom")
        if zero:
            made.axhline(
                0, color=self.style.colour("rule"), linewidth=self.style.size("thin"), zorder=0.5
            )
        return made

    def letter(self, x: float, y: float, text: str, said: str = "") -> None:
        """Write the letter of a panel in bold, and its title beside it."""
        self.text(x, y, text, size="title", bold=True, align="left", level="baseline")
        if said:
            shift = self.measure(text, "title", bold=True)[0] + 1.6
            self.text(x + shift, y, said, align="left", level="baseline")

    def _hatching(self) -> str:
        """Return the colour of hatching without an outline: quieter than a line."""
        return mixed(self.style.colour("negative"), self.style.colour("paper"), 0.65)

    def _colour(self, name: str) -> str:
        return name if name == "none" or name.startswith("#") else self.style.colour(name)


def keys_at(
    page: Page, x: float, y: float, entries: Sequence[tuple[str, Mapping[str, Any]]]
) -> float:
    """Write a key in one line from (x, y): a short stroke and its meaning; return where it ends.

    Args:
        page: where.
        x, y: the left end, in mm.
        entries: (meaning, how its line is drawn: `style.sign(…)`, or colour and linestyle).
    """
    for said, drawn in entries:
        page.line([x, x + 6], [y, y], **dict(drawn))
        made = page.text(x + 7.2, y, said, size="small", align="left", colour="muted")
        x += 7.2 + page.measure(str(made.get_text()), "small")[0] + 4.5
    return x
