"""A training is repeated: by its seed, by its recipe, and from JSON."""

from __future__ import annotations

import json

import pytest

from toynets.training import RECIPES, train
from toynets.training.recipes import read_recipe


def test_the_same_seed_gives_the_same_numbers():
    one, two = train("xor", seed=3, steps=600), train("xor", seed=3, steps=600)
    assert one.network == two.network
    assert one.losses.tobytes() == two.losses.tobytes()


def test_another_seed_gives_other_numbers():
    one, two = train("xor", seed=3, steps=600), train("xor", seed=4, steps=600)
    assert not set(one.network.numbers.values()) & set(two.network.numbers.values())


@pytest.mark.parametrize(
    "arguments",
    [
        {"seed": 3, "steps": 700},
        {"seed": 2**32 - 1, "hidden": (3, 2), "activation": "tanh", "loss": "bce", "steps": 50},
        {"recipe": "rhw1986", "activation": "sigmoid", "seed": 5, "steps": 900},
    ],
)
def test_a_recipe_read_back_from_json_builds_the_same_network_again(arguments):
    first = train("xor", **arguments)
    read = json.loads(json.dumps(first.recipe))
    again = train(read["task"], recipe=read)
    assert again.network == first.network
    assert again.recipe == first.recipe == read


def test_an_argument_changes_a_recipe_that_is_repeated():
    first = train("xor", seed=3, steps=600)
    other = train("xor", seed=4, recipe=first.recipe)
    assert other.recipe == first.recipe | {"seed": 4}
    assert other.network == train("xor", seed=4, steps=600).network


def test_the_recipes_of_the_package_are_not_changed_by_their_use():
    before = json.dumps(RECIPES)
    train("xor", recipe="annealed", steps=50).recipe["phases"].clear()
    read_recipe("annealed")["phases"].clear()
    assert json.dumps(RECIPES) == before


def test_a_recipe_that_is_given_is_not_changed_either():
    mine = read_recipe("annealed")
    before = json.dumps(mine)
    train("xor", recipe=mine).recipe["phases"][0].clear()
    assert json.dumps(mine) == before
