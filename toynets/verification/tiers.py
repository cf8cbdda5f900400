"""The tiers of the exhaustive check: which interventions are tried, and the comparison of each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flint import fmpq

from toynets.activations import activation
from toynets.domain import Row
from toynets.rationals import ZERO, Rational
from toynets.verification.compare import Decision, compare, size
from toynets.wiring import Plan, kind_of

SAMPLE = 20_000
KEPT = 20


@dataclass
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


@dataclass
class Check:
    """The result of one check.

    Attributes:
        name: as in `design`: weights, clean, units, concepts, roles, outcomes, parameters,
            subsets, interchange.
        cases: how many were tried.
        agreed_values, agreed_decisions: in how many the derived value (within tolerance) and the
            derived decision are the measured ones.
        open: cases whose derived margin is within the tolerance: no decision is claimed.
        undecided: cases in which a ball straddles.
        worst: the largest |derived - measured|.
        failed: how many cases fail.
        failures: the first of them, the smallest first.
        level: `exhaustive` or `sampled`.
        note: what a reader should know (kinds left out, seed and count of a sample).
        skipped: why the check could not run, or "".
    """

    name: str
    cases: int = 0
    agreed_values: int = 0
    agreed_decisions: int = 0
    open: int = 0
    undecided: int = 0
    worst: Any = ZERO
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)
    level: str = "exhaustive"
    note: str = ""
    skipped: str = ""

    def fail(self, failure: Failure) -> None:
        """Count a failure and keep the first ones."""
        self.failed += 1
        if len(self.failures) < KEPT:
            self.failures.append(failure)

    def measure(self, gap: Any) -> None:
        """Keep the largest difference."""
        if gap is not ZERO and size(gap) > size(self.worst):
            self.worst = gap


class Comparer:
    """Compares derived with measured outcomes under the tolerances of an explanation."""

    def __init__(
        self, decision: Decision, metric: Callable[[str], str], epsilon: Rational, row: str
    ) -> None:
        self.decision = decision
        self.metric = metric
        self.epsilon = epsilon
        self.row = row

    def outcome(
        self, check: Check, kind: str, derived: Sequence[Any], measured: Sequence[Any]
    ) -> tuple[bool, bool]:
        """Count one case; return (holds, whether it is the decision that fails)."""
        check.cases += 1
        if derived == measured and all(isinstance(v, fmpq) for v in measured):
            check.agreed_values += 1
            check.agreed_decisions += 1
            return True, False
        verdicts = []
        for d, m in zip(derived, measured, strict=True):
            gap, within = compare(d, m, self.epsilon)
            check.measure(gap)
            verdicts.append(within)
        values = False if False in verdicts else None if None in verdicts else True
        check.agreed_values += values is True
        decisions = self._decisions(check, derived, measured)
        check.agreed_decisions += decisions is True
        by_value = self.metric(kind) == "value" or not self.decision
        holds = values if by_value else True
        if decisions is False:
            return False, values is not False
        if holds is None or decisions is None:
            check.undecided += 1
            return True, False
        return bool(holds), False

    def _decisions(self, check: Check, derived: Any, measured: Any) -> bool | str | None:
        """Return whether decisions agree; `open` within the tolerance, None if undecided."""
        if not self.decision:
            return True
        choice, margin = self.decision(derived)
        if self.epsilon > 0 and margin is not None and not margin > self.epsilon:
            check.open += 1
            return "open"
        found, _ = self.decision(measured)
        if choice is None or found is None:
            return None
        return choice == found


@dataclass
class Side:
    """A network's machine or an explanation's model: both resolve and run interventions."""

    runner: Any
    wiring: Any

    def plan(self, text: str) -> Plan:
        """Resolve an intervention by this side's own names."""
        return self.wiring.resolve(text)  # type: ignore[no-any-return]  # either side's wiring

    def outcome(self, x: Row, plan: Plan, **given: Any) -> tuple[Any, ...]:
        """Run it."""
        return tuple(self.runner.outcome(x, plan, **given))


def parameter_texts(wiring: Any) -> list[str]:
    """Return tier a: each weight and bias cut and flipped; tied ones together and one by one."""
    names: list[str] = []
    tied = {m: g for g, members in wiring.ties.items() for m in members}
    for address in wiring.parameters():
        if address not in tied:
            names.append(address)
    for group, members in wiring.ties.items():
        names.append(group)
        names += [f"{group}@{k + 1}" for k in range(len(members))] if len(members) > 1 else []
    return [f"{name} {change}" for name in names for change in ("= 0", "*= -1")]


def constant_kinds(activations: Sequence[str], has_bias: bool) -> list[tuple[str, str]]:
    """Return the constant kinds that differ, as (name, template of one unit's clause).

    Zero of the activation, of the pre-activation, of incoming weights with and without the bias,
    and of outgoing weights: kinds that coincide for the activations at hand are tried once.
    """
    kinds = [("zero", "{0} = 0")]
    # Where f(0) = 0, a zero pre-activation (or no incoming weight and no bias) is a zero unit.
    if any(activation(a).name == "sigmoid" for a in activations):
        kinds.append(("pre", "{0}.pre = 0"))
    if has_bias:
        kinds.append(("incoming", "->{0} = 0"))
    kinds.append(("mean", "{0} = mean"))
    return kinds


def subset_texts(
    hidden: Sequence[str], kinds: Sequence[tuple[str, str]], largest: int = 12
) -> Iterator[str]:
    """Return tier b: subsets of hidden units under each constant kind, the smallest first."""
    h = len(hidden)
    sizes = range(h + 1) if h <= largest else sorted({0, 1, 2, h - 1, h})
    for count in sizes:
        for subset in itertools.combinations(hidden, count):
            if not subset:
                continue  # the clean run, which has a check of its own
            for _, template in kinds:
                yield ", ".join(template.format(unit) for unit in subset)


def run_texts(
    check: Check,
    texts: Sequence[str],
    rows: Sequence[Row],
    measured: Side,
    derived: Side,
    comparer: Comparer,
    budget: int,
    seed: int,
    step: Callable[[int], None],
) -> None:
    """Compare every (intervention, input), or a seeded sample where that is over budget."""
    total = len(texts) * len(rows)
    if total <= budget:
        for text in texts:
            _run_one(check, text, range(len(rows)), rows, measured, derived, comparer)
            step(len(rows))
        return
    import random  # only a sample needs it

    count = min(total, max(1, min(budget, SAMPLE)))
    chosen = sorted(random.Random(seed).sample(range(total), count))
    check.level = "sampled"
    check.note = f"{count} of {total} cases, seed {seed}"
    for number, group in itertools.groupby(chosen, key=lambda c: c // len(rows)):
        picked = [c % len(rows) for c in group]
        _run_one(check, texts[number], picked, rows, measured, derived, comparer)
        step(len(picked))


def _run_one(
    check: Check,
    text: str,
    numbers: Sequence[int],
    rows: Sequence[Row],
    measured: Side,
    derived: Side,
    comparer: Comparer,
) -> None:
    theirs, ours = measured.plan(text), derived.plan(text)
    kind = kind_of(theirs)
    for i in numbers:
        m = measured.outcome(rows[i], theirs)
        d = derived.outcome(rows[i], ours)
        holds, decision = comparer.outcome(check, kind, d, m)
        if not holds:
            check.fail(Failure(check.name, theirs, i, derived=d, measured=m, decision=decision))


def sources_of(values: Sequence[tuple[Any, Any]]) -> tuple[list[int], list[int]]:
    """Return one source row for each distinct (measured, derived) activation.

    Args:
        values: the two activations of a unit on each row.

    Returns:
        The source rows, and for each row the number of its source.
    """
    sources: list[int] = []
    same: list[int] = []
    for i, value in enumerate(values):
        for k, source in enumerate(sources):
            if values[source] == value and all(isinstance(v, fmpq) for v in value):
                same.append(k)
                break
        else:
            same.append(len(sources))
            sources.append(i)
    return sources, same


def run_interchange(
    check: Check,
    units: Sequence[str],
    rows: Sequence[Row],
    measured: Side,
    derived: Side,
    comparer: Comparer,
    budget: int,
    seed: int,
    step: Callable[[int], None],
) -> dict[str, tuple[list[int], list[list[Any]]]]:
    """Compare tier c: each unit taken from each source with a distinct activation.

    Returns:
        unit -> (for each row its source's number, measured outcomes per source and row), where
        everything was tried; else empty.
    """
    plans = []
    for unit in units:
        pairs = [(measured.runner.values(x)[unit], derived.runner.values(x)[unit]) for x in rows]
        sources, same = sources_of(pairs)
        plans.append((unit, sources, same))
    total = sum(len(sources) for _, sources, _ in plans) * len(rows)
    found: dict[str, tuple[list[int], list[list[Any]]]] = {}
    if total <= budget:
        for unit, sources, same in plans:
            found[unit] = (
                same,
                _swap(check, unit, sources, None, rows, measured, derived, comparer),
            )
            step(len(sources) * len(rows))
        return found
    import random  # only a sample needs it

    count = min(total, max(1, min(budget, SAMPLE)))
    check.level = "sampled"
    check.note = f"{count} of {total} cases, seed {seed}"
    draw = random.Random(seed)
    for unit, sources, _ in plans:
        share = max(1, count // len(plans))
        cases = {(draw.choice(sources), draw.randrange(len(rows))) for _ in range(share)}
        _swap(check, unit, sources, cases, rows, measured, derived, comparer)
        step(len(cases))
    return found


def _swap(
    check: Check,
    unit: str,
    sources: Sequence[int],
    cases: set[tuple[int, int]] | None,
    rows: Sequence[Row],
    measured: Side,
    derived: Side,
    comparer: Comparer,
) -> list[list[Any]]:
    text = f"{unit} = {unit}(x')"
    theirs, ours = measured.plan(text), derived.plan(text)
    found = []
    for s in sources:
        outcomes = []
        for i, x in enumerate(rows):
            if cases is not None and (s, i) not in cases:
                continue
            m = measured.outcome(x, theirs, source=rows[s])
            d = derived.outcome(x, ours, source=rows[s])
            holds, decision = comparer.outcome(check, "resample", d, m)
            if not holds:
                check.fail(
                    Failure(
                        check.name, theirs, i, derived=d, measured=m, source=s, decision=decision
                    )
                )
            outcomes.append(m)
        found.append(outcomes)
    return found
