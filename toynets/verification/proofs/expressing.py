"""Expressions as affine forms over nodes, in the order that the certificate prescribes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from toynets.errors import ToynetsError
from toynets.expressions import Binary, Call, Expression, Name, Number, Unary
from toynets.rationals import ONE, ZERO, Rational, rational
from toynets.verification.proofs.forms import Form

HALF = rational("1/2")
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


class Unwritable(Exception):
    """An expression that is not piecewise linear, or whose logic is not on 0 and 1."""


class Writer:
    """Writes one expression bottom-up, left to right.

    Args:
        node: appends a node (activation, form) and returns its index.
        names: name -> index of its value.
    """

    def __init__(self, node: Callable[[str, Form], int], names: Mapping[str, int]) -> None:
        self.node = node
        self.names = names

    def form(self, expression: Expression) -> Form:
        """Return the form of an expression; nodes are appended for what is not affine."""
        if not expression.has_names:
            return Form(_constant(expression))
        if isinstance(expression, Name):
            return Form(ZERO, {self.names[str(expression)]: ONE})
        if isinstance(expression, Unary):
            inner = self.form(expression.operand)
            if expression.label == "-":
                return -inner
            _bits(expression.operand)
            return (-inner).plus(ONE)
        if isinstance(expression, Call):
            return self._call(expression.label, [self.form(c) for c in expression.children])
        assert isinstance(expression, Binary)
        if expression.label in ("and", "or"):
            return self._logic(expression)
        left, right = self.form(expression.left), self.form(expression.right)
        if expression.label in COMPARISONS:
            return self._compare(expression.label, left, right)
        if expression.label in ("+", "-"):
            return left + right if expression.label == "+" else left - right
        if expression.label == "*" and not left.terms:
            return right.scaled(left.constant)
        if expression.label == "*" and not right.terms:
            return left.scaled(right.constant)
        if expression.label == "/" and not right.terms and right.constant != 0:
            return left.scaled(ONE / right.constant)
        raise Unwritable(f"{expression} is no sum of multiples")

    def apply(self, activation: str, form: Form) -> Form:
        """Return an activation of a form; of a constant it is a number."""
        if not form.terms:
            value = form.constant
            if activation == "relu":
                return Form(value if value.p > 0 else ZERO)
            if activation == "abs":
                return Form(abs(value))
            return Form(ONE if value.p > 0 else ZERO)
        return Form(ZERO, {self.node(activation, form): ONE})

    def _call(self, function: str, parts: list[Form]) -> Form:
        if function in ("relu", "abs", "step"):
            return self.apply(function, parts[0])
        if function in ("square", "tanh", "sigmoid"):  # for balls: no certificate
            return Form(ZERO, {self.node(function, parts[0]): ONE})
        if function in ("max", "min"):
            best = parts[0]
            for part in parts[1:]:
                if function == "max":
                    best = part + self.apply("relu", best - part)
                else:
                    best = best - self.apply("relu", best - part)
            return best
        raise Unwritable(f"{function} is not piecewise linear here")

    def _compare(self, sign: str, left: Form, right: Form) -> Form:
        if sign == ">":
            return self.apply("step", left - right)
        if sign == "<":
            return self.apply("step", right - left)
        if sign == ">=":
            return (-self.apply("step", right - left)).plus(ONE)
        if sign == "<=":
            return (-self.apply("step", left - right)).plus(ONE)
        above, below = self.apply("step", left - right), self.apply("step", right - left)
        return above + below if sign == "!=" else (-(above + below)).plus(ONE)

    def _logic(self, expression: Binary) -> Form:
        operator = expression.label
        operands: list[Expression] = []
        _flatten(expression, operator, operands)
        total = Form()
        for operand in operands:
            _bits(operand)
            total = total + self.form(operand)
        needed = len(operands) - HALF if operator == "and" else HALF
        return self.apply("step", total.plus(-needed))


def written(expression: Expression, rename: Mapping[str, str]) -> Expression:
    """Return an expression that Python's syntax reads alike: names renamed, constants as quotients.

    >>> from toynets.expressions import parse_expression
    >>> print(written(parse_expression("0.5*h1.2 - x1"), {"h1.2": "h1_2"}))
    1/2*h1_2 - x1
    """
    if isinstance(expression, Name):
        return Name(rename.get(str(expression), str(expression)))
    if not expression.has_names:
        value = _constant(expression)
        top: Expression = Number(int(abs(value).p))
        if value.p < 0:
            top = Unary("-", top)
        return top if value.q == 1 else Binary("/", top, Number(int(value.q)))
    children = tuple(written(child, rename) for child in expression.children)
    return type(expression)(expression.label, *children)  # type: ignore[call-arg]  # operators


def _flatten(expression: Expression, operator: str, into: list[Expression]) -> None:
    """Collect the operands of `a and b and c`, which Python's syntax joins in one node.

    An operand in parentheses on the right is one of its own there; on the left it is not told
    apart by the package's printing, which leaves such parentheses out.
    """
    if isinstance(expression, Binary) and expression.label == operator:
        _flatten(expression.left, operator, into)
        into.append(expression.right)
    else:
        into.append(expression)


def _bits(expression: Expression) -> None:
    """Refuse an operand that is not built from comparisons, logic, step, 0 and 1."""
    good = False
    if isinstance(expression, Binary):
        good = expression.label in (*COMPARISONS, "and", "or")
    elif isinstance(expression, Unary):
        good = expression.label == "not"
    elif isinstance(expression, Call):
        good = expression.label == "step"
    elif not expression.has_names:
        good = _constant(expression) in (ZERO, ONE)
    if not good:
        raise Unwritable(f"{expression} is an operand of and, or, not but need not be 0 or 1")


def _constant(expression: Expression) -> Rational:
    try:
        value: Any = expression.evaluate({})
    except ToynetsError as error:
        raise Unwritable(error.message) from None
    if not hasattr(value, "p"):
        raise Unwritable(f"{expression} is not rational")
    return value
