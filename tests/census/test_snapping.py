"""Snapping: the nearest small table, exactly verified, and what the way there does."""

from __future__ import annotations

from fractions import Fraction

import pytest

import toynets
from toynets import zoo
from toynets.census import snap
from toynets.census.gauging import gauged
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.network import Network
from toynets.rationals import rational, to_float

TRAINED = Network.from_layers(
    [
        ([[0.8125, -0.8125], [-1.5, 1.625]], [0, 0.0625], "relu"),
        ([[1.25, 0.625]], [0.03125], "identity"),
    ]
)
TIED = Network.from_layers(
    [([[0.96, -0.98], [-0.98, 0.96]], [0, 0], "relu"), ([[1.02, 1.02]], [0], "identity")],
    ties={"w": ["x1->h1", "x2->h2"], "u": ["x2->h1", "x1->h2"], "v": ["h1->y", "h2->y"]},
    round=True,
)


@pytest.mark.parametrize("name", ["xor-relu-1", "xor-relu-2"])
def test_a_trained_network_of_the_zoo_snaps_to_an_exact_one(name):
    network = zoo.load(name).network
    found = toynets.snap(network, task="xor")
    assert found.correct
    assert found.holds
    assert found.near
    assert found.denominator == 1
    assert found.distance < Fraction(1, 500)
    assert set(found.network.numbers.values()) <= {-2.0, -1.0, 0.0, 1.0, 2.0}
    assert found.worst < 0.01
    assert found.effects[""] < 1e-4


def test_the_distance_is_that_of_the_gauge():
    found = snap(TRAINED, task="xor", denominator=2)
    # In the gauge: 0.8125 * 1.25 = 1.015625, 1.5 * 0.625 = 0.9375, 1.625 * 0.625 = 1.015625.
    assert found.distance == Fraction(1, 16)
    assert found.moved["x1->h2"] == ("-15/16", "-1")
    assert found.correct
    assert found.decided == (4, 4)


def outcomes(network, text, source=None):
    rows = Domain.boolean(2)
    machine, plan = Machine(network, rows), network.wiring.resolve(text)
    given = {} if source is None else {"source": source}
    return [machine.outcome(x, plan, **given)[0] for x in rows.rows]


@pytest.mark.parametrize("text", ["", "h1 = 0", "h2 = mean", "x1->h2 = 0", "h2.bias *= -1"])
def test_the_effects_are_the_largest_differences(text):
    found = snap(TRAINED)
    pairs = zip(outcomes(TRAINED, text), outcomes(found.network, text), strict=True)
    gap = max(abs(a - b) for a, b in pairs)
    assert found.effects[text] == pytest.approx(to_float(gap))
    assert found.effects[text] > 0


def test_swaps_of_a_unit_between_inputs_are_compared_too():
    found = snap(TRAINED)
    text = "h2 = h2(x')"
    gaps = []
    for source in Domain.boolean(2).rows:
        one, two = (outcomes(n, text, source) for n in (TRAINED, found.network))
        gaps += [abs(a - b) for a, b in zip(one, two, strict=True)]
    assert found.effects[text] == pytest.approx(to_float(max(gaps)))


@pytest.mark.parametrize("text", ["h1 = 0", "x2->h1 = 0", "h2 = mean", "h1.bias *= -1"])
@pytest.mark.parametrize("name", ["xor-relu-1", "xor-sum"])
def test_the_gauge_changes_no_ablation(name, text):
    # Rebuilt in float64 from the exact numbers: those of these networks are exact there.
    network = zoo.load(name).network
    layers = [
        ([[to_float(w) for w in row] for row in weight], [to_float(b) for b in bias],
         layer.activation)
        for (weight, bias), layer in zip(gauged(network), network.layers, strict=True)
    ]  # fmt: skip
    same = Network.from_layers(layers, dtype="float64")
    for a, b in zip(outcomes(network, text), outcomes(same, text), strict=True):
        assert to_float(abs(a - b)) < 1e-12


def test_snapping_twice_moves_nothing():
    once = snap(TRAINED, task="xor").network
    again = snap(once, task="xor")
    assert again.distance == 0
    assert again.moved == {}
    assert again.worst == 0
    assert str(again).startswith("No number moved.")


def test_a_coarse_grid_may_lose_the_task():
    far = TRAINED.with_numbers({"h2->y": "0.25"})
    found = snap(far, task="xor", denominator=1)
    assert found.correct is False
    assert not found.holds
    assert not found.near
    assert "computes the task exactly: no" in str(found)
    assert "that is not near" in str(found)


def test_exact_at_the_examples_of_a_box_is_not_said_of_the_box():
    # |x| and a hat between the two last examples, 7/8 and 1.
    layers = [
        ([[1], [-1], [32], [32], [32]], [0, 0, -29, -30, -31], "relu"),
        ([[1, 1, 1, -2, 1]], [0], "identity"),
    ]
    hat = Network.from_layers(layers)
    assert toynets.exact.run(hat, [Fraction(15, 16)]) == (Fraction(31, 16),)
    found = snap(hat, task="abs", denominator=1)
    assert found.correct and found.moved == {}
    assert (
        "computes the task exactly at 17 points of [-1, 1], and no other was tried: yes."
        in str(found).splitlines()
    )
    assert found.to_dict()["tried"] == "17 points of [-1, 1], and no other was tried"
    assert snap(TRAINED, task="xor").tried == ""


@pytest.mark.parametrize(("weight", "denominator"), [(1.01, 1), (0.51, 2), (0.26, 4), (0.876, 8)])
def test_the_smallest_denominator_that_is_near_is_taken(weight, denominator):
    network = Network.from_layers([([[weight]], [0], "relu"), ([[1]], [0], "identity")], round=True)
    assert snap(network).denominator == denominator


def test_where_none_is_near_the_nearest_is_taken():
    network = Network.from_layers([([[0.3125]], [0], "relu"), ([[1]], [0], "identity")])
    found = snap(network)
    assert found.denominator == 4  # 1/16 away, as with 8; 3/16 with 2
    assert not found.near


def test_the_units_keep_their_names_and_their_order():
    named = Network.from_layers(
        [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")],
        units=["count", "both"],
    )
    found = snap(named, task="xor")
    assert found.network.hidden == ("count", "both")
    assert found.network["both.bias"] == -2  # in the gauge
    assert found.network["both->y"] == -1


def test_tied_numbers_stay_tied():
    found = snap(TIED, task="xor")
    assert found.network.ties == TIED.ties
    assert found.network["x1->h1"] == found.network["x2->h2"] == 1
    assert found.correct
    # At 1, 1 both units are left with their one weight of w: 2 * 0.96 * 1.02, and 2.
    assert found.effects["u = 0"] == pytest.approx(2 - 2 * 0.96 * 1.02, abs=1e-6)
    assert "w@2 = 0" in found.effects


def test_an_absent_edge_stays_absent():
    network = Network.from_layers(
        [([[1.01, 0], [0, 0.99]], [0, 0], "relu"), ([[1, 1]], [0], "identity")],
        masks=[[[True, False], [False, True]], None],
        round=True,
    )
    found = snap(network)
    assert "x2->h1" not in found.network.numbers
    assert found.network["x1->h1"] == 1


def test_two_hidden_layers_are_scaled_from_the_outputs_backward():
    network = Network.from_layers(
        [
            ([[0.25]], [0.5], "relu"),
            ([[4.0], [8.0]], [0, -4], "relu"),
            ([[0.5, 0.25]], [0], "identity"),
        ]
    )
    (first, bias), (second, _), (third, _) = gauged(network)
    assert third == [[1, 1]]
    assert second == [[1], [1]]  # 4 * 1/2 and 8 * 1/4 are 2, which goes into the first layer
    assert (first, bias) == ([[rational("1/2")]], [1])
    found = snap(network)
    assert found.denominator == 2
    assert found.worst == 0


def test_a_tanh_network_holds_by_decision():
    found = snap(zoo.load("xor-tanh").network, task="xor")
    assert found.correct is False
    assert found.decided == (4, 4)
    assert found.holds


def test_the_record_as_data():
    data = snap(TRAINED, task="xor", denominator=2).to_dict()
    assert data["distance"] == "1/16"
    assert data["correct"] is True
    assert data["decided"] == [4, 4]
    assert sorted(Network.from_dict(data["network"]).hidden) == ["h1", "h2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"denominator": 3}, "power of two, but got 3"),
        ({"denominator": True}, "power of two, but got True"),
        ({"domain": Domain.boolean(3)}, "has 3 inputs but the network has 2: x1, x2"),
        ({"domain": Domain.box("[0,1]^2")}, "is not finite"),
    ],
)
def test_a_snap_that_cannot_be_is_refused(arguments, said):
    with pytest.raises(ToynetsError, match=said):
        snap(TRAINED, **arguments)
