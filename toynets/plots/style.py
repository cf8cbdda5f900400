"""How figures look: column, medium, theme and notation as one value.

Nothing global is changed: `style.settings()` holds matplotlib's settings for as long as a figure
is drawn or written, and puts the user's own back; pyplot is never imported.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.fields import field, record, replace
from toynets.plots.colours import THEMES, channels
from toynets.plots.notation import Notation, from_table, notation, read_toml

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from toynets.plots.figure import Figure
    from toynets.plots.page import Page

COLUMNS = {"single": 84.0, "one-and-a-half": 129.0, "double": 174.0}  # mm
TEXT_HEIGHT = 225.0  # mm, of a page of a textbook
# Points: size of text by what it is for, then widths of lines.
MEDIA: Mapping[str, Mapping[str, float]] = {
    "book": {"title": 8.5, "body": 7.5, "small": 6.5, "line": 0.9, "thin": 0.5, "thick": 1.3},
    "slide": {"title": 9.5, "body": 8.5, "small": 7.5, "line": 1.3, "thin": 0.8, "thick": 2.0},
}
FAMILY = ["DejaVu Sans"]  # comes with matplotlib: the same letters on every machine
MM = 25.4  # mm in an inch


@record(frozen=True)
class Style:
    """How a figure looks.

    Attributes:
        column: `single` (84 mm), `one-and-a-half` (129), `double` (174); "" is what each figure is
            made for.
        medium: `book` or `slide`: sizes of text, widths of lines.
        theme: `light`, `dark` or `grey`.
        notation: a name of `NOTATIONS`, a template file, or a `Notation`.
        colours: names of the theme's colours -> #RRGGBB instead.
        sizes: names of the medium's sizes -> points instead.

    Raises:
        ToynetsError: a word that none of them has.

    >>> Style(column="single").width("double"), Style(theme="grey").colour("negative")
    (84.0, '#737373')
    """

    column: str = ""
    medium: str = "book"
    theme: str = "light"
    notation: str | Notation = "arrow"
    colours: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for what, given, there in (
            ("column", self.column, ("", *COLUMNS)),
            ("medium", self.medium, tuple(MEDIA)),
            ("theme", self.theme, tuple(THEMES)),
        ):
            if given not in there:
                names = [t for t in there if t]
                raise ToynetsError(
                    unknown(what, str(given), "", names, "media" if what == "medium" else "")
                )
        for name, colour in self.colours.items():
            if name not in THEMES["light"]:
                raise ToynetsError(unknown("colour", name, "the style", THEMES["light"]))
            channels(colour)
        for name, size in self.sizes.items():
            if name not in MEDIA["book"]:
                raise ToynetsError(unknown("size", name, "the style", MEDIA["book"]))
            if isinstance(size, bool) or not isinstance(size, int | float) or not 0 < size < 100:
                raise ToynetsError(f"the size {name} is a number of points, but got {size!r}.")
        notation(self.notation)

    @staticmethod
    def from_file(path: str) -> Style:
        """Read a style file: TOML with any of column, medium, theme, and three tables.

        `[colours]` and `[sizes]` name what differs from the theme and the medium; `notation` is a
        name, or a table as in `toynets.plots.notation`.

        Raises:
            ToynetsError: no such file, or a key that means nothing.
        """
        data = read_toml(path)
        wanted = ("column", "medium", "theme", "notation", "colours", "sizes")
        for key in data:
            if key not in wanted:
                raise ToynetsError(unknown("key", key, path, wanted))
        if isinstance(data.get("notation"), dict):
            data["notation"] = from_table(data["notation"], f"{path}, notation")
        return Style(**data)

    def width(self, natural: str = "single") -> float:
        """Return the width in mm: of the column, else of the one that a figure is made for."""
        return COLUMNS[self.column or natural]

    def colour(self, name: str) -> str:
        """Return a colour: paper, ink, muted, faint, rule, panel, positive, negative, accent."""
        return self.colours.get(name) or THEMES[self.theme][name]

    def size(self, name: str) -> float:
        """Return points: of title, body, small text; of a line, a thin, a thick one."""
        return self.sizes.get(name) or MEDIA[self.medium][name]

    def measure(self, text: str, size: str = "body", *, bold: bool = False) -> tuple[float, float]:
        """Return width and height in mm of a text of the size `title`, `body` or `small`."""
        from toynets.plots.outlines import extent

        return extent(text, self.size(size), bold)

    @property
    def written(self) -> Notation:
        """The notation."""
        return notation(self.notation)

    def sign(self, value: Any) -> dict[str, Any]:
        """Return how a line of a weight is drawn: by its sign, never by colour alone.

        >>> Style().sign(-2)["linestyle"], Style().sign(2)["linestyle"]
        ((0, (4.0, 1.8)), '-')
        """
        if value == 0:
            return {"color": self.colour("faint"), "linestyle": (0, (1.0, 1.8))}
        if value < 0:
            return {"color": self.colour("negative"), "linestyle": (0, (4.0, 1.8))}
        return {"color": self.colour("positive"), "linestyle": "-"}

    @contextmanager
    def settings(self) -> Iterator[None]:
        """Hold matplotlib's settings: its defaults, text as text, bytes that stay the same."""
        import matplotlib

        defaults: dict[Any, Any] = {
            k: v
            for k, v in dict.items(matplotlib.rcParamsDefault)
            if not k.startswith(("backend", "interactive", "toolbar", "timezone", "webagg"))
        }
        ink = self.colour("ink")
        ours: dict[Any, Any] = {
            "font.family": FAMILY,
            "font.size": self.size("body"),
            "pdf.fonttype": 42,
            "pdf.compression": 9,
            "svg.fonttype": "none",
            "svg.hashsalt": "toynets",
            "path.simplify": False,
            "text.hinting": "none",
            "axes.unicode_minus": True,
            "hatch.linewidth": 0.5,
            "lines.linewidth": self.size("line"),
            "axes.linewidth": self.size("thin"),
            "patch.linewidth": self.size("thin"),
            "text.color": ink,
            "axes.edgecolor": self.colour("muted"),
            "axes.labelcolor": ink,
            "xtick.color": self.colour("muted"),
            "ytick.color": self.colour("muted"),
            "figure.facecolor": self.colour("paper"),
            "savefig.facecolor": self.colour("paper"),
            "axes.facecolor": "none",
        }
        with matplotlib.rc_context():
            with warnings.catch_warnings():  # some defaults are on their way out of matplotlib
                warnings.simplefilter("ignore", matplotlib.MatplotlibDeprecationWarning)
                matplotlib.rcParams.update({**defaults, **ours})
            yield

    def canvas(self, *, height_mm: float, natural: str = "single") -> Drawing:
        """Return an empty matplotlib figure of the column's exact width.

        Args:
            height_mm: at most 0.8 of a text height, 180 mm.
            natural: the column it is made for, where the style says none.

        Raises:
            ToynetsError: higher than that.
        """
        if not 0 < height_mm <= 0.8 * TEXT_HEIGHT:
            raise ToynetsError(
                f"a figure {height_mm:.0f} mm high does not fit on a page.",
                cause="too many rows or panels for one figure.",
                fix=f"draw fewer: {0.8 * TEXT_HEIGHT:.0f} mm is the most.",
            )
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure as Drawing

        with self.settings():
            made = Drawing(figsize=(self.width(natural) / MM, height_mm / MM), dpi=72)
            FigureCanvasAgg(made)
        return made

    def page(self, *, height_mm: float, natural: str = "single") -> Page:
        """Return an empty page on which to draw in millimetres (see `toynets.plots.page`)."""
        from toynets.plots.page import Page

        return Page(self, self.canvas(height_mm=height_mm, natural=natural))


def plot(draws: Callable[..., Figure]) -> Callable[..., Figure]:
    """Make `style` optional, and hold its settings while a figure is drawn.

    Every public plot and every figure script is decorated by it; the function below receives a
    `Style`, the caller may leave it out.
    """

    @wraps(draws)
    def drawn(*args: Any, style: Style | None = None, **given: Any) -> Figure:
        chosen = Style() if style is None else style
        if not isinstance(chosen, Style):
            raise ToynetsError(
                f"expected a style but got {style!r} (type={type(style).__name__}).",
                fix='write style=Style(column="single", theme="dark").',
            )
        with chosen.settings():
            return draws(*args, style=chosen, **given)

    return drawn


def with_word(style: Style, text: str) -> Style:
    """Return a style with one word of the command line applied: `dark`, `slide`, `double`, a file.

    Raises:
        ToynetsError: a word that no style has.

    >>> with_word(Style(), "dark").theme
    'dark'
    """
    from toynets.plots.notation import NOTATIONS

    if text.endswith(".toml"):
        return Style.from_file(text)
    for key, there in (
        ("column", COLUMNS),
        ("medium", MEDIA),
        ("theme", THEMES),
        ("notation", NOTATIONS),
    ):
        if text in there:
            return replace(style, **{key: text})
    words = [*COLUMNS, *MEDIA, *THEMES, *NOTATIONS]
    raise ToynetsError(unknown("style", text, "", words), fix="or give a style file, name.toml.")
