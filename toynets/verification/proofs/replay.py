"""A program run in float32, one operation after the other: what a computer would print."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from toynets.rationals import Rational, nearest_float, to_float
from toynets.verification.proofs.program import Program


def single(value: float) -> float:
    """Round to the nearest float32.

    >>> single(0.1)
    0.10000000149011612
    """
    try:
        found: float = struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    return found


def replayed(program: Program, point: Sequence[Rational]) -> list[float]:
    """Return every value of a program in float32: products and sums rounded, left to right.

    Args:
        program: what is run; its numbers are rounded to float32 first.
        point: the input, rounded likewise.

    Compiled programs add in other orders; all of them agree with the exact value only up to
    rounding, which is why a sign near 0 may differ.
    """
    values = [nearest_float(v, "float32") for v in point]
    for activation, form in program.nodes:
        total = single(to_float(form.constant))
        for index, coefficient in form.terms.items():
            total = single(total + single(single(to_float(coefficient)) * values[index]))
        if activation == "relu":
            total = max(total, 0.0)
        elif activation == "abs":
            total = abs(total)
        elif activation == "step":
            total = 1.0 if total > 0 else 0.0
        elif activation == "square":
            total = single(total * total)
        elif activation == "tanh":
            total = single(math.tanh(total))
        elif activation == "sigmoid":
            total = single((1 + math.tanh(total / 2)) / 2)
        values.append(total)
    return values
