"""Expressions as SymPy expressions: one way, for display and for algebra in lessons."""

from __future__ import annotations

from toynets.errors import ToynetsError
from toynets.expressions.base import Expression
from toynets.expressions.nodes import Constant, Name, Number

TYPE_CHECKING = False  # type checkers know the name; importing it from typing costs start-up time
if TYPE_CHECKING:
    from typing import Any


def export(expression: Expression) -> Any:
    """Do what `Expression.to_sympy` says."""
    try:
        import sympy  # optional, and slow to import
    except ImportError:
        raise ToynetsError(
            "to_sympy() needs SymPy, which is not installed.",
            fix='pip install "toynets[sympy]", or pip install sympy.',
        ) from None
    return _export(expression, sympy)


def _export(node: Expression, sympy: Any) -> Any:
    if isinstance(node, Number):
        return sympy.Rational(int(node.label.p), int(node.label.q))
    if isinstance(node, Name):
        return sympy.Symbol(node.label, real=True)
    if isinstance(node, Constant):
        return sympy.pi
    parts = [_export(child, sympy) for child in node.children]
    return _operation(node.label, len(parts), parts, sympy)


def _operation(label: str, count: int, parts: list[Any], sympy: Any) -> Any:
    as_written = {"evaluate": False}  # SymPy would merge equal terms, which are units here

    def zero_or_one(condition: Any) -> Any:
        return sympy.Piecewise((1, condition), (0, True), **as_written)

    def relation(kind: str, left: Any, right: Any) -> Any:
        # SymPy fails later on unevaluated relations and remainders of constants (0 < 0 is an
        # "invalid NaN comparison", Mod(0, 1) "not comparable"), so these alone are evaluated.
        constant = not (left.free_symbols or right.free_symbols)
        return getattr(sympy, kind)(left, right, evaluate=constant)

    def holds(value: Any) -> Any:
        return relation("Eq", value, sympy.Integer(1))

    a, b = parts[0], parts[-1]
    if label == "-" and count == 1:
        return sympy.Mul(-1, a, **as_written)
    relations = {"<": "Lt", "<=": "Le", ">": "Gt", ">=": "Ge", "==": "Eq", "!=": "Ne"}
    if label in relations:
        return zero_or_one(relation(relations[label], a, b))
    build = {
        "+": lambda: sympy.Add(a, b, **as_written),
        "-": lambda: sympy.Add(a, sympy.Mul(-1, b, **as_written), **as_written),
        "*": lambda: sympy.Mul(a, b, **as_written),
        "/": lambda: sympy.Mul(a, sympy.Pow(b, -1, **as_written), **as_written),
        "and": lambda: zero_or_one(sympy.And(holds(a), holds(b), **as_written)),
        "or": lambda: zero_or_one(sympy.Or(holds(a), holds(b), **as_written)),
        "not": lambda: sympy.Add(1, sympy.Mul(-1, a, **as_written), **as_written),
        "max": lambda: sympy.Max(*parts, **as_written),
        "min": lambda: sympy.Min(*parts, **as_written),
        "abs": lambda: sympy.Abs(a, **as_written),
        "relu": lambda: sympy.Max(0, a, **as_written),
        "step": lambda: zero_or_one(relation("Gt", a, sympy.Integer(0))),
        "square": lambda: sympy.Pow(a, 2, **as_written),
        "mod": lambda: relation("Mod", a, b),
        "tanh": lambda: sympy.tanh(a, **as_written),
        "sigmoid": lambda: sympy.Pow(
            sympy.Add(1, sympy.exp(sympy.Mul(-1, a, **as_written), **as_written), **as_written),
            -1,
            **as_written,
        ),
        "sqrt": lambda: sympy.sqrt(a, **as_written),
        "sin": lambda: sympy.sin(a, **as_written),
        "cos": lambda: sympy.cos(a, **as_written),
    }
    return build[label]()
