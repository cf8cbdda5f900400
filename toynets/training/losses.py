"""The losses, each with the output activation that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import optax

from toynets.errors import ToynetsError, unknown


@dataclass(frozen=True)
class Loss:
    """What training makes small.

    Attributes:
        name: as it is asked for.
        formula: the definition in symbols; N rows, outputs y, targets t, pre-activations z.
        output: the activation of the output layer.
        of: (z, t), each of shape (rows, outputs) -> a scalar.
        values: z -> what the outputs say, on the scale of the targets, same shape.
    """

    name: str
    formula: str
    output: str
    of: Callable[[jax.Array, jax.Array], jax.Array]
    values: Callable[[jax.Array], jax.Array]


def _mse(z: jax.Array, t: jax.Array) -> jax.Array:
    return jnp.mean((z - t) ** 2)


def _mse_relu(z: jax.Array, t: jax.Array) -> jax.Array:
    return jnp.mean((jax.nn.relu(z) - t) ** 2)


def _half_sse(z: jax.Array, t: jax.Array) -> jax.Array:
    return jnp.sum((jax.nn.sigmoid(z) - t) ** 2) / 2


def _bce(z: jax.Array, t: jax.Array) -> jax.Array:
    return jnp.mean(optax.sigmoid_binary_cross_entropy(z, t))


def _cross_entropy(z: jax.Array, t: jax.Array) -> jax.Array:
    return jnp.mean(optax.softmax_cross_entropy(z, t))


LOSSES = {
    loss.name: loss
    for loss in (
        Loss("mse", "mean (y - t)^2", "identity", _mse, lambda z: z),
        Loss("mse-relu", "mean (y - t)^2, y = relu(z)", "relu", _mse_relu, jax.nn.relu),
        Loss("half-sse", "sum (y - t)^2 / 2", "sigmoid", _half_sse, jax.nn.sigmoid),
        Loss("bce", "mean -(t log y + (1 - t) log(1 - y))", "sigmoid", _bce, jax.nn.sigmoid),
        Loss(
            "cross-entropy", "sum -t log softmax(z) / N", "softmax", _cross_entropy, jax.nn.softmax
        ),
    )
}


def loss_named(name: str) -> Loss:
    """Return a loss by name.

    Raises:
        ToynetsError: there is no such loss; the message lists those there are.

    >>> loss_named("bce").output
    'sigmoid'
    """
    if name not in LOSSES:
        raise ToynetsError(unknown("loss", str(name), "", LOSSES, "losses"))
    return LOSSES[name]
