"""One check: its cases and failures, and the comparison of derived with measured outcomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq

from toynets.domain import Row
from toynets.fields import field, record
from toynets.names import Intervention
from toynets.rationals import ZERO, Rational
from toynets.verification.compare import Decision, bound, compare
from toynets.wiring import Plan

KEPT = 20


@record
class Failure:
    """One case in which an explanation is wrong.

    Attributes:
        check: the check that found it.
        plan: the intervention, None where the case is no run.
        row: number of the input, None where the case is no run.
        subject: the unit or weight that it is about, or "".
        stated, derived, measured: numbers per output (or of the subject), None where there is none.
        said: the stated expression as text, or "".
        reason: in words, where numbers do not say it.
        source: number of the source row, for patches.
        decision: whether decisions, not values, disagree.
        on: how many inputs are not 0, so that the simplest case is shown first.
    """

    check: str
    plan: Plan | None = None
    row: int | None = None
    subject: str = ""
    stated: Any = None
    derived: Any = None
    measured: Any = None
    said: str = ""
    reason: str = ""
    source: int | None = None
    decision: bool = False
    on: int = 0

    @property
    def size(self) -> tuple[int, int, int]:
        """What makes a case easy to look at: few replacements, few inputs on, early."""
        clauses = () if self.plan is None else self.plan.intervention.clauses
        return (sum(len(c.targets) for c in clauses), self.on, self.row or 0)


@record
class Check:
    """The result of one check.

    Attributes:
        name: as in `design`: weights, clean, units, concepts, roles, outcomes, parameters,
            subsets, interchange.
        cases: how many were tried.
        agreed_values, agreed_decisions: in how many the derived value (within tolerance) and the
            derived decision are the measured ones.
        open: cases whose derived margin is within the tolerance: no decision is claimed.
        undecided: cases in which a ball straddles, or that the listed inputs leave open.
        worst: the largest |derived - measured|.
        worst_stated: the largest |stated - measured|.
        failed: how many cases fail.
        failures: some of them, the smallest first.
        subjects: every unit or weight that a failure is about.
        wrong: intervention -> how many inputs fail.
        level: `exhaustive` or `sampled`.
        note: what a reader should know (kinds left out, seed and count of a sample).
        skipped: why the check could not run, or "".
        unchecked: what looks like a claim of this check and is none, in words.
    """

    name: str
    cases: int = 0
    agreed_values: int = 0
    agreed_decisions: int = 0
    open: int = 0
    undecided: int = 0
    worst: Any = ZERO
    worst_stated: Any = ZERO
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    wrong: dict[str, int] = field(default_factory=dict)
    level: str = "exhaustive"
    note: str = ""
    skipped: str = ""
    unchecked: tuple[str, ...] = ()

    def fail(self, failure: Failure) -> None:
        """Count a failure; keep the smallest in front, and the first ones."""
        self.failed += 1
        if failure.subject:
            self.subjects.add(failure.subject)
        if failure.plan is not None:
            self.wrong[failure.plan.text] = self.wrong.get(failure.plan.text, 0) + 1
        if not self.failures or failure.size < self.failures[0].size:
            self.failures.insert(0, failure)
            del self.failures[KEPT:]
        elif len(self.failures) < KEPT:
            self.failures.append(failure)

    def leave_open(self, why: str = "") -> None:
        """Count a case that could not be decided; the first reason is kept."""
        self.undecided += 1
        if why and not self.note:
            self.note = why

    def measure(self, gap: Any) -> None:
        """Keep the largest difference."""
        if gap is not ZERO and not gap <= self.worst:
            self.worst = gap


class Comparer:
    """Compares derived with measured outcomes under the tolerances of an explanation.

    Args:
        decision: from outputs to a choice.
        metric: kind of intervention -> `value` or `decision`.
        epsilon: the tolerance.
    """

    def __init__(self, decision: Decision, metric: Callable[[str], str], epsilon: Rational) -> None:
        self.decision = decision
        self.metric = metric
        self.epsilon = epsilon
        self.bound = bound(epsilon)
        self._exact = epsilon == 0 or not decision

    def outcome(
        self, check: Check, kind: str, derived: Sequence[Any], measured: Sequence[Any]
    ) -> tuple[bool | None, bool]:
        """Count one case.

        Returns:
            Whether it holds (None: undecided, which is counted), and whether it is the decision
            that fails.
        """
        check.cases += 1
        if self._exact and derived == measured and all(type(v) is fmpq for v in measured):
            check.agreed_values += 1
            check.agreed_decisions += 1
            return True, False
        values: bool | None = True
        for d, m in zip(derived, measured, strict=True):
            gap, within = compare(d, m, self.bound)
            check.measure(gap)
            if within is not True and values is not False:
                values = within
        check.agreed_values += values is True
        decisions = self._decisions(derived, measured)
        check.open += decisions == "open"
        check.agreed_decisions += (values if decisions == "none" else decisions) is True
        by_decision = self.metric(kind) == "decision"
        if decisions is False:
            return False, by_decision or values is not False
        if by_decision and decisions != "open":
            check.undecided += decisions is None
            return decisions is True or None, False
        # By value; so is a case that is open, since it claims no decision.
        holds = None if values is True and decisions is None else values
        check.undecided += holds is None
        return holds, False

    def stated(
        self, check: Check, kind: str, stated: Sequence[Any], derived: Sequence[Any]
    ) -> tuple[bool | None, bool]:
        """Count one case in which a stated outcome is held against the derived one.

        Each of the two claims its decision where its own margin is beyond the tolerance: with
        several outputs, values within the tolerance of each other can decide otherwise.

        Args:
            check: that counts it.
            kind: of the intervention.
            stated, derived: a number for each output.

        Returns:
            As `outcome`.
        """
        found = self.outcome(check, kind, derived, stated)
        if found[0] is False or self._exact:
            return found
        other = Check(check.name)
        back = self.outcome(other, kind, stated, derived)
        if found[0] is None and back[0] is not False:
            return found  # undecided, and counted
        check.undecided += other.undecided
        return back

    def _decisions(self, derived: Any, measured: Any) -> bool | str | None:
        """Return whether decisions agree; `none` without a rule, `open` within the tolerance."""
        if not self.decision:
            return "none"
        choice, margin = self.decision(derived)
        exact, ball = self.bound
        if self.epsilon > 0 and not margin > (exact if type(margin) is fmpq else ball):
            return "open"
        found, _ = self.decision(measured)
        if choice is None or found is None:
            return None
        return bool(choice == found)


@record
class Side:
    """A network's machine or an explanation's model: both resolve and run interventions."""

    runner: Any
    wiring: Any

    def plan(self, source: str | Intervention) -> Plan:
        """Resolve an intervention by this side's own names."""
        return self.wiring.resolve(source)  # type: ignore[no-any-return]  # either side's wiring

    def outcome(self, x: Row, plan: Plan | None = None, **given: Any) -> tuple[Any, ...]:
        """Run it; without a plan the clean run."""
        return tuple(self.runner.outcome(x, plan, **given))
