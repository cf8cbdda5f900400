"""`verify`: an explanation held against a network, case by case."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from toynets import exact
from toynets.domain import Domain
from toynets.errors import ToynetsError, Undecided, unknown
from toynets.explanation import METRIC_KINDS, Explanation
from toynets.fields import replace
from toynets.names import parse_intervention
from toynets.rationals import short, workprec
from toynets.verification.check import Check, Comparer, Failure, Side
from toynets.verification.claims import Claims
from toynets.verification.compare import Decision, shown
from toynets.verification.contributions import (
    WorstSubset,
    additive,
    contributions,
    worst_subset,
)
from toynets.verification.matching import match_names
from toynets.verification.partition import Swaps
from toynets.verification.phrases import phrase
from toynets.verification.recognising import recognise
from toynets.verification.report import Report, Share, weakest
from toynets.verification.tiers import (
    FEW,
    LARGEST,
    Bench,
    constant_kinds,
    parameter_texts,
    subset_texts,
)
from toynets.verification.witness import Witness, describe

__all__ = ["CASES", "match_names", "recognise", "verify"]

CASES = 2_000_000
TIERS = ("parameters", "subsets", "interchange")
CHECKS = ("clean", "outcomes", "weights", "units", "concepts", "roles", *TIERS)
# The order in which they are made: cheap ones first, for `first`.
MADE = ("weights", "clean", "units", "outcomes", "roles", *TIERS, "concepts")


def verify(
    network: Any,
    explanation: Explanation,
    domain: Domain,
    *,
    cases: int = CASES,
    seed: int = 0,
    first: bool = False,
    only: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Hold an explanation against a network: every weight, unit and outcome, every ablation.

    Three columns are compared: what the explanation states, what its own mechanisms derive without
    the network, and what the network does. On a box a seeded sample of points is tried first; what
    it does not refute is proved where network and claim are piecewise linear.

    Args:
        network: a `toynets.Network`.
        explanation: a `toynets.Explanation`.
        domain: the inputs that the claim is about.
        cases: the budget; a tier over it is sampled, which the report says.
        seed: of samples.
        first: stop after the first check that refutes; the others are reported as skipped.
        only: the checks to make, such as ("clean",); others are skipped: `refuted` or `unknown`.
        progress: called with (done, expected) cases.

    Returns:
        `Report`; `.verdict` is `proved`, `exhaustive`, `sampled`, `unknown` or `refuted`,
        `.witness` the smallest counterexample.

    Raises:
        ToynetsError: the explanation speaks of units, weights or inputs that are not there, or
            leaves some out; the domain has another number of inputs.
    """
    for given, kind, fix in (
        (explanation, Explanation, "Explanation.from_json(text), or load(name).explanation."),
        (domain, Domain, "Domain.boolean(2), or load(name).task.domain."),
    ):
        if not isinstance(given, kind):
            raise ToynetsError(
                f"expected {'an' if kind is Explanation else 'a'} {kind.__name__} but got "
                f"{type(given).__name__}.",
                fix=fix,
            )
    for name in only:
        if name not in CHECKS:
            raise ToynetsError(unknown("check", str(name), "a report", CHECKS))
    if isinstance(cases, bool) or not isinstance(cases, int) or cases < 1:
        raise ToynetsError(f"the budget is a number of cases, but got cases={cases!r}.")
    if domain.dimension != len(network.inputs):
        raise ToynetsError(
            f"the domain {domain.text} has {domain.dimension} inputs but the network has "
            f"{len(network.inputs)}: {', '.join(network.inputs)}."
        )
    match_names(network, explanation)
    started = time.perf_counter()

    def work(finite: Domain) -> _Verification:
        return _Verification(network, explanation, finite, cases, seed, progress)

    with workprec():
        if domain.kind == "box":
            from toynets.verification.boxes import verify_box  # only a box needs proofs

            report = verify_box(work, domain, seed=seed, first=first, only=only)
        else:
            report = work(domain).report(first, only)
    report.seconds = time.perf_counter() - started
    return report


class _Verification:
    def __init__(
        self,
        network: Any,
        explanation: Explanation,
        domain: Domain,
        budget: int,
        seed: int,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.network = network
        self.explanation = explanation
        self.domain = domain
        self.rows = domain.rows
        self.machine = exact.Machine(network, domain)
        self.measured = Side(self.machine, network.wiring)
        self.derived: Side | None = None
        if all(w.value is not None for w in explanation.weights.values()):
            model = explanation.model(rows=self.rows)
            self.derived = Side(model, model.wiring)
        self.decision = Decision(explanation.decision, network.outputs)
        self.claims = Claims(
            network,
            explanation,
            self.rows,
            self.measured,
            self.derived,
            self.decision,
            domain.finite,
        )
        self.comparer = Comparer(
            self.decision, explanation.metric_of, explanation.epsilon("ablations")
        )
        self.kinds = constant_kinds(
            [layer.activation for layer in network.layers[:-1]],
            any(f"{u}.bias" in network.numbers for u in network.hidden),
        )
        # Where effects add up and nothing is tolerated, sums of the single ones settle the rest.
        self.by_value = all(explanation.metric_of(kind) == "value" for kind, _ in self.kinds)
        closed = additive(network) and self.by_value and explanation.epsilon("ablations") == 0
        self.largest = FEW if closed else LARGEST
        self.texts = {
            "parameters": parameter_texts(network.wiring),
            "subsets": list(subset_texts(network.wiring, network.hidden, self.kinds, self.largest)),
        }
        swaps = len(network.units) * len(self.rows)
        self._expected = len(self.rows) * (sum(map(len, self.texts.values())) + swaps)
        self._done, self._progress = 0, progress
        self.bench: Bench | None = None
        if self.derived is not None:
            self.bench = Bench(
                self.measured, self.derived, self.rows, self.comparer, budget, seed, self.step
            )
        self.swapped: Sequence[str] = network.units
        self.swaps: dict[str, Swaps] = {}
        self.checks: dict[str, Check] = {}
        self.worst: WorstSubset | None = None

    def step(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._expected)

    def report(self, first: bool, only: Sequence[str] = ()) -> Report:
        asked = {*(only or CHECKS)}
        if "concepts" in asked and "interchange" not in asked:
            asked.add("interchange")  # concepts are graded by its swaps, of the units that have one
            self.swapped = [n for n, u in self.explanation.units.items() if u.concept is not None]
        makers: dict[str, Callable[[], Check]] = {
            "weights": self.claims.weights,
            "clean": self.claims.clean,
            "units": self.claims.units,
            "outcomes": self.claims.outcomes,
            "roles": self.claims.roles,
            "concepts": lambda: self.claims.concepts(self.swaps),
            **{name: lambda name=name: self._tier(name) for name in TIERS},  # type: ignore[misc]  # a lambda with a default
        }
        found: dict[str, Check] = {}
        for name in MADE:
            if first and any(c.failed for c in found.values()):
                found[name] = Check(name, skipped="another check refutes already")
            elif name not in asked:
                found[name] = Check(name, skipped="not asked for")
            else:
                found[name] = self._guard(name, makers[name])
        self.checks = {name: found[name] for name in CHECKS}
        coverage, missing = self._coverage()
        values = [self._values(x) for x in self.rows]
        decided = [
            (None, None) if v is None else self.decision([v[o] for o in self.network.outputs])
            for v in values
        ]
        margins = [m for c, m in decided if c is not None and m is not None]
        known = [v for v in values if v is not None]
        return Report(
            verdict=self._verdict(),
            network=self.network.name or self.network.text,
            hash=self.network.hash,
            sizes=self.network.text,
            domain=self.domain.text,
            checks=self.checks,
            witness=self._witness(),
            coverage=coverage,
            missing=missing,
            declared=self.explanation.unexplained,
            numbers_stated=self.explanation.numbers_stated,
            weights_explained=self.explanation.weights_explained,
            transcribed=self.explanation.transcribed,
            decision=self.decision.text,
            tolerance=self._claim(),
            margin=min(margins) if margins else None,
            ties=sum(1 for c, _ in decided if c and any(v.startswith("tie") for v in c)),
            facts=self._facts(known),
            contributions=contributions(self.network, known) if None not in values else {},
            rows=tuple(self.domain.labels),
            progress=self._progress_line(coverage),
            worst_subset=self.worst,
            tolerances={
                row: short(bound) for row, bound in self.explanation.tolerance.items() if bound
            },
            concepts=self.claims.concept_grades,
            whole=self.domain.finite,
        )

    def _values(self, x: Any) -> dict[str, Any] | None:
        try:
            return self.machine.values(x)
        except Undecided:
            return None

    def _guard(self, name: str, make: Callable[[], Check]) -> Check:
        """Run a check; what cannot be decided at all is said, not passed."""
        try:
            return make()
        except Undecided as error:
            return Check(name, undecided=1, note=error.message)

    def _tier(self, name: str) -> Check:
        check = Check(name)
        if self.bench is None:
            check.skipped = "weights are still blank"
        elif name == "interchange":
            self.swaps = self.bench.interchange(check, self.swapped)
        else:
            self.bench.run(check, self.texts[name])
            if name == "subsets":
                self._closed_form(check)
        if not self.domain.finite:
            check.level = "sampled"
        return check

    def _closed_form(self, check: Check) -> None:
        """Add the worst of all subsets, which the closed form finds without trying them."""
        count, derived = len(self.network.hidden), self.derived
        if (many := count > self.largest) and not check.note:
            check.note = f"of {count} units: 1, 2, all but one, and all at once"
            if self.largest == FEW:
                check.note += "; the rest as sums of single ones"
        if derived is None or not additive(self.network):
            return
        if check.worst == 0 and not many and check.level == "exhaustive":
            return  # every subset was tried, and none differs
        self.worst = worst_subset(self.network, self.measured, derived, self.rows, self.kinds)
        worst = self.worst
        if worst is None or not self.by_value or check.failed:
            return
        check.measure(worst.error)
        if worst.error > self.comparer.epsilon:
            intervention = parse_intervention(worst.intervention)
            theirs, x = self.measured.plan(intervention), self.rows[worst.row]
            m = self.measured.outcome(x, theirs)
            d = derived.outcome(x, derived.plan(intervention))
            check.fail(Failure("subsets", theirs, worst.row, derived=d, measured=m))
        elif not worst.error <= self.comparer.epsilon:
            check.leave_open("a ball straddles the tolerance")

    def _verdict(self) -> str:
        checks = self.checks.values()
        if any(c.failed for c in checks):
            return "refuted"
        verdicts = ["exhaustive" if self.domain.finite else "sampled", *(c.level for c in checks)]
        if any(c.undecided or c.skipped for c in checks):  # blank weights skip the tiers
            verdicts.append("unknown")
        return weakest(verdicts)

    def _claim(self) -> str:
        """Say what kind of claim it is: value exact, value within a tolerance, decision."""
        explanation = self.explanation
        kinds = [k for k in METRIC_KINDS if k not in ("default", "concepts")]
        metrics = {explanation.metric_of(kind) for kind in kinds}
        epsilon = max(explanation.epsilon("clean"), explanation.epsilon("ablations"))
        if metrics == {"decision"}:
            return "decision" + (f", open within {short(epsilon)}" if epsilon > 0 else "")
        claim = f"value \N{LESS-THAN OR EQUAL TO} {short(epsilon)}" if epsilon else "value exact"
        return claim + (", some decision" if "decision" in metrics else "")

    def _coverage(self) -> tuple[dict[str, Share], tuple[str, ...]]:
        explained = self.claims.explained()
        missing: list[str] = []
        coverage = {}
        for kind, names in (
            ("weights", tuple(self.network.numbers)),
            ("units", self.network.units),
            ("ablations", self.network.hidden),
        ):
            good = [n for n in names if n in explained[kind]]
            coverage[kind] = Share(len(good), len(names))
            shown_as = "{0} = 0" if kind == "ablations" else "{0}"
            missing += [shown_as.format(n) for n in names if n not in good]
        return coverage, tuple(missing)

    def _progress_line(self, coverage: dict[str, Share]) -> str:
        if not self.explanation.blanks:
            return ""
        parts = ", ".join(f"{share.explained} of {share.of} {n}" for n, share in coverage.items())
        return f"{parts} explained; next blank: {self.explanation.blanks[0]}"

    def _facts(self, values: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
        dead, constant, duplicate = [], [], []
        hidden = self.network.hidden
        columns = {u: [v[u] for v in values] for u in hidden}
        for k, unit in enumerate(hidden):
            own = columns[unit]
            if all(v == 0 for v in own):
                dead.append(unit)
            elif all(v == own[0] for v in own):
                constant.append(f"{unit} = {shown(own[0])}")
            for other in hidden[:k]:
                if own == columns[other] and unit not in dead:
                    duplicate.append(f"{unit} = {other}")
                    break
        return {"dead": dead, "constant": constant, "duplicate": duplicate}

    def _witness(self) -> Witness | None:
        failing = next((c for c in self.checks.values() if c.failures), None)
        if failing is None:
            return None
        failure = failing.failures[0]
        witness = describe(failure, self.rows, self.network.outputs, self._scope(failing, failure))
        if failure.plan is None:
            return witness
        arithmetic: Sequence[str] = ()
        if not failure.plan.intervention.is_family:
            arithmetic = exact.trace(
                self.network,
                self.rows[failure.row or 0],
                failure.plan.text,
                source=None if failure.source is None else self.rows[failure.source],
                domain=self.domain,
            ).arithmetic
        return replace(witness, arithmetic=tuple(arithmetic), hint=self._hint(failure))

    def _scope(self, check: Check, failure: Failure) -> str:
        clean = self.checks["clean"]
        if clean.skipped:
            return ""
        if clean.failed:
            return f"right on {clean.cases - clean.failed} of {clean.cases} clean inputs"
        # Where nothing was claimed of the clean inputs, nothing is said of them.
        scope = [f"right on every clean input, {n} of {n}"] if (n := clean.cases) else []
        if failure.plan is not None and failure.plan.text and failure.source is None:
            wrong = check.wrong[failure.plan.text]
            scope.append(f"wrong in {wrong} of {len(self.rows)} inputs {phrase(failure.plan)}")
        return "; ".join(scope)

    def _hint(self, failure: Failure) -> str:
        """Recognise the stated table: a named function, or another kind of ablation."""
        if failure.stated is None or len(self.network.outputs) != 1 or failure.plan is None:
            return ""
        outcome = next(
            (o for o in self.explanation.outcomes if o.intervention.text == failure.plan.text), None
        )
        if outcome is None or len(outcome.outputs.get(self.network.outputs[0], ())) != 1:
            return ""
        expression = outcome.outputs[self.network.outputs[0]][0]
        try:
            values = [expression.evaluate(self.claims.known(x)) for x in self.rows]
            return recognise(self.machine, self.network, self.rows, failure.plan, values)
        except ToynetsError:  # a hint is not worth an error
            return ""
