"""Numbers that a network holds exactly, and sizes that are given as one number or as a range."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.errors import ToynetsError

NUMBERS = ("dyadic", "float32", "float64")


def dyadics(*, limit: int = 8, places: int = 2) -> SearchStrategy[float]:
    """Draw dyadic numbers n / 2^k, whose sums and products stay exact in floating point.

    Args:
        limit: the largest size.
        places: the largest k.

    >>> from hypothesis import find
    >>> find(dyadics(), lambda v: v > 1)
    2.0
    """
    steps = range(-limit * 2**places, limit * 2**places + 1)
    values = [Fraction(k, 2**places) for k in steps]
    # One draw a number, and the simplest first: 0, 1, -1, 2, …, 1/2, …
    values.sort(key=lambda v: (v.denominator, abs(v), v < 0))
    return st.sampled_from([float(v) for v in values])


def floats(dtype: str = "float32", *, limit: float = 8) -> SearchStrategy[float]:
    """Draw any finite number of a dtype up to a limit, without subnormal ones.

    >>> from hypothesis import find
    >>> find(floats(), lambda v: v > 1)
    2.0
    """
    width: Literal[32, 64] = 32 if dtype == "float32" else 64
    return st.floats(-limit, limit, width=width, allow_subnormal=False)


def numbers_of(kind: Any, dtype: str) -> SearchStrategy[Any]:
    """Return the strategy that a word stands for, or the strategy itself.

    Raises:
        ToynetsError: neither.
    """
    if isinstance(kind, SearchStrategy):
        return kind
    if kind == "dyadic":
        return dyadics()
    if kind in NUMBERS and (kind == "float32" or dtype == "float64"):
        return floats(kind)
    raise ToynetsError(
        f"expected numbers {' or '.join(NUMBERS)}, or a strategy, but got {kind!r} for {dtype}.",
        fix='write numbers="dyadic", or dtype="float64" for float64 numbers.',
    )


def sizes(given: Any, what: str, least: int) -> tuple[int, int]:
    """Read one size, or (least, most).

    Raises:
        ToynetsError: no such range.
    """
    low, high = (given, given) if isinstance(given, int) else (*given, None, None)[:2]
    if not isinstance(low, int) or not isinstance(high, int) or not least <= low <= high:
        raise ToynetsError(
            f"expected {what} as a number or (least, most) from {least} on, but got {given!r}.",
            fix=f"write {what}=2 or {what}=(1, 3).",
        )
    return low, high


def written(value: Any) -> str:
    """Write an exact number as the language of interventions reads it.

    >>> written(0.75)
    '3/4'
    """
    return str(Fraction(value))


def decimal(value: Fraction) -> str:
    """Write a dyadic number with a point.

    >>> decimal(Fraction(-3, 4))
    '-0.75'
    """
    places = value.denominator.bit_length() - 1
    digits = str(abs(value.numerator) * 5**places).rjust(places + 1, "0")
    whole = digits[: len(digits) - places]
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{digits[-places:]}" if places else f"{sign}{whole}"
