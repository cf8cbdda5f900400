"""Bands between level lines, against areas and values computed from the definition."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from toynets import Network, exact
from toynets.plots.landscapes import landscape
from toynets.zoo import load

NAMES = ("xor-sum", "xor-difference", "max-2", "triangle")
LEVELS = ("-1/2", "1/4", "1/2", "3/4")


def area(corners):
    """The area of a polygon, by the shoelace formula."""
    closed = [*corners, corners[0]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise(closed))) / 2


@pytest.fixture(scope="module", params=NAMES)
def found(request):
    network = load(request.param).network
    return network, landscape(network, "[0,1]^2", LEVELS)


def test_bands_cover_the_box_once(found):
    _, made = found
    assert sum(area(band.corners) for band in made.bands) == 1


def test_the_output_in_the_middle_of_a_band_is_between_its_levels(found):
    network, made = found
    for band in made.bands:
        count = len(band.corners)
        middle = [sum(c[k] for c in band.corners) / count for k in (0, 1)]
        value = exact.run(network, middle)[0]
        assert band.lower is None or value >= band.lower
        assert band.upper is None or value <= band.upper


def test_the_output_is_the_level_along_each_line(found):
    network, made = found
    assert made.lines
    for level, start, end in made.lines:
        for share in (0, Fraction(1, 3), 1):
            at = [a + share * (b - a) for a, b in zip(start, end, strict=True)]
            assert exact.run(network, at)[0] == level


def test_joints_are_where_the_slope_changes(found):
    """A step across the joint, there and back: the second difference is not 0."""
    network, made = found
    assert made.joints
    for start, end in made.joints:
        middle = [(a + b) / 2 for a, b in zip(start, end, strict=True)]
        across = [-(end[1] - start[1]) / 64, (end[0] - start[0]) / 64]
        values = [
            exact.run(network, [m + k * a for m, a in zip(middle, across, strict=True)])[0]
            for k in (-1, 0, 1)
        ]
        assert values[0] - 2 * values[1] + values[2] != 0


def test_the_ends_are_those_of_the_corners():
    made = landscape(load("xor-sum").network, "[0,1]^2", [])
    assert (made.low, made.high) == (0, 1)


def test_a_unit_that_nothing_reads_makes_no_joint():
    """Its line parts regions, but the output is one affine function across it."""
    layers = [([[1, 1], [1, -1]], [-1, 0], "relu"), ([[1, 0]], [0], "identity")]
    made = landscape(Network.from_layers(layers), "[0,1]^2", [])
    on_the_first = [all(x + y == 1 for x, y in joint) for joint in made.joints]
    assert on_the_first and all(on_the_first)
