"""How many factors of a cross-entropy can be multiplied before a float32 overflows."""

from __future__ import annotations

from math import log

import numpy as np

from toynets.kernels.measures import Question
from toynets.kernels.preparing import Array, Prepared

# exp(88.7) is the largest float32. The room to 80 is for the rounding of this very bound.
ROOM = 80.0
Interval = tuple[Array, Array]


def group_size(question: Question, ready: Prepared, replaced: tuple[Array, ...]) -> int:
    """Return how many rows to multiply at a time: 8, 4, 2, 1, or 0 where even one overflows.

    A factor is 1 + exp z (sigmoid) or the sum of exp z over the K outputs (softmax, with centred
    logits), so with |z| <= M its log lies between -M and M + log max(2, K), and a product of G of
    them between exp(-G M) and exp(G (M + log max(2, K))). Half tables hold sums of some of the
    contributions: their exponents are at most 2 M.

    Args:
        question: a cross-entropy.
        ready: network and inputs.
        replaced: what takes the place of each unit, shape (units, 1), a layer each.
    """
    largest = largest_logit(question, ready, replaced)
    if not 2 * largest < ROOM:  # also where it is not a number
        return 0
    spread = log(max(2, len(ready.network.outputs)))
    return next((g for g in (8, 4, 2, 1) if g * (largest + spread) < ROOM), 0)


def largest_logit(question: Question, ready: Prepared, replaced: tuple[Array, ...]) -> float:
    """Return a bound of |z| over all coalitions and rows, by interval arithmetic in float64."""
    wide = [np.asarray(w, "float64") for w in ready.params["weight"]]
    biases = [np.asarray(b, "float64") for b in ready.params["bias"]]
    if question.output == "softmax":
        wide[-1] = wide[-1] - wide[-1].mean(axis=0)
        biases[-1] = biases[-1] - biases[-1].mean()
    x = ready.x.astype("float64")
    low, high = x, x
    with np.errstate(over="ignore", invalid="ignore"):
        for k, absent in enumerate(replaced):
            low, high = activated(ready.activations[k], _affine(wide[k], biases[k], low, high))
            gone = np.asarray(absent, "float64")
            low, high = np.minimum(low, gone), np.maximum(high, gone)
        low, high = _affine(wide[-1], biases[-1], low, high)
        return float(np.maximum(np.abs(low), np.abs(high)).max())


def _affine(weight: Array, bias: Array, low: Array, high: Array) -> Interval:
    plus, minus = np.maximum(weight, 0), np.minimum(weight, 0)
    shift = bias[:, None]
    return plus @ low + minus @ high + shift, plus @ high + minus @ low + shift


def activated(name: str, z: Interval) -> Interval:
    """Return the range of an activation over intervals of pre-activations.

    >>> low, high = activated("abs", (np.array([-3.0, 1.0]), np.array([2.0, 2.0])))
    >>> low.tolist(), high.tolist()
    ([0.0, 1.0], [3.0, 2.0])
    """
    low, high = z
    if name in ("abs", "square"):
        top = np.maximum(np.abs(low), np.abs(high))
        bottom = np.where((low <= 0) & (high >= 0), 0, np.minimum(np.abs(low), np.abs(high)))
        return (bottom, top) if name == "abs" else (bottom**2, top**2)
    return _rising(name, low), _rising(name, high)


def _rising(name: str, z: Array) -> Array:
    """Apply an activation that never decreases."""
    if name == "relu":
        return np.maximum(z, 0)
    if name == "step":
        return (z > 0).astype("float64")
    if name == "identity":
        return z
    bent: Array = np.tanh(z) if name == "tanh" else 0.5 * (1 + np.tanh(z / 2))
    return bent
