"""Comparing numbers, balls and decisions, exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flint import arb, fmpq

from toynets.rationals import ZERO, Rational, rational, short, to_float

Number = Any
Choice = tuple[str, ...]


def bound(epsilon: Rational) -> tuple[Rational, Any]:
    """Return a tolerance in the two forms in which it is compared: exact, and as a ball."""
    return epsilon, arb(epsilon)


def compare(a: Number, b: Number, within: tuple[Rational, Any]) -> tuple[Number, bool | None]:
    """Return |a - b|, and whether it is at most a `bound` (None: a ball straddles).

    >>> compare(fmpq(1), fmpq(1, 2), bound(fmpq(1, 4)))
    (1/2, False)
    """
    if type(a) is fmpq and type(b) is fmpq:
        if a == b:
            return ZERO, True
        gap = abs(a - b)
        return gap, bool(gap <= within[0])
    gap = abs(a - b)
    if gap <= within[1]:
        return gap, True
    if gap > within[1]:
        return gap, False
    return gap, None


def size(value: Number) -> float:
    """Return a number as a float; of a ball the upper end.

    >>> size(fmpq(-1, 2))
    -0.5
    """
    if isinstance(value, fmpq):
        return to_float(value)
    return float(value.upper()) if hasattr(value, "upper") else float(value)


def shown(value: Number) -> str:
    """Write a number for people.

    >>> shown(fmpq(1, 2)), shown(arb(1).tanh())
    ('1/2', '0.761594')
    """
    if value is None:
        return ""
    if isinstance(value, fmpq):
        return short(value)
    return f"{float(value.mid()):.6g}"


def shown_all(values: Sequence[Number], names: Sequence[str]) -> str:
    """Write outputs: one number, or each with its name.

    >>> shown_all([fmpq(1), fmpq(2)], ["y1", "y2"])
    'y1 = 1, y2 = 2'
    """
    if len(values) == 1:
        return shown(values[0])
    return ", ".join(f"{n} = {shown(v)}" for n, v in zip(names, values, strict=True))


class Decision:
    """How outputs become a decision: a threshold, sign, argmax, or none.

    A tie is an outcome of its own.

    >>> Decision({"threshold": "1/2"})((fmpq(1),))
    (('1',), 1/2)
    >>> Decision({"argmax": True}, ["y1", "y2"])((fmpq(1), fmpq(1)))
    (('tie y1 y2',), 0)
    """

    def __init__(self, data: Mapping[str, Any], outputs: Sequence[str] = ()) -> None:
        self.data = dict(data)
        self.outputs = tuple(outputs)
        self.threshold = rational(data["threshold"]) if "threshold" in data else ZERO
        self._rule: Callable[[Sequence[Number]], tuple[Choice | None, Number]] | None = None
        if "argmax" in data:
            self._rule = self._argmax
        elif data:
            self._rule = self._each

    @property
    def text(self) -> str:
        """The rule in words."""
        if "argmax" in self.data:
            return "the largest output"
        if "sign" in self.data:
            return "the sign of the output"
        return f"output > {shown(self.threshold)}" if self.data else "none"

    def __bool__(self) -> bool:
        return self._rule is not None

    def __call__(self, values: Sequence[Number]) -> tuple[Choice | None, Number]:
        """Return the choice (None: a ball straddles) and its margin; with no rule ((), None)."""
        return self._rule(values) if self._rule else ((), None)

    def _each(self, values: Sequence[Number]) -> tuple[Choice | None, Number]:
        choice, margin = [], None
        for value in values:
            gap = value - self.threshold
            if gap > 0:
                choice.append("1")
            elif gap < 0:
                choice.append("0")
            elif gap == 0:
                choice.append("tie")
            else:
                return None, ZERO
            distance = abs(gap)
            margin = distance if margin is None or distance < margin else margin
        return tuple(choice), margin

    def _argmax(self, values: Sequence[Number]) -> tuple[Choice | None, Number]:
        order = sorted(range(len(values)), key=lambda i: -size(values[i]))
        best = values[order[0]]
        tied = [order[0]]
        margin = None
        for i in order[1:]:
            gap = best - values[i]
            if gap > 0:
                margin = gap if margin is None or gap < margin else margin
            elif gap == 0:
                tied.append(i)
                margin = ZERO
            else:
                return None, ZERO
        names = self.outputs or [f"y{i + 1}" for i in range(len(values))]
        if len(tied) == 1:
            return (names[tied[0]],), margin
        return ("tie " + " ".join(names[i] for i in sorted(tied)),), ZERO
