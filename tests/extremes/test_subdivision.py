"""Bisection: tanh and square before other units, where no exact way is left."""

from __future__ import annotations

import math

import pytest
from extreme_cases import SIGNED, UNIT, Q, as_float, contains, evaluate, near, one
from flint import arb

from toynets.errors import ToynetsError
from toynets.extremes import extremes


def test_an_inner_maximum_of_a_difference_of_tanh():
    # tanh(2a) - a on [0, 1]: cosh(2a)^2 = 2
    at = math.acosh(math.sqrt(2)) / 2
    nodes = [("tanh", Q(0), [(0, Q(2))]), ("identity", Q(0), [(1, Q(1)), (0, Q(-1))])]
    found = one(nodes, [UNIT])
    assert near(found.maximum, math.tanh(2 * at) - at)
    assert abs(float(found.max_at[0]) - at) < 1e-3
    assert near(found.minimum, math.tanh(2) - 1)


def test_a_square_of_a_curve_is_0_where_the_curve_crosses():
    # (a^2 + b^2 - 1/2)^2 on [0, 1]^2: 0 on a quarter of a circle
    nodes = [
        ("square", Q(0), [(0, Q(1))]),
        ("square", Q(0), [(1, Q(1))]),
        ("square", Q(-1, 2), [(2, Q(1)), (3, Q(1))]),
    ]
    found = one(nodes, [UNIT, UNIT])
    assert contains(found.minimum, 0) and float(arb(found.minimum).rad()) < 1e-30
    assert abs(evaluate(nodes, found.min_at, 4, as_float)) < 1e-30
    assert contains(found.maximum, Q(9, 4)) and found.max_at == (1, 1)


def test_a_square_below_other_units_is_enclosed():
    # a^2 - a on [0, 1]: least -1/4 at 1/2; (a - 1/3)^2 as a square of two parents, over 0
    nodes = [("square", Q(0), [(0, Q(1))]), ("identity", Q(0), [(1, Q(1)), (0, Q(-1))])]
    found = one(nodes, [UNIT])
    assert contains(found.minimum, Q(-1, 4)) and contains(found.maximum, 0)
    assert float(found.minimum.rad()) < 1e-8
    nodes = [
        ("square", Q(0), [(0, Q(1)), (1, Q(1))]),
        ("square", Q(-1), [(0, Q(1)), (1, Q(-1))]),
        ("identity", Q(0), [(2, Q(1)), (3, Q(-1))]),
    ]
    found = one(nodes, [SIGNED, SIGNED])  # 4ab + 2a - 2b - 1: bilinear, so extremes at corners
    assert contains(found.maximum, 3) and contains(found.minimum, -9)


def test_a_jump_below_a_tanh_and_beside_its_variable():
    # 2 step(tanh(a)) - a on [-1, 1]: from 0, at 0, to nearly 2, just above 0
    nodes = [
        ("tanh", Q(0), [(0, Q(1))]),
        ("step", Q(0), [(1, Q(1))]),
        ("identity", Q(0), [(2, Q(2)), (0, Q(-1))]),
    ]
    found = one(nodes, [SIGNED])
    assert near(found.maximum, 2) and near(found.minimum, 0)


def test_abs_between_a_tanh_and_its_variable():
    # |tanh(a)| - a/4 on [-1, 1]: falls to 0 at 0 and rises again
    nodes = [
        ("tanh", Q(0), [(0, Q(1))]),
        ("abs", Q(0), [(1, Q(1))]),
        ("identity", Q(0), [(2, Q(1)), (0, Q(-1, 4))]),
    ]
    found = one(nodes, [SIGNED])
    assert near(found.maximum, math.tanh(1) + 0.25) and near(found.minimum, 0)


def test_a_jump_over_zero_that_bisection_cannot_tell_is_refused():
    # |step(a) + tanh(a)/8 - 1/4| jumps from 1/4 at 0 to 3/4: to a ball around 0 it may be 0
    nodes = [
        ("step", Q(0), [(0, Q(1))]),
        ("tanh", Q(0), [(0, Q(1))]),
        ("abs", Q(-1, 4), [(1, Q(1)), (2, Q(1, 8))]),
    ]
    with pytest.raises(ToynetsError, match=r"not narrow after (.|\n)*step unit jumps"):
        extremes(nodes, [SIGNED], [3])


def test_the_limit_on_boxes_says_so():
    nodes = [
        ("tanh", Q(0), [(0, Q(1)), (1, Q(1))]),
        ("identity", Q(0), [(2, Q(2)), (0, Q(-1)), (1, Q(-1))]),
    ]
    with pytest.raises(ToynetsError, match=r"not narrow after 31 boxes \(limit=30\)(.|\n)*fix:"):
        extremes(nodes, [SIGNED, SIGNED], [3], limit=30)
