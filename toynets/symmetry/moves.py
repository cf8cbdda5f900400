"""Gauge moves that leave ablations unchanged: permutation, scaling, sign, shift of logits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.errors import ToynetsError, unknown
from toynets.fields import record
from toynets.names import bias_name, edge_name
from toynets.network import Layer, Network
from toynets.rationals import Rational, from_float, rational, text


@record(frozen=True)
class Move:
    """What is agreed about one kind of move.

    Attributes:
        name: of the function.
        formula: why the function of the network stays the same.
        activations: of the unit that it moves; empty where any will do.
        preserves_ablations: whether zero, mean, resample, worst, patch, cut and flip of every
            unit, input, weight and bias keep their outcomes. Numbers in a set or a shift are
            carried along: after scaling h1 by s, `h1 = c` becomes `h1 = s c`.
        exception: the ablations that it does change, in words.
    """

    name: str
    formula: str
    activations: tuple[str, ...]
    preserves_ablations: bool
    exception: str = ""


MOVES: Mapping[str, Move] = {
    m.name: m
    for m in (
        Move("permute", "a sum has no order", (), True),
        Move(
            "rescale",
            "f(s z) = s f(z) for s > 0 (identity: s other than 0); (s z)^2 = s^2 z^2; "
            "step(s z) = step(z)",
            ("relu", "abs", "identity", "square", "step"),
            True,
        ),
        Move(
            "flip_sign",
            "f(-z) = -f(z) (tanh, identity) or f(-z) = f(z) (abs, square)",
            ("tanh", "identity", "abs", "square"),
            True,
        ),
        Move(
            "shift_logits",
            "softmax(z + c) = softmax(z)",
            ("softmax",),
            False,
            "interventions on units keep their outcomes; cutting, flipping or patching one single "
            "weight or bias into the softmax takes its share of the constant along",
        ),
        Move(
            "kink_flip",
            "relu(z) = z + relu(-z)",
            ("relu",),
            False,
            "a unit that is removed is another function after the flip",
        ),
        Move(
            "sigmoid_flip",
            "sigmoid(z) = 1 - sigmoid(-z)",
            ("sigmoid",),
            False,
            "a unit that is removed takes the 1 along that went into the next bias",
        ),
    )
}

# How the outgoing weights follow when a unit's pre-activation is multiplied by s: divided by s^k.
EXPONENT = {"relu": 1, "abs": 1, "identity": 1, "square": 2, "step": 0}
ODD, EVEN = ("tanh", "identity"), ("abs", "square")


def permute(network: Network, order: Sequence[str], *, rename: bool = False) -> Network:
    """Put the units of one hidden layer into another order.

    Args:
        network: is not changed.
        order: the names of all units of one hidden layer, in the new order.
        rename: give the names by place; by default a name travels with its unit, so that every
            intervention keeps its text and its outcome.

    Raises:
        ToynetsError: not the units of one hidden layer, each once.

    >>> xor = Network.from_layers([([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "relu")])
    >>> permute(xor, ["h2", "h1"]).layers[1].weight
    ((-2.0, 1.0),)
    """
    wanted = tuple(order)
    there = [k for k, la in enumerate(network.layers[:-1]) if wanted and wanted[0] in la.units]
    if not there:
        raise ToynetsError(
            unknown(
                "hidden unit", str(wanted[0]) if wanted else "''", _title(network), network.hidden
            )
        )
    k = there[0]
    layer = network.layers[k]
    if sorted(wanted) != sorted(layer.units):
        raise ToynetsError(
            f"the units of hidden layer {k + 1} are {', '.join(layer.units)}, but the order names "
            f"{', '.join(map(str, wanted))}.",
            fix="name each unit of one hidden layer once.",
        )
    places = [layer.units.index(u) for u in wanted]
    below = network.layers[k + 1]

    def rows(matrix: Any) -> Any:
        return None if matrix is None else tuple(matrix[i] for i in places)

    def columns(matrix: Any) -> Any:
        return None if matrix is None else tuple(tuple(row[i] for i in places) for row in matrix)

    names = layer.units if rename else wanted
    moved = Layer(rows(layer.weight), rows(layer.bias), layer.activation, names, rows(layer.mask))
    after = Layer(
        columns(below.weight), below.bias, below.activation, below.units, columns(below.mask)
    )
    layers = (*network.layers[:k], moved, after, *network.layers[k + 2 :])
    ties = network.ties
    if rename:  # the address of each copy follows its unit to the new name
        new_name = dict(zip(wanted, layer.units, strict=True))
        ties = {g: tuple(_readdress(a, new_name) for a in members) for g, members in ties.items()}
    return Network(layers, network.inputs, network.dtype, ties, network.name)


def _readdress(address: str, new_name: Mapping[str, str]) -> str:
    source, arrow, target = address.partition("->")
    if arrow:
        return edge_name(new_name.get(source, source), new_name.get(target, target))
    unit = address.removesuffix(".bias")
    return bias_name(new_name.get(unit, unit))


def rescale(network: Network, unit: str, factor: Any, *, round: bool = False) -> Network:
    """Multiply what comes into a unit by s, and divide what leaves it (square: by s^2; step: not).

    Args:
        network: is not changed.
        unit: a unit with relu, abs, identity, square or step; an output only with step.
        factor: s, a number or text; above 0, for identity and square any but 0. Powers of two are
            exact in floating point, short of its range.
        round: round numbers that the dtype cannot hold (listed in `.rounded`).

    Raises:
        ToynetsError: an activation that does not scale, a factor that is not allowed, a number
            that the dtype cannot hold, a tied group that would come apart.

    >>> xor = Network.from_layers([([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "relu")])
    >>> rescale(xor, "h2", 4)["h2->y"]
    -0.5
    """
    s = rational(factor)
    act = network.activation_of(unit)
    if act not in EXPONENT:
        raise ToynetsError(
            f"{unit} has the activation {act}, which does not scale.",
            cause="f(s z) = s f(z) holds for relu, abs and identity, (s z)^2 = s^2 z^2 for square.",
            fix=f"flip_sign turns {unit} over." if act == "tanh" else "",
        )
    allowed = "other than" if act in ("identity", "square") else "above"
    if s == 0 or (s < 0 and act not in ("identity", "square")):
        raise ToynetsError(
            f"{unit} ({act}) is scaled by a number {allowed} 0, but got {text(s)}.",
            fix="flip_sign multiplies by -1." if s < 0 and act == "abs" else "",
        )
    if unit in network.outputs and act != "step":
        raise ToynetsError(
            f"{unit} is an output: to scale it changes the function.", fix="scale a hidden unit."
        )
    return scaled(network, unit, s, s ** -EXPONENT[act], round, f"scaling {unit} by {text(s)}")


def flip_sign(network: Network, unit: str, *, round: bool = False) -> Network:
    """Multiply what comes into a unit by -1, and what leaves it too if its activation is odd.

    Args:
        network: is not changed.
        unit: a unit with tanh or identity (odd), abs or square (even); an output only if even.
        round: has no effect: a sign is always representable.

    Raises:
        ToynetsError: another activation; the message names the flip that there is.

    >>> net = Network.from_layers([([[1]], [2], "tanh"), ([[3]], [0], "identity")])
    >>> dict(flip_sign(net, "h1").numbers)
    {'x1->h1': -1.0, 'h1.bias': -2.0, 'h1->y': -3.0, 'y.bias': 0.0}
    """
    act = network.activation_of(unit)
    if act not in (*ODD, *EVEN):
        other = {"relu": "kink_flip", "sigmoid": "sigmoid_flip"}.get(act, "")
        raise ToynetsError(
            f"{unit} has the activation {act}, which is neither odd nor even.",
            fix=f"{other} keeps the function, but not the ablations." if other else "",
        )
    if unit in network.outputs and act in ODD:
        raise ToynetsError(
            f"{unit} is an output: to turn it over changes the function.",
            fix="flip a hidden unit.",
        )
    out = rational(-1 if act in ODD else 1)
    return scaled(network, unit, rational(-1), out, round, f"flipping {unit}")


def shift_logits(network: Network, source: str, by: Any, *, round: bool = False) -> Network:
    """Add one constant to the weights of a unit to all classes of a softmax.

    Centred logits stay the same under every intervention on units. Cutting one single weight to
    one class does not: see `MOVES["shift_logits"].exception`.

    Args:
        network: its output is a softmax; is not changed.
        source: a parent of the outputs, or "bias" for the biases of all classes.
        by: the constant.
        round: round numbers that the dtype cannot hold (listed in `.rounded`).

    Raises:
        ToynetsError: no softmax, no such parent, or an absent edge among the weights.

    >>> net = Network.from_layers([([[1], [2]], [0, 0], "softmax")])
    >>> shift_logits(net, "x1", 3).layers[0].weight
    ((4.0,), (5.0,))
    """
    last = network.layers[-1]
    if last.activation != "softmax":
        raise ToynetsError(
            f"the output has the activation {last.activation}; logits belong to a softmax."
        )
    parents = network.layers[-2].units if len(network.layers) > 1 else network.inputs
    if source == "bias":
        addresses = [bias_name(y) for y in network.outputs]
    elif source in parents:
        addresses = [edge_name(source, y) for y in network.outputs]
    else:
        raise ToynetsError(unknown("parent", source, "the softmax", [*parents, "bias"]))
    absent = [a for a in addresses if a not in network.numbers]
    if absent:
        raise ToynetsError(
            f"{', '.join(absent)} is not there, so that nothing can be added to it.",
            cause="the constant goes to all classes, or the probabilities change.",
        )
    constant = rational(by)
    changes = {a: exact(network, a) + constant for a in addresses}
    return changed(network, changes, round, f"shifting the logits of {source}")


def scaled(
    network: Network, unit: str, into: Rational, out: Rational, round: bool, what: str
) -> Network:
    """Multiply the incoming weights and the bias of a unit, and its outgoing weights."""
    changes = {}
    for address in (*network.wiring.incoming(unit), bias_name(unit)):
        if address in network.numbers:
            changes[address] = exact(network, address) * into
    for address in network.wiring.outgoing(unit):
        changes[address] = exact(network, address) * out
    return changed(network, changes, round, what)


def changed(network: Network, changes: Mapping[str, Rational], round: bool, what: str) -> Network:
    """Return the network with other numbers, unless a tied group would come apart."""
    for group, members in network.ties.items():
        values = {changes.get(m, exact(network, m)) for m in members}
        if len(values) > 1:
            raise ToynetsError(
                f"{what} would give the copies of the tied group {group} different values.",
                cause=f"it changes some of {', '.join(members)} and not the others.",
                fix="build the network without the ties first.",
            )
    return network.with_numbers(changes, round=round)


def exact(network: Network, address: str) -> Rational:
    """Return a number of the network as a rational."""
    return from_float(network.numbers[address])


def _title(network: Network) -> str:
    return network.name or "the network"
