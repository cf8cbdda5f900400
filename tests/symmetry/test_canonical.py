"""The canonical form: what is divided out, what is kept, and what does not enter."""

from __future__ import annotations

from small_networks import XOR
from symmetry_cases import DIFFERENCE, tiny

from toynets.network import Network
from toynets.symmetry import (
    canonical_form,
    equal_up_to_gauge,
    flip_sign,
    kink_flip,
    permute,
    shift_logits,
    sigmoid_flip,
)


def test_the_orientation_of_relu_and_sigmoid_is_kept():
    assert not equal_up_to_gauge(DIFFERENCE, kink_flip(DIFFERENCE, "h1", "h2"))
    net = tiny("sigmoid")
    assert not equal_up_to_gauge(net, sigmoid_flip(net, "h1"))
    up = Network.from_layers([([[1]], [0], "relu"), ([[1]], [0], "identity")])
    down = Network.from_layers([([[-1]], [0], "relu"), ([[1]], [0], "identity")])
    assert not equal_up_to_gauge(up, down)


def test_what_is_no_gauge_is_not_divided_out():
    assert not equal_up_to_gauge(XOR, XOR.with_numbers({"h2->y": -1}))
    assert not equal_up_to_gauge(XOR, XOR.with_numbers({"h1->y": -1}))
    assert not equal_up_to_gauge(XOR, tiny("relu"))
    bare = Network.from_layers([([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], None, "identity")])
    assert not equal_up_to_gauge(XOR, bare)
    cut = Network.from_layers([([[1, 0]], None, "relu")], masks=[[[1, 0]]])
    zero = Network.from_layers([([[1, 0]], None, "relu")])
    assert not equal_up_to_gauge(cut, zero)
    tied = Network.from_layers(
        [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")],
        ties={"w": ["x1->h1", "x2->h2"]},
    )
    other = Network(tied.layers, tied.inputs, ties={"v": ("x1->h1", "x1->h2")})
    same = Network(tied.layers, tied.inputs, ties={"v": ("x2->h2", "x1->h1")})
    assert not equal_up_to_gauge(XOR, tied) and not equal_up_to_gauge(tied, other)
    assert equal_up_to_gauge(tied, same)


def test_names_and_dtype_do_not_enter():
    named = Network.from_layers(
        [([[1, 1], [1, 1]], [-1, 0], "relu"), ([[-2, 1]], [0], "identity")],
        inputs=["a", "b"],
        units=["both", "any"],
        outputs="z",
        dtype="float64",
    )
    assert canonical_form(named) == canonical_form(XOR)
    assert canonical_form(named).hash == canonical_form(XOR).hash
    assert len({canonical_form(named), canonical_form(XOR)}) == 1
    assert canonical_form(named).units[0] == ("any", "both")


def test_the_first_outgoing_weight_of_a_tanh_unit_is_positive():
    net = Network.from_layers([([[2]], [3], "tanh"), ([[0], [-5]], [0, 0], "identity")])
    form = canonical_form(net)
    assert form.layers[0].weight == ((-2,),) and form.layers[1].weight == ((0,), (5,))
    assert form.factors == {"h1": -1, "y1": 1, "y2": 1}
    assert equal_up_to_gauge(net, flip_sign(net, "h1"))


def test_the_shift_of_logits_is_divided_out_on_request():
    net = Network.from_layers([([[1]], [1], "relu"), ([[4], [1]], [3, 5], "softmax")])
    moved = shift_logits(shift_logits(net, "h1", 2), "bias", -3)
    assert not equal_up_to_gauge(net, moved)
    assert equal_up_to_gauge(net, moved, logit_shift=True)
    form = canonical_form(net, logit_shift=True)
    assert form.layers[1].bias == (-1, 1) and form != canonical_form(net)
    assert sum(r[0] for r in form.layers[1].weight) == 0


def test_there_is_no_shift_to_divide_out_where_there_is_no_softmax():
    net = Network.from_layers([([[1]], [1], "relu"), ([[4], [1]], [3, 5], "identity")])
    assert canonical_form(net, logit_shift=True) == canonical_form(net)


def test_ties_follow_the_units_and_are_of_weights_or_of_biases():
    def tied(*members):
        layers = [([[1], [2]], [1, 1], "relu"), ([[1, 1], [1, 1]], [1, 1], "identity")]
        return Network.from_layers(layers, ties={"w": list(members)})

    out = tied("h1->y1", "h1->y2")
    assert equal_up_to_gauge(out, permute(out, ["h2", "h1"]))
    assert not equal_up_to_gauge(out, tied("h2->y1", "h2->y2"))
    biases = tied("h1.bias", "y1.bias")
    form = canonical_form(biases)
    assert form.units[0] == ("h2", "h1") and form.ties == (((0, 1, -1), (1, 0, -1)),)
    assert not equal_up_to_gauge(biases, tied("x1->h1", "h1->y1"))


def test_plain_data_of_the_form():
    net = Network.from_layers([([[1, 0]], None, "relu")], masks=[[[1, 0]]])
    assert canonical_form(net).to_dict() == {
        "layers": [{"activation": "relu", "weight": [["1", None]], "bias": None}],
        "ties": [],
        "logit_shift": False,
    }
