"""The numbers that the brute force calculates with: rationals, float64, or 150 decimal digits.

Rationals where nothing irrational occurs. Else float64, which is quick, and says `Ambiguous` where
two numbers are nearer than SLOP; and, for those, decimals: whatever is compared is rounded to 100
places first, so that numbers which are equal, such as sqrt(3) * sqrt(3) and 3, compare as equal.
The least float32, 1e-45, and its square are far from 0 at that.
"""

from __future__ import annotations

import decimal
import functools
import math
import operator
from decimal import Decimal

import numpy as np
from flint import fmpq

SLOP = 1e-9
IRRATIONAL = ("tanh", "sigmoid")
DIGITS = decimal.Context(prec=150, traps=[decimal.InvalidOperation, decimal.DivisionByZero])
PLACES = Decimal(1).scaleb(-100)
LARGE = Decimal(10) ** 49  # with 100 places these are the 150 digits, nearly
ONE = Decimal(1)
COMPARED = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip  # a table


class Ambiguous(Exception):
    """Too near to call in float64."""


@functools.lru_cache(maxsize=4096)
def exact(number):
    """Read a number text such as 3, -1/2, 0.25 or 1e-05 as a rational."""
    top, _, bottom = str(number).partition("/")
    mantissa, _, power = top.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    ten = int(power or 0) - len(decimals)
    value = fmpq(int(whole + decimals) * 10 ** max(ten, 0), 10 ** max(-ten, 0))
    return value / int(bottom) if bottom else value


def of_float(value):
    """Return a float as the rational that it is."""
    return fmpq(*float(value).as_integer_ratio())


class Rationals:
    """Exact numbers; tanh, roots and the like are not among them."""

    infinite = fmpq(10**30)

    def __init__(self):
        self.functions = {
            "relu": lambda z: max(z, 0 * z), "square": lambda z: z * z, "mod": self.mod,
            "max": max, "min": min, "abs": abs,
            "Q": lambda text: self.number(exact(text)), "compare": self.compare,
        }  # fmt: skip  # a table

    def mod(self, a, b):
        """Return what is left of a after the largest multiple of b below it."""
        return a - b * self.floor(self.round_one(a / b))

    def compare(self, name, a, b, rational=True):
        """Decide a comparison; digits that arithmetic made up decide nothing.

        Args:
            name: the operator.
            a, b: two numbers.
            rational: whether they come from inputs and rationals alone.
        """
        return COMPARED[name](self.round_one(a), self.round_one(b))

    def floor(self, value):
        """Return the largest whole number that is not above."""
        return int(value.floor())

    def number(self, value):
        """Return a whole number, a rational or a number of this kind as one of this kind."""
        return value if isinstance(value, fmpq) else fmpq(int(value))

    def round_one(self, value):
        """Return one number without digits that the arithmetic made up."""
        return value

    def rounded(self, values):
        """Return an array likewise."""
        return values

    def array(self, values):
        """Return numbers as an array."""
        made = np.empty(len(values), dtype=object)
        made[:] = [self.number(v) for v in values]
        return made

    def activate(self, name, z):
        """Apply an activation to an array."""
        if name in ("identity", "softmax"):
            return z
        if name == "relu":
            return np.maximum(z, 0 * z)
        if name == "abs":
            return abs(z)
        if name == "square":
            return self.rounded(z * z)
        if name == "step":
            return self.stepped(z)
        return self.bent(name, z)

    def stepped(self, z):
        """Apply a step to an array."""
        return np.where(z > 0, (0 * z) + 1, 0 * z)

    def bent(self, name, z):
        """Apply tanh or sigmoid to an array."""
        raise ValueError(name)

    def within(self, gap, bound):
        """Return where |gap| <= bound, or may be."""
        return abs(self.rounded(np.asarray(gap))) <= self.round_one(self.number(bound))

    def unsure(self, gap, bound):
        """Return where |gap| is too near to a bound to call."""
        return np.zeros(np.shape(gap), bool)

    def all_within(self, gap, bound):
        """Decide whether every |gap| <= bound; one that is clearly over decides it."""
        if not np.all(self.within(gap, bound)):
            return False
        if np.any(self.unsure(gap, bound)):
            raise Ambiguous
        return True

    def told(self, values):
        """Return values that are equal or not, if that is so clear that they can be compared."""
        return values

    def near(self, margin):
        """Return where a margin is too small to call."""
        return np.zeros(np.shape(margin), bool)

    def apart(self, gaps):
        """Return which lines have a gap above 0."""
        return (self.rounded(gaps) > 0).any(axis=1)


class Floats(Rationals):
    """Float64; what is nearer than SLOP is not told apart, and raises `Ambiguous`."""

    infinite = math.inf

    def __init__(self):
        super().__init__()
        self.functions |= {
            "tanh": math.tanh, "sigmoid": lambda z: 1 / (1 + math.exp(-z)), "pi": math.pi,
            "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos,
        }  # fmt: skip  # a table

    def compare(self, name, a, b, rational=True):
        gap = abs(a - b)
        if gap < SLOP and not (rational and gap == 0):
            raise Ambiguous
        return super().compare(name, a, b)

    def floor(self, value):
        if 0 < abs(value - round(value)) < SLOP:
            raise Ambiguous
        return math.floor(value)

    def number(self, value):
        return int(value.p) / int(value.q) if isinstance(value, fmpq) else float(value)

    def array(self, values):
        return np.array([self.number(v) for v in values], dtype=np.float64)

    def bent(self, name, z):
        if name == "tanh":
            return np.tanh(z)
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-z))

    def stepped(self, z):
        if (abs(z) < SLOP).any():
            raise Ambiguous
        return super().stepped(z)

    def within(self, gap, bound):
        return abs(np.asarray(gap)) - self.number(bound) < SLOP

    def unsure(self, gap, bound):
        return abs(abs(np.asarray(gap)) - self.number(bound)) < SLOP

    def told(self, values):
        gaps = np.diff(np.unique(values))
        if (gaps < SLOP).any():
            raise Ambiguous
        return values

    def near(self, margin):
        return margin < SLOP

    def apart(self, gaps):
        large = (gaps >= SLOP).any(axis=1)
        if ((gaps > 0).any(axis=1) & ~large).any():
            raise Ambiguous
        return large


class Decimals(Rationals):
    """Numbers of 150 digits, of which 100 places count."""

    infinite = Decimal(10) ** 30

    def __init__(self):
        super().__init__()
        decimal.setcontext(DIGITS)
        for name in ("sine", "sigmoid", "tanh", "root"):  # of the same few numbers, mostly
            setattr(self, name, functools.lru_cache(maxsize=65536)(getattr(self, name)))
        self._rounded = np.frompyfunc(self.round_one, 1, 1)
        self._bent = {
            "tanh": np.frompyfunc(self.tanh, 1, 1),
            "sigmoid": np.frompyfunc(self.sigmoid, 1, 1),
        }
        self.functions |= {
            "tanh": self.tanh, "sigmoid": self.sigmoid, "pi": self.pi,
            "sqrt": self.root,
            "sin": self.sine, "cos": lambda z: self.sine(z + self.pi / 2),
        }  # fmt: skip  # a table

    @functools.cached_property
    def pi(self):
        """16 arctan(1/5) - 4 arctan(1/239), as Machin had it."""

        def arctan(n):
            parts = (ONE / (k * n**k) * (-1) ** (k // 2) for k in range(1, 241, 2))
            return sum(parts, Decimal(0))

        return 16 * arctan(5) - 4 * arctan(239)

    def sine(self, z):
        """The sine, by its series about 0."""
        z = self.number(z) % (2 * self.pi)
        term, total, k = z, z, 1
        while abs(term) > PLACES * PLACES:
            term *= -z * z / ((k + 1) * (k + 2))
            total, k = total + term, k + 2
        return total

    def root(self, z):
        """The square root; of what is 0 in all places it is 0."""
        return self.round_one(z).sqrt()

    def sigmoid(self, z):
        """1/(1 + e^-z): beyond 250 it is 0 or 1 in all 100 places."""
        z = max(min(self.number(z), Decimal(250)), Decimal(-250))
        return self.round_one(ONE / (ONE + (-z).exp()))

    def tanh(self, z):
        """The hyperbolic tangent, likewise."""
        z = max(min(self.number(z), Decimal(125)), Decimal(-125))
        once = (-2 * z).exp()
        return self.round_one((ONE - once) / (ONE + once))

    def floor(self, value):
        return math.floor(value)

    def number(self, value):
        if isinstance(value, Decimal):
            return value
        if isinstance(value, fmpq):
            return Decimal(int(value.p)) / Decimal(int(value.q))
        return Decimal(value)

    def round_one(self, value):
        value = self.number(value)
        return value.quantize(PLACES) if abs(value) < LARGE else value

    def rounded(self, values):
        return self._rounded(values)

    def bent(self, name, z):
        return self._bent[name](z)


EXACT, FLOATS, DECIMALS = Rationals(), Floats(), Decimals()
