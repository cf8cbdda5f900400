"""Limits and tolerances that are given to a question, checked before anything is computed."""

from __future__ import annotations

from typing import Any

from toynets.errors import ToynetsError
from toynets.rationals import Rational, rational, text


def check_limits(cells: Any, seconds: Any) -> None:
    """Refuse limits under which nothing could be looked at, or that are no numbers.

    >>> check_limits(0, 1)
    Traceback (most recent call last):
    toynets.errors.ToynetsError: cells is a whole number from 1, but got 0.
    """
    _whole("cells", cells)
    number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not number or not seconds > 0:  # nan is not
        raise ToynetsError(f"seconds is a number above 0, but got {repr(seconds)[:70]}.")


def check_cases(cases: Any) -> None:
    """Refuse a budget of runs that is no whole number from 1.

    >>> check_cases(-1)
    Traceback (most recent call last):
    toynets.errors.ToynetsError: cases is a whole number from 1, but got -1.
    """
    _whole("cases", cases)


def tolerance(within: Any) -> Rational:
    """Read how far outputs may be apart that count as the same.

    Raises:
        ToynetsError: no number, or a negative one.

    >>> tolerance("1/4")
    1/4
    """
    epsilon = rational(within)
    if epsilon < 0:
        raise ToynetsError(
            f"a tolerance is not negative, but got {text(epsilon)}.", fix="write 0 for exactly."
        )
    return epsilon


def _whole(name: str, number: Any) -> None:
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ToynetsError(f"{name} is a whole number from 1, but got {repr(number)[:70]}.")
