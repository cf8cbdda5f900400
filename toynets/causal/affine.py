"""The extremes of a causal model's outputs while some of its values run over intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flint import fmpq

from toynets.causal.functions import Number
from toynets.extremes import extremes
from toynets.rationals import ONE, ZERO

# A variable as (constant, {node: coefficient}); the first nodes are the free values.
Form = tuple[Number, dict[int, Number]]


def worst(
    intervals: Mapping[str, tuple[Number, Number]],
    given: Mapping[str, Number],
    carried: Mapping[tuple[str, str], Number],
    program: Sequence[tuple[Any, ...]],
    activations: Mapping[str, str],
    outputs: Sequence[str],
) -> tuple[tuple[Number, Number], ...]:
    """Return (minimum, maximum) of each output.

    Args:
        intervals: the free values by name (`h1`, `h1.pre`, `x1`), with their ranges.
        given: inputs, and values that are replaced by a number.
        carried: (source, target) of edges that carry a value of their own.
        program: (unit, name of its pre-activation, function, terms, bias) in order.
        activations: unit -> name.
        outputs: names in order.
    """
    form: dict[str, Form] = {name: (value, {}) for name, value in given.items()}
    for place, name in enumerate(intervals):
        form[name] = (ZERO, {place: ONE})
    replaced = set(form)
    nodes: list[Any] = []
    for unit, pre, function, terms, bias in program:
        if pre not in form:
            parts: list[tuple[Number, Form]] = [(ONE, (bias, {}))]
            for parent, weight in terms:
                sent = carried.get((parent, unit))
                parts.append((weight, form[parent] if sent is None else (sent, {})))
            form[pre] = _combined(parts)
        if unit in form:
            continue
        constant, linear = form[pre]
        if not linear:
            form[unit] = (function(constant), {})
        else:
            kind = "identity" if activations[unit] == "softmax" else activations[unit]
            nodes.append((kind, constant, sorted(linear.items())))
            form[unit] = (ZERO, {len(intervals) + len(nodes) - 1: ONE})
    indices = []
    softmax = any(activations[u] == "softmax" for u in outputs)
    last = _outcomes(form, outputs, replaced) if softmax else [form[u] for u in outputs]
    for constant, linear in last:
        nodes.append(("identity", constant, sorted(linear.items())))
        indices.append(len(intervals) + len(nodes) - 1)
    found = extremes(nodes, list(intervals.values()), indices)
    return tuple((e.minimum, e.maximum) for e in found)


def _outcomes(form: Mapping[str, Form], outputs: Sequence[str], replaced: set[str]) -> list[Form]:
    """Return softmax outputs: logits less their mean, where they are not replaced."""
    logits = [form[f"{u}.pre"] for u in outputs]
    share = fmpq(-1, len(logits))
    return [
        form[u] if u in replaced else _combined([(ONE, own), *((share, z) for z in logits)])
        for u, own in zip(outputs, logits, strict=True)
    ]


def _combined(parts: Sequence[tuple[Number, Form]]) -> Form:
    """Return a sum of multiples of affine forms."""
    constant: Number = ZERO
    linear: dict[int, Number] = {}
    for factor, (base, coefficients) in parts:
        constant = constant + factor * base
        for node, c in coefficients.items():
            linear[node] = linear.get(node, ZERO) + factor * c
    return constant, linear
