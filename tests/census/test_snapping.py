"""Snapping: the nearest small table, exactly verified, and what the way there does."""

from __future__ import annotations

from fractions import Fraction

import pytest

from toynets import zoo
from toynets.census import snap
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.network import Network

TRAINED = Network.from_layers(
    [
        ([[0.8125, -0.8125], [-1.5, 1.625]], [0, 0.0625], "relu"),
        ([[1.25, 0.625]], [0.03125], "identity"),
    ]
)


@pytest.mark.parametrize("name", ["xor-relu-1", "xor-relu-2"])
def test_a_trained_network_of_the_zoo_snaps_to_an_exact_one(name):
    network = zoo.load(name).network
    found = snap(network, task="xor")
    assert found.correct
    assert found.distance < Fraction(1, 500)
    assert set(found.network.numbers.values()) <= {-2.0, -1.0, 0.0, 1.0, 2.0}
    assert found.worst < 0.01
    assert found.effects[""] < 1e-4


def test_the_distance_is_that_of_the_gauge():
    found = snap(TRAINED, task="xor")
    # In the gauge: 0.8125 * 1.25 = 1.015625, 1.5 * 0.625 = 0.9375, 1.625 * 0.625 = 1.015625.
    assert found.distance == Fraction(1, 16)
    assert found.moved["x1->h2"] == ("-15/16", "-1")
    assert found.correct


@pytest.mark.parametrize("text", ["", "h1 = 0", "h2 = mean", "x1->h2 = 0", "h2.bias *= -1"])
def test_the_effects_are_the_largest_differences(text):
    found = snap(TRAINED)
    rows = Domain.boolean(2)
    gap = 0
    for x in rows.rows:
        a = Machine(TRAINED, rows).outcome(x, TRAINED.wiring.resolve(text))[0]
        b = Machine(found.network, rows).outcome(x, found.network.wiring.resolve(text))[0]
        gap = max(gap, abs(a - b))
    assert found.effects[text] == pytest.approx(float(gap.p) / float(gap.q))
    assert found.effects[text] > 0


def test_snapping_twice_moves_nothing():
    once = snap(TRAINED, task="xor").network
    again = snap(once, task="xor")
    assert again.distance == 0
    assert again.moved == {}
    assert again.worst == 0


def test_a_coarse_grid_may_lose_the_task():
    far = TRAINED.with_numbers({"h2->y": "0.25"})
    found = snap(far, task="xor", denominator=1)
    assert found.correct is False
    assert "computes the task exactly: no" in str(found)


def test_the_units_keep_their_names():
    named = Network.from_layers(
        [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")],
        units=["count", "both"],
    )
    found = snap(named, task="xor")
    assert sorted(found.network.hidden) == ["both", "count"]
    assert found.network["both.bias"] == -2  # in the gauge


def test_the_record_as_data():
    data = snap(TRAINED, task="xor").to_dict()
    assert data["distance"] == "1/16"
    assert data["correct"] is True
    assert sorted(Network.from_dict(data["network"]).hidden) == ["h1", "h2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"denominator": 3}, "power of two, but got 3"),
        ({"domain": Domain.boolean(3)}, "has 3 inputs but the network has 2: x1, x2"),
        ({"domain": Domain.box("[0,1]^2")}, "is not finite"),
    ],
)
def test_a_snap_that_cannot_be_is_refused(arguments, said):
    with pytest.raises(ToynetsError, match=said):
        snap(TRAINED, **arguments)
