"""What an explanation derives, without the network: units and output from its expressions alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.untrusted import known_keys, short_text, student_expression
from toynets.errors import ToynetsError, Undecided, unknown
from toynets.expressions import Expression
from toynets.fields import field, record
from toynets.rationals import ZERO, Rational


@record(frozen=True)
class Nothing:
    """What an expression is worth where it has no value: it divides by 0, or ands a half.

    Attributes:
        reason: in words, without a full stop.
    """

    reason: str


@record(frozen=True)
class Said:
    """An explanation of one unit, or of an output, as it was read.

    Attributes:
        about: the unit or output.
        expression: over inputs and units upstream.
        units: expressions of hidden units, in the order of evaluation.
        role: in words, or "".
    """

    about: str
    expression: Expression
    units: Mapping[str, Expression] = field(default_factory=dict)
    role: str = ""

    @property
    def nodes(self) -> int:
        """How many nodes it has in all."""
        return self.expression.node_count + sum(e.node_count for e in self.units.values())

    def value(self, given: Mapping[str, Any], replaced: Mapping[str, Any]) -> Any:
        """Return what it derives for the unit that it is about.

        Args:
            given: values by name: inputs, and units that it does not speak of.
            replaced: values that an intervention sets.

        Returns:
            The value, or `Nothing` where an expression has none.
        """
        known = {**given, **replaced}
        lacking: dict[str, Nothing] = {}
        for unit, expression in self.units.items():
            if unit not in replaced:
                worth = _worth(expression, known, lacking)
                (lacking if isinstance(worth, Nothing) else known)[unit] = worth
        return _worth(self.expression, known, lacking)

    @property
    def parts(self) -> list[Said]:
        """What is said of each unit, from those before it, and the whole at the end."""
        names = list(self.units)
        found = [
            Said(unit, self.units[unit], {n: self.units[n] for n in names[:k]})
            for k, unit in enumerate(names)
        ]
        return [*found, self]

    def flat(self, replaced: Collection[str] = ()) -> Expression:
        """Return it over the inputs, and the units that an intervention sets, alone."""
        found = self.expression
        for unit in reversed(list(self.units)):
            if unit not in replaced:
                found = found.substitute({unit: self.units[unit]})
        return found


def _worth(expression: Expression, known: Mapping[str, Any], lacking: Mapping[str, Nothing]) -> Any:
    """Return what an expression is worth, or `Nothing`.

    Args:
        expression: of names that are known or lacking.
        known: name -> value.
        lacking: names without a value, and why.

    >>> from toynets.expressions import parse_expression
    >>> half = {"x1": Rational(1, 2), "x2": Rational(1), "h1": Rational(7)}
    >>> _worth(parse_expression("x1 and x2"), half, {}).reason
    '`and` takes only 0 and 1, but x1 is 1/2 at x1 = 1/2, x2 = 1'

    Raises:
        Undecided: whether it has a value hangs on further digits.
    """
    try:
        return expression.evaluate(known)
    except Undecided:
        raise
    except ToynetsError:
        names = expression.names()
    for name in names:
        if name in lacking:
            return lacking[name]
    named = {n: known[n] for n in names if n in known}
    try:  # once more, for a reason that speaks of no other names
        return expression.evaluate(named)
    except ToynetsError as error:
        return Nothing(error.message.rstrip("."))


def read_explanation(exercise: Exercise, claim: Mapping[str, Any]) -> Said:
    """Read an explanation against the names of its network.

    Raises:
        ToynetsError: it is about another unit, or speaks of what it may not speak of.
    """
    network, ask = exercise.net, exercise.ask
    about = ask.get("unit", ask.get("output", network.outputs[0]))
    if about not in network.units:
        raise ToynetsError(unknown("unit", str(about), network.name, network.units))
    for key in ("unit", "output"):
        if key in claim and short_text(claim[key], key) != about:
            raise ToynetsError(f"{exercise.id} is about {about}, but this explains {claim[key]}.")
    if "domain" in claim:
        from toynets.coursework.exercise import read_domain

        if read_domain(short_text(claim["domain"], "domain")) != exercise.domain:
            raise ToynetsError(f"{exercise.id} is about the domain {exercise.domain.text}.")
    stated = known_keys(claim.get("units", {}), upstream(network, about), "units")
    hidden = [u for u in network.units if u in stated]
    units: dict[str, Expression] = {}
    for unit in hidden:
        names = (*network.inputs, *units)
        units[unit] = student_expression(stated[unit], names, f"the expression of {unit}")
    names = (*network.inputs, *units)
    if "unit" in ask:
        names = (*network.inputs, *upstream(network, about))
    found = student_expression(claim["expression"], names, "expression")
    role = short_text(claim.get("role", ""), "role").strip()
    return Said(about, found, units, role)


def upstream(network: Any, about: str) -> tuple[str, ...]:
    """Return the hidden units in layers before the layer of a unit."""
    found: list[str] = []
    for layer in network.layers:
        if about in layer.units:
            break
        found += layer.units
    return tuple(found)


def changes(exercise: Exercise, said: Said, mechanism: bool) -> list[dict[str, Rational]]:
    """Return the interventions that an explanation is held against: name -> value, clean first.

    Each input, and with `mechanism` each unit upstream, is set to 0 and to its mean, alone and in
    pairs; with more than eight names, alone.
    """
    from itertools import combinations, product

    network, machine = exercise.net, exercise.machine
    names = list(network.inputs)
    if mechanism:
        names += upstream(network, said.about)
    values: dict[str, list[Rational]] = {}
    for name in names:
        mean = machine.mean(name)
        values[name] = [ZERO] if mean == ZERO or not hasattr(mean, "p") else [ZERO, mean]
    found: list[dict[str, Rational]] = [{}]
    found += [{n: v} for n in names for v in values[n]]
    if len(names) <= 8:
        for a, b in combinations(names, 2):
            found += [{a: v, b: w} for v, w in product(values[a], values[b])]
    return found


def intervention_text(change: Mapping[str, Rational]) -> str:
    """Write a change as an intervention.

    >>> from toynets.rationals import rational
    >>> intervention_text({"x1": ZERO, "h1": rational("1/2")})
    'x1 = 0, h1 = 1/2'
    """
    from toynets.rationals import text

    return ", ".join(f"{n} = {text(v)}" for n, v in change.items())
