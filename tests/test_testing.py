"""`assert_explains`: what passes, what it says when it does not, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toynets import strategies as ts
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.testing import assert_explains
from toynets.zoo import load

XOR = load("xor-sum")
BITS = Domain.boolean(2)
HINGE = Network.from_layers([([["3/2"]], [-1], "relu")], name="hinge")
ROWS = Domain.listed([[0], [1], [2]])


def said(value="3/2", **more):
    return Explanation.of(
        about="hinge",
        weights={"x1->y": value, "y.bias": "-1"},
        units={"y": {"activation": "relu", "expression": "relu(3/2*x1 - 1)"}},
        **more,
    )


def test_a_true_explanation_passes_and_the_report_comes_back():
    report = assert_explains(XOR.network, XOR.explanation, BITS, level="exhaustive", complete=True)
    assert report.verdict == "exhaustive" and report.cases > 100


def test_an_entry_brings_explanation_and_domain_and_a_task_its_domain():
    assert assert_explains(XOR).domain == "{0, 1}^2"
    assert assert_explains(XOR.network, XOR.explanation, XOR.task).domain == "{0, 1}^2"
    assert assert_explains(XOR, domain=Domain.listed(BITS.rows)).domain == "4 listed inputs"
    with pytest.raises(AssertionError, match="refuted"):
        assert_explains(XOR, XOR.wrong[0].explanation)


@pytest.mark.parametrize("wrong", XOR.wrong, ids=lambda w: w.name)
def test_a_wrong_one_fails_with_the_smallest_counterexample(wrong):
    with pytest.raises(AssertionError) as caught:
        assert_explains(XOR.network, wrong.explanation, BITS)
    text = str(caught.value)
    assert text.startswith("the explanation of xor-sum is refuted: ")
    assert wrong.check in text.splitlines()[0]
    assert "Smallest counterexample: " in text


def test_the_arithmetic_stands_in_the_message():
    with pytest.raises(
        AssertionError, match=r"stated weights give 1, the network gives 1/2(.|\n)*y = relu\("
    ):
        assert_explains(HINGE, said("2"), ROWS)


def test_a_tolerance_takes_the_place_of_the_stated_one():
    near = said("1.49")
    with pytest.raises(AssertionError, match=r"refuted: .*weights"):
        assert_explains(HINGE, near, ROWS)
    assert assert_explains(HINGE, near, ROWS, tolerance="1/10").claim != "value exact"
    rows = {"clean": "1/50", "units": "1/50", "weights": "1/100", "ablations": "1/50"}
    assert_explains(HINGE, near, ROWS, tolerance=rows)
    with pytest.raises(AssertionError, match=r"refuted: .*weights"):
        assert_explains(HINGE, near, ROWS, tolerance=rows | {"weights": "1/200"})
    # Rows that are not named keep the stated bound.
    with pytest.raises(AssertionError, match="refuted: "):
        assert_explains(HINGE, near, ROWS, tolerance={"weights": "1/100"})


def test_a_weaker_verdict_than_asked_for_fails():
    network = load("parity-3").network
    keys = {"explanation": load("parity-3").explanation, "domain": Domain.boolean(3), "cases": 100}
    assert assert_explains(network, **keys).verdict == "sampled"
    with pytest.raises(AssertionError, match=r"is sampled, not exhaustive\.(.|\n)*sampled"):
        assert_explains(network, **keys, level="exhaustive")


def test_what_is_blank_is_not_explained():
    blank = said("")
    with pytest.raises(AssertionError, match=r"is unknown, not sampled(.|\n)*not checked"):
        assert_explains(HINGE, blank, ROWS)


def test_holes_pass_unless_everything_is_asked_for():
    assert_explains(HINGE, said(), ROWS)
    with pytest.raises(AssertionError, match=r"leaves open: (.|\n)*declare them as unexplained"):
        assert_explains(HINGE, said(), ROWS, complete=True)


@pytest.mark.parametrize(
    ("given", "keys", "words"),
    [
        ((HINGE, said()), {}, r"needs the inputs(.|\n)*domain=Domain.boolean\(1\)"),
        ((HINGE,), {}, r"needs an explanation(.|\n)*assert_explains\(toynets.load\(name\)\)"),
        (("xor-sum",), {}, r"got the text 'xor-sum'(.|\n)*toynets.load\('xor-sum'\)"),
        ((3, said(), ROWS), {}, r"expected a network but got 3 \(type=int\)"),
        ((HINGE, said(), ROWS), {"level": "refuted"}, "no level refuted"),
        ((HINGE, said(), ROWS), {"tolerance": {"all": 1}}, "no row all in the tolerance"),
        ((HINGE, said(), ROWS), {"tolerance": "-1"}, "a tolerance is not negative"),
        ((HINGE, said(), BITS), {}, "has 2 inputs but the network has 1"),
    ],
)
def test_wrong_use_is_no_assertion_but_an_error(given, keys, words):
    with pytest.raises(ToynetsError, match=words):
        assert_explains(*given, **keys)


@given(st.data())
@settings(max_examples=25)
def test_it_serves_in_a_property_test(data):
    net = data.draw(
        ts.networks(
            layers=1,
            inputs=2,
            outputs=1,
            activations=("relu", "abs"),
            output_activations=("identity",),
        )
    )
    true = data.draw(ts.explanations(net))
    domain = data.draw(ts.domains(net))
    assert_explains(net, true, domain, level="exhaustive")
    miss = data.draw(ts.wrong_explanations(net, true, kinds=("number",)))
    if miss.place_keys[0] == "weights":
        with pytest.raises(AssertionError, match="Smallest counterexample"):
            assert_explains(net, miss.explanation, domain)
