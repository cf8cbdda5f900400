"""How much an explanation says with how few numbers, and whether it merely copies the weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.explanation import Explanation
from toynets.expressions import Name, Number
from toynets.fields import record
from toynets.rationals import ZERO, text


@record(frozen=True)
class Economy:
    """The numbers that the stated weights rest on.

    Attributes:
        numbers: each parameter and each other literal (without sign, and not 0) -> the weights
            that rest on it.
        weights: how many weights have a stated number.
        zeros: weights that are stated to be 0, which is wiring and no number.
        transcribed: as many numbers as weights: a copy, not a reason.
    """

    numbers: Mapping[str, tuple[str, ...]]
    weights: int
    zeros: tuple[str, ...]
    transcribed: bool

    @property
    def alone(self) -> tuple[str, ...]:
        """The numbers that one weight alone rests on."""
        return tuple(n for n, names in self.numbers.items() if len(names) == 1)

    def lines(self) -> list[str]:
        """Return the count, and where each number is used."""
        count = len(self.numbers)
        verdict = (
            "transcribed: the weights are copied, not explained"
            if self.transcribed
            else f"{self.weights / count:.3g} weights to a number" if count else "no number at all"
        )
        made = [
            f"{count} number{'s' * (count != 1)} stated for {self.weights} weights "
            f"({len(self.zeros)} of them 0): {verdict}"
        ]
        made += [f"  {n}: {len(names)} ({_some(names)})" for n, names in self.numbers.items()]
        return made

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain data."""
        return {
            "numbers": {n: list(names) for n, names in self.numbers.items()},
            "numbers_stated": len(self.numbers),
            "weights_explained": self.weights,
            "zeros": list(self.zeros),
            "alone": list(self.alone),
            "transcribed": self.transcribed,
        }


def _some(names: tuple[str, ...], most: int = 6) -> str:
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def economy(explanation: Explanation) -> Economy:
    """Count the numbers that an explanation states for its weights.

    >>> said = Explanation.of(about="sum", parameters={"a": "1/3"},
    ...     weights={"x1->y": "a", "x2->y": "-a", "y.bias": "0"},
    ...     units={"y": {"activation": "identity"}})
    >>> economy(said).numbers, economy(said).transcribed
    ({'a': ('x1->y', 'x2->y')}, False)
    """
    used: dict[str, list[str]] = {}
    zeros = []
    for address, stated in explanation.weights.items():
        if stated.value is None:
            continue
        found = _numbers(stated.value)
        if not found:
            zeros.append(address)
        for one in found:
            used.setdefault(one, []).append(address)
    return Economy(
        {n: tuple(names) for n, names in used.items()},
        explanation.weights_explained,
        tuple(zeros),
        explanation.transcribed,
    )


def _numbers(value: Any) -> list[str]:
    """Return the parameters and the literals other than 0 in a stated weight, each once."""
    found: dict[str, None] = {}
    pending = [value]
    while pending:
        node = pending.pop()
        pending.extend(reversed(node.children))
        if isinstance(node, Name):
            found[str(node)] = None
        elif isinstance(node, Number) and node.value != ZERO:
            found[text(node.value)] = None
    return list(found)
