"""What a search for extremes returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toynets.extremes.numbers import Number, is_ball
from toynets.fields import field, record
from toynets.rationals import short


@record(frozen=True, repr=False)
class Extreme:
    """The two extremes of one output.

    Attributes:
        minimum: fmpq, exact; or an arb that holds it. The infimum where it is not attained.
        maximum: likewise.
        min_attained: False where the minimum is only approached, because a step unit jumps there
            (or, under a tanh or sigmoid, where a step unit leaves it open).
        max_attained: likewise.
        min_at: a value of each variable at which the minimum is attained or approached; for a
            ball that came from a subdivision, where the best value found so far was.
        max_at: likewise.
    """

    minimum: Number
    maximum: Number
    min_attained: bool
    max_attained: bool
    min_at: tuple[Number, ...]
    max_at: tuple[Number, ...]

    def __repr__(self) -> str:
        def side(value: Number, attained: bool, at: tuple[Number, ...]) -> str:
            where = ", ".join(_shown(v) for v in at)
            return f"{_shown(value)} {'at' if attained else 'approached at'} ({where})"

        low = side(self.minimum, self.min_attained, self.min_at)
        high = side(self.maximum, self.max_attained, self.max_at)
        return f"Extreme(minimum={low}, maximum={high})"


def _shown(value: Number) -> str:
    return str(value.str(6)) if is_ball(value) else short(value)


@record
class Span:
    """The extremes of one part, while they are put together.

    The places name only the variables that the part reads.
    """

    low: Number
    high: Number
    low_attained: bool = True
    high_attained: bool = True
    low_at: Mapping[int, Number] = field(default_factory=dict)
    high_at: Mapping[int, Number] = field(default_factory=dict)

    @property
    def attained(self) -> bool:
        """Whether both extremes are."""
        return self.low_attained and self.high_attained

    def turned(self, low: Number, high: Number) -> Span:
        """Return this span with its ends exchanged and given new values."""
        return Span(low, high, self.high_attained, self.low_attained, self.high_at, self.low_at)

    def record(self, lows: Sequence[Number]) -> Extreme:
        """Return the public record; variables that do not matter are given as their low ends."""

        def place(at: Mapping[int, Number]) -> tuple[Number, ...]:
            return tuple(at.get(k, low) for k, low in enumerate(lows))

        return Extreme(
            self.low,
            self.high,
            self.low_attained,
            self.high_attained,
            place(self.low_at),
            place(self.high_at),
        )
