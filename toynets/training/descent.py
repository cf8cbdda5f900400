"""Gradient descent on all rows at once: one jitted scan, for one network or for a population."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from toynets.forward import logits
from toynets.training.losses import LOSSES
from toynets.training.recipes import schedule

Params = dict[str, tuple[jax.Array, ...]]
# The layers without bias, from 1, and whether the second weights are the first, transposed.
Limits = tuple[tuple[int, ...], bool]

# Steps of one compiled piece. All pieces have this length, so that one compilation serves every
# number of steps; the last is filled up with steps of learning rate 0, which change nothing.
PIECE = 1000


def start(seed: int, sizes: tuple[int, ...], recipe: Mapping[str, Any]) -> Params:
    """Draw the numbers that a training starts from.

    Args:
        seed: of the draw.
        sizes: inputs, units of each hidden layer, outputs.
        recipe: its `init` and `bound`.

    Returns:
        {"weight": (W1, …), "bias": (b1, …)}, W of shape (out, in), b of shape (out,), float32.

    >>> start(0, (2, 2, 1), {"init": "he-normal"})["weight"][1].shape
    (1, 2)
    """
    weights, biases = [], []
    keys = jax.random.split(jax.random.key(seed), 2 * (len(sizes) - 1))
    for k, (before, after) in enumerate(pairwise(sizes)):
        if recipe["init"] == "uniform":
            low, high = -recipe["bound"], recipe["bound"]
            draw = partial(jax.random.uniform, dtype=jnp.float32, minval=low, maxval=high)
            weights.append(draw(keys[2 * k], (after, before)))
            biases.append(draw(keys[2 * k + 1], (after,)))
        else:
            variance = 2 / before if recipe["init"] == "he-normal" else 2 / (before + after)
            normal = jax.random.normal(keys[2 * k], (after, before), jnp.float32)
            weights.append(normal * np.float32(variance**0.5))
            biases.append(jnp.zeros(after, jnp.float32))
    return {"weight": tuple(weights), "bias": tuple(biases)}


def restrained(params: Params, limits: Limits) -> Params:
    """Return the numbers as a recipe restrains them: some biases 0, the second weights tied.

    >>> made = restrained({"weight": (jnp.ones((1, 2)), jnp.zeros((2, 1))), "bias": (jnp.ones(1),
    ...     jnp.ones(2))}, ((1,), True))
    >>> made["weight"][1].tolist(), [b.tolist() for b in made["bias"]]
    ([[1.0], [1.0]], [[0.0], [1.0, 1.0]])
    """
    unbiased, tied = limits
    weights = params["weight"]
    if tied:
        weights = (weights[0], jnp.swapaxes(weights[0], -1, -2))
    biases = tuple(
        jnp.zeros_like(b) if k in unbiased else b for k, b in enumerate(params["bias"], start=1)
    )
    return {"weight": weights, "bias": biases}


def _optimiser(name: str, momentum: float) -> optax.GradientTransformation:
    if name == "adam":
        return optax.scale_by_adam()
    return optax.trace(decay=momentum) if name == "momentum" else optax.identity()


def _piece(
    params: Params,
    state: Any,
    rates: tuple[jax.Array, jax.Array],
    x: jax.Array,
    t: jax.Array,
    *,
    activations: tuple[str, ...],
    loss: str,
    optimiser: tuple[str, float],
    limits: Limits,
) -> tuple[Params, Any, jax.Array]:
    rule = _optimiser(*optimiser)

    def penalised(params: Params, decay: jax.Array) -> tuple[jax.Array, jax.Array]:
        used = restrained(params, limits)
        z = jax.vmap(lambda row: logits(used, activations, row))(x)
        value = LOSSES[loss].of(z, t)
        if limits[1]:  # a tied number counts once
            used = {**used, "weight": used["weight"][:1]}
        squares = sum((jnp.sum(p * p) for p in jax.tree.leaves(used)), jnp.float32(0))
        return value + decay * squares, value

    def step(carry: tuple[Params, Any], now: tuple[jax.Array, jax.Array]) -> Any:
        params, state = carry
        rate, decay = now
        slope, value = jax.grad(penalised, has_aux=True)(params, decay)
        with jax.numpy_dtype_promotion("standard"):  # optax raises a float to an integer's power
            direction, state = rule.update(slope, state, params)
        params = jax.tree.map(lambda p, d: p - rate * d, params, direction)
        return (params, state), value

    (params, state), curve = jax.lax.scan(step, (params, state), rates)
    return params, state, curve


_STATIC = ("activations", "loss", "optimiser", "limits")
_one = jax.jit(_piece, static_argnames=_STATIC)


@partial(jax.jit, static_argnames=_STATIC)
def _many(params: Params, state: Any, rates: Any, x: Any, t: Any, **static: Any) -> Any:
    def one(params: Params, state: Any) -> Any:
        return _piece(params, state, rates, x, t, **static)

    return jax.vmap(one)(params, state)


def descend(
    params: Params,
    recipe: Mapping[str, Any],
    x: np.ndarray[Any, Any],
    t: np.ndarray[Any, Any],
    *,
    activations: tuple[str, ...],
    loss: str,
    population: bool = False,
    advance: Callable[[int], None] = lambda steps: None,
) -> Iterator[tuple[Params, np.ndarray[Any, Any]]]:
    """Yield, piece by piece, the numbers reached and the losses on the way.

    Args:
        params: where to start; with a leading axis of networks for a population.
        recipe: optimiser and phases; which biases are left out and which weights are tied.
        x: all inputs, float32, shape (rows, inputs).
        t: all targets, float32, shape (rows, outputs).
        activations: of each layer, the output's last.
        loss: its name.
        population: whether the leading axis is one of networks.
        advance: called with the number of steps done, after each piece.

    Yields:
        The numbers after the piece, and the loss without the decay before each of its steps,
        shape (steps,), or (networks, steps) for a population.
    """
    optimiser = (recipe["optimiser"], float(recipe.get("momentum", 0.0)))
    limits = (tuple(recipe.get("unbiased", ())), bool(recipe.get("tied", False)))
    rule = _optimiser(*optimiser)
    state = jax.vmap(rule.init)(params) if population else rule.init(params)
    rates = np.array(list(schedule(recipe)), np.float32)
    run = _many if population else _one
    for at in range(0, len(rates), PIECE):
        part = rates[at : at + PIECE]
        full = np.zeros((PIECE, 2), np.float32)
        full[: len(part)] = part
        pair = (jnp.asarray(full[:, 0]), jnp.asarray(full[:, 1]))
        params, state, curve = run(
            params,
            state,
            pair,
            x,
            t,
            activations=activations,
            loss=loss,
            optimiser=optimiser,
            limits=limits,
        )
        advance(len(part))
        yield restrained(params, limits), np.asarray(curve)[..., : len(part)]
