"""The record: numbers, economy, the causal model, and the way to JSON and back."""

import pytest

from toynets.errors import ToynetsError
from toynets.explanation import Explanation, blank_explanation
from toynets.expressions import parse_expression
from toynets.network import Network
from toynets.rationals import rational as q


def said(**changes):
    given = {
        "about": "net",
        "parameters": {"a": "3/2"},
        "weights": {"x1->h1": "a", "x2->h1": "-a", "h1.bias": "0", "h1->y": "2*a"},
        "units": {
            "h1": {"activation": "relu", "expression": "relu(a*(x1 - x2))", "role": "comparator"},
            "y": {"activation": "identity", "why": "it doubles"},
        },
        "outcomes": [
            {"intervention": "h1 = worst", "outputs": {"y": ["0", "9/2"]}},
            {"intervention": "h1 = 0", "outputs": {"y": ""}, "why": "nothing is left"},
        ],
        "tolerance": {"weights": "1/100"},
        "unexplained": ["h1 = 0"],
        "slack": {"h1.bias": "any small number does"},
        "sources": ["a book"],
    }
    return Explanation.of(**{**given, **changes})


def test_json_reads_back_equal():
    one = said()
    assert Explanation.from_json(one.to_json()) == one
    assert Explanation.from_dict(one.to_dict()).to_dict() == one.to_dict()
    tied = Explanation.of(
        about="t",
        weights={"w": {"value": "2", "role": "excites", "why": "both alike"}},
        units={"y": {"activation": "identity"}},
        ties={"w": ["x1->y", "x2->y"]},
        decision="sign",
        metric={"zero": "decision"},
    )
    assert Explanation.from_json(tied.to_json()) == tied


def test_a_tied_number_stands_for_all_copies():
    tied = Explanation.of(
        about="t",
        weights={"w": "2", "y.bias": "1"},
        units={"y": {"activation": "identity"}},
        ties={"w": ["x1->y", "x2->y"]},
    )
    assert (tied.inputs, tied.outputs) == (("x1", "x2"), ("y",))
    assert tied.numbers == {"x1->y": q(2), "x2->y": q(2), "y.bias": q(1)}
    assert tied.stated_weight("x2->y") is tied.weights["w"]
    assert tied.stated_weight("y.bias").value == parse_expression("1")
    assert tied.stated_weight("x3->y") is None
    model = tied.model()
    x = (q(1), q(1))
    assert model.outcome(x, model.plan("w = 0")) == (q(1),)
    assert model.outcome(x, model.plan("w@1 = 0")) == (q(3),)


def test_the_model_is_made_of_the_stated_numbers_alone():
    model = said().model()
    assert model.outcome((q(2), q(1))) == (q("9/2"),)
    with pytest.raises(ToynetsError, match="1 weights are still blank: h1->y"):
        said(weights={"x1->h1": "a", "x2->h1": "-a", "h1.bias": "0", "h1->y": ""}).model()


@pytest.mark.parametrize(
    ("weights", "numbers", "transcribed"),
    [
        (("a", "-a", "0", "2*a"), 2, False),  # a and 2; a sign is no number, nor is 0
        (("1", "1", "0", "1"), 1, False),
        (("1", "2", "3", "4"), 4, True),
        (("1", "2", "3", "a"), 4, True),
        (("1", "-1", "0", "1/2"), 2, False),
    ],
)
def test_economy(weights, numbers, transcribed):
    addresses = ("x1->h1", "x2->h1", "h1.bias", "h1->y")
    one = said(weights=dict(zip(addresses, weights, strict=True)))
    assert (one.numbers_stated, one.weights_explained) == (numbers, 4)
    assert one.transcribed is transcribed


def test_blanks_are_listed():
    one = said(weights={"x1->h1": "a", "x2->h1": "", "h1.bias": None, "h1->y": "1"})
    assert one.blanks == ("x2->h1", "h1.bias", "y")
    assert one.weights_explained == 2


def test_a_blank_explanation_names_everything_and_says_nothing():
    net = Network.from_layers(
        [([[1, 1], [0, 1]], [0, 1], "relu"), ([[1, 2]], None, "tanh")],
        name="net",
        masks=[[[True, True], [False, True]], None],
    )
    blank = blank_explanation(
        net.wiring, {u: net.activation_of(u) for u in net.units}, about="net", decision={}
    )
    assert tuple(blank.weights) == tuple(net.numbers)
    assert (blank.inputs, tuple(blank.units), blank.outputs) == (net.inputs, net.units, net.outputs)
    assert [o.intervention.text for o in blank.outcomes] == ["", "h1 = 0", "h2 = 0"]
    assert len(blank.blanks) == len(net.numbers) + 3
    assert Explanation.from_json(blank.to_json()) == blank


def test_it_shows_itself():
    one = said()
    assert repr(one) == "<Explanation of net: 4 weights, 2 units, 2 outcomes>"
    assert str(one).splitlines()[0] == "explanation of net"
    assert "<td>" in one._repr_html_()
    assert "| x1->h1" in one._repr_markdown_()
    assert (one.epsilon("weights"), one.epsilon("clean")) == (q("1/100"), q(0))
