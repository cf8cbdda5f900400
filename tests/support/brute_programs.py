"""The brute force's own arithmetic: programs of units on all rows at once, and expressions.

Arrays of exact rationals where the activations are rational; for tanh and sigmoid of float64, where
a comparison nearer than SLOP has no label.
"""

from __future__ import annotations

import functools
import math
import re

import numpy as np
from flint import fmpq

SLOP = 1e-9
NUMBER = re.compile(r"(?<![A-Za-z_0-9.])(\d+(?:\.\d+)?)")
IRRATIONAL = ("tanh", "sigmoid")


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


def array(values, floats):
    """Return numbers as an array: of float64, or of rationals."""
    if floats:
        return np.array([as_float(v) for v in values], dtype=np.float64)
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def as_float(value):
    """Return a rational or float as a float."""
    return int(value.p) / int(value.q) if isinstance(value, fmpq) else float(value)


def activate(name, z):
    """Apply an activation to an array."""
    if name in ("identity", "softmax"):
        return z
    if name == "relu":
        return np.maximum(z, 0 * z)
    if name == "abs":
        return abs(z)
    if name == "square":
        return z * z
    if name == "step":
        one = (0 * z) + 1
        return np.where(z > 0, one, 0 * z)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-z))
    raise ValueError(name)


def within(gap, bound):
    """Return where |gap| <= bound; floats too near raise."""
    gap = np.asarray(gap)
    if gap.dtype == object:
        return abs(gap) <= bound
    off = abs(gap.astype(np.float64)) - as_float(bound)
    if (abs(off) < SLOP).any():
        # One case that is clearly over decides against the whole, whatever the near ones are.
        if (off > SLOP).any():
            return off <= SLOP
        raise Ambiguous
    return off <= 0


def at_most(gap, bound):
    """Decide whether every |gap| <= bound."""
    return bool(np.all(within(gap, bound)))


class NoValueError(Exception):
    """An expression has no value on some input."""


class Program:
    """Named units with numbers: the network, or what the explanation states.

    Values are arrays over the rows; a replaced value may be a column, one source a line, and all
    that hangs on it then has shape (sources, rows).
    """

    def __init__(self, inputs, units, outputs, numbers, rows, floats):
        self.inputs, self.units, self.outputs = inputs, units, outputs
        self.floats = floats
        self.numbers = {a: as_float(v) for a, v in numbers.items()} if floats else numbers
        columns = zip(*rows, strict=True)
        self.x = {n: array(c, floats) for n, c in zip(inputs, columns, strict=True)}
        self.terms = {u: [] for u in units}
        for address in numbers:
            source, arrow, target = address.partition("->")
            if arrow:
                self.terms[target].append(source)

    @functools.cached_property
    def clean(self):
        """Every value by name, on every row."""
        return self.run()

    def run(self, numbers=None, fixed=None, x=None):
        """Return every value by name; fixed holds replaced activations and `.pre` values."""
        numbers = self.numbers if numbers is None else numbers
        fixed = fixed or {}
        values = dict(self.x if x is None else x)
        zero = 0 * next(iter(values.values()))
        values.update({k: v + zero for k, v in fixed.items() if k in self.inputs})
        for unit, activation in self.units.items():
            pre = zero + numbers.get(f"{unit}.bias", 0)
            for source in self.terms[unit]:
                pre = pre + numbers[f"{source}->{unit}"] * values[source]
            if f"{unit}.pre" in fixed:
                pre = zero + fixed[f"{unit}.pre"]
            values[f"{unit}.pre"] = pre
            values[unit] = zero + fixed[unit] if unit in fixed else activate(activation, pre)
        if self.units[self.outputs[0]] == "softmax":
            mean = sum(values[f"{o}.pre"] for o in self.outputs) / len(self.outputs)
            for o in self.outputs:
                values[o] = fixed[o] + zero if o in fixed else values[f"{o}.pre"] - mean
        return values

    def out(self, **given):
        """Return the outputs, each an array over the rows."""
        values = self.run(**given) if given else self.clean
        return [values[o] for o in self.outputs]

    def at(self, source, **given):
        """Return every value on one input, which need not be a row; clean unless more is given."""
        read = [v if isinstance(v, fmpq) else exact(v) for v in source]
        made = {n: array([v], self.floats) for n, v in zip(self.inputs, read, strict=True)}
        return {name: value[0] for name, value in self.run(x=made, **given).items()}

    def out_at(self, source, **given):
        """Return the outputs on one input."""
        values = self.at(source, **given)
        return [values[o] for o in self.outputs]

    def mean(self, name):
        """Return the mean of a clean value over the rows."""
        values = self.clean[name]
        return sum(values.tolist()) / len(values)

    def swapped(self, unit, sources=None):
        """Return the outputs of each row (second axis), a unit taken from each source (first).

        Sources are numbers of rows; all rows unless given.
        """
        value = self.clean[unit] if sources is None else self.clean[unit][sources]
        taken = self.out(fixed={unit: value[:, None]})
        count = len(self.clean[unit])  # an output that does not hang on the unit has one line
        return [np.broadcast_to(values, (len(value), count)) for values in taken]


def different(*columns):
    """Return the first row of each combination of values that occurs in some columns.

    Rows that agree in all of them stand for one another: no claim about pairs of rows needs both.
    """
    seen = {}
    for row, key in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        seen.setdefault(key, row)
    return list(seen.values())


@functools.lru_cache(maxsize=4096)
def compiled(text):
    """Translate an expression text to Python, once."""
    source = re.sub(r"\b([A-Za-z]\w*)\.(\d+)", r"\1__\2", NUMBER.sub(r'Q("\1")', text))
    return compile(source, "<expression>", "eval")


def _floor(value):
    return math.floor(value) if isinstance(value, float) else int(value.floor())


FUNCTIONS = {
    "relu": lambda z: max(z, 0 * z), "step": lambda z: int(z > 0), "square": lambda z: z * z,
    "mod": lambda a, b: a - b * _floor(a / b),
    "tanh": lambda z: math.tanh(as_float(z)), "max": max, "min": min, "abs": abs,
    "sigmoid": lambda z: 1 / (1 + math.exp(-as_float(z))), "pi": math.pi,
    "sqrt": lambda z: math.sqrt(as_float(z)), "sin": lambda z: math.sin(as_float(z)),
    "cos": lambda z: math.cos(as_float(z)),
}  # fmt: skip  # a table


def evaluate(text, known, floats=False):
    """Evaluate an expression text with Python's evaluator over rationals, or over floats."""
    names = {k.replace(".", "__"): v for k, v in known.items()}
    read = (lambda t: as_float(exact(t))) if floats else exact
    try:
        value = eval(compiled(text), {"__builtins__": {}}, {**FUNCTIONS, "Q": read, **names})
    except (ZeroDivisionError, ValueError) as error:  # a root of a negative number
        raise NoValueError(text) from error
    if isinstance(value, bool | int):
        return float(value) if floats else fmpq(int(value))
    return value
