"""The gauge in which a network is rounded: the largest outgoing weight of a relu unit is 1."""

from __future__ import annotations

from typing import Any

from toynets.network import Network
from toynets.rationals import ZERO, from_float, rational
from toynets.symmetry import canonical_form

LINEAR = ("relu", "abs", "identity")

# Of each layer the weights, rows are units, None for an absent edge; and the biases, or None.
Numbers = list[tuple[list[list[Any]], list[Any] | None]]


def gauged(network: Network) -> Numbers:
    """Return a network's numbers in a gauge that changes no ablation, in the network's own order.

    Tied numbers stay what they are, since one scale for each unit would part them.

    >>> net = Network.from_layers([([[0.5], [1]], [0, 2], "relu"), ([[4, 1], [2, 0]], [0, 0],
    ...     "identity")])
    >>> gauged(net)[0], gauged(net)[1][0]
    (([[2], [1]], [0, 2]), [[1, 1], [1/2, 0]])
    """
    if network.ties:
        return [
            (
                [
                    [from_float(w) if layer.has(i, j) else None for j, w in enumerate(row)]
                    for i, row in enumerate(layer.weight)
                ],
                None if layer.bias is None else [from_float(b) for b in layer.bias],
            )
            for layer in network.layers
        ]
    numbers = _canonical(network)
    for k in range(len(numbers) - 2, -1, -1):
        if network.layers[k].activation not in LINEAR:
            continue
        (weight, bias), after = numbers[k], numbers[k + 1][0]
        for u in range(len(weight)):
            largest = max((abs(row[u]) for row in after if row[u] is not None), default=ZERO)
            if largest == ZERO:
                continue  # it reaches no output; its largest incoming weight is 1
            weight[u] = [None if w is None else w * largest for w in weight[u]]
            if bias is not None:
                bias[u] = bias[u] * largest
            for row in after:
                if row[u] is not None:
                    row[u] = row[u] / largest
    return numbers


def _canonical(network: Network) -> Numbers:
    """Return the numbers of the canonical form in the network's own order of units."""
    form = canonical_form(network)
    found: Numbers = []
    columns = list(range(len(network.inputs)))
    for layer, units, own in zip(form.layers, form.units, network.layers, strict=True):
        places = [units.index(name) for name in own.units]
        weight = [
            [None if layer.weight[i][j] is None else rational(layer.weight[i][j]) for j in columns]
            for i in places
        ]
        bias = None if layer.bias is None else [rational(layer.bias[i]) for i in places]
        found.append((weight, bias))
        columns = places
    return found
