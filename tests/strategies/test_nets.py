"""Networks, inputs and domains that are drawn: valid, as asked for, and of every kind."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from strategy_cases import TIED, drawn

from toynets import strategies as ts
from toynets.activations import ACTIVATIONS
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network

SHRINK = settings(max_examples=500, database=None, derandomize=True)


@given(st.data())
def test_a_network_has_the_sizes_that_were_asked_for(data):
    net = data.draw(
        ts.networks(inputs=2, layers=(1, 3), width=(2, 3), outputs=(2, 4), dtype="float64")
    )
    assert net.sizes[0] == 2 and 3 <= len(net.sizes) <= 5 and 2 <= net.sizes[-1] <= 4
    assert all(2 <= size <= 3 for size in net.sizes[1:-1])
    assert net.dtype == "float64" and Network.from_dict(net.to_dict()) == net


@given(ts.networks(masks=False, ties=False, biases=True))
def test_a_plain_network_has_all_edges_and_biases_and_no_ties(net):
    assert not net.ties
    assert all(la.mask is None and la.bias is not None for la in net.layers)


def test_everything_that_a_network_can_have_comes_up():
    nets = drawn(ts.networks(), 400)
    hidden = {la.activation for n in nets for la in n.layers[:-1]}
    assert hidden == set(ACTIVATIONS) - {"softmax"}
    assert {n.layers[-1].activation for n in nets} == set(ACTIVATIONS)
    assert {len(n.layers) for n in nets} == {1, 2, 3}
    assert any(n.layers[0].mask is not None for n in nets)
    assert any(n.layers[0].bias is None for n in nets)
    assert {len(n.ties.get("w", ())) for n in nets} == {0, 2, 3}


@given(st.data(), st.sampled_from(["dyadic", "float32", "float64"]))
def test_numbers_are_those_that_were_asked_for(data, kind):
    net = data.draw(ts.networks(numbers=kind, dtype="float64"))
    for value in net.numbers.values():
        bits = Fraction(value).denominator.bit_length() - 1
        assert abs(value) <= 8
        assert kind == "float64" or bits <= {"dyadic": 2, "float32": 149}[kind]


def test_names_of_ones_own_come_up_where_they_are_asked_for():
    nets = drawn(ts.networks(named=True), 60)
    assert {net.inputs[0] for net in nets} == {"a", "x1"}
    named = next(n for n in nets if n.inputs[0] == "a" and len(n.units) > 7 - len(n.inputs))
    assert {"carry", "y_bias"} <= {*named.inputs, *named.units}
    assert Network.from_dict(named.to_dict()) == named
    text = f"{named.inputs[0]} = 1, {named.units[0]}.pre = mean"
    assert named.wiring.resolve(text).text == text
    assert {net.inputs[0] for net in drawn(ts.networks(), 20)} == {"x1"}


def test_a_found_network_is_shrunk_to_what_matters():
    net = find(ts.networks(), lambda n: n.numbers.get("h1->y", 0) < 0, settings=SHRINK)
    assert net.text == "1-1-1 relu" and not net.ties
    assert dict(net.numbers) == {"x1->h1": 0, "h1.bias": 0, "h1->y": -1, "y.bias": 0}


@given(st.data())
def test_inputs_are_rows_of_the_domain_or_points_of_the_box(data):
    net = data.draw(ts.networks(inputs=2))
    listed = data.draw(ts.domains(net))
    assert 2 <= len(listed) <= 4 and listed.dimension == 2
    assert data.draw(ts.inputs(net, listed)) in listed
    box = Domain.box([(-1, 1), (0, "1/2")])
    point = data.draw(ts.inputs(net, box))
    assert point in box and all(isinstance(v, Fraction) for v in point)
    assert len(data.draw(ts.inputs(net))) == 2


def test_what_is_asked_for_wrongly_is_refused():
    with pytest.raises(ToynetsError, match=r"inputs as a number or \(least, most\) from 1"):
        ts.networks(inputs=0)
    with pytest.raises(ToynetsError, match=r"width .*got \(3, 1\)"):
        ts.networks(width=(3, 1))
    with pytest.raises(ToynetsError, match="no activation sine"):
        ts.networks(activations=("sine",))
    with pytest.raises(ToynetsError, match="expected numbers dyadic or float32"):
        ts.networks(numbers="float64", dtype="float32")
    with pytest.raises(ToynetsError, match="text or record, but got 'json'"):
        ts.interventions(TIED, form="json")
