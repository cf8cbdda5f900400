"""What a judge finds, before it is put into words; and the limits that it works within."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from toynets.errors import Undecided
from toynets.fields import field, record, replace
from toynets.rationals import Rational


@record(frozen=True)
class Limits:
    """How long one claim may take.

    Attributes:
        cells: of a proof over a box.
        seconds: of a proof over a box.
        total: seconds of all proofs over boxes together, by the clock on the wall: who grades a
            class kills by that.
    """

    cells: int = 4_000
    seconds: float = 5.0
    total: float = 15.0


class Clock:
    """Shares the time of one claim among its proofs; it starts when it is made.

    Args:
        limits: of the claim.

    >>> Clock(Limits(seconds=5.0, total=0.0)).left().seconds
    0.0
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.until = time.monotonic() + limits.total

    def left(self) -> Limits:
        """Return the limits of the next proof: no more time than there is left."""
        left = max(0.0, self.until - time.monotonic())
        return replace(self.limits, seconds=min(self.limits.seconds, left))


@record(frozen=True)
class Finding:
    """Whether a claim is right, and the case that shows it where it is not.

    Attributes:
        passed: None where a limit was reached; `lines` then say which.
        right: on how much of the domain it is right, `3 of 4 inputs right`; or "".
        lines: one failure: what was claimed, what the network does, with the arithmetic.
        level: `exhaustive`, `proved`, `sampled`, or "" where nothing had to be tried.
        parts: score -> the share of the points (of 100) that it earned; empty: all or nothing.
        weights: score -> of how many points of 100.
        credit: points are given for the attempt itself, right or wrong.
        decoy: the number of the decoy that gives the same answer, or -1.
        expected: what was wanted, where the student may see it; else "".
        actual: what was given, in words.
        notes: how it was decided, where that has to be said: by proof, or on some points.
        review: what a person should look at, where points are given without a decision; or "".
    """

    passed: bool | None
    right: str = ""
    lines: tuple[str, ...] = ()
    level: str = ""
    parts: Mapping[str, Rational] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    credit: bool = False
    decoy: int = -1
    expected: str = ""
    actual: str = ""
    notes: tuple[str, ...] = ()
    review: str = ""


# A comparison with the value of a curved unit that the balls around it do not decide.
DIGITS = "Whether the two are equal there hangs on further digits."


def every(found: Iterable[bool | None]) -> bool | None:
    """Return False if any is False, else None if any is None, else True.

    >>> every([True, None, False]), every([True, None]), every([])
    (False, None, True)
    """
    seen = set(found)
    return False if False in seen else None if None in seen else True


def share(right: int, of: int, what: str = "input") -> str:
    """Say on how many inputs something is right.

    >>> share(3, 4), share(1, 1)
    ('3 of 4 inputs right', '1 of 1 input right')
    """
    return f"{right} of {of} {what}{'s' * (of != 1)} right"


def unproved(network: Any, domain: Any, tried: int) -> tuple[str, ...]:
    """Say that what holds at every point tried could not be proved, for a network that bends.

    A network with curved units has no proof of equality; there a sample is what can be had, and
    nothing is returned.

    Args:
        network: of piecewise linear units, or not.
        domain: a box.
        tried: how many points.
    """
    from toynets.verification.proofs.program import Layers

    if not Layers.of_network(network).piecewise:
        return ()
    return (
        f"It holds at {tried} points of {domain.text}, but could not be proved on all of it within "
        "the limits: no points. Write it with + - max min abs relu, and numbers as factors.",
    )


def simplicity(x: Any) -> tuple[int, Any]:
    """Return what orders inputs from the simplest on: the largest denominator, then the size.

    >>> from toynets.rationals import rational
    >>> simplicity((rational("1/2"), rational(1)))
    (2, 3/2)
    """
    return max((int(v.q) for v in x), default=1), sum(abs(v) for v in x)


def arithmetic(network: Any, x: Any, plan: Any, domain: Any) -> str:
    """Write the run of a network on one input, in one line of at most 200 characters.

    >>> from toynets.zoo import load
    >>> xor = load("xor-sum")
    >>> arithmetic(xor.network, (1, 1), "h2 = 0", xor.task.domain)
    'h1 = relu(1*1 + 1*1) = 2;  y = 1*2 - 2*0 = 2'
    """
    from toynets import exact
    from toynets.exact.writing import compact

    try:
        said = compact(exact.trace(network, x, plan, domain=domain).arithmetic)
    except Undecided:  # whether a step unit is on hangs on further digits
        return ""
    return said if len(said) <= 200 else "…  " + said[-196:].partition(";  ")[2]
