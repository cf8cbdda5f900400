"""Networks, stated models and expressions as one program of nodes over a few variables.

A program is what a claim is about: variables with bounds, conditions on them, and nodes
`activation(constant + sum of coefficient * value)`. Each part is kept in the words of the
certificate as well, from which its checker builds the same nodes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.fields import field, record
from toynets.rationals import ONE, ZERO, Rational, from_float, rational, text
from toynets.verification.proofs.expressing import Unwritable, Writer, written
from toynets.verification.proofs.forms import Form

Node = tuple[str, Form]
PIECEWISE = ("identity", "relu", "abs", "step")
CURVED = ("square", "tanh", "sigmoid")


class Unprovable(Exception):
    """Something that has no certificate: a curved activation, a product, a number with no end."""


@record(frozen=True)
class Variable:
    """A number that may be anything in an interval.

    Attributes:
        name: for people.
        low, high: the interval, closed.
        range_of: (number of a claim, place among its values) whose range it is, or None.
    """

    name: str
    low: Rational
    high: Rational
    range_of: tuple[int, int] | None = None

    def json(self) -> dict[str, Any]:
        """Return the variable as a certificate writes it."""
        data: dict[str, Any] = {"name": self.name, "low": text(self.low), "high": text(self.high)}
        if self.range_of is not None:
            data["range_of"] = {"claim": self.range_of[0], "value": self.range_of[1]}
        return data


@record
class Layers:
    """A layered net with rational numbers: a network's, or those that an explanation states.

    Attributes:
        inputs: names.
        layers: (units, activation, weight rows, bias or None, mask or None).
    """

    inputs: tuple[str, ...]
    layers: list[tuple[tuple[str, ...], str, list[list[Any]], list[Any] | None, Any]]

    @staticmethod
    def of_network(network: Any) -> Layers:
        """Return a network's own numbers."""
        return Layers(
            network.inputs,
            [
                (
                    layer.units,
                    layer.activation,
                    [[from_float(w) for w in row] for row in layer.weight],
                    None if layer.bias is None else [from_float(b) for b in layer.bias],
                    layer.mask,
                )
                for layer in network.layers
            ],
        )

    @staticmethod
    def of_explanation(network: Any, explanation: Any) -> Layers:
        """Return the numbers that an explanation states, in the layers of its network.

        Raises:
            Unprovable: a number is blank or not rational, or units of a layer differ in kind.
        """
        numbers = explanation.numbers
        layers: Any = []
        for parents, layer in network.with_parents():
            kinds = {explanation.units[u].activation for u in layer.units}
            if len(kinds) > 1:
                raise Unprovable("the explanation states several activations in one layer")

            def stated(address: str) -> Any:
                value = numbers.get(address)
                if value is None or not hasattr(value, "p"):
                    raise Unprovable(f"the stated value of {address} is blank or not rational")
                return value

            weight = [
                [stated(f"{p}->{unit}") if layer.has(i, j) else ZERO for j, p in enumerate(parents)]
                for i, unit in enumerate(layer.units)
            ]
            bias = None if layer.bias is None else [stated(f"{u}.bias") for u in layer.units]
            layers.append((layer.units, kinds.pop(), weight, bias, layer.mask))
        return Layers(network.inputs, layers)

    @property
    def piecewise(self) -> bool:
        """Whether every unit is piecewise linear."""
        last = self.layers[-1][1] == "softmax"
        bent = self.layers[:-1] if last else self.layers
        return all(kind in PIECEWISE for _, kind, _, _, _ in bent)

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the outputs."""
        return self.layers[-1][0]

    def json(self) -> dict[str, Any]:
        """Return the numbers as a certificate writes a stated model."""
        layers = []
        for units, activation, weight, bias, mask in self.layers:
            data: dict[str, Any] = {
                "units": list(units),
                "activation": activation,
                "weight": [[text(w) for w in row] for row in weight],
                "bias": None if bias is None else [text(b) for b in bias],
            }
            if mask is not None:
                data["mask"] = [[bool(m) for m in row] for row in mask]
            layers.append(data)
        return {"inputs": list(self.inputs), "layers": layers}


class Program:
    """Variables, conditions on them, and nodes; built part by part.

    Attributes:
        variables: with their intervals.
        given: forms over the variables that must be at least 0.
        nodes: (activation, form over variables and earlier nodes).
        parts: the same as a certificate writes it.
    """

    def __init__(self, variables: Sequence[Variable], given: Sequence[Form] = ()) -> None:
        self.variables = list(variables)
        self.given = list(given)
        self.nodes: list[Node] = []
        self.parts: list[dict[str, Any]] = []

    @property
    def dimension(self) -> int:
        """How many variables."""
        return len(self.variables)

    @property
    def curved(self) -> bool:
        """Whether a node is not piecewise linear: then there is no certificate in rationals."""
        return any(activation in CURVED for activation, _ in self.nodes)

    def node(self, activation: str, form: Form) -> int:
        """Append a node without a part of its own; return its index."""
        self.nodes.append((activation, form))
        return self.dimension + len(self.nodes) - 1

    def raw(self, activation: str, form: Form) -> int:
        """Append a node as a part; return its index."""
        self.parts.append({"node": [activation, form.json()]})
        return self.node(activation, form)

    def run(
        self,
        which: str,
        layers: Layers,
        inputs: Sequence[int],
        edits: Sequence[Mapping[str, Any]] = (),
    ) -> dict[str, int]:
        """Append a run of a net.

        Args:
            which: `network`, `model` or `others/NAME`.
            layers: its numbers.
            inputs: the indices that its inputs read.
            edits: as the certificate writes them; numbers are rationals here.

        Returns:
            Unit -> index of its value; the outputs of a softmax layer are the centred ones (an edit
            of such an output replaces the centred value and leaves the mean alone).
        """
        self.parts.append(
            {"run": which, "inputs": list(inputs), "edits": [_edit_json(e) for e in edits]}
        )
        change = _Edits(edits)
        value: dict[str, Form] = {}
        for name, index in zip(layers.inputs, inputs, strict=True):
            value[name] = change.replaced("input", name, Form(ZERO, {index: ONE}))
        parents: Sequence[str] = layers.inputs
        sources = list(inputs)
        simple = not edits and len(set(sources)) == len(sources)  # no two terms fall together
        found: dict[str, int] = {}
        for units, activation, weight, bias, mask in layers.layers:
            softmax = activation == "softmax"
            kind = "identity" if softmax else activation
            logits = []
            for i, unit in enumerate(units):
                form = Form(
                    change.number("bias", f"{unit}.bias", ZERO if bias is None else bias[i])
                )
                if simple:
                    form.terms = {
                        sources[j]: w
                        for j, w in enumerate(weight[i])
                        if w.p and (mask is None or mask[i][j])
                    }
                for j, parent in enumerate(() if simple else parents):
                    if mask is not None and not mask[i][j]:
                        continue
                    edge = f"{parent}->{unit}"
                    sent = change.replaced("edge", edge, value[parent])
                    form.add(change.number("weight", edge, weight[i][j]), sent)
                form = change.replaced("pre", unit, form)
                if ("unit", unit) in change.by_name and not softmax:
                    index = self.node("identity", change.replaced("unit", unit, form))
                else:
                    index = self.node(kind, form)
                found[unit] = index
                logits.append(index)
            if softmax:
                share = ONE / len(logits)
                mean = Form(ZERO, dict.fromkeys(logits, share))
                for unit, logit in zip(units, logits, strict=True):
                    centred = change.replaced("unit", unit, Form(ZERO, {logit: ONE}) - mean)
                    found[unit] = self.node("identity", centred)
            value = {unit: Form(ZERO, {found[unit]: ONE}) for unit in units}
            parents, sources = units, [found[unit] for unit in units]
        change.check_used()
        return found

    def express(self, expression: Any, names: Mapping[str, int]) -> int:
        """Append an expression; return the index of its value.

        Raises:
            Unprovable: it has a product of names, a curve, or `and` of something not 0 or 1.
        """
        plain = {name: name.replace(".", "_") for name in expression.names()}
        used = {plain[name]: names[name] for name in expression.names()}
        if len(used) < len(plain):
            raise Unprovable(f"two names of {expression} would be written alike")
        nodes, parts = len(self.nodes), len(self.parts)
        try:
            said = written(expression, plain)
            form = Writer(self.node, used).form(said)
        except Unwritable as error:
            del self.nodes[nodes:], self.parts[parts:]
            raise Unprovable(str(error)) from None
        self.parts.append({"expression": str(said), "names": used})
        return self.node("identity", form)

    def values(self, point: Sequence[Rational]) -> list[Rational]:
        """Return every value of the program at a point, exactly."""
        values = list(point)
        for activation, form in self.nodes:
            values.append(apply(activation, form.value(values)))
        return values

    def inside(self, point: Sequence[Rational]) -> bool:
        """Whether a point is within the bounds and the given conditions."""
        return all(
            v.low <= p <= v.high for v, p in zip(self.variables, point, strict=True)
        ) and all(g.value(point).p >= 0 for g in self.given)


def apply(activation: str, value: Rational) -> Rational:
    """Return a piecewise linear activation of a number.

    >>> apply("step", ZERO), apply("relu", -ONE), apply("abs", -ONE)
    (0, 0, 1)
    """
    if activation == "identity":
        return value
    if activation == "relu":
        return value if value.p > 0 else ZERO
    if activation == "abs":
        return abs(value)
    return ONE if value.p > 0 else ZERO


@record
class _Edits:
    """The edits of one run, by what they change."""

    edits: Sequence[Mapping[str, Any]]
    used: set[tuple[str, str]] = field(default_factory=set)
    by_name: dict[tuple[str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for edit in self.edits:
            ((kind, name),) = ((k, v) for k, v in edit.items() if k != "to")
            self.by_name[kind, name] = edit["to"]

    def number(self, kind: str, name: str, old: Rational) -> Rational:
        """Return the number that a parameter has."""
        key = (kind, name)
        if key not in self.by_name:
            return old
        self.used.add(key)
        return rational(self.by_name[key])

    def replaced(self, kind: str, name: str, old: Form) -> Form:
        """Return the value that stands for another: a number, or a value by its index."""
        key = (kind, name)
        if key not in self.by_name:
            return old
        self.used.add(key)
        to = self.by_name[key]
        return Form(ZERO, {to: ONE}) if isinstance(to, int) else Form(to)

    def check_used(self) -> None:
        left = set(self.by_name) - self.used
        assert not left, f"edits of what is not there: {left}"


def _edit_json(edit: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v if isinstance(v, int | str) else text(v) for k, v in edit.items()}
