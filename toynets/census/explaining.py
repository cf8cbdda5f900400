"""The explanation of every converged run of a population: fitted, or shared by many; then checked.

What is tried, in order: an exact table with at most two parameters, fitted to the run; then the
numbers that at least five runs share. A run has the first explanation that is verified on it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toynets.census.checking import holds
from toynets.census.ends import SHARED, ends
from toynets.census.fitting import GRID, MOST, STAGES, Fit, Fitter, Solved, Stage
from toynets.census.population import Image, Population
from toynets.census.saturated import RADIUS, Ended, explain_end
from toynets.rationals import Rational

# How far apart numbers of relu runs may be that are said to be shared.
RELU_RADIUS = 0.004

Images = Mapping[int, tuple[Image, ...]]


@dataclass(frozen=True)
class Explained:
    """What explains one run.

    Attributes:
        image: how the run is read.
        found: the explanation.
    """

    image: Image
    found: Fit | Ended


def explain(
    population: Population, progress: Callable[[int, int], None]
) -> dict[int, Explained]:
    """Return run -> its explanation, for those that have one that holds.

    Args:
        population: trained.
        progress: called with how many runs are done, and how many there are.
    """
    done: dict[int, Explained] = {}
    images = {run: population.images(run) for run in population.converged.tolist()}
    method = _tanh if population.activation == "tanh" else _relu
    for tried in method(population, images, done):
        done |= verified(population, tried)
        progress(len(done), len(images))
    progress(len(images), len(images))
    return dict(sorted(done.items()))


def verified(population: Population, tried: dict[int, Explained]) -> dict[int, Explained]:
    """Return those whose explanation holds of their run, from its JSON alone."""
    import numpy as np

    groups: dict[str, list[int]] = {}
    for run, one in tried.items():
        groups.setdefault(one.found.source, []).append(run)
    good: dict[int, Explained] = {}
    for source, members in groups.items():
        parts = [population.numbers(run, tried[run].image) for run in members]
        numbers = tuple(np.stack([p[i] for p in parts], axis=-1) for i in range(4))
        fine = holds(source, numbers, population.x)
        good |= {run: tried[run] for run, ok in zip(members, fine, strict=True) if ok}
    return good


@dataclass(frozen=True)
class _Read:
    """One relu run as it is read: its numbers, and the exact tables of its pattern."""

    run: int
    image: Image
    values: list[float]
    solved: Solved


def _relu(
    population: Population,
    images: Images,
    done: Mapping[int, Explained],
) -> Iterator[dict[int, Explained]]:
    """Yield what is tried, stage by stage, for the runs that have no explanation yet."""
    fitter = Fitter(population.task, population.rows, population.targets)
    later: list[list[_Read]] = []
    for stage in STAGES:
        runs = [run for run in images if run not in done]
        read = list(_solved(population, images, runs, fitter, stage))
        later.append(read)
        yield _tried((one, fitter.fit(one.solved, one.values)) for one in read)
    for read in later:
        for shared in _pins([one for one in read if one.run not in done]):
            left = [(one, pins) for one, pins in shared if one.run not in done]
            yield _tried((one, fitter.fit(one.solved, one.values, pins)) for one, pins in left)


def _tried(pairs: Iterable[tuple[_Read, Fit | None]]) -> dict[int, Explained]:
    return {one.run: Explained(one.image, found) for one, found in pairs if found is not None}


def _solved(
    population: Population,
    images: Images,
    runs: Iterable[int],
    fitter: Fitter,
    stage: Stage,
) -> Iterator[_Read]:
    import numpy as np

    for run in runs:
        # Of images of one pattern the one of the largest numbers in front.
        w, b, v, c, image = max(
            ((*population.numbers(run, one), one) for one in images[run]),
            key=lambda found: np.round(found[0], 1).ravel().tolist(),
        )
        units = np.concatenate([w, b[:, None]], axis=1).tolist()
        solved = fitter.solve(units, v.astype(int).tolist(), float(c), stage)
        if solved is not None:
            yield _Read(run, image, [n for unit in units for n in unit] + [float(c)], solved)


def _pins(read: list[_Read]) -> Iterator[list[tuple[_Read, dict[int, Rational]]]]:
    """Yield runs with those of their free numbers that all runs of an end share.

    All free numbers first, then all but one, then all but two, which are left to be fitted; these
    the half of all runs of a pattern must share.
    """
    import numpy as np

    groups: dict[int, list[_Read]] = {}
    for one in read:
        groups.setdefault(id(one.solved), []).append(one)
    for left in range(MOST + 1):
        found: dict[int, tuple[_Read, dict[int, Rational]]] = {}
        for members in groups.values():
            free = members[0].solved.free
            if len(members) < SHARED or len(free) <= left:
                continue
            for places in itertools.combinations(free, len(free) - left):
                numbers = [np.array([[one.values[i] for i in places]]) for one in members]
                # Where others are fitted, few numbers are left, and five may agree by chance.
                least = max(SHARED, len(members) // 2 if left else 0)
                for end in ends(numbers, RELU_RADIUS, least):
                    pins = {
                        i: Rational(round(float(v) * GRID), GRID)
                        for i, v in zip(places, end.centre, strict=True)
                    }
                    for n, _ in end.members:
                        found.setdefault(members[n].run, (members[n], pins))
        yield list(found.values())


def _tanh(
    population: Population,
    images: Images,
    done: Mapping[int, Explained],
) -> Iterator[dict[int, Explained]]:
    """Yield what is tried: for each end, one explanation for all runs there."""
    runs = [run for run in images if run not in done]
    tried = {}
    for end in ends([_numbers(population, run, images[run]) for run in runs], RADIUS):
        found = explain_end(
            end.centre, population.hidden, task=population.task, x=population.x
        )
        for n, which in end.members:
            tried[runs[n]] = Explained(images[runs[n]][which], found)
    yield tried


def _numbers(population: Population, run: int, images: tuple[Image, ...]) -> Any:
    """Return the numbers of each image, shape (images, units * (inputs + 2) + 1)."""
    import numpy as np

    lines = []
    for image in images:
        w, b, v, c = population.numbers(run, image)
        lines.append([*np.concatenate([w, b[:, None], v[:, None]], axis=1).ravel(), c])
    return np.array(lines)
