"""Expressions: what an explanation says, in symbols, kept exactly as it was said.

`relu(x1 + x2 - 1)` stays one `relu` of one sum: nothing is simplified, merged or reordered, so
that one node of an expression can stand for one unit of a network.

>>> e = parse_expression("relu(x1 + x2 - 1)")
>>> e.evaluate({"x1": 1, "x2": "1/2"})
1/2
>>> print(e.substitute({"x2": Name("h1") / 2}), e.unicode(), sep="    ")
relu(x1 + h1/2 - 1)    relu(x₁ + x₂ − 1)
"""

from __future__ import annotations

from toynets.errors import Undecided
from toynets.expressions.base import Expression
from toynets.expressions.builders import (
    all_of,
    any_of,
    compare,
    cos,
    maximum,
    minimum,
    mod,
    negation,
    relu,
    sigmoid,
    sin,
    sqrt,
    square,
    step,
    tanh,
)
from toynets.expressions.limits import AUTHOR, CLAIMS, Limits
from toynets.expressions.nodes import (
    PI,
    Binary,
    Call,
    Constant,
    Name,
    Number,
    Unary,
    constant,
)
from toynets.expressions.parser import parse_expression

__all__ = [
    "parse_expression",
    "Limits",
    "AUTHOR",
    "CLAIMS",
    "Expression",
    "Number",
    "Constant",
    "Name",
    "Unary",
    "Binary",
    "Call",
    "PI",
    "constant",
    "compare",
    "all_of",
    "any_of",
    "negation",
    "maximum",
    "minimum",
    "relu",
    "step",
    "square",
    "mod",
    "tanh",
    "sigmoid",
    "sqrt",
    "sin",
    "cos",
    "Undecided",
]
