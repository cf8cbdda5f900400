"""Descent: where it starts, and steps that agree with those computed by hand."""

from __future__ import annotations

import numpy as np
import pytest
from training_cases import activations_of, by_hand, rows_of

from toynets import tasks
from toynets.training import train
from toynets.training.descent import PIECE, start


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


def test_weights_and_biases_of_all_layers_are_drawn_apart():
    drawn = start(0, (1, 5, 1), {"init": "uniform", "bound": 1})
    numbers = [v for arrays in drawn.values() for a in arrays for v in a.ravel().tolist()]
    assert len(set(numbers)) == len(numbers) == 5 + 5 + 5 + 1


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
    assert done.losses.shape == (5,)

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
    assert done.losses.shape == (12000,) and done.recipe["steps"] == 12000
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
