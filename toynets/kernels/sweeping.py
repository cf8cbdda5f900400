"""Every single ablation, and every pair, from one clean pass.

Removing one unit, or changing one number, leaves everything before it as it is, and changes the
next layer's pre-activations by a rank-1 term: the column of weights out of that unit, times the
change of its activation. So a case costs one column, one activation, and the layers after that. In
the layer before the outputs nothing is left to multiply; a weight of the last layer changes one
logit alone. The layout is (units, cases, rows): weights times everything else is one product.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from toynets.forward import FUNCTIONS
from toynets.kernels.batched import Clean, along, clean_pass, in_row_blocks, onwards
from toynets.kernels.compiling import compiled
from toynets.kernels.measures import (
    WRITTEN_OUT,
    Goal,
    Question,
    log_sum_exp,
    outputs_of,
    per_row,
    wide_sum,
)

# Cases in one step, so that (units, cases, rows) stays in the cache.
CASES_AT_A_TIME = 32


def worth(question: Question, z: Any, goal: Goal) -> Any:
    """Return the value of each case, summed over rows; for `output` row by row.

    Args:
        question: what is asked.
        z: pre-activations of the output layer, shape (out, cases, rows).
        goal: shape (out, rows).

    Returns:
        Shape (cases,); for `mean output` (cases, out), both float64; for `output` (cases, out,
        rows).
    """
    if question.value == "output":
        return jnp.moveaxis(outputs_of(question.output, z), 0, 1)
    found = wide_sum(per_row(question, z, goal.target[:, None, :], goal.threshold))
    return found.T if question.value == "mean output" else found


def after(params: Any, activations: tuple[str, ...], clean: Clean, layer: int, change: Any) -> Any:
    """Return the logits after changes of activations of one layer.

    Args:
        params: of the network.
        activations: of its layers.
        clean: what the layer after `layer` has without the change.
        layer: of the units that change, counted from 0.
        change: of one unit in each case: (column of its outgoing weights, change of activation),
            of shapes (next, cases or 1) and (cases, rows).

    Returns:
        Shape (out, cases, rows).
    """
    column, delta = change
    z = clean.pre[layer + 1][:, None, :] + column[:, :, None] * delta[None]
    return onwards(params, activations, layer + 1, z)


def all_units(
    params: Any,
    clean: Clean,
    replaced: tuple[Any, ...],
    goal: Goal,
    question: Question,
    activations: tuple[str, ...],
) -> Any:
    """Return the value of each single unit's ablation, unit by unit: shape (units, …)."""
    found = []
    for k, old in enumerate(clean.activation):
        columns = params["weight"][k + 1].T

        def some(cut: Any, k: int = k) -> Any:
            column, delta = cut
            z = after(params, activations, clean, k, (column.T, delta))
            return worth(question, z, goal)

        found.append(in_chunks(some, (columns, replaced[k] - old)))
    return jnp.concatenate(found)


def in_chunks(function: Any, arrays: Any) -> Any:
    """Apply a function to chunks of cases along axis 0; results are put together along axis 0."""
    cases = jax.tree.leaves(arrays)[0].shape[0]
    if cases <= CASES_AT_A_TIME:
        return function(arrays)
    whole = cases - cases % CASES_AT_A_TIME
    head = jax.tree.map(
        lambda a: a[:whole].reshape(-1, CASES_AT_A_TIME, *a.shape[1:]), arrays
    )
    found = jax.lax.map(function, head)
    found = found.reshape(-1, *found.shape[2:])
    if whole == cases:
        return found
    return jnp.concatenate([found, function(jax.tree.map(lambda a: a[whole:], arrays))])


def sweep_units(
    params: Any,
    x: Any,
    replaced: tuple[Any, ...],
    goal: Goal,
    question: Question,
    activations: tuple[str, ...],
) -> Any:
    """Return `all_units` over blocks of rows; `replaced` has shape (units, rows or 1)."""

    def block(cut: Any) -> Any:
        x, replaced, goal = cut
        clean = clean_pass(params, x, activations)
        return all_units(params, clean, replaced, goal, question, activations)

    return in_row_blocks(block, (x, *_spread(x, replaced, goal)), _join(question))


def _spread(x: Any, replaced: tuple[Any, ...], goal: Goal) -> tuple[Any, Goal]:
    """Give every array the rows of x as its last axis."""
    rows = x.shape[-1]
    wide = tuple(jnp.broadcast_to(c, (c.shape[0], rows)) for c in replaced)
    return wide, goal._replace(threshold=jnp.broadcast_to(goal.threshold, (rows,)))


def _join(question: Question) -> str:
    return "rows" if question.value == "output" else "sum"


def sweep_draws(
    params: Any,
    x: Any,
    sources: tuple[Any, ...],
    goal: Goal,
    question: Question,
    activations: tuple[str, ...],
    pairs: bool = False,
) -> Any:
    """Return the sweep for draws 1 to rows - 1 of `resample`: shape (draws, units, …)."""
    rows = x.shape[-1]
    sweep = sweep_pairs if pairs else sweep_units

    def draw(shift: Any) -> Any:
        at = (jnp.arange(rows) + shift) % rows
        moved = tuple(jnp.take(a, at, axis=-1) for a in sources)
        return sweep(params, x, moved, goal, question, activations)

    return jax.lax.map(draw, jnp.arange(1, rows))


def sweep_pairs(
    params: Any,
    x: Any,
    replaced: tuple[Any, ...],
    goal: Goal,
    question: Question,
    activations: tuple[str, ...],
) -> Any:
    """Return the value for every ordered pair whose second unit is in the same or a later layer.

    For each unit in turn the network without it is the clean one, and `all_units` removes the
    second. A list by layer of the first unit, each of shape (its units, units from that layer on,
    …): the caller takes the pairs that it wants.
    """

    def block(cut: Any) -> Any:
        x, replaced, goal = cut
        clean = clean_pass(params, x, activations)
        found = []
        for k, old in enumerate(clean.activation):

            def first(one: Any, k: int = k) -> Any:
                column, delta = one
                without = _without(params, activations, clean, k, column, delta)
                return all_units(params, without, replaced, goal, question, activations, k)

            found.append(jax.lax.map(first, (params["weight"][k + 1].T, replaced[k] - old)))
        return tuple(found)

    return in_row_blocks(block, (x, *_spread(x, replaced, goal)), _join(question))
