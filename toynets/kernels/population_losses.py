"""The losses of a population: value of each network, and the slope in the output's pre-activation.

The formulas are those of `training.losses`; a test holds the two together. Arrays have the axes
(rows, outputs, networks): pre-activations z, and targets t with a last axis of length 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp


class Objective(NamedTuple):
    """One loss.

    Attributes:
        value: (z, t) -> the loss of each network, shape (networks,).
        slope: (z, t, cells) -> its derivative in z, shape of z; cells are rows times outputs. But
            for the softmax it is one function for each cell, whatever axes z and t have.
        values: z -> the outputs, on the scale of the targets.
    """

    value: Callable[[jax.Array, jax.Array], jax.Array]
    slope: Callable[[jax.Array, Any, int], jax.Array]
    values: Callable[[jax.Array], jax.Array]


def _softmax(z: jax.Array) -> jax.Array:
    return jnp.asarray(jax.nn.softmax(z, axis=1))


def _bce(z: jax.Array, t: jax.Array) -> jax.Array:
    # log(1 + e^z) - t z, written so that no exponential overflows
    return jnp.maximum(z, 0) - z * t + jnp.log1p(jnp.exp(-jnp.abs(z)))


def _half_sse_slope(z: jax.Array, t: Any, cells: int) -> jax.Array:
    y = jax.nn.sigmoid(z)
    found: jax.Array = (y - t) * y * (1 - y)
    return found


OBJECTIVES: dict[str, Objective] = {
    "mse": Objective(
        lambda z, t: jnp.mean((z - t) ** 2, axis=(0, 1)),
        lambda z, t, cells: (z - t) * (2 / cells),
        lambda z: z,
    ),
    "mse-relu": Objective(
        lambda z, t: jnp.mean((jax.nn.relu(z) - t) ** 2, axis=(0, 1)),
        lambda z, t, cells: jnp.where(z > 0, (z - t) * (2 / cells), 0),
        jax.nn.relu,
    ),
    "half-sse": Objective(
        lambda z, t: jnp.sum((jax.nn.sigmoid(z) - t) ** 2, axis=(0, 1)) / 2,
        _half_sse_slope,
        jax.nn.sigmoid,
    ),
    "bce": Objective(
        lambda z, t: jnp.mean(_bce(z, t), axis=(0, 1)),
        lambda z, t, cells: (jax.nn.sigmoid(z) - t) * (1 / cells),
        jax.nn.sigmoid,
    ),
    "cross-entropy": Objective(
        lambda z, t: -jnp.mean(jnp.sum(t * jax.nn.log_softmax(z, axis=1), axis=1), axis=0),
        lambda z, t, cells: (_softmax(z) - t) * (z.shape[1] / cells),
        _softmax,
    ),
}
