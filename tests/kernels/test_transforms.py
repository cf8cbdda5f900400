"""Shapley, Banzhaf, dividends, interactions: kernel, definition and rationals agree."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toynets.errors import ToynetsError
from toynets.kernels import (
    Game,
    banzhaf_values,
    dividends,
    exact_banzhaf,
    exact_dividends,
    exact_interactions,
    exact_shapley,
    interactions,
    shapley_values,
    shares_bound,
)
from toynets.kernels.transforms import members, pairs, sizes, total
from toynets.kernels.twins import (
    banzhaf_by_definition,
    dividends_by_definition,
    interactions_by_definition,
    shapley_by_definition,
)

INDICES = [
    (shapley_values, shapley_by_definition, exact_shapley),
    (banzhaf_values, banzhaf_by_definition, exact_banzhaf),
    (dividends, dividends_by_definition, exact_dividends),
    (interactions, interactions_by_definition, exact_interactions),
]
NAMES = ["shapley", "banzhaf", "dividends", "interactions"]


def game(table, outputs=()):
    n = len(table).bit_length() - 1
    players = tuple(f"p{i}" for i in range(1, n + 1))
    return Game(players, "profit", ("",) * n, tuple(outputs), np.asarray(table))


def random_game(n, seed=0):
    return game(np.random.default_rng(seed).normal(size=2**n).astype("float32"))


def dyadic_game(n):
    return game(np.random.default_rng(n).integers(-99, 100, 2**n).astype("float32") / 16)


def largest(table):
    return float(np.abs(table.astype("float64") - float(table[0])).max())


@pytest.mark.parametrize(("kernel", "twin", "exact"), INDICES, ids=NAMES)
@pytest.mark.parametrize("n", [1, 2, 3, 4, 6])
def test_every_index_is_within_its_bound_of_both_twins(kernel, twin, exact, n):
    if n == 1 and kernel is interactions:
        with pytest.raises(ToynetsError, match="an interaction is between two players"):
            kernel(random_game(1))
        return
    g = random_game(n)
    found = kernel(g)
    bound = shares_bound(found.index, n, largest(g.table))
    assert bound < 1e-10
    wanted = exact(g.table.tolist())
    assert len(found.values) == len(found.names) == len(wanted)
    for name, value, exactly in zip(found.names, found.values.tolist(), wanted, strict=True):
        assert abs(Fraction(value) - exactly) <= bound
        assert found[name] == value
    by_definition = twin(g.table.astype("float64").tolist())
    assert np.abs(found.values - by_definition).max() <= 4 * bound


@pytest.mark.parametrize("n", [1, 2, 5])
def test_on_dyadic_games_dividends_and_banzhaf_values_are_exact(n):
    g = dyadic_game(n)
    assert list(map(Fraction, dividends(g).values.tolist())) == exact_dividends(g.table.tolist())
    assert list(map(Fraction, banzhaf_values(g).values.tolist())) == exact_banzhaf(g.table.tolist())


def test_with_two_players_shapley_values_and_interactions_are_exact():
    g = dyadic_game(2)
    table = g.table.tolist()
    assert list(map(Fraction, shapley_values(g).values.tolist())) == exact_shapley(table)
    assert list(map(Fraction, interactions(g).values.tolist())) == exact_interactions(table)


@pytest.mark.parametrize(("kernel", "twin", "exact"), INDICES, ids=NAMES)
def test_a_table_with_several_outputs_is_several_games(kernel, twin, exact):
    both = [random_game(4, seed) for seed in (1, 2)]
    found = kernel(game(np.stack([g.table for g in both], axis=1), ["y1", "y2"]))
    assert found.outputs == ("y1", "y2")
    assert found.values.shape == (len(found.names), 2)
    for k, g in enumerate(both):
        assert (found.values[:, k] == kernel(g).values).all()


worths = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.integers(-100, 100), min_size=2**n, max_size=2**n)
)


@given(worths)
def test_law_shapley_values_share_out_what_everybody_adds(table):
    assert sum(exact_shapley(table)) == table[-1] - table[0]
    found = shapley_values(game(np.array(table, "float64"))).values.sum()
    assert abs(found - (table[-1] - table[0])) < 1e-10


@given(worths)
def test_law_the_worth_of_a_coalition_is_the_sum_of_the_dividends_within_it(table):
    shares = dividends(game(np.array(table, "float64"))).values
    for s, worth in enumerate(table):
        assert sum(m for t, m in enumerate(shares.tolist()) if t & s == t) == worth


@given(worths, st.data())
def test_law_a_player_who_adds_the_same_everywhere_gets_just_that(table, data):
    n = len(table).bit_length() - 1
    bit = 1 << data.draw(st.integers(0, n - 1))
    table = [worth if s & bit else table[s | bit] - 7 for s, worth in enumerate(table)]
    player = n - bit.bit_length()
    assert exact_shapley(table)[player] == exact_banzhaf(table)[player] == 7


def test_a_large_game_keeps_its_digits():
    # v(S) = |S|^2 / 16: by symmetry every Shapley value is n / 16, every interaction 1 / 8.
    n = 20
    g = game((sizes(n) ** 2 / 16).astype("float32"))
    found = shapley_values(g)
    assert np.abs(found.values - n / 16).max() <= shares_bound(found.index, n, largest(g.table))
    found = interactions(g)
    assert np.abs(found.values - 1 / 8).max() <= shares_bound(found.index, n, largest(g.table))
    assert len(found.names) == 190


def test_what_nobody_is_worth_costs_no_digits():
    gains = np.random.default_rng(5).integers(-99, 100, 32) / 16
    table = 2.0**40 + gains - gains[0]
    for kernel, exact in ((shapley_values, exact_shapley), (interactions, exact_interactions)):
        found = kernel(game(table))
        bound = shares_bound(found.index, 5, largest(table))
        assert bound < 1e-10
        for value, exactly in zip(found.values.tolist(), exact(table.tolist()), strict=True):
            assert abs(Fraction(value) - exactly) <= bound


def test_foldings_are_the_sums_that_they_say():
    table = np.arange(16.0) ** 2
    digits = (np.arange(16)[:, None] >> np.arange(3, -1, -1) & 1).astype(bool)
    assert total(table) == table.sum()
    assert members(table).tolist() == [table[digits[:, i]].sum() for i in range(4)]
    assert pairs(table).tolist() == [
        table[digits[:, i] & digits[:, j]].sum() for i in range(4) for j in range(i + 1, 4)
    ]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: shapley_values(game([0.0, 1.0, 2.0, np.nan])), "NaN or infinite"),
        (
            lambda: shapley_values(Game(("a",), "", ("",), (), np.zeros(4))),
            "a game of 1 players has a table of 2 numbers",
        ),
        (lambda: shapley_values(random_game(2))["p9"], "no player p9"),
        (lambda: exact_shapley([1, 2, 3]), r"a game has 2\^n worths, but got 3"),
        (lambda: exact_shapley([1]), r"a game has 2\^n worths, but got 1"),
        (lambda: exact_shapley([0] * 2**13), "13 players: exact games have at most 12"),
    ],
)
def test_wrong_use_is_answered_with_the_fault(call, said):
    with pytest.raises(ToynetsError, match=said):
        call()
