"""The claims of an explanation, one check each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.errors import ToynetsError, Undecided
from toynets.explanation import Explanation
from toynets.rationals import from_float
from toynets.verification.compare import Decision, compare
from toynets.verification.partition import grade, partition
from toynets.verification.roles import WEIGHT_ROLES, Roles, graded
from toynets.verification.tiers import Check, Comparer, Failure, Side
from toynets.wiring import kind_of


class Claims:
    """One explanation held against one network on listed rows.

    Args:
        network: the network.
        explanation: the claims.
        rows: the inputs, exact.
        measured: the network's side.
        derived: the explanation's side, None while weights are blank.
        decision: from outputs to a choice.
    """

    def __init__(
        self,
        network: Any,
        explanation: Explanation,
        rows: Sequence[Any],
        measured: Side,
        derived: Side | None,
        decision: Decision,
    ) -> None:
        self.network = network
        self.explanation = explanation
        self.rows = rows
        self.measured = measured
        self.derived = derived
        self.decision = decision
        self.outputs = network.outputs
        self.explained: dict[str, set[str]] = {"weights": set(), "units": set(), "ablations": set()}
        self.concept_grades: dict[str, str] = {}

    def weights(self) -> Check:
        """|stated - network| within the tolerance of weights."""
        check = Check("weights")
        numbers = self.network.numbers
        for address, stated in self.explanation.numbers.items():
            check.cases += 1
            actual = from_float(numbers[address])
            gap, within = compare(stated, actual, self.explanation.epsilon("weights"))
            check.measure(gap)
            check.agreed_values += within is True
            if within is None:
                check.undecided += 1
            elif not within:
                said = self.explanation.weights.get(address)
                text = str(said.value) if said is not None and said.value is not None else ""
                check.fail(
                    Failure("weights", subject=address, stated=stated, measured=actual, said=text)
                )
        return check

    def clean(self) -> Check:
        """Stated = derived = measured on every input without intervention."""
        check = Check("clean")
        stated = self._stated_clean()
        self._compare(check, "", stated, "clean")
        return check

    def outcomes(self) -> Check:
        """Stated = derived = measured for each stated outcome of an intervention."""
        check = Check("outcomes")
        for outcome in self.explanation.outcomes:
            text = outcome.intervention.text
            if not text or not any(outcome.outputs.values()):
                continue
            before = check.failed
            self._compare(check, text, dict(outcome.outputs), "ablations")
            if check.failed == before and all(o in outcome.outputs for o in self.outputs):
                for unit in self.network.hidden:
                    if text == f"{unit} = 0":
                        self.explained["ablations"].add(unit)
        return check

    def _stated_clean(self) -> dict[str, tuple[Any, ...]]:
        for outcome in self.explanation.outcomes:
            if not outcome.intervention.text and any(outcome.outputs.values()):
                return dict(outcome.outputs)
        return {
            o: (expression,)
            for o in self.outputs
            if (expression := self.explanation.units[o].expression) is not None
        }

    def _compare(
        self, check: Check, text: str, stated: Mapping[str, tuple[Any, ...]], row: str
    ) -> None:
        """Compare the three columns of one intervention on every row."""
        epsilon = self.explanation.epsilon(row)
        theirs = self.measured.plan(text)
        ours = self.derived.plan(text) if self.derived else None
        kind = kind_of(theirs)
        comparer = Comparer(self.decision, self.explanation.metric_of, epsilon, row)
        extremes = "worst" in theirs.intervention.words
        if extremes and not self.decision:
            comparer = Comparer(Decision({}), lambda _: "value", epsilon, row)
        for i, x in enumerate(self.rows):
            said = self._said(stated, x)
            for m, d, s in self._columns(x, theirs, ours, said, extremes):
                self._case(check, comparer, kind, theirs, i, m, d, s, stated)

    def _columns(
        self, x: Any, theirs: Any, ours: Any, said: list[Any], extremes: bool
    ) -> list[tuple[Any, Any, Any]]:
        if not extremes:
            m = self.measured.outcome(x, theirs)
            d = self.derived.outcome(x, ours) if self.derived else None
            return [(m, d, [s and s[0] for s in said])]
        both = self.measured.runner.worst(x, theirs)
        derived = self.derived.runner.worst(x, ours) if self.derived else None
        return [
            (
                tuple(b[k] for b in both),
                None if derived is None else tuple(b[k] for b in derived),
                [s and s[k] for s in said],
            )
            for k in (0, 1)
        ]

    def _said(self, stated: Mapping[str, tuple[Any, ...]], x: Any) -> list[Any]:
        """Return for each output the stated values, or None where nothing is stated."""
        if self.derived is not None:
            known = dict(self.derived.runner.values(x))
        else:
            known = dict(zip(self.network.inputs, x, strict=True))
        known.update(self.explanation.constants)
        found: list[Any] = []
        for output in self.outputs:
            expressions = stated.get(output, ())
            try:
                found.append(tuple(e.evaluate(known) for e in expressions) or None)
            except Undecided:
                found.append(None)
        return found

    def _case(
        self,
        check: Check,
        comparer: Comparer,
        kind: str,
        plan: Any,
        i: int,
        m: Any,
        d: Any,
        said: list[Any],
        stated: Mapping[str, tuple[Any, ...]],
    ) -> None:
        """Count one row: derived against measured, then stated against derived."""
        reference = m if d is None else d
        holds, by_decision = comparer.outcome(check, kind, reference, m)
        full = [r if s is None else s for s, r in zip(said, reference, strict=True)]
        trial = Check(check.name)
        agrees, stated_decision = comparer.outcome(trial, kind, full, reference)
        check.undecided += trial.undecided
        if holds and agrees:
            return
        text = "; ".join(str(e[0]) for e in stated.values() if e)
        check.fail(
            Failure(
                check.name,
                plan,
                i,
                stated=said if any(s is not None for s in said) else None,
                derived=d,
                measured=m,
                said=text,
                decision=by_decision or stated_decision,
            )
        )

    def units(self) -> Check:
        """Expression = mechanism = measured activation, for every unit on every input."""
        check = Check("units")
        epsilon = self.explanation.epsilon("units")
        for name, unit in self.explanation.units.items():
            if unit.activation != self.network.activation_of(name):
                check.cases += 1
                check.fail(
                    Failure(
                        "units",
                        subject=name,
                        reason=f"you say {unit.activation}, the network has "
                        f"{self.network.activation_of(name)}",
                    )
                )
                continue
            if unit.expression is None:
                continue
            before = check.failed + check.undecided
            for i, x in enumerate(self.rows):
                self._unit_case(check, name, unit.expression, i, x, epsilon)
            if check.failed + check.undecided == before:
                self.explained["units"].add(name)
        return check

    def _unit_case(
        self, check: Check, name: str, expression: Any, i: int, x: Any, epsilon: Any
    ) -> None:
        check.cases += 1
        m = self.measured.runner.values(x)[name]
        known = self._known(x)
        d = known[name] if self.derived else m
        said = expression.evaluate(known)
        verdicts = [compare(said, d, epsilon)[1]]
        gap, within = compare(d, m, epsilon)
        check.measure(gap)
        check.agreed_values += within is True
        verdicts.append(within)
        if False in verdicts:
            check.fail(
                Failure(
                    "units",
                    row=i,
                    subject=name,
                    stated=said,
                    derived=d,
                    measured=m,
                    said=str(expression),
                )
            )
        elif None in verdicts:
            check.undecided += 1

    def _known(self, x: Any) -> dict[str, Any]:
        """Return what an expression may speak of: inputs, units as derived, parameters."""
        side = self.derived or self.measured
        return {**side.runner.values(x), **self.explanation.constants}

    def concepts(self, swaps: Mapping[str, Any]) -> Check:
        """Each concept tells apart exactly the inputs that its unit tells apart.

        Args:
            swaps: unit -> what `tiers.run_interchange` returned for it.
        """
        check = Check("concepts")
        for name, unit in self.explanation.units.items():
            if unit.concept is None:
                continue
            if name not in swaps:
                check.note = "needs every swap of each unit, which is over the budget"
                continue
            check.cases += 1
            values = [unit.concept.evaluate(self._known(x)) for x in self.rows]
            same, swapped = swaps[name]
            grades = []
            undecided = False
            for level in ("value", "decision"):
                if level == "decision" and not self.decision:
                    continue
                found = partition(swapped, same, level, self.decision)
                if not found.decided:
                    undecided = True
                    continue
                grades.append(grade(values, found, self.rows))
            exact = next((g for g in grades if g.grade == "exact"), None)
            if exact is not None:
                check.agreed_values += 1
                self.concept_grades[name] = f"exact by {exact.level}"
            elif undecided:
                check.undecided += 1
            else:
                worst = grades[-1]
                self.concept_grades[name] = worst.grade
                check.fail(
                    Failure(
                        "concepts",
                        subject=name,
                        said=str(unit.concept),
                        reason=f"it is {worst.grade}: it {worst.reason}",
                    )
                )
        return check

    def roles(self) -> Check:
        """Each stated role that is a word of the roles holds; free text is kept, not graded."""
        check = Check("roles")
        roles = Roles(
            self.network,
            self.measured.runner,
            self.rows,
            self.decision,
            {r: self.explanation.epsilon(r) for r in ("units", "weights", "ablations")},
        )
        unit_ok = set()
        tied = {m: g for g, ms in self.explanation.ties.items() for m in ms}
        for address in self.network.numbers:
            stated = self.explanation.weights.get(address) or self.explanation.weights.get(
                tied.get(address, "")
            )
            if stated is None or stated.value is None:
                continue
            word, _ = graded(stated.role)
            if word not in WEIGHT_ROLES:
                continue
            if self._role(check, roles, address, stated.role, None):
                self.explained["weights"].add(address)
        for name, unit in self.explanation.units.items():
            word, _ = graded(unit.role)
            if not word or word in WEIGHT_ROLES:
                unit_ok.add(name)
                continue
            concept = None
            if word == "detector" and unit.concept is not None:
                concept = [unit.concept.evaluate(self._known(x)) for x in self.rows]
            if self._role(check, roles, name, unit.role, concept):
                unit_ok.add(name)
        self.explained["units"] &= unit_ok
        return check

    def _role(self, check: Check, roles: Roles, name: str, role: str, concept: Any) -> bool:
        check.cases += 1
        try:
            holds, reason = roles.holds(name, role, concept)
        except (Undecided, ToynetsError) as error:
            check.undecided += 1
            check.note = str(error)
            return False
        check.agreed_values += holds
        if not holds:
            check.fail(Failure("roles", subject=name, said=role, reason=reason))
        return holds
