"""Every coalition of the units of two hidden layers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.measuring import Clock, Line, within
from benchmarks.networks import random_network, random_rows
from toynets.kernels import unit_game

WHAT = "all 2^20 unit subsets of two hidden layers, 6-10-10-1 on 64 inputs, mean cross-entropy"
SIZES, ROWS = (6, 10, 10, 1), 64


def measure(clock: Clock) -> Iterator[Line]:
    """Yield the line against a forward pass with masks for each coalition under `jax.vmap`."""
    network, x = random_network(SIZES, "sigmoid"), random_rows(ROWS, SIZES[0])
    t = np.random.default_rng(2).integers(0, 2, (ROWS, 1)).astype("float32")

    def ours() -> Any:
        return unit_game(network, x, "zero", "cross-entropy", targets=t).table

    yield clock.pair(
        "table of 2^20 coalitions",
        "masks under vmap",
        ours,
        masked_passes(network, x, t),
        # Each side is right to some 1e-6; a wrong coalition is off by 1e-3 and more.
        same=within(1e-5),
        asked=20.0,
        fewest=3,
    )


def masked_passes(network: Any, x: Any, t: Any) -> Any:
    """Return a function that runs the network under every mask, as it is usually written."""
    import jax
    import jax.numpy as jnp

    params = network.params()
    layers = [
        (jnp.asarray(w), jnp.asarray(b))
        for w, b in zip(params["weight"], params["bias"], strict=True)
    ]
    inputs, targets = jnp.asarray(x), jnp.asarray(t)
    places = jnp.arange(19, -1, -1)

    def loss(number: Any) -> Any:
        mask = ((number >> places) & 1).astype("float32")
        (w, b), (u, c), (v, d) = layers
        value = jax.nn.relu(inputs @ w.T + b) * mask[:10]
        value = jax.nn.relu(value @ u.T + c) * mask[10:]
        z = value @ v.T + d
        return jnp.mean(jax.nn.softplus(z) - targets * z)

    program = jax.jit(lambda: jax.lax.map(loss, jnp.arange(2**20), batch_size=BATCH))
    return lambda: np.asarray(program())


BATCH = 256  # coalitions at a time: what was quickest for the peer
