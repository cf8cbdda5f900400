"""Near misses that are drawn: one place differs, and it is refuted unless it says the same."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategy_cases import RATIONAL, drawn

from toynets import exact
from toynets import strategies as ts
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.expressions import parse_expression
from toynets.network import Network
from toynets.verification import verify


def value_on(text, net, row, said):
    """The value of an expression, where names of units stand for what the network computes."""
    trace = exact.trace(net, row)
    names = {**{n: trace[n] for n in (*net.inputs, *net.units)}, **said.constants}
    return parse_expression(text).evaluate(names)


@given(st.data())
@settings(max_examples=80)
def test_a_near_miss_differs_in_one_place_and_is_refuted_unless_it_says_the_same(data):
    net = data.draw(
        ts.networks(
            inputs=(1, 2),
            width=(1, 2),
            activations=RATIONAL,
            output_activations=RATIONAL,
            ties=False,
        )
    )
    said = data.draw(ts.explanations(net))
    miss = data.draw(ts.wrong_explanations(net, said))
    before, after = flat(said.to_dict()), flat(miss.explanation.to_dict())
    assert before.keys() == after.keys()
    assert [k for k in before if before[k] != after[k]] == [tuple(miss.place_keys)]
    assert miss.was != miss.now
    domain = data.draw(ts.domains(net))
    report = verify(net, miss.explanation, domain)
    if report.verdict != "refuted":
        keys = miss.place_keys
        assert keys[0] in ("units", "outcomes"), miss  # numbers are compared themselves
        # An activation may be the same on every case that occurs: to see that by brute force would
        # be verification again.
        expression = keys[0] == "units" and keys[-1] != "activation"
        for row in domain.rows if expression else ():
            assert value_on(miss.was, net, row, said) == value_on(miss.now, net, row, said)


def flat(data, path=()):
    """Nested data as path -> text."""
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        return {k: v for key, item in items for k, v in flat(item, (*path, key)).items()}
    return {path: data}


SAID = {
    "about": "t",
    "parameters": {"a": "3/2"},
    "weights": {"x1->h1": "a", "x2->h1": "-1", "h1->y": "2", "y.bias": "0"},
    "units": {
        "h1": {"activation": "relu", "expression": "relu(a*x1 - x2)"},
        "y": {"activation": "identity", "expression": "2*h1", "concept": "max(x1, x2) > 0"},
    },
    "outcomes": [{"intervention": "h1 = 0", "outputs": {"y": "0"}}],
}
NEAR = [
    ("number", "parameters/a", "4/2"),
    ("number", "weights/x2->h1/value", "-2"),
    ("number", "outcomes/0/outputs/y", "1"),
    ("sign", "weights/x2->h1/value", "1"),
    ("sign", "weights/h1->y/value", "-2"),
    ("sign", "units/h1/expression", "relu(a*x1 + x2)"),
    ("operator", "units/h1/activation", "abs"),
    ("operator", "units/h1/expression", "abs(a*x1 - x2)"),
    ("operator", "units/y/expression", "2 + h1"),
    ("operator", "units/y/concept", "min(x1, x2) > 0"),
    ("operator", "units/y/concept", "max(x1, x2) >= 0"),
    ("unit", "units/h1/expression", "relu(a*x2 - x2)"),
    ("unit", "units/y/expression", "2*x1"),
]


def test_every_kind_of_near_miss_comes_up_everywhere():
    net = Network.from_layers([([[1.5, -1]], None, "relu"), ([[2]], [0], "identity")])
    misses = drawn(ts.wrong_explanations(net, Explanation.of(**SAID)), 400)
    assert set(NEAR) <= {(m.kind, m.place, m.now) for m in misses}
    assert "weights/y.bias/value" not in {m.place for m in misses if m.kind == "sign"}  # -0 is 0


@given(st.data())
@settings(max_examples=30)
def test_a_certain_miss_is_refuted_for_certain(data):
    net = data.draw(ts.networks(inputs=1, layers=(0, 1), width=1, numbers="float32"))
    said = data.draw(ts.explanations(net))
    assume(net.numbers)
    miss = data.draw(ts.wrong_explanations(net, said, certain=True))
    assert miss.place_keys[0] == "weights"
    report = verify(net, miss.explanation, data.draw(ts.domains(net)), cases=300)
    assert report.verdict == "refuted" and "weights" in report.failed


def test_a_certain_miss_is_further_off_than_the_tolerance():
    net = Network.from_layers([([[1.5, -1]], None, "relu"), ([[2]], [0], "identity")])
    rough = Explanation.of(**SAID, tolerance={"weights": "3/4"})
    misses = drawn(ts.wrong_explanations(net, rough, certain=True), 60)
    # 2 -> 3 is off by 1, which another true statement could be, too; 2 -> -2 is off by 4.
    assert {(m.place, m.now) for m in misses} == {
        ("weights/x1->h1/value", "-a"),
        ("weights/x2->h1/value", "1"),
        ("weights/h1->y/value", "-2"),
    }


def test_where_nothing_can_be_swapped_it_says_so():
    net = Network.from_layers([([[1]], None, "identity")])
    said = Explanation.of(about="t", weights={"x1->y": "1"}, units={"y": {"activation": "relu"}})
    with pytest.raises(ToynetsError, match="can be swapped for another unit"):
        ts.wrong_explanations(net, said, kinds=("unit",))
