"""The table of all 2^n coalitions of hidden units, streaming: never coalitions times inputs.

The players of the last hidden layer, or as many of them as fit into a block, are handled by one of
the ways of `coalition_ways`; a coalition of all other players is a state, and the forward pass of
each state is run as it is. Rows come in small groups, so that everything stays in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp

from toynets.forward import FUNCTIONS
from toynets.kernels.batched import affine, along, product
from toynets.kernels.blocks import block_digits, digits, over_blocks
from toynets.kernels.coalition_guard import group_size
from toynets.kernels.coalition_ways import Gram, Group, Halves, Plain, Products
from toynets.kernels.compiling import compiled
from toynets.kernels.measures import Goal, Question
from toynets.kernels.preparing import Array, Prepared

INNER_DIGITS = 12  # units of the last layer that are handled in halves
LONG_HALF = 6  # digits of the second half at least: it is the minor axis, and fills the vectors

Way = Plain | Halves | Products | Gram


@dataclass(frozen=True)
class Layout:
    """How the digits of a coalition are divided; from left to right.

    Attributes:
        blocks: digits that number the blocks.
        states: digits of a block's states.
        first: digits of the first half.
        second: digits of the second half.
    """

    blocks: int
    states: int
    first: int
    second: int

    @property
    def outer(self) -> int:
        """Players that are not in the halves."""
        return self.blocks + self.states


def layout_of(players: int, last: int) -> Layout:
    """Divide the digits.

    Args:
        players: hidden units.
        last: how many of them are in the last hidden layer.

    >>> layout_of(20, 10)
    Layout(blocks=7, states=3, first=4, second=6)
    """
    inside = block_digits(players)
    inner = min(last, inside, INNER_DIGITS)
    second = min(inner, max(LONG_HALF, (inner + 1) // 2))
    return Layout(players - inside, inside - inner, inner - second, second)


def way_for(question: Question, ready: Prepared, replaced: tuple[Array, ...], lay: Layout) -> Way:
    """Choose how a table is summed over rows.

    Args:
        question: what is asked.
        ready: network and inputs.
        replaced: what takes the place of each unit, shape (units, 1), a layer each.
        lay: how the digits are divided.
    """
    out = len(ready.network.outputs)
    if question.value == "cross-entropy":
        rows = group_size(question, ready, replaced)
        return Products(question.output == "softmax", out, rows) if rows else Plain(question)
    if question.linear and question.value == "mean output":
        return Halves()
    if question.linear and question.value == "squared error":
        return Gram(lay.first, lay.second, out)
    return Plain(question)


def unit_table(
    params: Any,
    x: Any,
    replaced: tuple[Any, ...],
    goal: Goal,
    way: Way,
    question: Question,
    activations: tuple[str, ...],
    mesh: Any,
) -> Any:
    """Return the sum over rows of the value of every coalition, in float64.

    Shape (blocks, states, first half, second half, …), as `over_blocks` pads it: to cut it here
    would make the devices exchange parts.
    """
    sizes = [c.shape[0] for c in replaced]
    lay = layout_of(sum(sizes), sizes[-1])
    blocks = 2**lay.blocks
    arguments = (params, x, replaced, goal)

    def block(number: Any, *arguments: Any) -> Any:
        return _block(number, *arguments, way=way, lay=lay, question=question, acts=activations)

    return over_blocks(block, blocks, mesh, arguments)


def _block(
    number: Any,
    params: Any,
    x: Any,
    replaced: tuple[Any, ...],
    goal: Goal,
    *,
    way: Way,
    lay: Layout,
    question: Question,
    acts: tuple[str, ...],
) -> Any:
    """Return one block: shape (states, 2^first, 2^second, …)."""
    states = 2**lay.states
    members = digits(number * states + jnp.arange(states), lay.outer)  # (outer players, states)
    out = params["bias"][-1].shape[0]
    weight, bias = _last_layer(params, question)

    def add(total: Any, cut: tuple[Any, Any]) -> Any:
        x, target = cut
        group = _group(
            (*params["weight"][:-1], weight),
            (*params["bias"][:-1], bias),
            x[:, :, None],
            replaced,
            members,
            lay,
            acts,
            goal._replace(target=target),
        )
        return way.add(total, group)

    rows = x.shape[1]
    whole = rows - rows % way.rows
    total = way.zero(states, 2**lay.first, 2**lay.second, out)
    if whole:
        cuts: Any = tuple(
            jnp.moveaxis(a[:, :whole].reshape(a.shape[0], -1, way.rows), 1, 0)
            for a in (x, goal.target)
        )
        total, _ = jax.lax.scan(lambda total, cut: (add(total, cut), None), total, cuts)
    if whole != rows:
        total = add(total, (x[:, whole:], goal.target[:, whole:]))
    return way.table(total)


def _last_layer(params: Any, question: Question) -> tuple[Any, Any]:
    """Return weight and bias of the last layer, centred over the outputs where only that counts.

    Decisions are read off the logits themselves, where a tie is a tie to the last bit.
    """
    weight, bias = params["weight"][-1], params["bias"][-1]
    if question.output != "softmax" or question.decision:
        return weight, bias
    return weight - jnp.mean(weight, axis=0)[None], bias - jnp.mean(bias)


def _group(
    weights: tuple[Any, ...],
    biases: tuple[Any, ...],
    x: Any,
    replaced: tuple[Any, ...],
    members: Any,
    lay: Layout,
    acts: tuple[str, ...],
    goal: Goal,
) -> Group:
    """Run the states on a group of rows; x has shape (in, rows, 1)."""
    params = {"weight": weights, "bias": biases}
    value, start = x, 0
    for k, absent in enumerate(replaced[:-1]):
        natural = FUNCTIONS[acts[k]](affine(params, k, value))
        present = members[start : start + absent.shape[0]][:, None, :]
        value = jnp.where(present, natural, absent[:, :, None])
        start += absent.shape[0]
    last, absent = len(replaced) - 1, replaced[-1]
    natural = FUNCTIONS[acts[last]](affine(params, last, value))
    # The outer players of the last layer are part of the state, the others make the halves.
    outer = absent.shape[0] - lay.first - lay.second
    present = members[start:][:, None, :]
    mixed = jnp.where(present, natural[:outer], absent[:outer, :, None])
    weight, bias = weights[-1], biases[-1]
    base = along(bias, 3)
    if outer < absent.shape[0]:
        base = base + product(weight[:, outer:], absent[outer:, :, None])
    if outer:
        base = base + product(weight[:, :outer], mixed)
    rows, states = x.shape[1], members.shape[1]
    middle = outer + lay.first
    difference = natural - absent[:, :, None]
    return Group(
        jnp.broadcast_to(base, (base.shape[0], rows, states)),
        weight[:, outer:middle],
        weight[:, middle:],
        difference[outer:middle],
        difference[middle:],
        goal,
    )


table_program = compiled(unit_table, static=("way", "question", "activations", "mesh"))
