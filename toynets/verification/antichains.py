"""Minimal sets of a property of subsets, whether or not the property is monotone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from toynets.fields import record

LARGEST_TABLE = 16  # players: 65,536 sets are tried one and all


@record(frozen=True)
class Antichain:
    """The minimal sets that have a property.

    Attributes:
        minimal: sets as bits, the smallest first.
        complete: the size up to which all are found; the number of players where all are.
        holding: how many of all sets have the property, or None where not all were tried.
        exception: (smaller, larger): a set with the property inside one without it, so that the
            property is not monotone; () where there is none or not all were tried.
    """

    minimal: tuple[int, ...]
    complete: int
    holding: int | None = None
    exception: tuple[int, ...] = ()


class OutOfBudget(Exception):
    """No more cases may be run."""


def by_table(holds: Sequence[bool], players: int) -> Antichain:
    """Return the minimal sets of a property that is known of every set.

    Args:
        holds: for each set, as bits, whether it has the property; shape (2^players,).
        players: how many.

    >>> by_table([False, True, False, True, True, False, True, True], 3)
    Antichain(minimal=(1, 4), complete=3, holding=5, exception=(1, 5))
    """
    below = bytearray(len(holds))  # whether a proper subset has the property
    exception: tuple[int, ...] = ()
    minimal = []
    for mask in range(len(holds)):
        for k in range(players):
            part = mask & ~(1 << k)
            if part != mask and (holds[part] or below[part]):
                below[mask] = 1
                break
        if holds[mask] and not below[mask]:
            minimal.append(mask)
        if below[mask] and not holds[mask] and not exception:
            inside = next(m for m in minimal if m & mask == m)
            exception = (inside, mask)
    return Antichain(tuple(_ordered(minimal)), players, sum(map(bool, holds)), exception)


def by_size(holds: Callable[[int], bool], players: int) -> Antichain:
    """Return the minimal sets of a property, trying sets by size and no set above a found one.

    Args:
        holds: whether a set has the property; may raise `OutOfBudget`, which ends the search.
        players: how many.

    >>> by_size(lambda mask: mask & 3 == 3 or mask == 8, 4).minimal
    (8, 3)
    """
    found: list[int] = []
    for size in range(players + 1):
        # A player who has the property alone is in no other minimal set.
        left = [k for k in range(players) if 1 << k not in found]
        try:
            for mask in _of_size(left, size):
                if not any(mask & m == m for m in found) and holds(mask):
                    found.append(mask)
        except OutOfBudget:
            kept = [m for m in found if m.bit_count() < size]
            return Antichain(tuple(_ordered(kept)), size - 1)
    return Antichain(tuple(_ordered(found)), players)


def _of_size(players: Sequence[int], size: int) -> Iterator[int]:
    for chosen in itertools.combinations(players, size):
        yield sum(1 << k for k in chosen)


def _ordered(masks: Sequence[int]) -> list[int]:
    """Sort by size, then by the order of the players."""
    return sorted(masks, key=lambda m: (m.bit_count(), _bits(m)))


def _bits(mask: int) -> list[int]:
    return [k for k in range(mask.bit_length()) if mask >> k & 1]
