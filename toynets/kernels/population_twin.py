"""The readable twin of population training: one network, `jax.grad` and optax, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from toynets.forward import logits
from toynets.kernels.population_losses import OBJECTIVES


def train_one(
    params: Mapping[str, Any],
    x: np.ndarray[Any, Any],
    t: np.ndarray[Any, Any],
    rates: Iterable[tuple[float, float]],
    *,
    activations: tuple[str, ...],
    loss: str = "mse",
    optimiser: str = "adam",
    momentum: float = 0.0,
) -> dict[str, tuple[Any, ...]]:
    """Train one network as `train_population` trains each of its networks.

    Args:
        params: as `Network.params` returns them.
        x: shape (rows, inputs).
        t: shape (rows, outputs).
        rates: (learning rate, decay) of every step.
        activations, loss, optimiser, momentum: as for `train_population`.

    >>> params = {"weight": (np.zeros((1, 1), "float32"),), "bias": (np.zeros(1, "float32"),)}
    >>> x, t = np.ones((1, 1), "float32"), np.ones((1, 1), "float32")
    >>> how = {"activations": ("identity",), "optimiser": "descent"}
    >>> train_one(params, x, t, [(0.25, 0)], **how)["bias"][0].tolist()
    [0.5]
    """
    state = _rule(optimiser, momentum).init(params)
    done: Any = dict(params)
    how = (activations, loss, optimiser, momentum)
    for rate, decay in rates:
        done, state = _step(done, state, x.dtype.type(rate), x.dtype.type(decay), x, t, how)
    return {kind: tuple(np.asarray(a) for a in done[kind]) for kind in ("weight", "bias")}


def _rule(optimiser: str, momentum: float) -> Any:
    rules = {
        "adam": optax.scale_by_adam(),
        "momentum": optax.trace(decay=momentum),
        "descent": optax.identity(),
    }
    return rules[optimiser]


@partial(jax.jit, static_argnames=("how",))
def _step(params: Any, state: Any, rate: Any, decay: Any, x: Any, t: Any, how: Any) -> Any:
    activations, loss, optimiser, momentum = how

    def penalised(params: Any) -> Any:
        z = jax.vmap(lambda row: logits(params, activations, row))(x)
        value = OBJECTIVES[loss].value(z[:, :, None], jnp.asarray(t)[:, :, None])[0]
        return value + decay * sum(jnp.sum(p * p) for p in jax.tree.leaves(params))

    slope = jax.grad(penalised)(params)
    with jax.numpy_dtype_promotion("standard"):  # optax raises a float to an integer's power
        direction, state = _rule(optimiser, momentum).update(slope, state, params)
    return jax.tree.map(lambda p, d: p - rate * d, params, direction), state
