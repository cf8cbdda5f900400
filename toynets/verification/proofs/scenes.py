"""Interventions in a program: which variables they need, and the edits of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toynets.fields import field, record
from toynets.names import Patch
from toynets.rationals import Rational, rational
from toynets.verification.proofs.program import Layers, Program, Unprovable, Variable
from toynets.wiring import Plan

Mean = Callable[[str], Any]
Bounds = Sequence[tuple[Rational, Rational]]


@record
class Scene:
    """The variables of a claim about an intervention, and where each stands.

    Attributes:
        variables: base inputs, then source inputs, then values that run over a range.
        sources: None for x', or the number of a resample clause -> index of its first input.
        free: name of a `worst` quantity -> its index.
    """

    variables: list[Variable]
    sources: dict[int | None, int] = field(default_factory=dict)
    free: dict[str, int] = field(default_factory=dict)


def scene(
    inputs: Sequence[str],
    bounds: Bounds,
    plan: Plan,
    ranges: Callable[[str], Variable] | None = None,
) -> Scene:
    """Return the variables that an intervention needs.

    Args:
        inputs: names.
        bounds: the box.
        plan: the intervention, resolved.
        ranges: gives for the name of a `worst` quantity the variable that runs over its range.
    """
    made = Scene([Variable(n, *b) for n, b in zip(inputs, bounds, strict=True)])

    def source(key: int | None, mark: str) -> None:
        if key not in made.sources:
            made.sources[key] = len(made.variables)
            made.variables += [
                Variable(f"{n}{mark}", *b) for n, b in zip(inputs, bounds, strict=True)
            ]

    for path in plan.paths:
        if path.value.point is None:
            source(None, "'")
    for r in plan.replacements:
        if isinstance(r.value, Patch) and r.value.point is None:
            source(None, "'")
        elif r.value == "resample":
            source(r.group, "'" * (2 + plan.groups.index(r.group)))
        elif r.value == "worst":
            name = f"{r.name}.pre" if r.pre else r.name
            if ranges is None:
                raise Unprovable(f"{name} = worst needs the range of {name}")
            made.free[name] = len(made.variables)
            made.variables.append(ranges(name))
    return made


def run_under(
    program: Program,
    which: str,
    layers: Layers,
    plan: Plan,
    place: Scene,
    mean: Mean | None = None,
    inputs: Sequence[int] | None = None,
) -> dict[str, int]:
    """Append a run of a net under an intervention; return unit -> index of its value.

    Args:
        program: over the variables of `place`.
        which: `network`, `model` or `others/NAME`.
        layers: its numbers.
        plan: the intervention, resolved for these names.
        place: where the variables stand.
        mean: gives the mean of a quantity over a named finite set.
        inputs: the indices that its inputs read; by default the first ones.
    """
    d = len(layers.inputs)
    runs: dict[int | None, dict[str, int]] = {}
    for key, first in place.sources.items():
        runs[key] = program.run(which, layers, list(range(first, first + d)))
        runs[key] |= {n: first + k for k, n in enumerate(layers.inputs)}

    def read(key: int | None, unit: str, pre: bool) -> int:
        index = runs[key][unit]
        if not pre:
            return index
        if layers.layers[-1][1] == "softmax" and unit in layers.outputs:
            raise Unprovable("the pre-activation of a softmax output is not read")
        return program.raw("identity", program.nodes[index - program.dimension][1])

    def value(r: Any) -> Any:
        name = f"{r.name}.pre" if r.pre else r.name
        if isinstance(r.value, Patch):
            return patched(r.value)
        if r.value == "resample":
            return read(r.group, r.name, r.pre)
        if r.value == "worst":
            return place.free[name]
        if r.value == "mean":
            if mean is None:
                raise Unprovable(f"{name} = mean needs a finite set to take the mean over")
            found = mean(name)
            if not hasattr(found, "p"):
                raise Unprovable(f"the mean of {name} is not rational")
            return found
        return r.value

    def patched(patch: Patch) -> Any:
        if patch.point is None:
            return read(None, patch.unit, patch.pre)
        return clean_value(layers, patch.point, patch.unit, patch.pre)

    edits: list[dict[str, Any]] = []
    numbers = parameters(layers)
    for edit in plan.edits:
        kind = "weight" if "->" in edit.name else "bias"
        edits.append({kind: edit.name, "to": edit.apply(numbers[edit.name])})
    for r in plan.replacements:
        kind = "pre" if r.pre else "input" if r.name in layers.inputs else "unit"
        edits.append({kind: r.name, "to": value(r)})
    for path in plan.paths:
        edits.append({"edge": f"{path.source}->{path.target}", "to": patched(path.value)})
    return program.run(which, layers, list(range(d)) if inputs is None else inputs, edits)


def parameters(layers: Layers) -> Mapping[str, Any]:
    """Return every weight and bias of a net by address."""
    found = {}
    parents: Sequence[str] = layers.inputs
    for units, _, weight, bias, mask in layers.layers:
        for i, unit in enumerate(units):
            for j, parent in enumerate(parents):
                if mask is None or mask[i][j]:
                    found[f"{parent}->{unit}"] = weight[i][j]
            if bias is not None:
                found[f"{unit}.bias"] = bias[i]
        parents = units
    return found


def clean_value(layers: Layers, point: Sequence[Any], unit: str, pre: bool) -> Rational:
    """Return a value of the clean net on a written-out input."""
    row = [rational(v) for v in point]
    if unit in layers.inputs:
        return row[layers.inputs.index(unit)]
    program = Program([Variable(n, v, v) for n, v in zip(layers.inputs, row, strict=True)])
    index = program.run("network", layers, range(len(row)))[unit]
    values = program.values(row)
    if pre:
        return program.nodes[index - len(row)][1].value(values)
    return values[index]
