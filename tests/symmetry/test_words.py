"""The gauge of one number in sentences."""

from __future__ import annotations

import pytest
from small_networks import XOR
from symmetry_cases import tiny

from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.symmetry import (
    flip_sign,
    rescale,
    sigmoid_flip,
    what_no_move_changes,
    what_would_not_change,
)

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
        "No move that keeps the ablations touches y.bias: 0 is a fact about them."
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
        (
            "step",
            "h1->y",
            "No move that keeps the ablations touches h1->y: 5 is a fact about them.",
        ),
        (
            "tanh",
            "x1->h1",
            "h1 can be turned over: x1->h1, h1.bias and h1->y times -1, because tanh(-z) = "
            "-tanh(z). So the sign of 2 alone is not a fact; its size is.",
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
        *_, last = found = what_would_not_change(deep, address)
        ends = [u for u in ("h1.1", "h2.1") if u in address]
        assert [sentence.split(" ")[0] for sentence in found] == ends
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


def test_the_sign_of_an_even_output_is_free_and_that_of_a_tanh_output_is_not():
    assert what_would_not_change(tiny("relu", "tanh"), "h1->y")[-1].endswith(
        "So 5 is not a fact; the product x1->h1 * h1->y = 10 is."
    )
    scale, sign = what_would_not_change(tiny("relu", "square"), "h1->y")
    assert scale.endswith("the product x1->h1 * h1->y = 10 is, up to its sign.")
    assert sign == (
        "h1->y and y.bias can be multiplied by -1, because (-z)^2 = z^2: the sign of one alone is "
        "not a fact."
    )


def test_a_zero_into_a_tanh_has_no_sign_to_speak_of():
    net = tiny("tanh").with_numbers({"x1->h1": 0})
    (turn,) = what_would_not_change(net, "x1->h1")
    assert turn.endswith("because tanh(-z) = -tanh(z).")


def test_a_tied_number_is_read_by_the_name_of_its_group():
    layers = [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")]
    net = Network.from_layers(layers, ties={"w": ["x1->h1", "x2->h1"]})
    assert what_would_not_change(net, "w") == what_would_not_change(net, "x1->h1")


def test_a_unit_that_reaches_nothing_has_ratios_only():
    net = Network.from_layers([([[2, 4]], [0], "relu"), ([[0]], [0], "identity")])
    assert what_would_not_change(net, "x1->h1")[-1].endswith("the ratio x1->h1 / x2->h1 = 1/2 is.")


def test_logits_know_differences_only():
    net = Network.from_layers([([[1], [4]], [0, 0], "softmax")])
    assert what_would_not_change(net, "x1->y1") == [
        "Any constant can be added to x1->y1 and x1->y2 at once: the softmax sees differences, "
        "such as x1->y1 - x1->y2 = -3. (One of them cut alone does feel the constant.)"
    ]
    masked = Network.from_layers([([[1], [0]], [0, 0], "softmax")], masks=[[[1], [0]]])
    assert what_would_not_change(masked, "x1->y1") == [
        "No move that keeps the ablations touches x1->y1: 1 is a fact about them."
    ]
    assert "y1.bias - y2.bias = 0" in what_would_not_change(net, "y1.bias")[0]


def test_what_comes_into_a_step_is_known_as_a_ratio_alone():
    for net, bias in ((tiny("relu", "step"), "y.bias"), (DEEP["relu step"], "h2.1.bias")):
        unit, below = next(iter(net.hidden)), bias.removesuffix(".bias")
        for address in (f"x1->{unit}", f"{unit}->{below}"):
            assert what_no_move_changes(net, address).endswith(
                f"the ratio x1->{unit} * {unit}->{below} / {bias} = 10/7 is"
            )
    alone = Network.from_layers([([[2]], [0], "relu"), ([[5]], None, "step")])
    assert what_no_move_changes(alone, "h1->y") == "5 is not a fact; its sign is"


def test_the_size_is_no_fact_where_a_neighbour_scales():
    (_, turn) = what_would_not_change(DEEP["relu tanh"], "h1.1->h2.1")
    assert turn.endswith("So the sign of 5 alone is not a fact.")
    assert what_would_not_change(tiny("tanh"), "h1->y")[0].endswith("its size is.")


def test_the_flip_of_a_sigmoid_is_said_to_keep_the_function_alone():
    net = tiny("sigmoid")
    kept, turned = what_would_not_change(net, "x1->h1")
    assert kept == "No move that keeps the ablations touches x1->h1: 2 is a fact about them."
    assert turned == (
        "The function alone stays as well where h1 is turned over: x1->h1, h1.bias and h1->y times "
        "-1, and what was h1->y in y.bias besides, because sigmoid(z) = 1 - sigmoid(-z). Ablations "
        "of h1 then change."
    )
    after = sigmoid_flip(net, "h1")
    assert after["y.bias"] == net["y.bias"] + net["h1->y"]
    assert what_no_move_changes(net, "x1->h1") == "the number itself while ablations are kept"
    assert what_no_move_changes(net, "y.bias") == "the number itself"
    bare = Network.from_layers([([[2]], [3], "sigmoid"), ([[5]], None, "identity")])
    assert len(what_would_not_change(bare, "x1->h1")) == 1  # nothing can take the constant up


def test_what_a_shift_of_logits_moves_is_no_fact_beside_it():
    net = Network.from_layers([([[2]], [0], "relu"), ([[1], [4]], [0, 0], "softmax")])
    end = "is, while no constant is added to the logits"
    assert what_no_move_changes(net, "x1->h1").endswith(f"h1->y1 = 2 {end}")
    assert what_no_move_changes(net, "y1.bias") == (
        "the number itself while no constant is added to the logits"
    )


def test_a_move_that_parts_tied_copies_says_so():
    layers = [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")]
    net = Network.from_layers(layers, ties={"w": ["x1->h1", "x2->h2"]})
    assert "h1->y divided by s; the copies of w then differ. " in what_would_not_change(net, "w")[0]


def deep(first, second):
    """Two hidden layers of one unit."""
    return Network.from_layers([([[2]], [3], first), ([[5]], [7], second), ([[3]], [1], "step")])


ACTS = ("relu", "abs", "identity", "square", "step", "tanh", "sigmoid")
DEEP = {f"{a} {b}": deep(a, b) for a in ACTS for b in ACTS}


@pytest.mark.parametrize("name", DEEP)
def test_what_no_move_changes_is_the_same_after_each_move(name):
    net = DEEP[name]
    for move in (rescale, flip_sign):
        for unit in net.units:
            try:
                after = move(net, unit, *([2] if move is rescale else []))
            except ToynetsError:
                continue
            for address in net.numbers:
                left, same = (what_no_move_changes(n, address) for n in (net, after))
                if left == "the number itself":
                    assert after[address] == net[address]
                elif left == "its size":
                    assert abs(after[address]) == abs(net[address])
                else:
                    free = left.endswith("up to its sign")
                    ends = [text.partition("not a fact")[2] for text in (left, same)]
                    assert ends[0] == (ends[1].replace("= -", "= ") if free else ends[1])


def test_a_number_that_is_not_there_is_refused():
    with pytest.raises(ToynetsError, match=r"no weight x1->h3 in xor-sum\..*Nearest: x1->h2"):
        what_would_not_change(XOR, "x1->h3")
