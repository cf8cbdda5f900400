"""Names of inputs, units and weights: the standing ones, one's own, and those that are refused."""

from __future__ import annotations

import pytest
from network_cases import DEEP, one
from small_networks import XOR, XOR_LAYERS

from toynets.errors import ToynetsError
from toynets.network import Network


def test_standing_names_count_from_one():
    assert (XOR.inputs, XOR.hidden, XOR.outputs) == (("x1", "x2"), ("h1", "h2"), ("y",))
    assert DEEP.units == ("h1.1", "h1.2", "h2.1", "h2.2", "h2.3", "y1", "y2")
    assert XOR.sizes == (2, 2, 1) and DEEP.sizes == (2, 2, 3, 2)
    assert XOR.text == "2-2-1 relu" and DEEP.text == "2-2-3-2 tanh/abs, softmax output"
    assert one(1).text == "1-1 relu"
    assert XOR.activation_of("h2") == "relu" and XOR.activation_of("y") == "identity"


def test_weights_are_named_row_to_column_from():
    net = Network.from_layers([([[1, 2, 3], [4, 5, 6]], [7, 8], "identity")])
    assert net.numbers == {
        "x1->y1": 1,
        "x2->y1": 2,
        "x3->y1": 3,
        "y1.bias": 7,
        "x1->y2": 4,
        "x2->y2": 5,
        "x3->y2": 6,
        "y2.bias": 8,
    }


def test_given_names_in_their_forms():
    net = Network.from_layers(
        XOR_LAYERS, inputs=["a", "b"], units=["either", "both"], outputs="sum"
    )
    assert (net.inputs, net.units) == (("a", "b"), ("either", "both", "sum"))
    nested = Network.from_layers(
        XOR_LAYERS, inputs=("a", "b"), units=[("either", "both")], outputs=["sum"]
    )
    assert nested == net
    single = Network.from_layers([([[1]], [0], "relu")] * 2, inputs="a", units="u")
    assert (single.inputs, single.units) == (("a",), ("u", "y"))
    assert Network.from_layers([([[1]], None, "relu")], units=[]).units == ("y",)
    deep = Network.from_layers([([[1]], None, "relu")] * 3, units=[None, ["mine"]])
    assert deep.units == ("h1.1", "mine", "y")


NAMES = [
    ({"inputs": ["a"]}, "1 names for 2 of kind input: a"),
    ({"inputs": "a"}, "1 names for 2 of kind input"),
    ({"inputs": 2}, "expected a list of names for each input but got 2"),
    ({"inputs": ["a", "a"]}, "the name a is given twice"),
    ({"inputs": ["h1", "b"]}, "the name h1 is given twice"),
    ({"units": ["x1", "u"]}, "the name x1 is given twice"),
    ({"outputs": "h1"}, "the name h1 is given twice"),
    ({"outputs": ["y", "z"]}, "2 names for 1 of kind output"),
    ({"units": ["mean", "u"]}, "'mean' cannot be the name of a unit of hidden layer 1: .*reserved"),
    ({"units": ["max", "u"]}, "reserved"),
    ({"units": ["a.b", "u"]}, "'a.b' cannot be the name"),
    ({"units": ["u.2", "u"]}, "'u.2' cannot be the name"),
    ({"units": ["1u", "u"]}, "cannot be the name"),
    ({"units": [3, "u"]}, "units names 2 hidden layers but the network has 1|expected a list"),
    ({"units": []}, "units names 0 hidden layers but the network has 1"),
    ({"units": [["a", "b"], ["c"]]}, "units names 2 hidden layers but the network has 1"),
    ({"units": ["a"]}, "1 names for 2 of kind unit of hidden layer 1"),
    ({"units": 5}, "units is a list of names but got 5"),
]


@pytest.mark.parametrize(("options", "message"), NAMES)
def test_names_that_are_refused(options, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_layers(XOR_LAYERS, **options)


def test_a_number_is_read_by_any_spelling_of_its_address():
    assert XOR["h2->y"] == XOR["h2:y"] == XOR["h2→y"] == XOR[" h2 -> y"] == -2
    assert XOR["h2.bias"] == -1 and DEEP["w"] == 1
    for wrong in ("h3->y", "h1", "->h1", "h1 = 0", "", "x1->h1, x2->h1", 3):
        with pytest.raises(ToynetsError, match=r"no weight .* in xor-sum\. Weights: x1->h1, "):
            XOR[wrong]
    with pytest.raises(ToynetsError, match=r"no unit h9 in xor-sum\..*Nearest: h2"):
        XOR.activation_of("h9")
