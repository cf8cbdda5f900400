"""Outputs as programs over the values that run over a range: for `worst`, and for boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from toynets.exact.activations import FUNCTIONS, Number
from toynets.exact.recipe import Given, Read, Recipe, Step, Worst
from toynets.extremes import Extreme, Node, extremes
from toynets.rationals import ONE, ZERO, Rational

if TYPE_CHECKING:
    from toynets.exact.clean import Clean
    from toynets.exact.machine import Machine

Pair = tuple[Number, Number]


class _Line:
    """constant + sum of coefficient * value of an index of the program."""

    __slots__ = ("constant", "terms")

    def __init__(self, constant: Number, terms: dict[int, Number] | None = None) -> None:
        self.constant = constant
        self.terms = terms or {}

    def add(self, factor: Number, other: _Line) -> None:
        """Add a multiple of another line."""
        self.constant = self.constant + factor * other.constant
        for index, coefficient in other.terms.items():
            self.terms[index] = self.terms.get(index, ZERO) + factor * coefficient


class _Program:
    """Builds the nodes of one recipe; what depends on no variable stays a number."""

    def __init__(
        self,
        act: Sequence[Number],
        variables: int,
        sources: Mapping[int | None, Clean],
    ) -> None:
        self.act: list[_Line] = [_Line(value) for value in act]
        self.pre: list[_Line | None] = [None] * len(act)
        self.variables = variables
        self.sources = sources
        self.nodes: list[Node] = []

    def given(self, given: Given) -> _Line:
        if isinstance(given, Worst):
            return _Line(ZERO, {given.variable: ONE})
        if isinstance(given, Read):
            return _Line(self.sources[given.group].value(given.index, given.pre))
        return _Line(given)

    def before(self, step: Step) -> _Line:
        """Return the pre-activation of a unit."""
        if step.pre is not None:
            return self.given(step.pre)
        line = _Line(step.bias)
        carried = step.carried or {}
        for j, weight in step.terms:
            line.add(weight, self.given(carried[j]) if j in carried else self.act[j])
        return line

    def after(self, step: Step, line: _Line) -> _Line:
        """Return the activation of a unit."""
        if step.act is not None:
            return self.given(step.act)
        if step.activation in ("identity", "softmax"):
            return line
        if not line.terms:
            return _Line(FUNCTIONS[step.activation](line.constant))
        return _Line(ZERO, {self.node(step.activation, line): ONE})

    def node(self, activation: str, line: _Line) -> int:
        self.nodes.append((activation, line.constant, list(line.terms.items())))
        return self.variables + len(self.nodes) - 1

    def run(self, recipe: Recipe, first_output: int) -> None:
        for index, given in recipe.inputs:
            self.act[index] = self.given(given)
        for step in recipe.steps:
            line = self.before(step)
            self.pre[step.unit] = line
            self.act[step.unit] = self.after(step, line)
        if recipe.centred:
            self.centre(recipe.steps[first_output - len(self.act) :])

    def centre(self, steps: Sequence[Step]) -> None:
        """Take the mean of the logits away from each output that is not replaced."""
        mean = _Line(ZERO)
        for step in steps:
            line = self.pre[step.unit]
            assert line is not None
            mean.add(ONE / len(steps), line)
        for step in steps:
            if step.act is None:
                centred = _Line(ZERO)
                line = self.pre[step.unit]
                assert line is not None
                centred.add(ONE, line)
                centred.add(-ONE, mean)
                self.act[step.unit] = centred

    def extremes(self, lines: Sequence[_Line], ranges: Sequence[Pair]) -> list[Extreme]:
        outputs = [self.node("identity", line) for line in lines]
        return extremes(self.nodes, ranges, outputs)


def program_extremes(
    machine: Machine,
    recipe: Recipe,
    act: Sequence[Number],
    sources: Mapping[int | None, Clean],
    ranges: Sequence[Pair],
) -> list[Extreme]:
    """Return the extremes of each output as the `worst` values run over their ranges.

    Args:
        machine: the network.
        recipe: the intervention.
        act: activations of the clean run on the base input.
        sources: clean runs that are read, by resample clause; None: x'.
        ranges: (low, high) of each `worst` value.
    """
    program = _Program(act, len(ranges), sources)
    program.run(recipe, machine.first_output)
    return program.extremes(program.act[machine.first_output :], ranges)


def box_range(machine: Machine, bounds: Sequence[tuple[Rational, Rational]], index: int) -> Pair:
    """Return the range of a clean value over a box of inputs.

    Args:
        machine: the network.
        bounds: of each input.
        index: of an input or unit; counted on by the number of names, its pre-activation.
    """
    found = box_extreme(machine, bounds, index)
    return found.minimum, found.maximum


def box_extreme(
    machine: Machine, bounds: Sequence[tuple[Rational, Rational]], index: int
) -> Extreme:
    """Return the same with the places where the extremes are."""
    inputs: list[tuple[int, Given]] = [(k, Worst(k)) for k in range(machine.count)]
    unit = index % len(machine.names)
    steps = [step for step in machine.steps if step.unit <= unit]
    centred = machine.softmax and machine.first_output <= unit == index
    if centred:
        steps = machine.steps
    program = _Program([ZERO] * len(machine.names), machine.count, {})
    program.run(Recipe(None, inputs, steps, [], False, (), centred), machine.first_output)
    line = program.act[unit] if unit == index else program.pre[unit]
    assert line is not None
    (found,) = program.extremes([line], bounds)
    return found
