"""The losses of a population: value of each network, and the slope in the output's pre-activation.

The formulas are those of `training.losses`; a test holds the two together. Arrays have the axes
(rows, outputs, networks): pre-activations z, and targets t with a last axis of length 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp


class Objective(NamedTuple):
    """One loss.

    Attributes:
        value: (z, t) -> the loss of each network, shape (networks,).
        slope: (z, t) -> its derivative in z, shape of z.
        values: z -> the outputs, on the scale of the targets.
    """

    value: Callable[[jax.Array, jax.Array], jax.Array]
    slope: Callable[[jax.Array, jax.Array], jax.Array]
    values: Callable[[jax.Array], jax.Array]


def _cells(t: jax.Array) -> int:
    return t.shape[0] * t.shape[1]


def _softmax(z: jax.Array) -> jax.Array:
    return jax.nn.softmax(z, axis=1)


def _bce(z: jax.Array, t: jax.Array) -> jax.Array:
    # log(1 + e^z) - t z, written so that no exponential overflows
    return jnp.maximum(z, 0) - z * t + jnp.log1p(jnp.exp(-jnp.abs(z)))


def _half_sse_slope(z: jax.Array, t: jax.Array) -> jax.Array:
    y = jax.nn.sigmoid(z)
    return (y - t) * y * (1 - y)


OBJECTIVES: dict[str, Objective] = {
    "mse": Objective(
        lambda z, t: jnp.mean((z - t) ** 2, axis=(0, 1)),
        lambda z, t: (z - t) * (2 / _cells(t)),
        lambda z: z,
    ),
    "half-sse": Objective(
        lambda z, t: jnp.sum((jax.nn.sigmoid(z) - t) ** 2, axis=(0, 1)) / 2,
        _half_sse_slope,
        jax.nn.sigmoid,
    ),
    "bce": Objective(
        lambda z, t: jnp.mean(_bce(z, t), axis=(0, 1)),
        lambda z, t: (jax.nn.sigmoid(z) - t) * (1 / _cells(t)),
        jax.nn.sigmoid,
    ),
    "cross-entropy": Objective(
        lambda z, t: -jnp.mean(jnp.sum(t * jax.nn.log_softmax(z, axis=1), axis=1), axis=0),
        lambda z, t: (_softmax(z) - t) * (1 / t.shape[0]),
        _softmax,
    ),
}
