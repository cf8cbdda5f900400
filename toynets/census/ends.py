"""Numbers that many runs share: training with a decay ends in few places.

What a run's numbers alone do not say, how they came to be just these, the population does: runs
that started anywhere end at the same numbers. These are then the family's, not the run's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Numbers are a family's only if so many runs share them.
SHARED = 5


@dataclass(frozen=True)
class End:
    """One place where runs end.

    Attributes:
        centre: the median of its members' numbers.
        members: (which run, which of its images).
    """

    centre: Any
    members: tuple[tuple[int, int], ...]


def ends(images: Sequence[Any], radius: float, least: int = SHARED) -> list[End]:
    """Sort runs by where they end, the place of most runs first.

    Each run joins the first place from which no number of one of its images is further than
    `radius`, or opens a new one.

    Args:
        images: for each run, float64 of shape (images, numbers): all ways in which it can be read.
        radius: how far.
        least: places of fewer runs are left out.

    >>> import numpy as np
    >>> runs = [np.array([[v, 1.0]]) for v in (3, 3.01, 7, 2.99)]
    >>> [end.members for end in ends(runs, 0.02, least=1)]
    [((0, 0), (1, 0), (3, 0)), ((2, 0),)]
    """
    import numpy as np

    leaders: Any = None
    members: list[list[tuple[int, int]]] = []
    for run, image in enumerate(images):
        if leaders is not None:
            gaps = np.abs(leaders[:, None] - image[None]).max(axis=2)
            place, which = np.unravel_index(int(gaps.argmin()), gaps.shape)
            if gaps[place, which] <= radius:
                members[int(place)].append((run, int(which)))
                continue
        leaders = image[:1] if leaders is None else np.concatenate([leaders, image[:1]])
        members.append([(run, 0)])
    found = []
    for all_of_it in members:
        if len(all_of_it) >= least:
            numbers = np.array([images[run][which] for run, which in all_of_it])
            found.append(End(np.median(numbers, axis=0), tuple(all_of_it)))
    return sorted(found, key=lambda end: -len(end.members))
