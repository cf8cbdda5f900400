"""Coalitions of edges, inputs or units by plain masks: a forward pass for each coalition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from toynets.forward import FUNCTIONS
from toynets.kernels.batched import affine, clean_pass
from toynets.kernels.blocks import block_digits, digits, over_blocks
from toynets.kernels.compiling import compiled
from toynets.kernels.measures import Goal, Question, outputs_of, per_row, wide_sum
from toynets.kernels.preparing import Array

CACHED = 2**19  # numbers that the states of a block may have in one layer


@dataclass(frozen=True)
class Masked:
    """Which players the numbers of a network belong to.

    Attributes:
        players: how many.
        kind: of the ablation of an absent edge, `cut` or `flip`; "" where inputs are absent.
    """

    players: int
    kind: str = ""


def masked_block_digits(players: int, rows: int, widest: int) -> int:
    """Return how many digits vary within a block, so that its values stay in the cache.

    >>> masked_block_digits(10, 100, 8)
    6
    """
    fitting = max(0, (CACHED // max(1, rows * widest)).bit_length() - 1)
    return block_digits(players, fitting)


def masked_table(
    params: Any,
    x: Any,
    places: Any,
    absent: Any,
    goal: Goal,
    game: Masked,
    question: Question,
    activations: tuple[str, ...],
    mesh: Any,
) -> Any:
    """Return the sum over rows of the value of every coalition: float64, (blocks, states, …).

    Args:
        params: of the network.
        x: shape (in, rows).
        places: the player that each number belongs to, counted from 0, or `game.players` for
            none: for edges {"weight": …, "bias": …} of the shapes of `params`, for inputs an array
            of shape (in,).
        absent: for inputs, the baseline of shape (in, 1); for edges not read.
        goal: what outcomes are held against.
        game: who plays.
        question: what is asked; `output` gives outputs of shape (2^n, out, rows).
        activations: of the layers.
        mesh: of devices.
    """
    widest = max(b.shape[0] for b in params["bias"])
    inside = masked_block_digits(game.players, x.shape[1], widest)
    blocks = 2 ** (game.players - inside)

    def block(number: Any, params: Any, x: Any, places: Any, absent: Any, goal: Goal) -> Any:
        def one(here: Any) -> Any:
            # A last digit that is always 1 stands for the numbers that no player has.
            here = jnp.concatenate([here, jnp.ones(1, bool)])
            if game.kind:
                edited = jax.tree.map(lambda v, at: _edited(v, here[at], game.kind), params, places)
                z = clean_pass(edited, x, activations).pre[-1]
            else:
                mixed = jnp.where(here[places][:, None], x, absent)
                z = clean_pass(params, mixed, activations).pre[-1]
            value = per_row(question, z, goal.target, goal.threshold)
            return value if question.value == "output" else wide_sum(value)

        states = 2**inside
        members = digits(number * states + jnp.arange(states), game.players)
        return jax.vmap(one, in_axes=1)(members)

    return over_blocks(block, blocks, mesh, (params, x, places, absent, goal))


def _edited(value: Any, present: Any, kind: str) -> Any:
    gone = jnp.zeros((), value.dtype) if kind == "cut" else -value
    return jnp.where(present, value, gone)


def unit_outputs(
    params: Any, x: Any, replaced: tuple[Any, ...], members: Any, activations: tuple[str, ...]
) -> Any:
    """Return the outputs of some coalitions of hidden units on every row.

    Args:
        params: of the network.
        x: shape (in, rows).
        replaced: what takes the place of each unit, shape (units, 1), a layer each.
        members: shape (players, coalitions), True where present.
        activations: of the layers.

    Returns:
        Shape (out, rows, coalitions).
    """
    value, start = x[:, :, None], 0
    for k, absent in enumerate(replaced):
        natural = FUNCTIONS[activations[k]](affine(params, k, value))
        present = members[start : start + absent.shape[0]][:, None, :]
        value = jnp.where(present, natural, absent[:, :, None])
        start += absent.shape[0]
    return outputs_of(activations[-1], affine(params, len(replaced), value))


masked_program = compiled(masked_table, static=("game", "question", "activations", "mesh"))
outputs_program = compiled(unit_outputs, static=("activations",))


def edge_places(
    network: Any, players: Mapping[str, int], count: int
) -> dict[str, tuple[Array, ...]]:
    """Return for every weight and bias the player that it belongs to, or `count` for none."""
    weights, biases = [], []
    for parents, layer in network.with_parents():
        weights.append(
            np.array([[players.get(f"{p}->{u}", count) for p in parents] for u in layer.units])
        )
        biases.append(np.array([players.get(f"{u}.bias", count) for u in layer.units]))
    return {"weight": tuple(weights), "bias": tuple(biases)}
