"""Attributions of one example: gradients, and integrals of gradients along a straight path.

On a piecewise linear network the path is cut at every kink that it crosses, so that the integrals
are exact but for rounding; with tanh, sigmoid or square they are Gauss sums of 8 nodes on 64 parts.
At a kink itself the derivative is 0, and a path that lies in a kink has that derivative all along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.exact.boundary import point
from toynets.importance.floats import Array, Floats
from toynets.rationals import to_float

if TYPE_CHECKING:
    from toynets.network import Network

SMOOTH = ("tanh", "sigmoid", "square")
PARTS, NODES = 64, 8
HALVINGS = 44  # of a third of a part, until it has no more digits


def gradient(network: Network, x: Any, *, of: str) -> dict[str, float]:
    """Return the derivative of one value by each input.

    Args:
        network: any `Network`.
        x: one example.
        of: `y`, `h1` or `h1.pre`. For softmax outputs the logit minus the mean of the logits.

    Raises:
        ToynetsError: an example of another length, a name that is not there.

    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1, -1]], [0], "relu"), ([[3]], [0], "identity")])
    >>> gradient(net, [1, 0], of="y")
    {'x1': 3.0, 'x2': -3.0}
    """
    floats = Floats(network)
    by_act, _ = floats.gradient(floats.run(_row(network, x)[None, :]), of)
    return dict(zip(network.inputs, map(float, by_act[0][0]), strict=True))


def integrated_gradients(
    network: Network, x: Any, *, baseline: Any, of: str = ""
) -> dict[str, float]:
    """Return (x_i - b_i) times the mean of the derivative by x_i on the way from b to x.

    The values add up to the difference of the outputs, unless a step unit jumps on the way.

    Args:
        network: any `Network`.
        x: one example.
        baseline: the example that stands for nothing, b.
        of: an output; may be left out where there is one.

    Raises:
        ToynetsError: an example of another length, a name that is not there, no choice among
            several outputs.

    Source: M. Sundararajan, A. Taly, Q. Yan, Axiomatic attribution for deep networks, ICML 2017,
        equation 1.

    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1, 1]], [-1], "relu")])
    >>> integrated_gradients(net, [1, 1], baseline=[0, 0])
    {'x1': 0.5, 'x2': 0.5}
    """
    floats = Floats(network)
    start, end = _row(network, baseline, "the baseline"), _row(network, x)
    passed, share = along(floats, start, end)
    by_act, _ = floats.gradient(passed, only(network, of))
    values = (end - start) * (share @ by_act[0])
    return dict(zip(network.inputs, map(float, values), strict=True))


def conductance(
    network: Network, x: Any, *, baseline: Any, of: str = "", pre: bool = False
) -> dict[str, float]:
    """Return for each hidden unit how much of the output's change flows through it.

    The integral of (derivative of the output by the unit) times (change of the unit) on the way
    from the baseline to x. Over the units of one layer the values add up to the difference of the
    outputs, unless a step unit jumps on the way.

    Args: as for `integrated_gradients`; `pre` takes pre-activations instead of activations.

    Source: K. Dhamdhere, M. Sundararajan, Q. Yan, How important is a neuron?, ICLR 2019,
        equation 2.

    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1], [-1]], [0, 0], "relu"), ([[2, 1]], [0], "identity")])
    >>> conductance(net, [3], baseline=[0])
    {'h1': 6.0, 'h2': 0.0}
    """
    floats = Floats(network)
    start, end = _row(network, baseline, "the baseline"), _row(network, x)
    passed, share = along(floats, start, end)
    by_act, by_pre = floats.gradient(passed, only(network, of))
    acts, pres = floats.directional(passed, end - start)
    return _hidden(floats, share, by_act, by_pre, pre, acts, pres)


def internal_influence(
    network: Network, x: Any, *, baseline: Any, of: str = "", pre: bool = False
) -> dict[str, float]:
    """Return for each hidden unit the mean derivative of the output by it, from baseline to x.

    Args: as for `integrated_gradients`; `pre` takes pre-activations instead of activations.

    Source: K. Leino, S. Sen, A. Datta, M. Fredrikson, L. Li, Influence-directed explanations for
        deep convolutional networks, ITC 2018, with the uniform distribution on the path.

    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1]], [-1], "relu"), ([[2]], [0], "relu")])
    >>> internal_influence(net, [4], baseline=[0], of="y")
    {'h1': 1.5}
    """
    floats = Floats(network)
    start, end = _row(network, baseline, "the baseline"), _row(network, x)
    passed, share = along(floats, start, end)
    by_act, by_pre = floats.gradient(passed, only(network, of))
    return _hidden(floats, share, by_act, by_pre, pre)


def along(floats: Floats, start: Array, end: Array) -> tuple[Any, Array]:
    """Return the pass at the nodes of the path, and the share of the path of each node."""
    import numpy as np

    smooth = any(name in SMOOTH for name in floats.activations)
    cuts = np.linspace(0.0, 1.0, PARTS + 1) if smooth else np.array([0.0, 1.0])
    for k, name in enumerate(floats.activations):
        if name not in ("relu", "abs", "step"):
            continue
        # Between two cuts every unit before layer k is linear, so two inner points tell its line.
        if any(below in SMOOTH for below in floats.activations[:k]):
            cuts = np.unique(np.concatenate([cuts, _crossings(floats, start, end, cuts, k)]))
            continue
        low, width = cuts[:-1], np.diff(cuts)
        first, second = (
            floats.run(start + (low + width * t)[:, None] * (end - start)).pre[k]
            for t in (1 / 3, 2 / 3)
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            zero = 1 / 3 + first / (first - second) / 3
        inside = np.isfinite(zero) & (zero > 1e-12) & (zero < 1 - 1e-12)
        found = (low[:, None] + width[:, None] * zero)[inside]
        cuts = np.unique(np.concatenate([cuts, found]))
    at, weight = np.polynomial.legendre.leggauss(NODES if smooth else 1)
    low, width = cuts[:-1], np.diff(cuts)
    nodes = (low[:, None] + width[:, None] * (at + 1) / 2).ravel()
    share = (width[:, None] * weight / 2).ravel()
    return floats.run(start + nodes[:, None] * (end - start)), share


def _crossings(floats: Floats, start: Array, end: Array, cuts: Array, k: int) -> Array:
    """Return where a unit of layer k, whose sum is curved on the way, crosses 0: by halving."""
    import numpy as np

    low, width = cuts[:-1], np.diff(cuts)
    tried = np.append(np.concatenate([low, low + width / 3, low + width * 2 / 3]), 1.0)
    tried.sort()

    def above(at: Array) -> Array:
        found: Array = floats.run(start + at[:, None] * (end - start)).pre[k] > 0
        return found

    side = above(tried)
    part, unit = np.nonzero(side[:-1] != side[1:])
    low, high, was = tried[part], tried[part + 1], side[part, unit]
    for _ in range(HALVINGS if len(part) else 0):
        middle = (low + high) / 2
        stays = above(middle)[np.arange(len(part)), unit] == was
        low, high = np.where(stays, middle, low), np.where(stays, high, middle)
    return high


def only(network: Network, of: str) -> str:
    """Return the output that is meant.

    Raises:
        ToynetsError: there are several, and none is named.
    """
    if of:
        return of
    if len(network.outputs) > 1:
        raise ToynetsError(
            f"the network has {len(network.outputs)} outputs: {', '.join(network.outputs)}.",
            cause="an attribution is of one number.",
            fix=f'say which, for example of="{network.outputs[0]}".',
        )
    return network.outputs[0]


def _hidden(
    floats: Floats,
    share: Array,
    by_act: list[Array],
    by_pre: list[Array],
    pre: bool,
    acts: list[Array] | None = None,
    pres: list[Array] | None = None,
) -> dict[str, float]:
    found = {}
    for unit in floats.network.hidden:
        layer, i = floats.place[unit]
        values = by_pre[layer - 1][:, i] if pre else by_act[layer][:, i]
        if acts is not None and pres is not None:
            values = values * (pres[layer - 1][:, i] if pre else acts[layer][:, i])
        found[unit] = float(share @ values)
    return found


def _row(network: Network, x: Any, what: str = "the input") -> Array:
    import numpy as np

    return np.array([to_float(v) for v in point(x, network.wiring, what)])
