"""The linear regions: they fill the box, and on each the network is what the region says."""

import random
from fractions import Fraction

import pytest
from proof_cases import network

from toynets import exact
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.verification.proofs.regions import regions


def area(corners):
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def centre(corners):
    return tuple(sum(c) / len(corners) for c in zip(*corners, strict=True))


def agrees(net, region, x):
    return tuple(exact.run(net, x)) == tuple(
        sum((c * v for c, v in zip(row, x, strict=False)), Fraction(0)) + row[-1]
        for row in region.affine
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("d", [1, 2])
def test_closed_regions_fill_the_box_and_their_maps_are_the_network(seed, d):
    draw = random.Random(seed)
    kinds = draw.choice([("relu", "relu", "identity"), ("abs", "relu", "softmax")])
    net = network(draw, [d, 4, 3, 2], kinds)
    found = regions(net, f"[-1,1]^{d}")
    size = area if d == 2 else lambda ends: ends[1][0] - ends[0][0]
    assert sum(size(r.vertices) for r in found) == 2**d
    for region in found:
        for corner in region.vertices:  # closed: the map holds on the border, too
            assert agrees(net, region, corner)
        trace = exact.trace(net, centre(region.vertices))
        for unit in net.hidden:
            if trace.pre[unit] != 0:
                assert (trace.pre[unit] > 0) == (unit in region.active)


@pytest.mark.parametrize("seed", range(12))
def test_regions_of_steps_are_every_point_once(seed):
    """Faces of every dimension: corners, edges and insides, each in exactly one region."""
    draw = random.Random(seed)
    net = network(draw, [2, 3, 2, 1], ("step", "relu", "identity"))
    found = regions(net, "[-1,1]^2")
    points = [(Fraction(a, 4), Fraction(b, 4)) for a in range(-4, 5) for b in range(-4, 5)]
    for x in points:
        inside = [r for r in found if within(r, x)]
        on_relu_borders = len(inside) > 1
        assert inside
        assert all(agrees(net, r, x) for r in inside)
        steps = {r.pattern[:3] for r in inside}
        assert len(steps) == 1 or not on_relu_borders


def within(region, x):
    """Whether a point is in a region: in the hull of its corners, above 0 on its open sides."""
    if any(sum(c * v for c, v in zip(s, x, strict=False)) + s[-1] <= 0 for s in region.open_sides):
        return False
    corners = region.vertices
    if len(corners) == 1:
        return corners[0] == x
    turns = []
    for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
        turns.append((b[0] - a[0]) * (x[1] - a[1]) - (b[1] - a[1]) * (x[0] - a[0]))
    if len(corners) == 2:
        (a, b) = corners
        along = sum((p - q) * (r - q) for p, q, r in zip(x, a, b, strict=True))
        return turns[0] == 0 and 0 <= along <= sum((r - q) ** 2 for q, r in zip(a, b, strict=True))
    return all(t >= 0 for t in turns) or all(t <= 0 for t in turns)


def test_two_steps_that_jump_at_one_place_leave_a_point_of_its_own():
    both = Network.from_layers([([[1], [-1]], [0, 0], "step"), ([[1, 1]], [0], "identity")])
    found = regions(both, "[-1,1]")
    assert [(r.vertices, r.affine[0][-1]) for r in found if len(r.vertices) == 1] == [
        (((Fraction(0),),), Fraction(0))
    ]
    assert sorted(r.affine[0][-1] for r in found) == [0, 1, 1]


def test_what_has_no_regions_is_refused():
    curved = Network.from_layers([([[1]], [0], "tanh"), ([[1]], [0], "identity")])
    with pytest.raises(ToynetsError, match="tanh units has no linear regions"):
        regions(curved, "[-1,1]")
    three = Network.from_layers([([[1, 1, 1]], [0], "identity")])
    with pytest.raises(ToynetsError, match="one or two inputs"):
        regions(three, "[-1,1]^3")
    bent = Network.from_layers([([[1], [2]], [0, 1], "relu"), ([[1, 1]], [0], "identity")])
    with pytest.raises(ToynetsError, match="more than 1 linear regions"):
        regions(bent, "[-1,1]", limit=1)
