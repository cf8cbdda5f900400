"""Many networks with one hidden layer of relu at once, the networks on the last axis, in float64.

The twin of `toynets.importance` for a population: the same scores, each written once more for
arrays; the tests hold the two together. Outputs are compared as logits: less their mean where
there are several classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toynets.importance.measured import LEK_LEVELS, LEK_STEPS

if TYPE_CHECKING:
    from toynets.importance.floats import Array

GAMES = 8  # rows on which all coalitions are tried
PLAYERS = 16  # and of how many inputs at most
CHUNK = 16  # networks whose coalitions are in memory together


@dataclass(frozen=True, eq=False)
class Crowd:
    """Networks of one architecture.

    Attributes:
        w: weights into the hidden layer, shape (hidden, inputs, networks).
        b: their biases, shape (hidden, networks).
        v: weights to the outputs, shape (outputs, hidden, networks).
        c: their biases, shape (outputs, networks).
    """

    w: Array
    b: Array
    v: Array
    c: Array

    @staticmethod
    def of(flat: Array, sizes: tuple[int, int, int]) -> Crowd:
        """Read the flat numbers of a population, shape (parameters, networks)."""
        import numpy as np

        from toynets.kernels.population_layout import Layout  # no JAX, but NumPy

        (w, b), (v, c) = Layout(sizes).split(flat.astype(np.float64))
        return Crowd(w, b, v, c)

    def hidden(self, x: Array) -> Array:
        """Return the pre-activations of rows, shape (rows, hidden, networks)."""
        import numpy as np

        return np.tensordot(x, self.w, axes=(1, 1)) + self.b

    def onward(self, h: Array) -> Array:
        """Return the outputs that hidden activations make, shape (rows, outputs, networks)."""
        return _centred(_products(h, self.v) + self.c, axis=1)

    def run(self, x: Array) -> Array:
        """Return the outputs of rows, shape (rows, outputs, networks)."""
        import numpy as np

        return self.onward(np.maximum(self.hidden(x), 0.0))

    @cached_property
    def centred(self) -> Array:
        """The weights to the outputs as outputs notice them: less their mean over classes."""
        return _centred(self.v, axis=0)


def _products(h: Array, v: Array) -> Array:
    """Return sum over hidden units, (rows, hidden, networks) x (outputs, hidden, networks)."""
    import numpy as np

    return np.stack([(h * row).sum(axis=1) for row in v], axis=1)


def _centred(values: Array, axis: int) -> Array:
    return values - values.mean(axis=axis, keepdims=True) if values.shape[axis] > 1 else values


def scores_of_inputs(crowd: Crowd, x: Array) -> dict[str, Array]:
    """Return the scores of every input of every network, over several outputs the mean of sizes.

    Args:
        crowd: the networks.
        x: the rows that scores are over, shape (rows, inputs).

    Returns:
        Score, as the catalogue of `toynets.importance` names it -> shape (inputs, networks).
        `effect of zero` and `effect of mean` are what ablation does: the mean |effect|.
    """
    found = {**_structural(crowd), **_slopes(crowd, x), **_replaced(crowd, x)}
    found["lek profile"] = _lek(crowd, x)
    found |= _games(crowd, x)
    return found


def _structural(crowd: Crowd) -> dict[str, Array]:
    import numpy as np

    size, out = abs(crowd.w), abs(crowd.v)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.nan_to_num(size / size.sum(axis=1, keepdims=True))
        given = np.nan_to_num(out / out.sum(axis=1, keepdims=True))
        ways = np.einsum("hin,ohn->oin", crowd.w, crowd.v)
        of_sums = np.nan_to_num(abs(ways) / abs(ways).sum(axis=1, keepdims=True))
        equal = np.einsum("hin,ohn->oin", share, 1.0 * (out > 0))  # v cancels, unless it is 0
        equal = np.nan_to_num(equal / equal.sum(axis=1, keepdims=True))
    return {
        "outgoing |sum|": size.sum(axis=0),
        "outgoing sum": abs(crowd.w.sum(axis=0)),
        "garson": np.einsum("hin,ohn->oin", share, given).mean(axis=0),
        "garson (cancelled)": equal.mean(axis=0),
        "garson (of sums)": of_sums.mean(axis=0),
        "olden": abs(ways).mean(axis=0),
    }


def _slopes(crowd: Crowd, x: Array) -> dict[str, Array]:
    """Gradients, and their integral on the way from 0 to x: how long each unit is on."""
    import numpy as np

    z = crowd.hidden(x)
    way = z - crowd.b
    with np.errstate(invalid="ignore", divide="ignore"):
        turn = np.clip(np.nan_to_num(-crowd.b / way, nan=0.0), 0.0, 1.0)
    start, end = crowd.b > 0, z > 0
    share = np.where(start & end, 1.0, np.where(start, turn, np.where(end, 1.0 - turn, 0.0)))
    found = {}
    for name, on, times in (
        ("gradient", end * 1.0, False),
        ("gradient x value", end * 1.0, True),
        ("integrated gradients", share, True),
    ):
        total = 0.0
        for out in crowd.centred:
            slope = np.einsum("rhn,hn,hin->rin", on, out, crowd.w, optimize=True)
            total = total + abs(slope * x[:, :, None] if times else slope).mean(axis=0)
        found[name] = total / len(crowd.centred)
    return found


def _replaced(crowd: Crowd, x: Array) -> dict[str, Array]:
    """Every score that puts another value in the place of an input."""
    import numpy as np

    z, clean = crowd.hidden(x), crowd.run(x)
    names = ("left out (zero)", "left out (mean)", "left out (resample)", "permutation")
    found: dict[str, list[Array]] = {n: [] for n in (*names, "effect of zero", "effect of mean")}

    def change(i: int, value: Array) -> Array:
        moved = z + (value - x[:, i])[:, None, None] * crowd.w[:, i]
        return crowd.onward(np.maximum(moved, 0.0)) - clean

    for i in range(x.shape[1]):
        for kind, value in (("zero", 0.0), ("mean", x[:, i].mean())):
            effect = change(i, np.full(len(x), value))
            found[f"left out ({kind})"].append(abs(effect.mean(axis=0)).mean(axis=0))
            found[f"effect of {kind}"].append(abs(effect).mean(axis=(0, 1)))
        mean = np.zeros(clean.shape[1:])
        square = np.zeros(clean.shape[2])
        for shift in range(1, len(x)):
            effect = change(i, np.roll(x[:, i], shift))
            mean += effect.mean(axis=0) / (len(x) - 1)
            square += (effect**2).mean(axis=(0, 1)) / len(x)
        found["left out (resample)"].append(abs(mean).mean(axis=0))
        found["permutation"].append(square)
    return {name: np.stack(rows) for name, rows in found.items()}


def _lek(crowd: Crowd, x: Array) -> Array:
    import numpy as np

    held = np.quantile(x, LEK_LEVELS, axis=0)
    found = []
    for i in range(x.shape[1]):
        tried = np.repeat(held, LEK_STEPS, axis=0)
        at = np.linspace(x[:, i].min(), x[:, i].max(), LEK_STEPS)
        tried[:, i] = np.tile(at, len(LEK_LEVELS))
        response = crowd.run(tried)
        median = np.median(response.reshape(len(held), LEK_STEPS, *response.shape[1:]), axis=0)
        found.append((median.max(axis=0) - median.min(axis=0)).mean(axis=0))
    return np.stack(found)


def _games(crowd: Crowd, x: Array) -> dict[str, Array]:
    """Shapley and Banzhaf values of the inputs, an absent one at its mean over all rows.

    An output is a sum over hidden units, so the value of a player is the sum of its values in the
    games of the units, times the unit's weight to the output. All coalitions are tried.
    """
    import numpy as np

    count = x.shape[1]
    if count > PLAYERS:
        return {}
    base = x.mean(axis=0)
    start = np.tensordot(base, crowd.w, axes=(0, 1)) + crowd.b
    total = np.zeros((2, count, crowd.b.shape[1]))
    rows = x[:GAMES]
    for low in range(0, crowd.b.shape[1], CHUNK):
        some = slice(low, low + CHUNK)
        table = np.empty((2**count, *start[:, some].shape))
        for row in rows:
            steps = (row - base)[None, :, None] * crowd.w[..., some]
            table[0] = start[:, some]
            for i in range(count):  # coalitions in the order of `importance.games`
                np.add(table[: 2**i], steps[:, i], out=table[2**i : 2 ** (i + 1)])
            for k, own in enumerate(values_of_games(np.maximum(table, 0.0))):
                for out in crowd.centred[..., some]:
                    total[k][:, some] += abs((own * out).sum(axis=1))
    found = total / (len(rows) * len(crowd.centred))
    return dict(zip(("shapley (mean)", "banzhaf (mean)"), found, strict=True))


def values_of_games(worth: Array) -> tuple[Array, Array]:
    """Return the Shapley and the Banzhaf values of many games at once.

    What a player adds is a sum over the coalitions with it, less a sum over all of them; the sums
    with each player in turn come from folding the table in halves.

    Args:
        worth: shape (2^players, …), of the coalitions in the order of `importance.games`.

    Returns:
        Two arrays of shape (players, …).

    >>> import numpy as np
    >>> [v.tolist() for v in values_of_games(np.array([0.0, 0.0, 0.0, 1.0]))]
    [[0.5, 0.5], [0.5, 0.5]]
    """
    from math import comb

    import numpy as np

    count = len(worth).bit_length() - 1
    size = np.array([k.bit_count() for k in range(len(worth))])
    # Of those orders in which just `s` join before a player: 1 / (count * comb(count - 1, s)).
    ways = np.array([1 / (count * comb(count - 1, s)) for s in range(count)] + [0.0])
    shape = (-1, *([1] * (worth.ndim - 1)))
    absent = ways[size]
    both = absent + np.where(size > 0, ways[size - 1], 0.0)
    shapley = _with_each(worth * both.reshape(shape)) - (worth * absent.reshape(shape)).sum(axis=0)
    banzhaf = (2 * _with_each(worth) - worth.sum(axis=0)) / 2 ** (count - 1)
    return shapley, banzhaf


def _with_each(values: Array) -> Array:
    """Return for each player the sum over the coalitions with it, shape (players, …)."""
    import numpy as np

    found = []
    while len(values) > 1:
        middle = len(values) // 2
        found.append(values[middle:].sum(axis=0))
        values = values[:middle] + values[middle:]
    return np.stack(found[::-1])
