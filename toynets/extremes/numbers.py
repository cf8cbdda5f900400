"""Arithmetic on numbers that are rationals or balls."""

from __future__ import annotations

from typing import Any

from flint import arb, fmpq

from toynets.errors import ToynetsError
from toynets.rationals import ONE, ZERO

Number = Any  # fmpq or arb; python-flint ships no type information

PIECEWISE = ("relu", "abs", "step")  # identity is no unit: it is folded into what reads it
# From 0 to 1 and from -1 to 1, with no rounding: `union` widens a ball by 2^-30 of its radius.
UNIT_BALL = arb(0.5, 0.5)
SIGN_BALL = arb(0, 1)
KNOWN = ("identity", *PIECEWISE, "square", "tanh", "sigmoid")


def is_ball(value: Number) -> bool:
    """Whether a number is a ball."""
    return isinstance(value, arb)


def smaller(a: Number, b: Number) -> Number:
    """Return the smaller number, or a ball that holds it."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a if a <= b else b
    return arb.min(arb(a), arb(b))


def larger(a: Number, b: Number) -> Number:
    """Return the larger number, or a ball that holds it."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a if a >= b else b
    return arb.max(arb(a), arb(b))


def hull(low: Number, high: Number) -> arb:
    """Return a ball that holds everything between two numbers.

    >>> bool(hull(fmpq(0), fmpq(1)).contains(arb(1)))
    True
    """
    return arb(low).union(arb(high))


def centre_and_radius(value: Number) -> tuple[fmpq, fmpq]:
    """Return the exact centre and the exact radius of a number."""
    if not isinstance(value, arb):
        return value, ZERO
    if not value.is_finite():
        raise ToynetsError(
            "a value in a search for extremes is not finite.",
            cause="a weight or an activation is too large for ball arithmetic.",
        )
    return _exact(value.mid()), _exact(value.rad())


def _exact(value: arb) -> fmpq:
    mantissa, exponent = (int(v) for v in value.man_exp())
    if exponent >= 0:
        return fmpq(mantissa << exponent)
    return fmpq(mantissa, 1 << -exponent)


def sigmoid(z: Number) -> arb:
    """Return 1 / (1 + exp(-z))."""
    return 1 / (1 + (-arb(z)).exp())


def apply(activation: str, z: Number) -> Number:
    """Return an activation of a number.

    A step of a ball that holds 0 is the ball from 0 to 1.

    >>> apply("relu", fmpq(-1)), apply("step", fmpq(0)), apply("square", fmpq(3))
    (0, 0, 9)
    """
    if activation == "identity":
        return z
    if activation == "relu":
        return larger(z, ZERO)
    if activation == "abs":
        return abs(z)
    if activation == "step":
        return ONE if z > 0 else ZERO if z <= 0 else UNIT_BALL
    if activation == "square":
        return z * z if not is_ball(z) else abs(z) * abs(z)
    if activation == "tanh":
        return arb(z).tanh()
    if activation == "sigmoid":
        return sigmoid(z)
    raise ToynetsError(
        f"no extremes are known for the activation {activation!r}.",
        cause="known are " + ", ".join(KNOWN) + ".",
        fix="give the logits of a softmax output as identity nodes.",
    )
