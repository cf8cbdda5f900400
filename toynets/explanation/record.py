"""The record of an explanation, and the causal model that it states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from toynets.causal import CausalModel, Mechanism
from toynets.display import Table
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.expressions import Expression
from toynets.fields import field, record
from toynets.names import Intervention
from toynets.rationals import ZERO, Rational, text

FORMAT = "toynets-explanation/1"
TOLERANCES = ("clean", "units", "weights", "ablations")
# What the metric, `value` or `decision`, can be said of: the kinds of intervention, and concepts.
METRIC_KINDS = {
    "default": "every kind that is not named",
    "clean": "no intervention",
    "zero": "a unit or input replaced by 0: h2 = 0",
    "pre": "a pre-activation replaced by a number: h2.pre = 0",
    "incoming": "the weights into a unit: ->h2 = 0",
    "outgoing": "the weights out of a unit: h2-> = 0",
    "cut": "a weight or bias set to 0: x1->h2 = 0",
    "flip": "a weight or bias with the other sign: x1->h2 *= -1",
    "set": "a unit, weight or bias set to a number other than 0",
    "shift": "a number added: h2.bias += 1",
    "scale": "a factor: x1->h2 *= 2",
    "mean": "h2 = mean",
    "resample": "a unit taken from another input; every swap of the interchange check",
    "worst": "h2 = worst",
    "patch": "a written-out source: h2 = h2(1, 0)",
    "path": "what one edge carries: x1->h2 = (1, 0)",
    "joint": "several kinds at once",
    "concepts": "which inputs a unit tells apart, by output values, by decisions, or `either`",
}


@record(frozen=True)
class StatedWeight:
    """What an explanation says of one weight or bias; `value` is None where it is still blank."""

    value: Expression | None
    role: str = ""
    why: str = ""


@record(frozen=True)
class StatedUnit:
    """What an explanation says of one unit.

    Attributes:
        activation: its name.
        expression: what the unit computes, in inputs, earlier units and parameters; None if blank.
        concept: what the unit stands for: an expression whose values tell apart exactly the inputs
            that the unit tells apart; None if blank.
        role: a word of the roles, or free text (kept, never graded).
        why: free text.
    """

    activation: str
    expression: Expression | None = None
    concept: Expression | None = None
    role: str = ""
    why: str = ""


@record(frozen=True)
class StatedOutcome:
    """The outputs under one intervention: one expression each, two for `worst`, none if blank."""

    intervention: Intervention
    outputs: Mapping[str, tuple[Expression, ...]]
    why: str = ""


@record(frozen=True)
class Explanation:
    """A second program for a network: numbers, wiring, activations, meanings, predictions.

    It never reads a network. Made by `Explanation.from_json`, `from_dict`, or
    `Explanation.of(about=…, weights={…}, …)` with the keys of the JSON form.

    Attributes:
        about: the network's name.
        inputs: their names in order.
        parameters: name -> literal value.
        weights: address -> `StatedWeight`.
        units: name -> `StatedUnit`, the outputs last.
        outcomes: stated predictions.
        decision: {"threshold": "1/2"}, {"sign": True}, {"argmax": True} or {}.
        metric: kind of intervention (`METRIC_KINDS`) -> `value` or `decision`.
        tolerance: an absolute bound for each of clean, units, weights and ablations.
        slack: number that is free -> the reason.
        unexplained: what the author declares to be unexplained.
        ties: group -> addresses that share one stated number.
        sources: texts.
        outputs: the units whose values are outcomes, in order: as listed, else the units that send
            nothing on.
        domain: the inputs that it is said of, where a file says them; else None, and whoever holds
            it against a network says them.
    """

    about: str
    inputs: tuple[str, ...]
    weights: Mapping[str, StatedWeight]
    units: Mapping[str, StatedUnit]
    outcomes: tuple[StatedOutcome, ...] = ()
    parameters: Mapping[str, Expression] = field(default_factory=dict)
    decision: Mapping[str, Any] = field(default_factory=dict)
    metric: Mapping[str, str] = field(default_factory=dict)
    tolerance: Mapping[str, Rational] = field(default_factory=dict)
    slack: Mapping[str, str] = field(default_factory=dict)
    unexplained: tuple[str, ...] = ()
    ties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    domain: Domain | None = None

    @staticmethod
    def of(**keys: Any) -> Explanation:
        """Build an explanation in Python; keys and forms as in the JSON file.

        Values may also be numbers and expressions.

        >>> made = Explanation.of(about="not", weights={"x1->y": "-1", "y.bias": 1},
        ...     units={"y": {"activation": "relu", "expression": "relu(1 - x1)"}})
        >>> made.weights["y.bias"].value
        parse_expression('1')
        """
        from toynets.explanation.reading import read

        return read({"format": FORMAT, **keys})

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Explanation:
        """Read an explanation from plain data.

        Raises:
            ToynetsError: an unknown or missing key, a malformed expression or intervention (with
                its place), a value that is no text or number.
        """
        from toynets.explanation.reading import read

        return read(data)

    @staticmethod
    def from_json(source: str) -> Explanation:
        """Read an explanation from JSON text (not from a path).

        Raises:
            ToynetsError: as for `from_dict`; also text that is not JSON, keys given twice, NaN.
        """
        from toynets.explanation.reading import read_json

        return read_json(source)

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as plain data; `from_dict` gives an equal record."""
        from toynets.explanation.writing import write

        return write(self)

    def to_json(self) -> str:
        """Return the explanation as JSON text."""
        import json

        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False)

    def epsilon(self, row: str) -> Rational:
        """Return the tolerance of a row: `clean`, `units`, `weights` or `ablations`."""
        return self.tolerance.get(row, ZERO)

    def metric_of(self, kind: str) -> str:
        """Return how cases of a kind of intervention are compared: `value` or `decision`."""
        return self.metric.get(kind, self.metric.get("default", "value"))

    @cached_property
    def constants(self) -> dict[str, Any]:
        """The values of the parameters."""
        return {name: value.evaluate({}) for name, value in self.parameters.items()}

    @cached_property
    def numbers(self) -> dict[str, Any]:
        """The stated value of every weight and bias that is not blank."""
        found = {}
        for address, stated in self.weights.items():
            if stated.value is not None:
                value = stated.value.evaluate(self.constants)
                for one in self.ties.get(address, (address,)):  # one number for all copies
                    found[one] = value
        return found

    def stated_weight(self, address: str) -> StatedWeight | None:
        """Return what is said of a weight, by itself or as a copy of a tied number."""
        if address in self.weights:
            return self.weights[address]
        group = next((g for g, members in self.ties.items() if address in members), "")
        return self.weights.get(group)

    @property
    def blanks(self) -> tuple[str, ...]:
        """What is not filled in yet: addresses, and `h1` for a unit without expression."""
        found = [a for a, w in self.weights.items() if w.value is None]
        return (*found, *(n for n, u in self.units.items() if u.expression is None))

    def model(
        self, *, rows: Sequence[tuple[Rational, ...]] = (), outputs: Sequence[str] | None = None
    ) -> CausalModel:
        """Return the causal model that the stated numbers make.

        Args:
            rows: the inputs over which means and ranges are taken.
            outputs: names in order; by default those that the explanation lists.

        Raises:
            ToynetsError: a weight is still blank.
        """
        missing = [a for a, w in self.weights.items() if w.value is None]
        if missing:
            raise ToynetsError(
                f"{len(missing)} weights are still blank: {', '.join(missing[:8])}.",
                fix="state their values; then every outcome can be derived.",
            )
        terms: dict[str, list[tuple[str, Any]]] = {unit: [] for unit in self.units}
        biases: dict[str, Any] = {}
        for address, value in self.numbers.items():
            source, arrow, target = address.partition("->")
            if arrow:
                terms[target].append((source, value))
            else:
                biases[address.removesuffix(".bias")] = value
        mechanisms = {
            unit: Mechanism(stated.activation, tuple(terms[unit]), biases.get(unit))
            for unit, stated in self.units.items()
        }
        return CausalModel(
            self.inputs,
            mechanisms,
            outputs or self.outputs,
            ties=self.ties,
            rows=rows,
            title=f"the explanation of {self.about}",
        )

    @cached_property
    def numbers_stated(self) -> int:
        """How many numbers the weights rest on: parameters used, and other literals, each once.

        Signs do not count, nor does 0: an absent connection is wiring, not a number.
        """
        used: set[str] = set()
        for stated in self.weights.values():
            if stated.value is not None:
                used |= _literals(stated.value)
        return len(used)

    @property
    def weights_explained(self) -> int:
        """How many weights have a stated number."""
        return sum(1 for w in self.weights.values() if w.value is not None)

    @property
    def transcribed(self) -> bool:
        """Whether as many numbers are stated as weights are explained: a copy, not a reason."""
        return self.weights_explained > 1 and self.numbers_stated >= self.weights_explained

    def table(self) -> Table:
        """Return every stated weight with its role and reason."""
        rows = [
            [address, "" if w.value is None else str(w.value), w.role, w.why]
            for address, w in self.weights.items()
        ]
        return Table(
            ["weight", "stated", "role", "why"],
            rows,
            right=["stated"],
            title=f"explanation of {self.about}",
        )

    def __str__(self) -> str:
        return str(self.table())

    def __repr__(self) -> str:
        return (
            f"<Explanation of {self.about}: {self.weights_explained} weights, "
            f"{len(self.units)} units, {len(self.outcomes)} outcomes>"
        )

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()


def _literals(value: Expression) -> set[str]:
    """Return the numbers in an expression, by absolute value, and the parameters."""
    from toynets.expressions import Name, Number

    found = set()
    pending = [value]
    while pending:
        node = pending.pop()
        pending.extend(node.children)
        if isinstance(node, Name):
            found.add(str(node))
        elif isinstance(node, Number) and node.value != ZERO:
            found.add(text(node.value))
    return found
