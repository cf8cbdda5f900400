"""The tasks of networks built by hand once more, on plain numbers and by another route."""

from __future__ import annotations

from functools import reduce
from operator import xor


def parity(*bits):
    """Exclusive or of all bits, one after the other."""
    return reduce(xor, map(int, bits))


BUILT = {
    "majority-5": lambda *bits: sorted(bits)[2],
    "at-least-2-of-4": lambda *bits: sorted(bits)[2],
    "exactly-one-of-3": lambda *bits: int(sorted(bits) == [0, 0, 1]),
    "parity-4": parity,
    "parity-6": parity,
}
