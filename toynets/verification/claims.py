"""The claims of an explanation, one check each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.errors import ToynetsError, Undecided
from toynets.explanation import METRIC_KINDS, Explanation
from toynets.fields import replace
from toynets.names import Intervention
from toynets.rationals import from_float
from toynets.verification.check import Check, Comparer, Failure, Side
from toynets.verification.compare import Decision, bound, compare
from toynets.verification.partition import Swaps, graded_by
from toynets.verification.roles import Roles, graded, ungraded
from toynets.wiring import kind_of

CLEAN = Intervention()
Stated = Mapping[str, tuple[Any, ...]]


class NoValue(Exception):
    """A stated expression has no value on some input: it divides by zero, or ands a 2."""


class Claims:
    """One explanation held against one network on listed rows.

    Args:
        network: the network.
        explanation: the claims.
        rows: the inputs, exact.
        measured: the network's side.
        derived: the explanation's side, None while weights are blank.
        decision: from outputs to a choice.
        complete: whether the rows are the whole domain.

    Attributes:
        good: kind of claim -> the names of which it was checked and holds on every row.
        concept_grades: unit -> how its concept fits.
    """

    def __init__(
        self,
        network: Any,
        explanation: Explanation,
        rows: Sequence[Any],
        measured: Side,
        derived: Side | None,
        decision: Decision,
        complete: bool = True,
    ) -> None:
        self.network = network
        self.explanation = explanation
        self.rows = rows
        self.measured = measured
        self.derived = derived
        self.decision = decision
        self.complete = complete
        self.outputs = network.outputs
        self.good: dict[str, set[str]] = {
            kind: set() for kind in ("numbers", "expressions", "concepts", "roles", "ablations")
        }
        self.concept_grades: dict[str, str] = {}

    def _on(self, i: int) -> int:
        return sum(1 for v in self.rows[i] if v != 0)

    def weights(self) -> Check:
        """|stated - network| within the tolerance of weights, for every number of the network."""
        check = Check("weights")
        within_bound = bound(self.explanation.epsilon("weights"))
        numbers = self.explanation.numbers
        for address, value in self.network.numbers.items():
            if address not in numbers:
                continue  # still blank
            check.cases += 1
            stated, actual = numbers[address], from_float(value)
            gap, within = compare(stated, actual, within_bound)
            check.measure(gap)
            if within:
                check.agreed_values += 1
                self.good["numbers"].add(address)
            elif within is None:
                check.leave_open(f"{address}: a ball straddles the tolerance")
            else:
                said = self.explanation.stated_weight(address)
                text = str(said.value) if said is not None else ""
                check.fail(
                    Failure("weights", subject=address, stated=stated, measured=actual, said=text)
                )
        return check

    def clean(self) -> Check:
        """Stated = derived = measured on every input without intervention."""
        check = Check("clean")
        stated: Stated = {
            o: (expression,)
            for o in self.outputs
            if (expression := self.explanation.units[o].expression) is not None
        }
        for outcome in self.explanation.outcomes:
            if not outcome.intervention.text and any(outcome.outputs.values()):
                stated = outcome.outputs
        self._compare(check, CLEAN, stated, "clean")
        kinds = (kind for kind in METRIC_KINDS if kind not in ("default", "concepts"))
        if any(self.explanation.metric_of(kind) == "decision" for kind in kinds):
            self._vacuous(check)
        return check

    def _vacuous(self, check: Check) -> None:
        """Leave a claim about decisions open if there is only one decision."""
        made = set()
        for x in self.rows:
            try:
                made.add(self.decision(self.measured.outcome(x))[0])
            except Undecided:
                return  # counted already
        if len(made) == 1:
            check.leave_open("the decision is the same on every input: agreeing in it says nothing")

    def outcomes(self) -> Check:
        """Stated = derived = measured for each stated outcome of an intervention."""
        check = Check("outcomes")
        for outcome in self.explanation.outcomes:
            intervention = outcome.intervention
            if not intervention.text or not any(outcome.outputs.values()):
                continue
            before = check.failed + check.undecided
            self._compare(check, intervention, outcome.outputs, "ablations")
            if check.failed + check.undecided == before and all(
                outcome.outputs.get(o) for o in self.outputs
            ):
                for unit in self.network.hidden:
                    if intervention.text == f"{unit} = 0":
                        self.good["ablations"].add(unit)
        return check

    def _compare(self, check: Check, intervention: Intervention, stated: Stated, row: str) -> None:
        """Compare the three columns of one intervention on every row."""
        theirs = self.measured.plan(intervention)
        ours = self.derived.plan(intervention) if self.derived else None
        kind = kind_of(theirs)
        extremes = "worst" in intervention.words
        # The largest of several outputs at their extremes is no decision that is ever taken.
        rule = Decision({}) if extremes and len(self.outputs) > 1 else self.decision
        comparer = Comparer(rule, self.explanation.metric_of, self.explanation.epsilon(row))
        text = "; ".join(str(e) for es in stated.values() for e in es)
        for i, x in enumerate(self.rows):
            try:
                columns = self._columns(x, theirs, ours, extremes)
                said = self._said(stated, x)
            except NoValue as error:
                check.cases += 1
                check.fail(
                    Failure(check.name, theirs, i, said=text, reason=str(error), on=self._on(i))
                )
                continue
            except Undecided as error:
                check.cases += 1
                check.leave_open(error.message)
                continue
            for k, (m, d) in enumerate(columns):
                values = [None if s is None else s[k] for s in said]
                self._case(
                    check,
                    comparer,
                    kind,
                    Failure(
                        check.name,
                        theirs,
                        i,
                        stated=values if any(v is not None for v in values) else None,
                        derived=d,
                        measured=m,
                        said=text,
                        on=self._on(i),
                    ),
                )

    def _columns(self, x: Any, theirs: Any, ours: Any, extremes: bool) -> list[tuple[Any, Any]]:
        """Return (measured, derived) outcomes: one pair, or one for each extreme."""
        if not extremes:
            m = self.measured.outcome(x, theirs)
            return [(m, self.derived.outcome(x, ours) if self.derived else None)]
        try:
            both = self.measured.runner.worst(x, theirs)
            derived = self.derived.runner.worst(x, ours) if self.derived else None
        except ToynetsError as error:  # too many pieces to search
            raise Undecided(error.message) from None
        return [
            (
                tuple(b[k] for b in both),
                None if derived is None else tuple(b[k] for b in derived),
            )
            for k in (0, 1)
        ]

    def _said(self, stated: Stated, x: Any) -> list[Any]:
        """Return for each output the stated values, or None where nothing is stated."""
        known = self.known(x)
        return [
            tuple(self.value(e, known) for e in stated.get(output, ())) or None
            for output in self.outputs
        ]

    def value(self, expression: Any, known: Mapping[str, Any]) -> Any:
        """Return what an expression is worth; `NoValue` where it is worth nothing."""
        try:
            return expression.evaluate(known)
        except Undecided:
            raise
        except ToynetsError as error:
            raise NoValue(error.message.rstrip(".")) from None

    def known(self, x: Any) -> dict[str, Any]:
        """Return what an expression may speak of: inputs, units as derived, parameters."""
        side = self.derived or self.measured
        values = side.runner.values(x)
        names = (*self.network.inputs, *self.network.units)
        return {**{n: values[n] for n in names}, **self.explanation.constants}

    def _case(self, check: Check, comparer: Comparer, kind: str, case: Failure) -> None:
        """Count one row: derived against measured, then stated against derived."""
        m, d, said = case.measured, case.derived, case.stated
        if d is None:  # weights are still blank: what is stated is held against the network
            if said is None:
                return
            full = [r if s is None else s for s, r in zip(said, m, strict=True)]
            holds, by_decision = comparer.outcome(check, kind, full, m)
            if holds is False:
                case.decision = by_decision
                check.fail(case)
            return
        holds, by_decision = comparer.outcome(check, kind, d, m)
        agrees: bool | None = True
        if said is not None:
            full = [r if s is None else s for s, r in zip(said, d, strict=True)]
            trial = Check(check.name)
            agrees, stated_decision = comparer.stated(trial, kind, full, d)
            by_decision = by_decision if holds is False else stated_decision
            for s, measured in zip(full, m, strict=True):
                if abs(s - measured) > check.worst_stated:
                    check.worst_stated = abs(s - measured)
            if holds is not None:  # one undecided case is counted once
                check.undecided += trial.undecided
        if holds is False or agrees is False:
            case.decision = by_decision
            check.fail(case)

    def units(self) -> Check:
        """Expression = mechanism = measured activation, for every unit on every input."""
        check = Check("units")
        within_bound = bound(self.explanation.epsilon("units"))
        for name, unit in self.explanation.units.items():
            actual = self.network.activation_of(name)
            if unit.activation != actual:
                check.cases += 1
                reason = f"you say {unit.activation}, the network has {actual}"
                check.fail(Failure("units", subject=name, reason=reason))
                continue
            if unit.expression is None:
                continue
            before = check.failed + check.undecided
            for i, x in enumerate(self.rows):
                check.cases += 1
                try:
                    self._unit_case(check, name, unit.expression, i, x, within_bound)
                except NoValue as error:
                    case = Failure("units", subject=name, row=i, said=str(unit.expression))
                    case.reason, case.on = str(error), self._on(i)
                    check.fail(case)
                except Undecided as error:
                    check.leave_open(error.message)
            if check.failed + check.undecided == before:
                self.good["expressions"].add(name)
        return check

    def _unit_case(
        self, check: Check, name: str, expression: Any, i: int, x: Any, within_bound: Any
    ) -> None:
        m = self.measured.runner.values(x)[name]
        known = self.known(x)
        said = self.value(expression, known)
        d = known[name] if self.derived else said
        stated_right = compare(said, d, within_bound)[1]
        gap, derived_right = compare(d, m, within_bound)
        check.measure(gap)
        check.agreed_values += derived_right is True
        if stated_right is False or derived_right is False:
            case = Failure("units", subject=name, row=i, stated=said, measured=m)
            case.derived, case.said, case.on = d, str(expression), self._on(i)
            check.fail(case)
        elif stated_right is None or derived_right is None:
            check.leave_open(f"{name}: a ball straddles the tolerance")

    def concepts(self, swaps: Mapping[str, Swaps]) -> Check:
        """Each concept tells apart exactly the inputs that its unit tells apart.

        Args:
            swaps: unit -> its swaps, over all rows or a sample of them.
        """
        check = Check("concepts")
        for name, unit in self.explanation.units.items():
            if unit.concept is None:
                continue
            if name not in swaps:
                check.skipped = "needs every swap of each unit"
                continue
            self._concept(check, name, unit.concept, swaps[name])
        return check

    def _concept(self, check: Check, name: str, concept: Any, swaps: Swaps) -> None:
        metric = self.explanation.metric_of("concepts")
        sample = not self.complete or len(swaps.rows) < len(self.rows)
        epsilon = self.explanation.epsilon("ablations")
        check.cases += 1
        check.level = "sampled" if sample else check.level
        try:
            values = [self.value(concept, self.known(x)) for x in swaps.rows]
            found = graded_by(metric, values, swaps, epsilon, self.decision)
        except NoValue as error:
            check.fail(Failure("concepts", subject=name, said=str(concept), reason=str(error)))
            return
        reason = f"it {found.reason}"
        if found.grade == "too fine" and sample:  # inputs outside the sample may notice
            if split := swaps.split_by(values):  # but not what the unit cannot tell
                reason = f"it {split}"
            else:
                found = replace(found, grade="unknown")
                reason += " in the sample"
        self.concept_grades[name] = f"{found.grade} by {found.level}"
        if found.grade == "exact":
            check.agreed_values += 1
            self.good["concepts"].add(name)
        elif found.grade == "unknown":
            check.leave_open(f"{name}: {reason}")
        else:
            reason = f"it is {found.grade}: {reason}"
            check.fail(Failure("concepts", subject=name, said=str(concept), reason=reason))

    def roles(self) -> Check:
        """Each stated role that is a word of the roles holds; free text is kept, not graded."""
        check = Check("roles", unchecked=ungraded(self.explanation))
        roles = Roles(
            self.network,
            self.measured.runner,
            self.rows,
            self.decision,
            {r: self.explanation.epsilon(r) for r in ("units", "weights", "ablations")},
            complete=self.complete,
        )
        for address in self.network.numbers:
            stated = self.explanation.stated_weight(address)
            if stated is not None and graded(stated.role)[0]:
                self._role(check, roles, address, stated.role, None)
        for name, unit in self.explanation.units.items():
            word, _ = graded(unit.role)
            if not word:
                self.good["roles"].add(name)  # free text, which claims nothing
                continue
            concept = unit.concept if word == "detector" else None
            self._role(check, roles, name, unit.role, concept)
        return check

    def _role(self, check: Check, roles: Roles, name: str, role: str, concept: Any) -> None:
        check.cases += 1
        try:
            values = None
            if concept is not None:
                values = [self.value(concept, self.known(x)) for x in self.rows]
            holds, reason = roles.holds(name, role, values)
        except NoValue as error:
            holds, reason = False, str(error)
        except Undecided as error:
            check.leave_open(f"{name}: {error.message}")
            return
        if holds:
            check.agreed_values += 1
            self.good["roles"].add(name)
        else:
            check.fail(Failure("roles", subject=name, said=role, reason=reason))

    def explained(self) -> dict[str, set[str]]:
        """Return what is explained and checked: weights, units, ablations.

        A weight needs a number and a role out of the list, a hidden unit an expression and a
        concept, an output an expression; an ablation a stated outcome of every output. A unit with
        a wrong role is not explained.
        """
        good = self.good
        units = good["expressions"] & good["roles"]
        return {
            "weights": good["numbers"] & good["roles"],
            "units": {u for u in units if u in self.outputs or u in good["concepts"]},
            "ablations": good["ablations"],
        }
