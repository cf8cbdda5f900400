"""The numbers that a population starts from: member k is the same in every population."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from toynets.errors import ToynetsError, unknown
from toynets.kernels.population_layout import Layout

# Networks drawn at a time, whatever the number asked for, so that one compilation serves them all.
BLOCK = 512
INITS = ("he-normal", "glorot-normal", "uniform")


def draw(key: jax.Array, *, sizes: tuple[int, ...], init: str, bound: float) -> jax.Array:
    """Draw one network's numbers, flat, float32; the same draw as one training makes.

    Args:
        key: of this network alone.
        sizes: inputs, units of each hidden layer, outputs.
        init: `he-normal` (variance 2/in) or `glorot-normal` (2/(in + out)), biases 0; or `uniform`
            in [-bound, bound], biases too.
        bound: for `uniform`.
    """
    keys = jax.random.split(key, 2 * (len(sizes) - 1))
    layers = []
    for k, (before, after) in enumerate(pairwise(sizes)):
        if init == "uniform":
            some = partial(jax.random.uniform, dtype=jnp.float32, minval=-bound, maxval=bound)
            layers.append((some(keys[2 * k], (after, before)), some(keys[2 * k + 1], (after,))))
            continue
        variance = 2 / before if init == "he-normal" else 2 / (before + after)
        normal = jax.random.normal(keys[2 * k], (after, before), jnp.float32)
        layers.append((normal * np.float32(variance**0.5), jnp.zeros(after, jnp.float32)))
    flat: jax.Array = Layout(sizes).join(layers, jnp)
    return flat


@partial(jax.jit, static_argnames=("sizes", "init", "bound"))
def _draw_all(seed: jax.Array, members: jax.Array, **how: Any) -> jax.Array:
    key = jax.random.key(seed)
    return jax.vmap(lambda k: draw(jax.random.fold_in(key, k), **how), out_axes=1)(members)


def start_population(
    sizes: Sequence[int],
    count: int,
    *,
    seed: int = 0,
    init: str = "he-normal",
    bound: float = 0.0,
    first: int = 0,
) -> np.ndarray[Any, Any]:
    """Draw the numbers of `count` networks; network k depends on the seed and on k alone.

    Args:
        sizes: inputs, units of each hidden layer, outputs.
        count: how many networks.
        seed: from 0 to below 2^32.
        init: a name of `INITS`, as in a training's recipe.
        bound: for the init `uniform`.
        first: number of the first network: members `first` to `first + count - 1`.

    Returns:
        float32, shape (parameters, count).

    Raises:
        ToynetsError: no networks, a seed out of range, an unknown init, no bound where one is due.

    >>> some = start_population((2, 2, 1), 5, seed=7)
    >>> bool((some[:, 3:] == start_population((2, 2, 1), 2, seed=7, first=3)).all())
    True
    """
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ToynetsError(f"a population has at least 1 network, but got count={count!r}.")
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 2**32:
        raise ToynetsError(f"a seed is a whole number from 0 to below 2^32, but got {seed!r}.")
    if init not in INITS:
        raise ToynetsError(unknown("init", str(init), "", INITS))
    if init == "uniform" and not bound > 0:
        raise ToynetsError(f"the init uniform needs a positive bound, but got {bound!r}.")
    how: dict[str, Any] = {"sizes": tuple(sizes), "init": init, "bound": float(bound)}
    blocks = [
        np.asarray(_draw_all(np.uint32(seed), np.arange(k, k + BLOCK, dtype=np.uint32), **how))
        for k in range(first, first + count, BLOCK)
    ]
    return np.concatenate(blocks, axis=1)[:, :count]
