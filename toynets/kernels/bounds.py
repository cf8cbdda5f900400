"""How far a kernel can be from the exact number: a bound from the magnitudes, not a tolerance.

Every sum that a kernel forms, in whatever order and with or without fused multiply-add, obeys

    |computed - exact| <= gamma(k) · (sum of the magnitudes of its terms),
    gamma(k) = k u / (1 - k u),

where k counts the roundings that a term passes through and u is 2^-24 (float32) or 2^-53 (N. J.
Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, 2002, section 3.1). The rest is
how errors pass through a layer. Let a unit's activation, under any intervention, be at most A in
magnitude and off by at most E. A pre-activation is, in the kernels, some part of the sum

    z = b + Σ w_j c_j + Σ m_j w_j (h_j - c_j)

with h the activation, c what takes its place, m = 0 or 1 whether it is present. In exact arithmetic
only one of h_j and c_j is left for each j, so the inherited error is at most Σ |w_j| E_j. The terms
have magnitudes |b|, |w_j| A_j and at most 2 |w_j| A_j, each computed from values off by E_j, and
each passes through at most 2 n + 1 additions and 4 more operations for n parents. So

    |z error| <= Σ |w_j| E_j + gamma(2 n + 5) (|b| + 3 Σ |w_j| (A_j + E_j)).

Cutting or flipping one weight takes w_j a_j or 2 w_j a_j from the sum: within the factor 3.
Products below 2^-126 may be flushed to 0: one such number is added for each operation.

An activation f with slope at most L passes the error on times L; tanh, sigmoid, exp and log are
not correctly rounded, and are taken to be right to `ULPS` u (a test holds the compiler to that).
Magnitudes are maxima over the rows, so one bound holds for all rows and all interventions.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np

from toynets.errors import ToynetsError
from toynets.kernels.measures import DECIDED
from toynets.kernels.preparing import Array, prepared, read_targets

ULPS = 16
SAFE = 1.0 + 2.0**-20  # the bound itself is computed in float64, with a few hundred roundings


@dataclass(frozen=True, eq=False)
class Reach:
    """How large the outputs can be, and how far off; each of shape (out,), float64.

    Attributes:
        pre: magnitude of the pre-activations (under softmax, of the centred ones).
        pre_error: how far off they can be.
        output: magnitude of the outputs.
        output_error: how far off they can be.
    """

    pre: Array
    pre_error: Array
    output: Array
    output_error: Array


def gamma(count: float, unit: float) -> float:
    """Return k u / (1 - k u).

    >>> gamma(1, 2.0**-24) > 2.0**-24
    True
    """
    product = count * unit
    if product >= 1:
        raise ToynetsError("too many roundings for a bound in this dtype.", fix="use float64.")
    return product / (1 - product)


def reach(network: Any, inputs: Any, *, also: Any = None, constants: Any = None) -> Reach:
    """Return bounds that hold for every row and every intervention that the kernels make.

    Args:
        network: any `Network`.
        inputs: shape (rows, in), or a `Domain`.
        also: a further input that takes part: the source of a patch, or a baseline.
        constants: for the kind `set`, a number by unit.

    >>> from toynets.network import Network
    >>> tiny = Network.from_layers([([[1, 1]], [0], "identity")])
    >>> float(reach(tiny, [[1, 2]]).output_error[0]) < 1e-4
    True
    """
    ready = prepared(network, inputs)
    unit = float(np.finfo(network.dtype).eps) / 2
    tiny = float(np.finfo(network.dtype).tiny)
    x = np.abs(ready.x.astype("float64"))
    if also is not None:
        x = np.concatenate([x, np.abs(prepared(network, np.array([also])).x)], axis=1)
    size, error = x.max(axis=1), np.zeros(len(x))
    last = len(network.layers) - 1
    for k, layer in enumerate(network.layers):
        weight = np.abs(np.array(layer.weight))
        bias = np.abs(np.array(layer.bias or [0.0] * len(layer.units)))
        steps = 2 * weight.shape[1] + 5
        terms = bias + 3 * weight @ (size + error)
        pre = bias + weight @ size
        pre_error = weight @ error + gamma(steps, unit) * terms + 3 * steps * tiny
        if k == last:
            break
        # A mean over rows is as far off as its values, and rounded once more.
        pre_error = pre_error + 2 * unit * pre
        size, error = _activated(layer.activation, pre, pre_error, unit)
        given = [abs(float((constants or {}).get(u, 0))) for u in layer.units]
        size = np.maximum(size, given)
        error = error + 2 * unit * size
    kind = network.layers[-1].activation
    if kind == "softmax":
        # Taking the mean away, from the logits or from the weights: K + 3 roundings more.
        rounding = gamma(len(pre) + steps + 3, unit) * (terms + terms.mean())
        pre, pre_error = pre + pre.mean(), pre_error + pre_error.mean() + rounding
        return Reach(pre, pre_error * SAFE, pre, pre_error * SAFE)
    output, output_error = _activated(kind, pre, pre_error, unit)
    return Reach(pre, pre_error * SAFE, output, output_error * SAFE)


def _activated(name: str, pre: Array, error: Array, unit: float) -> tuple[Array, Array]:
    """Return magnitude and error after an activation."""
    most = pre + error
    if name in ("identity", "relu", "abs"):  # slope 1 at most, and no rounding
        return pre, error
    if name == "square":
        return pre**2, (2 * pre + error) * error + 2 * unit * most**2
    if name == "step":  # anything may happen near the jump
        return np.ones_like(pre), np.ones_like(pre)
    slope = {"tanh": 1.0, "sigmoid": 0.25}[name]
    return np.ones_like(pre), np.minimum(slope * error + ULPS * unit, 1.0)


def value_bound(
    network: Any,
    inputs: Any,
    value: str,
    *,
    targets: Any = None,
    also: Any = None,
    constants: Any = None,
) -> Array:
    """Return how far a kernel's value can be from the exact one: float64, shape (out,) or ().

    With e the error of an output or logit, M its magnitude, N rows, K outputs:

    - output and mean output: e;
    - squared error: |(y - t)^2 - (y' - t)^2| <= 2 (M + |t|) e + e^2, and 3 roundings of each term;
    - cross-entropy, sigmoid: log(1 + exp z) - t z has slope at most max(|t|, |1 - t|) <= 1, so e;
      softmax: log sum exp z - Σ t z has slopes that sum to at most 2 in magnitude, so 2 max e. The
      factors of a product are off by 2 ULPS u and K + 3 roundings each, of which the log of the
      product keeps the sum; the log itself is right to ULPS u of its value, at most M + log K + 1
      a row; Σ t z has K + 6 roundings of at most 2 M.

    To each comes a rounding for the sum of two rows, gamma(N + 8) of float64 for the sum of all,
    and one rounding of the result.

    Args:
        network: any `Network`.
        inputs: as for `reach`, and so `also` and `constants`.
        value: a name of `VALUES`, without accuracy and agreement.
        targets: as for `unit_ablations`.

    Raises:
        ToynetsError: accuracy or agreement, which jump: they are exact where every margin is larger
            than the error of an output, and mean nothing else.
    """
    if value in DECIDED:
        raise ToynetsError(
            f"{value} has no error bound: it jumps where a decision changes.",
            fix="compare the margins with reach(…).output_error.",
        )
    found = reach(network, inputs, also=also, constants=constants)
    ready = prepared(network, inputs)
    unit = float(np.finfo(network.dtype).eps) / 2
    means = 2 * unit + gamma(ready.rows + 8, 2.0**-53)
    if value in ("output", "mean output"):
        return found.output_error + means * (found.output + found.output_error)
    aims = np.abs(read_targets(targets, network, ready.rows).astype("float64")).max(axis=1)
    if value == "squared error":
        gap, e = found.output + aims, found.output_error
        terms = (gap + e) ** 2
        # The quadratic form sums squares of partial sums, each at most 3 times as large.
        inside = gamma(ready.rows * len(aims) + 2 * len(network.hidden) + 20, 2.0**-53)
        error = (2 * gap + e) * e + gamma(4 + len(aims), unit) * terms + 9 * inside * terms
        return np.asarray(error.mean() + means * terms.mean()) * SAFE
    outputs = len(aims)
    m = float((found.pre + found.pre_error).max())
    spread = m + log(max(2, outputs)) + 1
    rounding = (
        2 * ULPS * unit
        + gamma(outputs + 3, unit)
        + ULPS * unit * spread
        + 2 * m * gamma(outputs + 6, unit)
    )
    passed = 2 * found.pre_error.max() if network.layers[-1].activation == "softmax" else None
    inherited = found.pre_error.mean() if passed is None else passed
    size = spread + m * max(1.0, float(aims.sum()))
    return np.asarray(inherited + 2 * rounding + means * size) * SAFE


def shares_bound(index: str, players: int, largest: float, table_error: float = 0.0) -> float:
    """Return how far a Shapley or Banzhaf value, dividend or interaction can be off.

    Each is Σ coefficient · v(S), with v less v(nobody), off by `table_error` at most. A term goes
    through n foldings and 10 further roundings at most (of the weight, the products, the last
    sums), so the rounding is gamma(n + 10) of float64 times the sum of the magnitudes, which is
    `largest` times the sum of the coefficients as the kernel forms them. The inherited error is
    `table_error` times the sum of the coefficients of the definition.

    Args:
        index: as in `Shares.index`.
        players: how many.
        largest: the largest magnitude of v(S) - v(nobody).
        table_error: how far each number of the table can be off.
    """
    n = players
    harmonic = sum(1 / k for k in range(1, n + 1))
    inherited, formed = {
        # Σ w(|S|) is 1 over the coalitions without i, and H_n over all but everybody.
        "Shapley value": (2.0, 1 + 2 * harmonic),
        "Banzhaf value": (2.0, 4.0),
        "Harsanyi dividend": (2.0**n, 2.0**n),
        # Formed from sums over both, over each alone and over all, whose coefficients sum to at
        # most 1 + 2 H_n + n, H_n + n (twice) and n.
        "Shapley interaction": (4.0, 1 + 4 * harmonic + 4 * n),
    }[index]
    rounding = gamma(n + 10, 2.0**-53) * formed * (largest + 2 * table_error)
    return (inherited * table_error + rounding) * SAFE
