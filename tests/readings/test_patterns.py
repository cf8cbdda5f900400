"""Preferred inputs: nothing of the same length does better, and the domain's best are the best."""

from __future__ import annotations

import itertools
import math

import pytest

from toynets import exact, zoo
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.readings import preferred

NET = Network.from_layers([([[3, -4, 0]], [1], "relu"), ([[2]], [0], "identity")])
CUBE = Domain.boolean(3)
LENGTH = {
    "1": lambda x: sum(map(abs, x)),
    "2": lambda x: math.hypot(*x),
    "inf": lambda x: max(map(abs, x)),
}


@pytest.mark.parametrize("norm", LENGTH)
def test_no_input_of_the_same_length_has_a_larger_sum(norm):
    found = preferred(NET, "h1", CUBE, norm)
    assert LENGTH[norm](found.direction) == pytest.approx(1)

    def total(x):
        return 3 * x[0] - 4 * x[1]

    assert total(found.direction) == pytest.approx(found.pre)
    steps = [k / 8 for k in range(-8, 9)]
    for x in itertools.product(steps, repeat=3):
        if any(x):
            assert total(x) / LENGTH[norm](x) <= found.pre + 1e-12


def test_the_best_of_the_domain_are_found_by_trying_all():
    for name in ("xor-sum", "parity-3", "majority-3"):
        entry = zoo.load(name)
        for unit in entry.network.units:
            found = preferred(entry.network, unit, entry.task.domain)
            values = [exact.trace(entry.network, x)[unit] for x in entry.task.domain]
            best = [
                label
                for label, v in zip(entry.task.domain.labels, values, strict=True)
                if v == max(values)
            ]
            assert list(found.best) == best
            assert (found.largest, found.least) == (str(max(values)), str(min(values)))


def test_on_a_box_the_best_is_found_between_the_corners():
    tent = Network.from_layers([([[1], [1]], [0, -0.5], "relu"), ([[2, -4]], [0], "identity")])
    found = preferred(tent, "y", Domain.box([(0, 1)]))
    assert (found.best, found.largest, found.least) == (("1/2",), "1", "0")
    assert found.direction == () and found.pre is None


def test_a_tie_of_norm_1_is_named():
    net = Network.from_layers([([[2, -2]], [0], "relu")])
    assert preferred(net, "y", Domain.boolean(2), "1").ties == ("x1", "x2")


def test_a_picture_has_a_shade_a_weight():
    net = Network.from_layers([([[1, -1, 0, 1]], [0], "relu")])
    assert preferred(net, "y", Domain.boolean(4), "inf").picture(2, 2) == "@@\n==@@"


@pytest.mark.parametrize(
    ("unit", "norm", "said"),
    [("h9", "2", "no unit h9"), ("x1", "2", "no unit x1"), ("h1", "3", "the norm is 1, 2 or inf")],
)
def test_what_is_not_there_is_said(unit, norm, said):
    with pytest.raises(ToynetsError, match=said):
        preferred(NET, unit, CUBE, norm)


def test_a_grid_that_does_not_fit_is_refused():
    with pytest.raises(ToynetsError, match="a grid of 2 x 2 does not fit 3 weights of h1"):
        preferred(NET, "h1", CUBE).picture(2, 2)
