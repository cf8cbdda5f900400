"""Explanations that are drawn are true, and say it in every way there is."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from strategy_cases import RATIONAL, drawn

from toynets import exact
from toynets import strategies as ts
from toynets.domain import Domain
from toynets.network import Network
from toynets.rationals import fraction
from toynets.verification import verify


@given(st.data())
@settings(max_examples=40)
def test_an_explanation_is_true(data):
    net = data.draw(ts.networks(inputs=(1, 2), width=(1, 2), numbers="float32"))
    said = data.draw(ts.explanations(net))
    report = verify(net, said, data.draw(ts.domains(net)), cases=2_000)
    assert report.verdict in ("exhaustive", "sampled", "unknown"), report
    assert not report.failed
    assert {n: str(v) for n, v in said.numbers.items()} == {
        n: str(Fraction(v)) for n, v in net.numbers.items()
    }


@given(st.data())
@settings(max_examples=40)
def test_of_a_rational_network_it_is_exact(data):
    net = data.draw(
        ts.networks(inputs=(1, 2), width=(1, 2), activations=RATIONAL, output_activations=RATIONAL)
    )
    said = data.draw(ts.explanations(net))
    domain = data.draw(ts.domains(net))
    assert verify(net, said, domain).verdict == "exhaustive"
    assert set(said.tolerance.values()) == {0}
    for outcome in said.outcomes:
        for row in domain.rows:
            found = exact.run(net, row, outcome.intervention.text)
            names = {**dict(zip(net.inputs, row, strict=True)), **said.constants}
            for y, (value,) in outcome.outputs.items():
                assert fraction(value.evaluate(names)) == found[y]


def test_a_deep_network_is_explained_without_filling_pages():
    wide = ts.networks(inputs=4, layers=6, width=4, outputs=(1, 3), activations=RATIONAL)
    for net, said in drawn(wide.flatmap(lambda n: ts.explanations(n).map(lambda e: (n, e))), 3):
        assert len(net.layers) == 7 and not said.outcomes
        assert not verify(net, said, Domain.listed([[1, 0, -1, 2]]), cases=200).failed


def test_the_length_of_a_text_is_known_before_it_is_written():
    from toynets.strategies.claimed import _parts, unit_texts

    for net in drawn(ts.networks(inputs=2, layers=(0, 3), biases=True, masks=False), 40):
        texts = unit_texts(net)
        longest = max(len(re.findall(r"[0-9x]+\*|[+-] [0-9/.]+", texts[y])) for y in net.outputs)
        assert longest <= 2 * _parts(net), net.text


def test_the_ways_to_say_it_come_up():
    net = Network.from_layers([([[0.5, -0.25]], [0.5], "relu")])
    said = drawn(ts.explanations(net), 200)
    assert {str(e.weights["x2->y"].value) for e in said} == {"-0.25", "-1/4"}
    assert {str(e.weights["y.bias"].value) for e in said} == {"0.5", "1/2", "a"}
    assert min(len(e.outcomes) for e in said) == 0 and max(len(e.outcomes) for e in said) > 2
    hinge = Network.from_layers([([[2]], [1], "relu"), ([[3]], None, "identity")])
    stated = {o.intervention.text for e in drawn(ts.explanations(hinge), 100) for o in e.outcomes}
    values = {"", "h1 = 0", "h1 = 1"}
    edits = {
        f"{a} {edit}" for a in ("x1->h1", "h1.bias", "h1->y") for edit in ("= 0", "*= -1", "+= 1")
    }
    assert stated == values | edits


def test_units_are_explained_by_the_inputs_or_by_the_units_before():
    net = Network.from_layers([([[1]], [0], "relu"), ([[2]], [0], "identity")])
    said = {str(e.units["y"].expression) for e in drawn(ts.explanations(net), 100)}
    assert said == {"2*h1 + 0", "2*relu(1*x1 + 0) + 0"}
