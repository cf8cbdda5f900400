"""From the table of a game to Shapley and Banzhaf values, dividends and interactions.

Everything is a sum over the table with weights that depend on the size of the coalition, and such
sums over "coalitions with player i" are had for all players at once by folding the table in half,
player by player: 2^(n+1) additions in all, for pairs of players as well. All sums are float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from toynets.errors import ToynetsError, UnknownName, unknown
from toynets.kernels.game_record import Game
from toynets.kernels.preparing import Array


@dataclass(frozen=True, eq=False)
class Shares:
    """What each player, pair of players or coalition contributes to a game.

    Attributes:
        index: `Shapley value`, `Banzhaf value`, `Harsanyi dividend` or `Shapley interaction`.
        names: players, pairs of players, or coalitions as tuples of players.
        outputs: names of the outputs where the values have an axis of outputs, else ().
        values: float64, shape (names,) or (names, outputs).
    """

    index: str
    names: tuple[Any, ...]
    outputs: tuple[str, ...]
    values: Array

    def __getitem__(self, name: Any) -> Array:
        if name not in self.names:
            raise UnknownName(unknown("player", str(name), self.index, map(str, self.names)))
        found: Array = self.values[self.names.index(name)]
        return found


def shapley_values(game: Game) -> Shares:
    """Return the Shapley value of each player.

    φ_i = Σ over coalitions S without i of |S|! (n - |S| - 1)! / n! · (v(S ∪ i) - v(S)): the mean of
    what i adds over all orders in which the players may come. They sum to v(everybody) - v(nobody).

    Source: L. S. Shapley, A value for n-person games, 1953, equation (12).

    >>> game = Game(("a", "b"), "profit", ("", ""), (), np.array([0.0, 1.0, 2.0, 5.0]))
    >>> shapley_values(game).values.tolist()
    [3.0, 2.0]
    """
    table, n = _gains(game)
    # Σ_{S without i} w(S) (v(S ∪ i) - v(S)), gathered by the coalition that v is taken of.
    w = [1 / (n * comb(n - 1, s)) for s in range(n)]
    with_i = [0.0, *(w[s - 1] + (w[s] if s < n else 0.0) for s in range(1, n + 1))]
    values = members(_weighted(table, with_i)) - total(_weighted(table, [*w, 0.0]))
    return _shares("Shapley value", game, game.players, values)


def banzhaf_values(game: Game) -> Shares:
    """Return the Banzhaf value of each player.

    β_i = Σ over coalitions S without i of (v(S ∪ i) - v(S)) / 2^(n-1): the mean of what i adds over
    all coalitions of the others. Not normalised, so they need not sum to v(everybody).

    Source: J. F. Banzhaf, Weighted voting doesn't work, 1965; in this form P. Dubey and L. S.
    Shapley, Mathematical properties of the Banzhaf power index, 1979.

    >>> game = Game(("a", "b"), "profit", ("", ""), (), np.array([0.0, 1.0, 2.0, 5.0]))
    >>> banzhaf_values(game).values.tolist()
    [3.0, 2.0]
    """
    table, n = _gains(game)
    values = (2 * members(table) - total(table)) / 2 ** (n - 1)
    return _shares("Banzhaf value", game, game.players, values)


def dividends(game: Game) -> Shares:
    """Return the Harsanyi dividend of each coalition, the Möbius transform of the table.

    m(S) = Σ over T within S of (-1)^(|S| - |T|) v(T): what S adds beyond its parts, so that v(S) is
    the sum of the dividends of all coalitions within S. `names` are in the order of the table, with
    () for nobody.

    Source: J. C. Harsanyi, A simplified bargaining model for the n-person cooperative game, 1963.

    >>> game = Game(("a", "b"), "profit", ("", ""), (), np.array([0.0, 1.0, 2.0, 5.0]))
    >>> found = dividends(game)
    >>> found.values.tolist(), found["a", "b"].item()
    ([0.0, 1.0, 2.0, 2.0], 2.0)
    """
    table, n = _checked(game)
    for i in range(n):
        parts = table.reshape(2**i, 2, -1)
        parts[:, 1] -= parts[:, 0]
    names = tuple(game.members(index) for index in range(2**n))
    return _shares("Harsanyi dividend", game, names, table)


def interactions(game: Game) -> Shares:
    """Return the Shapley interaction index of each pair of players.

    I_ij = Σ over coalitions S without i and j of |S|! (n - |S| - 2)! / (n - 1)! ·
    (v(S ∪ ij) - v(S ∪ i) - v(S ∪ j) + v(S)): above 0 where the two do more together than each by
    itself, below 0 where one stands in for the other.

    Source: M. Grabisch and M. Roubens, An axiomatic approach to the concept of interaction among
    players in cooperative games, 1999.

    Raises:
        ToynetsError: fewer than two players.

    >>> game = Game(("a", "b"), "profit", ("", ""), (), np.array([0.0, 1.0, 2.0, 5.0]))
    >>> interactions(game)["a", "b"].item()
    2.0
    """
    table, n = _gains(game)
    if n < 2:
        raise ToynetsError(
            "an interaction is between two players, but the game has one.", fix="add a player."
        )
    # The coefficient of v(T) by how many of i and j are in T: both, one, neither.
    w = [1 / ((n - 1) * comb(n - 2, s)) for s in range(n - 1)]
    both = [0.0, 0.0, *w]
    one = [0.0, *(-x for x in w), 0.0]
    neither = [*w, 0.0, 0.0]
    mixed = [b - 2 * o + z for b, o, z in zip(both, one, neither, strict=True)]
    single = [o - z for o, z in zip(one, neither, strict=True)]
    alone = members(_weighted(table, single))
    every = total(_weighted(table, neither))
    together = pairs(_weighted(table, mixed))
    at = list(combinations(range(n), 2))
    values = np.stack([together[k] + alone[i] + alone[j] + every for k, (i, j) in enumerate(at)])
    return _shares("Shapley interaction", game, tuple(combinations(game.players, 2)), values)


def total(table: Array) -> Array:
    """Return the sum over axis 0, of length 2^k, by k foldings.

    Each number takes part in k additions, so that the error is at most gamma(k) times the sum of
    magnitudes; a plain loop would have 2^k in place of k.

    >>> total(np.array([1.0, 2.0, 3.0, 4.0])).item()
    10.0
    """
    while len(table) > 1:
        half = len(table) // 2
        table = table[:half] + table[half:]
    found: Array = table[0]
    return found


def members(table: Array) -> Array:
    """Return for each player the sum over the coalitions that it is in, shape (n, …).

    >>> members(np.array([1.0, 2.0, 3.0, 4.0])).tolist()
    [7.0, 6.0]
    """
    found = []
    while len(table) > 1:
        half = len(table) // 2
        found.append(total(table[half:]))
        table = table[:half] + table[half:]
    return np.array(found)


def pairs(table: Array) -> Array:
    """Return for each pair i < j the sum over the coalitions that both are in.

    >>> pairs(np.array([1.0, 2.0, 3.0, 4.0])).tolist()
    [4.0]
    """
    found: list[Any] = []
    while len(table) > 2:
        half = len(table) // 2
        found.extend(members(table[half:]))
        table = table[:half] + table[half:]
    return np.array(found)


def sizes(n: int) -> Array:
    """Return how many players each coalition has, shape (2^n,).

    >>> sizes(2).tolist()
    [0, 1, 1, 2]
    """
    found = np.zeros(1, "int64")
    for _ in range(n):
        found = np.concatenate([found, found + 1])
    return found


def _checked(game: Game) -> tuple[Array, int]:
    """Return the table in float64, as a copy, and the number of players."""
    table, n = np.array(game.table, "float64"), len(game.players)
    if n < 1 or len(table) != 2**n:
        raise ToynetsError(
            f"a game of {n} players has a table of {2**n} numbers, but this one has {len(table)}."
        )
    if not np.isfinite(table).all():
        raise ToynetsError("a coalition's worth is NaN or infinite.")
    return table, n


def _gains(game: Game) -> tuple[Array, int]:
    """Return the worth above that of nobody: the values do not change, and digits are kept."""
    table, n = _checked(game)
    return table - table[0], n


def _weighted(table: Array, by_size: Sequence[float]) -> Array:
    weights = np.array(by_size)[sizes(len(table).bit_length() - 1)]
    weighted: Array = table * weights.reshape(-1, *[1] * (table.ndim - 1))
    return weighted


def _shares(index: str, game: Game, names: tuple[Any, ...], values: Array) -> Shares:
    return Shares(index, tuple(names), game.outputs, values)
