"""The gradient of the loss for every network of a population, written out for one hidden layer.

Two forms by hand. Where there are few rows and units, every row and unit is written out, so that
the whole step becomes a few loops over the networks, the axis that SIMD runs along. Where there
are many, the first layer of all networks is one matrix product with the rows last. For other depths
and activations `jax.grad` does it. The slope of the decay is added by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from toynets.forward import FUNCTIONS
from toynets.kernels.population_layout import Layout
from toynets.kernels.population_losses import OBJECTIVES

Gradient = Callable[[jax.Array], jax.Array]

# Rows times hidden units that are still written out one by one; compile time grows with them.
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


def written_out(
    layout: Layout,
    activation: str,
    loss: str,
    x: np.ndarray[Any, Any],
    t: np.ndarray[Any, Any],
) -> Gradient:
    """Return the gradient for one hidden layer and one output, every row written out.

    Args:
        layout: of the numbers.
        activation: of the hidden units: relu, tanh or sigmoid.
        loss: its name.
        x: all inputs, shape (rows, inputs); known when compiling, so that products with 0 and 1 go.
        t: all targets, shape (rows, 1).
    """
    inputs, hidden, _ = layout.sizes
    act, slope, d_loss = FUNCTIONS[activation], SLOPES[activation], OBJECTIVES[loss].slope

    def weighted(number: jax.Array, value: float) -> jax.Array:
        return number if value == 1 else number * x.dtype.type(value)

    def gradient(flat: jax.Array) -> jax.Array:
        (w, b), (v, c) = layout.split(flat)
        d, units = [], []
        for row, target in zip(x, t[:, 0], strict=True):
            pre = []
            for k in range(hidden):
                z = b[k]
                for i in range(inputs):
                    z = z if row[i] == 0 else z + weighted(w[k, i], row[i])
                pre.append(z)
            units.append([act(z) for z in pre])
            out = c[0]
            for k in range(hidden):
                out = out + v[0, k] * units[-1][k]
            d.append(d_loss(out, target, len(x)))
        zero = jnp.zeros_like(c[0])
        dw = [[zero] * inputs for _ in range(hidden)]
        db, dv = [zero] * hidden, [zero] * hidden
        for r, row in enumerate(x):
            for k in range(hidden):
                dv[k] = dv[k] + d[r] * units[r][k]
                back = d[r] * v[0, k] * slope(units[r][k])
                db[k] = db[k] + back
                for i in range(inputs):
                    if row[i] != 0:
                        dw[k][i] = dw[k][i] + weighted(back, row[i])
        dc = zero
        for r in range(len(x)):
            dc = dc + d[r]
        return jnp.stack([*(g for line in dw for g in line), *db, *dv, dc])

    return gradient


def product(
    layout: Layout,
    activation: str,
    loss: str,
    x: np.ndarray[Any, Any],
    t: np.ndarray[Any, Any],
) -> Gradient:
    """Return the gradient for one hidden layer, its first layer one product for all networks.

    Args:
        layout: of the numbers.
        activation: of the hidden units: relu, tanh or sigmoid.
        loss: its name.
        x: all inputs, shape (rows, inputs).
        t: all targets, shape (rows, outputs).
    """
    inputs, hidden, _ = layout.sizes
    act, slope, d_loss = FUNCTIONS[activation], SLOPES[activation], OBJECTIVES[loss].slope
    ones = np.ones((len(x), 1), x.dtype)
    extended = np.concatenate([x, ones], axis=1)  # the bias is the weight of an input that is 1

    def gradient(flat: jax.Array) -> jax.Array:
        (w, b), (v, c) = layout.split(flat)
        n, rows = flat.shape[-1], jnp.asarray(extended)
        first = jnp.moveaxis(jnp.concatenate([w, b[:, None]], axis=1), -1, 0)  # networks first
        z = _dot("ki,ri->kr", first.reshape(n * hidden, inputs + 1), rows)
        a = act(z.reshape(n, hidden, -1))
        y = _dot("nkr,okn->nor", a, v) + c.T[:, :, None]
        d = d_loss(y.transpose(2, 1, 0), jnp.asarray(t)[:, :, None], t.size).transpose(2, 1, 0)
        if v.shape[0] == 1:
            back = d * v[0].T[:, :, None] * slope(a)
        else:
            back = _dot("nor,okn->nkr", d, v) * slope(a)
        both = _dot("kr,ri->ki", back.reshape(n * hidden, -1), rows)
        both = jnp.moveaxis(both.reshape(n, hidden, inputs + 1), 0, -1)
        dv = _dot("nor,nkr->okn", d, a)
        dc = _dot("nor,rj->ojn", d, jnp.asarray(ones))[:, 0]
        found: jax.Array = layout.join([(both[:, :inputs], both[:, inputs]), (dv, dc)], jnp)
        return found

    return gradient


def automatic(
    layout: Layout,
    activations: tuple[str, ...],
    loss: str,
    x: np.ndarray[Any, Any],
    t: np.ndarray[Any, Any],
) -> Gradient:
    """Return the gradient of any depth: that of the sum of the losses, which do not mix."""

    def total(flat: jax.Array) -> jax.Array:
        z = pre_outputs(layout, activations, flat, jnp.asarray(x))
        return jnp.sum(OBJECTIVES[loss].value(z, jnp.asarray(t)[:, :, None]))

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
    value = _dot("oin,ri->ron", layers[0][0], x) + layers[0][1][None]
    for (w, b), name in zip(layers[1:], activations[:-1], strict=True):
        value = _dot("oin,rin->ron", w, FUNCTIONS[name](value)) + b[None]
    return value


def _dot(formula: str, a: Any, b: Any) -> jax.Array:
    found: jax.Array = jnp.einsum(formula, a, b, precision=jax.lax.Precision.HIGHEST)
    return found
