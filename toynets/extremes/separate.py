"""Extremes by parts: a sum of parts that share no variable, and activations of such sums.

This alone settles every output that is one activation of an affine function, and every network
with one hidden layer in which each replaced value feeds one unit.
"""

from __future__ import annotations

from toynets.extremes.numbers import PIECEWISE, Number, apply, larger, smaller
from toynets.extremes.pieces import piecewise
from toynets.extremes.program import Form, Program, is_wide
from toynets.extremes.record import Span
from toynets.extremes.subdivision import enclose
from toynets.rationals import ONE, ZERO

Terms = dict[int, Number]


class Solver:
    """Finds the extremes of forms of one program; what one atom does is found once."""

    def __init__(self, program: Program, limit: int) -> None:
        self.program = program
        self.limit = limit
        self.known: dict[int, Span] = {}

    def output(self, index: int) -> Span:
        """Return the extremes of a variable or node."""
        return self.solve(self.program.form(index))

    def solve(self, form: Form) -> Span:
        """Return the extremes of a form: the sum of those of its independent parts."""
        total = Span(form.constant, form.constant)
        low_at: dict[int, Number] = {}
        high_at: dict[int, Number] = {}
        for part in self.parts(form.terms):
            span = self.part(part)
            total.low, total.high = total.low + span.low, total.high + span.high
            total.low_attained &= span.low_attained
            total.high_attained &= span.high_attained
            low_at.update(span.low_at)
            high_at.update(span.high_at)
        total.low_at, total.high_at = low_at, high_at
        return total

    def parts(self, terms: Terms) -> list[Terms]:
        """Split a sum into parts that share no variable."""
        found: list[tuple[int, Terms]] = []
        for atom, coefficient in terms.items():
            support, part = self.program.support[atom], {atom: coefficient}
            apart = []
            for other, more in found:
                if other & support:
                    support |= other
                    part = {**more, **part}
                else:
                    apart.append((other, more))
            found = [*apart, (support, part)]
        return [part for _, part in found]

    def part(self, terms: Terms) -> Span:
        """Return the extremes of a sum of atoms that cannot be taken one by one."""
        if len(terms) > 1:
            return self.joint(terms)
        ((atom, coefficient),) = terms.items()
        span = self.atom(atom)
        if coefficient > 0:
            return Span(
                coefficient * span.low,
                coefficient * span.high,
                span.low_attained,
                span.high_attained,
                span.low_at,
                span.high_at,
            )
        if coefficient < 0:
            return span.turned(coefficient * span.high, coefficient * span.low)
        ends = (coefficient * span.low, coefficient * span.high)  # a ball around 0: either end
        both = span.attained
        return Span(smaller(*ends), larger(*ends), both, both, span.low_at, span.high_at)

    def atom(self, atom: int) -> Span:
        """Return the extremes of one variable or undecided unit."""
        if atom < self.program.dimension:
            low, high = self.program.bounds[atom]
            return Span(low, high, True, True, {atom: low}, {atom: high})
        if atom not in self.known:
            self.known[atom] = self.unit(atom)
        return self.known[atom]

    def unit(self, atom: int) -> Span:
        """Return the extremes of an undecided unit from those of its pre-activation."""
        activation = self.program.activation[atom]
        form = self.program.before[atom]
        before = self.solve(form)
        if activation in ("tanh", "sigmoid"):  # strictly increasing: everything carries over
            return increasing(activation, before)
        if activation in ("relu", "step"):
            # A plateau can be reached although the extreme below it is only approached, and then
            # the place is another one: leave that to the pieces.
            if before.attained:
                return increasing(activation, before)
            return self.joint({atom: ONE})
        if before.low >= 0:
            return increasing(activation, before)
        if before.high <= 0:
            return before.turned(apply(activation, before.high), apply(activation, before.low))
        if all(a < self.program.dimension for a in form.terms):
            return even(activation, before, crossing(before))
        kinds = {self.program.activation[a] for a in self.program.units_below(form.terms)}
        if "step" in kinds or kinds <= set(PIECEWISE):
            # A jump may leave 0 out, and pieces give an exact place: ask them for the absolute
            # value, and square it afterwards.
            span = self.joint({atom: ONE}, {atom: "abs"})
            if activation == "square":
                span.low, span.high = apply("square", span.low), apply("square", span.high)
            return span
        return even(activation, before, self.crossing(form, before))

    def crossing(self, form: Form, before: Span) -> dict[int, Number]:
        """Bisect the segment between the places of two extremes for where a form is near 0."""
        low, high = ZERO, ONE
        for _ in range(60):
            middle = (low + high) / 2
            if self.program.value(form, between(before, middle)) < 0:
                low = middle
            else:
                high = middle
        return between(before, high)

    def joint(self, terms: Terms, instead: dict[int, str] | None = None) -> Span:
        """Return the extremes of a sum of atoms that share variables.

        Args:
            terms: atom -> coefficient.
            instead: atom -> activation, where another one is asked about.
        """
        program = self.program
        units = program.units_below(terms)
        read = {*terms, *(a for unit in units for a in program.before[unit].terms)}
        variables = sorted(a for a in read if a < program.dimension)
        order = [*variables, *units]
        place = {atom: k for k, atom in enumerate(order)}
        activations = {**program.activation, **(instead or {})}

        def local(form: Form) -> Form:
            return Form(form.constant, {place[atom]: c for atom, c in form.terms.items()})

        bounds = [program.bounds[atom] for atom in variables]
        nodes = [(activations[atom], local(program.before[atom])) for atom in units]
        objective = local(Form(ZERO, terms))
        span = None
        if all(
            activation in PIECEWISE or (activation == "square" and program.constant_on_pieces(atom))
            for atom, (activation, _) in zip(units, nodes, strict=True)
        ):
            span = piecewise(bounds, nodes, objective, self.limit)
        if span is None:
            span = enclose(bounds, nodes, objective, self.limit)
        span.low_at = {variables[k]: value for k, value in span.low_at.items()}
        span.high_at = {variables[k]: value for k, value in span.high_at.items()}
        return span


def increasing(activation: str, span: Span) -> Span:
    """Return the extremes of an activation that does not fall between those before it."""
    low, high = apply(activation, span.low), apply(activation, span.high)
    # A step of a ball around 0 is open: then it is not known whether it is attained.
    return Span(
        low,
        high,
        span.low_attained and not (activation == "step" and is_wide(low)),
        span.high_attained and not (activation == "step" and is_wide(high)),
        span.low_at,
        span.high_at,
    )


def even(activation: str, before: Span, least_at: dict[int, Number]) -> Span:
    """Return the extremes of abs or square of a continuous function that changes its sign.

    It takes every value between its extremes, because a box is connected; so 0 is the least.
    """
    low, high = before.low, before.high
    least = apply(activation, larger(larger(low, -high), ZERO))
    most = apply(activation, larger(-low, high))
    at = before.high_at if high >= -low else before.low_at
    return Span(least, most, True, True, least_at, at)


def crossing(before: Span) -> dict[int, Number]:
    """Return where an affine function is 0 between the places of its two extremes."""
    if not before.high > before.low:  # balls that overlap: all of it is near 0
        return dict(before.low_at)
    return between(before, -before.low / (before.high - before.low))


def between(span: Span, share: Number) -> dict[int, Number]:
    """Return a place on the segment from the minimum (share 0) to the maximum (share 1)."""
    return {k: v + share * (span.high_at[k] - v) for k, v in span.low_at.items()}
