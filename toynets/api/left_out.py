"""What an explanation says that is not about values, and so is not among the claims of `prove`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toynets.explanation import Explanation


def left_out(explanation: Explanation) -> dict[str, int]:
    """Return how many concepts are stated, and how many roles that are words of the list.

    >>> from toynets.zoo import load
    >>> left_out(load("abs").explanation)
    {'concepts': 3, 'roles': 9}
    """
    from toynets.verification.roles import graded

    roles = [weight.role for weight in explanation.weights.values()]
    roles += [unit.role for unit in explanation.units.values()]
    return {
        "concepts": sum(unit.concept is not None for unit in explanation.units.values()),
        "roles": sum(bool(graded(role)[0]) for role in roles),
    }


def lines(counts: Mapping[str, int]) -> list[str]:
    """Return the line that says what is left out, or none.

    Args:
        counts: `concepts` and `roles` -> how many.

    >>> lines({"concepts": 1, "roles": 0})
    ['not among these claims: 1 concept; `toynets verify` holds that against the network.']
    >>> lines({"concepts": 0, "roles": 0})
    []
    """
    said = [f"{n} {what[:-1] if n == 1 else what}" for what, n in counts.items() if n]
    if not said:
        return []
    those = "that" if sum(counts.values()) == 1 else "those"
    return [
        f"not among these claims: {' and '.join(said)}; `toynets verify` holds {those} against "
        "the network."
    ]
