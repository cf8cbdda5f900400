"""The activations on rationals and balls, from their definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from toynets.errors import Undecided
from toynets.rationals import ONE, ZERO

Number = Any  # fmpq or arb; python-flint ships no type information
Function = Callable[[Number], Number]


def _identity(z: Number) -> Number:
    return z


def _relu(z: Number) -> Number:
    if z > 0:
        return z
    if z <= 0:
        return ZERO
    return arb.max(z, arb(0))  # a ball around 0


def _absolute(z: Number) -> Number:
    return abs(z)


def _step(z: Number) -> Number:
    if z > 0:
        return ONE
    if z <= 0:
        return ZERO
    raise Undecided(
        f"whether a step unit is on is not decided: its pre-activation is {z.str(6)}.",
        cause="a tanh or sigmoid before it is known to 128 bits only, and this is nearer to 0.",
    )


def _square(z: Number) -> Number:
    return z * z


def _tanh(z: Number) -> arb:
    return arb(z).tanh()


def _sigmoid(z: Number) -> arb:
    return 1 / (1 + (-arb(z)).exp())


# A softmax layer is identity unit by unit; the machine then takes the mean of its logits away.
FUNCTIONS: dict[str, Function] = {
    "identity": _identity,
    "relu": _relu,
    "abs": _absolute,
    "step": _step,
    "square": _square,
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "softmax": _identity,
}


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
