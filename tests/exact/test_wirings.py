"""Other wirings: deep networks, softmax, masks, missing biases, ties, names of one's own."""

from __future__ import annotations

import pytest
from exact_cases import BITS, DEEP, F
from flint import fmpq

from toynets.domain import Domain
from toynets.errors import ParseError
from toynets.exact import Machine, run, trace
from toynets.network import Network


@pytest.mark.parametrize(
    ("text", "y"),
    [
        ("", 4),  # |2|, |-3|; relu(4), relu(-1)
        ("h1.2 = 0", 7),  # relu(1), relu(2)
        ("h2.2.pre = 2", 10),
        ("h1.1 = h1.2(x')", 3),  # 1 from x' = 0: relu(3), relu(-2)
        ("h1.1->h2.2 = (5)", 10),  # 5 through this edge alone: relu(4), relu(2)
        ("x1->h1.2 *= -1", 6),  # |5|: relu(6), relu(-3)
        ("h1.2.bias = 0, h1.1 = 0", 3),  # |-4|: relu(3), relu(-4)
        ("x1 = 0", 0),
        ("h1.1, h2.1 = mean", 2),  # over x = -1 and 1: 1 and (3 + 1)/2
        ("h1.2 = 0, h2.1 = mean", 8),  # the clean mean, not that without h1.2
        ("h1.1 = mean, h2.1 = h2.1(2)", 4),
    ],
)
def test_two_hidden_layers(text, y):
    domain = Domain.listed([[-1], [1]])
    assert run(DEEP, 2, text, source=[0], domain=domain) == y


def test_softmax_outputs_are_logits_minus_their_mean():
    net = Network.from_layers([([[1, 0], [0, 1], [2, 2]], [0, 1, -1], "softmax")])
    assert run(net, [1, 2]) == (-2, 0, 2)  # logits 1, 3, 5
    assert run(net, [1, 2])["y3"] == 2
    assert run(net, [1, 2], "y1.pre = 7") == (2, -2, 0)  # before the mean is taken away
    assert run(net, [1, 2], "y1 = 7") == (7, 0, 2)  # after it
    assert run(net, [1, 2], "x2->y2 = 0") == (-F(4, 3), -F(4, 3), F(8, 3))  # 1, 1, 5
    found = trace(net, [1, 2])
    assert (found["y1.pre"], found["y1"]) == (1, -2)
    machine = Machine(net, BITS)
    assert machine.mean("y1") == fmpq(-1, 2)  # logit means 1/2, 3/2, 1
    assert machine.mean("y1.pre") == fmpq(1, 2)


def test_a_softmax_unit_below_hidden_units_moves_all_outputs():
    net = Network.from_layers(
        [([[1], [-1]], [0, 0], "relu"), ([[1, 0], [0, 1], [0, 0]], None, "softmax")]
    )
    assert run(net, 3) == (2, -1, -1)
    assert run(net, 3, "h2 = 3") == (1, 1, -2)  # y1's own logit stays, its value does not
    assert Machine(net).worst((3,), "h1 = 6") == ((4, 4), (-2, -2), (-2, -2))


def test_absent_edges_and_biases_take_no_part():
    net = Network.from_layers(
        [([[1, 0], [2, 3]], None, "relu"), ([[1, 1]], [1], "identity")],
        masks=[[[1, 0], [1, 1]], None],
    )
    assert run(net, [1, 10]) == 1 + 32 + 1
    assert run(net, [1, 10], "x2-> = 0") == 4
    with pytest.raises(ParseError, match="no weight x2->h1"):
        run(net, [1, 10], "x2->h1 = 5")
    with pytest.raises(ParseError, match="h1 has no bias"):
        run(net, [1, 10], "h1.bias = 5")


def test_a_tied_number_changes_in_all_copies_or_in_one():
    net = Network.from_layers(
        [([[3, 0], [0, 3]], [0, 0], "identity"), ([[1, 10]], [0], "identity")],
        ties={"w": ["x1->h1", "x2->h2"]},
    )
    assert run(net, [1, 1]) == 33
    assert run(net, [1, 1], "w = 1") == 11
    assert run(net, [1, 1], "x1->h1 *= -1") == -33
    assert run(net, [1, 1], "w@2 += 1") == 43


def test_names_of_ones_own_and_no_hidden_layer():
    net = Network.from_layers(
        [([[1, -1]], ["1/2"], "step")], inputs=["rain", "wind"], outputs="umbrella"
    )
    assert run(net, [0, 1]) == 0
    assert run(net, [0, 1], "wind = 1/4") == 1
    assert run(net, [0, "1/2"]) == 0  # a step of 0 is 0
    assert run(net, [0, 1], "rain->umbrella *= 9, rain = 1").names == ("umbrella",)
