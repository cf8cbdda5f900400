"""Extremes as values run over their ranges, and ranges over a box: each by hand."""

from __future__ import annotations

import math

import pytest
from exact_cases import BITS, NET, ONE, F, fractions
from flint import fmpq

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.exact import Machine, runs
from toynets.network import Network


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("h1 = worst", F(-9, 4), F(7, 4)),  # [0, 2]
        ("h2 = worst", F(3, 4), F(17, 4)),  # [0, 7/2]
        ("h1, h2 = worst", F(-13, 4), F(17, 4)),
        ("h1 = worst, h2 = worst", F(-13, 4), F(17, 4)),
        ("h1.pre = worst", F(-9, 4), F(7, 4)),  # [-1, 2]
        ("h1.pre, h2.pre = worst", F(-13, 4), F(17, 4)),
        ("x1 = worst", F(7, 4), F(31, 12)),  # at x1 = 1/6 the second unit comes on
        ("x2 = worst", F(-13, 4), F(7, 4)),  # 2 relu(2b) - relu(7/2 - b) + 1/4
        ("x1, x2 = worst", F(-13, 4), F(31, 12)),
        ("y = worst", F(-13, 4), F(9, 4)),
        ("y.pre = worst", F(-13, 4), F(9, 4)),
        ("h1->y *= -1, h1 = worst", F(-25, 4), F(-9, 4)),  # the range is the clean one
        ("h1 = worst, h2 = 0", F(1, 4), F(17, 4)),
        ("x1 = worst, x1->h2 = (0, 1)", F(9, 4), F(17, 4)),  # h2 is off: 2 (x1 + 1) + 1/4
        ("x1 = worst, h1 = mean", F(-3, 4), F(7, 4)),  # 7/4 - relu(3 x1 - 1/2)
        ("x1 = worst, h2 = h2(x')", F(9, 4), F(17, 4)),
        ("h1 = worst, x1 = 0", F(1, 4), F(17, 4)),  # h2 = relu(-1/2)
    ],
)
def test_worst_by_hand(text, low, high):
    machine = Machine(NET, BITS)
    ((lowest, highest),) = machine.worst((1, 1), text, source=(0, 1))
    assert fractions(lowest, highest) == (low, high)
    found = runs(NET, ONE, text, source=[0, 1], domain=BITS)
    assert [r.outputs for r in found] == [low, high]


def test_a_pre_activation_has_its_own_range_and_its_own_values():
    # relu(z) does not tell h.pre from h: square does
    net = Network.from_layers([([[1]], [0], "square"), ([[1]], [0], "identity")])
    machine = Machine(net, Domain.listed([[-2], [1]]))
    assert machine.worst((1,), "h1.pre = worst") == ((0, 4),)
    assert machine.worst((1,), "h1 = worst") == ((1, 4),)
    (draw,) = machine.draws((1,), "h1.pre = resample")
    found = machine.values((1,), "h1.pre = resample", draws=draw)
    assert (found["h1.pre"], found["y"]) == (-2, 4)


def test_worst_through_softmax_gives_the_other_outputs_at_the_same_place():
    net = Network.from_layers(
        [([[1], [-1]], [0, 0], "relu"), ([[1, 0], [0, 1], [0, 0]], None, "softmax")]
    )
    domain = Domain.listed([[0], [3]])
    assert Machine(net, domain).worst((0,), "h1 = worst, y1 = 7") == ((7, 7), (-1, 0), (-1, 0))
    found = {r.extreme: r.outputs for r in runs(net, 0, "h1 = worst", domain=domain)}
    assert found["y1", "max"] == (2, -1, -1) and found["y1", "min"] == (0, 0, 0)
    assert found["y2", "min"] == (2, -1, -1) and found["y3", "max"] == (0, 0, 0)


@pytest.mark.parametrize(
    ("bias", "low", "high"),
    [(-1, 0, 0), ("-1/2", 0, 1), (0, 0, 1), ("1/4", 1, 1)],  # step(1 - 1) = 0: never on
)
def test_worst_over_a_step_knows_which_side_is_closed(bias, low, high):
    net = Network.from_layers([([[1]], [bias], "step"), ([[1]], [0], "identity")])
    found = runs(net, 0, "x1 = worst", domain=Domain.listed([[0], [1]]))
    assert [r.outputs for r in found] == [low, high]
    assert all(r.attained for r in found)


def test_worst_over_two_steps_of_one_value():
    # y = step(x1 + x2 - 1/2) - step(x1 + x2 - 3/2), and a third step of their difference
    net = Network.from_layers(
        [
            ([[1, 1], [1, 1]], ["-1/2", "-3/2"], "step"),
            ([[1, -1]], ["-1/2"], "step"),
            ([[3]], [1], "identity"),
        ]
    )
    machine = Machine(net, BITS)
    assert machine.worst((0, 1), "x1 = worst") == ((1, 4),)
    assert machine.worst((0, 0), "x1 = worst") == ((1, 4),)
    assert machine.worst((0, 3), "x1 = worst") == ((1, 1),)
    (extreme,) = machine.worst_full((0, 1), "x1 = worst")
    assert extreme.max_attained and extreme.max_at[0] <= fmpq(1, 2) < extreme.min_at[0]


def test_worst_of_tanh_is_enclosed():
    net = Network.from_layers(
        [([[2, 1], [1, -1]], [0, 0], "tanh"), ([[1, 1]], [0], "tanh"), ([[1]], [0], "identity")]
    )
    ((low, high),) = Machine(net, BITS).worst((1, 1), "x1 = worst")
    # increasing in x1, which runs from 0 to 1
    ends = [math.tanh(math.tanh(2 * a + 1) + math.tanh(a - 1)) for a in (0, 1)]
    assert float(low.mid()) == pytest.approx(ends[0], abs=1e-15)
    assert float(high.mid()) == pytest.approx(ends[1], abs=1e-15)


def test_the_range_over_a_box_is_exact_and_has_no_mean():
    box = Machine(NET, Domain.box("[0,1]^2"))
    assert box.interval("h1") == (0, 2) and box.interval("h1.pre") == (-1, 2)
    assert box.interval("y") == (fmpq(-13, 4), fmpq(31, 12))
    assert box.interval("y.pre") == box.interval("y")
    assert box.interval("x1") == (0, 1)
    assert box.worst((1, 1), "h1 = worst") == ((fmpq(-9, 4), fmpq(7, 4)),)
    with pytest.raises(ToynetsError, match=r"h1 = mean averages (.|\n)*is a box(.|\n)*sampled"):
        box.mean("h1")


def test_the_range_over_a_box_of_softmax_and_tanh_outputs():
    net = Network.from_layers([([[1], [0]], [0, 0], "softmax")])
    assert Machine(net, Domain.box("[0,2]")).interval("y2") == (-1, 0)
    assert Machine(net, Domain.box("[0,2]")).interval("y2.pre") == (0, 0)
    bent = Network.from_layers([([[1]], [0], "tanh")])
    low, high = Machine(bent, Domain.box("[0,2]")).interval("y")
    assert float(high.mid()) == math.tanh(2) and low == 0
