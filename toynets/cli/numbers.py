"""The kinds of numbers that the arguments of commands are: read strictly, each within its bounds.

Each is a `type=` of argparse. What is not such a number is refused, with what would be one, before
anything is computed; nan and infinity are none of them.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from typing import Any

_WHOLE = re.compile(r"[+-]?[0-9]{1,40}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?")
_SIZES = re.compile(r"([0-9]{1,3})\s*[,x×]\s*([0-9]{1,3})")
LONGEST = 1_000_000  # seconds: eleven days


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return the type of whole numbers from one to another.

    Args:
        low: the smallest.
        high: the largest.

    >>> whole(1, 60)(" 12 ")
    12
    """

    def read(text: str) -> int:
        given = text.strip()
        if _WHOLE.fullmatch(given) and low <= int(given) <= high:
            return int(given)
        raise _refused(f"a whole number from {low:,} to {high:,}".replace(",", " "), given)

    return read


count = whole(1, 10**12)  # of cases and cells: a budget, 0 of which would be nothing
networks = whole(1, 10**6)
units = whole(1, 4_096)
steps = whole(1, 10**7)
seed = whole(0, 2**32 - 1)
jobs = whole(1, 4_096)  # processes


def seconds(text: str) -> float:
    """Read a time above 0.

    >>> seconds("0.5"), seconds("1e3")
    (0.5, 1000.0)
    """
    given = text.strip()
    if _DECIMAL.fullmatch(given):
        value = float(given)
        if math.isfinite(value) and 0 < value <= LONGEST:
            return value
    raise _refused(f"a number of seconds above 0, at most {LONGEST}", given)


def between(low: str, high: str | None, what: str, *, above: bool = False) -> Callable[[str], str]:
    """Return the type of exact numbers with bounds; the text stays as it is.

    Args:
        low: the smallest, such as `"0"`.
        high: the largest, or None.
        what: for messages.
        above: the smallest itself is none of them.

    >>> between("0", "1", "a share from 0 to 1")("1/3")
    '1/3'
    """

    def read(text: str) -> str:
        from toynets.errors import ToynetsError
        from toynets.rationals import rational

        given = text.strip()
        try:
            value: Any = rational(given)
        except ToynetsError as error:
            more = f" {error.message}" + (f" {error.fix}" if error.fix else "")
            raise _refused(what, given, more) from None
        least = rational(low)
        if value < least or (above and value == least):
            raise _refused(what, given)
        if high is not None and value > rational(high):
            raise _refused(what, given)
        return given

    return read


distance = between("0", None, "a number of at least 0, such as 0.01 or 1/100")
positive = between("0", None, "a number above 0, such as 0.01 or 1/100", above=True)
share = between("0", "1", "a share from 0 to 1, such as 0.9 or 9/10")
percent = between("0", "100", "a percentage from 0 to 100")


def sizes(text: str) -> tuple[int, int]:
    """Read rows and columns.

    >>> sizes("4,4"), sizes("2x3")
    ((4, 4), (2, 3))
    """
    found = _SIZES.fullmatch(text.strip())
    if found and int(found[1]) and int(found[2]):
        return int(found[1]), int(found[2])
    raise _refused("rows and columns, such as 4,4", text.strip())


def layers(text: str) -> list[int]:
    """Read how many units each hidden layer has.

    >>> layers("2"), layers("4,3")
    ([2], [4, 3])
    """
    cells = text.replace(",", " ").split()
    try:
        found = [units(cell) for cell in cells]
    except argparse.ArgumentTypeError:
        found = []
    if found:
        return found
    raise _refused("a number of units, or one for each layer, such as 2 or 4,3", text.strip())


def _refused(wanted: str, given: str, more: str = "") -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(f"wanted is {wanted}, but got {given[:60]!r}.{more}")
