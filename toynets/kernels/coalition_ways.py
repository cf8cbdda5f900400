"""How a table of coalitions of last-layer units is summed over rows, one way for each structure.

The pre-activations of the outputs are a sum of contributions, so for a coalition of units a and b
they are z = A[a] + B[b], two half tables. What follows from that depends on the value function:

- cross-entropy: exp z = exp A · exp B, so that no exp is left in the table, and the sum over rows
  of log(1 + exp z) is the log of a product: one log for several rows (`Products`);
- mean of linear outputs: the sum over rows goes into the half tables (`Halves`);
- squared error of linear outputs: quadratic in the mask, so its Gram matrix is all that the rows
  are needed for (`Gram`);
- anything else: row by row (`Plain`).

Each way has the same three methods. Shapes: s states (coalitions of the other players), a and b
coalitions of each half, r rows of one group, `out` outputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from toynets.kernels.blocks import all_masks
from toynets.kernels.measures import HIGHEST, Goal, Question, per_row, wide_sum


class Group(NamedTuple):
    """What is known of a group of rows.

    Attributes:
        base: z without any unit of the halves, shape (out, r, s).
        first: contribution weights of the first half, shape (out, units of the half).
        second: of the second half.
        d_first: activation minus replacement of the first half, shape (units, r, s or 1).
        d_second: of the second half.
        goal: shape (out, r).
    """

    base: Any
    first: Any
    second: Any
    d_first: Any
    d_second: Any
    goal: Goal


def half(weights: Any, difference: Any) -> Any:
    """Return the sums of contributions of every coalition of a half: shape (r, out, s, 2^units).

    >>> one = jnp.ones((1, 1, 1))
    >>> half(jnp.array([[2.0, 3.0]]), jnp.concatenate([one, one])).ravel().tolist()
    [0.0, 3.0, 2.0, 5.0]
    """
    out, units = weights.shape
    rows, states = difference.shape[1:]
    if not units:  # arrays of no numbers: jaxlib 0.11.2 crashes on them, compiling for 8 devices
        return jnp.zeros((rows, out, states, 1), weights.dtype)
    masks = jnp.asarray(all_masks(units, weights.dtype))
    mixed = (masks[:, None, :] * weights[None]).reshape(2**units * out, units)
    flat = jnp.matmul(mixed, difference.reshape(units, rows * states), precision=HIGHEST)
    return jnp.transpose(flat.reshape(2**units, out, rows, states), (2, 1, 3, 0))


def halves(group: Group) -> tuple[Any, Any]:
    """Return A of shape (r, out, s, a) with the base, and B of shape (r, out, s or 1, b)."""
    base = jnp.transpose(group.base, (1, 0, 2))[..., None]
    return base + half(group.first, group.d_first), half(group.second, group.d_second)


@dataclass(frozen=True)
class Plain:
    """Row by row: z of each coalition, then the value function."""

    question: Question
    rows: int = 8

    def zero(self, states: int, a: int, b: int, out: int) -> Any:
        """Return the empty sum."""
        outputs = (out,) if self.question.value == "mean output" else ()
        return jnp.zeros((*outputs, states, a, b), jnp.float64)

    def add(self, total: Any, group: Group) -> Any:
        """Add a group of rows."""
        first, second = halves(group)
        for r in range(first.shape[0]):
            z = first[r][..., None] + second[r][:, :, None, :]
            target = group.goal.target[:, r][:, None, None, None]
            value = per_row(self.question, z, target, group.goal.threshold)
            total = total + value.astype(jnp.float64)
        return total

    def table(self, total: Any) -> Any:
        """Return the sum over rows, shape (s, a, b) or (s, a, b, out)."""
        return jnp.moveaxis(total, 0, -1) if total.ndim == 4 else total


@dataclass(frozen=True)
class Halves:
    """The mean of linear outputs: a sum over rows of each half table."""

    rows: int = 32

    def zero(self, states: int, a: int, b: int, out: int) -> Any:
        """Return the empty sums."""
        return jnp.zeros((out, states, a), jnp.float64), jnp.zeros((out, states, b), jnp.float64)

    def add(self, total: Any, group: Group) -> Any:
        """Add a group of rows."""
        return tuple(t + wide_sum(h, axis=0) for t, h in zip(total, halves(group), strict=True))

    def table(self, total: Any) -> Any:
        """Return the sum over rows, shape (s, a, b, out)."""
        return jnp.moveaxis(total[0][..., None] + total[1][:, :, None, :], 0, -1)


@dataclass(frozen=True)
class Products:
    """Cross-entropy: products of exponentials.

    `rows` factors are multiplied before one log is taken, so each must be small enough for the
    product to stay within float32; `coalition_guard` chooses the number.

    Attributes:
        softmax: else sigmoid.
        outputs: how many; under sigmoid the mean is over them.
        rows: how many factors: 1, 2, 4 or 8.
    """

    softmax: bool
    outputs: int
    rows: int

    def zero(self, states: int, a: int, b: int, out: int) -> Any:
        """Return the empty sums: of logs, and of what is linear in z, for each half."""
        wide = jnp.float64
        return (
            jnp.zeros((states, a, b), wide),
            jnp.zeros((states, a), wide),
            jnp.zeros((states, b), wide),
        )

    def add(self, total: Any, group: Group) -> Any:
        """Add a group of rows."""
        logs, linear_first, linear_second = total
        first, second = halves(group)
        target = group.goal.target.T[:, :, None, None]
        linear_first = linear_first + wide_sum(target * first, axis=(0, 1))
        linear_second = linear_second + wide_sum(target * second, axis=(0, 1))
        e_first, e_second = jnp.exp(first), jnp.exp(second)
        count, out = first.shape[:2]
        # Under sigmoid each output has a factor of its own, so fewer rows make a group.
        for start in range(0, count, self.rows):
            for batch in self._batches(start, min(start + self.rows, count), out):
                factors = [self._factor(e_first[r], e_second[r], k) for r, k in batch]
                logs = logs + jnp.log(reduce(jnp.multiply, factors)).astype(jnp.float64)
        return logs, linear_first, linear_second

    def _batches(self, start: int, stop: int, out: int) -> list[list[tuple[int, int]]]:
        """Return the (row, output) of the factors of each product; output -1: all in one factor."""
        if self.softmax:
            return [[(r, -1) for r in range(start, stop)]]
        return [[(r, k) for r in range(start, stop)] for k in range(out)]

    def _factor(self, first: Any, second: Any, k: int) -> Any:
        if k >= 0:
            return 1 + first[k][..., None] * second[k][:, None, :]
        total = first[0][..., None] * second[0][:, None, :]
        for j in range(1, first.shape[0]):
            total = total + first[j][..., None] * second[j][:, None, :]
        return total

    def table(self, total: Any) -> Any:
        """Return the sum over rows, shape (s, a, b)."""
        logs, linear_first, linear_second = total
        found = logs - linear_first[..., None] - linear_second[:, None, :]
        return found if self.softmax else found / self.outputs


@dataclass(frozen=True)
class Gram:
    """Squared error of linear outputs: |e0 + sum of contributions|^2 is quadratic in the mask.

    Attributes:
        first: units of the first half.
        second: of the second.
        outputs: over which the mean is.
        rows: of a group.
    """

    first: int
    second: int
    outputs: int
    rows: int = 64

    def zero(self, states: int, a: int, b: int, out: int) -> Any:
        """Return the empty Gram matrix of (error without the units, each contribution)."""
        size = 1 + self.first + self.second
        return jnp.zeros((states, size, size), jnp.float64)

    def add(self, total: Any, group: Group) -> Any:
        """Add a group of rows."""
        states, wide = group.base.shape[2], jnp.float64

        def vectors(weights: Any, difference: Any) -> Any:
            """Contribution of each unit, as (s, units, out r)."""
            units, rows, own = difference.shape
            spread = weights.T[:, :, None, None].astype(wide) * difference[:, None].astype(wide)
            flat = jnp.moveaxis(spread, 3, 0).reshape(own, units, len(weights) * rows)
            return jnp.broadcast_to(flat, (states, *flat.shape[1:]))

        error = group.base.astype(wide) - group.goal.target[:, :, None].astype(wide)
        error = jnp.moveaxis(error, 2, 0).reshape(states, 1, -1)
        parts = ((group.first, group.d_first), (group.second, group.d_second))
        # A half without units is left out: see `half`.
        there = [vectors(weights, gap) for weights, gap in parts if weights.shape[1]]
        every = jnp.concatenate([error, *there], axis=1)
        return total + jnp.matmul(every, jnp.swapaxes(every, 1, 2), precision=HIGHEST)

    def table(self, total: Any) -> Any:
        """Return the sum over rows, shape (s, a, b)."""
        return quadratic(total, self.first, self.second) / self.outputs


def quadratic(gram: Any, first: int, second: int) -> Any:
    """Return m' G m for every mask m = (1, mask of the first half, mask of the second half).

    Args:
        gram: shape (s, 1 + first + second, the same).
        first: units of the first half.
        second: units of the second half.

    Returns:
        Shape (s, 2^first, 2^second).

    >>> gram = jnp.array([[[1.0, 2.0, 0.0], [2.0, 5.0, 3.0], [0.0, 3.0, 4.0]]])
    >>> quadratic(gram, 1, 1)[0].tolist()
    [[1.0, 5.0], [10.0, 20.0]]
    """
    cut = 1 + first
    masks = all_masks(first, gram.dtype)
    left = jnp.asarray(np.concatenate([np.ones((2**first, 1), masks.dtype), masks], axis=1))
    right = jnp.asarray(all_masks(second, gram.dtype))

    def through(masks: Any, matrix: Any) -> Any:
        return jnp.matmul(masks[None], matrix, precision=HIGHEST)

    of_first = jnp.sum(through(left, gram[:, :cut, :cut]) * left[None], axis=2)
    if not second:  # see `half`
        return of_first[:, :, None]
    of_second = jnp.sum(through(right, gram[:, cut:, cut:]) * right[None], axis=2)
    cross = jnp.matmul(through(left, gram[:, :cut, cut:]), right.T[None], precision=HIGHEST)
    return of_first[:, :, None] + of_second[:, None, :] + 2 * cross
