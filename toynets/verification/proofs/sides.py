"""The records and small numbers of a cell: splits, relaxed units, sides, short slopes."""

from __future__ import annotations

from typing import Any

from toynets.fields import field, record
from toynets.rationals import HALF, ONE, ZERO, Rational, text
from toynets.verification.proofs.forms import Form
from toynets.verification.proofs.simplex import Multipliers

BITS = 12  # of the bounds of a relaxed unit: short numbers, rounded outwards


@record(frozen=True)
class Split:
    """One side of a split: `form` >= 0 (> 0 where strict) or, turned, `form` <= 0."""

    form: Form
    strict: bool
    yes: bool

    @property
    def condition(self) -> Form:
        """The form that is not negative on this side."""
        return self.form if self.yes else -self.form

    @property
    def open(self) -> bool:
        """Whether the condition is strict on this side."""
        return self.strict and self.yes


@record
class Relaxed:
    """A unit that may be on both sides."""

    node: int
    pre: Form
    low: Rational
    high: Rational
    weight: float = 0.0


@record
class Found:
    """What is known of a cell.

    Attributes:
        facts: one per node that is not identity, as a certificate writes them.
        values: index -> form over the atoms.
        relaxed: units that may be on both sides, with the strength of their relaxation.
        empty: multipliers that show that the cell is empty, or None.
    """

    facts: list[list[Any]] = field(default_factory=list)
    values: list[Form] = field(default_factory=list)
    relaxed: list[Relaxed] = field(default_factory=list)
    empty: Multipliers | None = None


def pairs(multipliers: Multipliers) -> list[list[Any]]:
    """Return multipliers as a certificate writes them."""
    return [[number, text(value)] for number, value in multipliers if value.p != 0]


def constant(activation: str, value: Rational) -> Form:
    """Return an activation of a number, as a form."""
    if activation == "relu":
        return Form(value if value.p > 0 else ZERO)
    if activation == "abs":
        return Form(abs(value))
    return Form(ONE if value.p > 0 else ZERO)


def on_side(activation: str, pre: Form, side: str) -> Form:
    """Return what a unit is on one side."""
    if activation == "step":
        return Form(ONE if side == "+" else ZERO)
    if side == "+":
        return pre
    return -pre if activation == "abs" else Form()


def with_short_slope(low: Rational, high: Rational) -> tuple[Rational, Rational]:
    """Widen an interval around 0 so that high/(high - low) is a short dyadic number.

    The slopes of chords are multiplied along the layers: short ones keep proofs short. One end
    moves outwards, by little, and the chord's numbers are all dyadic.

    >>> from toynets.rationals import rational as q
    >>> low, high = with_short_slope(q(-2), q(1))
    >>> low <= -2, high, high / (high - low)
    (True, 1, 1365/4096)
    """
    share = high / (high - low)
    if share <= HALF:
        share = rounded(share, up=False)
        return -high * (ONE - share) / share, high
    rest = rounded(ONE - share, up=False)
    return low, -low * (ONE - rest) / rest


def rounded(value: Rational, up: bool) -> Rational:
    """Return a short dyadic number at most `value`, or with `up` at least it.

    >>> from toynets.rationals import rational as q
    >>> rounded(q("1/3"), up=False) < q("1/3") < rounded(q("1/3"), up=True)
    True
    """
    if value.p == 0:
        return value
    size = int(abs(value).p).bit_length() - int(value.q).bit_length()
    shift = BITS - size
    scaled = value * (Rational(2) ** shift)
    whole = scaled.ceil() if up else scaled.floor()
    return Rational(whole) / (Rational(2) ** shift)
