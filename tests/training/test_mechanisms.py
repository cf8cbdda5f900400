"""Mechanisms from known seeds: what each unit adds to the output, against the tables by hand."""

from __future__ import annotations

import numpy as np
import pytest
from training_cases import contributions, rows_of

from toynets import tasks
from toynets.training import train


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
