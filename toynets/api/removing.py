"""What becomes of a network without one of its parts, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.api.formatting import beyond, listed, rounded
from toynets.api.subject import Subject
from toynets.rationals import ZERO, short


class Removed:
    """A network with and without one thing, on every row.

    Args:
        about: the network.
        intervention: what takes the thing away, `h2 = 0`.

    Attributes:
        clean: every value on each row, as it is.
        cut: the same under the intervention.
    """

    def __init__(self, about: Subject, intervention: str) -> None:
        self.about = about
        self.sampled = not about.domain.finite
        self.inputs = "points tried" if self.sampled else "inputs"
        self.outputs = about.network.outputs
        explained = about.explanation
        self.tolerance = explained.epsilon("ablations") if explained is not None else ZERO
        self.plan = about.network.wiring.resolve(intervention)
        self.clean = [about.machine.values(x) for x in about.rows]
        self.cut = [about.machine.values(x, self.plan) for x in about.rows]

    def where(self, keep: Sequence[bool]) -> str:
        """Name the inputs that are kept; of many, count them."""
        labels = [c for c, k in zip(self.about.labels, keep, strict=True) if k]
        if len(labels) == len(keep):
            return f"all {len(keep)} points tried" if self.sampled else "every input"
        if len(keep) <= 16:
            return listed(labels, 16)
        return f"{len(labels)} of {len(keep)} {self.inputs}, such as {labels[0]}"

    def text(self, *, already: bool = False) -> str:
        """Say what the outputs are without it, and name the smallest input that shows it.

        Args:
            already: it is a number that is 0 as it is.
        """
        pairs = list(zip(self.clean, self.cut, strict=True))
        changed = [any(beyond(a[o], b[o], self.tolerance) for o in self.outputs) for a, b in pairs]
        if not any(changed):
            why = ": it is already 0" if already else ""
            if self.tolerance > 0 and not already:
                why = f" by more than the tolerance {short(self.tolerance)}"
            if self.sampled and not already:
                return f"nothing changes at the {self.about.points} that were tried{why}"
            return f"nothing changes on {self.about.domain.text}{why}"
        rows = self.about.rows

        def ease(k: int) -> tuple[Any, ...]:
            return (sum(1 for v in rows[k] if v != 0), sum(abs(v) for v in rows[k]), k)

        first = min((k for k, c in enumerate(changed) if c), key=ease)
        smallest = (
            f"smallest input that shows it: {self.about.labels[first]}, "
            f"{self._named(self.cut[first])} instead of {self._named(self.clean[first], False)}"
        )
        if len(rows) > 8 or len(self.outputs) > 1:
            return f"{self._copies()}{sum(changed)} of {len(rows)} {self.inputs} change; {smallest}"
        after = " ".join(self._values(v) for v in self.cut)
        before = " ".join(self._values(v) for v in self.clean)
        labels = " ".join(self.about.labels)
        outcome = f"{self.outputs[0]} on {labels} is {after} (clean {before})"
        return f"{self._copies()}{outcome}; {smallest}"

    def _copies(self) -> str:
        """Say that a tied number goes in all its places."""
        count = len(self.plan.edits)
        return f"in all {count} places: " if count > 1 else ""

    def _values(self, values: dict[str, Any]) -> str:
        texts = [rounded(values[o], self.tolerance) for o in self.outputs]
        return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"

    def _named(self, values: dict[str, Any], named: bool = True) -> str:
        if len(self.outputs) > 1 or not named:
            return self._values(values)
        return f"{self.outputs[0]} = {self._values(values)}"
