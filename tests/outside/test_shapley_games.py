"""Cooperative games with Shapley values that other people published.

`shapley_games.json` keeps the games with their citation, and an independent recomputation over the
rationals; `captum_shapley_cases.json` the Shapley values of inputs that captum's test suite
publishes for its small networks, where a group of inputs is one player and an absent one has its
baseline value.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from toynets.kernels import (
    Game,
    exact_shapley,
    exact_table,
    input_game,
    shapley_values,
    shares_bound,
    value_bound,
)
from toynets.network import Network

HERE = Path(__file__).parent
GAMES = json.loads((HERE / "shapley_games.json").read_text("utf-8"))["games"]
CASES = json.loads((HERE / "captum_shapley_cases.json").read_text("utf-8"))["cases"]


def table_of(game):
    """The worth of every coalition, in the order of `Game.table`: player 0 is the first digit."""
    n = game["n"]
    if game["coalition_values"] == "min(#left, #right)":  # stated as a rule: so many pairs of shoes
        left = int(game["id"].split("-")[1])
        shoes = [[s >> (n - 1 - player) & 1 for player in range(n)] for s in range(2**n)]
        return [min(sum(one[:left]), sum(one[left:])) for one in shoes]
    table = [None] * 2**n
    for members, worth in game["coalition_values"].items():
        index = sum(1 << (n - 1 - player) for player in json.loads(members))
        assert table[index] is None
        table[index] = worth
    assert None not in table
    return table


def test_no_game_is_lost():
    assert len(GAMES) == 12
    assert len({game["id"] for game in GAMES}) == 12
    assert len(CASES) == 6
    assert all(case["source"]["licence"] == "BSD-3-Clause" for case in CASES)


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game["id"])
def test_the_published_shapley_values_come_out(game):
    table = table_of(game)
    exact = exact_shapley(table)
    assert exact == [Fraction(v) for v in game["exact"]]
    players = tuple(f"player {i}" for i in range(1, game["n"] + 1))
    found = shapley_values(Game(players, "worth", ("",) * game["n"], (), np.array(table)))
    largest = max(abs(v - table[0]) for v in table)
    bound = shares_bound("Shapley value", game["n"], largest)
    for value, exactly, published in zip(
        found.values.tolist(), exact, game["expected_shapley"], strict=True
    ):
        assert abs(Fraction(value) - exactly) <= bound
        assert abs(value - float(published)) <= game["tolerance"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_published_shapley_values_of_inputs_come_out(case):
    layers = [(layer["W"], layer["b"], layer["act"]) for layer in case["network"]]
    network = Network.from_layers(layers, name=case["id"])
    groups = {
        f"group {label}": [
            name for name, own in zip(network.inputs, case["groups"], strict=True) if own == label
        ]
        for label in sorted(set(case["groups"]))
    }
    row, baseline = case["input"], case["baseline"]
    game = input_game(network, [row], baseline, "mean output", groups=groups)
    table = [worth[case["output_index"]] for worth in exact_table(network, [row], game)]
    assert [Fraction(v) for v in game.table[:, case["output_index"]].tolist()] == table

    exact = dict(zip(groups, exact_shapley(table), strict=True))
    found = shapley_values(game)
    largest = float(max(abs(v - table[0]) for v in table))
    bound = shares_bound(
        found.index,
        len(groups),
        largest,
        value_bound(network, [row], "mean output", also=baseline)[case["output_index"]],
    )
    for own, wanted, published in zip(
        case["groups"], case["exact_rational_recheck"], case["expected"], strict=True
    ):
        player = f"group {own}"
        assert exact[player] == Fraction(wanted)
        assert abs(Fraction(float(found[player][case["output_index"]])) - exact[player]) <= bound
        assert abs(float(exact[player]) - published) <= case["tolerance"]
