"""The record of one score: what it computes, where it is from, what it answers, what moves it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.symmetry import MOVES

if TYPE_CHECKING:
    from toynets.importance.setting import Setting

# One value per player, for each target in turn.
Values = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Score:
    """One way to say how important something is.

    Attributes:
        name: as the table shows it.
        formula: in symbols. v: the value of a player; y: the output; means are over the domain.
        question: what the score answers, as a question.
        source: who proposed it, and where.
        players: what it is defined for: `weights`, `units`, `inputs`.
        reads: `weights` (the domain does not matter), `data` (the clean network is run on it) or
            `ablations` (values are replaced as well, so that part of the answer is looked up).
        moved_by: kind of player -> the moves that can change the size of a value, such as
            `rescale`, or `rescale (square step)` where only units with those activations do.
        sign: what the sign of a value says of the effect of removing the player: 1 the same, -1
            the opposite, 0 nothing.
    """

    name: str
    formula: str
    question: str
    source: str
    players: tuple[str, ...]
    reads: str
    moved_by: Mapping[str, tuple[str, ...]]
    compute: Callable[[Setting], Values] = field(repr=False, compare=False)
    sign: int = 0

    def breaks(self, of: str, activations: Collection[str] | None = None) -> tuple[str, ...]:
        """Return the ablation-preserving moves that can change the score.

        Such a move leaves the outcome of every ablation as it is, so a score that it changes
        says something about the numbers, and not about what they do.

        Args:
            of: kind of player.
            activations: of the hidden units of the network in hand; a move that none of them
                allows is left out. Left out itself: any network.
        """
        if of not in self.players:
            raise ToynetsError(unknown("kind of player", of, self.name, self.players))
        found = []
        for moved in self.moved_by[of]:
            name, _, which = moved.partition(" ")
            able = tuple(which.strip("()").split()) or MOVES[name].activations
            if MOVES[name].preserves_ablations and (
                activations is None or not able or set(able) & set(activations)
            ):
                found.append(moved if activations is None else name)
        return tuple(found)

    def invariant(self, of: str, activations: Collection[str] | None = None) -> bool:
        """Whether no ablation-preserving move can change the score."""
        return not self.breaks(of, activations)

    def badge(self, of: str, activations: Collection[str] | None = None) -> str:
        """Return `gauge-invariant`, or what changes the score although nothing else changes."""
        broken = self.breaks(of, activations)
        return "gauge-invariant" if not broken else "changes under " + ", ".join(broken)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "name": self.name,
            "formula": self.formula,
            "question": self.question,
            "source": self.source,
            "players": list(self.players),
            "reads": self.reads,
            "sign": self.sign,
            "invariant": {of: self.invariant(of) for of in self.players},
            "moved_by": {of: list(moves) for of, moves in self.moved_by.items()},
        }
