"""Trainings whose numbers are restrained: layers without bias, weights that are tied."""

from __future__ import annotations

import numpy as np
import pytest

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.tasks import Task
from toynets.training import train, train_many
from toynets.training.recipes import read_recipe

ROWS = [[0, 1, 2], [1, 0, 0], [0, 3, 1], [2, 1, 1]]
COPY = Task(
    name="copy-three",
    title="three numbers, as they are",
    inputs=("x1", "x2", "x3"),
    outputs=("y1", "y2", "y3"),
    domain=Domain.listed(ROWS),
    rule=lambda row: row,
    decision={},
    loss="mse-relu",
    hidden=(2,),
    activation="identity",
)
RATE, DECAY = 0.0625, 0.125


def recipe(**more):
    phase = {"steps": 1, "learning_rate": RATE, "schedule": "constant", "decay": DECAY}
    return {"optimiser": "descent", "init": "uniform", "bound": 0.7, "phases": [phase], **more}


def start(seed):
    """The numbers before the first step: those of a training that does not move."""
    still = recipe(unbiased=[1], tied=True)
    still["phases"] = [{"steps": 1, "learning_rate": 1e-30, "schedule": "constant"}]
    network = train(COPY, seed=seed, recipe=still).network
    return np.array(network.layers[0].weight, float), np.array(network.layers[1].bias, float)


def penalised(w, b):
    """The loss, from its definition; the tied weights count once in the decay."""
    x = np.array(ROWS, float)
    y = np.maximum(x @ w.T @ w + b, 0)
    return np.mean((y - x) ** 2) + DECAY * (np.sum(w * w) + np.sum(b * b))


def slope(of, at):
    """Difference quotients, one number after the other."""
    found = np.zeros_like(at)
    for k in np.ndindex(at.shape):
        ends = []
        for sign in (1, -1):
            moved = at.copy()
            moved[k] += sign * 1e-5
            ends.append(of(moved))
        found[k] = (ends[0] - ends[1]) / 2e-5
    return found


@pytest.mark.parametrize("seed", [0, 3])
def test_a_step_with_tied_weights_is_that_of_difference_quotients(seed):
    w, b = start(seed)
    network = train(COPY, seed=seed, recipe=recipe(unbiased=[1], tied=True)).network
    wanted = w - RATE * slope(lambda moved: penalised(moved, b), w)
    assert np.abs(np.array(network.layers[0].weight) - wanted).max() < 1e-5
    wanted = b - RATE * slope(lambda moved: penalised(w, moved), b)
    assert np.abs(np.array(network.layers[1].bias) - wanted).max() < 1e-5


def test_the_largest_error_is_that_of_the_outputs_after_their_relu():
    done = train(COPY, seed=1, recipe=recipe(unbiased=[1], tied=True))
    w, b = np.array(done.network.layers[0].weight, float), np.array(done.network.layers[1].bias)
    z = np.array(ROWS, float) @ w.T @ w + b
    off = np.maximum(z, 0) - np.array(ROWS)
    assert np.abs(z - np.array(ROWS)).max() > np.abs(off).max() + 0.5  # so the relu matters
    assert done.max_error == pytest.approx(np.abs(off).max(), rel=1e-5)
    assert done.final_loss == pytest.approx(np.mean(off**2), rel=1e-5)


def test_the_network_says_which_numbers_are_tied_and_has_no_bias_there():
    network = train(COPY, seed=1, recipe=recipe(unbiased=[1], tied=True)).network
    assert network.layers[0].bias is None
    assert network.layers[1].activation == "relu"
    assert network.ties["x3_h2"] == ("x3->h2", "h2->y3")
    assert len(network.ties) == 6
    assert all(network[a] == network[b] for a, b in network.ties.values())


def test_a_population_is_restrained_as_one_network_is():
    many = train_many(COPY, seeds=[0, 1, 2], recipe=recipe(unbiased=[1], tied=True))
    one = train(COPY, seed=2, recipe=many.recipe).network
    assert many.network(2) == one
    assert many.network(2).ties == one.ties


def test_a_layer_without_bias_keeps_none_and_the_others_learn_theirs():
    network = train(COPY, seed=1, recipe=recipe(unbiased=[2])).network
    assert network.layers[1].bias is None
    assert all(b != 0 for b in network.layers[0].bias)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"unbiased": 1}, r"unbiased lists layers, counted from 1, but got 1"),
        ({"unbiased": [0]}, r"unbiased lists layers, counted from 1, but got \[0\]"),
        ({"unbiased": [True]}, r"unbiased lists layers, counted from 1"),
        ({"tied": "yes"}, r"tied is true or false, but got 'yes'"),
    ],
)
def test_bad_restraints_are_refused(more, message):
    with pytest.raises(ToynetsError, match=message):
        read_recipe(recipe(**more))


def test_restraints_that_do_not_fit_the_sizes_are_refused():
    with pytest.raises(ToynetsError, match="the bias of layer 3, but there are 2 layers"):
        train(COPY, recipe=recipe(unbiased=[3]))
    with pytest.raises(ToynetsError, match="an output for each input, but the sizes are 2-2-1"):
        train("xor", recipe=recipe(tied=True), loss="mse")
    with pytest.raises(ToynetsError, match=r"one hidden layer, and .* sizes are 3-2-2-3"):
        train(COPY, hidden=(2, 2), recipe=recipe(tied=True))
