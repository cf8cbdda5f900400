"""Gauge moves, the canonical form, and what is said about one number."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.network import Network
from toynets.symmetry import (
    MOVES,
    canonical_form,
    equal_up_to_gauge,
    flip_sign,
    kink_flip,
    permute,
    rescale,
    shift_logits,
    sigmoid_flip,
    what_would_not_change,
)
from toynets.symmetry.labelling import Graph, refine

XOR = Network.from_layers(
    [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")], name="xor-sum"
)


def tiny(act: str, out: str = "identity", **options: object) -> Network:
    return Network.from_layers([([[2]], [3], act), ([[5]], [7], out)], **options)


def row(net: Network) -> list[float]:
    return list(net.numbers.values())


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
    for source, message in (("x1", r"no parent x1 in the softmax\. Parents: h1, h2, bias"),):
        with pytest.raises(ToynetsError, match=message):
            shift_logits(net, source, 1)
    with pytest.raises(ToynetsError, match="the output has the activation identity"):
        shift_logits(XOR, "h1", 1)
    masked = Network.from_layers([([[1], [0]], None, "softmax")], masks=[[[1], [0]]])
    with pytest.raises(ToynetsError, match="x1->y2 is not there"):
        shift_logits(masked, "x1", 1)
    with pytest.raises(ToynetsError, match=r"y1\.bias, y2\.bias is not there"):
        shift_logits(masked, "bias", 1)


DIFFERENCE = Network.from_layers(
    [([[1, -1], [-1, 1]], [0, 2], "relu"), ([[1, 1]], [0], "identity")], name="xor-difference"
)


def test_a_kink_flip_needs_rests_that_cancel():
    flipped = kink_flip(DIFFERENCE, "h1", "h2")
    assert row(flipped) == [-1, 1, 0, 1, -1, -2, 1, 1, 2]
    with pytest.raises(ToynetsError, match=r"leaves 1 \* x1 \+ -1 \* x2 for y, which no relu unit"):
        kink_flip(DIFFERENCE, "h1")
    with pytest.raises(ToynetsError, match=r"leaves -1 \* x1 \+ -1 \* x2 for y"):
        kink_flip(XOR, "h1", "h2")


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
    bare = Network.from_layers([([[2]], [3], "sigmoid"), ([[5]], None, "identity")])
    with pytest.raises(ToynetsError, match="leaves the constant 5 for y, which has no bias"):
        sigmoid_flip(bare, "h1")
    with pytest.raises(ToynetsError, match="sigmoid_flip is for sigmoid"):
        sigmoid_flip(XOR, "h1")


# The canonical form


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


def test_the_first_outgoing_weight_of_a_tanh_unit_is_positive():
    net = Network.from_layers([([[2]], [3], "tanh"), ([[0], [-5]], [0, 0], "identity")])
    assert canonical_form(net).layers[0].weight == ((-2,),)
    assert canonical_form(net).layers[1].weight == ((0,), (5,))
    assert equal_up_to_gauge(net, flip_sign(net, "h1"))


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


def test_the_shift_of_logits_is_divided_out_on_request():
    net = Network.from_layers([([[1]], [1], "relu"), ([[4], [1]], [3, 5], "softmax")])
    moved = shift_logits(shift_logits(net, "h1", 2), "bias", -3)
    assert not equal_up_to_gauge(net, moved)
    assert equal_up_to_gauge(net, moved, logit_shift=True)
    form = canonical_form(net, logit_shift=True)
    assert form.layers[1].bias == (-1, 1) and form != canonical_form(net)
    assert sum(r[0] for r in form.layers[1].weight) == 0


def test_a_symmetric_network_has_a_canonical_form_in_little_time():
    """Twelve identical units, each tied to one of twelve others: 12! orders, all alike."""
    n = 12
    one = [[int(i == j) for j in range(n)] for i in range(n)]
    back = [one[i] for i in (5, 3, 8, 0, 11, 1, 2, 10, 4, 9, 7, 6)]
    for act in ("relu", "tanh", "abs"):
        a, b = (
            Network.from_layers(
                [([[1]] * n, [1] * n, act), (middle, [0] * n, act), ([[1] * n], [0], "identity")]
            )
            for middle in (one, back)
        )
        assert equal_up_to_gauge(a, b)


def test_colours_are_split_by_parents_children_and_the_other_sign():
    split_by_child = Graph(
        start=[(0,), (0,), (1, 0), (1, 1)],
        parents=[[], [], [(0, 0, -1)], [(1, 0, -1)]],
        children=[[(2, 0, -1)], [(3, 0, -1)], [], []],
        partner=[0, 1, 2, 3],
        bias_group=[-1] * 4,
    )
    assert refine(split_by_child, (0, 0, 1, 2)) == (0, 1, 2, 3)
    split_by_parent = replace(split_by_child, parents=split_by_child.children, children=[[]] * 4)
    assert refine(split_by_parent, (0, 0, 1, 2)) == (0, 1, 2, 3)
    split_by_sign = replace(
        split_by_child, parents=[[]] * 4, children=[[]] * 4, partner=[2, 3, 0, 1]
    )
    assert refine(split_by_sign, (0, 0, 1, 2)) == (0, 1, 2, 3)


def rings(lengths, order, act):
    """Layers on rings, in a given order: every unit has the same numbers around it."""
    n = sum(lengths)
    follower, start = {}, 0
    for length in lengths:
        follower.update({start + k: start + (k + 1) % length for k in range(length)})
        start += length
    place = {unit: k for k, unit in enumerate(order)}
    middle = [[0] * n for _ in range(n)]
    for unit, after in follower.items():
        middle[place[unit]][place[unit]] = 1
        middle[place[unit]][place[after]] = 1
    layers = [([[1]] * n, [0] * n, act), (middle, [0] * n, act), ([[1] * n], [0], "identity")]
    return Network.from_layers(layers)


@pytest.mark.parametrize("act", ["relu", "tanh", "abs"])
def test_rings_are_told_apart_and_found_again_in_any_order(act):
    """Units on a ring of 6 and on two rings of 3 are alike to every local count."""
    shapes = ([6], [3, 3], [2, 4], [2, 2, 2], [1, 5], [1, 2, 3])
    forms = {}
    for lengths in shapes:
        draw = random.Random(6)
        orders = [list(range(6)), *(draw.sample(range(6), 6) for _ in range(6))]
        forms[tuple(lengths)] = {canonical_form(rings(lengths, order, act)) for order in orders}
    assert all(len(found) == 1 for found in forms.values())
    assert len(set().union(*forms.values())) == len(shapes)


def test_a_search_that_is_too_long_is_given_up(monkeypatch):
    net = rings([2, 4], list(range(6)), "relu")
    monkeypatch.setattr("toynets.symmetry.labelling.MAX_LEAVES", 1)
    with pytest.raises(ToynetsError, match="the units have more than 1 orders"):
        canonical_form(net)


def test_rings_of_ties_are_told_apart_and_found_again_in_any_order():
    """All numbers are 1; only the tied pairs x1->h, x2->(the next unit) make rings."""

    def tied(lengths, order):
        follower, start = {}, 0
        for length in lengths:
            follower.update({start + k: start + (k + 1) % length for k in range(length)})
            start += length
        net = Network.from_layers(
            [([[1, 1]] * 6, [0] * 6, "relu"), ([[1] * 6], [0], "identity")],
            ties={f"t{a}": [f"x1->h{a + 1}", f"x2->h{b + 1}"] for a, b in follower.items()},
        )
        return permute(net, [f"h{k + 1}" for k in order])

    forms = {}
    for lengths in ([6], [3, 3], [2, 4], [1, 2, 3]):
        draw = random.Random(6)
        orders = [list(range(6)), *(draw.sample(range(6), 6) for _ in range(6))]
        forms[tuple(lengths)] = {canonical_form(tied(lengths, order)) for order in orders}
    assert all(len(found) == 1 for found in forms.values())
    assert len(set().union(*forms.values())) == 4


def test_plain_data_of_the_form():
    net = Network.from_layers([([[1, 0]], None, "relu")], masks=[[[1, 0]]])
    assert canonical_form(net).to_dict() == {
        "layers": [{"activation": "relu", "weight": [["1", None]], "bias": None}],
        "ties": [],
        "logit_shift": False,
    }


# Sentences

PLACES = "h1 and h2 can change places, each with its numbers: that h1 is number 1 is not a fact."


def test_the_sentence_for_a_weight_of_xor():
    assert what_would_not_change(XOR, "x1->h1") == [
        "h1 can be scaled by any s > 0: x1->h1, x2->h1 and h1.bias times s, h1->y divided by s. "
        "So 1 is not a fact; the product x1->h1 * h1->y = 1 is.",
        PLACES,
    ]
    assert what_would_not_change(XOR, "h2:y")[0] == (
        "h2 can be scaled by any s > 0: x1->h2, x2->h2 and h2.bias times s, h2->y divided by s. "
        "So -2 is not a fact; the product x1->h2 * h2->y = -2 is."
    )
    assert what_would_not_change(XOR, "h1.bias")[0].endswith(
        "No scale makes a 0 into another number: that it is 0 is a fact."
    )
    assert what_would_not_change(XOR, "y.bias") == [
        "No move of the gauge touches y.bias: 0 is a fact about the function."
    ]


@pytest.mark.parametrize(
    ("act", "address", "sentence"),
    [
        (
            "square",
            "x1->h1",
            "h1 can be scaled by any s other than 0: x1->h1 and h1.bias times s, h1->y divided by "
            "s^2. So 2 is not a fact; the product (x1->h1)^2 * h1->y = 20 is.",
        ),
        (
            "square",
            "h1->y",
            "h1 can be scaled by any s other than 0: x1->h1 and h1.bias times s, h1->y divided by "
            "s^2. So 5 is not a fact; the product (x1->h1)^2 * h1->y = 20 is.",
        ),
        (
            "step",
            "x1->h1",
            "h1 can be scaled by any s > 0: x1->h1 and h1.bias times s. So 2 is not a fact; the "
            "ratio x1->h1 / h1.bias = 2/3 is.",
        ),
        ("step", "h1->y", "No move of the gauge touches h1->y: 5 is a fact about the function."),
        (
            "tanh",
            "x1->h1",
            "h1 can be turned over: x1->h1, h1.bias and h1->y times -1, because tanh(-z) = "
            "-tanh(z). So the sign of 2 alone is not a fact; its size is.",
        ),
        (
            "sigmoid",
            "x1->h1",
            "No move of the gauge touches x1->h1: 2 is a fact about the function.",
        ),
    ],
)
def test_the_sentence_by_activation(act, address, sentence):
    assert what_would_not_change(tiny(act), address) == [sentence]


def test_the_sentences_of_abs_are_scale_and_sign():
    scale, sign = what_would_not_change(tiny("abs"), "h1.bias")
    assert scale.endswith("the product h1.bias * h1->y = 15 is, up to its sign.")
    assert sign == (
        "x1->h1 and h1.bias can be multiplied by -1, because |-z| = |z|: the sign of one alone is "
        "not a fact."
    )


def test_a_product_runs_through_every_unit_that_scales():
    deep = Network.from_layers(
        [([[2]], [0], "relu"), ([[3]], [0], "square"), ([[5]], [0], "identity")]
    )
    for address, value in (("x1->h1.1", 2), ("h1.1->h2.1", 3), ("h2.1->y", 5)):
        last = what_would_not_change(deep, address)[-1]
        assert last.endswith(
            f"So {value} is not a fact; the product (x1->h1.1)^2 * (h1.1->h2.1)^2 * h2.1->y = "
            "180 is."
        )


def test_a_product_that_ends_at_a_tanh_is_known_up_to_its_sign():
    deep = Network.from_layers(
        [([[2]], [0], "relu"), ([[3]], [0], "tanh"), ([[5]], [0], "identity")]
    )
    scale, turn = what_would_not_change(deep, "h1.1->h2.1")
    assert scale.endswith("the product x1->h1.1 * h1.1->h2.1 = 6 is, up to its sign.")
    assert turn.startswith("h2.1 can be turned over: h1.1->h2.1, h2.1.bias and h2.1->y times -1")


def test_a_unit_that_reaches_nothing_has_ratios_only():
    net = Network.from_layers([([[2, 4]], [0], "relu"), ([[0]], [0], "identity")])
    assert what_would_not_change(net, "x1->h1")[-1].endswith("the ratio x1->h1 / x2->h1 = 1/2 is.")


def test_logits_know_differences_only():
    net = Network.from_layers([([[1], [4]], [0, 0], "softmax")])
    assert what_would_not_change(net, "x1->y1") == [
        "Any constant can be added to x1->y1 and x1->y2 at once: the softmax sees differences, "
        "such as x1->y1 - x1->y2 = -3. (One of them cut alone does feel the constant.)"
    ]
    assert "y1.bias - y2.bias = 0" in what_would_not_change(net, "y1.bias")[0]


def test_a_number_that_is_not_there_is_refused():
    with pytest.raises(ToynetsError, match=r"no weight x1->h3 in xor-sum\..*Nearest: x1->h2"):
        what_would_not_change(XOR, "x1->h3")
