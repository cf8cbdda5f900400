"""The tasks of networks built by hand once more, on plain numbers and by another route."""

from __future__ import annotations

from functools import reduce
from operator import xor


def parity(*bits):
    """Exclusive or of all bits, one after the other."""
    return reduce(xor, map(int, bits))


def digits(number, places):
    """Binary digits of a number, the highest first."""
    return tuple(map(int, format(int(number), f"0{places}b")))


def dial(number, places):
    """One-hot place of a number on a dial."""
    found = [0] * places
    found[int(number) % places] = 1
    return tuple(found)


def ramp(number):
    """The number where it is positive."""
    return (number + abs(number)) / 2


# The bars a to g of each digit.
DISPLAY = (
    *("1111110", "0110000", "1101101", "1111001", "0110011"),
    *("1011011", "1011111", "1110000", "1111111", "1111011"),
)

BUILT = {
    "majority-5": lambda *bits: sorted(bits)[2],
    "at-least-2-of-4": lambda *bits: sorted(bits)[2],
    "exactly-one-of-3": lambda *bits: int(sorted(bits) == [0, 0, 1]),
    "parity-4": parity,
    "parity-6": parity,
    "less-than": lambda a2, a1, b2, b1: int((a2, a1) < (b2, b1)),
    "full-adder": lambda a, b, c: (int(sorted((a, b, c))[1]), parity(a, b, c)),
    "adder": lambda a2, a1, b2, b1: digits(2 * (a2 + b2) + a1 + b1, 3),
    "adder-carry": lambda a2, a1, b2, b1, c: digits(2 * (a2 + b2) + a1 + b1 + c, 3),
    "multiplier": lambda a2, a1, b2, b1: digits((2 * a2 + a1) * (2 * b2 + b1), 4),
    "mux-2": lambda a, b, select: {0: a, 1: b}[select],
    "mux-4": lambda d0, d1, d2, d3, s2, s1: [[d0, d1], [d2, d3]][int(s2)][int(s1)],
    "and-of-ors": lambda a, b, c, d: min(max(a, b), max(c, d)),
    "seven-segment": lambda *bits: tuple(
        map(int, DISPLAY[int("".join(str(int(bit)) for bit in bits), 2)])
    ),
    "min-2": lambda a, b: (a + b - abs(a - b)) / 2,
    "sort-2": lambda a, b: ((a + b + abs(a - b)) / 2, (a + b - abs(a - b)) / 2),
    "median-3": lambda a, b, c: a + b + c - max(a, b, c) - min(a, b, c),
    "clip": lambda a: (1 + abs(a) - abs(a - 1)) / 2,
    "soft-threshold": lambda a: a - (abs(a + 0.5) - abs(a - 0.5)) / 2,
    "tent": lambda a: 1 - abs(2 * a - 1),
    "sawtooth-3": lambda a: 1 - abs(2 * (4 * a - min(int(4 * a), 3)) - 1),
    "encoder-4": lambda *row: row,
    "encoder-8": lambda *row: row,
    "add-mod-5": lambda a, b: dial(a + b, 5),
    "add-mod-5-one-hot": lambda *row: dial(row[:5].index(1) + row[5:].index(1), 5),
    "add-mod-4": lambda *row: dial(row[:4].index(1) + row[4:].index(1), 4),
    "movie-rating": lambda a, r, c, n, s: (
        1 + ramp(2 * a - r) + ramp(2 * r + c - 1) - ramp(n - c / 2 - 0.25) + ramp(s - 0.5)
    ),
}
