"""Every intervention of the language, with the value that it must give.

Each row was worked out by hand. The float run and the exact run are held to the same numbers.
"""

from __future__ import annotations

from fractions import Fraction

import jax.numpy as jnp
import numpy as np
import pytest

from toynets import exact
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.interventions import Runner, run, runs, trace
from toynets.network import Network

# h1 = relu(2 x1 - x2 + 1), h2 = relu(x1 + 3 x2 - 2);  y = 3 h1 - 2 h2 + 1/2
#        00   01   10   11
# h1      1    0    3    2
# h2.pre -2    1   -1    2
# h2      0    1    0    2
# y     7/2 -3/2 19/2  5/2
NET = Network.from_layers(
    [([[2, -1], [1, 3]], [1, -2], "relu"), ([[3, -2]], ["1/2"], "identity")], name="small"
)
BITS = Domain.boolean(2)
BASE, SOURCE = [1, 1], [0, 1]

OUTCOMES = {
    "": "5/2",
    # zero in its five meanings
    "h2 = 0": "13/2",
    "x1 = 0": "-3/2",
    "h2.pre = 0": "13/2",
    "->h1 = 0": "-1/2",  # the bias is kept: h1 = 1
    "->h1, h1.bias = 0": "-7/2",
    "h2-> = 0": "13/2",
    "x1-> = 0": "-3/2",
    "x1->h2 = 0": "9/2",
    # set, shift, flip
    "h2 = -3": "25/2",  # no relu after an activation
    "h2.pre = -3": "13/2",  # and one after a pre-activation
    "h2 = 1/4": "6",
    "x1->h2 *= -1": "13/2",
    "x1->h2 = 3/2": "3/2",
    "x1->h2 += 1": "1/2",
    "x1->h2 *= 2": "1/2",
    "h2.bias += 1": "1/2",
    "h2.bias = 0": "-3/2",
    "h2.bias *= -1": "-11/2",
    "y.bias = 0": "2",
    "y = 7": "7",
    "y.pre = 7": "7",
    "x1 = 1/2": "1/2",  # h1 = 1, h2 = 3/2
    # mean over the domain
    "h2 = mean": "5",
    "h2.pre = mean": "13/2",
    "x1 = mean": "1/2",
    "h1, h2 = mean": "7/2",
    # patch, from 01: h1 = 0, h2 = 1
    "h2 = h2(x')": "9/2",
    "h2 = (x')": "9/2",
    "h2 = h1(x')": "13/2",
    "h1 = x2(x')": "-1/2",
    "h2 = h2(1, 0)": "13/2",
    "h1 = h2.pre(1, 0)": "-13/2",  # -1, which no relu has seen
    "h2.pre = (x')": "9/2",
    "h2.pre = h1.pre(x')": "13/2",
    "h1, h2 = (x')": "-3/2",
    "x1 = (x')": "-3/2",
    "x1->h2 = (x')": "9/2",  # h1 still sees x1 = 1
    "h2->y = (x')": "9/2",
    "h1->y = (0, 0)": "-1/2",
    "h2->y = h1(1, 0)": "1/2",  # the edge carries 3
    # several at once
    "h1, h2 = 0": "1/2",
    "h1 = 0, h2 = mean": "-1",
    "x1->h2 = 0, h2 = 1": "9/2",  # the value has the last word
    "x1->h1, x2->h1 *= -1": "-7/2",
    "h2 = 1, h2->y = (1, 0)": "13/2",  # on the edge, the source has
    "x1 = 0, x1->h2 = (1, 0)": "-7/2",
    "h2->y *= 2, h2 = h2(x')": "5/2",
    # means and x' come from the clean network
    "h2.bias += 100, h2 = mean": "5",
    "h2.bias += 100, h2 = (x')": "9/2",
    "x1->h2 = 0, h1 = h2(1, 1)": "9/2",  # h2 is 1 here, and 2 in the clean run on 11
    "h1 = 0, h2 = h1(1, 0)": "-11/2",
}


@pytest.mark.parametrize(("text", "outcome"), OUTCOMES.items())
def test_each_intervention_has_the_predicted_outcome(text, outcome):
    expected = Fraction(outcome)
    found = run(NET, BASE, text, source=SOURCE, domain=BITS)
    assert found == expected
    assert found["y"].dtype == np.float32
    assert exact.run(NET, BASE, text, source=SOURCE, domain=BITS) == expected


@pytest.mark.parametrize(
    ("text", "outcome"),
    {
        "": "3",  # 4 * sigmoid(0) + 1
        "h1 = 0": "1",
        "h1.pre = 0": "3",  # sigmoid(0) is not 0
        "->h1 = 0": "4 * sigmoid(-2) + 1",
        "->h1, h1.bias = 0": "3",
        "h1-> = 0": "1",
    }.items(),
)
def test_the_five_zeros_of_a_sigmoid_unit_differ(text, outcome):
    net = Network.from_layers([([[2]], [-2], "sigmoid"), ([[4]], [1], "identity")])
    value = {"4 * sigmoid(-2) + 1": 4 / (1 + np.exp(2)) + 1}.get(outcome)
    expected = float(outcome) if value is None else value
    assert float(run(net, 1, text)) == pytest.approx(expected, rel=1e-6)
    assert float(exact.run(net, 1, text)) == pytest.approx(expected, rel=1e-15)


# Two hidden layers, an absent edge, no bias in the second, a tied number and three outputs.
DEEP = Network.from_layers(
    [
        ([[1, -1], [2, 0]], [0, 1], "abs"),  # h1.1 = |x1 - x2|, h1.2 = |2 x1 + 1|
        ([[1, 1]], None, "square"),  # h2.1 = (h1.1 + h1.2)^2
        ([[1], [2], [1]], [0, 0, 4], "softmax"),  # centred: z - mean z
    ],
    masks=[[[1, 1], [1, 0]], None, None],
    ties={"w": ["x1->h1.1", "h1.1->h2.1", "h1.2->h2.1"]},
    name="deep",
)


@pytest.mark.parametrize(
    ("text", "hidden", "shown"),
    [  # on (1, 3): h1.1 = 2, h1.2 = 3, h2.1 = 25; logits 25, 50, 29, mean 104/3
        ("", 25, [-29, 46, -17]),
        ("h1.1 = 0", 9, [-13, 14, -1]),
        ("w = 0", 0, [-4, -4, 8]),  # all copies: h1.1 = 3, h2.1 = 0
        ("h1.2->h2.1 = 0", 0, [-4, -4, 8]),  # named by one of them: all copies again
        ("w@3 = 0", 4, [-8, 4, 4]),
        ("w@1 = 0", 36, [-40, 68, -28]),  # the first alone: h1.1 = 3
        ("w@2 *= -1", 1, [-5, -2, 7]),
        ("h2.1.pre = -1", 1, [-5, -2, 7]),
        ("y1.pre = mean", 25, None),
    ],
)
def test_deeper_nets_masks_ties_and_centred_logits(text, hidden, shown):
    third = Domain.listed([[1, 3]])
    found = trace(DEEP, [1, 3], text, domain=third)
    assert found["h2.1"] == hidden
    if shown is None:  # the mean over the one input that there is changes nothing
        shown = [-29, 46, -17]
    expected = [Fraction(v, 3) for v in shown]
    assert exact.run(DEEP, [1, 3], text, domain=third) == expected
    assert run(DEEP, [1, 3], text, domain=third) == found.outputs
    np.testing.assert_allclose(found.outputs, [float(v) for v in expected], rtol=0, atol=4e-6)
    assert found.outputs.names == ("y1", "y2", "y3")


def test_a_replaced_softmax_output_is_not_centred_again():
    net = Network.from_layers([([[1], [3]], [0, 0], "softmax")])
    assert run(net, [1]) == exact.run(net, [1]) == (-1, 1)
    assert run(net, [1], "y1 = 5") == exact.run(net, [1], "y1 = 5") == (5, 1)
    assert run(net, [1], "y1.pre = 5") == exact.run(net, [1], "y1.pre = 5") == (1, -1)


def test_an_edited_weight_is_rounded_once():
    net = Network.from_layers([([[1]], None, "identity")])
    assert run(net, [1], "x1->y = 1/3")[0] == np.float32(1) / np.float32(3)
    assert run(net, [1], "x1->y += 1/3")[0] == np.float32(4 / 3)
    assert run(net, [1], "y = 1/3")[0] == np.float32(1) / np.float32(3)


def test_a_mean_is_rounded_once():
    net = Network.from_layers([([[1]], None, "identity")])
    domain = Domain.listed([[0], [0], [1], ["1/2"]])
    assert len(domain) == 3
    assert run(net, [1], "y = mean", domain=domain)[0] == np.float32(0.5)
    domain = Domain.listed([[0], [1], [3]])
    assert run(net, [1], "y = mean", domain=domain)[0] == np.float32(4 / 3)


def test_float64_networks_run_in_float64():
    net = Network.from_layers([([[0.1]], [0.2], "identity")], dtype="float64")
    assert run(net, [1])[0].dtype == np.float64
    assert run(net, [1])[0] == 0.1 + 0.2
    assert run(net, [1], "x1->y = 1/3")[0] == 1 / 3 + 0.2


# Families.


def test_resample_takes_every_other_input_in_turn():
    found = runs(NET, BASE, "h2 = resample", domain=BITS)
    assert [(r.source, r.outputs) for r in found] == [
        ((0, 0), (6.5,)),
        ((0, 1), (4.5,)),
        ((1, 0), (6.5,)),
    ]
    assert found[0].x == (1, 1)
    assert found[0].outputs[0].dtype == np.float32
    # 1/2, 1/2 is in no row, so all four are other inputs.
    assert len(runs(NET, [0.5, 0.5], "h2 = resample", domain=BITS)) == 4


def test_units_of_one_clause_share_a_source_and_clauses_draw_independently():
    shared = runs(NET, BASE, "h1, h2 = resample", domain=BITS)
    assert [r.outputs[0] for r in shared] == [3.5, -1.5, 9.5]
    apart = runs(NET, BASE, "h1 = resample, h2 = resample", domain=BITS)
    assert [r.outputs[0] for r in apart] == [3.5, 1.5, 3.5, 0.5, -1.5, 0.5, 9.5, 7.5, 9.5]
    assert apart[1].source == ((0, 0), (0, 1))


def test_resample_of_inputs_pre_activations_and_with_other_clauses():
    inputs = runs(NET, BASE, "x1, x2 = resample", domain=BITS)
    assert [r.outputs[0] for r in inputs] == [3.5, -1.5, 9.5]
    pre = runs(NET, BASE, "h2.pre = resample, h1 = (x')", domain=BITS, source=SOURCE)
    assert [r.outputs[0] for r in pre] == [0.5, -1.5, 0.5]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("h2 = worst", 2.5, 6.5),
        ("h2.pre = worst", 2.5, 6.5),
        ("h1, h2 = worst", -3.5, 9.5),
        ("h1 = worst, h2 = 0", 0.5, 9.5),
        ("x1 = worst", -1.5, 2.5),
        ("h2->y = 0, h2 = worst", 6.5, 6.5),
        ("h2-> *= -1, h2 = worst", 6.5, 10.5),  # the range is that of the clean network
        ("h1 = (x'), h2 = worst", -3.5, 0.5),
    ],
)
def test_worst_is_both_extremes_over_the_clean_range(text, low, high):
    found = runs(NET, BASE, text, domain=BITS, source=SOURCE)
    assert [r.extreme for r in found] == [("y", "min"), ("y", "max")]
    assert [r.outputs["y"] for r in found] == [low, high]
    assert found[0].outputs[0].dtype == np.float32
    assert all(r.attained for r in found)


def test_worst_finds_an_extreme_between_the_ends_of_the_range():
    # h in [-2, 2] over the domain, y = |h|: the least value is inside.
    net = Network.from_layers([([[1]], None, "identity"), ([[1]], None, "abs")])
    domain = Domain.listed([[-2], [1], [2]])
    assert [r.outputs for r in runs(net, [1], "h1 = worst", domain=domain)] == [0.0, 2.0]


def test_worst_over_a_box_and_for_each_output():
    net = Network.from_layers([([[2]], [1], "identity"), ([[1], [-1]], [0, 3], "identity")])
    found = runs(net, [0], "h1 = worst", domain=Domain.box("[-1, 1]"))
    assert [(r.extreme, r.outputs) for r in found] == [
        (("y1", "min"), (-1, 4)),
        (("y1", "max"), (3, 0)),
        (("y2", "min"), (3, 0)),
        (("y2", "max"), (-1, 4)),
    ]


def test_a_plain_intervention_is_a_family_of_one():
    (only,) = runs(NET, BASE, "h2 = 0")
    assert only.outputs == 6.5
    assert only.source is None
    assert only.extreme is None


# What can be handed over.


@pytest.mark.parametrize(
    "x",
    [
        [1, 1],
        (1.0, 1.0),
        ["1", "1/1"],
        np.array([1, 1]),
        np.array([1, 1], "float32"),
        np.array([True, True]),
        jnp.array([1.0, 1.0], "float32"),
        [np.float32(1), jnp.ones((), "float32")],
        [Fraction(1), True],
    ],
    ids=repr,
)
def test_an_input_may_be_any_sequence_or_array(x):
    assert run(NET, x) == 2.5


@pytest.mark.parametrize("x", [1, 1.0, "1", np.float32(1), np.array(1), Fraction(1), [1]], ids=repr)
def test_a_single_number_will_do_for_one_input(x):
    net = Network.from_layers([([[2]], None, "identity")])
    assert run(net, x) == 2


def test_one_runner_answers_many_questions():
    runner = Runner(NET, BITS)
    assert runner.run(BASE, "h2 = mean") == 5
    assert runner.run([0, 1], "h2 = mean") == -1
    assert runner.run(BASE) == 2.5
    assert runner.run([0, 1], "h2 = (x')", source=BASE) == -3.5


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([1], r"small has 2 inputs \(x1, x2\), but the input is 1 number\.(.|\n)*fix: give one"),
        ([1, 2, 3], "but the input is 3 numbers"),
        (1, "but the input is 1"),
        ([], "but the input is 0 numbers"),
        ([[0, 1]], r"likely cause: one row of numbers is one input; several rows are several"),
        ([[0, 1], [1, 1]], r"x1 of the input: expected a number but got \[0, 1\]"),
        (np.zeros((1, 2)), "several rows are several runs"),
        ([1, float("nan")], r"x2 of the input: nan is not a number(.|\n)*likely cause"),
        (np.array([np.inf, 0]), "x1 of the input: inf is not a number"),
        ([1, "one"], "x2 of the input: 'one' is not a number"),
        ([1, "0,5"], r"x2 of the input: (.|\n)*write 0\.5 or 1/2"),
        ([1, None], "x2 of the input: expected a number but got None"),
        ([1, 1e39], r"x2 = 1e\+39 is too large for float32\.(.|\n)*fix: use toynets\.exact"),
    ],
)
def test_a_bad_input_is_refused_by_name(x, message):
    with pytest.raises(ToynetsError, match=message):
        run(NET, x)


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        ("h2 = resample", {"domain": BITS}, r"is a family of runs(.|\n)*fix: use runs\("),
        ("h2 = worst", {"domain": BITS}, r"both extremes of each output(.|\n)*fix: use runs\("),
        ("h2 = (x')", {}, r"reads x', but no source input(.|\n)*pass source="),
        ("x1->h2 = (x')", {}, "reads x', but no source input"),
        ("h2 = (x')", {"source": [1]}, "small has 2 inputs .*but the source is 1 number"),
        ("h2 = (x')", {"source": [1, float("inf")]}, "x2 of the source: inf"),
        ("h2 = mean", {}, r"needs a domain(.|\n)*fix: pass domain=Domain\.boolean\(2\)"),
        ("h2 = mean", {"domain": Domain.box("[0,1]^2")}, r"a box has no list(.|\n)*sampled"),
        ("h2 = mean", {"domain": Domain.boolean(3)}, "has 3 inputs, but small has 2"),
        ("h3 = 0", {}, r"no unit h3 in small(.|\n)*Nearest: h2(.|\n)*column 1"),
        ("h2 = 1" + "0" * 50, {}, "h2 = 1e\\+50 is too large for float32"),
        ("h2.bias = 1" + "0" * 50, {}, "h2.bias = 1e\\+50 is too large for float32"),
    ],
)
@pytest.mark.parametrize("ask", [run, trace])
def test_what_cannot_be_run_says_why_and_what_to_do(ask, text, given, message):
    with pytest.raises(ToynetsError, match=message):
        ask(NET, BASE, text, **given)


@pytest.mark.parametrize(
    ("text", "domain", "message"),
    [
        ("h2 = resample", None, r"of a domain, but none is given(.|\n)*pass domain="),
        ("h2 = worst", None, r"of a domain, but none is given(.|\n)*pass domain="),
        (
            "h2 = resample",
            Domain.box("[0,1]^2"),
            r"is a box: its inputs cannot be listed(.|\n)*sampled",
        ),
        ("h2 = resample", Domain.listed([BASE]), "nothing to draw from"),
    ],
)
def test_a_family_needs_a_domain_that_can_answer(text, domain, message):
    with pytest.raises(ToynetsError, match=message):
        runs(NET, BASE, text, domain=domain)


# Traces.


def test_a_trace_has_every_value_by_name():
    found = trace(NET, BASE, "x1->h2 *= -1")
    assert [(n, found[n]) for n in found] == [
        ("x1", 1),
        ("x2", 1),
        ("h1.pre", 2),
        ("h1", 2),
        ("h2.pre", 0),
        ("h2", 0),
        ("y.pre", 6.5),
        ("y", 6.5),
    ]
    assert found["h2.pre"].dtype == np.float32
    assert found.intervention == "x1->h2 *= -1"
    assert found.title == "small"
    assert found.outputs == 6.5


def test_a_trace_writes_the_arithmetic_of_its_own_floats():
    assert trace(NET, BASE, "x1->h2 *= -1, h1 = mean", domain=BITS).arithmetic == (
        "x1->h2 = -1 (changed; it was 1)",
        "h1.pre = 2*1 - 1*1 + 1 = 2",
        "h1 = 3/2 (replaced by its mean; it was 2)",
        "h2.pre = -1*1 + 3*1 - 2 = 0",
        "h2 = relu(0) = 0",
        "y = 3*3/2 - 2*0 + 1/2 = 5",
    )
    third = Network.from_layers([([[1]], None, "square")])
    assert trace(third, ["1/3"]).arithmetic == (
        "y.pre = 1*0.333333 = 0.333333",
        "y = square(0.333333) = 0.111111",
    )


def test_an_overflow_is_shown_as_what_it_is():
    net = Network.from_layers([([[2.0**100]], None, "square")])
    found = trace(net, 1)
    assert found.outputs == float("inf")
    assert found.arithmetic == ("y = inf (beyond float32)",)
    assert run(net, 1) == float("inf")
    assert exact.run(net, 1) == 2**200


# Families of several kinds, and extremes that are not where a float can stand.


def test_resample_and_worst_together_are_two_extremes_for_each_source():
    found = runs(NET, BASE, "h1 = resample, h2 = worst", domain=BITS)
    assert [(r.source, r.extreme[1], r.outputs[0]) for r in found] == [
        ((0, 0), "min", -0.5),
        ((0, 0), "max", 3.5),
        ((0, 1), "min", -3.5),
        ((0, 1), "max", 0.5),
        ((1, 0), "min", 5.5),
        ((1, 0), "max", 9.5),
    ]


def test_an_extreme_at_a_jump_that_no_float_hits_is_still_found():
    # y = step(41 h - 1) + step(1 - 41 h) is 0 at h = 1/41 alone, and 1 everywhere else.
    net = Network.from_layers(
        [
            ([[1]], None, "relu"),
            ([[41], [-41]], [-1, 1], "step"),
            ([[1, 1]], None, "identity"),
        ],
        units=[["h"], ["up", "down"]],
    )
    given = {"domain": Domain.boolean(1)}
    assert [r.outputs for r in runs(net, 1, "h = worst", **given)] == [0, 1]
    assert [r.outputs for r in exact.runs(net, 1, "h = worst", **given)] == [0, 1]
    assert run(net, 1, "h = 1/41") == 1
    assert exact.run(net, 1, "h = 1/41") == 0
