"""The float64 side against the exact oracle, and its derivatives against one another."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toynets import exact
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.importance import (
    conductance,
    gradient,
    importance,
    integrated_gradients,
    internal_influence,
)
from toynets.importance.floats import Floats
from toynets.network import Network
from toynets.strategies import dyadics, inputs, networks

# Exact numbers, or smooth ones: a step of a smooth value can fall on the other side of its jump.
ACTS = st.sampled_from(
    [("relu", "identity", "abs", "square", "step"), ("tanh", "sigmoid", "relu", "softmax")]
)


@st.composite
def drawn_networks(draw, **keys):
    acts = draw(ACTS)
    hidden = [a for a in acts if a != "softmax"]
    return draw(networks(activations=hidden, output_activations=acts, **keys))


def batch(network, rows):
    return np.array([[float(v) for v in row] for row in rows])


@given(st.data())
def test_every_value_is_that_of_the_exact_oracle(data):
    net = data.draw(drawn_networks())
    row = data.draw(inputs(net))
    floats = Floats(net)
    passed = floats.run(batch(net, [row]))
    trace = exact.trace(net, row)
    for name in trace:
        assert floats.read(passed, name)[0] == pytest.approx(float(trace[name]), abs=1e-9)


@given(st.data())
def test_replaced_and_edited_values_are_those_of_an_intervention(data):
    net = data.draw(drawn_networks(layers=(1, 2), ties=False))
    row = data.draw(inputs(net))
    unit = data.draw(st.sampled_from([*net.inputs, *net.hidden]))
    value = data.draw(dyadics())
    weights = list(net.numbers) or [None]
    weight, other = data.draw(st.sampled_from(weights)), data.draw(dyadics())
    text = f"{unit} = {Fraction(value)}" + (f", {weight} = {Fraction(other)}" if weight else "")
    wanted = exact.run(net, row, text)
    edited = {weight: other} if weight else {}
    passed = Floats(net).run(batch(net, [row]), replaced={unit: value}, edited=edited)
    assert passed.act[-1][0].tolist() == pytest.approx([float(v) for v in wanted], abs=1e-9)


@given(st.data())
def test_derivatives_backward_and_forward_agree(data):
    net = data.draw(drawn_networks())
    row = data.draw(inputs(net))
    direction = np.array([data.draw(dyadics()) for _ in net.inputs])
    floats = Floats(net)
    passed = floats.run(batch(net, [row]))
    ahead, ahead_pre = floats.directional(passed, direction)
    for name in net.units:
        layer, i, _ = floats.find(name)
        back, _ = floats.gradient(passed, name)
        assert back[0][0] @ direction == pytest.approx(ahead[layer][0, i], abs=1e-6, rel=1e-9)
        back, _ = floats.gradient(passed, f"{name}.pre")
        got = back[0][0] @ direction
        assert got == pytest.approx(ahead_pre[layer - 1][0, i], abs=1e-6, rel=1e-9)


@pytest.mark.parametrize("output", ["softmax", "sigmoid", "identity"])
@pytest.mark.parametrize("hidden", ["relu", "tanh", "sigmoid", "abs", "square", "identity"])
def test_the_gradient_is_the_slope_of_a_small_step(hidden, output):
    net = Network.from_layers(
        [
            ([[1.5, -0.5], [-1, 0.25], [0.5, 0.75]], [0.5, 1, -0.25], hidden),
            ([[2, -0.75, 1], [0.5, 4, -1]], [0.25, -1], output),
        ]
    )
    x, step = [0.3125, -0.8125], 1e-6
    for of in ("y1", "y2", "h2", "h3.pre"):
        floats, found = Floats(net), gradient(net, x, of=of)
        for k, name in enumerate(net.inputs):
            up, down = list(x), list(x)
            up[k] += step
            down[k] -= step
            passed = floats.run(np.array([up, down]))
            first, second = floats.read(passed, of)
            assert found[name] == pytest.approx((first - second) / (2 * step), abs=1e-6)


def test_at_a_kink_the_derivative_is_0_as_is_said():
    for activation in ("relu", "abs", "step"):
        net = Network.from_layers([([[1]], [-1], activation)])
        assert gradient(net, [1], of="y") == {"x1": 0.0}


def test_a_path_that_crosses_kinks_is_cut_at_each():
    # x goes from 0 to 1; kinks at 1/3, and of the second layer where h = 1/2, at 1/2.
    net = Network.from_layers([([[3]], [-1], "relu"), ([[1]], [-0.5], "relu")])
    assert integrated_gradients(net, [1], baseline=[0]) == {"x1": pytest.approx(1.5, abs=1e-12)}
    share = internal_influence(net, [1], baseline=[0])["h1"]
    assert share == pytest.approx(0.5, abs=1e-12)
    assert conductance(net, [1], baseline=[0]) == {"h1": pytest.approx(1.5, abs=1e-12)}
    pre = conductance(net, [1], baseline=[0], pre=True)
    assert pre == {"h1": pytest.approx(1.5, abs=1e-12)}


def test_a_smooth_path_is_integrated_to_ten_digits():
    net = Network.from_layers([([[1]], [0], "tanh"), ([[2]], [0], "sigmoid")])
    change = 1 / (1 + np.exp(-2 * np.tanh(3))) - 0.5
    found = integrated_gradients(net, [3], baseline=[0])
    assert found == {"x1": pytest.approx(change, abs=1e-10)}


@pytest.mark.parametrize("below", ["tanh", "square", "sigmoid"])
def test_a_kink_behind_a_curve_is_found_where_it_is(below):
    net = Network.from_layers(
        [
            ([[2], [-1]], [0.25, 0.5], below),
            ([[1, 1], [3, -2]], [-0.75, -0.5], "abs"),
            ([[1, -0.5]], [0], "identity"),
        ],
    )
    for x in (3, "-5/2", "7/3"):
        change = float(exact.run(net, [x])[0]) - float(exact.run(net, [0])[0])
        found = integrated_gradients(net, [x], baseline=[0])
        assert found["x1"] == pytest.approx(change, rel=1e-10), (below, x)


def test_what_does_not_fit_is_refused():
    net = Network.from_layers([([[1], [2]], [0, 0], "relu")])
    with pytest.raises(ToynetsError, match=r"2 outputs: y1, y2(.|\n)*of="):
        integrated_gradients(net, [1], baseline=[0])
    with pytest.raises(ToynetsError, match="no value z in"):
        gradient(net, [1], of="z")
    with pytest.raises(ToynetsError, match=r"no value x1\.pre in"):
        gradient(net, [1], of="x1.pre")
    with pytest.raises(ToynetsError, match="the baseline is 2 numbers"):
        integrated_gradients(net, [1], baseline=[0, 0], of="y1")


def test_a_small_sigmoid_keeps_its_digits_and_a_large_argument_does_not_overflow():
    net = Network.from_layers([([[1]], [0], "sigmoid")])
    rows = np.array([[-100.0], [-40.0], [0.0], [800.0], [-800.0]])
    found = Floats(net).run(rows).act[-1][:, 0]
    assert found.tolist() == pytest.approx(
        [3.7200759760208361e-44, 4.248354255291589e-18, 0.5, 1, 0]
    )


# Exactly 0, and not so in float64: 1/10 + 2/10 - 3/10, and 3/10 w - 3/10 w where products are fused
# with sums.
TIES = [
    ([[1, 1, -1]], ["1/10", "2/10", "3/10"]),
    ([[2, 2, -2]], ["1/10", "2/10", "3/10"]),
    ([[0.3, -0.3, 0]], ["3/10", "3/10", 0]),
    ([[0.7, -0.7, 0]], ["7/10", "7/10", 1]),
]


@pytest.mark.parametrize(("weights", "row"), TIES)
@pytest.mark.parametrize("below", [False, True], ids=["first layer", "second layer"])
def test_what_is_exactly_at_a_kink_is_not_moved_off_it_by_rounding(weights, row, below):
    first = [(np.eye(3), [0, 0, 0], "identity")] if below else []
    for act in ("relu", "abs", "step"):
        net = Network.from_layers(
            [*first, (weights, [0], act), ([[1]], [0], "identity")], round=True
        )
        assert exact.run(net, row) == (0,)
        passed = Floats(net).run(batch(net, [[Fraction(v) for v in row]]))
        assert passed.act[-1].tolist() == [[0.0]], act
        assert set(gradient(net, row, of="y").values()) == {0.0}, act
        found = integrated_gradients(net, row, baseline=[0, 0, 0])
        assert set(found.values()) == {0.0}, act


def test_what_is_near_a_kink_keeps_its_side():
    net = Network.from_layers(
        [([[1, 1, -1]], [2.0**-40], "step"), ([[1]], [0], "identity")], dtype="float64"
    )
    rows = np.array([[0.1, 0.2, 0.3], [0.1, 0.2, 0.3 + 2.0**-39], [8.0, 0.0, 8.0]])
    assert Floats(net).run(rows).act[-1][:, 0].tolist() == [1.0, 0.0, 1.0]


def test_a_jump_is_not_left_to_rounding_where_there_are_many_players():
    layers = [([[1, 1, -1, *[0] * 10]], [0], "step"), ([[1]], [0], "identity")]
    rows = Domain.listed([["1/10", "2/10", "3/10", *[0] * 10]])
    found = importance(
        Network.from_layers(layers), rows, of="inputs", scores=["shapley (zero)"], ablations=[]
    ).value("shapley (zero)")
    # The first two bring y from 0 to 1 where the third is absent, which takes it away from both.
    wanted = [1 / 3, 1 / 3, 2 / 3, *[0] * 10]
    assert list(found.values()) == pytest.approx(wanted)
