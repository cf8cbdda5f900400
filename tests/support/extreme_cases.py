"""One output of a small program, its extremes, and plain loops over a grid to check them by."""

from __future__ import annotations

import itertools
import math

from flint import arb, fmpq

from toynets.extremes import Extreme, extremes

Q = fmpq
UNIT = (Q(0), Q(1))
SIGNED = (Q(-1), Q(1))


def one(nodes, variables, output=None) -> Extreme:
    """The extremes of one output, by default the last node."""
    index = len(variables) + len(nodes) - 1 if output is None else output
    (found,) = extremes(nodes, variables, [index])
    return found


def ends(found: Extreme):
    return found.minimum, found.maximum


def contains(ball, value) -> bool:
    return bool(arb(ball).contains(arb(value)))


def near(ball, value: float, width: float = 1e-8) -> bool:
    return abs(float(arb(ball).mid()) - value) < width and float(arb(ball).rad()) < width


def as_float(value) -> float:
    return float(value.mid()) if isinstance(value, arb) else float(value)


def activate(name: str, z):
    match name:
        case "identity":
            return z
        case "relu":
            return max(z, 0)
        case "abs":
            return abs(z)
        case "step":
            return 1 if z > 0 else 0
        case "square":
            return z * z
        case "tanh":
            return math.tanh(z)
        case "sigmoid":
            return 1 / (1 + math.exp(-z))
    raise AssertionError(name)


def evaluate(nodes, point, output: int, number=lambda v: v):
    values = [number(v) for v in point]
    for name, constant, terms in nodes:
        z = number(constant)
        for index, coefficient in terms:
            z = z + number(coefficient) * values[index]
        values.append(activate(name, z))
    return values[output]


def grid(bounds, steps: int):
    axes = [[low + (high - low) * Q(k, steps) for k in range(steps + 1)] for low, high in bounds]
    return itertools.product(*axes)
