"""Scores that read the weights alone: sizes, sums, Garson, connection weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toynets.importance.floats import Array
from toynets.importance.games import Unavailable

if TYPE_CHECKING:
    from toynets.importance.scoring import Values
    from toynets.importance.setting import Setting


def number(setting: Setting, player: str) -> float:
    """Return a weight or bias."""
    return float(setting.network.numbers[player])


def parent_and_child(player: str) -> tuple[str, str]:
    """Return (parent, unit) of a weight; a bias has the parent ""."""
    source, arrow, target = player.partition("->")
    return (source, target) if arrow else ("", player.removesuffix(".bias"))


def magnitude(setting: Setting) -> Values:
    """|w|."""
    return [[abs(number(setting, p)) for p in setting.players] for _ in setting.targets]


def incoming(setting: Setting, absolute: bool) -> Values:
    """The sum of the weights into a unit, without the bias."""
    found = []
    for player in setting.players:
        layer, i = setting.floats.place[player]
        row = setting.floats.weights[layer - 1][i]
        found.append(float((abs(row) if absolute else row).sum()))
    return [found for _ in setting.targets]


def outgoing(setting: Setting, absolute: bool) -> Values:
    """The sum of the weights out of a unit or input; into the last layer: to the target alone."""
    floats = setting.floats
    found = []
    for target in setting.targets:
        values = []
        for player in setting.players:
            layer, i = floats.place[player]
            column = floats.weights[layer][:, i]
            if layer == len(floats.weights) - 1:
                k = floats.place[target][1]
                column = column[k : k + 1]
            values.append(float((abs(column) if absolute else column).sum()))
        found.append(values)
    return found


def onward(setting: Setting, target: str) -> list[Array]:
    """Return per layer, from each unit, the sum over all paths to the target of their products."""
    weights = setting.floats.weights
    k = setting.floats.place[target][1]
    found = [weights[-1][k]]
    for matrix in weights[-2::-1]:
        found.insert(0, found[0] @ matrix)
    return found


def reaching(setting: Setting) -> list[Array]:
    """Return per layer, to each unit, the sum over all paths from the source of their products."""
    import numpy as np

    weights = setting.floats.weights
    start = np.zeros(weights[0].shape[1])
    start[setting.floats.place[setting.source][1]] = 1.0
    found = [start]
    for matrix in weights[:-1]:
        found.append(matrix @ found[-1])
    return found


def olden(setting: Setting) -> Values:
    """Connection weights: over the paths that begin at the player, or go through it."""
    import numpy as np

    place = setting.floats.place
    arrive = reaching(setting) if setting.source else None
    found = []
    for target in setting.targets:
        ahead = [*onward(setting, target), np.eye(len(setting.network.outputs))[place[target][1]]]
        values = []
        for player in setting.players:
            begin, factor, after = player, 1.0, player
            if setting.of == "weights":
                begin, after = parent_and_child(player)
                factor = number(setting, player)
            layer, i = place[after]
            value = factor * float(ahead[layer][i])
            if arrive is not None:
                layer, i = place[begin]
                value *= float(arrive[layer][i])
            values.append(value)
        found.append(values)
    return found


def garson(setting: Setting) -> Values:
    """Shares: each unit hands its share down in proportion to |w|, from the target on."""
    floats = setting.floats
    found = []
    for target in setting.targets:
        share = _parts(abs(floats.weights[-1][floats.place[target][1]]))
        shares = [share]
        for matrix in floats.weights[-2::-1]:
            below = sum(s * _parts(abs(row)) for s, row in zip(shares[0], matrix, strict=True))
            shares.insert(0, _parts(below))
        found.append(
            [float(shares[floats.place[p][0]][floats.place[p][1]]) for p in setting.players]
        )
    return found


def garson_cancelled(setting: Setting) -> Values:
    """|w v| is divided by its sum over the inputs of each hidden unit: |v| cancels."""
    import numpy as np

    floats = setting.floats
    if len(floats.weights) != 2:
        raise Unavailable("it is defined for one hidden layer")
    found = []
    for target in setting.targets:
        product = abs(floats.weights[0] * floats.weights[1][floats.place[target][1]][:, None])
        shares = _parts(np.sum([_parts(row) for row in product], axis=0))
        found.append([float(shares[floats.place[p][1]]) for p in setting.players])
    return found


def garson_of_sums(setting: Setting) -> Values:
    """|connection weights| as shares of their sum over all inputs."""
    found = []
    for target in setting.targets:
        shares = _parts(abs(onward(setting, target)[0]))
        found.append([float(shares[setting.floats.place[p][1]]) for p in setting.players])
    return found


def _parts(values: Array) -> Array:
    """Return values as shares of their sum; a sum of 0 has no shares to give."""
    total = values.sum()
    return values / total if total else values * 0.0
