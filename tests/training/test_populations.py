"""Populations: many seeds side by side, each as if it were alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from training_cases import activations_of, by_hand, contributions, rows_of

from toynets import tasks
from toynets.errors import ToynetsError
from toynets.training import RECIPES, train, train_many


def test_a_population_starts_where_its_seeds_start_and_ends_there_too():
    seeds = [224, 2054, 214]
    found = train_many("xor", seeds=seeds)
    assert found.seeds == tuple(seeds)
    assert found.solved(1e-3) == tuple(seeds)
    x, _ = rows_of(tasks.load("xor"))
    for seed, network, error in zip(seeds, found.networks, found.max_errors, strict=True):
        alone = train("xor", seed=seed)
        np.testing.assert_allclose(
            contributions(network, x)[0], contributions(alone.network, x)[0], atol=5e-3
        )
        assert error == pytest.approx(alone.max_error, abs=1e-4)
        assert network == found.network(seed)
        assert network.name == f"xor-seed-{seed}"


def test_solved_are_the_seeds_within_the_tolerance():
    found = train_many("xor", seeds=32)
    assert repr(found).startswith("<Population of xor: seeds 0 to 31, ")
    x, t = rows_of(tasks.load("xor"))
    errors = [np.abs(by_hand(n.params(), activations_of(n), x) - t).max() for n in found.networks]
    np.testing.assert_allclose(found.max_errors, errors, atol=1e-5)
    wanted = [s for s in range(32) if errors[s] <= 0.6]
    assert list(found.solved(0.6)) == wanted
    worst = int(np.argmax(found.max_errors))  # whose tolerance is just met by all
    assert len(found.solved(float(found.max_errors[worst]))) == 32
    assert 0 < len(found.solved(0.01)) < len(wanted) <= 32


def test_a_diverged_network_of_a_population_is_not_solved_and_says_so_when_asked_for():
    recipe = {**RECIPES["annealed"], "optimiser": "descent"}
    recipe["phases"] = [{"steps": 50, "learning_rate": 1e20}]
    found = train_many("xor", seeds=3, recipe=recipe)
    assert found.solved(1e30) == ()
    with pytest.raises(ToynetsError, match=r"training of seed 0 diverged"):
        found.network(0)


def test_a_seed_that_was_not_trained_is_refused():
    found = train_many("xor", seeds=3, recipe={**RECIPES["annealed"], "seed": 7}, steps=50)
    assert "seed" not in found.recipe
    for seeds, said in (
        (range(3), "0 to 2"),
        ([5], "5"),
        ([5, 7, 6], "5, 7, 6"),
        (range(0, 18, 2), "0, 2, 4, 6, 8, 10, 12, 14, …"),
    ):
        other = replace(found, seeds=tuple(seeds))
        with pytest.raises(ToynetsError, match=rf"no network of seed 99; the seeds are {said}\."):
            other.network(99)


@pytest.mark.parametrize("seeds", [0, -2, []])
def test_a_population_needs_seeds(seeds):
    with pytest.raises(ToynetsError, match=r"no seeds: a population has at least 1 network"):
        train_many("xor", seeds=seeds)


def test_a_population_refuses_a_bad_seed():
    with pytest.raises(ToynetsError, match=r"a seed is a whole number.*got 1\.5"):
        train_many("xor", seeds=[1, 1.5])
