"""What Python's operators do with expressions: arithmetic builds, and the rest is refused.

`==` compares structure, so `<` must not build a comparison, and `and`, `or`, `not` and chained
comparisons, which Python decides by truth, would lose an operand in silence.
"""

from __future__ import annotations

from toynets.errors import ToynetsError

TYPE_CHECKING = False  # type checkers know the name; importing it from typing costs start-up time
if TYPE_CHECKING:
    from typing import NoReturn

    from toynets.expressions.base import Expression


class Operators:
    """The operators of `Expression`."""

    __slots__ = ()
    __array_ufunc__ = None  # numpy_array * expression is refused here, not spread over the array

    def __add__(self, other: object) -> Expression:
        return _binary("+", self, other)

    def __radd__(self, other: object) -> Expression:
        return _binary("+", other, self)

    def __sub__(self, other: object) -> Expression:
        return _binary("-", self, other)

    def __rsub__(self, other: object) -> Expression:
        return _binary("-", other, self)

    def __mul__(self, other: object) -> Expression:
        return _binary("*", self, other)

    def __rmul__(self, other: object) -> Expression:
        return _binary("*", other, self)

    def __truediv__(self, other: object) -> Expression:
        return _binary("/", self, other)

    def __rtruediv__(self, other: object) -> Expression:
        return _binary("/", other, self)

    def __neg__(self) -> Expression:
        from toynets.expressions.nodes import Unary

        return Unary("-", self)

    def __abs__(self) -> Expression:
        from toynets.expressions.nodes import Call

        return Call("abs", self)

    def __lt__(self, other: object) -> NoReturn:
        raise ToynetsError(
            "Python's < <= > >= do not build comparisons, since == compares structure.",
            fix='write compare(a, "<", b).',
        )

    __le__ = __gt__ = __ge__ = __lt__

    def __pow__(self, other: object) -> NoReturn:
        raise ToynetsError("the language has no powers.", fix="write square(x1), or x1*x1.")

    def __mod__(self, other: object) -> NoReturn:
        raise ToynetsError("% does not build an expression.", fix="write mod(a, b).")

    __floordiv__ = __rmod__ = __rfloordiv__ = __mod__
    __rpow__ = __pow__

    def __bool__(self) -> NoReturn:
        raise ToynetsError(
            f"the expression {self} is neither true nor false in Python.",
            cause="Python's and, or, not and if ask for its truth.",
            fix="write all_of(a, b), any_of(a, b) or negation(a); compare a value with None by is.",
        )


def _binary(operator: str, left: object, right: object) -> Expression:
    from toynets.expressions.nodes import Binary  # nodes are built on these operators

    return Binary(operator, left, right)
