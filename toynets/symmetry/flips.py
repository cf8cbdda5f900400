"""Moves that keep the function but not the ablations: the flips of relu and sigmoid."""

from __future__ import annotations

from toynets.errors import ToynetsError
from toynets.names import bias_name, edge_name
from toynets.network import Network
from toynets.rationals import ZERO, Rational, rational, text
from toynets.symmetry.moves import changed, exact


def kink_flip(network: Network, *units: str, round: bool = False) -> Network:
    """Turn relu units of one layer over: relu(z) = z + relu(-z).

    The rest, z times the outgoing weight, is affine in the parents, and a layer of relu units has
    no place for an affine function. So the flip is offered where the rests of the named units
    cancel but for a constant, which goes into the next bias: for each child the sum over the
    units of outgoing weight times incoming weights is 0. relu(x1 - x2) + relu(x2 - x1) is so.
    NOT ablation-preserving: without h1 the flipped network computes something else.

    Args:
        network: is not changed.
        units: names of relu units of one hidden layer.
        round: round numbers that the dtype cannot hold (listed in `.rounded`).

    Raises:
        ToynetsError: another activation, units of several layers, a rest that is not constant.

    >>> net = Network.from_layers([([[1], [-1]], [0, 2], "relu"), ([[1, 1]], [0], "identity")])
    >>> dict(kink_flip(net, "h1", "h2").numbers)["y.bias"]
    2.0
    """
    _check_units(network, units, "relu", "kink_flip")
    children, parents = _neighbours(network, units)
    changes: dict[str, Rational] = {}
    for child in children:
        rest = dict.fromkeys(parents, ZERO)
        constant = ZERO
        for unit in units:
            out = _at(network, edge_name(unit, child))
            constant += out * _at(network, bias_name(unit))
            for p in parents:
                rest[p] += out * _at(network, edge_name(p, unit))
        left = {p: v for p, v in rest.items() if v != 0}
        if left:
            shown = " + ".join(f"{text(v)} * {p}" for p, v in left.items())
            raise ToynetsError(
                f"the flip of {', '.join(units)} leaves {shown} for {child}, which no relu unit of "
                "the layer can carry.",
                cause="relu(z) = z + relu(-z): the z of the flipped units have to cancel.",
                fix="flip units together whose outgoing weight times incoming weights sum to 0.",
            )
        _absorb(network, changes, child, constant)
    for unit in units:
        for address in (*network.wiring.incoming(unit), bias_name(unit)):
            if address in network.numbers:
                changes[address] = -exact(network, address)
    return changed(network, changes, round, f"flipping {', '.join(units)}")


def sigmoid_flip(network: Network, unit: str, *, round: bool = False) -> Network:
    """Turn a sigmoid unit over: sigmoid(z) = 1 - sigmoid(-z); the 1 goes into the next biases.

    NOT ablation-preserving: `h1 = 0` removes sigmoid(z) before the flip, and sigmoid(z) - 1 after.

    Args:
        network: is not changed.
        unit: a hidden sigmoid unit whose children have a bias.
        round: round numbers that the dtype cannot hold (listed in `.rounded`).

    Raises:
        ToynetsError: another activation, an output, a child without bias.

    >>> net = Network.from_layers([([[1]], [2], "sigmoid"), ([[3]], [0], "identity")])
    >>> dict(sigmoid_flip(net, "h1").numbers)
    {'x1->h1': -1.0, 'h1.bias': -2.0, 'h1->y': -3.0, 'y.bias': 3.0}
    """
    _check_units(network, (unit,), "sigmoid", "sigmoid_flip")
    changes: dict[str, Rational] = {}
    children, _ = _neighbours(network, (unit,))
    for child in children:
        _absorb(network, changes, child, _at(network, edge_name(unit, child)))
    own = (*network.wiring.incoming(unit), bias_name(unit), *network.wiring.outgoing(unit))
    for address in own:
        if address in network.numbers:
            changes[address] = -exact(network, address)
    return changed(network, changes, round, f"flipping {unit}")


def _check_units(network: Network, units: tuple[str, ...], act: str, what: str) -> None:
    if not units or len(set(units)) != len(units):
        raise ToynetsError(f"{what} takes each unit once, at least one.")
    for unit in units:
        if network.activation_of(unit) != act:
            raise ToynetsError(
                f"{unit} has the activation {network.activation_of(unit)}; {what} is for {act}."
            )
    if not any(set(units) <= set(layer.units) for layer in network.layers[:-1]):
        raise ToynetsError(f"{what} takes units of one hidden layer, but got {', '.join(units)}.")


def _neighbours(
    network: Network, units: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the layer after and the layer before."""
    parents = network.inputs
    for k, layer in enumerate(network.layers):
        if units[0] in layer.units:
            return network.layers[k + 1].units, parents
        parents = layer.units
    raise AssertionError(units)  # checked before


def _at(network: Network, address: str) -> Rational:
    return exact(network, address) if address in network.numbers else rational(0)


def _absorb(network: Network, changes: dict[str, Rational], child: str, constant: Rational) -> None:
    if constant == 0:
        return
    if bias_name(child) not in network.numbers:
        raise ToynetsError(
            f"the flip leaves the constant {text(constant)} for {child}, which has no bias.",
            fix="build the network with a bias of 0 there.",
        )
    changes[bias_name(child)] = exact(network, bias_name(child)) + constant
