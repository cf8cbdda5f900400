"""Reading the parts of plain data: every fault is named with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.errors import ParseError, ToynetsError, unknown
from toynets.expressions import Expression, constant, parse_expression
from toynets.rationals import Rational, rational


def keys(data: Any, allowed: tuple[str, ...], where: str) -> Mapping[str, Any]:
    """Return an object all of whose keys are known."""
    found = mapping(data, where)
    for key in found:
        if key not in allowed:
            raise ToynetsError(unknown("key", str(key), where, allowed))
    return found


def mapping(data: Any, where: str) -> Mapping[str, Any]:
    """Return an object with keys."""
    if not isinstance(data, Mapping):
        raise ToynetsError(f"{where} is an object with keys, but got {type(data).__name__}.")
    return data


def string(value: Any, where: str) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise ToynetsError(f"{where} is a text, but got {repr(value)[:70]}.")
    return value


def listed(value: Any, where: str) -> Sequence[Any]:
    """Return a list; a text is none, although it could be read letter by letter."""
    if not isinstance(value, list | tuple):
        raise ToynetsError(f"{where} is a list, but got {repr(value)[:70]}.", fix='write ["…"].')
    return value


def number(value: Any, where: str) -> Rational:
    """Return a literal number."""
    if isinstance(value, bool | float):
        raise _not_exact(value, where)
    try:
        return rational(value)
    except ToynetsError as error:
        raise ToynetsError(f"{where}: {error.message}", cause=error.cause, fix=error.fix) from None


def expression(value: Any, where: str) -> Expression | None:
    """Read an expression; "" and null are blanks."""
    if value is None or value == "":
        return None
    if isinstance(value, Expression):
        return value
    if isinstance(value, str):
        try:
            return parse_expression(value)
        except ParseError as error:
            raise error.at(where) from None
    if isinstance(value, bool | float):
        raise _not_exact(value, where)
    return constant(rational(value))


def _not_exact(value: Any, where: str) -> ToynetsError:
    if isinstance(value, bool):
        return ToynetsError(f"{where}: {value} is not a number or an expression.")
    return ToynetsError(
        f"{where}: numbers are written as text, so that they are exact.",
        fix=f'write "{value!r}".',
    )


def only(found: Expression | None, allowed: set[str], where: str) -> Expression | None:
    """Return an expression that speaks of nothing but the allowed names."""
    if found is not None:
        for name in found.names():
            if name not in allowed:
                raise ToynetsError(unknown("name", name, where, sorted(allowed)))
    return found
