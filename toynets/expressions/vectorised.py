"""Expressions over floating-point arrays, in NumPy or in JAX.

What `evaluate` refuses becomes NaN here, since a function under `jax.jit` cannot raise, and NaN
passes on through every comparison and function: it is never turned into 0 or 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flint import fmpq

from toynets.errors import ToynetsError, unknown
from toynets.expressions.base import Expression
from toynets.expressions.nodes import Binary, Name, Unary
from toynets.rationals import to_float

TYPE_CHECKING = False  # type checkers know the name; importing it from typing costs start-up time
if TYPE_CHECKING:
    from typing import Any

    Program = Callable[[dict[str, Any]], Any]


def vectorize(expression: Expression, names: Iterable[str], xp: Any = None) -> Callable[..., Any]:
    """Do what `Expression.vectorized` says.

    Args:
        expression: what to evaluate.
        names: the order of the arguments.
        xp: `numpy` (the default) or `jax.numpy`.

    Returns:
        A function of `len(names)` arrays that broadcast to one shape, which is its result's.
    """
    if isinstance(names, str):
        raise ToynetsError(f"names={names!r} is one text.", fix="pass a list: ['x1', 'x2'].")
    order = tuple(names)
    if len(set(order)) < len(order):
        raise ToynetsError(
            f"a name stands twice in {', '.join(order)}.",
            fix="each names one array: leave one out.",
        )
    for name in expression.names():
        if name not in order:
            raise ToynetsError(
                unknown("name", name, "", order), fix=f"add {name!r} to the names of the arrays."
            )
    if xp is None:
        import numpy as xp  # slow to import, and evaluate does without it
    program = _build(expression, xp)

    def function(*arrays: Any) -> Any:
        if len(arrays) != len(order):
            raise ToynetsError(
                f"expected {len(order)} arrays ({', '.join(order)}) but got {len(arrays)}.",
                fix="for a matrix of shape (rows, names) write f(*matrix.T).",
            )
        ready = [xp.asarray(array) for array in arrays]
        floating = [a.dtype for a in ready if xp.issubdtype(a.dtype, xp.floating)]
        dtype = xp.result_type(*floating) if floating else xp.asarray(0.0).dtype
        shape = xp.broadcast_shapes(*(a.shape for a in ready))
        zero = xp.zeros(shape, dtype)
        # Broadcast by name: JAX can be told to refuse arrays of unequal rank.
        given = {
            name: xp.broadcast_to(a.astype(dtype), shape)
            for name, a in zip(order, ready, strict=True)
        }
        given[_ZERO] = zero
        # Adding 0 gives a constant expression the shape of the arrays.
        return program(given) + zero

    return function


_ZERO = ""  # no name is empty, so the zeros of the result's shape can travel with the values


def _build(node: Expression, xp: Any) -> Program:
    if isinstance(node, Name):
        name = node.label
        return lambda given: given[name]
    if not node.has_names:
        # Worked out exactly and rounded once; also why sqrt, sin and cos are not needed below.
        value = node.evaluate()
        number = to_float(value) if type(value) is fmpq else float(value)
        return lambda given: xp.asarray(number, given[_ZERO].dtype)
    parts = [_build(child, xp) for child in node.children]
    key = "negative" if isinstance(node, Unary) and node.label == "-" else node.label
    if isinstance(node, Binary) or key == "mod":
        left, right = parts
        two = _two(xp)[key]
        return lambda given: two(left(given), right(given))
    if key in ("max", "min"):
        return _extreme(parts, xp.maximum if key == "max" else xp.minimum)
    argument, one = parts[0], _one(xp)[key]
    return lambda given: one(argument(given))


def _extreme(parts: list[Program], better: Callable[[Any, Any], Any]) -> Program:
    def extreme(given: dict[str, Any]) -> Any:
        best = parts[0](given)
        for part in parts[1:]:
            best = better(best, part(given))
        return best

    return extreme


def _one(xp: Any) -> dict[str, Callable[[Any], Any]]:
    def sigmoid(a: Any) -> Any:
        small = xp.exp(-xp.abs(a))  # never overflows
        return xp.where(a >= 0, 1 / (1 + small), small / (1 + small))

    def step(a: Any) -> Any:
        return xp.where(xp.isnan(a), a, (a > 0).astype(a.dtype))

    return {
        "negative": lambda a: -a,
        "not": lambda a: 1 - _bit(a, xp),
        "abs": xp.abs,
        # Not maximum(a, 0): at 0 its derivative in JAX is 1/2; here it is 0, as of jax.nn.relu.
        "relu": lambda a: xp.where(a <= 0, xp.zeros_like(a), a),
        "step": step,
        "square": lambda a: a * a,
        "tanh": xp.tanh,
        "sigmoid": sigmoid,
    }


def _two(xp: Any) -> dict[str, Callable[[Any, Any], Any]]:
    def guarded(divide: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        # The divisor is replaced before dividing: no warning, and no NaN in a gradient.
        def safe(a: Any, b: Any) -> Any:
            bottom = xp.where(b == 0, xp.ones_like(b), b)
            return xp.where(b == 0, xp.full_like(b, xp.nan), divide(a, bottom))

        return safe

    def comparison(holds: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def compare(a: Any, b: Any) -> Any:
            return xp.where(xp.isnan(a + b), a + b, holds(a, b).astype(a.dtype))

        return compare

    return {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": guarded(lambda a, b: a / b),
        "mod": guarded(lambda a, b: xp.mod(a, b)),
        "<": comparison(lambda a, b: a < b),
        "<=": comparison(lambda a, b: a <= b),
        ">": comparison(lambda a, b: a > b),
        ">=": comparison(lambda a, b: a >= b),
        "==": comparison(lambda a, b: a == b),
        "!=": comparison(lambda a, b: a != b),
        "and": lambda a, b: _bit(a, xp) * _bit(b, xp),
        "or": lambda a, b: xp.maximum(_bit(a, xp), _bit(b, xp)),
    }


def _bit(a: Any, xp: Any) -> Any:
    return xp.where((a == 0) | (a == 1), a, xp.full_like(a, xp.nan))
