"""Layers that a network is built from: shapes that chain, masks and ties."""

from __future__ import annotations

import re

import pytest
from network_cases import DEEP
from small_networks import XOR, XOR_LAYERS

from toynets.errors import ToynetsError
from toynets.network import Network

SHAPES = [
    ([([[1, 1]], [0, 0], "relu")], "layer 1: weight (1, 2) but bias of length 2"),
    ([([[1, 1]], [], "relu")], "layer 1: weight (1, 2) but bias of length 0"),
    (
        [([[1, 1]], [0], "relu"), ([[1, 1]], [0], "relu")],
        "layer 1 has 1 units but layer 2 has weight (1, 2): 2 columns",
    ),
]


def test_a_layer_may_widen_or_narrow():
    net = Network.from_layers([([[1, 1]], [0], "relu"), ([[1], [1]], [0, 0], "relu")])
    assert net.sizes == (2, 1, 2)


@pytest.mark.parametrize(("layers", "fault"), SHAPES)
def test_shapes_must_chain(layers, fault):
    with pytest.raises(ToynetsError, match=re.escape(fault)):
        Network.from_layers(layers)


def test_every_mismatch_is_listed():
    layers = [([[1, 1]], [0, 0], "relu"), ([[1, 1]], None, "relu"), ([[1, 1]], [], "relu")]
    with pytest.raises(ToynetsError, match="the layers do not chain") as caught:
        Network.from_layers(layers)
    faults = [line for line in caught.value.message.split("\n") if line.startswith("  ")]
    assert len(faults) == 4
    assert "transposed" not in str(caught.value)


def test_a_transposed_network_is_recognised():
    import numpy as np

    right = [(np.ones((3, 2)), np.zeros(3), "relu"), (np.ones((1, 3)), np.zeros(1), "identity")]
    Network.from_layers(right)
    turned = [(weight.T, bias, activation) for weight, bias, activation in right]
    with pytest.raises(ToynetsError, match="yours may be transposed") as caught:
        Network.from_layers(turned)
    assert caught.value.fix == "transpose each matrix."
    with pytest.raises(ToynetsError, match="yours may be transposed"):
        Network.from_layers([(np.ones((2, 3)), np.zeros(3), "relu")])
    # Transposing would not mend this one, so it is not suggested.
    with pytest.raises(ToynetsError, match="do not chain") as caught:
        Network.from_layers([(np.ones((2, 3)), None, "relu"), (np.ones((4, 4)), None, "relu")])
    assert "transpose" not in str(caught.value)


MALFORMED = [
    ([], "a network has at least one layer"),
    (None, "a network has at least one layer"),
    (5, "a network has at least one layer"),
    ([([[1]], [0])], r"layer 1 is not \(weight, bias, activation\)"),
    ([[[1]]], r"layer 1 is not \(weight, bias, activation\)"),
    ([([1, 2], [0], "relu")], "a single row needs two pairs of brackets"),
    ([([], [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([([[]], [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([("11", [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([(["11"], [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([(3, [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([([[1, 2], [3]], [0, 0], "relu")], r"rows of .* layer 1 have different lengths: \[2, 1\]"),
    ([([[1]], 0, "relu")], "the bias of layer 1 is not a list but 0"),
    ([([[1]], "0", "relu")], "the bias of layer 1 is not a list but '0'"),
    ([([[1]], [0], "swish")], "no activation swish. Activations: identity, relu"),
    ([([[1]], [0], None)], "no activation None"),
    ([([[1]], [0], "softmax"), ([[1]], [0], "relu")], "layer 1 is a softmax layer; softmax stands"),
]


@pytest.mark.parametrize(("layers", "message"), MALFORMED)
def test_malformed_layers_are_refused(layers, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_layers(layers)


def test_a_mask_takes_edges_away():
    assert "x2->h1.1" not in DEEP.numbers and ("x2", "h1.1") not in DEEP.wiring.edges
    assert DEEP.wiring.biased == {"h2.1", "h2.2", "h2.3", "y1", "y2"}
    assert len(DEEP.numbers) == 3 + (4 + 3) + (6 + 2)
    full = Network.from_layers(XOR_LAYERS, masks=[[[1, 1], [1, 1]], None])
    assert full == XOR and full.hash == XOR.hash and full.layers[0].mask is None


@pytest.mark.parametrize(
    ("mask", "message"),
    [
        ([[1, 0], [1, 1]], r"x2->h1 is masked out but has the value 1\.0"),
        ([[1, 1]], r"the mask of layer 1 has another shape than its weight, \(2, 2\)"),
        ([1, 1], "another shape"),
        (1, "another shape"),
        ([[1, 1], [1, "0"]], "the mask of layer 1 has other entries than true and false"),
        ([[1, 1], [1, 0.5]], "other entries than true and false"),
    ],
)
def test_a_mask_that_is_refused(mask, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_layers(XOR_LAYERS, masks=[mask, None])


def test_there_is_a_mask_for_each_layer():
    for masks in ([None], 5, [None] * 3):
        with pytest.raises(ToynetsError, match=r"expected a mask .* for each of 2 layers"):
            Network.from_layers(XOR_LAYERS, masks=masks)


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        ({"w": ["x1->h1", "h2->y"]}, r"w shares one number, but its members have \[-2\.0, 1\.0\]"),
        ({"w": ["x1->h9"]}, r"no weight x1->h9 in tied group w.*Nearest: x1->h2"),
        ({"w": [3]}, "no weight 3 in tied group w"),
        ({"w": ["x1->h1"], "v": ["x1->h1"]}, "x1->h1 is given twice .* in w and in v"),
        ({"w": ["x1->h1", "x1->h1"]}, "x1->h1 is given twice .* in w and in w"),
        ({"h1": ["x1->h1"]}, "the name h1 is given twice"),
        ({"mean": ["x1->h1"]}, "'mean' cannot be the name of a tied group"),
        ({"w": "x1->h1"}, "ties is a mapping from the name of a group to a list"),
        ({"w": []}, "ties is a mapping"),
        (["x1->h1"], "ties is a mapping"),
    ],
)
def test_ties_that_are_refused(ties, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_layers(XOR_LAYERS, ties=ties)
