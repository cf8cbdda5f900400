"""What ablating some players together does, in float64, for every set of one or two of them.

A study compares ranks over a whole zoo, so 15 digits are enough; the tests hold them to
`toynets.exact`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from toynets.importance.floats import Array

if TYPE_CHECKING:
    from toynets.importance.setting import Setting

KINDS = {
    "units": ("zero", "mean", "resample"),
    "inputs": ("zero", "mean", "resample"),
    "weights": ("cut", "flip"),
}
PAIRS = 1_000  # of more pairs so many are drawn

# Positions of players in a setting.
Sets = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class SetEffects:
    """What the ablations of some sets of players do, all of one kind.

    Attributes:
        kind: `zero`, `mean`, `resample`, `cut` or `flip`; under `resample` a set has one source.
        sets: which players each removes.
        largest: the largest |outcome - clean output| over the inputs, shape (sets, targets).
        mean_size: the mean of the same.
        mean: the mean effect, with its sign.
    """

    kind: str
    sets: Sets
    largest: Array
    mean_size: Array
    mean: Array

    def sizes(self, truth: str) -> Array:
        """Return the `largest` or the `mean` |effect|, shape (sets, targets)."""
        return self.largest if truth == "largest" else self.mean_size


def sets_of(count: int, *, pairs: int = PAIRS) -> Sets:
    """Return all single players and then all pairs; of too many pairs the same ones each time.

    >>> sets_of(3)
    ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2))
    """
    every = list(combinations(range(count), 2))
    if len(every) > pairs:
        every = sorted(random.Random(0).sample(every, pairs))
    return (*((k,) for k in range(count)), *every)


def set_effects(setting: Setting, kind: str, sets: Sets) -> SetEffects:
    """Remove each set of players on every input.

    Args:
        setting: players, inputs and targets.
        kind: one of `KINDS`; `resample` needs two inputs.
        sets: positions of players.
    """
    import numpy as np

    shifts = range(1, len(setting.x)) if kind == "resample" else (0,)
    x = np.tile(setting.x, (len(shifts), 1))
    clean = np.tile(setting.read(setting.clean), (len(shifts), 1))
    given = [_change(setting, player, kind, shifts) for player in setting.players]
    shape = (len(sets), len(setting.targets))
    largest, mean_size, mean = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for k, some in enumerate(sets):
        change = {setting.players[i]: given[i] for i in some}
        key = "edited" if setting.of == "weights" else "replaced"
        passed = setting.floats.run(x, **{key: change})
        effect = setting.read(passed) - clean
        size = abs(effect)
        largest[k], mean_size[k] = size.max(axis=0), size.mean(axis=0)
        mean[k] = effect.mean(axis=0)
    return SetEffects(kind, sets, largest, mean_size, mean)


def _change(setting: Setting, player: str, kind: str, shifts: Sequence[int]) -> Array | float:
    """Return the value that stands in a player's place."""
    import numpy as np

    if setting.of == "weights":
        return 0.0 if kind == "cut" else -float(setting.network.numbers[player])
    if kind == "resample":
        values = setting.values(player)
        return np.concatenate([np.roll(values, shift) for shift in shifts])
    return 0.0 if kind == "zero" else setting.mean(player)
