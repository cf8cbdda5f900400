"""Flips that keep the function but not the ablations, and what they need."""

from __future__ import annotations

import pytest
from small_networks import XOR
from symmetry_cases import DIFFERENCE, row, tiny

from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.symmetry import (
    kink_flip,
    sigmoid_flip,
)


def test_a_kink_flip_needs_rests_that_cancel():
    flipped = kink_flip(DIFFERENCE, "h1", "h2")
    assert row(flipped) == [-1, 1, 0, 1, -1, -2, 1, 1, 2]
    with pytest.raises(ToynetsError, match=r"leaves 1 \* x1 \+ -1 \* x2 for y, which no relu unit"):
        kink_flip(DIFFERENCE, "h1")
    with pytest.raises(ToynetsError, match=r"leaves -1 \* x1 \+ -1 \* x2 for y"):
        kink_flip(XOR, "h1", "h2")


def test_a_kink_flip_of_a_second_layer_reads_the_first():
    deep = Network.from_layers(
        [
            ([[1], [2]], [0, 0], "relu"),
            ([[3, 0], [-3, 0]], [-4, 1], "relu"),
            ([[1, 1]], [5], "identity"),
        ]
    )
    flipped = kink_flip(deep, "h2.1", "h2.2")
    assert flipped.layers[1].weight == ((-3, 0), (3, 0)) and flipped.layers[1].bias == (4, -1)
    assert flipped["y.bias"] == 5 - 4 + 1 and flipped.layers[0] == deep.layers[0]
    with pytest.raises(ToynetsError, match=r"leaves 3 \* h1\.1 for y, which no relu unit"):
        kink_flip(deep, "h2.1")


@pytest.mark.parametrize(
    ("net", "units", "message"),
    [
        (tiny("tanh"), ["h1"], "h1 has the activation tanh; kink_flip is for relu"),
        (XOR, [], "takes each unit once, at least one"),
        (XOR, ["h1", "h1"], "takes each unit once"),
        (tiny("relu", "relu"), ["y"], "takes units of one hidden layer, but got y"),
    ],
)
def test_a_kink_flip_that_is_refused(net, units, message):
    with pytest.raises(ToynetsError, match=message):
        kink_flip(net, *units)


def test_a_sigmoid_flip_needs_a_bias_to_take_the_one():
    assert row(sigmoid_flip(tiny("sigmoid"), "h1")) == [-2, -3, -5, 12]
    down = tiny("sigmoid").with_numbers({"h1->y": -5})
    assert row(sigmoid_flip(down, "h1")) == [-2, -3, 5, 2]
    bare = Network.from_layers([([[2]], [3], "sigmoid"), ([[5]], None, "identity")])
    with pytest.raises(ToynetsError, match="leaves the constant 5 for y, which has no bias"):
        sigmoid_flip(bare, "h1")
    with pytest.raises(ToynetsError, match="sigmoid_flip is for sigmoid"):
        sigmoid_flip(XOR, "h1")
