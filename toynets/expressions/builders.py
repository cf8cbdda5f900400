"""Functions that build what Python's operators cannot."""

from __future__ import annotations

from toynets.errors import ToynetsError, unknown
from toynets.expressions.base import Expression
from toynets.expressions.language import COMPARISONS
from toynets.expressions.nodes import Binary, Call, Unary, as_expression


def compare(left: object, sign: str, right: object) -> Expression:
    """Build a comparison, worth 1 where it holds and 0 where it does not.

    Args:
        left: expression or number.
        sign: one of `< <= > >= == !=`.
        right: expression or number.

    >>> from toynets.expressions import Name
    >>> print(compare(Name("x1"), ">=", 2))
    x1 >= 2
    """
    if sign not in COMPARISONS:
        raise ToynetsError(unknown("comparison", str(sign), "", COMPARISONS))
    return Binary(sign, left, right)


def all_of(*conditions: object) -> Expression:
    """Build `a and b and …` of at least two conditions."""
    return _joined("and", conditions)


def any_of(*conditions: object) -> Expression:
    """Build `a or b or …` of at least two conditions."""
    return _joined("or", conditions)


def negation(condition: object) -> Expression:
    """Build `not a`."""
    return Unary("not", condition)


def maximum(*arguments: object) -> Expression:
    """Build `max(a, b, …)`.

    >>> print(maximum(1, 2))
    max(1, 2)
    """
    return Call("max", *arguments)


def minimum(*arguments: object) -> Expression:
    """Build `min(a, b, …)`."""
    return Call("min", *arguments)


def relu(argument: object) -> Expression:
    """Build `relu(a)`: max(a, 0)."""
    return Call("relu", argument)


def step(argument: object) -> Expression:
    """Build `step(a)`: 1 if a > 0, else 0."""
    return Call("step", argument)


def square(argument: object) -> Expression:
    """Build `square(a)`: a times a."""
    return Call("square", argument)


def mod(number: object, modulus: object) -> Expression:
    """Build `mod(a, b)`: a - b*floor(a/b), which has the sign of b."""
    return Call("mod", number, modulus)


def tanh(argument: object) -> Expression:
    """Build `tanh(a)`."""
    return Call("tanh", argument)


def sigmoid(argument: object) -> Expression:
    """Build `sigmoid(a)`: 1/(1 + exp(-a))."""
    return Call("sigmoid", argument)


def sqrt(argument: object) -> Expression:
    """Build `sqrt(a)` of a constant."""
    return Call("sqrt", argument)


def sin(argument: object) -> Expression:
    """Build `sin(a)` of a constant, in radians."""
    return Call("sin", argument)


def cos(argument: object) -> Expression:
    """Build `cos(a)` of a constant, in radians."""
    return Call("cos", argument)


def _joined(operator: str, conditions: tuple[object, ...]) -> Expression:
    if len(conditions) < 2:
        raise ToynetsError(
            f"{operator} joins 2 or more conditions and has {len(conditions)}.",
            fix="pass them one by one: all_of(a, b), not all_of([a, b]).",
        )
    built = as_expression(conditions[0])
    for condition in conditions[1:]:
        built = Binary(operator, built, condition)
    return built
