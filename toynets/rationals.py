"""Exact numbers: from user text and floats to rationals and back.

Inside the package a number is a `flint.fmpq` (8 times faster than `fractions.Fraction`);
`fractions.Fraction` is what public functions return.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flint import ctx, fmpq, fmpz

from toynets.errors import ToynetsError

if TYPE_CHECKING:
    from fractions import Fraction

# A number in user text is matched before it becomes a rational: `Fraction("1e100000000")` hangs.
# A decimal of 60 + 60 digits is a fraction with up to 120, and a float64 one with up to 324: what
# `text` writes must be read back, so whole numbers and fractions may have more digits.
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,60}\.[0-9]{1,60}|[0-9]{1,400}(?:\s*/\s*[0-9]{1,400})?)")
_WITH_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+")

# From halfway between the largest float32 and the next power of two, values round to infinity.
_TO_INFINITY = fmpq(2**128 - 2**103)
_LARGEST = float(2**128 - 2**104)

ZERO = fmpq(0)
ONE = fmpq(1)
HALF = fmpq(1, 2)
if TYPE_CHECKING:
    Rational = Any  # python-flint ships no type information
else:
    Rational = fmpq


def rational(value: Any) -> fmpq:
    """Return any exact number as a rational.

    Args:
        value: int, float (taken exactly), Fraction, fmpq, NumPy or JAX scalar, or text such as
            `-3`, `0.25`, `3/2`.

    Raises:
        ToynetsError: NaN, infinity, a text that is no number, a zero denominator.

    >>> rational("3/2") + rational(0.5)
    2
    """
    if isinstance(value, fmpq):
        return value
    if isinstance(value, int):
        return fmpq(int(value))
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, float):
        return from_float(value)
    if isinstance(value, fmpz):
        return fmpq(value)
    if hasattr(value, "numerator") and hasattr(value, "denominator"):  # Fraction, numpy integers
        return fmpq(int(value.numerator), int(value.denominator))
    if getattr(value, "size", 0) == 1 and hasattr(value, "item"):  # a NumPy or JAX scalar
        inner = value.item()
        if type(inner) is not type(value):  # a long double's item is a long double
            return rational(inner)
    raise ToynetsError(
        f"expected a number but got {repr(value)[:70]} (type={type(value).__name__}).",
        fix='write a number, or a text such as "3/2" or "0.5".',
    )


def _from_text(text: str) -> fmpq:
    # Printed mathematics has the minus sign, and a space may follow it. What is longer than any
    # number is not looked at: it may have a million digits.
    short = text if len(text) <= 1_000 else ""
    stripped = re.sub(r"^([+-])\s+", r"\1", short.strip().replace("\N{MINUS SIGN}", "-"))
    if NUMBER.fullmatch(stripped):
        whole, _, fraction = stripped.partition(".")
        if fraction:
            return fmpq(int(whole + fraction), 10 ** len(fraction))
        top, _, bottom = stripped.partition("/")
        if bottom and int(bottom) == 0:
            raise ToynetsError(f"{text!r} divides by zero.", fix="write another denominator.")
        return fmpq(int(top), int(bottom or 1))
    if re.fullmatch(r"[+-]?[0-9]{1,60},[0-9]{1,60}", stripped):
        raise ToynetsError(
            f"{text!r} is not a number here: only the point is a decimal sign.",
            fix=instead_of_comma(stripped),
        )
    if _WITH_EXPONENT.fullmatch(stripped):
        raise ToynetsError(
            f"{text[:70]!r} has an exponent, which is not read.",
            fix="write it out, or as a fraction.",
        )
    raise ToynetsError(
        f"{text[:70]!r} is not a number.",
        cause="a number is digits with an optional sign, and .digits or /digits; a decimal has at "
        "most 60 digits on each side of the point, a whole number and a fraction 400.",
        fix="write for example -3, 0.25 or 3/2.",
    )


def instead_of_comma(given: str) -> str:
    """Say how a decimal with a comma is written.

    >>> instead_of_comma("0,5")
    'write 0.5 or 1/2.'
    """
    decimal = given.replace(",", ".").replace(" ", "").replace("\N{MINUS SIGN}", "-")
    return f"write {decimal} or {text(rational(decimal))}."


def from_float(value: float) -> fmpq:
    """Return a float as the rational that it is; NaN and infinity are refused.

    >>> from_float(0.1) == fmpq(1, 10), from_float(0.125)
    (False, 1/8)
    """
    try:
        top, bottom = value.as_integer_ratio()
    except (OverflowError, ValueError):
        raise ToynetsError(
            f"{value} is not a number that a network can hold.",
            cause="a division by zero or an overflow before the value came here.",
        ) from None
    return fmpq(top, bottom)


def workprec(bits: int = 128) -> Any:
    """Return a context in which balls are computed to so many bits, restored afterwards.

    >>> from flint import arb
    >>> with workprec(128):
    ...     ball = arb(1).tanh()
    >>> bool(ball.rad() < 1e-30)
    True
    """
    return ctx.workprec(bits)


def row_key(row: Iterable[Rational]) -> tuple[Any, ...]:
    """Return what tells rows of rationals apart in a dictionary.

    The hash of a `flint.fmpq` goes through `fractions.Fraction`, which is slow and costs an import.

    >>> row_key((fmpq(1, 2), fmpq(3))) == row_key((fmpq(2, 4), fmpq(3)))
    True
    """
    return tuple([part for value in row for part in (value.p, value.q)])


def fraction(value: fmpq) -> Fraction:
    """Return a rational as `fractions.Fraction`.

    >>> fraction(fmpq(3, 2))
    Fraction(3, 2)
    """
    from fractions import Fraction  # costs start-up time; only public results need it

    return Fraction(int(value.p), int(value.q))


def text(value: fmpq) -> str:
    """Write a rational so that `rational` reads it back.

    >>> text(fmpq(-3, 2)), text(fmpq(4))
    ('-3/2', '4')
    """
    return str(int(value.p)) if value.q == 1 else f"{int(value.p)}/{int(value.q)}"


def short(value: fmpq, digits: int = 6) -> str:
    """Write a rational for a table: as a short fraction if it is one, else as a decimal.

    >>> short(fmpq(1, 3)), short(fmpq(123456789, 10**7)), short(fmpq(1, 10**9))
    ('1/3', '12.3457', '1e-09')
    """
    exact = text(value)
    if len(exact) <= digits:
        return exact
    near = to_float(value)
    if near == 0 or abs(near) == float("inf"):  # beyond the floats: 0 or inf would be a lie
        return exact
    return f"{near:.{digits}g}"


def to_float(value: fmpq) -> float:
    """Return the float64 nearest to a rational.

    >>> to_float(fmpq(1, 3))
    0.3333333333333333
    """
    try:
        return int(value.p) / int(value.q)  # Python's integer division rounds correctly
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def nearest_float(value: fmpq, dtype: str) -> float:
    """Round a rational to the nearest number of a dtype (`float32` or `float64`).

    >>> nearest_float(fmpq(1, 10), "float32")
    0.10000000149011612
    """
    as64 = to_float(value)
    if dtype == "float64":
        return as64
    if abs(value) >= _TO_INFINITY:
        return float("inf") if value > 0 else float("-inf")
    try:
        centre = struct.unpack("<f", struct.pack("<f", as64))[0]
    except OverflowError:  # just below the limit, and rounded up to it by float64
        return _LARGEST if value > 0 else -_LARGEST
    # Rounding twice can miss by one step: compare with both neighbours, exactly.
    bits = struct.unpack("<i", struct.pack("<f", centre))[0]
    around = [centre]
    for step in (-1, 1):
        try:
            other = struct.unpack("<f", struct.pack("<i", bits + step))[0]
        except struct.error:
            continue
        if other == other and abs(other) != float("inf"):
            around.append(other)
    return float(min(around, key=lambda c: abs(from_float(c) - value)))
