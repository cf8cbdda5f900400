"""`gauge` and `moved`: what may change, and that it changes nothing else."""

from __future__ import annotations

import json

import pytest

from toynets import zoo
from toynets.api.gauging import gauge, moved
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.symmetry import canonical_form, rescale


def test_the_canonical_numbers_stand_beside_the_weights_that_they_belong_to():
    rows = {row["weight"]: row for row in gauge("xor-sum").numbers.to_dict()["rows"]}
    assert rows["x1->h2"]["canonical"] == "2" and rows["h2->y"]["canonical"] == "-1"
    assert rows["x1->h1"]["changed"] == "" and rows["x1->h2"]["changed"] == "moves"
    assert rows["x1->h2"]["what no move changes"] == (
        "1 is not a fact; the product x1->h2 * h2->y = -2 is"
    )


def test_a_network_moved_has_the_same_form():
    network = zoo.load("xor-sum").network
    assert (
        gauge(network).form == gauge(rescale(network, "h1", 8)).form == canonical_form(network).hash
    )


def where(network, move):
    rows = {row["move"]: row["of"] for row in gauge(network).moves.to_dict()["rows"]}
    return rows.get(move, "")


def test_a_move_is_listed_where_the_network_allows_it_and_nowhere_else():
    assert where("xor-sum", "kink-flip") == ""  # their kinks leave something over
    assert where("xor-difference", "kink-flip") == "h1 with h2"
    moved("xor-difference", "kink-flip", "h1", "h2")
    steps = Network.from_layers([([[1]], [0], "abs"), ([[2]], [1], "step")])
    assert (where(steps, "rescale"), where(steps, "flip")) == ("h1, y", "h1")
    shallow = Network.from_layers([([[1], [2]], [0, 0], "softmax")])
    assert where(shallow, "shift-logits") == "x1, bias"
    layers = [([[1], [1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")]
    tied = Network.from_layers(layers, ties={"w": ["x1->h1", "x1->h2"]})
    assert where(tied, "rescale") == ""
    bare = Network.from_layers([([[1], [1]], [0, 0], "sigmoid"), ([[1, 0]], None, "identity")])
    assert where(bare, "sigmoid-flip") == "h2"


MOVES = [
    ("xor-sum", "rescale", ["h1", "2"], True, True),
    ("xor-sum", "permute", ["h2", "h1"], True, True),
    ("xor-tanh", "flip", ["h1"], True, True),
    ("dead-weight", "reduce", [], False, True),
]


@pytest.mark.parametrize(("name", "move", "given", "gauge_kept", "clean"), MOVES)
def test_a_move_keeps_what_its_record_says(name, move, given, gauge_kept, clean):
    found = moved(name, move, *given)
    assert found.comparison.same_gauge is gauge_kept
    assert found.comparison.same_clean is clean
    json.dumps(found.to_dict())


def test_logits_shift_under_a_softmax():
    net = Network.from_layers([([[1]], [0], "relu"), ([[1], [2]], [0, 0], "softmax")])
    found = moved(net, "shift-logits", "h1", "3")
    assert found.network["h1->y1"] == 4.0
    assert found.comparison.same_clean and not found.comparison.same_gauge
    assert {g.intervention for g in found.comparison.gaps} <= {
        f"h1->y{k} {change}" for k in (1, 2) for change in ("= 0", "*= -1")
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("turn", "h1"), "no move turn"),
        (("rescale", "h1"), "rescale takes UNIT FACTOR, but got h1"),
        (("reduce", "h1"), "reduce takes"),
        (("rescale", "h9", "2"), "h9"),
        (("flip", "h1"), "flip_sign|odd|sign"),
    ],
)
def test_what_a_move_does_not_take_is_said(given, said):
    with pytest.raises(ToynetsError, match=said):
        moved("xor-sum", *given)
