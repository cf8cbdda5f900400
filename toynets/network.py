"""The network: a frozen record of plain numbers with named units. No JAX, no NumPy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError, UnknownName, unknown
from toynets.fields import field, record
from toynets.names import bias_name, edge_name, parse_intervention
from toynets.wiring import Wiring

if TYPE_CHECKING:
    from toynets.weights import Weight

DTYPES = ("float32", "float64")


@record(frozen=True)
class Layer:
    """One layer: `activation(weight · parents + bias)`.

    Attributes:
        weight: rows are units, columns are parents; shape (out, in).
        bias: shape (out,), or None for a layer without one.
        activation: its name.
        units: the names of the units.
        mask: True where an edge is there, shape (out, in); None where all are.
    """

    weight: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...] | None
    activation: str
    units: tuple[str, ...]
    mask: tuple[tuple[bool, ...], ...] | None = None

    def has(self, row: int, column: int) -> bool:
        """Whether the edge is there."""
        return self.mask is None or self.mask[row][column]


@record(frozen=True)
class Network:
    """A tiny multilayer perceptron, every number exact.

    Made by `Network.from_layers`. Two networks are equal if their numbers, dtype, activations,
    masks, ties and the names of inputs and units are; the title does not count.

    Attributes:
        layers: from the first hidden layer to the output.
        inputs: names of the inputs.
        dtype: `float32` or `float64`; every number is one of that dtype, taken exactly.
        ties: group name -> addresses that share one number.
        name: for messages; not part of the hash.
        rounded: (address, given, stored) for each number that was rounded on the way in.

    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")], name="xor")
    >>> xor["h1->y"], xor["h2.bias"], xor.text
    (1.0, -1.0, '2-2-1 relu')
    """

    layers: tuple[Layer, ...]
    inputs: tuple[str, ...]
    dtype: str = "float32"
    ties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: str = field(default="", compare=False)
    rounded: tuple[tuple[str, str, float], ...] = field(default=(), compare=False)

    @staticmethod
    def from_layers(
        layers: Sequence[Sequence[Any]],
        *,
        inputs: Sequence[str] | None = None,
        units: Sequence[Any] | None = None,
        outputs: Sequence[str] | str | None = None,
        dtype: str = "float32",
        masks: Sequence[Any] | None = None,
        ties: Mapping[str, Sequence[str]] | None = None,
        name: str = "",
        round: bool = False,
    ) -> Network:
        """Build a network from weight matrices.

        Args:
            layers: (weight, bias, activation) for each layer; weight of shape (out, in), row = to,
                column = from; bias of shape (out,) or None. Numbers, texts such as "1/2",
                NumPy or JAX arrays.
            inputs: names; default x1, x2, …
            units: names of the hidden units, a list per hidden layer (or one list where there is
                one hidden layer); default h1, h2, … and h1.2 for unit 2 of hidden layer 1 where
                there are several.
            outputs: names; default y, or y1, y2, …
            dtype: `float32` or `float64`.
            masks: for each layer None or a matrix of shape (out, in), true where an edge is there.
            ties: group name -> addresses that share one number.
            name: for messages.
            round: round a value that the dtype cannot hold to the nearest that it can, and report
                it in `.rounded`; otherwise such a value is refused.

        Raises:
            ToynetsError: shapes that do not chain (every mismatch is listed), NaN or infinity,
                names given twice or reserved, softmax before the output, a value that the dtype
                cannot hold.
        """
        from toynets.building import build  # the checks fill a file of their own

        return build(
            layers,
            inputs=inputs,
            units=units,
            outputs=outputs,
            dtype=dtype,
            masks=masks,
            ties=ties,
            name=name,
            round_values=round,
        )

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the outputs."""
        return self.layers[-1].units

    @property
    def hidden(self) -> tuple[str, ...]:
        """Names of the hidden units, layer by layer."""
        return tuple(u for layer in self.layers[:-1] for u in layer.units)

    @property
    def units(self) -> tuple[str, ...]:
        """Names of all units, the outputs last."""
        return tuple(u for layer in self.layers for u in layer.units)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Inputs, units of each hidden layer, outputs."""
        return (len(self.inputs), *(len(layer.units) for layer in self.layers))

    @property
    def text(self) -> str:
        """Sizes and activations, as `2-2-1 relu`."""
        names = [layer.activation for layer in self.layers]
        hidden = list(dict.fromkeys(names[:-1]))
        shown = "/".join(hidden) or names[-1]
        if hidden and names[-1] != "identity":
            shown += f", {names[-1]} output"
        return "-".join(map(str, self.sizes)) + " " + shown

    @cached_property
    def wiring(self) -> Wiring:
        """Names and edges without numbers."""
        edges, biased = [], set()
        for parents, layer in self.with_parents():
            for i, unit in enumerate(layer.units):
                edges += [(p, unit) for j, p in enumerate(parents) if layer.has(i, j)]
                if layer.bias is not None:
                    biased.add(unit)
        return Wiring(
            self.inputs,
            self.units,
            self.outputs,
            tuple(edges),
            frozenset(biased),
            dict(self.ties),
            self.name or "the network",
        )

    def with_parents(self) -> Iterator[tuple[tuple[str, ...], Layer]]:
        """Yield each layer with the names of its parents."""
        parents = self.inputs
        for layer in self.layers:
            yield parents, layer
            parents = layer.units

    def activation_of(self, unit: str) -> str:
        """Return the name of a unit's activation.

        Raises:
            ToynetsError: there is no such unit.
        """
        for layer in self.layers:
            if unit in layer.units:
                return layer.activation
        raise UnknownName(unknown("unit", str(unit), self.name or "the network", self.units))

    @cached_property
    def numbers(self) -> dict[str, float]:
        """Every weight and bias by address, unit by unit, each unit's bias after its weights."""
        found: dict[str, float] = {}
        for parents, layer in self.with_parents():
            for i, unit in enumerate(layer.units):
                for j, parent in enumerate(parents):
                    if layer.has(i, j):
                        found[edge_name(parent, unit)] = layer.weight[i][j]
                if layer.bias is not None:
                    found[bias_name(unit)] = layer.bias[i]
        return found

    def __getitem__(self, address: str) -> float:
        if address in self.numbers:
            return self.numbers[address]
        if address in self.ties:
            return self.numbers[self.ties[address][0]]
        # x1:h2 and x1→h2 are read as well: let the one grammar decide.
        try:
            standard = parse_intervention(f"{address} = 0").text.removesuffix(" = 0")
        except ToynetsError:
            standard = ""
        if standard in self.numbers:
            return self.numbers[standard]
        raise UnknownName(unknown("weight", str(address), self.name or "the network", self.numbers))

    def weights(self) -> tuple[Weight, ...]:
        """Return every number as a record, in the order of `numbers`."""
        from toynets.weights import weights_of

        return weights_of(self)

    def table(self) -> Table:
        """Return every weight with its names and exact value.

        >>> print(Network.from_layers([([[0.5]], [1], "relu")], name="tiny").table())
        tiny  1-1 relu
        weight  from  to  value  exact
        x1->y   x1    y     0.5    1/2
        y.bias        y     1.0      1
        """
        from toynets.weights import table_of

        return table_of(self)

    @cached_property
    def hash(self) -> str:
        """sha256 of dtype, numbers, activations and masks; names are not part of it."""
        layers = [
            {
                "activation": layer.activation,
                "bias": None if layer.bias is None else [_hex(v) for v in layer.bias],
                "mask": None if layer.mask is None else [[int(m) for m in r] for r in layer.mask],
                "weight": [[_hex(v) for v in row] for row in layer.weight],
            }
            for layer in self.layers
        ]
        canonical = json.dumps(
            {"dtype": self.dtype, "layers": layers}, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(canonical.encode()).hexdigest()

    def params(self) -> dict[str, Any]:
        """Return the numbers as a dict pytree of NumPy arrays, the way into JAX.

        `{"weight": (W1, …), "bias": (b1, …)}` with W of shape (out, in), b of shape (out,); a layer
        without bias has zeros.
        """
        import numpy as np

        kind = np.dtype(self.dtype)
        return {
            "weight": tuple(np.array(layer.weight, kind) for layer in self.layers),
            "bias": tuple(
                np.zeros(len(layer.units), kind)
                if layer.bias is None
                else np.array(layer.bias, kind)
                for layer in self.layers
            ),
        }

    def with_params(self, params: Mapping[str, Any], *, round: bool = False) -> Network:
        """Return this network with other numbers, as `params` gives them.

        Raises:
            ToynetsError: another shape, NaN or infinity, a value for an absent edge or bias, or
                one that the dtype cannot hold (unless `round`).
        """
        from toynets.renumbering import with_params

        return with_params(self, params, round)

    def with_numbers(self, changes: Mapping[str, Any], *, round: bool = False) -> Network:
        """Return a copy in which the named weights and biases have other values.

        The name of a tied group changes all its members.

        >>> tiny = Network.from_layers([([[0.5]], [1], "relu")])
        >>> tiny.with_numbers({"x1->y": "1/4"})["x1->y"]
        0.25
        """
        from toynets.renumbering import with_numbers

        return with_numbers(self, changes, round)

    def to_dict(self) -> dict[str, Any]:
        """Return the network as plain data: names, activations and exact numbers as text."""
        from toynets import network_json

        return network_json.to_dict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Network:
        """Read back what `to_dict` wrote; unknown keys and a wrong hash are errors.

        >>> tiny = Network.from_layers([([[0.5]], [1], "relu")], name="tiny")
        >>> Network.from_dict(tiny.to_dict()) == tiny
        True
        """
        from toynets import network_json

        return network_json.from_dict(data)

    def to_json(self) -> str:
        """Return the network as JSON text."""
        from toynets import network_json

        return network_json.to_json(self)

    @staticmethod
    def from_json(text: str) -> Network:
        """Read back what `to_json` wrote.

        Raises:
            ToynetsError: no JSON, another format, a key unknown, missing or given twice, NaN, a
                hash that does not fit, or anything that `from_layers` refuses.
        """
        from toynets import network_json

        return network_json.from_json(text)

    @staticmethod
    def from_sklearn(model: Any, **given: Any) -> Network:
        """Return the network of a fitted scikit-learn MLP: `toynets.foreign.from_sklearn`."""
        from toynets.foreign import from_sklearn

        return from_sklearn(model, **given)

    @staticmethod
    def from_torch(module: Any, **given: Any) -> Network:
        """Return the network of a PyTorch `Sequential`: `toynets.foreign.from_torch`."""
        from toynets.foreign import from_torch

        return from_torch(module, **given)

    @staticmethod
    def from_equinox(module: Any, **given: Any) -> Network:
        """Return the network of an Equinox `MLP`: `toynets.foreign.from_equinox`."""
        from toynets.foreign import from_equinox

        return from_equinox(module, **given)

    @staticmethod
    def from_flax(params: Mapping[str, Any], **given: Any) -> Network:
        """Return the network of a Flax parameter tree: `toynets.foreign.from_flax`."""
        from toynets.foreign import from_flax

        return from_flax(params, **given)

    def __hash__(self) -> int:
        return int(self.hash[:15], 16)

    def __str__(self) -> str:
        return str(self.table())

    def __repr__(self) -> str:
        return f"<Network {self.name or self.text} {self.hash[:8]}>"

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()


def _hex(value: float) -> str:
    return (value + 0.0 if value else 0.0).hex()  # -0 is written as 0
