"""The arithmetic of one run, written out line by line with the numbers substituted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flint import arb

from toynets.exact.activations import Number
from toynets.names import Patch, Value
from toynets.rationals import short
from toynets.wiring import Plan

if TYPE_CHECKING:
    from toynets.domain import Row
    from toynets.exact.machine import Machine


def shown(value: Number) -> str:
    """Write a number: as a short fraction where it is one, else as a decimal.

    >>> from flint import fmpq
    >>> shown(fmpq(1, 2)), shown(arb("0.125"))
    ('1/2', '0.125')
    """
    return f"{float(value.mid()):.6g}" if isinstance(value, arb) else short(value)


def _factor(value: Number) -> str:
    text = shown(value)
    return f"({text})" if text.startswith("-") else text


def _sum(parts: list[tuple[str, bool]]) -> str:
    """Join terms (text without sign, whether negative)."""
    if not parts:
        return "0"
    text = ""
    for k, (term, negative) in enumerate(parts):
        if k:
            text += " - " if negative else " + "
        elif negative:
            text += "-"
        text += term
    return text


def _why(value: Value, wiring_inputs: tuple[str, ...], name: str, source: Row | None) -> str:
    if value == "mean":
        return "replaced by its mean"
    if isinstance(value, Patch):
        point = value.point if value.point is not None else source or ()
        where = ", ".join(f"{n} = {shown(v)}" for n, v in zip(wiring_inputs, point, strict=False))
        read = value.unit + (".pre" if value.pre else "")
        return f"replaced by {'its value' if read == name else read} at {where}"
    return "replaced"


def lines(
    machine: Machine,
    row: Row,
    plan: Plan,
    source: Row | None,
    values: Mapping[str, Number],
) -> list[str]:
    """Write every sum and every activation of a run.

    Args:
        machine: the network.
        row: the input.
        plan: the intervention, without families.
        source: what x' is.
        values: of this run, by name.
    """
    with machine.precision():
        return _Writer(machine, plan, source, values).lines(row)


def compact(lines: Sequence[str]) -> str:
    """Write the arithmetic of a run on one line; what was replaced is left out.

    >>> compact(["h1.pre = 1*1 + 1*1 = 2", "h1 = relu(2) = 2", "h2 = 0 (replaced; it was 1)"])
    'h1 = relu(1*1 + 1*1) = 2'
    """
    sums: dict[str, str] = {}
    parts = []
    for line in lines:
        name, _, rest = line.partition(" = ")
        if rest.endswith(")") and " (" in rest and "it was " in rest:
            continue
        if name.endswith(".pre"):
            sums[name.removesuffix(".pre")] = rest.rpartition(" = ")[0] or rest
            continue
        match = re.match(r"([a-z]+)\((.*)\) = (.*)$", rest)
        if match and name in sums:
            rest = f"{match[1]}({sums[name]}) = {match[3]}"
        parts.append(f"{name} = {rest}")
    return ";  ".join(parts)


class _Writer:
    def __init__(
        self, machine: Machine, plan: Plan, source: Row | None, values: Mapping[str, Number]
    ) -> None:
        self.machine = machine
        self.wiring = machine.wiring
        self.source = source
        self.values = values
        self.recipe = machine.recipe(plan)
        self.why = {
            (n := f"{r.name}.pre" if r.pre else r.name): _why(
                r.value, self.wiring.inputs, n, source
            )
            for r in plan.replacements
        }
        self.plan = plan
        self.steps = {s.unit: s for s in machine.steps} | {s.unit: s for s in self.recipe.steps}
        self.carried = {(p.source, p.target): p.value for p in plan.paths}
        self.written: list[str] = []

    def lines(self, row: Row) -> list[str]:
        self.parameters()
        for name, value in zip(self.wiring.inputs, row, strict=True):
            if name in self.why:
                self.replaced(name, value)
        for unit in self.wiring.units:
            self.unit(unit)
        return self.written

    def write(self, name: str, text: str, value: Number) -> None:
        result = shown(value)
        self.written.append(f"{name} = {text}" + ("" if text == result else f" = {result}"))

    def replaced(self, name: str, old: Number) -> None:
        new = shown(self.values[name])
        self.written.append(f"{name} = {new} ({self.why[name]}; it was {shown(old)})")

    def parameters(self) -> None:
        """Say which weights and biases have another value."""
        names = self.machine.names
        clean = {}
        for step in self.machine.steps:
            unit = names[step.unit]
            clean[f"{unit}.bias"] = step.bias
            clean.update({f"{names[j]}->{unit}": w for j, w in step.terms})
        for edit in self.plan.edits:
            old = clean[edit.name]
            new = shown(edit.apply(old))
            self.written.append(f"{edit.name} = {new} (changed; it was {shown(old)})")

    def unit(self, unit: str) -> None:
        """Write the sum and the activation of one unit."""
        step = self.steps[self.machine.place[unit]]
        parts, total = [], step.bias
        carries = []
        for j, weight in step.terms:
            parent = self.machine.names[j]
            value = self.values[parent]
            patch = self.carried.get((parent, unit))
            if patch is not None:
                clean = self.machine.clean(patch.point if patch.point is not None else self.source)
                old, value = value, clean.value(self.machine.place[patch.unit], patch.pre)
                why = _why(patch, self.wiring.inputs, parent, self.source)
                carries.append(
                    f"{parent}->{unit} carries {shown(value)} ({why}; it was {shown(old)})"
                )
            total = total + weight * value
            parts.append((f"{shown(abs(weight))}*{_factor(value)}", weight < 0))
        if step.bias != 0:
            parts.append((shown(abs(step.bias)), step.bias < 0))
        self.written += carries
        plain = step.activation == "identity" and unit not in self.why
        if plain and f"{unit}.pre" not in self.why:
            self.write(unit, _sum(parts), total)
            return
        pre = f"{unit}.pre"
        if pre in self.why:
            self.replaced(pre, total)
        else:
            self.write(pre, _sum(parts), total)
        self.activation(unit, step.activation)

    def activation(self, unit: str, activation: str) -> None:
        z = self.values[f"{unit}.pre"]
        if activation == "softmax":
            logits = [self.values[f"{u}.pre"] for u in self.wiring.outputs]
            mean = sum(logits[1:], logits[0]) / len(logits)
            value = z - mean
            text = _sum([(shown(abs(z)), z < 0), (shown(abs(mean)), not mean < 0)])
        else:
            value = self.steps[self.machine.place[unit]].function(z)
            text = shown(z) if activation == "identity" else f"{activation}({shown(z)})"
        if unit in self.why:
            self.replaced(unit, value)
        elif activation == "softmax":
            self.written.append(f"{unit} = {text} = {shown(value)} (logit minus the mean of all)")
        else:
            self.write(unit, text, value)
