"""Numbers as people read them in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpq

from toynets.rationals import ZERO, short, to_float

NOISE = 1e-18  # a ball around 0 is no wider than this at 128 bits


def brief(value: Any, digits: int = 5) -> str:
    """Write a number with so many digits at most; exactly, where that is not longer.

    >>> brief(fmpq(-1, 2)), brief(fmpq(123456789, 10**8)), brief(None)
    ('-1/2', '1.2346', '')
    """
    if value is None:
        return ""
    if isinstance(value, fmpq):
        return short(value, digits)
    near = float(value.mid())
    return "0" if abs(near) < NOISE and not beyond(value, ZERO) else f"{near:.{digits}g}"


def briefly(values: Sequence[Any] | None, digits: int = 5) -> str:
    """Write the outputs of one run.

    >>> briefly([fmpq(1), fmpq(1, 2)])
    '1, 1/2'
    """
    return "" if values is None else ", ".join(brief(v, digits) for v in values)


def signed(value: Any, digits: int = 5) -> str:
    """Write an effect with its sign; 0 where nothing changes.

    >>> signed(fmpq(2)), signed(fmpq(0)), signed(fmpq(-1, 2))
    ('+2', '0', '-1/2')
    """
    text = brief(value, digits)
    return f"+{text}" if value > 0 and text != "0" else text


def same(a: Any, b: Any) -> bool:
    """Whether two numbers are equal, or balls that nothing tells apart.

    >>> same(fmpq(1), fmpq(1)), same(fmpq(1), fmpq(2))
    (True, False)
    """
    return not beyond(a, b)


def listed(words: Sequence[str], most: int = 8) -> str:
    """Join words, the first ones of many.

    >>> listed(["00", "01"]), listed(["a", "b", "c"], 2)
    ('00, 01', 'a, b, … (3)')
    """
    shown = ", ".join(words[:most])
    return shown if len(words) <= most else f"{shown}, … ({len(words)})"


def rounded(value: Any, tolerance: Any = ZERO) -> str:
    """Write an outcome so that it can be compared at a glance.

    A short exact number is written as it is. Others have 4 decimals, or as many as the tolerance
    of the explanation warrants; then trailing zeros are left out.

    >>> rounded(fmpq(1, 2)), rounded(fmpq(1, 10**6)), rounded(fmpq(999999, 10**6), fmpq(1, 5000))
    ('1/2', '0.0000', '1')
    """
    if isinstance(value, fmpq) and len(exact := short(value, 4)) <= 4 and "e" not in exact:
        return exact
    number = to_float(value) if isinstance(value, fmpq) else float(value.mid())
    if abs(number) >= 1e6:
        return f"{number:.4g}"
    if tolerance > 0:
        text = f"{number:.{decimals(tolerance)}f}".rstrip("0").rstrip(".")
    else:
        text = f"{number:.4f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def labelled(title: str, rows: Sequence[tuple[str, str]]) -> str:
    """Write a title and, below it, a line for each heading, the texts one below the other.

    >>> print(labelled("h1", [("role", "counter"), ("goes to", "y")]))
    h1
    role     counter
    goes to  y
    """
    wide = max(len(head) for head, _ in rows) + 2
    return "\n".join([title, *(f"{head:<{wide}}{said}" for head, said in rows)])


def decimals(tolerance: Any) -> int:
    """Return how many decimals a tolerance warrants, between 2 and 4.

    >>> decimals(fmpq(1, 5000)), decimals(fmpq(1, 3)), decimals(fmpq(1, 10**9))
    (3, 2, 4)
    """
    import math

    return min(4, max(2, math.floor(-math.log10(to_float(tolerance)))))


def beyond(a: Any, b: Any, tolerance: Any = ZERO) -> bool:
    """Whether two numbers differ by more than a tolerance.

    >>> beyond(fmpq(1), fmpq(2)), beyond(fmpq(1), fmpq(2), fmpq(1))
    (True, False)
    """
    gap = a - b
    return bool(gap > tolerance or -gap > tolerance)
