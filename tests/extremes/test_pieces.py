"""Linear pieces: kinks at their exact places, corners where several meet, and the limits."""

from __future__ import annotations

import pytest
from extreme_cases import SIGNED, UNIT, Q, ends, one

from toynets.errors import ToynetsError
from toynets.extremes import extremes


def test_a_kink_inside_is_found_at_its_exact_place():
    # 2a + 2 - relu(3a - 1/2): rises to a = 1/6 and falls after it
    nodes = [("relu", Q(-1, 2), [(0, Q(3))]), ("identity", Q(2), [(0, Q(2)), (1, Q(-1))])]
    found = one(nodes, [UNIT])
    assert ends(found) == (Q(3, 2), Q(7, 3))
    assert found.min_at == (1,) and found.max_at == (Q(1, 6),)


@pytest.mark.parametrize(("activation", "high"), [("abs", Q(2, 3)), ("square", Q(4, 9))])
def test_a_kink_is_crossed_at_its_exact_place(activation, high):
    # |relu(a) - 1/3| and its square on [-1, 1] are 0 at 1/3
    found = one([("relu", Q(0), [(0, Q(1))]), (activation, Q(-1, 3), [(1, Q(1))])], [SIGNED])
    assert ends(found) == (0, high) and (found.min_at, found.max_at) == ((Q(1, 3),), (1,))


def test_the_corner_of_a_pyramid_inside_a_square():
    # 1 - |a - 1/3| - |b + 1/5| - |a + b|/2: all three kinks matter, two of them meet at the top
    nodes = [
        ("abs", Q(-1, 3), [(0, Q(1))]),
        ("abs", Q(1, 5), [(1, Q(1))]),
        ("abs", Q(0), [(0, Q(1)), (1, Q(1))]),
        ("identity", Q(1), [(2, Q(-1)), (3, Q(-1)), (4, Q(-1, 2))]),
    ]
    found = one(nodes, [SIGNED, SIGNED])
    assert found.maximum == 1 - Q(2, 15) / 2
    assert found.max_at == (Q(1, 3), Q(-1, 5))
    assert found.minimum == Q(-32, 15) and found.min_at == (-1, -1)


@pytest.mark.parametrize(("d", "least"), [(2, Q(-1)), (3, Q(-5, 2))])
def test_cuts_through_corners_keep_their_edges(d, least):
    # -|v1 - v2| - |v2 - v3| - |v1 + … - d/2|: the greatest value is at the centre alone, where
    # all cuts meet; the first ones go through corners of the box. The least is at the corner
    # (0, 0), and for d = 3 at (0, 1, 0) alone with its opposite.
    nodes = [("abs", Q(0), [(k, Q(1)), (k + 1, Q(-1))]) for k in range(d - 1)]
    nodes.append(("abs", Q(-d, 2), [(k, Q(1)) for k in range(d)]))
    nodes.append(("identity", Q(0), [(d + k, Q(-1)) for k in range(d)]))
    found = one(nodes, [UNIT] * d)
    assert found.maximum == 0 and found.max_at == (Q(1, 2),) * d
    assert found.minimum == least


def test_xor_twice_over_a_square():
    # y = relu(a + b) - 2 relu(a + b - 1), then z = relu(y - 1/2): the ridge a + b = 1 has z = 1/2
    nodes = [
        ("relu", Q(0), [(0, Q(1)), (1, Q(1))]),
        ("relu", Q(-1), [(0, Q(1)), (1, Q(1))]),
        ("relu", Q(-1, 2), [(2, Q(1)), (3, Q(-2))]),
        ("identity", Q(0), [(4, Q(1))]),
    ]
    found = one(nodes, [UNIT, UNIT])
    assert ends(found) == (0, Q(1, 2))
    assert sum(found.max_at) == 1


def ladder(units: int):
    """A sawtooth whose pieces double with each unit: tent of tent of tent …"""
    nodes, at = [], 0
    for _ in range(units):
        k = 1 + len(nodes)
        nodes += [
            ("relu", Q(0), [(at, Q(2))]),
            ("relu", Q(-1), [(at, Q(2))]),
            ("identity", Q(0), [(k, Q(1)), (k + 1, Q(-2))]),
        ]
        at = k + 2
    return nodes


def test_a_sawtooth_has_all_its_pieces():
    nodes = ladder(5)
    # The last tooth against a slope: 32 teeth, the greatest value just below the right end
    nodes.append(("identity", Q(0), [(len(nodes), Q(1)), (0, Q(1))]))
    found = one(nodes, [UNIT])
    assert ends(found) == (0, 1 + Q(31, 32)) and found.max_at == (Q(31, 32),)


def test_the_limit_on_pieces_says_so():
    with pytest.raises(ToynetsError, match=r"more than 50 linear pieces \(limit=50\)(.|\n)*fix:"):
        extremes(ladder(6), [UNIT], [18], limit=50)


def test_too_many_variables_in_one_unit_say_so():
    nodes = [("relu", Q(-1), [(k, Q(1)) for k in range(11)])]
    nodes.append(("identity", Q(0), [(11, Q(1)), (0, Q(-1))]))
    with pytest.raises(ToynetsError, match=r"11 variables meet in one output; at most 10"):
        extremes(nodes, [UNIT] * 11, [12])
