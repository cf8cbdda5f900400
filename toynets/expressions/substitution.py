"""Names replaced by expressions, all at once."""

from __future__ import annotations

from collections.abc import Mapping

from toynets.expressions.base import Expression
from toynets.expressions.nodes import Name, as_expression


def substituted(expression: Expression, replacements: Mapping[str, object]) -> Expression:
    """Do what `Expression.substitute` says; parts in which nothing changes are shared."""
    ready = {name: as_expression(value) for name, value in replacements.items()}
    return _substituted(expression, ready) if ready else expression


def _substituted(node: Expression, ready: Mapping[str, Expression]) -> Expression:
    if isinstance(node, Name):
        return ready.get(node.label, node)
    if not node.has_names:
        return node
    children = tuple(_substituted(child, ready) for child in node.children)
    if all(new is old for new, old in zip(children, node.children, strict=True)):
        return node
    return type(node)(node.label, *children)  # type: ignore[call-arg]  # Unary, Binary, Call only
