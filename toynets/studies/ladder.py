"""What is told by wiring alone, by signs as well, by sizes as well: the lower rungs of a ladder.

Each rung keeps less of every number: that it is not 0, its sign, all of it. What a removal does is
then told by the paths that it cuts, as if every unit were linear and every input 1: neither the
activations nor the inputs are known on these rungs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from toynets.importance.floats import Array
    from toynets.importance.setting import Setting

WIRING, SIGNS, SIZES = "wiring", "+ signs", "+ magnitudes"


def _kept(rung: str) -> Callable[[Array], Array]:
    """Return what a rung keeps of every number."""
    import numpy as np

    if rung == WIRING:
        return lambda w: (w != 0).astype(np.float64)
    if rung == SIGNS:
        return np.sign
    return lambda w: w


def paths(setting: Setting, kind: str, rung: str) -> tuple[Array, Array | None]:
    """Predict what removing each player does, from what a rung keeps of the numbers.

    Its size: over the inputs and biases from which paths lead through the player, the sum of the
    sizes of their sums of products. A mean in its place is still there for a bias, so that of
    `mean` only the paths from inputs count. Its sign: removing what raises an output lowers it.

    Args:
        setting: a network and the players, `units` or `weights`.
        kind: `zero`, `mean` or `cut`.
        rung: `wiring`, `+ signs` or `+ magnitudes`.

    Returns:
        Sizes, shape (players, targets), and signs, likewise, or None where no sign is known.

    >>> from toynets.importance.setting import Setting
    >>> from toynets.zoo import load
    >>> setting = Setting(load("xor-sum").network, load("xor-sum").task.domain, "units")
    >>> [paths(setting, "zero", rung)[0].T.tolist() for rung in (WIRING, SIGNS, SIZES)]
    [[[2.0, 3.0]], [[2.0, 3.0]], [[2.0, 6.0]]]
    >>> paths(setting, "zero", SIGNS)[1].T.tolist()
    [[-1.0, 1.0]]
    """
    import numpy as np

    keep = _kept(rung)
    floats = setting.floats
    weights = [keep(w) for w in floats.weights]
    biases = [keep(b) for b in floats.biases]
    arrive = _arriving(weights, biases if kind != "mean" else [b * 0 for b in biases])
    onward = _onward(weights)  # per layer, shape (outputs, units)
    chosen = [setting.network.outputs.index(t) for t in setting.targets]
    sizes, signs = [], []
    for player in setting.players:
        start, arrow, end = player.partition("->")
        if setting.of == "units":
            layer, i = floats.place[player]
            carried, ahead = arrive[layer][i], onward[layer][chosen, i]
        elif arrow:
            layer, i = floats.place[end]
            j = floats.place[start][1]
            carried = arrive[layer - 1][j]
            ahead = onward[layer][chosen, i] * weights[layer - 1][i, j]
        else:
            layer, i = floats.place[start.removesuffix(".bias")]
            carried, ahead = np.ones(1), onward[layer][chosen, i] * biases[layer - 1][i]
        sizes.append(abs(ahead) * abs(carried).sum())
        signs.append(0.0 - np.sign(ahead))
    return np.array(sizes), None if rung == WIRING else np.array(signs)


def _arriving(weights: list[Array], biases: list[Array]) -> list[Array]:
    """Return per layer, to each unit from each input and each bias, the sum over the paths.

    Shapes (units, sources); the sources are the inputs and then the biases so far.
    """
    import numpy as np

    found = [np.eye(weights[0].shape[1])]
    for matrix, bias in zip(weights, biases, strict=True):
        found.append(np.concatenate([matrix @ found[-1], np.diag(bias)], axis=1))
    return found


def _onward(weights: list[Array]) -> list[Array]:
    """Return per layer, the inputs first, the sum over the paths to each output."""
    import numpy as np

    found = [np.eye(len(weights[-1]))]
    for matrix in weights[::-1]:
        found.insert(0, found[0] @ matrix)
    return found
