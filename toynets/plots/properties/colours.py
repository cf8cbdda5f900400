"""Properties of colour: apart for every eye and in grey, contrast, signs, fair maps."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from toynets.plots.colours import apart, channels, contrast, difference, grey_difference, mixed
from toynets.plots.figure import Key
from toynets.plots.numbers import MINUS
from toynets.plots.properties.ink import Ink, Words

if TYPE_CHECKING:
    from toynets.plots.properties.written import Written
    from toynets.plots.style import Style

LEAST_APART = 40.0
LEAST_GREY = 20.0
TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3.0
ROUNDING = 0.005
BACKGROUND = ("paper", "rule", "panel")  # hairlines and grounds carry nothing


def has_hue(colour: str) -> bool:
    """Whether a colour is more than a grey.

    >>> has_hue("#C85200"), has_hue("#8C8C8C")
    (True, False)
    """
    rgb = channels(colour)
    return max(rgb) - min(rgb) > 0.12


def _marks(key: Key) -> tuple[str, str, str]:
    return key.dash, key.marker, key.hatch


def colours_apart(written: Written) -> str:
    """10. Colours stay apart (ΔE ≥ 40) for protanopia, deuteranopia and tritanopia."""
    keys = written.figure.keys
    for one, other in itertools.combinations(keys, 2):
        if not (has_hue(one.colour) and has_hue(other.colour)) or one.colour == other.colour:
            continue
        least, where = apart(one.colour, other.colour)
        if least < LEAST_APART:
            return f"{one.meaning} and {other.meaning} are {least:.0f} apart for {where}."
    return _undeclared(written)


def _undeclared(written: Written) -> str:
    """Return a fault where a hue is drawn that no key declares, and that is no tint of one."""
    style, keys = written.figure.style, written.figure.keys
    declared = [k.colour for k in keys] + [style.colour("accent")]
    used = {w.colour for w in written.ink.words}
    for stroke in written.ink.strokes:
        used |= {stroke.colour} if stroke.width else set()
        used |= {stroke.fill} if stroke.fill else set()
    for colour in sorted(used):
        if has_hue(colour) and not any(_tint_of(colour, d, style) for d in declared):
            return f"the colour {colour} is drawn, and no key says what it means."
    return ""


def _tint_of(colour: str, declared: str, style: Style) -> bool:
    paper = style.colour("paper")
    return any(difference(colour, mixed(declared, paper, k / 50)) < 3 for k in range(51))


def readable_in_grey(written: Written) -> str:
    """11. Readable in grey: ΔL* ≥ 20, or another dash, marker or hatch."""
    for one, other in itertools.combinations(written.figure.keys, 2):
        if _marks(one) != _marks(other):
            continue
        found = grey_difference(one.colour, other.colour)
        if found < LEAST_GREY:
            return f"{one.meaning} and {other.meaning} are {found:.0f} apart in grey."
    return ""


def contrasts(written: Written) -> str:
    """12. Contrast is at least 4.5 for text and 3 for lines."""
    style = written.figure.style
    for words in written.ink.words:
        ground = _ground(written.ink, words)
        found = contrast(words.colour, ground)
        if found < TEXT_CONTRAST - ROUNDING:
            return f"{words.text!r} has contrast {found:.2f} with {ground} behind it."
    quiet = {style.colour(name).upper() for name in BACKGROUND}
    for stroke in written.ink.strokes:
        if not stroke.width or stroke.colour.upper() in quiet or stroke.kind == "text":
            continue
        found = contrast(stroke.colour, written.ink.paper)
        if found < LINE_CONTRAST - ROUNDING and not stroke.fill:
            return f"a line of {stroke.colour} has contrast {found:.2f}."
    return ""


def _ground(ink: Ink, words: Words) -> str:
    """Return the colour behind the middle of a text."""
    x = sum(c[0] for c in words.corners) / 4
    y = sum(c[1] for c in words.corners) / 4
    ground = ink.paper
    for stroke in ink.strokes:
        if not stroke.fill or stroke.order > words.order:
            continue
        left, low, right, high = stroke.box
        if left <= x <= right and low <= y <= high and _within(stroke.points, x, y):
            ground = stroke.fill
    return ground


def _within(points: tuple[tuple[float, float], ...], x: float, y: float) -> bool:
    """Whether a point is inside a polygon: a ray from it crosses an odd number of sides."""
    inside = False
    for k in range(len(points)):
        (x0, y0), (x1, y1) = points[k - 1], points[k]
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            inside = not inside
    return inside


def sign_without_colour(written: Written) -> str:
    """13. Sign is never told by colour alone: negative is dashed and carries its minus."""
    style = written.figure.style
    negative, positive = style.colour("negative"), style.colour("positive")
    for stroke in written.ink.strokes:
        if stroke.fill or not stroke.width or stroke.kind == "text":
            continue
        if stroke.colour == negative and not stroke.dash:
            return f"a negative line at {stroke.box[0]:.0f}, {stroke.box[1]:.0f} mm is not dashed."
        if stroke.colour == positive and stroke.dash and negative != positive:
            return f"a positive line at {stroke.box[0]:.0f}, {stroke.box[1]:.0f} mm is dashed."
    for words in written.ink.words:
        number = words.text.strip().replace(".", "").replace("/", "")
        if words.colour == negative and number.lstrip("+").isdigit():
            return f"{words.text!r} is printed in the colour of what is negative."
        if words.colour == positive and words.text.startswith(MINUS):
            return f"{words.text!r} is printed in the colour of what is positive."
    return ""


def fair_maps(written: Written) -> str:
    """14. Maps are symmetric about 0, of one scale, and their bar is printed."""
    figure = written.figure
    if not figure.maps:
        return ""
    scale = written.data["numbers"].get("scale", {})
    limit = scale.get("limit")
    if limit is None:
        return "the data file has no scale with its limit."
    from toynets.plots.numbers import printed
    from toynets.rationals import rational

    value = rational(limit)
    printed_texts = [w.text for w in written.ink.words]
    for end in (printed(value), printed(-value)):
        if end not in printed_texts:
            return f"the bar does not print its end {end}."
    return ""
