"""Extremes by parts: one activation of an affine function, and sums that share no variable."""

from __future__ import annotations

import math

import pytest
from extreme_cases import SIGNED, UNIT, Q, contains, ends, near, one
from flint import arb

from toynets.rationals import workprec

# One activation of an affine function: z = 2a - b/2 + 1/4 over [-1, 1]^2 runs from -9/4 to 11/4.
DEPTH_1 = [
    ("identity", Q(-9, 4), Q(11, 4), (-1, 1), (1, -1)),
    ("relu", Q(0), Q(11, 4), (-1, 1), (1, -1)),
    ("abs", Q(0), Q(11, 4), None, (1, -1)),
    ("step", Q(0), Q(1), (-1, 1), (1, -1)),
    ("square", Q(0), Q(121, 16), None, (1, -1)),
]


@pytest.mark.parametrize(("activation", "low", "high", "low_at", "high_at"), DEPTH_1)
def test_one_activation_of_an_affine_function(activation, low, high, low_at, high_at):
    found = one([(activation, Q(1, 4), [(0, Q(2)), (1, Q(-1, 2))])], [SIGNED, SIGNED])
    assert ends(found) == (low, high)
    assert found.max_at == high_at
    assert found.min_attained and found.max_attained
    a, b = found.min_at
    if low_at is None:  # where the function crosses 0
        assert 2 * a - b / 2 + Q(1, 4) == 0
    else:
        assert (a, b) == low_at


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_strictly_increasing_activation_keeps_the_places_at_full_precision(activation):
    def f(z):
        return math.tanh(z) if activation == "tanh" else 1 / (1 + math.exp(-z))

    found = one([(activation, Q(1, 4), [(0, Q(2)), (1, Q(-1, 2))])], [SIGNED, SIGNED])
    assert near(found.minimum, f(-2.25), 1e-15) and near(found.maximum, f(2.75), 1e-15)
    assert float(found.minimum.rad()) < 1e-36
    assert (found.min_at, found.max_at) == ((-1, 1), (1, -1))


@pytest.mark.parametrize(
    ("activation", "bounds", "low", "high"),
    [
        ("abs", (Q(-3), Q(-1)), 1, 3),
        ("abs", (Q(1), Q(3)), 1, 3),
        ("abs", (Q(-3), Q(1)), 0, 3),
        ("square", (Q(-3), Q(-2)), 4, 9),
        ("square", (Q(-1), Q(3)), 0, 9),
        ("relu", (Q(-3), Q(-1)), 0, 0),
        ("relu", (Q(1), Q(3)), 1, 3),
        ("step", (Q(-1), Q(0)), 0, 0),  # step(0) = 0
        ("step", (Q(0), Q(1)), 0, 1),
        ("step", (Q(1, 9), Q(1)), 1, 1),
    ],
)
def test_both_signs_of_the_argument(activation, bounds, low, high):
    assert ends(one([(activation, Q(0), [(0, Q(1))])], [bounds])) == (low, high)


def test_a_sum_of_parts_that_share_no_variable_adds_up():
    # relu(a) - 3 relu(b) + tanh(c) over [-1, 1]^3
    nodes = [
        ("relu", Q(0), [(0, Q(1))]),
        ("relu", Q(0), [(1, Q(1))]),
        ("tanh", Q(0), [(2, Q(1))]),
        ("identity", Q(0), [(3, Q(1)), (4, Q(-3)), (5, Q(1))]),
    ]
    found = one(nodes, [SIGNED] * 3)
    assert near(found.minimum, -3 - math.tanh(1), 1e-15)
    assert near(found.maximum, 1 + math.tanh(1), 1e-15)
    assert found.min_at == (-1, 1, -1) and found.max_at == (1, -1, 1)


def test_twelve_replaced_values_are_no_trouble_while_each_feeds_one_unit():
    nodes = [("relu", Q(-1, 2), [(k, Q(1))]) for k in range(12)]
    nodes.append(("identity", Q(0), [(12 + k, Q((-1) ** k)) for k in range(12)]))
    assert ends(one(nodes, [UNIT] * 12)) == (-3, 3)


def test_a_chain_of_increasing_activations_is_not_subdivided():
    # sigmoid(3 tanh(2a) - 1) on [0, 1], to full precision
    nodes = [("tanh", Q(0), [(0, Q(2))]), ("sigmoid", Q(-1), [(1, Q(3))])]
    found = one(nodes, [UNIT])
    assert float(found.maximum.rad()) < 1e-36
    assert near(found.maximum, 1 / (1 + math.exp(1 - 3 * math.tanh(2))), 1e-15)


def test_a_coefficient_that_may_have_either_sign_gives_both():
    with workprec(128):
        around = arb(0, 0.25)
    found = one([("relu", Q(0), [(0, Q(1))]), ("identity", Q(0), [(1, around)])], [UNIT])
    assert contains(found.minimum, Q(-1, 4)) and contains(found.maximum, Q(1, 4))
    assert contains(found.minimum, 0) and contains(found.maximum, 0)


def test_tanh_over_a_step_keeps_what_is_only_approached():
    # tanh(step(a) - a) on [0, 1]
    nodes = [("step", Q(0), [(0, Q(1))]), ("tanh", Q(0), [(1, Q(1)), (0, Q(-1))])]
    found = one(nodes, [UNIT])
    assert near(found.maximum, math.tanh(1), 1e-15) and not found.max_attained
    assert contains(found.minimum, 0) and found.min_attained
    # and turned round
    turned = one([*nodes, ("identity", Q(0), [(2, Q(-1))])], [UNIT])
    assert near(turned.minimum, -math.tanh(1), 1e-15) and not turned.min_attained
    assert contains(turned.maximum, 0) and turned.max_attained
    assert turned.min_at == (0,)
