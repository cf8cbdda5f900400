"""A network in float64: values and gradients of many inputs at once, written out by hand.

Scores are compared by rank, so 15 digits are enough; what ablation really does is exact and comes
from `toynets.exact`. Only which side of a kink a sum lies on must not be left to rounding: one that
float64 cannot tell from 0, such as 1/10 + 2/10 - 3/10, is 0. Arrays have the inputs of a batch
first: shape (rows, units).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown

if TYPE_CHECKING:
    from toynets.network import Network

Array = Any  # numpy.ndarray; NumPy is imported inside functions, because start-up time is measured

KINKED = ("relu", "abs", "step")
ROUNDING = 2.0**-52  # of one operation, with some room
NEARLY = 1e-9  # beside the largest that could be: only sums so near 0 are looked at more closely


@dataclass(eq=False)
class Pass:
    """The values of a batch.

    Attributes:
        act: per layer, the inputs first, shape (rows, size).
        pre: per layer without the inputs, shape (rows, size).
        weights: the matrices that were used.
    """

    act: list[Array]
    pre: list[Array]
    weights: Sequence[Array]


def apply(name: str, z: Array) -> Array:
    """Return the activation of an array; softmax gives the logits minus their mean."""
    import numpy as np

    if name == "relu":
        return np.maximum(z, 0.0)
    if name == "tanh":
        return np.tanh(z)
    if name == "sigmoid":
        small = np.exp(-np.abs(z))  # never overflows, and keeps the digits of values near 0
        return np.where(z < 0, small, 1.0) / (1.0 + small)
    if name == "step":
        return (z > 0).astype(z.dtype)
    if name == "abs":
        return np.abs(z)
    if name == "square":
        return z * z
    return z - z.mean(axis=1, keepdims=True) if name == "softmax" else z


def slope(name: str, z: Array) -> Array:
    """Return the derivative unit by unit; at a kink it is 0, as `toynets.activations` says."""
    import numpy as np

    if name == "relu":
        return (z > 0).astype(z.dtype)
    if name in ("tanh", "sigmoid"):
        h = apply(name, z)
        return 1.0 - h * h if name == "tanh" else h * (1.0 - h)
    if name == "step":
        return np.zeros_like(z)
    if name == "abs":
        return np.sign(z)
    return 2.0 * z if name == "square" else np.ones_like(z)


def _reach(values: Array, weights: Array, biases: Array) -> float:
    """Return a number that no pre-activation of a layer is larger than."""
    return float(abs(values).max() * abs(weights).sum(axis=1).max() + abs(biases).max())


class Floats:
    """One network, prepared for batches.

    Attributes:
        weights: per layer, shape (out, in), 0 where an edge is absent.
        biases: per layer, shape (out,).
        activations: per layer.
        place: name of an input or unit -> (layer, index); the inputs are layer 0.
    """

    def __init__(self, network: Network) -> None:
        import numpy as np

        self.network = network
        # The stored numbers, not params(): every float32 is a float64, so nothing is rounded.
        self.weights = [np.array(la.weight, np.float64) for la in network.layers]
        self.biases = [
            np.zeros(len(la.units)) if la.bias is None else np.array(la.bias, np.float64)
            for la in network.layers
        ]
        self.activations = [la.activation for la in network.layers]
        bent = [k for k, name in enumerate(self.activations) if name in KINKED]
        self._last_bent = bent[-1] if bent else -1
        groups = [network.inputs, *(la.units for la in network.layers)]
        self.place = {n: (k, i) for k, names in enumerate(groups) for i, n in enumerate(names)}

    def run(
        self,
        x: Array,
        *,
        replaced: Mapping[str, Any] | None = None,
        edited: Mapping[str, float] | None = None,
    ) -> Pass:
        """Return the values of a batch.

        Args:
            x: shape (rows, inputs).
            replaced: name of an input or unit -> what stands in its place, a number or shape
                (rows,).
            edited: address of a weight or bias -> its value.
        """
        import numpy as np

        weights, biases = self._edited(edited or {})
        values = [x.copy()]
        pres: list[Array] = []
        fixed: dict[int, list[tuple[int, Any]]] = {}
        for name, value in (replaced or {}).items():
            layer, i = self.place[name]
            fixed.setdefault(layer, []).append((i, value))
        for i, value in fixed.get(0, ()):
            values[0][:, i] = value
        for k, name in enumerate(self.activations):
            z = values[-1] @ weights[k].T + biases[k]
            if k <= self._last_bent:
                size = abs(z)
                small = (z != 0) & (size <= NEARLY * _reach(values[-1], weights[k], biases[k]))
                if small.any():
                    z = np.where(size <= self._rounding(values, pres, weights, biases), 0.0, z)
            h = apply(name, z)
            for i, value in fixed.get(k + 1, ()):
                h[:, i] = value
            pres.append(z)
            values.append(h)
        return Pass(values, pres, weights)

    def _rounding(
        self,
        values: Sequence[Array],
        pres: Sequence[Array],
        weights: Sequence[Array],
        biases: Sequence[Array],
    ) -> Array:
        """Return how far rounding may have moved the next pre-activations, shape (rows, units)."""
        off = 8 * ROUNDING * abs(values[0])  # read as a float, or a mean of such
        for k, act in enumerate(values):
            size = abs(weights[k]).T
            whole = abs(act) @ size + abs(biases[k])
            bound = off @ size + ROUNDING * (len(size) + 2) * whole
            if k == len(values) - 1:
                break
            steep: Array | float = 1.0
            if self.activations[k] == "square":
                steep = 2.0 * abs(pres[k]) + bound
            off = bound * steep + 4 * ROUNDING * abs(values[k + 1])
        return bound

    def _edited(self, edited: Mapping[str, float]) -> tuple[list[Array], list[Array]]:
        if not edited:
            return self.weights, self.biases
        weights = [w.copy() for w in self.weights]
        biases = [b.copy() for b in self.biases]
        for address, value in edited.items():
            source, arrow, target = address.partition("->")
            if arrow:
                layer, i = self.place[target]
                weights[layer - 1][i, self.place[source][1]] = value
            else:
                layer, i = self.place[address.removesuffix(".bias")]
                biases[layer - 1][i] = value
        return weights, biases

    def read(self, passed: Pass, of: str) -> Array:
        """Return the values of `h1`, `h1.pre` or an input, shape (rows,)."""
        layer, i, pre = self.find(of)
        return passed.pre[layer - 1][:, i] if pre else passed.act[layer][:, i]

    def find(self, of: str) -> tuple[int, int, bool]:
        """Return (layer, index, whether the pre-activation) of a value.

        Raises:
            ToynetsError: there is no such value.
        """
        name = of.removesuffix(".pre")
        if name not in self.place or (name != of and name in self.network.inputs):
            there = [*self.network.inputs, *self.network.units]
            raise ToynetsError(unknown("value", of, self.network.name or "the network", there))
        return (*self.place[name], name != of)

    def gradient(self, passed: Pass, of: str) -> tuple[list[Array], list[Array]]:
        """Return the derivatives of one value by every activation and every pre-activation.

        Args:
            passed: the batch.
            of: `y`, `h1` or `h1.pre`.

        Returns:
            By activations, per layer with the inputs first, and by pre-activations, per layer;
            shapes as in `Pass`. What the value does not depend on has 0.
        """
        import numpy as np

        layer, unit, pre = self.find(of)
        by_act = [np.zeros_like(a) for a in passed.act]
        by_pre = [np.zeros_like(z) for z in passed.pre]
        by_act[layer][:, unit] = 0.0 if pre else 1.0
        for k in range(layer, 0, -1):
            name = self.activations[k - 1]
            if k == layer and pre:
                by_pre[k - 1][:, unit] = 1.0
            elif name == "softmax":  # the value is the logit minus the mean of the logits
                g = by_act[k]
                by_pre[k - 1] = g - g.mean(axis=1, keepdims=True)
            else:
                by_pre[k - 1] = by_act[k] * slope(name, passed.pre[k - 1])
            below = by_pre[k - 1] @ passed.weights[k - 1]
            by_act[k - 1] = by_act[k - 1] + below
        return by_act, by_pre

    def directional(self, passed: Pass, direction: Array) -> tuple[list[Array], list[Array]]:
        """Return how every activation and pre-activation changes along a direction of the inputs.

        Args:
            passed: the batch.
            direction: shape (inputs,).
        """
        import numpy as np

        acts = [np.broadcast_to(direction, passed.act[0].shape)]
        pres = []
        for k, name in enumerate(self.activations):
            dz = acts[-1] @ passed.weights[k].T
            if name == "softmax":
                acts.append(dz - dz.mean(axis=1, keepdims=True))
            else:
                acts.append(dz * slope(name, passed.pre[k]))
            pres.append(dz)
        return acts, pres
