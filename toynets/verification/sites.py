"""The single numbers of an explanation: where each stands, and the explanation with another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toynets.explanation import Explanation
from toynets.expressions import Binary, Expression, Number, Unary, constant
from toynets.fields import record, replace
from toynets.rationals import Rational, rational
from toynets.rationals import text as exact_text


@record(frozen=True)
class Site:
    """One number in an explanation.

    Attributes:
        name: for people: `parameter a`, `x1->h1`, `threshold`, `expression of h1`, …
        part: `parameters`, `weights`, `decision`, `expression`, `concept` or `outcomes`.
        key: which of them: a name; for outcomes (number, output, which of two).
        index: which literal of a formula, from 0; None where the whole is one number.
        value: what is stated.
    """

    name: str
    part: str
    key: Any
    index: int | None
    value: Rational

    @property
    def is_weight(self) -> bool:
        """Whether stated weights rest on it."""
        return self.part in ("parameters", "weights")


def sites(explanation: Explanation) -> list[Site]:
    """Return every number that an explanation states, in the order of the file.

    >>> said = Explanation.of(about="two", weights={"x1->y": "-2"}, decision={"threshold": "1/2"},
    ...     units={"y": {"activation": "relu", "expression": "relu(-2*x1)"}})
    >>> [(s.name, s.value) for s in sites(said)]
    [('threshold', 1/2), ('x1->y', -2), ('2 in the expression of y', 2)]
    """
    found: list[Site] = []
    for name, value in explanation.parameters.items():
        found += _in(value, f"parameter {name}", "parameters", name)
    if "threshold" in explanation.decision:
        threshold = rational(explanation.decision["threshold"])
        found.append(Site("threshold", "decision", "threshold", None, threshold))
    for address, stated in explanation.weights.items():
        found += _in(stated.value, address, "weights", address)
    for unit, said in explanation.units.items():
        for part in ("expression", "concept"):
            found += _in(getattr(said, part), f"the {part} of {unit}", part, unit)
    for k, outcome in enumerate(explanation.outcomes):
        title = f'"{outcome.intervention.text or "clean"}"'
        for output, formulas in outcome.outputs.items():
            for n, formula in enumerate(formulas):
                found += _in(formula, title, "outcomes", (k, output, n))
    return found


def _in(formula: Expression | None, name: str, part: str, key: Any) -> Iterator[Site]:
    if formula is None:
        return
    whole = _whole(formula)
    if whole is not None:
        yield Site(name, part, key, None, whole)
        return
    for index, node in enumerate(_literals(formula)):
        title = f"{exact_text(node.value)} in {name}"
        yield Site(title, part, key, index, node.value)


def _whole(formula: Expression) -> Rational | None:
    """Return the value of a formula that is one number, such as -1/2, or None."""
    if isinstance(formula, Number):
        return formula.value
    if isinstance(formula, Unary) and formula.label == "-":
        inner = _whole(formula.operand)
        return None if inner is None else -inner
    if isinstance(formula, Binary) and formula.label == "/":
        top, bottom = _whole(formula.left), formula.right
        if top is not None and isinstance(bottom, Number) and bottom.value != 0:
            return top / bottom.value
    return None


def _literals(formula: Expression) -> Iterator[Number]:
    if isinstance(formula, Number):
        yield formula
    for child in formula.children:
        yield from _literals(child)


def with_number(explanation: Explanation, site: Site, value: Rational) -> Explanation:
    """Return an explanation that states another number at one place.

    >>> said = Explanation.of(about="two", weights={"x1->y": "-2"},
    ...     units={"y": {"activation": "relu", "expression": "relu(-2*x1)"}})
    >>> changed = with_number(said, sites(said)[1], rational("1/3"))
    >>> str(changed.units["y"].expression), str(said.units["y"].expression)
    ('relu(-(1/3)*x1)', 'relu(-2*x1)')
    """
    part, key = site.part, site.key
    if part == "decision":
        return replace(explanation, decision={"threshold": exact_text(value)})

    def changed(formula: Expression) -> Expression:
        if site.index is None:
            return constant(value)
        made, _ = _replaced(formula, site.index, value)
        return made

    if part == "parameters":
        parameters = {**explanation.parameters, key: changed(explanation.parameters[key])}
        return replace(explanation, parameters=parameters)
    if part == "weights":
        stated = explanation.weights[key]
        assert stated.value is not None
        weights = {**explanation.weights, key: replace(stated, value=changed(stated.value))}
        return replace(explanation, weights=weights)
    if part == "outcomes":
        number, output, which = key
        outcome = explanation.outcomes[number]
        formulas = list(outcome.outputs[output])
        formulas[which] = changed(formulas[which])
        outputs = {**outcome.outputs, output: tuple(formulas)}
        outcomes = list(explanation.outcomes)
        outcomes[number] = replace(outcome, outputs=outputs)
        return replace(explanation, outcomes=tuple(outcomes))
    unit = explanation.units[key]
    made = changed(getattr(unit, part))
    return replace(explanation, units={**explanation.units, key: replace(unit, **{part: made})})


def _replaced(node: Expression, index: int, value: Rational) -> tuple[Expression, int]:
    """Return a formula with its literal of a number replaced, and how many literals it has."""
    if isinstance(node, Number):
        return (constant(value) if index == 0 else node), 1
    children, count = [], 0
    for child in node.children:
        made, more = _replaced(child, index - count, value)
        children.append(made)
        count += more
    if not count or not 0 <= index < count:
        return node, count
    return type(node)(node.label, *children), count  # type: ignore[call-arg]  # has children
