"""Expressions as text, Unicode and LaTeX. One call a level, so the depth limit bounds them."""

from __future__ import annotations

import re

from toynets.expressions.base import Expression
from toynets.expressions.language import (
    ADD,
    ATOM,
    COMPARE,
    MINUS,
    MULTIPLY,
    PRECEDENCE,
    PREFIX_PRECEDENCE,
)
from toynets.expressions.nodes import (
    Binary,
    Call,
    Constant,
    Name,
    Number,
    Unary,
    decimal_places,
)
from toynets.rationals import Rational

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_UNICODE = {
    "-": "−", "*": "·", "<=": "≤", ">=": "≥", "!=": "≠",
    "and": "∧", "or": "∨", "not": "¬", "pi": "π",
}  # fmt: skip
_LATEX = {
    "*": r"\cdot", "<=": r"\le", ">=": r"\ge", "!=": r"\neq", "==": "=",
    "and": r"\wedge", "or": r"\vee", "not": r"\neg", "pi": r"\pi",
}  # fmt: skip
_LATEX_FUNCTIONS = {name: rf"\{name}" for name in ("max", "min", "tanh", "sin", "cos")}
_NUMBERED = re.compile(r"([A-Za-z]+)([0-9]+)(?:\.([0-9]+))?")


def render_text(expression: Expression) -> str:
    """Return the text with as few brackets as the language allows.

    >>> from toynets.expressions import parse_expression
    >>> render_text(parse_expression("((x1) - (x2 - 1))*(-2)"))
    '(x1 - (x2 - 1))*-2'
    """
    return _plain(expression, {})


def render_unicode(expression: Expression) -> str:
    """Return the text with mathematical signs, and brackets where a reader expects them."""
    return _plain(expression, _UNICODE)


def render_latex(expression: Expression) -> str:
    """Return LaTeX without dollar signs."""
    return _latex(expression)


def digits(number: Rational) -> str:
    """Write a non-negative number that has a literal.

    >>> digits(Rational(5, 4)), digits(Rational(7))
    ('1.25', '7')
    """
    places = decimal_places(number) or 0
    # FLINT writes integers of any length; Python's str stops at 4,300 digits.
    figures = str((number * Rational(10) ** places).p).rjust(places + 1, "0")
    return f"{figures[:-places]}.{figures[-places:]}" if places else figures


def binding(node: Expression) -> int:
    """Return how tightly the outermost sign of an expression binds."""
    if isinstance(node, Binary):
        return PRECEDENCE[node.label]
    return PREFIX_PRECEDENCE[node.label] if isinstance(node, Unary) else ATOM


def _brackets(node: Expression, parent: Expression, right: bool, careful: bool) -> bool:
    """Say whether an operand needs brackets; `careful` also gives them where readers want them."""
    inner, outer = binding(node), binding(parent)
    if isinstance(parent, Unary):
        return inner < (ATOM if careful else outer)
    if right and careful and inner == MINUS:
        return True
    # All binary signs group from the left, and comparisons not at all.
    return inner < outer or (inner == outer and (right or outer == COMPARE))


def _plain(node: Expression, signs: dict[str, str]) -> str:
    if isinstance(node, Number):
        return digits(node.label)
    if isinstance(node, Name):
        return _subscripted(node.label) if signs else str(node.label)
    sign: str = signs.get(node.label, node.label)
    if isinstance(node, Constant):
        return sign
    if isinstance(node, Call):
        return f"{sign}({', '.join([_plain(child, signs) for child in node.children])})"
    parts = []
    for place, child in enumerate(node.children):
        part = _plain(child, signs)
        bracketed = _brackets(child, node, place == 1, careful=bool(signs))
        parts.append(f"({part})" if bracketed else part)
    if isinstance(node, Unary):
        return f"not {parts[0]}" if sign == "not" else sign + parts[0]
    space = "" if binding(node) == MULTIPLY else " "
    return f"{parts[0]}{space}{sign}{space}{parts[1]}"


def _subscripted(name: str) -> str:
    return name.translate(_SUBSCRIPTS) if _NUMBERED.fullmatch(name) else name


def _latex(node: Expression) -> str:
    if isinstance(node, Number):
        return digits(node.label)
    if isinstance(node, Name):
        return _latex_name(node.label)
    sign: str = _LATEX.get(node.label, node.label)
    if isinstance(node, Constant):
        return sign
    parts = [_latex(child) for child in node.children]
    if isinstance(node, Call):
        return _latex_call(node, parts)
    if node.label == "/":
        return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
    for place, child in enumerate(node.children):
        # A fraction bar brackets by itself; after a `not` it would look like a part of it.
        bar = isinstance(child, Binary) and child.label == "/" and binding(node) >= ADD
        if not bar and _brackets(child, node, place == 1, careful=True):
            parts[place] = rf"\left({parts[place]}\right)"
    if isinstance(node, Unary):
        return f"-{parts[0]}" if sign == "-" else f"{sign} {parts[0]}"
    return f"{parts[0]} {sign} {parts[1]}"


def _latex_call(node: Call, parts: list[str]) -> str:
    if node.label == "abs":
        return rf"\left|{parts[0]}\right|"
    if node.label == "sqrt":
        return rf"\sqrt{{{parts[0]}}}"
    if node.label == "square":
        simple = isinstance(node.children[0], Number | Name | Constant)
        return f"{parts[0]}^{{2}}" if simple else rf"\left({parts[0]}\right)^{{2}}"
    function = _LATEX_FUNCTIONS.get(node.label, rf"\operatorname{{{node.label}}}")
    return rf"{function}\left({', '.join(parts)}\right)"


def _latex_name(name: str) -> str:
    match = _NUMBERED.fullmatch(name)
    letters, subscript = name.replace("_", r"\_"), ""
    if match:
        letters = match[1]
        subscript = f"_{{{','.join(part for part in match.groups()[1:] if part)}}}"
    return (letters if len(letters) == 1 else rf"\mathrm{{{letters}}}") + subscript
