"""The activations on rationals and balls, as the meaning side has them.

Written again here, not imported: the network's side has its own, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from toynets.errors import Undecided
from toynets.rationals import ONE, ZERO

Number = Any  # a rational, or a ball where tanh, sigmoid or a symbolic constant occurs
HALF = fmpq(1, 2)


def _relu(z: Number) -> Number:
    if isinstance(z, fmpq):
        return z if z.p > 0 else ZERO  # twice as fast as z > 0
    return z.nonnegative_part()


def _tanh(z: Number) -> Number:
    return ZERO if z == 0 else arb(z).tanh()


def _sigmoid(z: Number) -> Number:
    if z == 0:
        return HALF
    found = 1 / (1 + (-arb(z)).exp())
    # exp overflows far below 0; tanh does not, but would cost relative precision elsewhere.
    return found if found.is_finite() else (1 + (arb(z) / 2).tanh()) / 2


def _step(z: Number) -> Number:
    if z > 0:
        return ONE
    if z <= 0:
        return ZERO
    raise Undecided("step of a ball around 0 cannot be decided.", fix="state exact numbers.")


def _same(z: Number) -> Number:
    return z


def lesser(a: Number, b: Number) -> Number:
    """Return the lesser number; of balls that overlap, a ball that holds it."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a if a <= b else b
    return arb.min(arb(a), arb(b))


def greater(a: Number, b: Number) -> Number:
    """Return the greater number, or a ball that holds it."""
    return -lesser(-a, -b)


FUNCTIONS: dict[str, Callable[[Number], Number]] = {
    "identity": _same,
    "relu": _relu,
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "step": _step,
    "abs": abs,
    "square": lambda z: z * z,
    "softmax": _same,  # the layer subtracts its mean: see `CausalModel`
}
