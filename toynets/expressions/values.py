"""What the functions and comparisons are worth, on rationals (`fmpq`) and on balls (`arb`).

A ball is an interval that contains the true value. Where it is too wide to tell, the answer is
`Undecided`, never a guess; `max min abs relu square` of such a ball are the hull of the
possible results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb, ctx, fmpq
from flint.utils.flint_exceptions import DomainError

from toynets.errors import ToynetsError, Undecided
from toynets.rationals import ONE, ZERO

TYPE_CHECKING = False  # type checkers know the name; importing it from typing costs start-up time
if TYPE_CHECKING:
    from typing import Any

HALF = fmpq(1, 2)
# Squares of squares double the digits at every level: 65,536 bits are 19,728 digits.
MAX_BITS = 1 << 16


def brief(what: object) -> str:
    """Write something for a message, cut where it is long."""
    text = str(what)
    return text if len(text) <= 60 else f"{text[:57]}…"


def input_text(values: Mapping[str, object]) -> str:
    """Name the input at which something happened.

    >>> input_text({"x1": fmpq(1, 2), "x2": 0})
    ' at x1 = 1/2, x2 = 0'
    """
    shown = [f"{name} = {brief(value)}" for name, value in list(values.items())[:20]]
    rest = ["…"] if len(values) > 20 else []
    return f" at {', '.join(shown + rest)}" if shown else ""


def undecided(what: object, values: Mapping[str, object]) -> Undecided:
    """Compose the error for something that the balls leave open."""
    return Undecided(
        f"{what} is not decided{input_text(values)}: the ball around the value is too wide.",
        cause="the value is at or very near the point where the answer changes.",
        fix=f"ask for more than the {ctx.prec} bits of precision used, or state the value exactly.",
    )


def quotient(a: Any, b: Any, what: object, values: Mapping[str, object]) -> Any:
    """Divide; `what` is the expression, written out only on the way to an error."""
    if b == 0:
        raise ToynetsError(
            f"division by zero in {brief(what)}{input_text(values)}.",
            fix="leave this input out of the domain, or say what holds there by a comparison.",
        )
    if type(b) is not fmpq and b.contains(0):
        raise undecided(f"whether {brief(what)} divides by zero", values)
    return a / b


def remainder(a: Any, b: Any, what: object, values: Mapping[str, object]) -> Any:
    """Return a - b*floor(a/b)."""
    ratio = quotient(a, b, what, values)
    whole = ratio.floor()
    if type(whole) is arb:
        whole = whole.unique_fmpz()
        if whole is None:
            raise undecided(f"the whole part of {brief(what)}", values)
    return a - b * whole


def positive(value: Any, what: object, values: Mapping[str, object]) -> bool:
    """Say whether a value is above 0."""
    if type(value) is fmpq:
        return bool(value.p > 0)  # twice as fast as value > 0
    if value > 0:
        return True
    if value <= 0:
        return False
    raise undecided(f"whether {brief(what)} is above 0", values)


# Sign -> (holds for certain, fails for certain). On balls both may be False.
ORDER: dict[str, tuple[Callable[[Any, Any], bool], Callable[[Any, Any], bool]]] = {
    "<": (lambda a, b: a < b, lambda a, b: a >= b),
    "<=": (lambda a, b: a <= b, lambda a, b: a > b),
    ">": (lambda a, b: a > b, lambda a, b: a <= b),
    ">=": (lambda a, b: a >= b, lambda a, b: a < b),
    "==": (lambda a, b: a == b, lambda a, b: a != b),
    "!=": (lambda a, b: a != b, lambda a, b: a == b),
}


def truth(value: Any, what: object, operator: str, values: Mapping[str, object]) -> bool:
    """Read 0 or 1 as false or true."""
    if value == 0:
        return False
    if value == 1:
        return True
    if type(value) is not fmpq and (value.contains(0) or value.contains(1)):
        raise undecided(f"whether {brief(what)} is 0 or 1", values)
    raise ToynetsError(
        f"`{operator}` takes only 0 and 1, "
        f"but {brief(what)} is {brief(value)}{input_text(values)}.",
        fix="compare it with a number, such as (x1 + x2) > 0.",
    )


def larger(a: Any, b: Any) -> Any:
    """Return the maximum of two."""
    if a >= b:
        return a
    return b if b >= a else arb(a).max(arb(b))


def smaller(a: Any, b: Any) -> Any:
    """Return the minimum of two."""
    if a <= b:
        return a
    return b if b <= a else arb(a).min(arb(b))


def rectified(value: Any) -> Any:
    """Return max(value, 0)."""
    if type(value) is fmpq:
        return value if value.p > 0 else ZERO  # twice as fast as value > 0
    if value >= 0:
        return value
    # The hull of 0 and the upper end; a ball's own max would reach below 0.
    return ZERO if value <= 0 else arb(0).union(value.upper())


def size(value: Any) -> Any:
    """Return the absolute value."""
    if type(value) is fmpq or value >= 0 or value <= 0:
        return abs(value)
    return arb(0).union(value.abs_upper())


def squared(value: Any, what: object, values: Mapping[str, object]) -> Any:
    """Return value times value."""
    if type(value) is not fmpq:
        value = size(value)
        return value * value if value > 0 else arb(0).union((value * value).upper())
    if value.height_bits() > MAX_BITS:
        raise ToynetsError(
            f"square({brief(what)}) would have more than {2 * MAX_BITS * 3 // 10} digits"
            f"{input_text(values)}.",
            cause="squares of squares double the digits each time.",
        )
    return value * value


def hyperbolic_tangent(value: Any) -> Any:
    """Return tanh, exact at 0."""
    if type(value) is fmpq:
        return arb(value).tanh() if value else ZERO
    return value.tanh()


def logistic(value: Any) -> Any:
    """Return 1/(1 + exp(-value)), exact at 0."""
    if type(value) is fmpq:
        if not value:
            return HALF
        value = arb(value)
    result = 1 / (1 + (-value).exp())
    # exp overflows far below 0; tanh does not, but would cost relative precision elsewhere.
    return result if result.is_finite() else (1 + (value / 2).tanh()) / 2


def root(value: Any, what: object, values: Mapping[str, object]) -> Any:
    """Return the square root, exact where it is rational."""
    if value < 0:
        raise ToynetsError(f"sqrt({brief(what)}) is the root of a negative number.")
    if type(value) is not fmpq:
        if not value >= 0:
            raise undecided(f"whether {brief(what)} is negative", values)
        return value.sqrt()
    try:
        return value.sqrt()
    except DomainError:  # not the square of a rational
        return arb(value).sqrt()


def sine(value: Any) -> Any:
    """Return sin, exact at 0."""
    return ZERO if type(value) is fmpq and not value else arb(value).sin()


def cosine(value: Any) -> Any:
    """Return cos, exact at 0."""
    return ONE if type(value) is fmpq and not value else arb(value).cos()
