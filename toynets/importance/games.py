"""Coalitions: the output with some players present and the others ablated; Shapley and Banzhaf.

A table has one row for each subset of players: bit i of its number says whether player i (from 0)
is present. All 2^n rows are evaluated.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.importance.floats import Array

if TYPE_CHECKING:
    from toynets.importance.setting import Setting

MOST = 12  # players whose coalitions are run one by one
MOST_BY_KERNELS = 16  # and those whose coalitions a compiled kernel runs
CASES = 2**25  # (coalition, input) pairs of a kernel, at most: some seconds


class Unavailable(Exception):
    """A score has no value here; the message says why."""


def shapley_values(table: Any) -> Array:
    """Return the Shapley value of each player.

    The mean, over all orders in which the players can join, of what the player adds.

    Args:
        table: shape (2^n, …): the value of each coalition, in the order of the module.

    Returns:
        Shape (n, …). They add up to the value of all minus the value of none.

    Raises:
        ToynetsError: the number of rows is not a power of two.

    Source: L. Shapley, A value for n-person games, 1953.

    >>> shapley_values([0, 0, 0, 1]).tolist()
    [0.5, 0.5]
    """
    n, values, members = _game(table)
    weight = [factorial(s) * factorial(n - 1 - s) / factorial(n) for s in range(n)]
    return _mean_gain(n, values, members, lambda size: weight[size])


def banzhaf_values(table: Any) -> Array:
    """Return the Banzhaf value of each player: the mean of what it adds, over all 2^(n-1) others.

    Args, returns and errors as for `shapley_values`; the values need not add up to anything.

    Source: J. Banzhaf, Weighted voting doesn't work, Rutgers Law Review 19, 1965.

    >>> banzhaf_values([0, 0, 0, 1]).tolist()
    [0.5, 0.5]
    """
    n, values, members = _game(table)
    return _mean_gain(n, values, members, lambda size: 1 / 2 ** (n - 1))


def _game(table: Any) -> tuple[int, Array, Array]:
    import numpy as np

    values = np.asarray(table, np.float64)
    n = max(len(values).bit_length() - 1, 0) if values.ndim else 0
    if n < 1 or len(values) != 2**n:
        raise ToynetsError(
            f"a game of n players has 2^n values, n at least 1, but got shape {values.shape}.",
            fix="give one value for each subset, in the order 0 = nobody, 1 = player 1, "
            "2 = player 2, 3 = both, …",
        )
    return n, values, (np.arange(2**n)[:, None] >> np.arange(n)) & 1


def _mean_gain(n: int, values: Array, members: Array, weight: Any) -> Array:
    import numpy as np

    size = members.sum(axis=1)
    found = []
    for i in range(n):
        without = np.flatnonzero(members[:, i] == 0)
        gain = values[without | (1 << i)] - values[without]
        share = np.array([weight(int(s)) for s in size[without]])
        found.append(np.tensordot(share, gain, axes=1))
    return np.stack(found)


def coalitions(setting: Setting, kind: str, most: int = MOST) -> Array:
    """Return the targets under every coalition, shape (2^n, rows, targets).

    Args:
        setting: players, inputs and targets.
        kind: how an absent player is ablated: `zero` or `mean` (of its clean value).
        most: of how many players at most.

    Raises:
        Unavailable: more players than that, or the mean of a weight.
    """
    import numpy as np

    players = setting.players
    if len(players) > most:
        raise Unavailable(f"{len(players)} players: all subsets of at most {most} are tried")
    if setting.of == "weights" and kind == "mean":
        raise Unavailable("a weight has no mean over the domain")
    rows = []
    for subset in range(2 ** len(players)):
        absent = [p for i, p in enumerate(players) if not subset >> i & 1]
        if setting.of == "weights":
            passed = setting.floats.run(setting.x, edited=dict.fromkeys(absent, 0.0))
        else:
            values = {p: 0.0 if kind == "zero" else setting.mean(p) for p in absent}
            passed = setting.floats.run(setting.x, replaced=values)
        rows.append(setting.read(passed))
    return np.stack(rows)


def values_per_input(setting: Setting, kind: str, how: str) -> Array:
    """Return the Shapley or Banzhaf values on every input, shape (players, rows, targets).

    Up to 12 players are done here. Up to 16 units or inputs are left to the kernels, in float64,
    but where a unit jumps.
    Both are computed at once: what takes time is the table of the game.

    Args:
        setting: players, inputs and targets.
        kind: as for `coalitions`.
        how: `shapley` or `banzhaf`.

    Raises:
        Unavailable: more players or cases than that, or the mean of a weight.
    """
    if ("games", kind) not in setting.kept:
        setting.kept["games", kind] = _both(setting, kind)
    return setting.kept["games", kind][how]


def _both(setting: Setting, kind: str) -> dict[str, Array]:
    count = len(setting.players)
    if count <= MOST or setting.of == "weights":
        table = coalitions(setting, kind)
        return {"shapley": shapley_values(table), "banzhaf": banzhaf_values(table)}
    whole = setting.network.inputs if setting.of == "inputs" else setting.network.hidden
    if count > MOST_BY_KERNELS or setting.players != whole:
        raise Unavailable(f"{count} players: all subsets of at most {MOST_BY_KERNELS} are tried")
    if 2**count * len(setting.rows) > CASES:
        raise Unavailable(f"2^{count} subsets of {count} players on {len(setting.rows)} inputs")
    if "step" in setting.floats.activations:  # a kernel leaves the side of a jump to rounding
        table = coalitions(setting, kind, MOST_BY_KERNELS)
        return {"shapley": shapley_values(table), "banzhaf": banzhaf_values(table)}
    return _by_kernels(setting, kind)


def _by_kernels(setting: Setting, kind: str) -> dict[str, Array]:
    import numpy as np

    from toynets import kernels  # imports JAX

    network = replace(setting.network, dtype="float64")  # float32 would rank its own rounding
    solve = {"shapley": kernels.shapley_values, "banzhaf": kernels.banzhaf_values}
    absent = {p: 0.0 if kind == "zero" else setting.mean(p) for p in setting.players}
    chosen = [network.outputs.index(t) for t in setting.targets]
    found: dict[str, list[Array]] = {how: [] for how in solve}
    for row in setting.x:
        if setting.of == "inputs":
            game = kernels.input_game(network, row[None], list(absent.values()), "mean output")
        else:
            game = kernels.unit_game(network, row[None], "set", "mean output", constants=absent)
        for how, values in solve.items():
            found[how].append(values(game).values[:, chosen])
    return {how: np.stack(every, axis=1) for how, every in found.items()}
