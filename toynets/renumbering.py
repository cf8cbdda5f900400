"""Copies of a network with other numbers and the same wiring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.building import build, plain
from toynets.errors import ToynetsError, unknown
from toynets.names import bias_name, edge_name
from toynets.network import Network


def with_params(network: Network, params: Mapping[str, Any], round_values: bool) -> Network:
    """Return a network of the same wiring with the numbers of a dict pytree."""
    if not isinstance(params, Mapping) or set(params) != {"weight", "bias"}:
        raise ToynetsError(
            'parameters are a dict with the keys "weight" and "bias".',
            fix="take network.params() and change its numbers.",
        )
    faults = []
    for kind in ("weight", "bias"):
        there = len(params[kind])
        if there != len(network.layers):
            faults.append(f"{kind} has {there} arrays for {len(network.layers)} layers")
    if not faults:
        for k, layer in enumerate(network.layers, start=1):
            rows, columns = len(layer.weight), len(layer.weight[0])
            for kind, wanted in (("weight", (rows, columns)), ("bias", (rows,))):
                got = _shape(params[kind][k - 1])
                if got != wanted and not (kind == "bias" and layer.bias is None and got == ()):
                    faults.append(f"{kind} of layer {k} has shape {got} instead of {wanted}")
    if faults:
        raise ToynetsError(
            "the parameters do not fit the network:\n  " + "\n  ".join(faults),
            cause="weights are (out, in): row = to, column = from.",
        )
    layers = []
    for k, layer in enumerate(network.layers):
        bias = params["bias"][k]
        if layer.bias is None:
            if bias is not None and any(v != 0 for v in plain(bias)):
                raise ToynetsError(
                    f"layer {k + 1} has no bias, but the parameters give it one.",
                    fix="keep its bias at 0, or build the network with a bias.",
                )
            bias = None
        layers.append((params["weight"][k], bias, layer.activation))
    return _like(network, layers, round_values)


def with_numbers(network: Network, changes: Mapping[str, Any], round_values: bool) -> Network:
    """Return a network with other values at some addresses or tied groups."""
    values: dict[str, Any] = {}
    for address, value in changes.items():
        members = network.ties.get(address, (address,))
        for member in members:
            if member not in network.numbers:
                where = network.name or "the network"
                raise ToynetsError(unknown("weight", str(member), where, network.numbers))
            if member in values:
                raise ToynetsError(f"{member} is changed twice, by name and by its tied group.")
            values[member] = value
    layers: list[Any] = []
    for parents, layer in network.with_parents():
        weight = [
            [values.get(edge_name(p, u), layer.weight[i][j]) for j, p in enumerate(parents)]
            for i, u in enumerate(layer.units)
        ]
        bias = layer.bias and [
            values.get(bias_name(u), layer.bias[i]) for i, u in enumerate(layer.units)
        ]
        layers.append((weight, bias, layer.activation))
    return _like(network, layers, round_values)


def _like(network: Network, layers: list[Any], round_values: bool) -> Network:
    return build(
        layers,
        inputs=network.inputs,
        units=[layer.units for layer in network.layers[:-1]],
        outputs=network.outputs,
        dtype=network.dtype,
        masks=[layer.mask for layer in network.layers],
        ties=network.ties,
        name=network.name,
        round_values=round_values,
    )


def _shape(array: Any) -> tuple[int, ...]:
    if hasattr(array, "shape"):
        return tuple(array.shape)
    if not isinstance(array, list | tuple):
        return ()
    return (len(array), *(_shape(array[0]) if array else ()))
