"""The gradient of the loss for every network of a population, written out for one hidden layer.

Two forms by hand. Where there are few rows and units, every sum is written out, so that the whole
step becomes a few loops over the networks, the axis that SIMD runs along. Where there are many, the
first layer of all networks is one matrix product with the rows last. For other depths and
activations `jax.grad` does it. The slope of the decay is added by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from toynets.forward import FUNCTIONS
from toynets.kernels.population_layout import Layout
from toynets.kernels.population_losses import OBJECTIVES

# (numbers, inputs, targets) -> slopes. The rows are arguments, not constants: a compiler treats
# constants differently from one number of devices to another, and then rounds differently.
Gradient = Callable[..., jax.Array]

# Rows times hidden units whose sums are still written out; compile time grows with them.
WRITTEN_OUT = 64

# The derivative of an activation in terms of its value, with the convention of `forward` at kinks.
SLOPES: dict[str, Callable[[jax.Array], jax.Array]] = {
    "relu": lambda a: (a > 0).astype(a.dtype),
    "tanh": lambda a: 1 - a * a,
    "sigmoid": lambda a: a * (1 - a),
}


def form_of(sizes: tuple[int, ...], activations: tuple[str, ...], rows: int) -> str:
    """Return which form a network takes: `written out`, `product` or `automatic`.

    >>> form_of((2, 2, 1), ("tanh", "identity"), 4), form_of((2, 2, 2, 1), ("relu",) * 3, 4)
    ('written out', 'automatic')
    """
    if len(sizes) != 3 or activations[0] not in SLOPES:
        return "automatic"
    small = rows * sizes[1] <= WRITTEN_OUT and sizes[2] == 1 and activations[1] != "softmax"
    return "written out" if small else "product"


def written_out(layout: Layout, activation: str, loss: str) -> Gradient:
    """Return the gradient for one hidden layer and one output, every row written out.

    Args:
        layout: of the numbers.
        activation: of the hidden units: relu, tanh or sigmoid.
        loss: its name.
    """
    inputs, hidden, _ = layout.sizes
    act, slope, d_loss = FUNCTIONS[activation], SLOPES[activation], OBJECTIVES[loss].slope

    def gradient(flat: jax.Array, x: jax.Array, t: jax.Array) -> jax.Array:
        (w, b), (v, c) = layout.split(flat)
        # Axes: rows, hidden units, networks. Sums are written out term by term, so that each line
        # is one loop; a reduction over a leading axis would run against the memory.
        z = b[None]
        for i in range(inputs):
            z = z + x[:, i][:, None, None] * w[None, :, i]
        a = act(z)
        y = c
        for k in range(hidden):
            y = y + v[:, k] * a[:, k]
        d = d_loss(y, t, t.size)
        back = d[:, None] * v * slope(a)
        dw, db, dv, dc = jnp.zeros_like(w), jnp.zeros_like(b), jnp.zeros_like(v[0]), 0 * c[0]
        for r in range(x.shape[0]):
            dw = dw + x[r][None, :, None] * back[r][:, None]
            db = db + back[r]
            dv = dv + d[r][None] * a[r]
            dc = dc + d[r]
        found: jax.Array = layout.join([(dw, db), (dv[None], dc[None])], jnp)
        return found

    return gradient


def product(layout: Layout, activation: str, loss: str) -> Gradient:
    """Return the gradient for one hidden layer, its first layer one product for all networks.

    Args:
        layout: of the numbers.
        activation: of the hidden units: relu, tanh or sigmoid.
        loss: its name.
    """
    inputs, hidden, _ = layout.sizes
    act, slope, d_loss = FUNCTIONS[activation], SLOPES[activation], OBJECTIVES[loss].slope

    def gradient(flat: jax.Array, x: jax.Array, t: jax.Array) -> jax.Array:
        (w, b), (v, c) = layout.split(flat)
        n, ones = flat.shape[-1], jnp.ones((x.shape[0], 1), x.dtype)
        rows = jnp.concatenate([x, ones], axis=1)  # the bias is the weight of an input that is 1
        first = jnp.moveaxis(jnp.concatenate([w, b[:, None]], axis=1), -1, 0)  # networks first
        z = _dot("ki,ri->kr", first.reshape(n * hidden, inputs + 1), rows)
        a = act(z.reshape(n, hidden, -1))
        y = _dot("nkr,okn->nor", a, v) + c.T[:, :, None]
        d = d_loss(y, t.T[None], t.size)  # the outputs are the second axis here as well
        if activation == "relu" and v.shape[0] == 1:
            # A relu unit is homogeneous: its output weight times the slope in that weight is the
            # sum of its incoming numbers times their slopes. So one product gives both.
            alive = jnp.where(a > 0, d, jnp.zeros_like(d))
            both = _incoming(alive, rows)
            dv = jnp.sum(both * jnp.moveaxis(first, 0, -1), axis=1)[None]
            both = both * v[0][:, None]
        else:
            both = _incoming(_dot("nor,okn->nkr", d, v) * slope(a), rows)
            dv = _dot("nor,nkr->okn", d, a)
        dc = _dot("nor,rj->ojn", d, ones)[:, 0]
        found: jax.Array = layout.join([(both[:, :inputs], both[:, inputs]), (dv, dc)], jnp)
        return found

    return gradient


def _incoming(back: jax.Array, rows: jax.Array) -> jax.Array:
    """Return the slopes of the incoming numbers, shape (units, inputs + 1, networks)."""
    n, hidden, _ = back.shape
    slopes = _dot("kr,ri->ki", back.reshape(n * hidden, -1), rows)
    return jnp.moveaxis(slopes.reshape(n, hidden, -1), 0, -1)


def automatic(layout: Layout, activations: tuple[str, ...], loss: str) -> Gradient:
    """Return the gradient of any depth: that of the sum of the losses, which do not mix."""

    def total(flat: jax.Array, x: jax.Array, t: jax.Array) -> jax.Array:
        z = pre_outputs(layout, activations, flat, x)
        return jnp.sum(OBJECTIVES[loss].value(z, t[:, :, None]))

    return jax.grad(total)


def pre_outputs(
    layout: Layout, activations: tuple[str, ...], flat: jax.Array, x: jax.Array
) -> jax.Array:
    """Return the pre-activations of the outputs of all networks, shape (rows, outputs, networks).

    Args:
        layout: of the numbers.
        activations: of each layer, the output's last.
        flat: shape (parameters, networks).
        x: shape (rows, inputs).
    """
    layers = layout.split(flat)
    value: jax.Array = _dot("oin,ri->ron", layers[0][0], x) + layers[0][1][None]
    for (w, b), name in zip(layers[1:], activations[:-1], strict=True):
        value = _dot("oin,rin->ron", w, FUNCTIONS[name](value)) + b[None]
    return value


def _dot(formula: str, a: Any, b: Any) -> jax.Array:
    found: jax.Array = jnp.einsum(formula, a, b, precision=jax.lax.Precision.HIGHEST)
    return found
