"""The words and signs of the language, and how tightly they bind."""

from __future__ import annotations

from toynets.names import FUNCTIONS

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
# Higher binds tighter. `not` stands below the comparisons: not a < b is not (a < b).
OR, AND, NOT, COMPARE, ADD, MULTIPLY, MINUS, ATOM = range(1, 9)
PRECEDENCE = {
    "or": OR,
    "and": AND,
    **dict.fromkeys(COMPARISONS, COMPARE),
    "+": ADD,
    "-": ADD,
    "*": MULTIPLY,
    "/": MULTIPLY,
}
PREFIX_PRECEDENCE = {"-": MINUS, "not": NOT}
# Exact only where the argument is known, so that no approximation hides inside an explanation.
ON_CONSTANTS = frozenset(("sqrt", "sin", "cos"))


def arity_fault(function: str, count: int) -> str:
    """Say what is wrong with the number of arguments, or nothing.

    >>> arity_fault("mod", 1), arity_fault("max", 3)
    ('mod takes 2 arguments and has 1.', '')
    """
    if function in ("max", "min"):
        return "" if count >= 2 else f"{function} takes 2 or more arguments and has {count}."
    takes = 2 if function == "mod" else 1
    if count == takes:
        return ""
    return f"{function} takes {takes} argument{'s' if takes > 1 else ''} and has {count}."


def function_list() -> str:
    """List the functions for a message."""
    return ", ".join(FUNCTIONS)
