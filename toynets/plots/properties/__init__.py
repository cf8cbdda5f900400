"""The 25 properties of a figure, each a check that can fail: "" is passed, else the fault in words.

They look at what was written and at what is drawn, not at the script. `check` returns all faults.
"""

from __future__ import annotations

from collections.abc import Callable

from toynets.fields import record
from toynets.plots.properties import builds, colours, files, layout
from toynets.plots.properties.written import FILES, Written

__all__ = ["FILES", "PROPERTIES", "Property", "Written", "check"]


@record(frozen=True)
class Property:
    """A property: its number, a short name, the statement, and the check."""

    number: int
    name: str
    says: str
    fault: Callable[[Written], str]


def _property(number: int, name: str, fault: Callable[[Written], str]) -> Property:
    says = " ".join((fault.__doc__ or "").split())
    stated, _, rest = says.partition(". ")
    if stated != str(number):
        raise ValueError(f"{name} says that it is number {stated}, not {number}")
    return Property(number, name, rest, fault)


PROPERTIES = (
    _property(1, "vector", files.vector),
    _property(2, "fonts", files.fonts),
    _property(3, "extractable", files.extractable),
    _property(4, "width", files.width),
    _property(5, "height", layout.height),
    _property(6, "text size", layout.text_size),
    _property(7, "line width", layout.line_width),
    _property(8, "no overlap", layout.no_overlap),
    _property(9, "not clipped", layout.not_clipped),
    _property(10, "colours apart", colours.colours_apart),
    _property(11, "grey", colours.readable_in_grey),
    _property(12, "contrast", colours.contrasts),
    _property(13, "sign", colours.sign_without_colour),
    _property(14, "maps", colours.fair_maps),
    _property(15, "numbers", builds.numbers_from_data),
    _property(16, "data file", files.data_file),
    _property(17, "LaTeX", files.tex),
    _property(18, "caption", files.caption),
    _property(19, "alt text", files.alt),
    _property(20, "same bytes", builds.same_bytes),
    _property(21, "timeless", files.timeless),
    _property(22, "changes", builds.changes_shown),
    _property(23, "quick", builds.quick),
    _property(24, "notations", builds.all_notations),
    _property(25, "licence", files.licence),
)


def check(written: Written) -> dict[str, str]:
    """Return the name of each property that does not hold -> the fault in words."""
    found = {}
    for one in PROPERTIES:
        fault = one.fault(written)
        if fault:
            found[one.name] = fault
    return found
