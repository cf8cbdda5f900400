"""A plan with numbers: what one intervention does to the rows of one network, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.exact.activations import Function, Number
from toynets.fields import record
from toynets.names import Patch, bias_name, edge_name
from toynets.rationals import Rational
from toynets.wiring import Plan, Wiring

if TYPE_CHECKING:
    from toynets.exact.clean import Clean

Terms = tuple[tuple[int, Rational], ...]


@record(frozen=True)
class Read:
    """A value that is read from the clean network on another input.

    Attributes:
        index: of the input or unit whose value.
        pre: its pre-activation.
        group: the number of the resample clause whose source it is, or None for x'.
    """

    index: int
    pre: bool
    group: int | None


@record(frozen=True)
class Worst:
    """A value that runs over the range of the clean one; `variable` is its number from 0."""

    variable: int


Given = Any  # a number, a Read or a Worst


def resolve(given: Given, sources: Mapping[int | None, Clean], at: Sequence[Number]) -> Number:
    """Return the number that replaces a value.

    Args:
        given: what stands for it.
        sources: clean runs that are read, by resample clause; None: x'.
        at: the value of each `worst`.
    """
    if isinstance(given, Read):
        return sources[given.group].value(given.index, given.pre)
    return at[given.variable] if isinstance(given, Worst) else given


@record
class Step:
    """One unit of the network.

    Attributes:
        unit: its index.
        activation: its name.
        function: what it does to a number.
        bias: 0 where there is none.
        terms: (index of the parent, weight), without absent edges.
        pre: what replaces its pre-activation, or None.
        act: what replaces its activation, or None.
        carried: what single edges carry instead of the parent's value, by the parent's index.
    """

    unit: int
    activation: str
    function: Function
    bias: Rational
    terms: Terms
    pre: Given = None
    act: Given = None
    carried: Mapping[int, Given] | None = None

    @property
    def plain(self) -> bool:
        """Whether nothing here is replaced."""
        return self.pre is None and self.act is None and self.carried is None


@record
class Recipe:
    """What to compute again under an intervention.

    Attributes:
        plan: the intervention, resolved; None for the clean run.
        inputs: (index, what replaces it).
        steps: the units that can change, in order; all others keep their clean values.
        variables: (name of the range, with ".pre" for a pre-activation) of each `worst`.
        reads_source: whether x' is read.
        groups: the resample clauses.
        centred: whether the output is softmax and can change.
    """

    plan: Plan | None
    inputs: list[tuple[int, Given]]
    steps: list[Step]
    variables: list[str]
    reads_source: bool
    groups: tuple[int, ...]
    centred: bool


def compile_recipe(
    plan: Plan,
    wiring: Wiring,
    steps: list[Step],
    place: Mapping[str, int],
    mean: Callable[[str], Number],
    clean: Callable[[tuple[Rational, ...]], Callable[[int, bool], Number]],
) -> Recipe:
    """Put the numbers of a network into a plan.

    Args:
        plan: the intervention, resolved.
        wiring: of the network.
        steps: its units, clean.
        place: name -> index.
        mean: gives the mean of a value by name.
        clean: gives for an input the function (index, pre) -> value of its clean run.
    """
    variables: list[str] = []

    def given(name: str, pre: bool, value: Any, group: int) -> Given:
        full = f"{name}.pre" if pre else name
        if isinstance(value, Patch):
            index = place[value.unit]
            if value.point is None:
                return Read(index, value.pre, None)
            return clean(value.point)(index, value.pre)
        if value == "mean":
            return mean(full)
        if value == "resample":
            return Read(place[name], pre, group)
        if value == "worst":
            variables.append(full)
            return Worst(len(variables) - 1)
        return value

    edits = {edit.name: edit for edit in plan.edits}
    replaced: dict[tuple[int, bool], Given] = {}
    for r in plan.replacements:
        replaced[place[r.name], r.pre] = given(r.name, r.pre, r.value, r.group)
    carried: dict[int, dict[int, Given]] = {}
    for path in plan.paths:
        value = given(path.source, False, path.value, 0)
        carried.setdefault(place[path.target], {})[place[path.source]] = value

    names = (*wiring.inputs, *wiring.units)
    count = len(wiring.inputs)
    changed = {k for k in range(count) if (k, False) in replaced}
    again: list[Step] = []
    for step in steps:
        unit, name = step.unit, names[step.unit]
        bias = step.bias
        if bias_name(name) in edits:
            bias = edits[bias_name(name)].apply(bias)
        terms = step.terms
        touched = bias is not step.bias
        if edits and any(edge_name(names[j], name) in edits for j, _ in terms):
            touched = True
            terms = tuple(
                (j, edits[e].apply(w) if (e := edge_name(names[j], name)) in edits else w)
                for j, w in terms
            )
        pre, act = replaced.get((unit, True)), replaced.get((unit, False))
        special = pre is not None or act is not None or unit in carried
        if touched or special or any(j in changed for j, _ in terms):
            changed.add(unit)
            again.append(
                Step(
                    unit,
                    step.activation,
                    step.function,
                    bias,
                    terms,
                    pre,
                    act,
                    carried.get(unit),
                )
            )
    centred = steps[-1].activation == "softmax" and any(
        step.unit in changed for step in steps[-len(wiring.outputs) :]
    )
    if centred:  # the mean of the logits moves with any of them, so all are needed again
        kept = {step.unit: step for step in again}
        last = [kept.get(s.unit, s) for s in steps[-len(wiring.outputs) :]]
        again = [s for s in again if s.unit < last[0].unit] + last
    every = [*replaced.values(), *(v for edges in carried.values() for v in edges.values())]
    return Recipe(
        plan,
        [(k, replaced[k, False]) for k in range(count) if (k, False) in replaced],
        again,
        variables,
        any(isinstance(v, Read) and v.group is None for v in every),
        plan.groups,
        centred,
    )
