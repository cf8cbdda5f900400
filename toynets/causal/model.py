"""Causal models: named variables with mechanisms, and what becomes of them under interventions.

This is the second program that an explanation is. It knows its own numbers and names, and neither
a network nor arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flint import fmpq

from toynets.causal.functions import FUNCTIONS, Number, greater, lesser
from toynets.errors import ToynetsError, unknown
from toynets.fields import record
from toynets.names import Patch
from toynets.rationals import ZERO, Rational, row_key, workprec
from toynets.wiring import Plan, Wiring


@record(frozen=True)
class Mechanism:
    """How one variable comes about: `activation(bias + sum of weight * parent)`.

    Attributes:
        activation: its name.
        terms: (parent, weight) in order.
        bias: None for a unit without one.
    """

    activation: str
    terms: tuple[tuple[str, Number], ...]
    bias: Number | None = None


class CausalModel:
    """Named variables with mechanisms.

    Args:
        inputs: names in order.
        mechanisms: unit -> `Mechanism`, in order of evaluation.
        outputs: the units whose values are outcomes.
        ties: group -> addresses that share one number.
        rows: the inputs over which means and ranges are taken.
        title: for messages.

    Raises:
        ToynetsError: a mechanism that uses a variable that is not there or comes later.

    >>> from toynets.rationals import rational as q
    >>> model = CausalModel(["x1", "x2"], {
    ...     "h": Mechanism("relu", (("x1", q(1)), ("x2", q(1))), q(-1)),
    ...     "y": Mechanism("identity", (("h", q(2)),)),
    ... }, ["y"])
    >>> model.outcome((q(1), q(1))), model.outcome((q(1), q(1)), model.plan("h = 0"))
    ((2,), (0,))
    """

    def __init__(
        self,
        inputs: Sequence[str],
        mechanisms: Mapping[str, Mechanism],
        outputs: Sequence[str],
        *,
        ties: Mapping[str, tuple[str, ...]] | None = None,
        rows: Sequence[tuple[Rational, ...]] = (),
        title: str = "the explanation",
    ) -> None:
        known = set(inputs)
        for unit, mechanism in mechanisms.items():
            for parent, _ in mechanism.terms:
                if parent not in known:
                    raise ToynetsError(
                        unknown("variable", parent, f"the mechanism of {unit}", sorted(known)),
                        cause="a mechanism uses variables that come before it.",
                    )
            known.add(unit)
        self.inputs = tuple(inputs)
        self.mechanisms = dict(mechanisms)
        self.rows = tuple(rows)
        self.wiring = Wiring(
            self.inputs,
            tuple(mechanisms),
            tuple(outputs),
            tuple((p, u) for u, m in mechanisms.items() for p, _ in m.terms),
            frozenset(u for u, m in mechanisms.items() if m.bias is not None),
            dict(ties or {}),
            title,
        )
        self._outputs = tuple(outputs)
        self._softmax = any(mechanisms[u].activation == "softmax" for u in outputs)
        self._clean_program = [self._compile(u, m) for u, m in self.mechanisms.items()]
        self._rational = all(
            m.activation not in ("tanh", "sigmoid")
            and all(
                isinstance(number, fmpq) for number in (*(w for _, w in m.terms), m.bias or ZERO)
            )
            for m in mechanisms.values()
        )
        self._clean: dict[tuple[Any, ...], dict[str, Number]] = {}
        # Hashing rationals is slow, and a domain hands out the same tuples again and again.
        self._by_id: dict[int, tuple[tuple[Rational, ...], dict[str, Number]]] = {}
        self._means: dict[str, Number] = {}
        self._intervals: dict[str, tuple[Number, Number]] = {}
        self._last: _Prepared | None = None

    @staticmethod
    def _compile(unit: str, m: Mechanism) -> tuple[Any, ...]:
        bias = ZERO if m.bias is None else m.bias
        return (unit, f"{unit}.pre", FUNCTIONS[m.activation], m.terms, bias)

    def plan(self, intervention: str) -> Plan:
        """Resolve an intervention against the names of this model."""
        return self.wiring.resolve(intervention)

    def do(self, intervention: str, x: Sequence[Rational], **given: Any) -> dict[str, Number]:
        """Return every variable under an intervention, by name (`h1`, `h1.pre`)."""
        return self.values(tuple(x), self.plan(intervention), **given)

    def clean(self, x: tuple[Rational, ...]) -> dict[str, Number]:
        """Return every variable without intervention; kept, so that asking again is free."""
        known = self._by_id.get(id(x))
        if known is not None and known[0] is x:
            return known[1]
        key = row_key(x)
        found = self._clean.get(key)
        if found is None:
            found = dict(zip(self.inputs, x, strict=True))
            with workprec():
                self._run(found, self._clean_program, {}, {})
            self._clean[key] = found
        self._by_id[id(x)] = (x, found)
        return found

    def values(
        self,
        x: tuple[Rational, ...],
        plan: Plan | None = None,
        *,
        source: tuple[Rational, ...] | None = None,
        draws: Mapping[int, tuple[Rational, ...]] | None = None,
    ) -> dict[str, Number]:
        """Return every variable by name.

        Args:
            x: the input, exact.
            plan: a resolved intervention.
            source: the input that x' stands for.
            draws: the source of each `resample` clause, by its number.

        Raises:
            ToynetsError: x' without a source, a resample without a draw, `worst` (see `worst`).
        """
        clean = self.clean(x)
        if plan is None:
            return clean
        prepared = self._prepare(plan)
        replaced, carried = prepared.replaced, prepared.carried
        if replaced is None:
            replaced, carried = self._given(plan, source, draws)
            if prepared.constant:  # no source comes in: the same numbers for every input
                prepared.replaced, prepared.carried = replaced, carried
        found = clean.copy()
        if self._rational:  # no ball can occur
            self._run(found, prepared.program, replaced, carried)
        else:
            with workprec():
                self._run(found, prepared.program, replaced, carried)
        return found

    def outcome(
        self, x: tuple[Rational, ...], plan: Plan | None = None, **given: Any
    ) -> tuple[Number, ...]:
        """Return the outputs; arguments as for `values`."""
        found = self.values(x, plan, **given)
        return tuple([found[name] for name in self._outputs])

    def _prepare(self, plan: Plan) -> _Prepared:
        """Return what a plan changes; the last one is kept for the next input."""
        if self._last is not None and self._last.plan is plan:
            return self._last
        edits = {e.name: e for e in plan.edits}
        changed = {r.name for r in plan.replacements} | {p.target for p in plan.paths}
        program = []
        for unit, mechanism in self.mechanisms.items():
            terms = tuple(
                (p, edits[f"{p}->{unit}"].apply(w) if f"{p}->{unit}" in edits else w)
                for p, w in mechanism.terms
            )
            bias = mechanism.bias
            if f"{unit}.bias" in edits:
                bias = edits[f"{unit}.bias"].apply(bias)
            if (
                unit in changed
                or bias is not mechanism.bias
                or any(p in changed or f"{p}->{unit}" in edits for p, _ in terms)
            ):
                changed.add(unit)  # and with it everything that it feeds
                program.append(self._compile(unit, Mechanism(mechanism.activation, terms, bias)))
        constant = not plan.intervention.needs_source and not plan.groups
        self._last = _Prepared(plan, program, constant)
        return self._last

    def _given(self, plan: Plan, source: Any, draws: Any, worst: bool = False) -> tuple[Any, Any]:
        """Return the replaced values by name (without `worst` ones), and what edges carry."""
        replaced = {
            (f"{r.name}.pre" if r.pre else r.name): self._value(r, source, draws)
            for r in plan.replacements
            if not (worst and r.value == "worst")
        }
        return replaced, {(p.source, p.target): self._patched(p.value, source) for p in plan.paths}

    def _run(
        self,
        values: dict[str, Number],
        program: list[Any],
        replaced: Mapping[str, Number],
        carried: Mapping[tuple[str, str], Number],
    ) -> None:
        """Compute the units of a program, in place; all others keep the values that they have."""
        for name in replaced:
            if name in self.inputs:
                values[name] = replaced[name]
        for unit, pre, function, terms, bias in program:
            if pre in replaced:
                total = replaced[pre]
            else:
                total = bias
                for parent, weight in terms:
                    sent = carried.get((parent, unit)) if carried else None
                    total = total + weight * (values[parent] if sent is None else sent)
            values[pre] = total
            values[unit] = replaced[unit] if unit in replaced else function(total)
        if self._softmax:
            logits = [values[f"{u}.pre"] for u in self._outputs]
            mean = sum(logits, ZERO) / len(logits)
            for unit, logit in zip(self._outputs, logits, strict=True):
                if unit not in replaced:
                    values[unit] = logit - mean

    def _value(self, r: Any, source: Any, draws: Any) -> Number:
        name = f"{r.name}.pre" if r.pre else r.name
        if isinstance(r.value, fmpq):
            return r.value
        if isinstance(r.value, Patch):
            return self._patched(r.value, source)
        if r.value == "mean":
            return self.mean(name)
        if r.value == "resample" and draws and r.group in draws:
            return self.clean(draws[r.group])[name]
        raise ToynetsError(f"{name} = {r.value} is a family of runs, not one.")

    def _patched(self, patch: Patch, source: Any) -> Number:
        point = patch.point if patch.point is not None else source
        if point is None:
            raise ToynetsError("x' is not given.", fix="pass source=…, or write h2 = h2(1, 0).")
        return self.clean(tuple(point))[f"{patch.unit}.pre" if patch.pre else patch.unit]

    def mean(self, name: str) -> Number:
        """Return the mean of a clean variable over the rows."""
        if name not in self._means:
            if not self.rows:
                raise ToynetsError(f"{name} = mean needs a domain with listed inputs.")
            with workprec():
                total = sum((self.clean(x)[name] for x in self.rows), ZERO)
                self._means[name] = total / len(self.rows)
        return self._means[name]

    def interval(self, name: str) -> tuple[Number, Number]:
        """Return the least and the greatest value of a clean variable over the rows."""
        if name not in self._intervals:
            if not self.rows:
                raise ToynetsError(f"{name} = worst needs a domain with listed inputs.")
            with workprec():
                found = [self.clean(x)[name] for x in self.rows]
                low, high = found[0], found[0]
                for value in found[1:]:
                    low, high = lesser(low, value), greater(high, value)
            self._intervals[name] = (low, high)
        return self._intervals[name]

    def worst(
        self, x: tuple[Rational, ...], plan: Plan, *, source: Any = None, draws: Any = None
    ) -> tuple[tuple[Number, Number], ...]:
        """Return both extremes of each output as the `worst` values vary over their ranges."""
        from toynets.causal.affine import worst  # only `worst` needs it

        free = [r for r in plan.replacements if r.value == "worst"]
        names = [f"{r.name}.pre" if r.pre else r.name for r in free]
        fixed, carried = self._given(plan, source, draws, worst=True)
        edited = {step[0]: step for step in self._prepare(plan).program}
        program = [edited.get(step[0], step) for step in self._clean_program]
        with workprec():
            intervals = {name: self.interval(name) for name in names}
            start = dict(zip(self.inputs, x, strict=True)) | fixed
            activations = {u: m.activation for u, m in self.mechanisms.items()}
            return worst(intervals, start, carried, program, activations, self._outputs)


@record
class _Prepared:
    """A plan with this model's numbers: the units that can change, and what replaces values."""

    plan: Plan
    program: list[Any]
    constant: bool
    replaced: Any = None
    carried: Any = None
