"""`reduce`: the same function with fewer units, and what is lost is what the ablations lose."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toynets import exact, zoo
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.symmetry import reduce

SMALL = st.integers(-2, 2)


@st.composite
def redundant(draw, activation):
    """A network in which dead, constant and twin units are likely, of 2-4-1 or 2-3-3-1."""
    sizes = draw(st.sampled_from([(2, 4, 1), (2, 3, 3, 1)]))
    layers = []
    for k, (n, m) in enumerate(itertools.pairwise(sizes)):
        rows = draw(st.lists(st.lists(SMALL, min_size=n, max_size=n), min_size=m, max_size=m))
        bias = draw(st.lists(SMALL, min_size=m, max_size=m))
        last = k == len(sizes) - 2
        layers.append((rows, bias, "identity" if last else activation))
    return Network.from_layers(layers)


@pytest.mark.parametrize("activation", ["relu", "abs", "square", "step", "identity"])
def test_the_function_stays_the_same_everywhere(activation):
    @given(redundant(activation))
    def law(network):
        found = reduce(network).network
        for x in ([0, 0], [1, 0], ["1/2", "-3/4"], [-2, "5/3"], [7, -7]):
            assert exact.run(found, x) == exact.run(network, x)

    law()


@given(redundant("relu"))
def test_on_a_domain_it_stays_the_same_on_the_domain(network):
    domain = Domain.boolean(2)
    found = reduce(network, domain).network
    for x in domain:
        assert exact.run(found, x) == exact.run(network, x)


@given(redundant("relu"))
def test_what_is_reduced_has_nothing_left_to_reduce(network):
    assert reduce(reduce(network).network).steps == ()


def steps(name, domain=None):
    return [(s.unit, s.kind) for s in reduce(zoo.load(name).network, domain).steps]


def test_the_pitfalls_of_the_zoo_are_what_they_are_called():
    assert steps("constant-unit") == [("h1", "constant")]
    assert steps("twin-units") == [("twin2", "twin")]
    assert steps("dead-weight") == []
    assert steps("dead-weight", Domain.boolean(2)) == [("h2", "dead")]
    assert steps("xor-sum") == []


def test_what_is_lost_with_a_constant_is_its_removal_unless_it_is_zero_there():
    (step,) = reduce(zoo.load("constant-unit").network).steps
    assert step.lost == "h1 = 0 took it off"
    found = reduce(zoo.load("dead-weight").network, Domain.boolean(2))
    assert found.steps[0].lost == (
        "its removal changed nothing; its own weights, cut or flipped, could have woken it"
    )
    assert found.domain == Domain.boolean(2).text != "" == reduce(found.network).domain


@pytest.mark.parametrize(("act", "kind", "bias"), [("tanh", "dead", 5), ("sigmoid", "constant", 6)])
def test_a_curved_unit_is_constant_where_nothing_comes_in(act, kind, bias):
    network = Network.from_layers([([[0], [1]], [0, 0], act), ([[2, 1]], [5], "identity")])
    found = reduce(network)
    assert [(s.unit, s.kind) for s in found.steps] == [("h1", kind)]
    assert found.network["y.bias"] == bias
    assert found.steps[0].lost == (
        "nothing: its ablation changed nothing" if kind == "dead" else "h1 = 0 took it off"
    )
    # Elsewhere its constant is irrational, and no bias holds it: it stays, and nobody denies it.
    other = network.with_numbers({"h1.bias": 1})
    assert str(reduce(other)) == (
        "nothing to reduce: no dead, constant or twin unit can be taken out."
    )


def test_a_unit_that_its_own_bias_would_wake_is_not_said_to_be_nothing():
    network = Network.from_layers([([[0], [1]], [-4, 0], "relu"), ([[3, 1]], [5], "identity")])
    assert exact.run(network, [1], "h1.bias *= -1") != exact.run(network, [1])
    assert "could have woken it" in reduce(network).steps[0].lost


def test_a_constant_goes_into_the_next_bias_times_its_weight():
    network = Network.from_layers([([[0], [1]], [4, 0], "relu"), ([[3, 1]], [5], "identity")])
    found = reduce(network)
    assert [(s.unit, s.kind) for s in found.steps] == [("h1", "constant")]
    assert found.network["y.bias"] == 5 + 3 * 4 and found.network.hidden == ("h2",)


def test_the_layers_after_a_reduced_one_stay():
    network = Network.from_layers(
        [([[1], [2]], [0, 0], "relu"), ([[3, 1]], [1], "relu"), ([[5]], [0], "identity")]
    )
    found = reduce(network).network
    assert found.text == "1-1-1-1 relu" and found["h1.1->h2.1"] == 5


def test_a_layer_keeps_its_last_unit():
    network = Network.from_layers([([[1], [2]], [0, 1], "relu"), ([[0, 0]], [5], "identity")])
    found = reduce(network)
    assert [(s.unit, s.kind) for s in found.steps] == [("h1", "dead")]
    assert found.network.hidden == ("h2",) and exact.run(found.network, [7]) == 5


def test_a_second_layer_is_reduced_too():
    network = Network.from_layers(
        [
            ([[1], [-1]], [0, 0], "relu"),
            ([[1, 1], [2, 2]], [0, 0], "relu"),
            ([[3, 5]], [1], "identity"),
        ]
    )
    found = reduce(network)
    assert [(s.unit, s.kind) for s in found.steps] == [("h2.2", "twin")]
    assert found.network["h2.1->y"] == 3 + 2 * 5


TWINS = [
    ("relu", [1, 2], 0, [2, 4], 0, "2"),
    ("relu", [1, 2], 1, [-1, -2], -1, None),
    ("abs", [1, 2], 1, [-2, -4], -2, "2"),
    ("square", [1, 2], 1, [-2, -4], -2, "4"),
    ("step", [1, 2], 1, [3, 6], 3, "1"),
    ("identity", [1, 2], 1, [-2, -4], -2, "-2"),
    ("tanh", [1, 2], 1, [-1, -2], -1, "-1"),
    ("tanh", [1, 2], 1, [2, 4], 2, None),
    ("sigmoid", [1, 2], 1, [-1, -2], -1, None),
    ("relu", [1, 2], 0, [2, 4], 1, None),
]


@pytest.mark.parametrize(("act", "a", "bias_a", "b", "bias_b", "factor"), TWINS)
def test_twins_are_merged_with_the_factor_of_their_activation(act, a, bias_a, b, bias_b, factor):
    network = Network.from_layers([([a, b], [bias_a, bias_b], act), ([[3, 5]], [0], "identity")])
    found = reduce(network)
    if factor is None:
        assert found.steps == ()
    else:
        assert found.network["h1->y"] == 3 + 5 * int(factor)
        assert found.network.hidden == ("h1",)


def test_what_is_lost_with_a_twin_is_its_share():
    network = Network.from_layers([([[1], [1]], [0, 0], "relu"), ([[2, 3]], [0], "identity")])
    found = reduce(network)
    assert found.steps[0].lost == "without h1 alone, h2 went on with its share"
    assert exact.run(network, [1], "h1 = 0") == 3
    assert exact.run(found.network, [1], "h1 = 0") == 0


def test_a_sum_that_no_float_holds_leaves_the_unit_where_it_is():
    network = Network.from_layers(
        [([[1], [1]], [0, 0], "relu"), ([[1, 2.0**-30]], [0], "identity")]
    )
    assert reduce(network).steps == ()
    rounded = reduce(network, round=True).network
    assert rounded["h1->y"] == 1.0 and rounded.rounded != ()


def test_a_layer_without_biases_keeps_its_constants():
    network = Network.from_layers([([[0], [1]], [3, 0], "relu"), ([[1, 1]], None, "identity")])
    assert reduce(network).steps == ()


def test_tied_weights_are_refused():
    network = Network.from_layers(
        [([[1], [1]], [0, 0], "relu"), ([[2, 3]], [0], "identity")],
        ties={"w": ("x1->h1", "x1->h2")},
    )
    with pytest.raises(ToynetsError, match="has tied weights"):
        reduce(network)
