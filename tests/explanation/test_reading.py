"""Nothing that is written in an explanation is silently ignored."""

import copy

import pytest

from toynets.errors import ParseError, ToynetsError
from toynets.explanation import METRIC_KINDS, Explanation

PLAIN = {
    "format": "toynets-explanation/1",
    "about": "net",
    "parameters": {"a": "1"},
    "decision": {"threshold": "1/2"},
    "weights": {
        "x1->h1": {"value": "a", "role": "excites"},
        "x2->h1": "1",
        "h1.bias": "0",
        "h1->y": "2",
    },
    "units": {
        "h1": {"activation": "relu", "expression": "relu(a*x1 + x2)", "concept": "x1 + x2"},
        "y": {"activation": "identity", "expression": "2*h1"},
    },
    "outcomes": [{"intervention": "h1 = 0", "outputs": {"y": "0"}}],
}


def read(**changes):
    data = copy.deepcopy(PLAIN)
    data.update(changes)
    return Explanation.from_dict(data)


def test_the_plain_one_is_read():
    said = read()
    assert (said.inputs, said.outputs) == (("x1", "x2"), ("y",))
    assert [str(v) for v in said.numbers.values()] == ["1", "1", "0", "2"]
    assert said.constants == {"a": said.numbers["x1->h1"]}


UNITS = PLAIN["units"]
WRONG = [
    ({"format": "toynets-explanation/2"}, 'expected "format": "toynets-explanation/1"'),
    ({"weigths": {}}, r"no key weigths in the explanation\..*Nearest: weights"),
    ({"weights": []}, "weights is an object with keys, but got list"),
    ({"parameters": {"a": "b"}}, "no name b in parameter a"),
    ({"parameters": {"a": ""}}, "the parameter a has no value"),
    ({"parameters": {"a": "1", "x1": "2"}}, "the name x1 is given twice"),
    ({"parameters": {"a": "1", "h1": "2"}}, "the name h1 is given twice"),
    ({"parameters": {"mean": "1"}}, "the word is reserved"),
    # Decisions: none that agrees with everything.
    ({"decision": {"argmax": False}}, "the decision argmax is False"),
    ({"decision": "argmax"}, "argmax decides between several outputs, but there is one"),
    ({"decision": {"threshold": "1/2", "sign": True}}, "one of a threshold, argmax, sign or none"),
    ({"decision": {"treshold": "1/2"}}, "no key treshold in decision.*Nearest: threshold"),
    (
        {"decision": {"threshold": 0.5}},
        "the threshold of the decision: numbers are written as text",
    ),
    ({"decision": {"threshold": "big"}}, "the threshold of the decision: 'big' is not a number"),
    # Metrics: a kind that there is not would be silently ignored.
    ({"metric": {"zeros": "decision"}}, "no key zeros in metric.*zero, pre, .*Nearest: zero"),
    ({"metric": {"zero": "sign"}}, 'the metric of zero is "value" or "decision", but got \'sign\''),
    ({"metric": {"zero": "either"}}, 'the metric of zero is "value" or "decision", but got'),
    ({"metric": {"concepts": "any"}}, 'of concepts also "either"'),
    (
        {"metric": {"zero": "decision"}, "decision": {}},
        "zero is decision, but there is no decision",
    ),
    ({"metric": {"concepts": "either"}, "decision": {}}, "concepts is either, but there is no"),
    # Tolerances.
    ({"tolerance": {"weight": "1"}}, "no key weight in tolerance.*Nearest: weights"),
    ({"tolerance": {"clean": "-1"}}, "the tolerance of clean is negative: -1"),
    (
        {"tolerance": {"clean": 0.1}},
        'the tolerance of clean: numbers are written as text.*\n.*"0.1"',
    ),
    ({"tolerance": {"clean": True}}, "the tolerance of clean: True is not a number"),
    ({"tolerance": {"clean": "inf"}}, "the tolerance of clean: 'inf' is not a number"),
    # Weights.
    (
        {"weights": {**PLAIN["weights"], "h2->y": "1"}, "inputs": ["x1", "x2"]},
        "no unit h2 in weight h2->y.*Nearest: h1",
    ),
    ({"weights": {**PLAIN["weights"], "h1": "1"}}, "h1 is not a weight"),
    ({"weights": {**PLAIN["weights"], "h1.pre": "1"}}, "h1.pre is not a weight"),
    ({"weights": {**PLAIN["weights"], "x1:h1": "1"}}, "weight x1->h1 is stated twice"),
    ({"weights": {**PLAIN["weights"], "h1->h9": "1"}}, "no unit h9 in weight h1->h9"),
    (
        {"weights": {**PLAIN["weights"], "y->h1": "1"}},
        "y->h1 goes backwards: y is not listed before",
    ),
    ({"weights": {**PLAIN["weights"], "h1->h1": "1"}}, "h1->h1 goes backwards"),
    ({"weights": {**PLAIN["weights"], "h1->y": "h1"}}, "no name h1 in weight h1->y"),
    ({"weights": {**PLAIN["weights"], "h1->y": 0.5}}, "numbers are written as text"),
    ({"weights": {**PLAIN["weights"], "h1->y": True}}, "True is not a number or an expression"),
    ({"weights": {**PLAIN["weights"], "h1->y": {"vaule": "1"}}}, "no key vaule in weight h1->y"),
    (
        {"weights": {**PLAIN["weights"], "h1->y": {"value": "1", "role": None}}},
        "the role of h1->y is",
    ),
    # Units.
    ({"units": {}}, "the explanation names no unit"),
    ({"units": {**UNITS, "y": {"expression": "2*h1"}}}, "unit y names no activation"),
    ({"units": {**UNITS, "y": {"activation": "rleu"}}}, "no activation rleu.*Nearest: relu"),
    (
        {"units": {**UNITS, "h1": {"activation": "relu", "expression": "y"}}},
        "no name y in the expression of h1",
    ),
    (
        {"units": {**UNITS, "h1": {"activation": "relu", "concept": "h1 > 0"}}},
        "no name h1 in the concept of h1",
    ),
    (
        {"units": {**UNITS, "h1": {"activation": "relu", "expression": "x1 +"}}},
        "the expression of h1: .*\n  x1 [+]\n",
    ),
    # Outcomes.
    ({"outcomes": {}}, "outcomes is a list, but got"),
    ({"outcomes": [{"intervention": "h1 = 0", "output": {}}]}, "no key output in an outcome"),
    (
        {"outcomes": [{"intervention": "h1 = 0", "outputs": {"h1": "0"}}]},
        'no output h1 in the outcome of "h1 = 0".*\n.*h1 is no output',
    ),
    ({"outcomes": [{"intervention": "h1 = 0", "outputs": {"z": "0"}}]}, "no output z in"),
    ({"outcomes": [{"intervention": "h2 = 0", "outputs": {"y": "0"}}]}, "no unit h2 in"),
    ({"outcomes": [{"intervention": "h1 == 0", "outputs": {}}]}, "="),
    (
        {"outcomes": [{"intervention": "h1 = 0", "outputs": {"y": "2*h1"}}]},
        'no name h1 in the outcome of "h1 = 0"',
    ),
    (
        {"outcomes": [{"intervention": "h1 = resample", "outputs": {"y": "0"}}]},
        "an outcome that depends on a source is derived, not stated",
    ),
    (
        {"outcomes": [{"intervention": "h1 = h1(x')", "outputs": {"y": "0"}}]},
        "an outcome that depends on a source is derived",
    ),
    (
        {"outcomes": [{"intervention": "h1 = worst", "outputs": {"y": "0"}}]},
        "states 1 values for y, expected 2",
    ),
    (
        {"outcomes": [{"intervention": "h1 = 0", "outputs": {"y": ["0", "1"]}}]},
        "states 2 values for y, expected 1",
    ),
    (
        {"outcomes": [{"intervention": "h1 = 0"}, {"intervention": " h1=0.0 "}]},
        'the outcome of "h1 = 0" is stated twice',
    ),
    (
        {"outcomes": [{"intervention": "h1, x1 = 0"}, {"intervention": "x1 = 0, h1 = 0"}]},
        "is stated twice",
    ),
    ({"outcomes": [{"intervention": ""}, {}]}, 'the outcome of "" is stated twice'),
    # Lists of names.
    ({"unexplained": "h1"}, "unexplained is a list, but got 'h1'"),
    ({"unexplained": ["h2"]}, "no name h2 in unexplained"),
    ({"unexplained": [["h1"]]}, "no name .*h1.* in unexplained"),
    ({"unexplained": ["y = 0"]}, "no name y = 0 in unexplained.*h1 = 0"),
    ({"slack": {"x3->h1": "free"}}, "no name x3->h1 in slack"),
    ({"slack": {"a": 1}}, "slack of a is a text"),
    ({"sources": "a book"}, "sources is a list"),
    ({"inputs": "x1"}, "inputs is a list"),
    ({"inputs": ["x1"]}, "no unit x2 in weight x2->h1"),
    ({"inputs": ["x1", "x2", "x2"]}, "the name x2 is given twice"),
    ({"outputs": ["z"]}, "no output z in the explanation"),
    ({"outputs": ["y", "y"]}, "the name y is given twice"),
    # Ties.
    ({"ties": {"w": "x1->h1"}}, "the tied group w is a list"),
    (
        {"ties": {"w": ["x1->h1", "x2->h1"]}, "weights": {**PLAIN["weights"], "w": "3"}},
        "weight x1->h1 is stated twice: it belongs to the tied group w",
    ),
    ({"ties": {"w": ["x1->h1", "x3->h1"]}}, "weight x3->h1 of the tied group w is not stated"),
    ({"ties": {"h1": ["x1->h1"]}}, "the name h1 is given twice"),
]


@pytest.mark.parametrize(("changes", "message"), WRONG)
def test_a_fault_is_named_with_its_place(changes, message):
    with pytest.raises(ToynetsError, match=message):
        read(**changes)


def test_faults_of_expressions_keep_their_caret():
    with pytest.raises(ParseError, match="column 5"):
        read(weights={**PLAIN["weights"], "h1->y": "1 + "})


def test_every_kind_of_metric_is_accepted():
    for kind in METRIC_KINDS:
        assert read(metric={kind: "decision"}).metric_of(kind) == "decision"
    assert read(metric={"default": "decision"}).metric_of("zero") == "decision"
    assert read(metric={"mean": "decision"}).metric_of("zero") == "value"


def test_every_form_of_decision_is_read():
    two = {**PLAIN["units"], "y2": {"activation": "identity"}}
    weights = {**PLAIN["weights"], "h1->y2": "1"}
    for given in ("argmax", {"argmax": True}):
        assert read(units=two, weights=weights, decision=given).decision == {"argmax": True}
    assert read(decision="sign").decision == {"sign": True}
    assert read(decision={"threshold": 1}).decision == {"threshold": "1"}
    for none in ("none", None, {}):
        assert read(decision=none).decision == {}


def test_outputs_are_the_units_that_send_nothing_on_unless_they_are_listed():
    units = {**PLAIN["units"], "y2": {"activation": "identity"}}
    # y2 has no weights at all: an output that is 0, or a mistake that matching names.
    assert read(units=units).outputs == ("y", "y2")
    assert read(units=units, outputs=["y2", "y"]).outputs == ("y2", "y")
    assert read(outputs=["y"]).outputs == ("y",)


def test_a_hidden_unit_without_outgoing_weights_is_hidden_where_outputs_are_listed():
    units = {"h1": UNITS["h1"], "h2": {"activation": "relu"}, "y": UNITS["y"]}
    weights = {**PLAIN["weights"], "x1->h2": "1"}
    said = read(
        units=units,
        weights=weights,
        outputs=["y"],
        outcomes=[{"intervention": "h2 = 0", "outputs": {"y": "2*x1 + 2*x2"}}],
    )
    assert said.outputs == ("y",)
    assert said.model().wiring.hidden == ("h1", "h2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("net.json", "not JSON: .*\n.*reads the text of a file, not its name"),
        ('{"format": 1, "format": 2}', "the key 'format' is given twice"),
        ('{"tolerance": {"clean": NaN}}', "NaN is not a number that an explanation can state"),
        ("[" * 100_000, "nested too deeply|not JSON"),
        (" " * (1024 * 1024 + 1), "at most 1048576 characters"),
        ("9" * 5000, "not JSON that can be read"),
        ("[]", "the explanation is an object with keys, but got list"),
    ],
)
def test_text_that_is_no_explanation(text, message):
    with pytest.raises(ToynetsError, match=message):
        Explanation.from_json(text)
    with pytest.raises(ToynetsError, match="expected JSON text but got int"):
        Explanation.from_json(3)


def test_a_file_may_say_its_domain_and_no_entry_of_the_zoo_does():
    from toynets.domain import Domain
    from toynets.zoo import load

    said = load("xor-sum").explanation.to_dict()
    assert "domain" not in said and Explanation.from_dict(said).domain is None
    for domain in (Domain.box("[-1,1]^2"), Domain.boolean(2), Domain.listed([["1/2", 3]])):
        made = Explanation.from_dict({**said, "domain": domain.to_dict()})
        assert made.domain == domain and Explanation.from_json(made.to_json()) == made
        del (again := made.to_dict())["domain"]
        assert again == said
    with pytest.raises(ToynetsError, match="the domain has 3 inputs, the explanation 2: x1, x2"):
        Explanation.from_dict({**said, "domain": Domain.boolean(3).to_dict()})
    with pytest.raises(ToynetsError, match="is not a kind of domain"):
        Explanation.from_dict({**said, "domain": "xor"})
