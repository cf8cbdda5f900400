"""Balls replaced by their centres, with a bound on what that changes.

relu and abs change by no more than their argument does, so an error of a number travels through a
program multiplied by weights only.
"""

from __future__ import annotations

from collections.abc import Sequence

from toynets.extremes.numbers import Number, centre_and_radius
from toynets.extremes.program import Form
from toynets.fields import record
from toynets.rationals import ONE, Rational


@record
class Rationalised:
    """A program of rationals that stands for one of balls.

    For every point of either box there is one of the other at which the objectives differ by at
    most `error`; their extremes then differ by no more.
    """

    bounds: list[tuple[Rational, Rational]]
    nodes: list[tuple[str, Form]]
    objective: Form
    error: Rational


def rationalised(
    bounds: Sequence[tuple[Number, Number]], nodes: Sequence[tuple[str, Form]], objective: Form
) -> Rationalised | None:
    """Replace balls by their centres; None if a step or square unit depends on a ball."""
    exact_bounds: list[tuple[Rational, Rational]] = []
    errors: list[Rational] = []  # of each atom
    sizes: list[Rational] = []  # a bound on the absolute value of each atom
    for given_low, given_high in bounds:
        low, low_error = centre_and_radius(given_low)
        high, high_error = centre_and_radius(given_high)
        if low > high:  # two balls that overlap
            low_error += low - high
            low = high
        exact_bounds.append((low, high))
        errors.append(max(low_error, high_error))
        sizes.append(max(abs(low), abs(high)) + errors[-1])

    def form(given: Form) -> tuple[Form, Rational, Rational]:
        constant, error = centre_and_radius(given.constant)
        size = abs(constant) + error
        terms = {}
        for atom, coefficient in given.terms.items():
            terms[atom], radius = centre_and_radius(coefficient)
            error += abs(terms[atom]) * errors[atom] + radius * sizes[atom]
            size += (abs(terms[atom]) + radius) * sizes[atom]
        return Form(constant, terms), error, size

    exact_nodes = []
    for activation, before in nodes:
        exact, error, size = form(before)
        if activation in ("step", "square") and error > 0:
            return None
        exact_nodes.append((activation, exact))
        errors.append(error)
        sizes.append(
            ONE if activation == "step" else size * size if activation == "square" else size
        )
    exact_objective, error, _ = form(objective)
    return Rationalised(exact_bounds, exact_nodes, exact_objective, error)
