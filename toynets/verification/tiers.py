"""The tiers of the exhaustive check: which interventions are tried, and the comparison of each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from flint import fmpq

from toynets.domain import Row
from toynets.errors import Undecided
from toynets.names import parse_intervention
from toynets.rationals import row_key
from toynets.verification.check import Check, Comparer, Failure, Side
from toynets.verification.partition import Swaps
from toynets.wiring import kind_of

SAMPLE = 20_000
LARGEST = 12
FEW = 6


class Bench:
    """Both sides, the inputs and the budget: what every tier needs.

    Args:
        measured: the network's side.
        derived: the explanation's side.
        rows: the inputs.
        comparer: of outcomes.
        budget: how many cases may be tried; what is left of it goes down.
        seed: of samples.
        step: called with the number of cases done.
    """

    def __init__(
        self,
        measured: Side,
        derived: Side,
        rows: Sequence[Row],
        comparer: Comparer,
        budget: int,
        seed: int,
        step: Callable[[int], None],
    ) -> None:
        self.measured = measured
        self.derived = derived
        self.rows = rows
        self.comparer = comparer
        self.left = budget
        self.seed = seed
        self.step = step
        self.on = [sum(1 for v in row if v != 0) for row in rows]

    def run(self, check: Check, texts: Sequence[str]) -> None:
        """Compare every (intervention, input), or a seeded sample where that is over budget."""
        total = len(texts) * len(self.rows)
        if total <= self.left:
            for text in texts:
                self._one(check, text, range(len(self.rows)))
        else:
            import random  # only a sample needs it

            count = self._sample_size(total)
            chosen = sorted(random.Random(self.seed).sample(range(total), count))
            check.level = "sampled"
            check.note = f"{count} of {total} cases, seed {self.seed}"
            for number, group in itertools.groupby(chosen, key=lambda c: c // len(self.rows)):
                self._one(check, texts[number], [c % len(self.rows) for c in group])
        self.left = max(0, self.left - check.cases)

    def _sample_size(self, total: int) -> int:
        return min(total, max(1, min(self.left, SAMPLE)))

    def _one(self, check: Check, text: str, numbers: Sequence[int]) -> None:
        intervention = parse_intervention(text)
        theirs, ours = self.measured.plan(intervention), self.derived.plan(intervention)
        kind = kind_of(theirs)
        measured, derived, compared = self.measured, self.derived, self.comparer.outcome
        for i in numbers:
            try:
                m = measured.outcome(self.rows[i], theirs)
                d = derived.outcome(self.rows[i], ours)
            except Undecided as error:
                check.cases += 1
                check.leave_open(error.message)
                continue
            holds, decision = compared(check, kind, d, m)
            if holds is False:
                check.fail(
                    Failure(
                        check.name,
                        theirs,
                        i,
                        derived=d,
                        measured=m,
                        decision=decision,
                        on=self.on[i],
                    )
                )
        self.step(len(numbers))

    def interchange(self, check: Check, units: Sequence[str]) -> dict[str, Swaps]:
        """Compare tier c: each unit taken from each source with a distinct activation.

        Over budget all swaps among a seeded sample of the inputs are compared.

        Returns:
            unit -> its swaps; a unit for which a step straddled is left out.
        """
        chosen = list(range(len(self.rows)))
        sources = {unit: self._sources(unit, chosen) for unit in units}
        total = sum(len(found) for found, _ in sources.values()) * len(chosen)
        if total > self.left:
            import random  # only a sample needs it

            count = self._sample_size(total)
            size = max(1, int((count / max(1, len(units))) ** 0.5))
            chosen = sorted(random.Random(self.seed).sample(chosen, min(size, len(chosen))))
            check.level = "sampled"
            check.note = f"swaps among {len(chosen)} of {len(self.rows)} inputs, seed {self.seed}"
            sources = {unit: self._sources(unit, chosen) for unit in units}
        found: dict[str, Swaps] = {}
        for unit, (rows, same) in sources.items():
            outcomes = self._swap(check, unit, rows, chosen)
            if outcomes is not None:
                kept = [self.rows[i] for i in chosen]
                found[unit] = Swaps(kept, same, *outcomes, alike=self._alike(unit, rows))
            self.step(len(rows) * len(chosen))
        self.left = max(0, self.left - check.cases)
        return found

    def _sources(self, unit: str, chosen: Sequence[int]) -> tuple[list[int], list[int]]:
        sides = (self.measured.runner, self.derived.runner)
        same = _numbered(
            activation_key(unit, *(side.values(self.rows[i]) for side in sides)) for i in chosen
        )
        first = {s: chosen[n] for n, s in reversed(list(enumerate(same)))}
        return [first[s] for s in range(len(first))], same

    def _alike(self, unit: str, sources: Sequence[int]) -> list[int]:
        """Return for each source the number of its activation in the explanation alone."""
        values = self.derived.runner.values
        return _numbered(activation_key(unit, values(self.rows[i])) for i in sources)

    def _swap(
        self, check: Check, unit: str, sources: Sequence[int], chosen: Sequence[int]
    ) -> tuple[list[list[Any]], list[list[Any]]] | None:
        """Return measured and derived outcomes per source and row; None where one has no value."""
        intervention = parse_intervention(f"{unit} = {unit}(x')")
        theirs, ours = self.measured.plan(intervention), self.derived.plan(intervention)
        measured: list[list[Any]] = []
        derived: list[list[Any]] = []
        complete = True
        for s in sources:
            measured.append([])
            derived.append([])
            for i in chosen:
                x, source = self.rows[i], self.rows[s]
                try:
                    m = self.measured.outcome(x, theirs, source=source)
                    d = self.derived.outcome(x, ours, source=source)
                except Undecided as error:
                    check.cases += 1
                    check.leave_open(error.message)
                    complete = False
                    continue
                holds, decision = self.comparer.outcome(check, "resample", d, m)
                if holds is False:
                    check.fail(
                        Failure(
                            check.name,
                            theirs,
                            i,
                            derived=d,
                            measured=m,
                            source=s,
                            decision=decision,
                            on=self.on[i],
                        )
                    )
                measured[-1].append(m)
                derived[-1].append(d)
        return (measured, derived) if complete else None


def _numbered(keys: Iterable[Any]) -> list[int]:
    """Return numbers in order of appearance, equal ones for equal keys; None equals nothing."""
    numbers: dict[Any, int] = {}
    return [
        numbers.setdefault((n,) if key is None else key, len(numbers)) for n, key in enumerate(keys)
    ]


def activation_key(unit: str, *sides: Any) -> Any:
    """Return what two inputs share if a unit has one activation on both, on every side.

    Balls are never known to be equal, but activations of equal pre-activations are.
    """
    values = tuple(side[unit] for side in sides)
    if all(type(v) is fmpq for v in values):
        return ("activation", *row_key(values))
    values = tuple(side[f"{unit}.pre"] for side in sides)
    if all(type(v) is fmpq for v in values):
        return ("pre-activation", *row_key(values))
    return None


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

    Zero has five meanings. Outgoing weights 0 is a zero unit, and incoming weights and bias 0 is a
    zero pre-activation; where f(0) = 0 these two are one, and without biases incoming weights 0 is
    a zero pre-activation, too. Kinds that coincide for the activations at hand are tried once.

    >>> [name for name, _ in constant_kinds(["relu"], has_bias=True)]
    ['zero', 'incoming', 'mean']
    """
    kinds = [("zero", "{0} = 0")]
    if "sigmoid" in activations:  # of all activations it alone is not 0 at 0
        kinds.append(("pre", "{0}.pre = 0"))
    if has_bias:
        kinds.append(("incoming", "->{0} = 0"))
    kinds.append(("mean", "{0} = mean"))
    return kinds


def subset_texts(
    wiring: Any,
    hidden: Sequence[str],
    kinds: Sequence[tuple[str, str]],
    largest: int = LARGEST,
) -> Iterator[str]:
    """Return tier b: subsets of hidden units under each constant kind, the smallest first.

    All subsets of up to `largest` units, else those of 0, 1, 2, h - 1 and h. A unit without
    incoming weights has none to set to 0, and stands aside where these are.
    """
    h = len(hidden)
    fed = {unit for unit in hidden if wiring.incoming(unit)}
    sizes = range(1, h + 1) if h <= largest else sorted({1, 2, h - 1, h})
    for count in sizes:
        for subset in itertools.combinations(hidden, count):
            for name, template in kinds:
                if name != "incoming" or fed.issuperset(subset):
                    yield ", ".join(template.format(unit) for unit in subset)
