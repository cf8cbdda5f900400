"""Expressions as functions: each node becomes a closure, so that many rows cost little.

Everything is evaluated, also the second operand of `and` and `or`: an expression that divides by
zero on some input is refused there, whatever stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb, ctx, fmpq

from toynets.errors import ToynetsError, unknown
from toynets.expressions import values as worth
from toynets.expressions.base import Expression
from toynets.expressions.nodes import Binary, Call, Constant, Name, Number, Unary
from toynets.rationals import ONE, ZERO, rational

TYPE_CHECKING = False  # type checkers know the name; importing it from typing costs start-up time
if TYPE_CHECKING:
    from typing import Any

    Values = Mapping[str, object]
    Program = Callable[[Values], Any]

MAX_PRECISION = 1 << 16


def compile_expression(
    expression: Expression, precision: int = 128
) -> Callable[[Values | None], Any]:
    """Return a function from values by name to the value of the expression.

    Args:
        expression: what to evaluate.
        precision: bits of the balls, 2 to 65,536.

    >>> from toynets.expressions import parse_expression
    >>> compile_expression(parse_expression("2*x1"))({"x1": "1/4"})
    1/2
    """
    if not isinstance(precision, int) or not 2 <= precision <= MAX_PRECISION:
        raise ToynetsError(
            f"precision={precision!r} is not an integer from 2 to {MAX_PRECISION}.",
            fix="precision is in bits; 128 is the default.",
        )
    with ctx.workprec(precision):
        program = _build(expression)

    def evaluate(values: Values | None = None) -> Any:
        before = ctx.prec
        ctx.prec = precision
        try:
            result = program({} if values is None else values)
            if type(result) is not fmpq and not result.is_finite():
                raise worth.undecided("the value", values or {})
        finally:
            ctx.prec = before
        return result

    return evaluate


def _build(node: Expression) -> Program:
    if isinstance(node, Name):
        return _name(node.label)
    if isinstance(node, Number):
        number = node.label
        return lambda values: number
    if isinstance(node, Constant):
        return lambda values: arb.pi()
    program = _operation(node)
    if not node.has_names:
        try:
            known = program({})
        except ToynetsError:
            return program  # refused when it is evaluated, not when it is written
        return lambda values: known
    return program


def _operation(node: Expression) -> Program:
    parts = [_build(child) for child in node.children]
    if isinstance(node, Call):
        return _call(node, parts)
    if isinstance(node, Unary):
        return _unary(node, parts[0])
    assert isinstance(node, Binary)
    left, right = parts
    if node.label in worth.ORDER:
        return _comparison(node, left, right)
    if node.label in ("and", "or"):
        return _logic(node, left, right)
    return _arithmetic(node, left, right)


def _name(name: str) -> Program:
    def read(values: Values) -> Any:
        try:
            value = values[name]
        except (KeyError, TypeError, IndexError):
            if not isinstance(values, Mapping):
                raise ToynetsError(
                    f"expected the values by name but got {values!r}.",
                    fix=f'write evaluate({{"{name}": 1}}).',
                ) from None
            raise ToynetsError(
                unknown("value", name, "", values), fix=f"give a value for {name}."
            ) from None
        kind = type(value)
        return value if kind is fmpq or kind is arb else rational(value)

    return read


def _unary(node: Unary, operand: Program) -> Program:
    if node.label == "-":
        return lambda values: -operand(values)
    return lambda values: ZERO if worth.truth(operand(values), node.operand, "not", values) else ONE


def _arithmetic(node: Binary, left: Program, right: Program) -> Program:
    if node.label == "+":
        return lambda values: left(values) + right(values)
    if node.label == "-":
        return lambda values: left(values) - right(values)
    if node.label == "*":
        return lambda values: left(values) * right(values)

    def divide(values: Values) -> Any:
        a, b = left(values), right(values)
        if type(b) is fmpq and b:
            return a / b
        return worth.quotient(a, b, node, values)

    return divide


def _comparison(node: Binary, left: Program, right: Program) -> Program:
    holds, fails = worth.ORDER[node.label]

    def compare(values: Values) -> Any:
        a, b = left(values), right(values)
        if holds(a, b):
            return ONE
        if (type(a) is fmpq and type(b) is fmpq) or fails(a, b):
            return ZERO
        raise worth.undecided(f"whether {worth.brief(node)}", values)

    return compare


def _logic(node: Binary, left: Program, right: Program) -> Program:
    operator, one, other = node.label, node.left, node.right
    conjunction = operator == "and"

    def combine(values: Values) -> Any:
        first = worth.truth(left(values), one, operator, values)
        second = worth.truth(right(values), other, operator, values)
        return ONE if ((first and second) if conjunction else (first or second)) else ZERO

    return combine


def _call(node: Call, parts: list[Program]) -> Program:
    name, first = node.label, parts[0]
    if name in ("max", "min"):
        better, rest = (worth.larger if name == "max" else worth.smaller), parts[1:]

        def extreme(values: Values) -> Any:
            best = first(values)
            for part in rest:
                best = better(best, part(values))
            return best

        return extreme
    if name == "mod":
        second = parts[1]
        return lambda values: worth.remainder(first(values), second(values), node, values)
    if name == "step":

        def step(values: Values) -> Any:
            return ONE if worth.positive(first(values), node.children[0], values) else ZERO

        return step
    if name in ("square", "sqrt"):
        with_text = worth.squared if name == "square" else worth.root
        child = node.children[0]
        return lambda values: with_text(first(values), child, values)
    plain = _PLAIN[name]
    return lambda values: plain(first(values))


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "abs": worth.size,
    "relu": worth.rectified,
    "tanh": worth.hyperbolic_tangent,
    "sigmoid": worth.logistic,
    "sin": worth.sine,
    "cos": worth.cosine,
}
