"""When a set of units or edges is sufficient: decisions, values or accuracy, case by case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from toynets.domain import Row
from toynets.errors import Undecided
from toynets.rationals import ZERO, Rational, rational, short
from toynets.verification.antichains import OutOfBudget
from toynets.verification.compare import Decision, bound, compare
from toynets.verification.kept import Kept

CRITERIA = {
    "decisions": "every decision stays what it is",
    "values": "every output stays what it is",
    "accuracy": "as many inputs are decided as the task wants",
}
CASES = 2_000_000


class FoundPoint(Exception):
    """A set that suffices at every point tried fails at another.

    Attributes:
        rows: that point, and the source of a swap.
    """

    def __init__(self, rows: tuple[Row, ...]) -> None:
        super().__init__()
        self.rows = rows


class Criterion:
    """Whether a set of players is sufficient.

    Args:
        kept: the network and the ablation.
        name: of `CRITERIA`.
        decision: from outputs to a choice.
        within: how far outputs may be from the clean ones, for `values`.
        targets: the wanted outputs on each row, for `accuracy`.
        at_least: how many of the cases must be right for `accuracy`; None for as large a share as
            in the clean network.
        budget: how many cases may be run.

    Attributes:
        rule: in words, with its numbers.
        everywhere: on a box, told of each set that is sufficient on the points tried; see
            `circuits_on_boxes`.
        ran: how many cases were run.
    """

    def __init__(
        self,
        kept: Kept,
        name: str,
        decision: Decision,
        within: Rational = ZERO,
        targets: Sequence[Sequence[Any]] = (),
        at_least: Rational | None = None,
        budget: int = CASES,
    ) -> None:
        self.kept = kept
        self.name = name
        self.decision = decision
        self.everywhere: Callable[[int], None] | None = None
        self.ran = 0
        self.budget = budget
        self._known: dict[int, bool] = {}
        self._bound = bound(within)
        self._clean = kept.clean
        self._order = list(kept.cases)
        self._allowed = 0
        wanted = self._clean if name != "accuracy" else list(targets)
        if name == "values":
            self.rule = CRITERIA[name] + (f" to within {short(within)}" if within > 0 else "")
            return
        self._choices = [self._chosen(w) for w in wanted]
        self.rule = f"{CRITERIA[name]} ({decision.text})"
        if name == "accuracy":
            self._set_accuracy(at_least)

    def _set_accuracy(self, at_least: Rational | None) -> None:
        count = len(self._clean)
        right = sum(
            self._chosen(y) == wanted for y, wanted in zip(self._clean, self._choices, strict=True)
        )
        share = rational(right) / count if at_least is None else at_least
        exactly = (1 - share) * len(self._order)
        self._allowed = int(exactly.p // exactly.q)  # so many cases may be wrong
        given = f"as many as clean, {right} of {count}" if at_least is None else "the given share"
        self.rule = (
            f"the share of right decisions ({self.decision.text}) is at least {short(share)} "
            f"({given})"
        )

    def _chosen(self, outputs: Sequence[Any]) -> Any:
        choice = self.decision(outputs)[0]
        if choice is None:
            raise Undecided("a decision is not decided: a ball straddles.")
        return choice

    def right(self, mask: int, case: tuple[int, int | None]) -> bool:
        """Whether one case is as it must be."""
        outputs = self.kept.outcome(mask, case)
        if self.name != "values":
            return bool(self._chosen(outputs) == self._choices[case[0]])
        for a, b in zip(outputs, self._clean[case[0]], strict=True):
            within = compare(a, b, self._bound)[1]
            if within is None:
                raise Undecided("whether an output stays is not decided: a ball straddles.")
            if not within:
                return False
        return True

    def sufficient(self, mask: int) -> bool:
        """Whether the criterion holds with this set kept; worked out once.

        Raises:
            OutOfBudget: no more cases may be run.
        """
        known = self._known.get(mask)
        if known is None:
            known = self._known[mask] = self._holds(mask)
            if known and self.everywhere is not None:
                self.everywhere(mask)
        return known

    def _holds(self, mask: int) -> bool:
        wrong = 0
        for k, case in enumerate(self._order):
            if self.ran >= self.budget:
                raise OutOfBudget
            self.ran += 1
            if self.right(mask, case):
                continue
            wrong += 1
            if wrong > self._allowed:
                self._order.insert(0, self._order.pop(k))  # what failed last fails soonest again
                return False
        return True

    def failing(self, mask: int) -> tuple[int, int | None]:
        """Return the simplest case that is right clean and not with this set kept.

        Where the criterion fails with everything kept, too, there may be none such: then it is the
        simplest that is not right.
        """
        rows = self.kept.rows
        simple = sorted(
            self.kept.cases, key=lambda c: (sum(1 for v in rows[c[0]] if v != 0), c[0], c[1] or 0)
        )
        clean = (1 << len(self.kept.players)) - 1
        wrong = [c for c in simple if not self.right(mask, c)]
        return next((c for c in wrong if self.right(clean, c)), wrong[0])
