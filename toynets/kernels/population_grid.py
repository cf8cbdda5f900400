"""The gradient for one layer of relu units on rows that make a grid, as those of a Boolean cube do.

Rows make a grid where they are every row of a first list beside every row of a second one: the 256
inputs of a parity of 8 bits are 16 halves beside 16 halves. A pre-activation is then A[p] + B[q],
the sum of what either half sends, so that an addition takes the place of a row of a matrix product;
and the slopes come from sums over q for each p, and over p for each q. Nothing as large as rows
times units is ever stored.

The numbers are taken in another order within, incoming weights by input and not by unit, so that
each of these sums is one loop along the networks; `order` says which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from toynets.kernels.population_losses import OBJECTIVES

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Grid:
    """Which grid the rows make.

    Attributes:
        cut: how many inputs the rows of the first list have; the second has the others.
        first: rows of the first list.
        second: rows of the second list.
    """

    cut: int
    first: int
    second: int


def grid_of(x: Array) -> Grid | None:
    """Return the grid that rows make, in whatever order they come; None where they make none.

    Of several grids the one of the shortest lists is chosen.

    Args:
        x: shape (rows, inputs).

    >>> grid_of(np.array([[0, 0], [1, 1], [1, 0], [0, 1]]))
    Grid(cut=1, first=2, second=2)
    >>> grid_of(np.array([[0, 0], [0, 1], [1, 0]])) is None
    True
    """
    if len(np.unique(x, axis=0)) < len(x):
        return None  # a row that is there twice weighs twice
    found = []
    for cut in range(1, x.shape[1]):
        first, second = len(np.unique(x[:, :cut], axis=0)), len(np.unique(x[:, cut:], axis=0))
        if first * second == len(x):
            found.append(Grid(cut, first, second))
    return min(found, key=lambda grid: grid.first + grid.second, default=None)


def arranged(grid: Grid, x: Array, t: Array) -> tuple[tuple[Array, Array], Array]:
    """Return rows and targets as `on_grid` takes them.

    Args:
        grid: as `grid_of` found it.
        x: shape (rows, inputs).
        t: shape (rows, 1).

    Returns:
        The two lists, of shapes (first, 1 + cut) with an input that is 1 in front, for the bias,
        and (second, inputs - cut); and the targets, of shape (first, second, 1).

    >>> rows, targets = np.array([[1, 0], [0, 1], [0, 0], [1, 1]]), np.array([[7], [8], [9], [6]])
    >>> (first, second), t = arranged(Grid(1, 2, 2), rows, targets)
    >>> first.tolist(), second.tolist(), t[:, :, 0].tolist()
    ([[1, 0], [1, 1]], [[0], [1]], [[9, 8], [7, 6]])
    """
    first, p = np.unique(x[:, : grid.cut], axis=0, return_inverse=True)
    second, q = np.unique(x[:, grid.cut :], axis=0, return_inverse=True)
    placed = np.zeros((grid.first, grid.second, 1), t.dtype)
    placed[p.ravel(), q.ravel()] = t
    return (np.concatenate([np.ones((len(first), 1), x.dtype), first], axis=1), second), placed


def order(inputs: int, hidden: int) -> Array:
    """Return where each number of this form stands in a `Layout`: biases, weights by input, rest.

    >>> order(2, 2).tolist()
    [4, 5, 0, 2, 1, 3, 6, 7, 8]
    """
    weights = np.arange(inputs * hidden).reshape(hidden, inputs)
    biases = inputs * hidden + np.arange(hidden)
    rest = (inputs + 1) * hidden + np.arange(hidden + 1)
    return np.concatenate([biases, weights.T.ravel(), rest])


def on_grid(inputs: int, hidden: int, loss: str) -> Callable[..., jax.Array]:
    """Return the gradient for one layer of relu units and one output, on rows that make a grid.

    Args:
        inputs: how many.
        hidden: units.
        loss: its name.

    Returns:
        (numbers, the two lists, targets) -> slopes, the numbers and slopes in `order`, the others
        as `arranged` gives them.
    """
    d_loss = OBJECTIVES[loss].slope

    def gradient(flat: jax.Array, x: tuple[jax.Array, jax.Array], t: jax.Array) -> jax.Array:
        first, second = x
        size, cut, zero = (inputs + 1) * hidden, first.shape[1], jnp.zeros((), flat.dtype)
        w = flat[:size].reshape(inputs + 1, hidden, -1)  # the bias first
        v, c = flat[size : size + hidden], flat[size + hidden]
        # Axes: rows of a list (one or both), hidden units, networks.
        a = _sum(first.T, w[:cut])
        b = _sum(second.T, w[cut:])
        z = a[:, None] + b[None]
        y = c[None, None] + jnp.sum(v[None, None] * jnp.maximum(z, zero), axis=2)
        d = d_loss(y, t, t.size)
        # A unit is on where a > -b. The two sums are of the same terms, but written apart: what
        # they share would be stored, and to read it back takes longer than to make it twice.
        on, on_turned = a[:, None] > -b[None], -b[:, None] < a[None]
        of_first = jnp.sum(jnp.where(on, d[:, :, None], zero), axis=1)
        turned = jnp.swapaxes(d, 0, 1)
        of_second = jnp.sum(jnp.where(on_turned, turned[:, :, None], zero), axis=1)
        both = jnp.concatenate([_sum(first, of_first), _sum(second, of_second)])
        # A relu unit is homogeneous: its output weight times the slope in that weight is the sum
        # of its incoming numbers times their slopes.
        dv = jnp.sum(both * w, axis=0)
        dc = jnp.sum(d, axis=(0, 1))
        slopes = (both * v[None]).reshape(size, -1)
        return jnp.concatenate([slopes, dv, dc[None]])

    return gradient


def _sum(numbers: jax.Array, values: jax.Array) -> jax.Array:
    """Return sums over k of numbers[k, i] * values[k], shape (i, hidden, networks).

    Written as a sum, not as a product of matrices: it becomes a loop of its own.
    """
    found: jax.Array = jnp.sum(numbers[:, :, None, None] * values[:, None], axis=0)
    return found
