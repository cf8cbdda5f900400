"""Numbers as figures print them, and as their data files hold them."""

from __future__ import annotations

from typing import Any

from flint import fmpq

from toynets.rationals import short, text, to_float

MINUS = "\N{MINUS SIGN}"


def to_number(value: Any) -> float:
    """Return a float of what the exact side gives: a rational, the middle of a ball, a float."""
    if isinstance(value, fmpq):
        return to_float(value)
    return float(value.mid()) if hasattr(value, "mid") else float(value)


def printed(value: Any, digits: int = 3, *, sign: bool = False) -> str:
    """Write a number as a figure prints it: decimals, a minus that is one, no zeros behind.

    Args:
        value: a rational, a ball, a float.
        digits: how many significant ones at most.
        sign: + in front of what is above 0.

    >>> printed(fmpq(-1, 2)), printed(-2.0), printed(0.68231), printed(2, sign=True), printed(0)
    ('−0.5', '−2', '0.682', '+2', '0')
    >>> printed(fmpq(8192)), printed(-0.00000012), printed(1234567.0)
    ('8192', '−1.2e−7', '1234567')
    """
    number = to_number(value)
    if abs(number) < 1e-15:
        return "0"
    if number == round(number) and abs(number) < 1e7:
        said = str(round(number))
    elif 1e-4 <= abs(number) < 1e7:
        said = f"{number:.{digits}g}" if abs(number) < 10**digits else f"{number:.0f}"
    else:
        head, _, power = f"{number:.{digits - 1}e}".partition("e")
        head = head.rstrip("0").rstrip(".") if "." in head else head
        said = f"{head}e{int(power)}"
    return ("+" if sign and number > 0 else "") + said.replace("-", MINUS)


def counted(count: int, thing: str) -> str:
    """Write how many there are, one or several.

    >>> counted(1, "input"), counted(4, "input")
    ('1 input', '4 inputs')
    """
    return f"{count} {thing}{'' if count == 1 else 's'}"


def stored(value: Any) -> str | float | int:
    """Return a number as the data file holds it: exact text of a rational, a float of a ball.

    >>> stored(fmpq(-1, 2)), stored(fmpq(3)), stored(0.25)
    ('-1/2', 3, 0.25)
    """
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    if isinstance(value, fmpq):
        return int(value.p) if value.q == 1 else text(value)
    return to_number(value)


def exactly(value: Any) -> str:
    """Write a number for a caption: a short fraction where it is one.

    >>> exactly(fmpq(-1, 2)), exactly(fmpq(2))
    ('−1/2', '2')
    """
    said = short(value) if isinstance(value, fmpq) else printed(value, 4)
    return said.replace("-", MINUS)
