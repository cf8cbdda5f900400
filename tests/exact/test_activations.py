"""The activations: rationals as they are defined, and balls that hold tanh and sigmoid."""

from __future__ import annotations

import math

import pytest
from exact_cases import F

from toynets.domain import Domain
from toynets.errors import Undecided
from toynets.exact import run
from toynets.network import Network
from toynets.records import Ball


@pytest.mark.parametrize(
    ("activation", "values"),
    [
        ("identity", [-2, 0, 3]),
        ("relu", [0, 0, 3]),
        ("abs", [2, 0, 3]),
        ("step", [0, 0, 1]),
        ("square", [4, 0, 9]),
    ],
)
def test_rational_activations(activation, values):
    net = Network.from_layers([([[1]], [0], activation)])
    assert [run(net, z)[0] for z in (-2, 0, 3)] == values


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("z", [-30.0, -1.25, 0.0, 0.5, 3.0])
def test_tanh_and_sigmoid_are_balls_that_hold_the_value(activation, z):
    net = Network.from_layers([([[1]], [0], activation), ([[2]], [1], "identity")])
    (found,) = run(net, z)
    expected = math.tanh(z) if activation == "tanh" else 1 / (1 + math.exp(-z))
    assert isinstance(found, Ball) and isinstance(found.lower, F)
    assert float(found) == pytest.approx(1 + 2 * expected, rel=1e-15)
    assert found.radius < F(1, 10**36)
    # By another route: the series of e^w, whose rest after 400 terms is far below 10^-100.
    w = F(z) if activation == "sigmoid" else 2 * F(z)
    power = term = F(1)
    for k in range(1, 400):
        term *= w / k
        power += term
    exact = power / (1 + power) if activation == "sigmoid" else (power - 1) / (power + 1)
    assert found.lower - F(1, 10**100) <= 1 + 2 * exact <= found.upper + F(1, 10**100)


def test_a_rational_output_of_a_tanh_network_stays_a_fraction():
    net = Network.from_layers([([[1]], [0], "tanh"), ([[2]], [1], "identity")])
    assert run(net, 3, "h1 = 1/2") == 2
    assert type(run(net, 3, "h1 = 1/2")[0]) is F
    mean = run(net, 3, "h1 = mean", domain=Domain.listed([[1], [-1]]))
    assert 1 in mean[0] and mean[0].radius < F(1, 10**36)


def test_a_relu_of_a_ball_around_0_is_not_negative():
    # tanh(1) - tanh(1) is 0, but only up to the radius of the balls: the relu is its upper half
    net = Network.from_layers(
        [([[1, 0], [0, 1]], [0, 0], "tanh"), ([[1, -1]], [0], "relu")],
    )
    (found,) = run(net, [1, 1])
    assert 0 in found and 0 < found.upper < F(1, 10**36)
    assert abs(found.lower) < found.upper / 1000


def test_a_step_that_the_balls_leave_open_is_undecided():
    # tanh(x) + tanh(-x) is 0, but only the balls know
    net = Network.from_layers([([[1], [-1]], [0, 0], "tanh"), ([[1, 1]], [0], "step")])
    assert run(net, 0) == 0
    with pytest.raises(Undecided, match=r"step unit is on is not decided"):
        run(net, 1)
