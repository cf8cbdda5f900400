"""Training: repeatable, really descending, and back at the hand-made tables from known seeds."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from toynets import tasks
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.rationals import to_float
from toynets.training import RECIPES, train, train_many
from toynets.training.descent import PIECE, start
from toynets.training.recipes import read_recipe, schedule, with_steps

FUNCTIONS = {
    "identity": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}


def rows_of(task: tasks.Task) -> tuple[np.ndarray, np.ndarray]:
    rows = task.training.rows
    x = np.array([[to_float(v) for v in row] for row in rows])
    return x, np.array([[to_float(v) for v in task.target(row)] for row in rows])


def by_hand(params, activations, x):
    """Outputs in float64 NumPy, sharing nothing with the package."""
    for weight, bias, act in zip(params["weight"], params["bias"], activations, strict=True):
        x = FUNCTIONS[act](x @ np.asarray(weight, float).T + np.asarray(bias, float))
    return x


def activations_of(network):
    return [layer.activation for layer in network.layers]


def contributions(network, x):
    """The table of v_k h_k(x): a row for each unit, and the bias of the output."""
    first, last = network.layers
    pre = x @ np.array(first.weight).T + np.array(first.bias)
    return (FUNCTIONS[first.activation](pre) * np.array(last.weight[0])).T, last.bias[0]


# Repeating


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


# Descending


def numerical_gradient(params, loss, decay):
    found = {"weight": [], "bias": []}
    for kind, arrays in params.items():
        for array in arrays:
            slope = np.zeros_like(array)
            for i in np.ndindex(array.shape):
                at = array[i]
                array[i] = at + 1e-6
                up = loss() + decay * sum((a**2).sum() for b in params.values() for a in b)
                array[i] = at - 1e-6
                down = loss() + decay * sum((a**2).sum() for b in params.values() for a in b)
                array[i] = at
                slope[i] = (up - down) / 2e-6
            found[kind].append(slope)
    return found


def loss_by_hand(name, y, t):
    if name == "mse":
        return np.mean((y - t) ** 2)
    if name == "half-sse":
        return np.sum((y - t) ** 2) / 2
    return np.mean(-t * np.log(y) - (1 - t) * np.log(1 - y))


@pytest.mark.parametrize(
    ("name", "activation", "optimiser"),
    [
        ("mse", "relu", {"optimiser": "adam"}),
        ("half-sse", "sigmoid", {"optimiser": "momentum", "momentum": 0.9}),
        ("bce", "tanh", {"optimiser": "descent"}),
    ],
)
def test_five_steps_are_as_computed_by_hand(name, activation, optimiser):
    phase = {"steps": 5, "learning_rate": 0.1, "schedule": "constant", "decay": 0.01}
    recipe = {**optimiser, "init": "uniform", "bound": 0.9, "phases": [phase]}
    done = train("xor", activation=activation, loss=name, recipe=recipe, seed=1)
    x, t = rows_of(tasks.load("xor"))
    drawn = start(1, (2, 2, 1), recipe)
    params = {kind: [np.array(a, float) for a in arrays] for kind, arrays in drawn.items()}
    acts = activations_of(done.network)

    def loss():
        return loss_by_hand(name, by_hand(params, acts, x), t)

    first = {k: [np.zeros_like(a) for a in v] for k, v in params.items()}
    second = {k: [np.zeros_like(a) for a in v] for k, v in params.items()}
    for step in range(1, 6):
        assert done.losses[step - 1] == pytest.approx(loss(), rel=1e-4)
        slope = numerical_gradient(params, loss, 0.01)
        for kind in params:
            for k, g in enumerate(slope[kind]):
                if optimiser["optimiser"] == "adam":
                    first[kind][k] = 0.9 * first[kind][k] + 0.1 * g
                    second[kind][k] = 0.999 * second[kind][k] + 0.001 * g * g
                    top = first[kind][k] / (1 - 0.9**step)
                    g = top / (np.sqrt(second[kind][k] / (1 - 0.999**step)) + 1e-8)
                elif optimiser["optimiser"] == "momentum":
                    first[kind][k] = g = g + 0.9 * first[kind][k]
                params[kind][k] -= 0.1 * g
    for kind, arrays in done.network.params().items():
        for got, wanted in zip(arrays, params[kind], strict=True):
            np.testing.assert_allclose(got, wanted, atol=1e-4)


def test_the_loss_falls_and_the_error_is_that_of_the_stored_network():
    done = train("xor", seed=224)
    assert done.losses.shape == (12000,)
    assert done.losses[-1] < done.losses[0] / 1e6
    x, t = rows_of(tasks.load("xor"))
    error = np.abs(by_hand(done.network.params(), ["relu", "identity"], x) - t)
    assert done.max_error == pytest.approx(error.max(), abs=1e-6)
    assert done.final_loss == pytest.approx(np.mean(error**2), abs=1e-9)
    assert done.max_error < 1e-4


def test_the_end_of_a_filled_up_piece_changes_nothing():
    phase = {"steps": PIECE + 500, "learning_rate": 0.05, "schedule": "constant"}
    recipe = {"optimiser": "adam", "init": "he-normal", "phases": [phase]}
    long = train("xor", seed=3, recipe=recipe)
    short = train("xor", seed=3, recipe={**recipe, "phases": [{**phase, "steps": PIECE + 200}]})
    assert long.losses[: PIECE + 200].tobytes() == short.losses.tobytes()
    assert short.final_loss == pytest.approx(long.losses[PIECE + 200], rel=1e-5)


def test_decay_pulls_to_zero_what_no_loss_holds():
    phase = {"steps": 900, "learning_rate": 0.1, "schedule": "constant", "decay": 1.0}
    recipe = {"optimiser": "descent", "init": "he-normal", "phases": [phase]}
    done = train("and", seed=1, recipe=recipe)
    assert max(abs(w.value) for w in done.network.weights() if w.name != "y.bias") < 1e-6


@pytest.mark.parametrize(
    ("init", "spread"),
    [("he-normal", (2 / 300) ** 0.5), ("glorot-normal", (2 / 700) ** 0.5)],
)
def test_normal_starts_have_the_stated_variance_and_no_bias(init, spread):
    drawn = start(0, (300, 400), {"init": init})
    assert drawn["weight"][0].shape == (400, 300)
    assert float(drawn["weight"][0].std()) == pytest.approx(spread, rel=0.01)
    assert not drawn["bias"][0].any()


def test_a_uniform_start_fills_its_bounds_biases_too():
    drawn = start(0, (300, 400), {"init": "uniform", "bound": 0.3})
    for array in (drawn["weight"][0], drawn["bias"][0]):
        assert 0.29 < float(array.max()) < 0.3
        assert -0.3 <= float(array.min()) < -0.29


# Mechanisms: what each unit adds to the output, on 00, 01, 10, 11 (or on the grid)


def test_xor_learns_the_difference_from_one_seed():
    table, bias = contributions(train("xor", seed=224).network, rows_of(tasks.load("xor"))[0])
    np.testing.assert_allclose(table, [[0, 0, 1, 0], [0, 1, 0, 0]], atol=1e-3)
    assert bias == pytest.approx(0, abs=1e-3)


def test_xor_learns_to_count_and_correct_from_another():
    table, bias = contributions(train("xor", seed=2054).network, rows_of(tasks.load("xor"))[0])
    np.testing.assert_allclose(table, [[0, 1, 1, 2], [0, 0, 0, -2]], atol=2e-3)
    assert bias == pytest.approx(0, abs=2e-3)


def test_the_absolute_value_is_learnt_as_two_hinges_at_zero():
    done = train("abs")
    x, _ = rows_of(tasks.load("abs"))
    table, bias = contributions(done.network, x)
    np.testing.assert_allclose(table, [np.maximum(x[:, 0], 0), np.maximum(-x[:, 0], 0)], atol=1e-3)
    assert bias == pytest.approx(0, abs=1e-3)


def test_symmetry_is_learnt_as_in_1986():
    done = train("symmetry-6", seed=5)
    assert done.recipe["momentum"] == 0.9
    assert done.network.text == "6-2-1 sigmoid, sigmoid output"
    assert done.max_error < 0.01
    first = np.array(done.network.layers[0].weight)
    np.testing.assert_allclose(first, -first[:, ::-1], atol=0.01)  # mirror positions cancel
    np.testing.assert_allclose(np.abs(first[0, :3] / first[0, 0]), [1, 2, 4], atol=0.03)


# Populations


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
    wanted = [s for s in range(32) if found.max_errors[s] <= 0.6]
    assert list(found.solved(0.6)) == wanted
    assert 0 < len(found.solved(0.01)) < len(wanted) <= 32


def test_a_diverged_network_of_a_population_is_not_solved_and_says_so_when_asked_for():
    recipe = {**RECIPES["annealed"], "optimiser": "descent"}
    recipe["phases"] = [{"steps": 50, "learning_rate": 1e20}]
    found = train_many("xor", seeds=3, recipe=recipe)
    assert found.solved(1e30) == ()
    with pytest.raises(ToynetsError, match=r"training of seed 0 diverged"):
        found.network(0)


def test_a_seed_that_was_not_trained_is_refused():
    with pytest.raises(ToynetsError, match=r"no network of seed 9; the seeds are 0 to 2"):
        train_many("xor", seeds=3, steps=50).network(9)


# Any task, any shape

THREE = tasks.Task(
    name="which",
    title="which of three inputs is on",
    inputs=("red", "green", "blue"),
    outputs=("r", "g", "b"),
    domain=Domain.listed(np.eye(3).tolist()),
    rule=lambda row: row,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(4,),
)


def test_a_task_of_ones_own_trains_a_softmax_with_its_names():
    done = train(THREE, seed=1, activation="tanh")
    assert done.network.text == "3-4-3 tanh, softmax output"
    assert (done.network.inputs, done.network.outputs) == (THREE.inputs, THREE.outputs)
    z = by_hand(done.network.params(), ["tanh", "identity"], np.eye(3))
    shares = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    assert done.final_loss == pytest.approx(-np.log(np.diag(shares)).mean(), rel=1e-3)
    assert done.max_error == pytest.approx(np.abs(shares - np.eye(3)).max(), abs=1e-5)
    assert done.max_error < 0.1


@pytest.mark.parametrize(
    ("hidden", "units"), [((3, 2), ["h1.1", "h1.2", "h1.3", "h2.1", "h2.2"]), ((), [])]
)
def test_any_number_of_hidden_layers(hidden, units):
    assert list(train("and", hidden=hidden, steps=20).network.hidden) == units


@pytest.mark.parametrize(
    ("arguments", "text", "optimiser"),
    [
        ({}, "2-2-1 relu", "adam"),
        ({"activation": "linear"}, "2-2-1 identity", "adam"),
        ({"activation": "tanh", "loss": "bce"}, "2-2-1 tanh, sigmoid output", "adam"),
        (
            {"recipe": "rhw1986", "activation": "sigmoid"},
            "2-2-1 sigmoid, sigmoid output",
            "momentum",
        ),
    ],
)
def test_the_loss_decides_the_output_and_the_recipe_the_rest(arguments, text, optimiser):
    done = train("xor", steps=20, **arguments)
    assert done.network.text == text
    assert done.recipe["optimiser"] == optimiser
    assert done.to_dict()["recipe"] == done.recipe
    assert repr(done).startswith(f"<Training of xor: {text}, seed 0, 20 steps, loss ")


def test_steps_are_shared_among_the_phases():
    for steps in (1, 7, 100, 12001):
        made = with_steps(read_recipe("annealed"), steps)
        assert len(list(schedule(made))) == steps
        assert all(phase["steps"] > 0 for phase in made["phases"])


# A bar


@pytest.mark.parametrize(("asked", "shown"), [(True, True), (False, False), (None, False)])
def test_a_bar_is_shown_on_the_error_stream_if_asked_for(monkeypatch, asked, shown):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    train("and", steps=3 * PIECE, progress=asked)
    assert ("training and" in stream.getvalue()) == shown


def test_a_bar_comes_by_itself_on_a_terminal_when_it_takes_long(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    quick, slow = Terminal(), Terminal()
    monkeypatch.setattr("sys.stderr", quick)
    monkeypatch.setattr("toynets.training.trainer.LONG", 1e9)
    train("and", steps=3 * PIECE)
    monkeypatch.setattr("sys.stderr", slow)
    monkeypatch.setattr("toynets.training.trainer.LONG", 0.0)
    train("and", steps=3 * PIECE)
    assert quick.getvalue() == ""
    assert "training and" in slow.getvalue()


# Errors

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
        ({"recipe": {**GOOD, "optimiser": "momentum"}}, r"below 1, but got None"),
        ({"recipe": {**GOOD, "optimiser": "momentum", "momentum": 1}}, r"below 1, but got 1"),
        ({"recipe": {**GOOD, "phases": []}}, r"the recipe has no phases"),
        ({"recipe": {**GOOD, "phases": [{**PHASE, "step": 3}]}}, r"no key step in a phase\."),
        ({"recipe": {**GOOD, "phases": [{**PHASE, "steps": 0}]}}, r"steps of a phase.*got 0"),
        (
            {"recipe": {**GOOD, "phases": [{**PHASE, "learning_rate": float("nan")}]}},
            r"learning_rate is a positive number, but got nan",
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
    with pytest.raises(ToynetsError, match=r"after \d of 50 steps(.|\n)*learning rate(.|\n)*small"):
        train("xor", recipe=recipe)


@pytest.mark.parametrize("seeds", [0, -2, []])
def test_a_population_needs_seeds(seeds):
    with pytest.raises(ToynetsError, match=r"no seeds: a population has at least 1 network"):
        train_many("xor", seeds=seeds)


def test_a_population_refuses_a_bad_seed():
    with pytest.raises(ToynetsError, match=r"a seed is a whole number.*got 1\.5"):
        train_many("xor", seeds=[1, 1.5])
