"""Causal models: named variables with mechanisms, and what becomes of them under interventions.

This is the second program that an explanation is. It knows its own numbers and names, and neither
a network nor arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from toynets.errors import ToynetsError, Undecided, unknown
from toynets.names import Patch
from toynets.rationals import ONE, ZERO, Rational, workprec
from toynets.wiring import Plan, Wiring

Number = Any  # a rational, or a ball where tanh, sigmoid or a symbolic constant occurs
HALF = fmpq(1, 2)


def _relu(z: Number) -> Number:
    if isinstance(z, fmpq):
        return z if z > 0 else ZERO
    return z.nonnegative_part()


def _tanh(z: Number) -> Number:
    return ZERO if z == 0 else arb(z).tanh()


def _sigmoid(z: Number) -> Number:
    return HALF if z == 0 else 1 / (1 + (-arb(z)).exp())


def _step(z: Number) -> Number:
    if z > 0:
        return ONE
    if z <= 0:
        return ZERO
    raise Undecided("step of a ball around 0 cannot be decided.", fix="state exact numbers.")


def _same(z: Number) -> Number:
    return z


# Written again here, not imported: the network's side has its own, and a test compares them.
FUNCTIONS: dict[str, Callable[[Number], Number]] = {
    "identity": _same,
    "relu": _relu,
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "step": _step,
    "abs": abs,
    "square": lambda z: z * z,
    "softmax": _same,  # the layer subtracts its mean: see `CausalModel.values`
}


@dataclass(frozen=True)
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
        self._clean: dict[tuple[Rational, ...], dict[str, Number]] = {}
        self._means: dict[str, Number] = {}
        self._intervals: dict[str, tuple[Number, Number]] = {}
        self._edited: tuple[Plan | None, list[Any]] = (None, [])

    @staticmethod
    def _compile(unit: str, m: Mechanism) -> tuple[Any, ...]:
        return (unit, f"{unit}.pre", FUNCTIONS[m.activation], m.terms, m.bias or ZERO)

    def plan(self, intervention: str) -> Plan:
        """Resolve an intervention against the names of this model."""
        return self.wiring.resolve(intervention)

    def do(self, intervention: str, x: Sequence[Rational], **given: Any) -> dict[str, Number]:
        """Return every variable under an intervention, by name (`h1`, `h1.pre`)."""
        return self.values(tuple(x), self.plan(intervention), **given)

    def clean(self, x: tuple[Rational, ...]) -> dict[str, Number]:
        """Return every variable without intervention; kept, so that asking again is free."""
        found = self._clean.get(x)
        if found is None:
            with workprec():
                found = self._run(x, self._clean_program, {}, {})
            self._clean[x] = found
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
        if plan is None:
            return self.clean(x)
        replaced = {
            (f"{r.name}.pre" if r.pre else r.name): self._value(r, source, draws)
            for r in plan.replacements
        }
        carried: dict[tuple[str, str], Number] = {
            (p.source, p.target): self._patched(p.value, source) for p in plan.paths
        }
        with workprec():
            return self._run(x, self._program(plan), replaced, carried)

    def outcome(
        self, x: tuple[Rational, ...], plan: Plan | None = None, **given: Any
    ) -> tuple[Number, ...]:
        """Return the outputs; arguments as for `values`."""
        found = self.values(x, plan, **given)
        return tuple([found[name] for name in self._outputs])

    def _program(self, plan: Plan) -> list[Any]:
        """Return the mechanisms with the plan's edits; the last one is kept for the next row."""
        if not plan.edits:
            return self._clean_program
        if self._edited[0] is not plan:
            edits = {e.name: e for e in plan.edits}
            program = []
            for unit, mechanism in self.mechanisms.items():
                terms = tuple(
                    (p, edits[f"{p}->{unit}"].apply(w) if f"{p}->{unit}" in edits else w)
                    for p, w in mechanism.terms
                )
                bias = mechanism.bias
                if f"{unit}.bias" in edits:
                    bias = edits[f"{unit}.bias"].apply(bias)
                program.append(self._compile(unit, Mechanism(mechanism.activation, terms, bias)))
            self._edited = (plan, program)
        return self._edited[1]

    def _run(
        self,
        x: tuple[Rational, ...],
        program: list[Any],
        replaced: Mapping[str, Number],
        carried: Mapping[tuple[str, str], Number],
    ) -> dict[str, Number]:
        values: dict[str, Number] = dict(zip(self.inputs, x, strict=True))
        for name in self.inputs:
            if name in replaced:
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
        return values

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
            found = [self.clean(x)[name] for x in self.rows]
            low, high = found[0], found[0]
            for value in found[1:]:
                low = value if value < low else low
                high = value if value > high else high
            self._intervals[name] = (low, high)
        return self._intervals[name]

    def worst(
        self, x: tuple[Rational, ...], plan: Plan, *, source: Any = None, draws: Any = None
    ) -> tuple[tuple[Number, Number], ...]:
        """Return both extremes of each output as the `worst` values vary over their ranges."""
        from toynets.extremes import extremes  # only `worst` needs it

        free = [r for r in plan.replacements if r.value == "worst"]
        names = [f"{r.name}.pre" if r.pre else r.name for r in free]
        fixed = {
            (f"{r.name}.pre" if r.pre else r.name): self._value(r, source, draws)
            for r in plan.replacements
            if r.value != "worst"
        }
        carried = {(p.source, p.target): self._patched(p.value, source) for p in plan.paths}
        with workprec():
            boxes = [self.interval(n) for n in names]
            # Every variable is (constant, {node: coefficient}); a unit fed by a free one is a node.
            form: dict[str, tuple[Number, dict[int, Number]]] = {}
            for name, value in zip(self.inputs, x, strict=True):
                form[name] = (fixed.get(name, value), {})
                if name in names:
                    form[name] = (ZERO, {names.index(name): ONE})
            nodes: list[Any] = []
            for unit, pre, function, terms, bias in self._program(plan):
                constant = bias
                parts: dict[int, Number] = {}
                for parent, weight in terms:
                    sent = carried.get((parent, unit))
                    base, linear = form[parent] if sent is None else (sent, {})
                    constant = constant + weight * base
                    for node, c in linear.items():
                        parts[node] = parts.get(node, ZERO) + weight * c
                if pre in fixed:
                    constant, parts = fixed[pre], {}
                if pre in names:
                    constant, parts = ZERO, {names.index(pre): ONE}
                if unit in fixed:
                    form[unit] = (fixed[unit], {})
                elif unit in names:
                    form[unit] = (ZERO, {names.index(unit): ONE})
                elif not parts:
                    form[unit] = (function(constant), {})
                else:
                    name = self.mechanisms[unit].activation
                    name = "identity" if name == "softmax" else name
                    nodes.append((name, constant, sorted(parts.items())))
                    form[unit] = (ZERO, {len(names) + len(nodes) - 1: ONE})
            if self._softmax:
                self._centre(form, nodes, len(names))
            indices = []
            for unit in self._outputs:
                constant, parts = form[unit]
                nodes.append(("identity", constant, sorted(parts.items())))
                indices.append(len(names) + len(nodes) - 1)
            found = extremes(nodes, boxes, indices)
        return tuple((e.minimum, e.maximum) for e in found)

    def _centre(self, form: dict[str, Any], nodes: list[Any], free: int) -> None:
        mean_constant = ZERO
        mean_parts: dict[int, Number] = {}
        count = len(self._outputs)
        for unit in self._outputs:
            constant, parts = form[unit]
            mean_constant = mean_constant + constant / count
            for node, c in parts.items():
                mean_parts[node] = mean_parts.get(node, ZERO) + c / count
        for unit in self._outputs:
            constant, parts = form[unit]
            centred = dict(parts)
            for node, c in mean_parts.items():
                centred[node] = centred.get(node, ZERO) - c
            form[unit] = (constant - mean_constant, centred)
