"""Gauge moves that are drawn: the function stays, and where promised every ablation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategy_cases import drawn

from toynets import exact
from toynets import strategies as ts
from toynets.network import Network
from toynets.records import Ball
from toynets.symmetry import MOVES


def same(a, b):
    if isinstance(a, Ball) or isinstance(b, Ball):
        return abs(float(a) - float(b)) < 1e-9 * max(1.0, abs(float(a)))
    return a == b


@given(st.data())
def test_a_gauge_move_keeps_the_function(data):
    net = data.draw(ts.networks())
    moved = data.draw(ts.gauge_moves(net, preserving=False))
    assert moved.before is net
    x = data.draw(ts.inputs(net))
    for a, b in zip(exact.run(net, x), exact.run(moved.after, x), strict=True):
        assert same(a, b)


@given(st.data())
def test_a_preserving_move_keeps_every_ablation(data):
    net = data.draw(ts.networks(layers=(1, 2)))
    moved = data.draw(ts.gauge_moves(net))
    assert moved.preserves_ablations
    x, domain = data.draw(ts.inputs(net)), data.draw(ts.domains(net))
    unit = data.draw(st.sampled_from(net.hidden))
    for text in (f"{unit} = 0", f"{unit} = mean"):
        one = exact.run(net, x, text, domain=domain)
        two = exact.run(moved.after, x, text, domain=domain)
        assert all(map(same, one, two))


def test_every_move_comes_up():
    opposite = Network.from_layers([([[1], [-1]], [0, 1], "relu"), ([[1, 1]], [0], "identity")])
    smooth = Network.from_layers([([[1], [2]], [0, 1], "sigmoid"), ([[1, 2]], [0], "identity")])
    classes = Network.from_layers([([[1]], [0], "tanh"), ([[1], [2]], [0, 0], "softmax")])
    kept = {}
    for net in (opposite, smooth, classes):
        for moved in drawn(ts.gauge_moves(net, preserving=False, steps=1), 200):
            kept[moved.steps[0].partition("(")[0]] = moved.preserves_ablations
            assert moved.after != net
    assert kept == {name: move.preserves_ablations for name, move in MOVES.items()}


def test_a_network_that_allows_no_move_is_returned_as_it_is():
    single = Network.from_layers([([[1]], [0], "relu")])
    moved = drawn(ts.gauge_moves(single), 1)[0]
    assert moved.steps == () and moved.after is single
