"""`take_census`: train a population, sort it, explain it, and check the explanations."""

from __future__ import annotations

import time
from collections.abc import Callable

from toynets.census.explaining import explain
from toynets.census.failing import plateaus
from toynets.census.families import families
from toynets.census.population import Population, train
from toynets.census.records import Census
from toynets.tasks import load


def take_census(
    task: str,
    hidden: int = 2,
    *,
    activation: str = "relu",
    runs: int = 10_000,
    seed: int = 0,
    progress: Callable[[str, int, int], None] | None = None,
) -> Census:
    """Train a population of one architecture and sort it into solution families.

    Every run that ends within 1/1000 of all targets is matched with an explanation, of at most 2
    fitted parameters, which is then checked on it from its JSON alone: explained, or counted as
    unexplained. The others are sorted by the outputs that they end at.

    Args:
        task: name of a task with one output.
        hidden: units of the hidden layer, 1 to 4.
        activation: `relu`, trained on the squared error; or `tanh`, trained as a classifier.
        runs: how many networks.
        seed: of the population; run k is the same network whatever the number of runs.
        progress: called with what is done (`train`, `explain`), how far it is and out of what.

    Raises:
        ToynetsError: an unknown task, one with several outputs or (for tanh) other targets than 0
            and 1; another activation; hidden, runs or seed out of range.

    >>> take_census("xor", hidden=9)
    Traceback (most recent call last):
    toynets.errors.ToynetsError: a census is of 1 to 4 hidden units, but got hidden=9...
    """
    began = time.perf_counter()
    tell = progress or (lambda what, done, of: None)
    population = train(
        load(task),
        activation,
        hidden,
        runs=runs,
        seed=seed,
        advance=lambda done, of: tell("train", done, of),
    )
    return sort_out(population, seed, began, lambda done, of: tell("explain", done, of))


def sort_out(
    population: Population,
    seed: int,
    began: float,
    advance: Callable[[int, int], None] = lambda done, of: None,
) -> Census:
    """Return the census of a population that was trained from a seed.

    Args:
        population: trained.
        seed: for the record.
        began: `time.perf_counter()` at the start.
        advance: called with how many runs are explained, and how many there are.
    """
    evidence = explain(population, advance)
    missing = [run for run in population.converged.tolist() if run not in evidence]
    return Census(
        task=population.task.name,
        hidden=population.hidden,
        activation=population.activation,
        runs=population.runs,
        seed=seed,
        converged=len(population.converged),
        families=families(population, evidence),
        failures=plateaus(population),
        unexplained={run: population.params(run) for run in missing},
        without_fit=sum(1 for one in evidence.values() if not getattr(one.found, "fitted", {})),
        seconds=time.perf_counter() - began,
        population=population,
        evidence=evidence,
    )
