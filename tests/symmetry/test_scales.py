"""The scale of each unit in the canonical form."""

from __future__ import annotations

from fractions import Fraction

import pytest
from small_networks import XOR
from symmetry_cases import tiny

from toynets.network import Network
from toynets.symmetry import (
    canonical_form,
    equal_up_to_gauge,
    rescale,
)


def test_outgoing_weights_of_a_relu_unit_sum_to_one():
    form = canonical_form(XOR)
    (first, last) = form.layers
    assert last.weight == ((1, -1),) and last.bias == (0,)
    assert first.weight == ((1, 1), (2, 2)) and first.bias == (0, -2)
    assert form.units == (("h1", "h2"), ("y",))
    assert form.factors == {"h1": 1, "h2": 2, "y": 1}
    assert isinstance(first.weight[0][0], Fraction)


def test_scales_that_no_float_holds_are_exact():
    net = Network.from_layers([([[1]], [1], "relu"), ([[1], [2]], [0, 0], "identity")])
    assert canonical_form(net).layers[1].weight == ((Fraction(1, 3),), (Fraction(2, 3),))
    third = Network.from_layers(
        [([[1]], [1], "relu"), ([["1/3"], ["2/3"]], [0, 0], "identity")], round=True
    )
    assert not equal_up_to_gauge(net, third)


def test_a_unit_without_outgoing_weight_is_scaled_by_its_largest_incoming_one():
    net = Network.from_layers([([[4, -8], [1, 1]], [6, 0], "relu"), ([[0, 1]], [0], "identity")])
    form = canonical_form(net)
    dead = form.layers[0].weight[form.units[0].index("h1")]
    assert dead == (Fraction(1, 2), -1)
    assert form.layers[0].bias[form.units[0].index("h1")] == Fraction(3, 4)
    constant = Network.from_layers([([[0]], [-6], "relu"), ([[0]], [0], "identity")])
    assert canonical_form(constant).layers[0].bias == (-1,)


def test_a_square_unit_into_which_nothing_comes_is_scaled_by_what_goes_out():
    net = Network.from_layers([([[0]], [0], "square"), ([[3], [-5]], [1, 2], "identity")])
    form = canonical_form(net)
    assert form.layers[1].weight == ((Fraction(3, 8),), (Fraction(-5, 8),))
    assert canonical_form(rescale(net, "h1", "1/4")) == form


def test_scales_of_two_children_add_up_through_the_layers():
    # h2.1 is scaled by 5 and h2.2 by 1, so 3 * 5 + 2 * 1 = 17 leaves h1
    net = Network.from_layers(
        [
            ([[2]], [1], "relu"),
            ([[3], [-2]], [1, 7], "relu"),
            ([[5, -1]], [4], "identity"),
        ]
    )
    first, second, last = canonical_form(net).layers
    assert (first.weight, first.bias) == (((34,),), (17,))
    assert second.weight == ((Fraction(15, 17),), (Fraction(-2, 17),)) and second.bias == (5, 7)
    assert (last.weight, last.bias) == (((1, -1),), (4,))


@pytest.mark.parametrize(
    ("acts", "weights", "bias"),
    [  # the weights 2, 3 and 5 in a row, and the bias 1 of the first unit
        (("relu", "square"), (1, 1, 180), Fraction(1, 2)),
        (("square", "relu"), (1, 60, 1), Fraction(1, 2)),
        (("square", "square"), (1, 1, 5 * 12**2), Fraction(1, 2)),
        (("step", "relu"), (1, 15, 1), Fraction(1, 2)),
        (("relu", "step"), (1, 1, 5), Fraction(1, 2)),
        (("tanh", "relu"), (2, 15, 1), 1),
    ],
)
def test_scales_by_hand_through_two_layers(acts, weights, bias):
    layers = [([[2]], [1], acts[0]), ([[3]], [0], acts[1]), ([[5]], [0], "identity")]
    form = canonical_form(Network.from_layers(layers))
    # The sign of what comes into a square unit is free, and no matter of scales.
    assert tuple(abs(layer.weight[0][0]) for layer in form.layers) == weights
    assert form.layers[0].bias == (bias,)


def test_a_step_output_has_the_largest_incoming_weight_1():
    first, last = canonical_form(tiny("relu", "step")).layers
    assert (first.weight, first.bias) == (((1,),), (Fraction(3, 2),))
    assert (last.weight, last.bias) == (((1,),), (Fraction(7, 10),))


def test_a_step_unit_into_which_nothing_comes_is_scaled_by_its_bias():
    net = Network.from_layers([([[0]], [-3], "step"), ([[5]], [0], "identity")])
    first, last = canonical_form(net).layers
    assert first.bias == (-1,) and last.weight == ((5,),)


def test_a_dead_unit_behind_a_square_is_scaled_by_what_the_square_sends():
    net = Network.from_layers(
        [([[2]], [0], "square"), ([[3], [1]], [0, 0], "relu"), ([[0, 5]], [0], "identity")]
    )
    form = canonical_form(net)
    assert form.layers[1].weight[form.units[1].index("h2.1")] == (1,)
