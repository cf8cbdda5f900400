"""Two networks compared: the four questions, each answered as another route answers it."""

from __future__ import annotations

import pytest
from proof_cases import bumped

from toynets import exact, zoo
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.readings import compare_networks
from toynets.symmetry import flip_sign, permute, rescale, sigmoid_flip
from toynets.verification.proofs.differing import Differing

SQUARE = Domain.boolean(2)


def net(name):
    return zoo.load(name).network


def test_two_networks_of_one_function_are_told_apart_by_their_ablations():
    found = compare_networks(net("xor-sum"), net("xor-difference"), SQUARE)
    assert (found.same_numbers, found.same_gauge, found.same_clean) == (False, False, True)
    assert found.tried == 27
    for gap in found.gaps:  # every gap is one, by the public way of running
        pairs = [
            [exact.run(net(n), x, gap.intervention, domain=SQUARE) for x in SQUARE]
            for n in ("xor-sum", "xor-difference")
        ]
        sizes = [abs(a - b) for a, b in zip(*pairs, strict=True)]
        assert max(sizes) == gap.largest
        assert sum(1 for s in sizes if s) == gap.rows
    differing = {g.intervention for g in found.gaps}
    assert "h2 = 0" in differing and "y.bias = 0" not in differing


MOVED = [
    (lambda: rescale(net("xor-sum"), "h2", 4), "xor-sum"),
    (lambda: permute(net("xor-sum"), ["h2", "h1"], rename=True), "xor-sum"),
    (lambda: flip_sign(net("xor-tanh"), "h1"), "xor-tanh"),
]


@pytest.mark.parametrize(("made", "name"), MOVED)
def test_a_gauge_move_changes_numbers_and_nothing_else(made, name):
    found = compare_networks(net(name), made(), SQUARE)
    assert (found.same_numbers, found.same_gauge, found.same_clean) == (False, True, True)
    assert found.gaps == ()


def test_numbers_are_the_same_whatever_inputs_and_units_are_called():
    layers = [([[1, "1/2"]], [0], "relu"), ([[3]], [1], "identity")]
    a = Network.from_layers(layers, inputs=["a", "b"], units=[["low"]], outputs=["y"])
    b = Network.from_layers(layers, inputs=["x1", "b"], units=[["h1"]], outputs=["y"])
    found = compare_networks(a, b, SQUARE)
    assert found.same_numbers and found.same_gauge and found.gaps == ()
    lines = found.lines()
    assert lines[0] == "same numbers: yes"
    assert "names of inputs differ: a in A is x1 in B" in lines
    assert "held against each other: low and h1" in lines
    assert dict(found.names) == {"a": "x1", "low": "h1"}
    double = Network.from_layers(layers, inputs=["a", "b"], dtype="float64")
    lines = compare_networks(a, double, SQUARE).lines()
    assert lines[0] == "same numbers: yes, stored as float32 in A and as float64 in B"
    assert not any("names of inputs" in line for line in lines)
    for other in (
        [([[1, "1/4"]], [0], "relu"), layers[1]],
        [([[1, "1/2"]], [0], "abs"), layers[1]],
        [([[1, "1/2"]], [1], "relu"), layers[1]],
    ):
        assert not compare_networks(a, Network.from_layers(other), SQUARE).same_numbers


def test_units_are_held_against_those_that_do_the_same():
    found = compare_networks(
        net("xor-sum"), permute(net("xor-sum"), ["h2", "h1"], rename=True), SQUARE
    )
    assert dict(found.names) == {"h1": "h2", "h2": "h1"}


def test_a_sigmoid_flip_keeps_the_function_and_not_the_ablations():
    a = Network.from_layers([([[2, 1]], [-1], "sigmoid"), ([[4]], [1], "identity")])
    found = compare_networks(a, sigmoid_flip(a, "h1"), SQUARE)
    assert (found.same_gauge, found.same_clean) == (False, True)
    assert "h1 = 0" in {g.intervention for g in found.gaps}
    assert "h1 = mean" not in {g.intervention for g in found.gaps}


def test_other_sizes_are_compared_by_their_outputs():
    small = Network.from_layers([([[1, -1]], [0], "square")])
    found = compare_networks(net("xor-sum"), small, SQUARE)
    assert (found.same_clean, found.tried, found.level) == (True, 0, "exhaustive")
    assert "ablations are not compared" in str(found)


def test_on_a_box_points_are_tried_and_the_rest_is_proved():
    found = compare_networks(net("xor-sum"), net("xor-difference"), Domain.box("[0,1]^2"))
    assert (found.level, found.inputs, found.same_clean) == ("proved", 48, False)
    same = compare_networks(net("clip"), net("clip-flipped"), Domain.box("[-1,2]"))
    assert (same.level, same.same_clean) == ("proved", True) and len(same.gaps) == 21
    assert "same function on [-1, 2] (proved, every point of the box): yes" in str(same)


def test_a_difference_that_no_point_tried_shows_is_found_on_a_box():
    bump = bumped("1/1048576")
    flat = bump.with_numbers({"h3->y": 0, "h4->y": 0, "h5->y": 0})
    found = compare_networks(bump, flat, Domain.box("[-1,1]"))
    assert found.level == "proved" and not found.same_clean
    (clean,) = [g for g in found.gaps if not g.intervention]
    assert clean.rows == 1 and clean.largest > 0
    tried = compare_networks(bump, flat, Domain.listed([[f"{k}/16"] for k in range(-16, 1)]))
    assert tried.same_clean


def test_what_is_not_known_is_sampled(monkeypatch):
    none = {"seconds": 1.0, "cells": 0}  # so many cells settle no claim
    monkeypatch.setattr(Differing.__init__, "__kwdefaults__", none)
    found = compare_networks(net("abs"), net("abs"), Domain.box("[-1,1]"))
    assert (found.level, found.gaps) == ("sampled", ())


def test_curved_units_on_a_box_stay_sampled():
    found = compare_networks(net("disc"), net("disc"), Domain.box("[-1,1]^2"))
    assert (found.level, found.same_clean) == ("sampled", True)


def test_other_inputs_are_refused():
    with pytest.raises(ToynetsError, match="not has 1 inputs and 1 outputs, xor-sum has 2 and 1"):
        compare_networks(net("not"), net("xor-sum"), Domain.boolean(1))


def test_tied_numbers_are_compared_as_a_whole_and_copy_by_copy():
    def twice(ties, first=1, last=2, name="net"):
        given = {"w": ["x1->h1", "x2->h1"]} if ties else None
        layers = [([[first, first]], [0], "relu"), ([[last]], [0], "identity")]
        return Network.from_layers(layers, ties=given, name=name)

    tied, apart, scaled = twice(True), twice(False), twice(True, 2, 1)
    one_way = compare_networks(tied, apart, Domain.boolean(2))
    assert one_way.same_clean and not one_way.gaps
    assert one_way.tried == 6 + 3 * 2 + 3  # bias, h1->y, bias; w, w@1, w@2; h1 in three ways
    assert not compare_networks(apart, tied, Domain.boolean(2)).gaps
    assert not compare_networks(tied, scaled, Domain.boolean(2)).gaps
    # The same function on these inputs, where x2 is always x1: one copy alone tells them apart.
    other = Network.from_layers([([[1.5, 0.5]], [0], "relu"), ([[2]], [0], "identity")])
    equal = Domain.listed([[0, 0], [1, 1]])
    found = compare_networks(tied, other, equal)
    assert found.same_clean
    assert {gap.intervention for gap in found.gaps} == {"w@1 = 0", "w@2 = 0", "w@2 *= -1"}


def test_outputs_are_held_against_each_other_by_position():
    a = Network.from_layers(
        [([[1]], [0], "relu"), ([[1], [3]], [0, 0], "identity")], outputs=["p", "q"]
    )
    b = Network.from_layers(
        [([[1]], [0], "abs"), ([[1], [3]], [0, 0], "identity")], outputs=["q", "p"]
    )
    found = compare_networks(a, b, Domain.listed([[0], [1]]))
    assert found.same_clean and not found.same_gauge
    assert found.names == (("p", "q"), ("q", "p"))
    assert [gap.intervention for gap in found.gaps] == ["x1->h1 *= -1"]
