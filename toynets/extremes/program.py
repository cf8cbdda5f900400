"""A program of units with everything folded away that the ranges of its parts decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toynets.errors import ToynetsError
from toynets.extremes.numbers import KNOWN, Number, apply, is_ball, larger, smaller
from toynets.fields import field, record
from toynets.rationals import ONE, ZERO, rational

Node = tuple[str, Any, Sequence[tuple[int, Any]]]


@record
class Form:
    """constant + sum of coefficient * atom; an atom is a variable or a unit that stays undecided.

    Attributes:
        constant: fmpq or arb.
        terms: atom -> coefficient, none of them zero.
    """

    constant: Number
    terms: dict[int, Number] = field(default_factory=dict)


class Program:
    """Every value as a form over atoms.

    Attributes:
        dimension: how many variables; they are the atoms 0 to dimension - 1.
        bounds: atom -> (low, high). Exact for variables; for units an outer bound.
        activation: unit atom -> its activation.
        before: unit atom -> the form of its pre-activation.
        support: atom -> the variables that it depends on, as bits.
        values: index of a variable or node -> its form.
    """

    def __init__(self, nodes: Sequence[Node], variables: Sequence[tuple[Any, Any]]) -> None:
        self.dimension = len(variables)
        self.bounds: list[tuple[Number, Number]] = []
        self.activation: dict[int, str] = {}
        self.before: dict[int, Form] = {}
        self.support: list[int] = []
        self.values: list[Form] = []
        for k, (given_low, given_high) in enumerate(variables):
            low, high = number(given_low), number(given_high)
            if low > high:
                raise ToynetsError(
                    f"the interval of variable {k + 1}, from {low} to {high}, is empty."
                )
            self.bounds.append((low, high))
            self.support.append(1 << k)
            point = not is_ball(low) and not is_ball(high) and low == high
            self.values.append(Form(low) if point else Form(ZERO, {k: ONE}))
        for activation, constant, terms in nodes:
            self._add(activation, constant, terms)

    def _add(self, activation: str, constant: Any, terms: Sequence[tuple[int, Any]]) -> None:
        atom = len(self.values)
        form = self._sum(number(constant), terms)
        low, high = self.range(form)
        self.bounds.append((ZERO, ZERO))
        self.support.append(0)
        if activation == "identity":
            self.values.append(form)
        elif activation not in KNOWN or not form.terms:
            self.values.append(Form(apply(activation, form.constant)))
        elif activation in ("relu", "abs") and low >= 0:
            self.values.append(form)
        elif activation == "relu" and high <= 0:
            self.values.append(Form(ZERO))
        elif activation == "abs" and high <= 0:
            minus = {atom: -coefficient for atom, coefficient in form.terms.items()}
            self.values.append(Form(-form.constant, minus))
        elif activation == "step" and (low > 0 or high <= 0):
            self.values.append(Form(ONE if low > 0 else ZERO))
        else:
            self.values.append(Form(ZERO, {atom: ONE}))
            self.activation[atom] = activation
            self.before[atom] = form
            self.bounds[atom] = outer_bounds(activation, low, high)
            for parent in form.terms:
                self.support[atom] |= self.support[parent]

    def _sum(self, constant: Number, terms: Sequence[tuple[int, Any]]) -> Form:
        total: dict[int, Number] = {}
        for index, given in terms:
            coefficient = number(given)
            if not 0 <= index < len(self.values):
                raise ToynetsError(
                    f"node {len(self.values) - self.dimension + 1} reads index {index}, "
                    "which does not come before it.",
                    cause="with d variables, node k has the index d + k, counted from 0.",
                )
            parent = self.values[index]
            constant = constant + coefficient * parent.constant
            for atom, inner in parent.terms.items():
                more = coefficient * inner
                total[atom] = total[atom] + more if atom in total else more
        return Form(constant, {atom: c for atom, c in total.items() if c != 0 or is_wide(c)})

    def range(self, form: Form) -> tuple[Number, Number]:
        """Bound a form by the bounds of its atoms; exact where the atoms are variables."""
        low = high = form.constant
        for atom, coefficient in form.terms.items():
            ends = [coefficient * end for end in self.bounds[atom]]
            low, high = low + smaller(*ends), high + larger(*ends)
        return low, high

    def units_below(self, atoms: Iterable[int]) -> list[int]:
        """Return the undecided units among some atoms and everything they read, in order."""
        found: set[int] = set()
        waiting = list(atoms)
        while waiting:
            atom = waiting.pop()
            if atom in self.before and atom not in found:
                found.add(atom)
                waiting.extend(self.before[atom].terms)
        return sorted(found)

    def constant_on_pieces(self, unit: int) -> bool:
        """Whether a unit reads step units alone, directly or through others that do."""
        return all(
            atom in self.before
            and (self.activation[atom] == "step" or self.constant_on_pieces(atom))
            for atom in self.before[unit].terms
        )

    def value(self, form: Form, at: Mapping[int, Number]) -> Number:
        """Return a form where the variables that it depends on have the given values."""
        values = dict(at)

        def total(form: Form) -> Number:
            value = form.constant
            for atom, coefficient in form.terms.items():
                value = value + coefficient * values[atom]
            return value

        for unit in self.units_below(form.terms):
            values[unit] = apply(self.activation[unit], total(self.before[unit]))
        return total(form)

    def form(self, index: int) -> Form:
        """Return the form of a variable or node.

        Raises:
            ToynetsError: there is no such index.
        """
        if not 0 <= index < len(self.values):
            raise ToynetsError(
                f"there is no output {index}: the indices run from 0 to {len(self.values) - 1}."
            )
        return self.values[index]


def number(value: Any) -> Number:
    """Return what a caller gave as a rational or a ball."""
    return value if is_ball(value) else rational(value)


def is_wide(value: Number) -> bool:
    """Whether a number is a ball of positive radius: then it may be other than 0."""
    return is_ball(value) and not value.is_exact()


def outer_bounds(activation: str, low: Number, high: Number) -> tuple[Number, Number]:
    """Bound an activation whose pre-activation lies between two numbers."""
    if activation == "step":
        return ZERO, ONE
    if activation in ("abs", "square"):
        return (
            apply(activation, larger(larger(low, -high), ZERO)),
            apply(activation, larger(-low, high)),
        )
    return apply(activation, low), apply(activation, high)
