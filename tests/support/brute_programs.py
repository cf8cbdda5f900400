"""The brute force's own programs of units, on all rows at once, and its own expressions.

Their numbers are an `arithmetic` of `brute_numbers`: exact rationals where the activations are
rational, else float64, where a comparison nearer than SLOP has no label, or decimals of 150 digits.
"""

from __future__ import annotations

import ast
import functools
import re

import numpy as np
from brute_numbers import EXACT, IRRATIONAL, SLOP, Ambiguous, exact, of_float
from flint import fmpq

__all__ = ["EXACT", "IRRATIONAL", "SLOP", "Ambiguous", "NoValueError", "exact", "of_float"]

IRRATIONAL_NAMES = {*IRRATIONAL, "sqrt", "sin", "cos", "pi"}
NUMBER = re.compile(r"(?<![A-Za-z_0-9.])(\d+(?:\.\d+)?)")


class NoValueError(Exception):
    """An expression has no value on some input."""


class Program:
    """Named units with numbers: the network, or what the explanation states.

    Values are arrays over the rows; a replaced value may be a column, one source a line, and all
    that hangs on it then has shape (sources, rows).
    """

    def __init__(self, inputs, units, outputs, numbers, rows, arithmetic):
        self.inputs, self.units, self.outputs = inputs, units, outputs
        self.arithmetic = arithmetic
        self.numbers = {a: arithmetic.number(v) for a, v in numbers.items()}
        columns = zip(*rows, strict=True)
        self.x = {n: arithmetic.array(c) for n, c in zip(inputs, columns, strict=True)}
        self.terms = {u: [] for u in units}
        for address in numbers:
            source, arrow, target = address.partition("->")
            if arrow:
                self.terms[target].append(source)
        self.kept = {}  # what was asked for by a key

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
        rounded, activate = self.arithmetic.rounded, self.arithmetic.activate
        for unit, activation in self.units.items():
            pre = zero + numbers.get(f"{unit}.bias", 0)
            for source in self.terms[unit]:
                pre = pre + numbers[f"{source}->{unit}"] * values[source]
            pre = zero + fixed[f"{unit}.pre"] if f"{unit}.pre" in fixed else rounded(pre)
            values[f"{unit}.pre"] = pre
            values[unit] = zero + fixed[unit] if unit in fixed else activate(activation, pre)
        if self.units[self.outputs[0]] == "softmax":
            mean = sum(values[f"{o}.pre"] for o in self.outputs) / len(self.outputs)
            for o in self.outputs:
                centred = rounded(values[f"{o}.pre"] - mean)
                values[o] = fixed[o] + zero if o in fixed else centred
        return values

    def out(self, **given):
        """Return the outputs, each an array over the rows."""
        values = self.run(**given) if given else self.clean
        return [values[o] for o in self.outputs]

    def keep(self, key, make):
        """Return what `make` of this program gives, made once for each key."""
        if key not in self.kept:
            self.kept[key] = make(self)
        return self.kept[key]

    def at(self, source, **given):
        """Return every value on one input, which need not be a row; clean unless more is given."""
        read = [v if isinstance(v, fmpq) else exact(v) for v in source]
        array = self.arithmetic.array
        made = {n: array([v]) for n, v in zip(self.inputs, read, strict=True)}
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


SIGNS = {
    ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip  # a table


class _Comparing(ast.NodeTransformer):
    """Let the arithmetic compare: only it knows which digits are made up."""

    def visit_Compare(self, node):
        names = _names(node)
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        made = [
            _compared(SIGNS[type(op)], a, b, names)
            for op, a, b in zip(node.ops, sides, sides[1:], strict=False)
        ]
        return made[0] if len(made) == 1 else ast.BoolOp(ast.And(), made)

    def visit_Call(self, node):
        names = _names(node)
        self.generic_visit(node)
        if node.func.id == "step":
            return _compared(">", node.args[0], ast.Constant(0), names)
        return node


def _names(node):
    return tuple(sorted({n.id for n in ast.walk(node) if isinstance(n, ast.Name)}))


def _compared(sign, a, b, names):
    rational = ast.Call(ast.Name("rational", ast.Load()), [ast.Constant(names)], [])
    return ast.Call(ast.Name("compare", ast.Load()), [ast.Constant(sign), a, b, rational], [])


@functools.lru_cache(maxsize=4096)
def compiled(text):
    """Translate an expression text to Python, once."""
    source = re.sub(r"\b([A-Za-z]\w*)\.(\d+)", r"\1__\2", NUMBER.sub(r'Q("\1")', text))
    tree = _Comparing().visit(ast.parse(source.strip(), mode="eval"))
    return compile(ast.fix_missing_locations(tree), "<expression>", "eval")


def evaluate(text, known, arithmetic=EXACT, bent=()):
    """Evaluate an expression text with Python's evaluator over an arithmetic's numbers.

    Args:
        text: the expression.
        known: name -> number.
        arithmetic: of `brute_numbers`.
        bent: names whose numbers may be irrational, beside functions that are.
    """
    names = {k.replace(".", "__"): v for k, v in known.items()}
    curved = {k.replace(".", "__") for k in bent} | IRRATIONAL_NAMES
    names["rational"] = curved.isdisjoint
    try:
        value = eval(compiled(text), {"__builtins__": {}}, {**arithmetic.functions, **names})
    except (ArithmeticError, ValueError) as error:  # by 0, or a root of a negative number
        raise NoValueError(text) from error
    return arithmetic.number(value)
