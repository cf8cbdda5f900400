"""A cooperative game: the worth of every coalition of its players."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toynets.errors import UnknownName, unknown
from toynets.kernels.preparing import Array


@dataclass(frozen=True, eq=False)
class Game:
    """The worth of every coalition of players.

    Attributes:
        players: names, in order.
        value: the value function, a name of `VALUES`, or what the maker of the game calls it.
        absences: for each player the intervention that makes it absent, or "".
        outputs: names of the outputs where the table has an axis of outputs, else ().
        table: shape (2^n,), or (2^n, outputs) for `mean output`; of the network's dtype, with sums
            over rows made in float64. The binary digits of an index, from left to right, are the
            players in order, 1 for present: index 0 is nobody, the last index everybody.

    `game.worth("h1", "h3")` is the worth of one coalition.
    """

    players: tuple[str, ...]
    value: str
    absences: tuple[str, ...]
    outputs: tuple[str, ...]
    table: Array

    def worth(self, *players: str) -> Array:
        """Return the worth of the coalition of these players and no others."""
        found: Array = self.table[self.index(players)]
        return found

    def index(self, players: Iterable[str]) -> int:
        """Return the index of a coalition.

        Raises:
            ToynetsError: a name that is no player.
        """
        index = 0
        for name in players:
            if name not in self.players:
                raise UnknownName(unknown("player", str(name), "the game", self.players))
            index |= 1 << (len(self.players) - 1 - self.players.index(name))
        return index

    def members(self, index: int) -> tuple[str, ...]:
        """Return the players of the coalition of an index."""
        count = len(self.players)
        return tuple(p for i, p in enumerate(self.players) if index >> (count - 1 - i) & 1)

    def intervention(self, index: int) -> str:
        """Return the text of the intervention that leaves this coalition; "" leaves everybody."""
        count = len(self.players)
        return ", ".join(
            absence for i, absence in enumerate(self.absences) if not index >> (count - 1 - i) & 1
        )
