"""An explanation as a contestant: what is left of it when every size is taken away.

It competes with its stated roles and signs alone. From them comes a skeleton: the wiring, with 1
or -1 for a weight that is said to excite or inhibit, and nothing for one that is said to have no
effect. What a removal does is told by the paths of the skeleton that it cuts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.importance import score
from toynets.importance.setting import Setting
from toynets.studies.joint import Sets, set_effects
from toynets.verification.roles import graded

if TYPE_CHECKING:
    from toynets.explanation import Explanation
    from toynets.importance.floats import Array
    from toynets.network import Network


@dataclass(frozen=True)
class Stated:
    """The roles and signs of an explanation, and nothing else of it.

    Attributes:
        signs: address -> the sign of its stated number: 1, -1 or 0.
        idle: the weights that are said to have no effect.
        units: unit -> the word of its role, "" for free text.
    """

    signs: Mapping[str, int]
    idle: frozenset[str]
    units: Mapping[str, str]


def stated(explanation: Explanation) -> Stated:
    """Read the roles and signs of an explanation.

    Raises:
        ToynetsError: a weight is still blank.

    >>> from toynets.zoo import load
    >>> said = stated(load("dead-weight").explanation)
    >>> said.signs["h2->y"], "h2->y" in said.idle, said.units["h2"]
    (1, True, 'dead')
    """
    numbers = explanation.numbers
    if any(weight.value is None for weight in explanation.weights.values()):
        raise ToynetsError(f"the explanation of {explanation.about} has blank weights.")
    idle = set()
    for address in numbers:
        said = explanation.stated_weight(address)
        if said is not None and graded(said.role)[0] == "no effect":
            idle.add(address)
    return Stated(
        {address: (value > 0) - (value < 0) for address, value in numbers.items()},
        frozenset(idle),
        {name: graded(unit.role)[0] for name, unit in explanation.units.items()},
    )


def skeleton(said: Stated, network: Network, *, sizes: bool, together: bool) -> Network:
    """Return the linear network of the stated signs.

    Args:
        said: the roles and signs.
        network: tells which units are in which layer, and which edges there are; none of its
            numbers is kept.
        sizes: whether it is asked how much a removal does. Then the signs of the edges into the
            first hidden layer are left out: the more comes in, the more a unit hands on, and which
            way that moves an output is decided from there on.
        together: for what several players do together. What has no effect alone may have one then,
            where a unit is said to be a backup or a duplicate.
    """

    def spare(unit: str) -> bool:
        return said.units.get(unit) in ("backup", "duplicate")

    def sign(address: str) -> int:
        parent, arrow, unit = address.partition("->")
        unit = unit or parent.removesuffix(".bias")
        value = said.signs.get(address, 0)
        if "dead" in (said.units.get(parent), said.units.get(unit)):
            return 0
        if said.units.get(unit) == "constant":  # something makes it what it is, but no input
            return 0 if arrow else value or 1
        if address in said.idle and not (together and (spare(parent) or spare(unit))):
            return 0
        if not together and said.units.get(parent) == "backup":
            return 0
        return value

    signs = {address: sign(address) for address in network.numbers}
    if sizes and network.hidden:
        first = network.layers[0].units
        signs |= {a: abs(v) for a, v in signs.items() if a.partition("->")[2] in first}
    bare = replace(network, ties={}, dtype="float64", name="stated signs")
    layers = tuple(replace(layer, activation="identity") for layer in bare.layers)
    return replace(bare, layers=layers).with_numbers(signs)


def sizes_from_roles(
    said: Stated, network: Network, of: str, kind: str, sets: Sets
) -> tuple[Array, Array]:
    """Predict how much each set of players does, and which way single ones move the outputs.

    Args:
        said: the roles and signs.
        network: its names alone.
        of: kind of player.
        kind: of ablation.
        sets: which players are removed together.

    Returns:
        How many paths from inputs and biases to each target are cut, those that lower it taken
        from those that raise it, shape (sets, targets); and the sign of the effect of each single
        player, shape (targets, players).
    """
    import numpy as np

    # At 0 and at 1: what comes from a bias is there at both, so its mean and its like replace it.
    both = Domain.listed([[0] * len(network.inputs), [1] * len(network.inputs)])
    parts = []
    for few in (True, False):
        chosen = tuple(some for some in sets if (len(some) == 1) == few)
        setting = Setting(skeleton(said, network, sizes=True, together=not few), both, of)
        parts.append(set_effects(setting, kind, chosen).largest)
    signed = Setting(skeleton(said, network, sizes=False, together=False), both, of)
    # A path with an even number of minus signs raises the output, so removing it lowers it.
    sign = 0.0 - np.sign(np.array(score("olden").compute(signed)))
    return np.concatenate(parts), sign


def stated_network(explanation: Explanation, network: Network) -> Network:
    """Return the network that the stated numbers make: its effects are those that are derived.

    Args:
        explanation: all of its weights stated.
        network: tells which units are in which layer; none of its numbers is kept.

    Raises:
        ToynetsError: names that do not fit.
    """
    numbers = {address: float(value) for address, value in explanation.numbers.items()}
    missing = set(network.numbers) ^ set(numbers)
    if missing or set(network.units) != set(explanation.units):
        raise ToynetsError(
            f"the explanation of {explanation.about} is of another wiring.",
            cause=f"only one of the two has {', '.join(sorted(missing)[:4]) or 'some units'}.",
        )
    bare = replace(network, ties={}, dtype="float64", name="derived")
    layers = tuple(
        replace(layer, activation=explanation.units[layer.units[0]].activation)
        for layer in bare.layers
    )
    return replace(bare, layers=layers).with_numbers(numbers)
