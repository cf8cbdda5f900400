"""Properties of the layout: height, sizes of text and lines, no overlaps, no cuts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toynets.plots.outlines import ON, UNIT
from toynets.plots.properties.ink import HIDDEN, Ink, Stroke, Words, turned_apart
from toynets.plots.style import TEXT_HEIGHT

if TYPE_CHECKING:
    from toynets.plots.properties.written import Written

LEAST_TEXT = 6.0  # pt
BODY = (7.0, 9.0)
LEAST_LINE = 0.5  # pt
ROUNDING = 1e-6


def height(written: Written) -> str:
    """5. The height is at most 0.8 of a text height."""
    found = written.ink.height
    if found > 0.8 * TEXT_HEIGHT + ROUNDING:
        return f"{found:.0f} mm high: {0.8 * TEXT_HEIGHT:.0f} mm is the most."
    return ""


def text_size(written: Written) -> str:
    """6. Text is at least 6 pt at print size, most of it; the body is 7 to 9 pt."""
    for words in written.ink.words:
        if words.points < LEAST_TEXT:
            return f"{words.text!r} is printed at {words.points:g} pt."
    body = written.figure.style.size("body")
    if not BODY[0] <= body <= BODY[1]:
        return f"the body is set at {body:g} pt."
    return ""


def line_width(written: Written) -> str:
    """7. Lines are at least 0.5 pt wide."""
    for stroke in written.ink.strokes:
        if 0 < stroke.width < LEAST_LINE - ROUNDING:
            return f"a line of {stroke.width:g} pt at {_place(stroke.points)}."
    return ""


def no_overlap(written: Written) -> str:
    """8. No two texts overlap; none is on a unit or a marker that it does not belong to."""
    return overlaps(written.ink)


def overlaps(ink: Ink) -> str:
    """Return the first overlap of a text with another text or another's shape, "" without one."""
    for k, one in enumerate(ink.words):
        for other in ink.words[:k]:
            if _near(one.corners, other.corners) and not turned_apart(one.corners, other.corners):
                return f"{one.text!r} is printed over {other.text!r} at {_place(one.corners)}."
    shapes = [s for s in ink.strokes if s.owner.startswith(f"{UNIT}-")]
    for words in ink.words:
        own = words.owner.removeprefix(f"{ON}-") if words.owner.startswith(f"{ON}-") else None
        for shape in shapes:
            name = shape.owner.removeprefix(f"{UNIT}-")
            if not _near(words.corners, shape.points):
                continue
            if turned_apart(words.corners, _corners(shape)):
                continue
            if name != own:
                return f"{words.text!r} is on {name}, to which it does not belong."
            if not _inside(words, shape):
                return f"{words.text!r} is wider than the shape that it stands on."
    return ""


def _corners(shape: Stroke) -> Sequence[tuple[float, float]]:
    left, low, right, high = shape.box
    # A marker of eight corners or more is taken as its octagon: a circle has no corners.
    if len(shape.points) < 9:
        return [(left, low), (right, low), (right, high), (left, high)]
    cut = 0.29 * min(right - left, high - low)
    return [
        (left + cut, low), (right - cut, low), (right, low + cut), (right, high - cut),
        (right - cut, high), (left + cut, high), (left, high - cut), (left, low + cut),
    ]  # fmt: skip


def _inside(words: Words, shape: Stroke) -> bool:
    left, low, right, high = shape.box
    return all(
        left - HIDDEN <= x <= right + HIDDEN and low - HIDDEN <= y <= high + HIDDEN
        for x, y in words.corners
    )


def _near(a: Sequence[tuple[float, float]], b: Sequence[tuple[float, float]]) -> bool:
    for k in (0, 1):
        mine, others = [p[k] for p in a], [p[k] for p in b]
        if max(mine) <= min(others) or max(others) <= min(mine):
            return False
    return True


def not_clipped(written: Written) -> str:
    """9. Nothing is clipped: neither by the page nor by the frame of a panel."""
    ink = written.ink
    for words in ink.words:
        for x, y in words.corners:
            if not (-HIDDEN <= x <= ink.width + HIDDEN and -HIDDEN <= y <= ink.height + HIDDEN):
                return f"{words.text!r} runs off the page at {_place(words.corners)}."
    for stroke in ink.strokes:
        left, low, right, high = stroke.box
        if left < -HIDDEN or low < -HIDDEN or right > ink.width + 0.05 or high > ink.height + 0.05:
            return f"a {stroke.kind} runs off the page at {_place(stroke.points)}."
        if stroke.clip is not None:
            a, b, c, d = stroke.clip
            if left < a - 0.05 or low < b - 0.05 or right > c + 0.05 or high > d + 0.05:
                return f"a {stroke.kind} is cut by its frame at {_place(stroke.points)}."
    return ""


def _place(points: Sequence[tuple[float, float]]) -> str:
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return f"({x:.0f}, {y:.0f}) mm"
