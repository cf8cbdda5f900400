"""Recipes: how steps are shared among their phases, and what is refused."""

from __future__ import annotations

import pytest

from toynets import tasks
from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.training import RECIPES, train
from toynets.training.recipes import read_recipe, schedule, with_steps


def test_steps_are_shared_among_the_phases():
    for steps in (1, 7, 100, 12001):
        made = with_steps(read_recipe("annealed"), steps)
        assert len(list(schedule(made))) == steps
        assert all(phase["steps"] > 0 for phase in made["phases"])
    shared = [phase["steps"] for phase in with_steps(read_recipe("annealed"), 24)["phases"]]
    assert shared == [6, 6, 6, 4, 2]  # of 3, 3, 3, 2 and 1 thousand
    # After 1.75, 3.5, 5.25, 6.42 and 7 steps, rounded.
    shared = [phase["steps"] for phase in with_steps(read_recipe("annealed"), 7)["phases"]]
    assert shared == [2, 2, 1, 1, 1]


def test_the_rate_falls_along_a_cosine_within_each_phase():
    falling = {"steps": 4, "learning_rate": 2, "decay": 0.5}
    level = {"steps": 2, "learning_rate": 0.25, "schedule": "constant"}
    rates, decays = zip(*schedule({"phases": [falling, level]}), strict=True)
    assert rates == pytest.approx((2, 1 + 0.5**0.5, 1, 1 - 0.5**0.5, 0.25, 0.25))
    assert decays == (0.5, 0.5, 0.5, 0.5, 0, 0)


GOOD = RECIPES["annealed"]
PHASE = GOOD["phases"][0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"task": "xro"}, r"no task xro\..*Nearest: xor"),
        ({"task": 3}, r"expected a task but got 3 \(type=int\)(.|\n)*train\(\"xor\"\)"),
        ({"activation": "rellu"}, r"no activation rellu\..*Nearest: relu"),
        ({"activation": "step"}, r"step units cannot be trained(.|\n)*derivative is 0"),
        ({"activation": "softmax"}, r"softmax stands at the output only(.|\n)*cross-entropy"),
        ({"loss": "mce"}, r"no loss mce\. Losses: mse, .*, bce, cross-entropy\. Nearest: "),
        ({"loss": "cross-entropy"}, r"needs one output per class(.|\n)*loss=\"bce\""),
        ({"task": "abs-2", "loss": "bce"}, r"needs targets from 0 to 1.*\n?.*run from -1 to 1"),
        ({"hidden": 0}, r"hidden is a positive number of units.*but got 0(.|\n)*\(4, 3\)"),
        ({"hidden": (2, -1)}, r"hidden is a positive number of units.*but got \(2, -1\)"),
        ({"hidden": 2.5}, r"hidden is a positive number of units.*but got 2\.5"),
        ({"hidden": True}, r"hidden is a positive number of units.*but got True"),
        ({"steps": 0}, r"steps is a positive whole number, but got 0"),
        ({"steps": 1.5}, r"steps is a positive whole number, but got 1\.5"),
        ({"seed": -1}, r"a seed is a whole number from 0 to below 2\^32, but got -1"),
        ({"seed": 2**32}, r"a seed is a whole number"),
        ({"recipe": "anealed"}, r"no recipe anealed\..*Nearest: annealed"),
        ({"recipe": 3}, r"a recipe is a name or a dict, but got 3(.|\n)*annealed, classify"),
        ({"recipe": {**GOOD, "momentun": 1}}, r"no key momentun in a recipe\..*Nearest: momentum"),
        ({"recipe": {"init": "he-normal"}}, r"the recipe has no optimiser"),
        ({"recipe": {**GOOD, "optimiser": "adams"}}, r"no optimiser adams\..*Nearest: adam"),
        ({"recipe": {**GOOD, "init": "he"}}, r"no init he\."),
        ({"recipe": {**GOOD, "init": "uniform"}}, r"needs a positive bound, but got None"),
        ({"recipe": {**GOOD, "init": "uniform", "bound": 0}}, r"needs a positive bound, but got 0"),
        ({"recipe": {**GOOD, "init": "uniform", "bound": True}}, r"positive bound, but got True"),
        ({"recipe": {**GOOD, "optimiser": "momentum"}}, r"below 1, but got None"),
        ({"recipe": {**GOOD, "optimiser": "momentum", "momentum": 1}}, r"below 1, but got 1"),
        ({"recipe": {**GOOD, "phases": []}}, r"the recipe has no phases"),
        ({"recipe": {**GOOD, "phases": [{**PHASE, "step": 3}]}}, r"no key step in a phase\."),
        ({"recipe": {**GOOD, "phases": [{**PHASE, "steps": 0}]}}, r"steps of a phase.*got 0"),
        (
            {"recipe": {**GOOD, "phases": [{**PHASE, "learning_rate": float("nan")}]}},
            r"learning_rate is a positive number, but got nan",
        ),
        (
            {"recipe": {**GOOD, "phases": [{**PHASE, "learning_rate": 0}]}},
            r"learning_rate is a positive number, but got 0",
        ),
        ({"recipe": {**GOOD, "phases": [{**PHASE, "decay": -1}]}}, r"0 or positive, but got -1"),
        ({"recipe": {**GOOD, "phases": [{**PHASE, "schedule": "cos"}]}}, r"no schedule cos\."),
    ],
)
def test_bad_arguments(arguments, message):
    arguments = {"task": "xor", "steps": 20, **arguments}
    if arguments["task"] == "abs-2":
        arguments["task"] = replace(tasks.load("abs"), rule=lambda row: (row[0],))
    with pytest.raises(ToynetsError, match=message):
        train(**arguments)


def test_a_training_that_diverges_says_when():
    recipe = {**GOOD, "optimiser": "descent", "phases": [{"steps": 50, "learning_rate": 1e20}]}
    with pytest.raises(ToynetsError, match=r"after 1 of 50 steps(.|\n)*learning rate(.|\n)*small"):
        train("xor", recipe=recipe)
