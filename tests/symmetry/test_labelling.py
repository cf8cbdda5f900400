"""The order of units in the canonical form, where their numbers hardly tell them apart."""

from __future__ import annotations

import random

import pytest

from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.network import Network
from toynets.symmetry import (
    canonical_form,
    equal_up_to_gauge,
    permute,
)
from toynets.symmetry.labelling import Graph, refine


def test_a_symmetric_network_has_a_canonical_form_in_little_time():
    """Eight identical units, each tied to one of eight others: 8! orders, far over the limit."""
    n = 8
    one = [[int(i == j) for j in range(n)] for i in range(n)]
    back = [one[i] for i in (5, 3, 7, 0, 1, 2, 4, 6)]
    for act in ("relu", "tanh", "abs"):
        a, b = (
            Network.from_layers(
                [([[1]] * n, [1] * n, act), (middle, [0] * n, act), ([[1] * n], [0], "identity")]
            )
            for middle in (one, back)
        )
        assert equal_up_to_gauge(a, b)


def test_colours_are_split_by_parents_children_and_the_other_sign():
    split_by_child = Graph(
        start=[(0,), (0,), (1, 0), (1, 1)],
        parents=[[], [], [(0, 0, -1)], [(1, 0, -1)]],
        children=[[(2, 0, -1)], [(3, 0, -1)], [], []],
        partner=[0, 1, 2, 3],
        bias_group=[-1] * 4,
    )
    assert refine(split_by_child, (0, 0, 1, 2)) == (0, 1, 2, 3)
    split_by_parent = replace(split_by_child, parents=split_by_child.children, children=[[]] * 4)
    assert refine(split_by_parent, (0, 0, 1, 2)) == (0, 1, 2, 3)
    split_by_sign = replace(
        split_by_child, parents=[[]] * 4, children=[[]] * 4, partner=[2, 3, 0, 1]
    )
    assert refine(split_by_sign, (0, 0, 1, 2)) == (0, 1, 2, 3)


def test_colours_are_split_by_the_sizes_of_tied_groups():
    biases = Graph(
        start=[(0,)] * 3,
        parents=[[]] * 3,
        children=[[]] * 3,
        partner=[0, 1, 2],
        bias_group=[0, 0, 1],  # two copies, and one
        groups=2,
    )
    assert refine(biases, (0, 0, 0)) == (1, 1, 0)
    weights = Graph(
        start=[(0,), (1,), (1,), (1,)],
        parents=[[], [(0, 0, 0)], [(0, 0, 0)], [(0, 0, 1)]],
        children=[[(1, 0, 0), (2, 0, 0), (3, 0, 1)], [], [], []],
        partner=[0, 1, 2, 3],
        bias_group=[-1] * 4,
        groups=2,
    )
    assert refine(weights, (0, 1, 1, 1)) == (0, 2, 2, 1)


def rings(lengths, order, act):
    """Layers on rings, in a given order: every unit has the same numbers around it."""
    n = sum(lengths)
    follower, start = {}, 0
    for length in lengths:
        follower.update({start + k: start + (k + 1) % length for k in range(length)})
        start += length
    place = {unit: k for k, unit in enumerate(order)}
    middle = [[0] * n for _ in range(n)]
    for unit, after in follower.items():
        middle[place[unit]][place[unit]] = 1
        middle[place[unit]][place[after]] = 1
    layers = [([[1]] * n, [0] * n, act), (middle, [0] * n, act), ([[1] * n], [0], "identity")]
    return Network.from_layers(layers)


@pytest.mark.parametrize("act", ["relu", "tanh", "abs"])
def test_rings_are_told_apart_and_found_again_in_any_order(act):
    """Units on a ring of 6 and on two rings of 3 are alike to every local count."""
    shapes = ([6], [3, 3], [2, 4], [2, 2, 2], [1, 5], [1, 2, 3])
    forms = {}
    for lengths in shapes:
        draw = random.Random(6)
        orders = [list(range(6)), *(draw.sample(range(6), 6) for _ in range(6))]
        forms[tuple(lengths)] = {canonical_form(rings(lengths, order, act)) for order in orders}
    assert all(len(found) == 1 for found in forms.values())
    assert len(set().union(*forms.values())) == len(shapes)


def test_a_search_that_is_too_long_is_given_up(monkeypatch):
    net = rings([2, 4], list(range(6)), "relu")
    monkeypatch.setattr("toynets.symmetry.labelling.MAX_LEAVES", 1)
    with pytest.raises(ToynetsError, match="the units have more than 1 orders"):
        canonical_form(net)


def test_rings_of_ties_are_told_apart_and_found_again_in_any_order():
    """All numbers are 1; only the tied pairs x1->h, x2->(the next unit) make rings."""

    def tied(lengths, order):
        follower, start = {}, 0
        for length in lengths:
            follower.update({start + k: start + (k + 1) % length for k in range(length)})
            start += length
        net = Network.from_layers(
            [([[1, 1]] * 6, [0] * 6, "relu"), ([[1] * 6], [0], "identity")],
            ties={f"t{a}": [f"x1->h{a + 1}", f"x2->h{b + 1}"] for a, b in follower.items()},
        )
        return permute(net, [f"h{k + 1}" for k in order])

    forms = {}
    for lengths in ([6], [3, 3], [2, 4], [1, 2, 3]):
        draw = random.Random(6)
        orders = [list(range(6)), *(draw.sample(range(6), 6) for _ in range(6))]
        forms[tuple(lengths)] = {canonical_form(tied(lengths, order)) for order in orders}
    assert all(len(found) == 1 for found in forms.values())
    assert len(set().union(*forms.values())) == 4
