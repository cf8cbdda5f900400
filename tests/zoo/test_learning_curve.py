"""The course of a deep linear training, against its closed form.

From a small start each mode of strength s grows as a(t) = s e^(2st) / (e^(2st) - 1 + s/a0) (Saxe,
McClelland and Ganguli 2019). A step of gradient descent is a time of its rate, and the loss is what
the modes still lack.
"""

import math

import numpy as np
import pytest

from toynets.tasks import load
from toynets.training import train
from toynets.zoo._recipes import _RECIPES

LEAVES = np.array([[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, 0, 0], [0, 0, 1, -1]], float)
MODES = (LEAVES / np.linalg.norm(LEAVES, axis=1, keepdims=True)).T
STRENGTHS = np.array([math.sqrt(7), math.sqrt(3), 1, 1])
SEED, TIME = 2, 200.0
CELLS = 4 * 7


def recipe(steps, rate):
    phase = {"steps": steps, "learning_rate": rate, "schedule": "constant"}
    return {**_RECIPES["flow"], "phases": [phase]}


def losses(rate):
    return train("hierarchy", seed=SEED, recipe=recipe(round(TIME / rate), rate)).losses


@pytest.fixture(scope="module")
def start():
    """The two matrices that the training starts from."""
    still = train("hierarchy", seed=SEED, recipe=recipe(1, 1e-30)).network
    return [np.array(layer.weight, float) for layer in still.layers]


def table():
    task = load("hierarchy")
    return np.array([[float(v) for v in task.target(row)] for row in task.domain]).T


def test_the_strengths_are_those_of_the_table():
    assert np.linalg.svd(table(), compute_uv=False) == pytest.approx(STRENGTHS)
    assert np.abs(MODES.T @ table().T @ table() @ MODES - np.diag(STRENGTHS**2)).max() < 1e-12


def predicted(rate, first, second):
    """The loss before each step, from the start alone."""
    features = table() @ MODES / STRENGTHS
    # What grows of a small start is the part that both layers agree on,
    agreed = (first @ MODES + second.T @ features) / 2
    # and of that the part at right angles to the stronger modes, which are learnt before;
    across = np.linalg.qr(agreed)[1]
    starts = [across[0, 0] ** 2, across[1, 1] ** 2]
    # the two modes of equal strength grow as one matrix.
    starts += list(np.linalg.eigvalsh(across[2:, 2:].T @ across[2:, 2:]))
    time = np.arange(round(TIME / rate)) * rate * 2 / CELLS
    lacking = 0
    for strength, start in zip(STRENGTHS, starts, strict=True):
        grown = np.exp(2 * strength * time)
        reached = strength * grown / (grown - 1 + strength / start)
        lacking = lacking + (strength - reached) ** 2
    return lacking / CELLS


def test_the_loss_falls_in_steps_as_the_closed_form_says(start):
    missed = {}
    for rate in (0.1, 0.025):
        found = losses(rate)
        missed[rate] = np.abs(found - predicted(rate, *start)).max() / found[0]
        assert found[0] == pytest.approx(12 / CELLS, rel=1e-4)  # every feature is still missing
        assert found[-1] < 1e-6
        # The plateaus: nothing learnt, the root learnt, the branches learnt as well.
        for lacking in (12 / CELLS, 5 / CELLS, 2 / CELLS):
            assert (np.abs(found - lacking) < 0.02 * found[0]).sum() * rate > 5
        if rate == 0.1:  # with modes 1 and 2 exchanged at the start the course is another
            exchanged = predicted(rate, start[0][:, [1, 0, 2, 3]], start[1])
            assert np.abs(found - exchanged).max() > 0.04 * found[0]
    assert missed[0.1] < 0.025
    assert missed[0.1] / missed[0.025] == pytest.approx(4, rel=0.1)  # first order in the step
