"""Moves that leave ablations unchanged: what each does to every number, and what is refused."""

from __future__ import annotations

import pytest
from small_networks import XOR
from symmetry_cases import row, tiny

from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.symmetry import (
    MOVES,
    flip_sign,
    permute,
    rescale,
    shift_logits,
)


def test_each_move_says_whether_it_preserves_ablations():
    assert {m.name for m in MOVES.values() if m.preserves_ablations} == {
        "permute",
        "rescale",
        "flip_sign",
    }
    assert all(m.preserves_ablations == (m.exception == "") for m in MOVES.values())


def test_permute_moves_names_with_their_units():
    moved = permute(XOR, ["h2", "h1"])
    assert moved.hidden == ("h2", "h1") and moved.layers[0].bias == (-1.0, 0.0)
    assert moved.numbers == XOR.numbers and moved != XOR and moved.name == "xor-sum"
    assert permute(moved, ["h1", "h2"]) == XOR


def test_permute_by_place_renames_and_ties_follow():
    tied = Network.from_layers(
        [([[1, 1], [1, 1]], [1, 2], "relu"), ([[1, -2]], [1], "identity")],
        masks=None,
        ties={"w": ["x1->h1", "h1->y"], "b": ["h1.bias", "y.bias"]},
    )
    moved = permute(tied, ["h2", "h1"], rename=True)
    assert moved.hidden == ("h1", "h2")
    assert moved.numbers["h2->y"] == 1 and moved.numbers["h1.bias"] == 2
    assert moved.ties == {"w": ("x1->h2", "h2->y"), "b": ("h2.bias", "y.bias")}
    assert permute(tied, ["h2", "h1"]).ties == tied.ties


def test_permute_takes_masks_and_missing_biases_along():
    net = Network.from_layers(
        [([[1, 0], [2, 3]], None, "relu"), ([[4, 5], [0, 6]], [0, 0], "relu")],
        masks=[[[1, 0], [1, 1]], [[1, 1], [0, 1]]],
    )
    moved = permute(net, ["h2", "h1"])
    assert moved.numbers.items() == net.numbers.items() and moved.wiring.biased == {"y1", "y2"}


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (["h1"], "the units of hidden layer 1 are h1, h2, but the order names h1"),
        (["h1", "h1"], "the units of hidden layer 1 are h1, h2"),
        (["h1", "y"], "the units of hidden layer 1 are h1, h2"),
        (["y"], r"no hidden unit y in xor-sum\. Hidden units: h1, h2"),
        ([], "no hidden unit"),
    ],
)
def test_an_order_that_is_refused(order, message):
    with pytest.raises(ToynetsError, match=message):
        permute(XOR, order)


@pytest.mark.parametrize(
    ("act", "factor", "expected"),
    [
        ("relu", 4, [8, 12, 1.25, 7]),
        ("abs", "1/2", [1, 1.5, 10, 7]),
        ("identity", -2, [-4, -6, -2.5, 7]),
        ("square", -2, [-4, -6, 1.25, 7]),
        ("step", 4, [8, 12, 5, 7]),
    ],
)
def test_rescaling(act, factor, expected):
    assert row(rescale(tiny(act), "h1", factor)) == expected


def test_rescaling_an_output_with_step():
    assert row(rescale(tiny("relu", "step"), "y", 2)) == [2, 3, 10, 14]


@pytest.mark.parametrize(
    ("act", "unit", "factor", "message"),
    [
        ("relu", "h1", 0, r"h1 \(relu\) is scaled by a number above 0, but got 0"),
        ("relu", "h1", -1, r"h1 \(relu\) is scaled by a number above 0, but got -1"),
        ("abs", "h1", -1, r"above 0, but got -1\.\n  fix: flip_sign multiplies by -1"),
        ("square", "h1", 0, r"h1 \(square\) is scaled by a number other than 0"),
        ("step", "h1", -1, "above 0"),
        ("tanh", "h1", 2, "h1 has the activation tanh, which does not scale"),
        ("sigmoid", "h1", 2, "h1 has the activation sigmoid, which does not scale"),
        ("relu", "y", 2, "y is an output: to scale it changes the function"),
        ("relu", "h2", 2, r"no unit h2 in the network\..*Nearest: h1"),
        ("relu", "h1", "x", "'x' is not a number"),
        ("relu", "h1", 3, r"h1->y = 5/3 is not a float32 number; [^\0]*round=True"),
        ("relu", "h1", "1e2", "exponent"),
    ],
)
def test_a_scaling_that_is_refused(act, unit, factor, message):
    with pytest.raises(ToynetsError, match=message):
        rescale(tiny(act), unit, factor)


def test_rounding_is_reported():
    rounded = rescale(tiny("relu"), "h1", 3, round=True)
    assert [entry[:2] for entry in rounded.rounded] == [("h1->y", "5/3")]


def test_powers_of_two_are_exact_until_the_range_ends():
    assert row(rescale(tiny("relu"), "h1", 2**100))[2] == 5 / 2**100
    with pytest.raises(ToynetsError, match="is too large for float32"):
        rescale(tiny("relu"), "h1", 2**127)
    with pytest.raises(ToynetsError, match="is not a float32 number"):
        rescale(tiny("relu"), "h1", f"1/{2**150}")


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("tanh", [-2, -3, -5, 7]),
        ("identity", [-2, -3, -5, 7]),
        ("abs", [-2, -3, 5, 7]),
        ("square", [-2, -3, 5, 7]),
    ],
)
def test_flipping_the_sign(act, expected):
    assert row(flip_sign(tiny(act), "h1")) == expected


def test_flipping_an_even_output():
    assert row(flip_sign(tiny("relu", "abs"), "y")) == [2, 3, -5, -7]


@pytest.mark.parametrize(
    ("act", "unit", "message"),
    [
        ("relu", "h1", r"neither odd nor even\.\n  fix: kink_flip keeps the function, but not"),
        ("sigmoid", "h1", "fix: sigmoid_flip keeps the function"),
        ("step", "h1", "h1 has the activation step, which is neither odd nor even"),
        ("tanh", "y", "y is an output: to turn it over changes the function"),
    ],
)
def test_a_flip_of_sign_that_is_refused(act, unit, message):
    with pytest.raises(ToynetsError, match=message):
        flip_sign(tiny(act), unit)


def test_a_move_does_not_tear_a_tied_group():
    tied = Network.from_layers(
        [([[1], [1]], [1, 1], "relu"), ([[1, 1]], [0], "identity")],
        ties={"w": ["x1->h1", "x1->h2"]},
    )
    with pytest.raises(ToynetsError, match=r"scaling h1 by 2 would give the copies of .* group w"):
        rescale(tied, "h1", 2)
    assert rescale(tied, "h1", 1) == tied


def test_shifting_logits():
    net = Network.from_layers([([[1], [2]], [3, 4], "relu"), ([[1, 2], [3, 4]], [5, 6], "softmax")])
    assert shift_logits(net, "h2", "1/2").layers[1].weight == ((1.0, 2.5), (3.0, 4.5))
    assert shift_logits(net, "bias", -5).layers[1].bias == (0.0, 1.0)
    with pytest.raises(ToynetsError, match=r"no parent x1 in the softmax\. Parents: h1, h2, bias"):
        shift_logits(net, "x1", 1)
    with pytest.raises(ToynetsError, match="the output has the activation identity"):
        shift_logits(XOR, "h1", 1)
    masked = Network.from_layers([([[1], [0]], None, "softmax")], masks=[[[1], [0]]])
    with pytest.raises(ToynetsError, match="x1->y2 is not there"):
        shift_logits(masked, "x1", 1)
    with pytest.raises(ToynetsError, match=r"y1\.bias, y2\.bias is not there"):
        shift_logits(masked, "bias", 1)
