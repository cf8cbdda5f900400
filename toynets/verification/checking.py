"""`verify`: an explanation held against a network, case by case."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from toynets import exact
from toynets.domain import Domain
from toynets.errors import ToynetsError, Undecided, unknown
from toynets.explanation import Explanation
from toynets.rationals import ZERO, short, workprec
from toynets.verification.claims import Claims
from toynets.verification.compare import Decision, shown
from toynets.verification.phrases import phrase
from toynets.verification.report import (
    Report,
    Share,
    Witness,
    describe,
    smallest,
    table_hint,
    weakest,
)
from toynets.verification.tiers import (
    Check,
    Comparer,
    Side,
    constant_kinds,
    parameter_texts,
    run_interchange,
    run_texts,
    subset_texts,
)

CASES = 2_000_000
BOX_SAMPLE = 48


def verify(
    network: Any,
    explanation: Explanation,
    domain: Domain,
    *,
    cases: int = CASES,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Hold an explanation against a network: every weight, unit and outcome, every ablation.

    Three columns are compared: what the explanation states, what its own mechanisms derive without
    the network, and what the network does. A box is checked on a seeded sample of its points.

    Args:
        network: a `toynets.Network`.
        explanation: a `toynets.Explanation`.
        domain: the inputs that the claim is about.
        cases: the budget; a tier over it is sampled, and the report says so.
        seed: of samples.
        progress: called with (done, expected) cases.

    Returns:
        `Report`; `.verdict` is `exhaustive`, `sampled`, `unknown` or `refuted`, `.witness` the
        smallest counterexample.

    Raises:
        ToynetsError: the explanation speaks of units, weights or inputs that are not there, or
            leaves some out; the domain has another number of inputs.
    """
    if not isinstance(explanation, Explanation):
        raise ToynetsError(
            f"expected an Explanation but got {type(explanation).__name__}.",
            fix="Explanation.from_json(text), or toynets.load(name).explanation.",
        )
    if domain.dimension != len(network.inputs):
        raise ToynetsError(
            f"the domain {domain.text} has {domain.dimension} inputs but the network has "
            f"{len(network.inputs)}: {', '.join(network.inputs)}."
        )
    match_names(network, explanation)
    started = time.perf_counter()
    if domain.kind == "box":
        domain = Domain.sampled(domain, count=BOX_SAMPLE, seed=seed)
    with workprec():
        report = _Verification(network, explanation, domain, cases, seed, progress).report()
    report.seconds = time.perf_counter() - started
    return report


def match_names(network: Any, explanation: Explanation) -> None:
    """Check that an explanation speaks of what is there, all of it.

    Raises:
        ToynetsError: a name too many (with the nearest), or names left out.
    """
    title = network.name or "the network"
    tied = set(network.ties)
    for what, plural, said, there in (
        ("input", "inputs", explanation.inputs, network.inputs),
        ("unit", "units", tuple(explanation.units), network.units),
        ("weight", "weights", tuple(explanation.weights), tuple(network.numbers)),
    ):
        for name in said:
            if name not in there and not (what == "weight" and name in tied):
                raise ToynetsError(
                    f"the explanation speaks of {what} {name}: "
                    + unknown(what, name, title, there, plural)
                )
        covered = set(said)
        for group, members in explanation.ties.items():
            if group in covered or members[0] in covered:
                covered |= set(members)
        left = [name for name in there if name not in covered]
        if left:
            raise ToynetsError(
                f"the explanation of {title} leaves out {what} {', '.join(left)}.",
                fix="add it, blank if need be: toynets new-explanation writes every name.",
            )
    if tuple(explanation.inputs) != tuple(network.inputs):
        raise ToynetsError(
            f"the explanation orders the inputs {', '.join(explanation.inputs)}; "
            f"the network {', '.join(network.inputs)}.",
            fix='add "inputs" in the network\'s order.',
        )


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
        self.budget = budget
        self.seed = seed
        self.machine = exact.Machine(network, domain)
        self.measured = Side(self.machine, network.wiring)
        self.derived: Side | None = None
        if all(w.value is not None for w in explanation.weights.values()):
            model = explanation.model(rows=self.rows, outputs=network.outputs)
            self.derived = Side(model, model.wiring)
        self.decision = Decision(explanation.decision, network.outputs)
        self.claims = Claims(
            network, explanation, self.rows, self.measured, self.derived, self.decision
        )
        self.checks: dict[str, Check] = {}
        self._progress = progress
        self._done = 0

    def step(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._expected)

    def report(self) -> Report:
        claims = self.claims
        self.checks["weights"] = claims.weights()
        self.checks["clean"] = self._guard("clean", claims.clean)
        self.checks["units"] = self._guard("units", claims.units)
        self.checks["outcomes"] = self._guard("outcomes", claims.outcomes)
        swaps = self._tiers()
        self.checks["concepts"] = self._guard("concepts", lambda: claims.concepts(swaps))
        self.checks["roles"] = self._guard("roles", claims.roles)
        order = (
            "clean",
            "outcomes",
            "weights",
            "units",
            "concepts",
            "roles",
            "parameters",
            "subsets",
            "interchange",
        )
        checks = {name: self.checks[name] for name in order}
        for unit in self.network.hidden:
            stated = self.explanation.units[unit]
            if (
                stated.concept is None
                or unit not in claims.concept_grades
                or any(f.subject == unit for f in checks["concepts"].failures)
            ):
                claims.explained["units"].discard(unit)
        coverage, missing = self._coverage()
        witness = self._witness(checks)
        clean = [self.machine.outcome(x) for x in self.rows]
        decided = [self.decision(values) for values in clean]
        margins = [m for _, m in decided if m is not None]
        return Report(
            verdict=self._verdict(checks),
            network=self.network.name or self.network.text,
            hash=self.network.hash,
            sizes=self.network.text,
            domain=self.domain.text,
            checks=checks,
            witness=witness,
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
            facts=self._facts(),
            contributions=self._contributions(clean),
            rows=tuple(self.domain.labels),
            progress=self._progress_line(coverage),
            concepts=claims.concept_grades,
        )

    def _guard(self, name: str, check: Callable[[], Check]) -> Check:
        """Run a check; what cannot be decided is said, not passed."""
        try:
            return check()
        except Undecided as error:
            return Check(name, undecided=1, note=error.message)

    def _tiers(self) -> dict[str, Any]:
        wiring = self.network.wiring
        parameters = parameter_texts(wiring)
        hidden = self.network.hidden
        kinds = constant_kinds(
            [layer.activation for layer in self.network.layers[:-1]],
            any(f"{u}.bias" in self.network.numbers for u in hidden),
        )
        kinds = [k for k in kinds if k[0] != "incoming" or all(wiring.incoming(u) for u in hidden)]
        subsets = list(subset_texts(hidden, kinds))
        self._expected = (len(parameters) + len(subsets) + len(hidden) * len(self.rows)) * len(
            self.rows
        )
        checks = {name: Check(name) for name in ("parameters", "subsets", "interchange")}
        self.checks.update(checks)
        if self.derived is None:
            for check in checks.values():
                check.skipped = "weights are still blank"
            return {}
        comparer = Comparer(
            self.decision,
            self.explanation.metric_of,
            self.explanation.epsilon("ablations"),
            "ablations",
        )
        left = self.budget
        for name, texts in (("parameters", parameters), ("subsets", subsets)):
            run_texts(
                checks[name],
                texts,
                self.rows,
                self.measured,
                self.derived,
                comparer,
                left,
                self.seed,
                self.step,
            )
            left = max(0, left - checks[name].cases)
        swaps = run_interchange(
            checks["interchange"],
            (*hidden, *self.network.outputs),
            self.rows,
            self.measured,
            self.derived,
            comparer,
            left,
            self.seed,
            self.step,
        )
        if not self.domain.finite:
            for check in checks.values():
                check.level = "sampled"
        return swaps

    def _verdict(self, checks: dict[str, Check]) -> str:
        if any(c.failed for c in checks.values()):
            return "refuted"
        level = "exhaustive" if self.domain.finite else "sampled"
        verdicts = [level, *(c.level for c in checks.values())]
        if any(c.undecided or c.skipped for c in checks.values()) or self.explanation.blanks:
            verdicts.append("unknown")
        return weakest(verdicts)

    def _claim(self) -> str:
        """Say what kind of claim it is: value exact, value within a tolerance, decision."""
        metrics = {*self.explanation.metric.values()} or {"value"}
        if metrics == {"decision"}:
            return "decision"
        epsilon = max(self.explanation.epsilon("clean"), self.explanation.epsilon("ablations"))
        claim = (
            "value exact"
            if epsilon == ZERO
            else f"value \N{LESS-THAN OR EQUAL TO} {short(epsilon)}"
        )
        return claim + (", some decision" if "decision" in metrics else "")

    def _coverage(self) -> tuple[dict[str, Share], tuple[str, ...]]:
        explained = self.claims.explained
        wrong = {f.subject for f in self.checks["weights"].failures}
        missing: list[str] = []
        coverage = {}
        for kind, names in (
            ("weights", tuple(self.network.numbers)),
            ("units", self.network.units),
            ("ablations", self.network.hidden),
        ):
            good = [n for n in names if n in explained[kind] and n not in wrong]
            coverage[kind] = Share(len(good), len(names))
            shown_as = "{0} = 0" if kind == "ablations" else "{0}"
            missing += [shown_as.format(n) for n in names if n not in good]
        return coverage, tuple(missing)

    def _progress_line(self, coverage: dict[str, Share]) -> str:
        if not self.explanation.blanks:
            return ""
        parts = ", ".join(f"{share.explained} of {share.of} {n}" for n, share in coverage.items())
        return f"{parts} explained; next blank: {self.explanation.blanks[0]}"

    def _facts(self) -> dict[str, list[str]]:
        dead, constant, duplicate = [], [], []
        hidden = self.network.hidden
        columns = {u: [self.machine.values(x)[u] for x in self.rows] for u in hidden}
        for k, unit in enumerate(hidden):
            values = columns[unit]
            if all(v == ZERO for v in values):
                dead.append(unit)
            elif all(v == values[0] for v in values):
                constant.append(f"{unit} = {shown(values[0])}")
            for other in hidden[:k]:
                if values == columns[other] and unit not in dead:
                    duplicate.append(f"{unit} = {other}")
                    break
        return {"dead": dead, "constant": constant, "duplicate": duplicate}

    def _contributions(self, clean: Sequence[Any]) -> dict[str, list[Any]]:
        """Return weight times activation of each unit of the last hidden layer, and the bias."""
        if len(self.network.layers) < 2:
            return {}
        found: dict[str, list[Any]] = {}
        last = self.network.layers[-1]
        values = [self.machine.values(x) for x in self.rows]
        several = len(last.units) > 1
        from toynets.rationals import from_float

        for i, output in enumerate(last.units):
            for j, unit in enumerate(self.network.layers[-2].units):
                weight = from_float(last.weight[i][j])
                name = f"{unit}->{output}" if several else unit
                found[name] = [weight * v[unit] for v in values]
            if last.bias is not None and any(last.bias):
                name = f"{output}.bias" if several else "bias"
                found[name] = [from_float(last.bias[i])] * len(values)
        return found

    def _witness(self, checks: dict[str, Check]) -> Witness | None:
        for name, check in checks.items():
            if not check.failures:
                continue
            failure = smallest(check.failures, self.rows)
            witness = describe(
                failure, check, self.rows, self.network.outputs, self._scope(checks, name, failure)
            )
            if failure.plan is None:
                return witness
            trace = (
                exact.trace(
                    self.network,
                    self.rows[failure.row or 0],
                    failure.plan.text or "",
                    source=None if failure.source is None else self.rows[failure.source],
                    domain=self.domain,
                )
                if not failure.plan.intervention.is_family
                else None
            )
            return Witness(
                witness.check,
                witness.message,
                witness.intervention,
                witness.x,
                witness.source,
                witness.stated,
                witness.derived,
                witness.measured,
                () if trace is None else tuple(trace.arithmetic),
                self._hint(failure),
                witness.scope,
            )
        return None

    def _scope(self, checks: dict[str, Check], name: str, failure: Any) -> str:
        clean = checks["clean"]
        right = clean.cases - clean.failed
        parts = [
            f"right on {'every clean input, ' if not clean.failed else ''}"
            f"{right} of {clean.cases}" + (" clean inputs" if clean.failed else "")
        ]
        if name != "clean" and failure.plan is not None and failure.plan.text:
            same = [f for f in checks[name].failures if f.plan == failure.plan]
            if len(checks[name].failures) == checks[name].failed:
                parts.append(
                    f"wrong in {len(same)} of {len(self.rows)} inputs {phrase(failure.plan)}"
                )
        return "; ".join(parts)

    def _hint(self, failure: Any) -> str:
        """Recognise the stated table: a named function, or another kind of ablation."""
        if failure.stated is None or len(self.network.outputs) != 1 or failure.plan is None:
            return ""
        outcome = next(
            (o for o in self.explanation.outcomes if o.intervention.text == failure.plan.text), None
        )
        if outcome is None or not outcome.outputs.get(self.network.outputs[0]):
            return ""
        expression = outcome.outputs[self.network.outputs[0]][0]
        values = [expression.evaluate(self.claims._known(x)) for x in self.rows]
        return recognise(self.machine, self.network, self.rows, failure.plan, values)


def recognise(
    machine: Any, network: Any, rows: Sequence[Any], plan: Any, values: Sequence[Any]
) -> str:
    """Say what a predicted table is instead: another kind of ablation, or a named function.

    Args:
        machine: the network's exact evaluator, with the domain.
        network: the network.
        rows: the inputs.
        plan: the intervention that was predicted.
        values: the predicted output on each row.
    """

    def table(text: str) -> list[Any]:
        other = network.wiring.resolve(text)
        return [machine.outcome(x, other)[0] for x in rows]

    truth = table(plan.text)
    if list(values) == truth:
        return ""
    units = [t.name for c in plan.intervention.clauses for t in c.targets if t.kind == "name"]
    units = [u for u in units if u in network.hidden]
    if len(units) == 1:
        unit = units[0]
        for text, words in (
            (f"{unit} = 0", f"{unit} set to 0"),
            (f"{unit} = mean", f"{unit} set to its mean"),
            (f"{unit}.pre = 0", f"the pre-activation of {unit} set to 0"),
            (f"->{unit} = 0", f"the weights into {unit} set to 0, its bias kept"),
        ):
            if text != plan.text and network.wiring.incoming(unit) and table(text) == list(values):
                return f"Your table is right for another ablation: {words}."
        for other in network.hidden:
            if other != unit and table(f"{other} = 0") == list(values):
                return f"Your table is the one without {other}."
    if list(values) == table(""):
        return "Your table is the clean one: as if nothing had been removed."
    return table_hint(rows, values, phrase(plan), truth)
