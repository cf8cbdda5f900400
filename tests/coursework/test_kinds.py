"""Each kind of claim: right, wrong with its smallest counterexample, and malformed."""

from __future__ import annotations

import pytest

from toynets.coursework import judge
from toynets.coursework.kinds import KINDS
from toynets.errors import ToynetsError
from toynets.zoo import load


def test_there_are_ten_kinds():
    assert len(KINDS) == 10
    for kind in KINDS.values():
        assert set(kind.REQUIRED) <= set(kind.FIELDS) and set(kind.NEEDED) <= {*kind.ASK, "domain"}


def refused(exercise, match, **claim):
    with pytest.raises(ToynetsError, match=match):
        judge(exercise, claim)


# predict


def test_a_table_may_be_a_list_or_an_object_and_its_first_fault_is_shown(lesson, said):
    e = lesson["L04.2"]
    assert "4 of 4 points" in said(e, outputs=[0, 1, "1", 2.0])
    assert "4 of 4 points" in said(e, outputs={"11": 2, "00": 0, "01": 1, "10": 1})
    text = said(e, outputs=[1, 0, 1, 2])
    assert "At 00 you predicted 1; the network under h2 = 0 gives 0." in text
    assert "2 of 4 inputs right" in text.lower()
    refused(e, "says nothing of the inputs 01", outputs={"00": 0, "10": 1, "11": 2})
    refused(e, "no input 02", outputs={"02": 0})
    refused(e, "asks about 'h2 = 0'", outputs=[0] * 4, intervention="h1 = 0")


def test_a_committed_table_has_its_points_right_or_wrong(exercise, said):
    ask = {"intervention": "h1 = 0", "committed": True}
    e = exercise("predict", ask, network="xor-sum")
    wrong = judge(e, {"outputs": [5, 5, 5, 5]})
    assert wrong.points == 10 and wrong.passed is False
    assert "for having committed" in str(wrong)
    assert judge(e, {"outputs": [0, 0, 0, -2]}).passed


def test_one_of_several_outputs_rows_and_a_tolerance(exercise):
    e = exercise("predict", {"rows": [["1/2", "1/2"]], "tolerance": "1/10"}, network="xor-sum")
    assert judge(e, {"outputs": ["0.95"]}).passed
    assert judge(e, {"outputs": ["0.85"]}).passed is False
    e = exercise("predict", {"output": "h2"}, network="xor-sum")
    assert judge(e, {"outputs": [0, 0, 0, 1]}).passed


# construct


def test_a_network_by_matrices_and_the_transposed_one_is_named(exercise, said):
    ask = {"shape": "2-2-1", "target": "x1*2 - x2", "domain": "{0,1}^2", "activation": "identity"}
    e = exercise("construct", ask)
    right = {"W1": [[2, -1], [0, 0]], "b1": [0, 0], "W2": [[1, 0]], "b2": [0]}
    assert judge(e, {"weights": right}).passed
    turned = {**right, "W1": [[2, 0], [-1, 0]]}
    text = said(e, weights=turned)
    assert "At 01 your network gives 0; wanted is -1." in text
    assert "right with W1 transposed" in text
    refused(e, "it is transposed", weights={**right, "W2": [[1], [0]]})
    refused(e, "no weight x3->h1", weights={"x3->h1": 1})
    refused(e, "x1->h1 twice", weights={"x1->h1": 1, "x1:h1": 2})


def test_what_is_fixed_absent_or_counted(exercise, said):
    ask = {"shape": "2-2-1", "target": "x1 != x2", "domain": "{0,1}^2"}
    right = {"x1->h1": 1, "x2->h1": 1, "x1->h2": 1, "x2->h2": 1, "h2.bias": -1}
    right |= {"h1->y": 1, "h2->y": -2}
    assert "at most 6 are allowed" in said(exercise("construct", {**ask, "max_nonzero": 6}),
                                           weights=right)  # fmt: skip
    e = exercise("construct", {**ask, "fixed": {"h2->y": "-2"}, "absent": ["y.bias"]})
    assert judge(e, {"weights": right}).passed
    assert judge(e, {"weights": {k: v for k, v in right.items() if k != "h2->y"}}).passed
    refused(e, "h2->y is given", weights={**right, "h2->y": -1})
    refused(e, r"there is no y\.bias", weights={**right, "y.bias": 1})
    e = exercise("construct", {**ask, "other_than": ["xor-sum"]})
    doubled = {**right, "x1->h2": 2, "x2->h2": 2, "h2.bias": -2, "h2->y": -1}
    assert "It is xor-sum again, up to order and scale" in said(e, weights=doubled)


def test_a_network_is_the_same_where_its_absent_biases_are_written_as_0(exercise, said):
    digon = load("digon").network
    assert digon.layers[0].bias is None
    ask = {"shape": "2-1-2", "activation": "identity", "output": "relu", "domain": "{0,1}^2"}
    ask |= {"target": ["relu(x1 - x2)", "relu(x2 - x1)"], "other_than": ["digon"]}
    own = {address.replace("h", "h1"): value for address, value in digon.numbers.items()}
    assert "It is digon again" in said(exercise("construct", ask), weights=own)


def test_a_construction_on_a_box_is_proved_or_refuted_between_the_points(exercise, said):
    ask = {"shape": "1-2-1", "target": "abs(x1 - 3/8)", "domain": "[0,1]"}
    e = exercise("construct", ask)
    right = {"x1->h1": 1, "h1.bias": "-3/8", "x1->h2": -1, "h2.bias": "3/8", "h1->y": 1, "h2->y": 1}
    found = judge(e, {"weights": right})
    assert found.passed and found.level == "proved"
    ask = {"shape": "1-1-1", "target": "relu(1/4096 - abs(x1 - 1/3))", "domain": "[0,1]"}
    assert "but not at" in said(exercise("construct", ask), weights={})


def test_decisions_by_a_threshold(exercise):
    ask = {"shape": "2-1", "target": "x1 and x2", "domain": "{0,1}^2", "threshold": "1/2"}
    e = exercise("construct", ask)
    assert judge(e, {"weights": {"x1->y": 1, "x2->y": 1, "y.bias": -1}}).passed
    assert judge(e, {"weights": {"x1->y": 1, "x2->y": 1}}).passed is False


# counterexample


def test_a_counterexample(lesson, said):
    e = lesson["L04.5"]
    assert "the claim gives 0, the network 1" in said(e, x=["1/2", "1/2"]).replace("The", "the")
    assert "and so does the network" in said(e, x=[0, 0])
    refused(e, "is not in the domain", x=[0, "3/2"])
    refused(e, "x has 1 numbers", x=[0])


# choose, number, rank, group: what is right is never shown


def test_a_choice(exercise, said):
    e = exercise("choose", {"options": ["a: one", "b: two", "c: three"]}, {"choice": "b"})
    assert judge(e, {"choice": "b"}).passed
    assert "not the option that holds" in said(e, choice="a")
    refused(e, "no option d", choice="d")
    refused(e, "one option is chosen", choice=["a", "b"])
    many = {"options": ["a: one", "b: two", "c: three"], "many": True}
    e = exercise("choose", many, {"choice": ["a", "c"]})
    assert judge(e, {"choice": ["c", "a"]}).passed
    assert "2 of 3 options are judged right" in said(e, choice="a")


def test_a_number(exercise, said):
    e = exercise("number", {"unit": "points", "tolerance": "1/100"}, {"value": "2/3"})
    assert judge(e, {"value": "0.67"}).passed
    assert "0.7 points is too large" in said(e, value="0.7").replace("7/10", "0.7")
    assert "of the right size, with the wrong sign" in said(e, value="-2/3")
    assert "of the wrong sign" in said(e, value=-5)
    for value in ("0.7", "-2/3", "-5", "0"):
        shown = judge(e, {"value": value})
        assert shown.expected == ""
        if value != "-2/3":
            assert "2/3" not in str(shown) and "0.66" not in str(shown)


def test_a_rank_is_computed_or_stated(exercise, said):
    names = ["x1->h1", "h2->y", "h1->y"]
    e = exercise("rank", {"names": names, "measure": "magnitude"}, network="xor-sum")
    assert judge(e, {"order": ["h2->y", ["x1->h1", "h1->y"]]}).passed
    text = said(e, order=["x1->h1", "h2->y", "h1->y"])
    assert "x1->h1 and h2->y do not stand to each other as you have them." in text
    refused(e, "leaves out h1->y", order=["x1->h1", "h2->y"])
    # Effects by hand: h1 = 0 changes 11 by 2; h2 = 0 changes 11 by 2: a tie.
    e = exercise("rank", {"names": ["h1", "h2"], "measure": "effect"}, network="xor-sum")
    assert judge(e, {"order": [["h1", "h2"]]}).passed
    assert judge(e, {"order": ["h1", "h2"]}).passed is False


def test_groups_by_name_and_the_causal_partition(exercise, said):
    ask = {"names": ["h1", "h2"], "classes": ["counter", "corrector"]}
    right = {"counter": ["h1"], "corrector": ["h2"]}
    e = exercise("group", ask, {"groups": right})
    assert judge(e, {"groups": right}).passed
    assert "h1 is not corrector" in said(e, groups={"corrector": ["h1", "h2"]})
    refused(e, "no class boss", groups={"boss": ["h1"]})
    refused(e, "leaves out h2", groups={"counter": ["h1"]})
    # h2 of xor-sum is 0, 0, 0, 1 on the table: two classes, by hand.
    e = exercise("group", {"unit": "h2", "domain": "{0,1}^2"}, network="xor-sum")
    assert judge(e, {"groups": [["11"], ["00", "01", "10"]]}).passed
    text = said(e, groups=[["00"], ["01", "10"], ["11"]])
    assert "00 and 01 are not told apart, but you have them apart." in text


# separate


def test_a_run_that_separates(exercise, said):
    ask = {"a": "xor-sum", "b": "xor-difference", "kinds": ["zero"], "clauses": 1}
    e = exercise("separate", ask)
    assert judge(e, {"intervention": "h2 = 0", "x": [1, 1]}).passed
    assert "both give" in said(e, x=[1, 1])
    refused(e, "not of the allowed kinds", intervention="h2 = 3", x=[1, 1])
    refused(e, "at most 1", intervention="h1, h2 = 0", x=[1, 1])
    refused(e, "stands for several runs", intervention="h2 = resample", x=[1, 1])
    e = exercise("separate", {"a": "xor-sum:explanation", "b": "xor-sum:or-minus-and"})
    assert judge(e, {"intervention": "h2 = 0", "x": [1, 1]}).passed
    e = exercise("separate", {"a": "xor-sum", "b": "abs(x1 - x2)", "domain": "[0,1]^2"})
    assert judge(e, {"x": ["1/2", "1/2"]}).passed
    assert judge(e, {"x": [1, 0]}).passed is False


# edit


@pytest.mark.parametrize(
    ("network", "goal", "right", "wrong", "why"),
    [
        ("xor-sum", {"outputs": [0, 1, 1, 2]}, "h2 = 0", "h1 = 0", "At 01 the network with h1"),
        ("xor-sum", {"target": "x1 + x2"}, "h2->y = 0", "h1->y = 0", "wanted is 1"),
        ("xor-sum", {"flips": ["11"]}, "h2 = 0", "h1 = 0", "decision changes on 01, 10"),
        ("xor-sum", {"flips": ["01"]}, None, "h1 = 0", "3 of 4 inputs right"),
        ("xor-sum", {"silences": "h2"}, "h2.bias = -2", "h2.bias = -1/2", "nonzero on 3 of 4"),
        ("xor-sum", {"invisible": True}, None, "h2.bias = 0", "wanted is"),
        ("xor-sum", {"smallest_matters": True}, None, "h2->y = -3", "the smallest is"),
    ],
)
def test_an_edit_reaches_its_goal(exercise, said, network, goal, right, wrong, why):
    e = exercise("edit", {"goal": goal}, network=network)
    if right is not None:
        assert judge(e, {"interventions": right}).passed
    if wrong is not None:
        assert why in said(e, interventions=[wrong])


def test_edits_are_counted_and_may_be_limited(exercise):
    e = exercise("edit", {"goal": {"silences": "h2"}, "allowed": ["h2.bias"]}, network="xor-sum")
    refused(e, "changes 2 things", interventions=["h2.bias = -2", "h1.bias = 0"])
    refused(e, "may not be changed here", interventions="x1->h2 = 0")
    scaled = ["x1->h1 = 4", "x2->h1 = 4", "h1->y = 1/4"]  # a gauge move: the same function
    e = exercise("edit", {"goal": {"smallest_matters": True}, "most": 3}, network="xor-sum")
    assert judge(e, {"interventions": scaled}).passed
    e = exercise("edit", {"goal": {"invisible": True}, "most": 3}, network="xor-sum")
    assert judge(e, {"interventions": scaled}).passed
    e = exercise("edit", {"goal": {"wakes": "h2"}}, network="xor-sum")
    assert judge(e, {"interventions": "h2.bias = 0"}).passed
    refused(e, "does not wake it", interventions="h2 = 1")
    e = exercise("edit", {"goal": {"invisible": True}}, network="xor-sum")
    assert judge(e, {"interventions": "h1.bias = 0"}).passed is False
    refused(e, "change those", interventions="h1 = 0")


# What no sampled point shows, and what no digit decides

LINE = {
    "inputs": ["x1"],
    "layers": [
        {"units": ["h1"], "activation": "relu", "weight": [["1"]], "bias": ["0"]},
        {"units": ["y"], "activation": "identity", "weight": [["1"]], "bias": ["0"]},
    ],
}
# sigmoid(x1) + sigmoid(-x1) is 1, which balls cannot tell.
CURVED = {
    "inputs": ["x1"],
    "layers": [
        {"units": ["h1", "h2"], "activation": "sigmoid", "weight": [["1"], ["-1"]], "bias": None},
        {"units": ["y"], "activation": "identity", "weight": [["1", "1"]], "bias": ["0"]},
    ],
}


def test_an_edit_on_a_box_is_proved_or_refuted_between_the_points(exercise, said):
    bump = "relu(1/9999 - abs(x1 - 1/7))"
    e = exercise("edit", {"goal": {"target": f"x1 + 1 + {bump}"}, "domain": "[0,1]"}, net=LINE)
    assert "but not at 0.142" in said(e, interventions="y.bias = 1")
    e = exercise("edit", {"goal": {"target": "x1 + 1"}, "domain": "[0,1]"}, net=LINE)
    found = judge(e, {"interventions": "y.bias = 1"})
    assert found.passed and found.level == "proved"
    for goal in ({"silences": "h1"}, {"invisible": True}):
        e = exercise("edit", {"goal": goal, "domain": "[-2,-1]"}, net=LINE)
        found = judge(e, {"interventions": "h1.bias = 1"})
        assert found.passed and found.level == "proved"
    # A list of labels is about the points that were tried, and so is the level.
    e = exercise("edit", {"goal": {"flips": []}, "domain": "[0,1]"}, net=LINE)
    assert judge(e, {"interventions": "y.bias = 0"}).level == "sampled"


def test_a_decision_on_a_box_is_proved_or_refuted_between_the_points(exercise, said):
    ask = {"shape": "1-1-1", "target": "x1 > 1/3", "domain": "[0,1]", "threshold": "1/2"}
    near = {"x1->h1": 1024, "h1.bias": -341, "h1->y": 1}
    assert "but not at 0.333" in said(exercise("construct", ask), weights=near)
    found = judge(exercise("construct", {**ask, "target": "x1 > 683/2048"}), {"weights": near})
    assert found.passed and found.level == "proved"


def test_what_hangs_on_further_digits_is_undecided(exercise):
    for kind, ask, claim in (
        ("predict", {}, {"outputs": [1, 1]}),
        ("explain", {"output": "y"}, {"expression": "1"}),
        ("edit", {"goal": {"target": "1"}}, {"interventions": "y.bias = 0"}),
    ):
        e = exercise(kind, {**ask, "domain": "{0,1}^1"}, net=CURVED)
        assert judge(e, claim).passed is None, kind
    e = exercise("predict", {"domain": "{0,1}^1"}, net=CURVED)
    assert judge(e, {"outputs": [1, 2]}).passed is False
    e = exercise("rank", {"names": ["h1", "h2"], "measure": "effect", "domain": [["0"]]},
                 net=CURVED)  # fmt: skip
    refused(e, "no exact order", order=["h1", "h2"])


# 1 - tanh(64) is 5e-56: not 0, but within 128 bits of it.
NEARLY = {
    "inputs": ["x1"],
    "layers": [
        {"units": ["h1.1"], "activation": "tanh", "weight": [["0"]], "bias": ["64"]},
        {"units": ["h2.1"], "activation": "relu", "weight": [["-1"]], "bias": ["1"]},
        {"units": ["y"], "activation": "identity", "weight": [["1"]], "bias": ["0"]},
    ],
}


@pytest.mark.parametrize(
    ("goal", "edit"),
    [
        ({"silences": "h2.1"}, "y.bias = 1"),
        ({"wakes": "h2.1"}, "y.bias = 1"),
        ({"flips": ["0"]}, "h2.1 = 0"),
        ({"smallest_matters": True}, "y.bias = 1"),
    ],
)
def test_an_edit_has_no_points_for_what_digits_do_not_decide(exercise, goal, edit):
    e = exercise("edit", {"goal": goal, "domain": "{0,1}^1", "decision": {"threshold": "0"}},
                 net=NEARLY)  # fmt: skip
    found = judge(e, {"interventions": edit})
    assert (found.passed, found.points) == (None, 0)


def test_an_edit_that_surely_silences_does(exercise):
    e = exercise("edit", {"goal": {"silences": "h2.1"}, "domain": "{0,1}^1"}, net=NEARLY)
    assert judge(e, {"interventions": "h2.1.bias = 0"}).passed is True


def test_an_edit_that_leaves_no_weight_has_no_smallest(exercise, said):
    e = exercise("edit", {"goal": {"smallest_matters": True}, "most": 2, "domain": "{0,1}^1"},
                 net=LINE)  # fmt: skip
    assert "no weight is left" in said(e, interventions=["x1->h1 = 0", "h1->y = 0"])
