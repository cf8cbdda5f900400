"""Reduce a network: drop dead units, fold constant ones, merge twins, and say what is lost.

The function stays the same; the ablations do not, and that is the point of saying it. A unit that
backs another one up is redundant, and redundancy is something that a network has: after the
reduction it is gone. So this is no part of the canonical form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.exact.activations import FUNCTIONS
from toynets.fields import record
from toynets.names import bias_name, edge_name
from toynets.network import Layer, Network
from toynets.rationals import HALF, ONE, ZERO, Rational, short, text
from toynets.symmetry.moves import EVEN, ODD, changed, exact

if TYPE_CHECKING:
    from toynets.domain import Domain

CURVED_AT_0 = {"tanh": ZERO, "sigmoid": HALF}  # irrational everywhere else


@record(frozen=True)
class Step:
    """One unit that was taken out.

    Attributes:
        kind: `dead`, `constant` or `twin`.
        unit: its name.
        why: what makes it so.
        lost: what an ablation could show before and cannot any more.
    """

    kind: str
    unit: str
    why: str
    lost: str


@record(frozen=True)
class Reduction:
    """A network without its redundancy.

    Attributes:
        network: the reduced one; it computes the same on every input (`domain` empty), or on every
            input of the domain.
        steps: what was taken out, in order.
        domain: on which constants were looked for, or "".
    """

    network: Network
    steps: tuple[Step, ...]
    domain: str = ""

    def table(self) -> Table:
        """Return a row a unit that was taken out."""
        return Table(
            ["unit", "is", "because", "lost with it"],
            [[s.unit, s.kind, s.why, s.lost] for s in self.steps],
            title=f"{self.network.name or 'the network'} reduced to {self.network.text}",
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the reduction as plain data."""
        return {
            "network": self.network.to_dict(),
            "domain": self.domain,
            "steps": [
                {"unit": s.unit, "kind": s.kind, "why": s.why, "lost": s.lost} for s in self.steps
            ],
        }

    def __str__(self) -> str:
        if not self.steps:
            return "nothing to reduce: no dead, constant or twin unit can be taken out."
        return str(self.table())

    __repr__ = __str__


def reduce(network: Network, domain: Domain | None = None, *, round: bool = False) -> Reduction:
    """Take out every dead, constant and duplicate hidden unit, one at a time.

    A unit is dead if nothing reads it with a weight other than 0; constant if its own incoming
    weights are 0 (or, with a domain, if it has one value there); a twin if its incoming weights and
    bias are those of another unit of its layer up to the scale or sign that the activation passes
    on. A constant goes into the biases of those that read it, a twin into the weights of the other.

    Args:
        network: is not changed.
        domain: also fold what is constant there; off the domain the function may then differ.
        round: round sums that the dtype cannot hold (listed in `.rounded`); else a unit whose sums
            it cannot hold stays.

    Raises:
        ToynetsError: the network has tied weights.

    >>> net = Network.from_layers([([[1], [2], [0]], [0, 0, 8], "relu"), ([[1, 3, 1]], [-8],
    ...     "identity")])
    >>> found = reduce(net)
    >>> [(s.unit, s.kind) for s in found.steps], found.network.text, found.network["h1->y"]
    ([('h3', 'constant'), ('h2', 'twin')], '1-1-1 relu', 7.0)
    """
    if network.ties:
        raise ToynetsError(
            f"{network.name or 'the network'} has tied weights, and a unit cannot leave its copies "
            "behind.",
            fix="build the network without the ties first.",
        )
    steps: list[Step] = []
    found = True
    while found:
        found = False
        for step, made in _candidates(network, domain, round):
            network, found = made, True
            steps.append(step)
            break
    return Reduction(network, tuple(steps), domain.text if domain is not None else "")


def _candidates(network: Network, domain: Domain | None, round: bool) -> Any:
    """Yield (step, network without the unit) for what can go; the first is taken."""
    machine = Machine(network, domain) if domain is not None else None
    for k, layer in enumerate(network.layers[:-1]):
        if len(layer.units) == 1:
            continue  # a layer keeps one unit
        for unit in layer.units:
            if all(network.numbers[a] == 0 for a in network.wiring.outgoing(unit)):
                why = "nothing reads it with a weight other than 0"
                yield (
                    Step("dead", unit, why, "nothing: its ablation changed nothing"),
                    _without(network, k, unit),
                )
                continue
            value, why = _constant(network, machine, unit)
            if value is not None and (made := _folded(network, unit, value, round)) is not None:
                zero = value == 0
                lost = f"{unit} = 0 took it off" if not zero else _asleep(network, unit)
                yield (
                    Step("dead" if zero else "constant", unit, why, lost),
                    _without(made, k, unit),
                )
        for i, first in enumerate(layer.units):
            for second in layer.units[i + 1 :]:
                factor = _ratio(network, layer, first, second)
                if factor is None:
                    continue
                made = _merged(network, first, second, factor, round)
                if made is not None:
                    said = "" if factor == ONE else f"{short(factor)} times "
                    yield (
                        Step(
                            "twin",
                            second,
                            f"{second} = {said}{first} on every input",
                            f"without {first} alone, {second} went on with its share",
                        ),
                        _without(made, k, second),
                    )


def _constant(network: Network, machine: Machine | None, unit: str) -> tuple[Rational | None, str]:
    """Return the one value of a unit and why it has one, or None."""
    act = network.activation_of(unit)
    incoming = network.wiring.incoming(unit)
    if all(network.numbers[a] == 0 for a in incoming):
        bias = _bias(network, unit)
        if act in CURVED_AT_0 and bias != 0:
            return None, ""  # irrational: no bias could hold it
        value = CURVED_AT_0[act] if act in CURVED_AT_0 else FUNCTIONS[act](bias)
        return value, f"its incoming weights are 0: it is {text(value)}"
    if machine is None or not machine.rational:
        return None, ""
    try:
        low, high = machine.interval(unit)
    except ToynetsError:
        return None, ""  # a range that cannot be had decides nothing
    if low != high:
        return None, ""
    assert machine.domain is not None
    return low, f"it is {text(low)} on all of {machine.domain.text}"


def _asleep(network: Network, unit: str) -> str:
    """Say what goes with a unit that is 0."""
    own = [exact(network, a) for a in network.wiring.incoming(unit)]
    if not any(own) and _bias(network, unit) == 0:
        return "nothing: its ablation changed nothing"
    return "its removal changed nothing; its own weights, cut or flipped, could have woken it"


def _folded(network: Network, unit: str, value: Rational, round: bool) -> Network | None:
    """Put a constant into the biases of those that read it; None where they cannot hold it."""
    changes: dict[str, Rational] = {}
    for address in network.wiring.outgoing(unit):
        if value == 0 or network.numbers[address] == 0:
            continue
        bias = bias_name(address.partition("->")[2])
        if bias not in network.numbers:
            return None  # a layer without biases
        changes[bias] = exact(network, bias) + value * exact(network, address)
    return _held(network, changes, round, f"folding {unit}")


def _merged(
    network: Network, first: str, second: str, factor: Rational, round: bool
) -> Network | None:
    """Add what a twin sends on to what the other does; None where an edge or a float lacks."""
    changes: dict[str, Rational] = {}
    for address in network.wiring.outgoing(second):
        child = address.partition("->")[2]
        into = edge_name(first, child)
        if into not in network.numbers:
            return None
        changes[into] = exact(network, into) + factor * exact(network, address)
    return _held(network, changes, round, f"merging {second} into {first}")


def _held(
    network: Network, changes: Mapping[str, Rational], round: bool, what: str
) -> Network | None:
    try:
        return changed(network, changes, round, what)
    except ToynetsError:
        return None  # the dtype cannot hold a sum: the unit stays


def _ratio(network: Network, layer: Layer, first: str, second: str) -> Rational | None:
    """Return c with second = c * first on every input, or None."""
    a, b = _incoming(network, first), _incoming(network, second)
    if a.keys() != b.keys():
        return None
    nonzero = [k for k, v in a.items() if v != 0]
    if not nonzero:
        return None  # a constant unit, which is folded instead
    ratio = b[nonzero[0]] / a[nonzero[0]]
    if ratio == 0 or any(b[k] != ratio * a[k] for k in a):
        return None
    act = layer.activation
    if act == "identity":
        return ratio
    if act == "square":
        return ratio * ratio
    if act == "relu":
        return ratio if ratio > 0 else None
    if act == "abs":
        return abs(ratio)
    if act == "step":
        return ONE if ratio > 0 else None
    if ratio == ONE:
        return ONE
    if ratio == -ONE and act in ODD:
        return -ONE
    return ONE if ratio == -ONE and act in EVEN else None


def _incoming(network: Network, unit: str) -> dict[str, Rational]:
    """Return parent -> weight, and "" -> bias."""
    found = {a.partition("->")[0]: exact(network, a) for a in network.wiring.incoming(unit)}
    found[""] = _bias(network, unit)
    return found


def _bias(network: Network, unit: str) -> Rational:
    address = bias_name(unit)
    return exact(network, address) if address in network.numbers else ZERO


def _without(network: Network, k: int, unit: str) -> Network:
    """Return the network without one hidden unit of layer k."""
    layer, below = network.layers[k], network.layers[k + 1]
    place = layer.units.index(unit)

    def rest(row: Any) -> Any:
        return None if row is None else (*row[:place], *row[place + 1 :])

    def columns(matrix: Any) -> Any:
        return None if matrix is None else tuple(rest(row) for row in matrix)

    above = Layer(
        rest(layer.weight), rest(layer.bias), layer.activation, rest(layer.units), rest(layer.mask)
    )
    after = Layer(
        columns(below.weight), below.bias, below.activation, below.units, columns(below.mask)
    )
    layers = (*network.layers[:k], above, after, *network.layers[k + 2 :])
    return Network(layers, network.inputs, network.dtype, {}, network.name, network.rounded)
