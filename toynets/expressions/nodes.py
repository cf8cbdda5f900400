"""The kinds of expression, and the expression of any number."""

from __future__ import annotations

from toynets.errors import ToynetsError, unknown
from toynets.expressions.base import Expression
from toynets.expressions.language import (
    ON_CONSTANTS,
    PRECEDENCE,
    PREFIX_PRECEDENCE,
    arity_fault,
    function_list,
)
from toynets.expressions.limits import MAX_DIGITS
from toynets.names import FUNCTIONS, check_name
from toynets.rationals import Rational, rational


class Number(Expression):
    """A literal: a non-negative integer or terminating decimal. `constant` builds the others.

    >>> print(Number("2.50"))
    2.5
    """

    __slots__ = ()

    def __init__(self, value: object) -> None:
        number = rational(value)
        if number < 0 or decimal_places(number) is None:
            raise ToynetsError(
                f"{str(number)[:70]} cannot be written as digits with a decimal point.",
                cause=f"a literal is not negative, ends, and has at most {MAX_DIGITS} digits "
                "before and after the point.",
                fix="constant(value) writes any rational, with a minus or as a fraction.",
            )
        self._make(number)

    @property
    def value(self) -> Rational:
        """The exact value."""
        return self.label


class Constant(Expression):
    """A number with a name: `pi`."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        if name != "pi":
            raise ToynetsError(f"the only named constant is pi, not {name!r}.")
        self._make(name)


class Name(Expression):
    """The value of an input, a unit or an output.

    >>> print(Name("x1") + Name("h1.2"))
    x1 + h1.2
    """

    __slots__ = ()

    def __init__(self, name: str) -> None:
        self._make(check_name(name, "value"), has_names=True)


class Unary(Expression):
    """`-a` or `not a`."""

    __slots__ = ()

    def __init__(self, operator: str, operand: object) -> None:
        if operator not in PREFIX_PRECEDENCE:
            raise ToynetsError(unknown("operator", str(operator), "", PREFIX_PRECEDENCE))
        self._make(operator, (as_expression(operand),))

    @property
    def operand(self) -> Expression:
        """What the sign or `not` is applied to."""
        return self.children[0]


class Binary(Expression):
    """Two expressions joined by `+ - * /`, a comparison, `and` or `or`."""

    __slots__ = ()

    def __init__(self, operator: str, left: object, right: object) -> None:
        if operator not in PRECEDENCE:
            raise ToynetsError(unknown("operator", str(operator), "", PRECEDENCE))
        self._make(operator, (as_expression(left), as_expression(right)))

    @property
    def left(self) -> Expression:
        """The first operand."""
        return self.children[0]

    @property
    def right(self) -> Expression:
        """The second operand."""
        return self.children[1]


class Call(Expression):
    """A function applied to its arguments.

    >>> print(Call("max", Name("x1"), 0))
    max(x1, 0)
    """

    __slots__ = ()

    def __init__(self, function: str, *arguments: object) -> None:
        if function not in FUNCTIONS:
            raise ToynetsError(unknown("function", str(function), "", FUNCTIONS))
        fault = arity_fault(function, len(arguments))
        if fault:
            raise ToynetsError(fault)
        children = tuple(as_expression(argument) for argument in arguments)
        if function in ON_CONSTANTS and children[0].has_names:
            raise ToynetsError(
                f"{function} is for constants only, and its argument has the name "
                f"{children[0].names()[0]}.",
                fix=f"the functions of names are: {function_list()} without sqrt, sin, cos.",
            )
        self._make(function, children)


def as_expression(value: object) -> Expression:
    """Return an expression as it is, and a number as a constant."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, str):
        raise ToynetsError(
            f"the text {value[:70]!r} stands where an expression or a number is needed.",
            fix=f"write Name({value[:70]!r}) for a name, or parse_expression(…) for a formula.",
        )
    return constant(value)


def constant(value: object) -> Expression:
    """Return the expression of any rational number.

    Args:
        value: int, float (taken exactly), Fraction, fmpq, or text such as `-3/2`.

    Returns:
        A literal where the decimal ends, else a fraction of two; with a minus where negative.

    Raises:
        ToynetsError: not a number, or more than 1,100 digits.

    >>> [str(constant(value)) for value in ("3/2", -2, "-1/3")]
    ['1.5', '-2', '-1/3']
    """
    number = rational(value)
    sign, size = number < 0, abs(number)
    if decimal_places(size) is not None:
        return Unary("-", Number(size)) if sign else Number(size)
    top = Number(int(size.p))
    return Binary("/", Unary("-", top) if sign else top, Number(int(size.q)))


def decimal_places(number: Rational) -> int | None:
    """Return how many decimals a rational needs, or None if it has no literal."""
    bottom = int(number.q)
    # log2(10) < 3.33: nothing larger can pass, and nothing larger is worth the divisions.
    if number.height_bits() > 3.33 * 2 * MAX_DIGITS or abs(number) >= Rational(10) ** MAX_DIGITS:
        return None
    twos = (bottom & -bottom).bit_length() - 1
    bottom >>= twos
    fives = 0
    while bottom % 5 == 0:
        bottom //= 5
        fives += 1
    places = max(twos, fives)
    return places if bottom == 1 and places <= MAX_DIGITS else None


PI = Constant("pi")
