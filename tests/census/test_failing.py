"""Plateaus: least squares with the units that are on, exactly, against another route."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from populations import census_of

from toynets.census.failing import projection
from toynets.rationals import text, to_float
from toynets.tasks import load

XOR = load("xor")
ROWS, TARGETS = XOR.domain.rows, [XOR.target(x)[0] for x in XOR.domain]
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
T = np.array([0, 1, 1, 0], float)


def least_squares(states):
    """The same in floats: over the numbers of the units, with their kinks held by elimination."""
    extended = np.hstack([X, np.ones((4, 1))])
    columns = [np.ones((4, 1))]
    for state in states:
        state = np.array(state)
        free = np.eye(3)
        if (state == 0).any():
            _, s, basis = np.linalg.svd(extended[state == 0])
            free = basis[(s > 1e-9).sum() :].T
        columns.append((extended * (state > 0)[:, None]) @ free)
    design = np.hstack(columns)
    return design @ np.linalg.lstsq(design, T, rcond=None)[0]


STATES = list(itertools.product((-1, 0, 1), repeat=4))


@pytest.mark.parametrize("first", STATES[::8])
def test_the_projection_is_that_of_least_squares(first):
    for states in ([first], [first, STATES[17]], [first, STATES[50], STATES[71]]):
        exact = projection(states, ROWS, TARGETS)
        found = [to_float(v) for v in exact]
        assert found == pytest.approx(least_squares(states), abs=1e-9)


@pytest.mark.parametrize(
    ("states", "outputs"),
    # The four plateaus of the zoo, and what no relu unit can do alone.
    [
        ([], "1/2 1/2 1/2 1/2"),
        ([[-1, 1, -1, -1]], "1/3 1 1/3 1/3"),
        ([[1, 1, 1, -1]], "0 1 1 0"),
        ([[1, 1, -1, -1]], "0 1 1/2 1/2"),
        ([[1, 0, 0, -1]], "0 2/3 2/3 2/3"),
        ([[0, 1, 1, 1]], "1/2 1/2 1/2 1/2"),
    ],
)
def test_the_plateaus_of_xor(states, outputs):
    assert " ".join(text(v) for v in projection(states, ROWS, TARGETS)) == outputs


def test_stuck_networks_are_named_by_what_they_do():
    stuck = [
        ([[-1, 1, 0], [-1, -1, -1]], [2 / 3, 1.0], 1 / 3),  # one corner is reached
        ([[-1, -1, -1], [-1, -1, -1]], [1.0, 1.0], 0.5),  # none
        ([[-1, 1, 0], [-1, -1, -0.5]], [0.0, 1.0], 0.5),  # a unit that has shrunk to nothing
        ([[-1, 1, 0], [-1, -1, -1]], [2 / 3, 1.0], 0.4),  # on its way
    ]
    found = census_of("xor", "relu", stuck)
    assert found.converged == 0
    assert [(p.plateau, p.runs, p.exact) for p in found.failures] == [
        ("1/2 1/2 1/2 1/2", (1, 2), True),
        ("1/3 1/3 1/3 1", (0,), True),
        ("0.40 0.40 0.40 1.07", (3,), False),
    ]
    assert found.failures[1].error == pytest.approx(1 / 6)


def test_a_network_that_diverged_or_is_nearly_there_is_said_to_be():
    nearly = ([[1, -1, 0], [-1, 1, 0]], [1.005, 1.0], 0.0)
    lost = ([[1, -1, 0], [-1, 1, 0]], [float("nan"), 1.0], 0.0)
    found = census_of("xor", "relu", [nearly, lost])
    assert [p.plateau for p in found.failures] == [
        "nearly there: within 0.02 of every target", "diverged",
    ]  # fmt: skip
