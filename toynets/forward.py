"""The forward pass of one example in JAX: clean, ablated and patched runs are one function.

Written to be read, and pure, so that `jit`, `vmap` and `grad` apply. `toynets.exact` does the same
over the rationals, and shares no arithmetic with this file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

Params = Mapping[str, Any]


def _step(z: jax.Array) -> jax.Array:
    return (z > 0).astype(z.dtype)


def _centre(z: jax.Array) -> jax.Array:
    return z - jnp.mean(z)


# Layer by layer: shape (out,) to (out,). At a kink the derivative is a convention, as
# `toynets.activations` states it: relu, abs and step have derivative 0 at 0. For step it is 0
# everywhere, so no gradient passes it.
FUNCTIONS: dict[str, Callable[[jax.Array], jax.Array]] = {
    "identity": lambda z: z,
    "relu": jax.nn.relu,  # not jnp.maximum(z, 0): that has derivative 1/2 at 0
    "tanh": jnp.tanh,
    "sigmoid": jax.nn.sigmoid,
    "step": _step,
    "abs": lambda z: z * jnp.sign(z),  # not jnp.abs: its derivative at 0 is 1 in some versions
    "square": jnp.square,
    "softmax": _centre,  # the value of a softmax output is its centred logit, everywhere
}


class Replace(NamedTuple):
    """Which entries of one array are replaced, and by what.

    Attributes:
        mask: bool; False keeps the entry.
        value: of the network's dtype and the same shape; not read where the mask is False.
    """

    mask: Any
    value: Any

    def into(self, natural: jax.Array) -> jax.Array:
        """Return the array with the masked entries replaced."""
        return jnp.where(self.mask, self.value, natural)


class Edits(NamedTuple):
    """Everything that an intervention replaces on the way through one network.

    All interventions on one network have the same shapes, so one compiled program serves them all;
    the clean run is the one in which every mask is False (`no_edits`). Changed weights and biases
    are not in here: they are other `params`.

    Attributes:
        inputs: shape (in,).
        pre: a layer each, shape (out,).
        activation: a layer each, shape (out,).
        path: a layer each, shape (out, in): what one edge carries to its target alone.
    """

    inputs: Replace
    pre: tuple[Replace, ...]
    activation: tuple[Replace, ...]
    path: tuple[Replace, ...]


class Pass(NamedTuple):
    """Every value of one forward pass.

    Attributes:
        inputs: shape (in,), after replacement.
        pre: pre-activations, a layer each, shape (out,).
        activation: activations, a layer each, shape (out,); at a softmax output the centred logits.
    """

    inputs: jax.Array
    pre: tuple[jax.Array, ...]
    activation: tuple[jax.Array, ...]


def no_edits(sizes: Sequence[int], dtype: str = "float32") -> Edits:
    """Return the empty intervention as NumPy arrays, which the caller may fill in.

    Args:
        sizes: inputs, units of each hidden layer, outputs.
        dtype: of the network.

    >>> edits = no_edits((2, 3, 1))
    >>> edits.inputs.mask.shape, edits.pre[0].mask.shape, edits.path[0].mask.shape
    ((2,), (3,), (3, 2))
    """

    def nothing(*shape: int) -> Replace:
        return Replace(np.zeros(shape, bool), np.zeros(shape, dtype))

    layers = list(pairwise(sizes))
    return Edits(
        inputs=nothing(sizes[0]),
        pre=tuple(nothing(out) for _, out in layers),
        activation=tuple(nothing(out) for _, out in layers),
        path=tuple(nothing(out, parents) for parents, out in layers),
    )


def _gather(weight: jax.Array, parents: jax.Array, path: Replace | None) -> jax.Array:
    """Return the weighted sum of what the edges carry, shape (out,).

    A patched edge is taken out of the sum and put back with the value that it carries. With no
    patched edge this adds zeros, which leaves every bit as it is; adding a difference to the whole
    sum would not be as accurate where the terms cancel.
    """
    if path is None:
        return jnp.matmul(weight, parents, precision=jax.lax.Precision.HIGHEST)
    nothing = jnp.zeros_like(weight)
    kept = jnp.where(path.mask, nothing, weight)
    carried = jnp.where(path.mask, weight * path.value, nothing)
    return jnp.matmul(kept, parents, precision=jax.lax.Precision.HIGHEST) + jnp.sum(carried, axis=1)


def forward_pass(
    params: Params, activations: Sequence[str], x: jax.Array, edits: Edits | None = None
) -> Pass:
    """Run one example, layer by layer; the one place where interventions are applied.

    Args:
        params: as `Network.params` returns them: W of shape (out, in), b of shape (out,).
        activations: the name of each layer's activation.
        x: shape (in,), of the network's dtype.
        edits: what is replaced; None is the clean run, with the same numbers as `no_edits`.

    >>> params = {"weight": (np.array([[1, -2]], "float32"),), "bias": (np.zeros(1, "float32"),)}
    >>> run = forward_pass(params, ["relu"], np.array([3, 2], "float32"))
    >>> run.pre[0].tolist(), run.activation[0].tolist()
    ([-1.0], [0.0])
    """
    value = inputs = x if edits is None else edits.inputs.into(x)
    pre, activation = [], []
    for k, name in enumerate(activations):
        path = None if edits is None else edits.path[k]
        value = _gather(params["weight"][k], value, path) + params["bias"][k]
        if edits is not None:
            value = edits.pre[k].into(value)
        pre.append(value)
        value = FUNCTIONS[name](value)
        if edits is not None:
            value = edits.activation[k].into(value)
        activation.append(value)
    return Pass(inputs, tuple(pre), tuple(activation))


def logits(params: Params, activations: Sequence[str], x: jax.Array) -> jax.Array:
    """Return the pre-activations of the last layer, shape (out,): what a loss starts from.

    One example; for a batch of shape (cases, in) put it under `jax.vmap`.

    >>> params = {"weight": (np.eye(2, dtype="float32"),), "bias": (np.zeros(2, "float32"),)}
    >>> rows = np.array([[1, 2], [3, 5]], "float32")
    >>> jax.vmap(lambda row: logits(params, ["softmax"], row))(rows).tolist()
    [[1.0, 2.0], [3.0, 5.0]]
    """
    return forward_pass(params, activations, x).pre[-1]


def outputs(params: Params, activations: Sequence[str], x: jax.Array) -> jax.Array:
    """Return the activations of the last layer, shape (out,); centred logits under softmax.

    >>> params = {"weight": (np.eye(2, dtype="float32"),), "bias": (np.zeros(2, "float32"),)}
    >>> outputs(params, ["softmax"], np.array([1, 2], "float32")).tolist()
    [-0.5, 0.5]
    """
    return forward_pass(params, activations, x).activation[-1]


@partial(jax.jit, static_argnames="activations")
def compiled_pass(params: Params, activations: tuple[str, ...], x: jax.Array, edits: Edits) -> Pass:
    """Run `forward_pass` compiled: once for each shape, tuple of activations and dtype."""
    return forward_pass(params, activations, x, edits)


def evaluate(
    params: Params, activations: tuple[str, ...], x: np.ndarray[Any, Any], edits: Edits
) -> Pass:
    """Return the pass of one example as NumPy arrays of the dtype of `x`.

    Args:
        params: NumPy arrays of the dtype of `x`; the rest as for `forward_pass`.

    >>> params = {"weight": (np.array([[0.1]]),), "bias": (np.zeros(1),)}
    >>> evaluate(params, ("identity",), np.array([1.0]), no_edits((1, 1), "float64")).pre[0].item()
    0.1
    """
    with precision_of(str(x.dtype)):
        found: Pass = jax.device_get(compiled_pass(params, activations, x, edits))
    return found


def precision_of(dtype: str) -> AbstractContextManager[Any]:
    """Return a context in which arrays of a dtype keep it; JAX's own setting is left alone.

    Outside of such a context JAX turns float64 arrays into float32 without a word.

    >>> with precision_of("float64"):
    ...     jnp.zeros(1, "float64").dtype
    dtype('float64')
    """
    if dtype != "float64":
        return nullcontext()
    home: Any = jax
    if not hasattr(jax, "enable_x64"):
        from jax import experimental as home  # where older versions of JAX keep it
    found: AbstractContextManager[Any] = home.enable_x64(True)
    return found
