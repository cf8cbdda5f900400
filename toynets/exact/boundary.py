"""What comes in from a user, and what goes out to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from toynets.errors import ToynetsError
from toynets.rationals import fraction, rational
from toynets.records import Ball

if TYPE_CHECKING:
    from toynets.domain import Row
    from toynets.wiring import Wiring

MOST_BITS = 10_000  # before and behind the point, of what is shown


def point(x: Any, wiring: Wiring, what: str = "the input", *, typed: bool = False) -> Row:
    """Read an input of a network.

    Args:
        x: a sequence of numbers or texts, an array of shape (inputs,), or a single number.
        wiring: whose inputs.
        what: for messages.
        typed: it was typed, not passed; for messages.

    Raises:
        ToynetsError: another length, nested rows, or something that is no finite number.

    >>> from toynets.wiring import Wiring
    >>> point(["1/2", 0.25], Wiring(("x1", "x2"), ("y",), ("y",), (), frozenset()))
    (1/2, 1/4)
    """
    names = wiring.inputs
    given = x.tolist() if hasattr(x, "tolist") else x
    cells: list[Any] = list(given) if isinstance(given, list | tuple) else [given]
    title = wiring.title or "the network"
    if len(cells) != len(names):
        example = ["0" for _ in names]
        shown = ",".join(example) if typed else f"[{', '.join(example)}]"
        # A bare number is not said to be "1 number" where a text such as "1,0" may be meant.
        count = f"{len(cells)} number{'s' * (len(cells) != 1)}"
        got = count if isinstance(given, list | tuple) else repr(given)
        plural = "s" if len(names) != 1 else ""
        raise ToynetsError(
            f"{title} has {len(names)} input{plural} ({', '.join(names)}), but {what} is {got}.",
            cause="one row of numbers is one input; several rows are several runs."
            if any(isinstance(c, list | tuple) for c in cells)
            else "",
            fix=f"give one number per input, for example {shown}.",
        )
    row = []
    for name, cell in zip(names, cells, strict=True):
        try:
            row.append(rational(cell))
        except ToynetsError as error:
            raise ToynetsError(
                f"{name} of {what}: {error.message}", cause=error.cause, fix=error.fix
            ) from None
    return tuple(row)


def public(value: Any) -> Any:
    """Return a number as users see it: `Fraction`, or `Ball` with both ends exact.

    >>> from flint import fmpq
    >>> public(fmpq(1, 2)), public(arb(1).tanh()).radius < 1e-15
    (Fraction(1, 2), True)
    """
    if not isinstance(value, arb):
        return fraction(value)
    if not value.is_finite():
        raise ToynetsError(
            "a value is too large for ball arithmetic.", cause="weights far beyond any network's."
        )
    (centre, more), (radius, further) = _dyadic(value.mid()), _dyadic(value.rad())
    radius = radius + more + further
    return Ball(fraction(centre - radius), fraction(centre + radius))


def _dyadic(value: arb) -> tuple[fmpq, fmpq]:
    """Return a number, and how far it may be off: what is nearer to 0 than 2^-MOST_BITS is 0.

    A sigmoid of -10^38 is 2 to the power of minus 10^38, which no memory holds as a fraction.
    """
    mantissa, exponent = (int(v) for v in value.man_exp())
    if exponent + mantissa.bit_length() < -MOST_BITS:
        return fmpq(0), fmpq(1, 1 << MOST_BITS)
    if exponent > MOST_BITS:
        raise ToynetsError(
            "a value is too large to be written down.", cause="weights far beyond any network's."
        )
    top, bottom = (mantissa << exponent, 1) if exponent >= 0 else (mantissa, 1 << -exponent)
    return fmpq(top, bottom), fmpq(0)
