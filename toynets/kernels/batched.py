"""The clean network on many inputs at once; every other kernel starts from here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import prod
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from toynets.errors import UnknownName, unknown
from toynets.forward import FUNCTIONS, precision_of
from toynets.kernels.compiling import compiled
from toynets.kernels.measures import HIGHEST, outputs_of
from toynets.kernels.preparing import Array, prepared


class Clean(NamedTuple):
    """A clean pass: shapes (units, rows), a layer each.

    Attributes:
        pre: pre-activations; the last are those of the output layer.
        activation: of the hidden layers only.
    """

    pre: tuple[Any, ...]
    activation: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Batch:
    """Every value of a network on many inputs.

    Attributes:
        rows: how many inputs.
        units: names, layer by layer, the outputs last.
        pre: pre-activations by layer, each of shape (rows, units of the layer).
        activation: activations by layer, likewise; for softmax the logits minus their mean.

    `batch["h2"]` and `batch["h2.pre"]` are the values of one unit, shape (rows,).
    """

    rows: int
    units: tuple[tuple[str, ...], ...]
    pre: tuple[Array, ...]
    activation: tuple[Array, ...]

    def __getitem__(self, name: str) -> Array:
        unit = name.removesuffix(".pre")
        for k, layer in enumerate(self.units):
            if unit in layer:
                arrays = self.activation if unit == name else self.pre
                return arrays[k][:, layer.index(unit)]
        there = [u for layer in self.units for u in layer]
        raise UnknownName(unknown("unit", name, "", there))

    @property
    def outputs(self) -> Array:
        """Shape (rows, outputs)."""
        return self.activation[-1]


def run_rows(network: Any, inputs: Any) -> Batch:
    """Run the clean network on many inputs.

    Args:
        network: any `Network`.
        inputs: shape (rows, in), or a `Domain` with a list of inputs.

    Returns:
        NumPy arrays of the network's dtype.

    Raises:
        ToynetsError: inputs of another shape.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> batch = run_rows(xor, [[0, 0], [0, 1], [1, 0], [1, 1]])
    >>> batch["h1"].tolist(), batch.outputs[:, 0].tolist()
    ([0.0, 1.0, 1.0, 2.0], [0.0, 1.0, 1.0, 0.0])
    """
    ready = prepared(network, inputs)
    with precision_of(network.dtype):
        found: Clean = jax.device_get(clean_program(ready.params, ready.x, ready.activations))
        last = np.asarray(outputs_of(ready.activations[-1], jnp.asarray(found.pre[-1])))
    return Batch(
        ready.rows,
        tuple(layer.units for layer in network.layers),
        tuple(z.T for z in found.pre),
        (*(a.T for a in found.activation), last.T),
    )


def product(weight: Any, values: Any) -> Any:
    """Return weight @ values over axis 0 of the values, shape (out, …), in full precision."""
    columns = values.reshape(values.shape[0], prod(values.shape[1:]))
    flat = jnp.matmul(weight, columns, precision=HIGHEST)
    return flat.reshape(weight.shape[0], *values.shape[1:])


def along(vector: Any, rank: int) -> Any:
    """Return a vector as an array of so many axes, of which the first is its own."""
    return jnp.reshape(vector, (-1, *[1] * (rank - 1)))


def affine(params: Any, layer: int, values: Any) -> Any:
    """Return the pre-activations of a layer from what its parents send; axis 0 is the unit."""
    return product(params["weight"][layer], values) + along(params["bias"][layer], values.ndim)


def onwards(params: Any, activations: tuple[str, ...], layer: int, z: Any) -> Any:
    """Return the pre-activations of the output layer from those of any layer.

    Args:
        params: of the network.
        activations: of its layers.
        layer: whose pre-activations z are, counted from 0.
        z: shape (units, …): whatever follows is the batch.
    """
    for k in range(layer, len(activations) - 1):
        z = affine(params, k + 1, FUNCTIONS[activations[k]](z))
    return z


def clean_pass(params: Any, x: Any, activations: tuple[str, ...]) -> Clean:
    """Run the network on inputs of shape (in, …)."""
    value, pre, activation = x, [], []
    for k, name in enumerate(activations):
        pre.append(affine(params, k, value))
        if k < len(activations) - 1:
            value = FUNCTIONS[name](pre[-1])
            activation.append(value)
    return Clean(tuple(pre), tuple(activation))


clean_program = compiled(clean_pass, static=("activations",))

# Rows of one block: with the values of a layer, times the cases of one step, it stays in the cache.
BLOCK = 32


def in_row_blocks(function: Any, arrays: Any, join: str) -> Any:
    """Apply a function to blocks of rows, which are the last axis of every array.

    Args:
        function: takes the tree `arrays` for a block of rows, and which of them are real: shape
            (rows,), or None where all are. The last block is filled up with rows of zeros.
        arrays: a tree of arrays of shape (…, rows).
        join: `sum` the results, or `rows`: put them together along their last axis.
    """
    rows = jax.tree.leaves(arrays)[0].shape[-1]
    if rows <= BLOCK:
        return function(arrays, None)
    blocks = -(-rows // BLOCK)
    extra = blocks * BLOCK - rows

    def cut(array: Any) -> Any:
        filled = jnp.pad(array, [*[(0, 0)] * (array.ndim - 1), (0, extra)])
        return jnp.moveaxis(filled.reshape(*array.shape[:-1], blocks, BLOCK), -2, 0)

    given = (jax.tree.map(cut, arrays), cut(jnp.ones(rows, bool)) if extra else None)
    found = jax.lax.map(lambda both: function(*both), given)
    return jax.tree.map(partial(_together, join, rows), found)


def _together(join: str, rows: int, found: Any) -> Any:
    if join == "sum":
        return jnp.sum(found, axis=0)
    moved = jnp.moveaxis(found, 0, -2)
    return moved.reshape(*moved.shape[:-2], -1)[..., :rows]
