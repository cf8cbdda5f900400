"""Every single weight and bias, cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.measuring import Clock, Line, within
from benchmarks.networks import random_network, random_rows
from toynets.kernels import weight_ablations

WHAT = "all single-weight ablations of 16-32-32-10 and 64-128-128-10, mean cross-entropy"
# (sizes, inputs, forward passes at a time that were quickest for the peer, asked)
CASES = (((16, 32, 32, 10), 1024, 8, 8.0), ((64, 128, 128, 10), 256, 8, 12.0))


def measure(clock: Clock) -> Iterator[Line]:
    """Yield a line for each size, against one forward pass per ablation under `jax.vmap`."""
    for sizes, rows, batch, asked in CASES:
        network, x = random_network(sizes, "softmax"), random_rows(rows, sizes[0])
        classes = np.random.default_rng(2).integers(0, sizes[-1], rows)

        def ours(network: Any = network, x: Any = x, classes: Any = classes) -> Any:
            found = weight_ablations(network, x, "cut", value="cross-entropy", targets=classes)
            return found.values

        yield clock.pair(
            f"{len(network.numbers):,} numbers of {'-'.join(map(str, sizes))}, {rows:,} inputs",
            "forward passes under vmap",
            ours,
            forward_passes(network, x, classes, batch),
            # Each side is right to some 1e-6; a wrong ablation is off by 1e-3 and more.
            same=within(1e-4),
            asked=asked,
            fewest=3 if len(network.numbers) > 10_000 else 5,
        )


def forward_passes(network: Any, x: Any, classes: Any, batch: int) -> Any:
    """Return a function that runs the whole network once for each number set to 0."""
    import jax
    import jax.numpy as jnp
    from jax.flatten_util import ravel_pytree

    params = network.params()
    # In the order of `network.numbers`: of each unit its weights, then its bias.
    layers = [
        jnp.concatenate([jnp.asarray(w), jnp.asarray(b)[:, None]], axis=1)
        for w, b in zip(params["weight"], params["bias"], strict=True)
    ]
    flat, unravel = ravel_pytree(layers)
    inputs, targets = jnp.asarray(x), jnp.asarray(classes)

    def loss(at: Any) -> Any:
        value = inputs
        *hidden, last = unravel(flat.at[at].set(0))
        for both in hidden:
            value = jax.nn.relu(value @ both[:, :-1].T + both[:, -1])
        logits = value @ last[:, :-1].T + last[:, -1]
        chosen = jnp.take_along_axis(logits, targets[:, None], axis=1)[:, 0]
        return jnp.mean(jax.nn.logsumexp(logits, axis=1) - chosen)

    program = jax.jit(lambda: jax.lax.map(loss, jnp.arange(len(flat)), batch_size=batch))
    return lambda: np.asarray(program())
