"""Extremes of small programs: hand-computed values, then every way of being wrong on grids."""

from __future__ import annotations

import itertools
import math

import pytest
from flint import arb, fmpq
from hypothesis import given, reject
from hypothesis import strategies as st

from toynets.errors import ToynetsError
from toynets.extremes import Extreme, extremes
from toynets.rationals import workprec

Q = fmpq
UNIT = (Q(0), Q(1))
SIGNED = (Q(-1), Q(1))


def one(nodes, variables, output=None) -> Extreme:
    """The extremes of one output, by default the last node."""
    index = len(variables) + len(nodes) - 1 if output is None else output
    (found,) = extremes(nodes, variables, [index])
    return found


def ends(found: Extreme):
    return found.minimum, found.maximum


def contains(ball, value) -> bool:
    return bool(arb(ball).contains(arb(value)))


def near(ball, value: float, width: float = 1e-8) -> bool:
    return abs(float(arb(ball).mid()) - value) < width and float(arb(ball).rad()) < width


# One activation of an affine function: z = 2a - b/2 + 1/4 over [-1, 1]^2 runs from -9/4 to 11/4.
DEPTH_1 = [
    ("identity", Q(-9, 4), Q(11, 4), (-1, 1), (1, -1)),
    ("relu", Q(0), Q(11, 4), (-1, 1), (1, -1)),
    ("abs", Q(0), Q(11, 4), None, (1, -1)),
    ("step", Q(0), Q(1), (-1, 1), (1, -1)),
    ("square", Q(0), Q(121, 16), None, (1, -1)),
]


@pytest.mark.parametrize(("activation", "low", "high", "low_at", "high_at"), DEPTH_1)
def test_one_activation_of_an_affine_function(activation, low, high, low_at, high_at):
    found = one([(activation, Q(1, 4), [(0, Q(2)), (1, Q(-1, 2))])], [SIGNED, SIGNED])
    assert ends(found) == (low, high)
    assert found.max_at == high_at
    assert found.min_attained and found.max_attained
    a, b = found.min_at
    if low_at is None:  # where the function crosses 0
        assert 2 * a - b / 2 + Q(1, 4) == 0
    else:
        assert (a, b) == low_at


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_strictly_increasing_activation_keeps_the_places_at_full_precision(activation):
    def f(z):
        return math.tanh(z) if activation == "tanh" else 1 / (1 + math.exp(-z))

    found = one([(activation, Q(1, 4), [(0, Q(2)), (1, Q(-1, 2))])], [SIGNED, SIGNED])
    assert near(found.minimum, f(-2.25), 1e-15) and near(found.maximum, f(2.75), 1e-15)
    assert float(found.minimum.rad()) < 1e-36
    assert (found.min_at, found.max_at) == ((-1, 1), (1, -1))


@pytest.mark.parametrize(
    ("activation", "bounds", "low", "high"),
    [
        ("abs", (Q(-3), Q(-1)), 1, 3),
        ("abs", (Q(1), Q(3)), 1, 3),
        ("abs", (Q(-3), Q(1)), 0, 3),
        ("square", (Q(-3), Q(-2)), 4, 9),
        ("square", (Q(-1), Q(3)), 0, 9),
        ("relu", (Q(-3), Q(-1)), 0, 0),
        ("relu", (Q(1), Q(3)), 1, 3),
        ("step", (Q(-1), Q(0)), 0, 0),  # step(0) = 0
        ("step", (Q(0), Q(1)), 0, 1),
        ("step", (Q(1, 9), Q(1)), 1, 1),
    ],
)
def test_both_signs_of_the_argument(activation, bounds, low, high):
    assert ends(one([(activation, Q(0), [(0, Q(1))])], [bounds])) == (low, high)


def test_an_output_can_be_a_variable_a_constant_or_a_node_that_is_given_as_a_point():
    nodes = [("relu", Q(-1), []), ("abs", Q(-3), [(0, Q(0))]), ("square", Q(1), [(1, Q(1))])]
    found = extremes(nodes, [SIGNED, (Q(2), Q(2))], [0, 2, 3, 4])
    assert [ends(e) for e in found] == [(-1, 1), (0, 0), (3, 3), (9, 9)]
    assert found[0].min_at == (-1, 2) and found[0].max_at == (1, 2)


def test_a_sum_of_parts_that_share_no_variable_adds_up():
    # relu(a) - 3 relu(b) + tanh(c) over [-1, 1]^3
    nodes = [
        ("relu", Q(0), [(0, Q(1))]),
        ("relu", Q(0), [(1, Q(1))]),
        ("tanh", Q(0), [(2, Q(1))]),
        ("identity", Q(0), [(3, Q(1)), (4, Q(-3)), (5, Q(1))]),
    ]
    found = one(nodes, [SIGNED] * 3)
    assert near(found.minimum, -3 - math.tanh(1), 1e-15)
    assert near(found.maximum, 1 + math.tanh(1), 1e-15)
    assert found.min_at == (-1, 1, -1) and found.max_at == (1, -1, 1)


def test_twelve_replaced_values_are_no_trouble_while_each_feeds_one_unit():
    nodes = [("relu", Q(-1, 2), [(k, Q(1))]) for k in range(12)]
    nodes.append(("identity", Q(0), [(12 + k, Q((-1) ** k)) for k in range(12)]))
    assert ends(one(nodes, [UNIT] * 12)) == (-3, 3)


def test_a_kink_inside_is_found_at_its_exact_place():
    # 2a + 2 - relu(3a - 1/2): rises to a = 1/6 and falls after it
    nodes = [("relu", Q(-1, 2), [(0, Q(3))]), ("identity", Q(2), [(0, Q(2)), (1, Q(-1))])]
    found = one(nodes, [UNIT])
    assert ends(found) == (Q(3, 2), Q(7, 3))
    assert found.min_at == (1,) and found.max_at == (Q(1, 6),)


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


@pytest.mark.parametrize("d", [2, 3])
def test_cuts_through_corners_keep_their_edges(d):
    # -|v1 - v2| - |v2 - v3| - |v1 + … - d/2|: the greatest value is at the centre alone, where
    # all cuts meet; the first ones go through corners of the box.
    nodes = [("abs", Q(0), [(k, Q(1)), (k + 1, Q(-1))]) for k in range(d - 1)]
    nodes.append(("abs", Q(-d, 2), [(k, Q(1)) for k in range(d)]))
    nodes.append(("identity", Q(0), [(d + k, Q(-1)) for k in range(d)]))
    found = one(nodes, [UNIT] * d)
    assert found.maximum == 0 and found.max_at == (Q(1, 2),) * d
    assert found.minimum == (Q(-3, 2) if d == 2 else -2) + (Q(1, 2) if d == 2 else Q(-1, 2))


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


# Open and closed: step(z) = 1 iff z > 0.


def test_a_step_that_is_only_approached():
    # step(a) - a on [0, 1]: 0 at a = 0, just above it nearly 1, then down to 0 at a = 1
    nodes = [("step", Q(0), [(0, Q(1))]), ("identity", Q(0), [(1, Q(1)), (0, Q(-1))])]
    found = one(nodes, [UNIT])
    assert ends(found) == (0, 1)
    assert (found.min_attained, found.max_attained) == (True, False)
    assert found.max_at == (0,)


def test_the_closed_side_of_a_step_is_attained():
    # -step(a) + a on [-1, 1]: the greatest value is 0, at a = 0 (and at 1); the least -1, at -1
    # and approached from above 0
    nodes = [("step", Q(0), [(0, Q(1))]), ("identity", Q(0), [(1, Q(-1)), (0, Q(1))])]
    found = one(nodes, [SIGNED])
    assert ends(found) == (-1, 0)
    assert found.min_attained and found.max_attained
    assert found.min_at == (-1,)
    short = one(nodes, [(Q(-1, 2), Q(1))])
    assert (short.minimum, short.min_attained, short.min_at) == (-1, False, (0,))


def test_a_step_of_a_step_is_on_only_where_the_first_is():
    # step(a - step(a)) on [-1, 1]: a - 1 <= 0 above 0, a <= 0 below: never on
    nodes = [("step", Q(0), [(0, Q(1))]), ("step", Q(0), [(0, Q(1)), (1, Q(-1))])]
    assert ends(one(nodes, [SIGNED])) == (0, 0)
    # step(2a - step(a)): on above 1/2
    nodes = [("step", Q(0), [(0, Q(1))]), ("step", Q(0), [(0, Q(2)), (1, Q(-1))])]
    found = one(nodes, [SIGNED])
    assert ends(found) == (0, 1) and found.max_attained and found.max_at[0] > Q(1, 2)


def test_two_steps_that_exclude_each_other_at_a_point():
    # step(a) + step(-a) on [-1, 1] is 0 at the single point 0, else 1
    nodes = [
        ("step", Q(0), [(0, Q(1))]),
        ("step", Q(0), [(0, Q(-1))]),
        ("identity", Q(0), [(1, Q(1)), (2, Q(1))]),
    ]
    found = one(nodes, [SIGNED])
    assert ends(found) == (0, 1)
    assert found.min_attained and found.min_at == (0,)
    assert found.max_attained and found.max_at != (0,)


def test_a_value_that_only_the_empty_overlap_of_two_open_sides_would_have():
    # step(a) and step(b) with a + b = 0 cannot both be on: step(a) + step(-a) never reaches 2
    nodes = [
        ("step", Q(0), [(0, Q(1)), (1, Q(-1))]),
        ("step", Q(0), [(0, Q(-1)), (1, Q(1))]),
        ("identity", Q(0), [(2, Q(1)), (3, Q(1)), (0, Q(1, 8))]),
    ]
    found = one(nodes, [UNIT, UNIT])
    assert found.maximum == Q(9, 8)
    assert found.max_attained and found.max_at[0] == 1 and found.max_at[1] < 1
    assert found.minimum == 0 and found.min_at == (0, 0)


def test_twin_steps_are_on_together():
    # step(a) - step(a) is 0 everywhere, also where both are cut: at a = 0
    nodes = [
        ("step", Q(0), [(0, Q(1))]),
        ("step", Q(0), [(0, Q(1))]),
        ("identity", Q(0), [(1, Q(1)), (2, Q(-1))]),
    ]
    assert ends(one(nodes, [SIGNED])) == (0, 0)


def test_a_relu_above_a_step_reaches_its_plateau_away_from_the_limit():
    # relu(a - 1/2 step(a) ) - ... on [0, 1]: z falls from 0 to -1/2 just above 0, so relu is 0
    nodes = [
        ("step", Q(0), [(0, Q(1))]),
        ("relu", Q(0), [(0, Q(1)), (1, Q(-1, 2))]),
        ("identity", Q(0), [(2, Q(2))]),
    ]
    found = one(nodes, [UNIT])
    assert ends(found) == (0, 1)
    assert found.min_attained and evaluate(nodes, found.min_at, 3) == 0


def test_abs_of_something_that_jumps_over_zero_does_not_reach_zero():
    # |step(a) - 1/4| is 1/4 or 3/4; an interval from -1/4 to 3/4 would give 0
    nodes = [("step", Q(0), [(0, Q(1))]), ("abs", Q(-1, 4), [(1, Q(1))])]
    assert ends(one(nodes, [SIGNED])) == (Q(1, 4), Q(3, 4))
    nodes = [("step", Q(0), [(0, Q(1))]), ("square", Q(-1, 4), [(1, Q(1))])]
    assert ends(one(nodes, [SIGNED])) == (Q(1, 16), Q(9, 16))


def test_squares_of_steps_are_exact():
    # s(a) = 2 step(a) + step(1/2 - a) is 1, 3 and 2; then (s - 2)^2 - 3 (s - 1)^2 is 1, -11 and -3
    nodes = [
        ("step", Q(0), [(0, Q(1))]),
        ("step", Q(1, 2), [(0, Q(-1))]),
        ("square", Q(-2), [(1, Q(2)), (2, Q(1))]),
        ("square", Q(-1), [(1, Q(2)), (2, Q(1))]),
        ("square", Q(1), [(3, Q(1)), (4, Q(-3))]),  # and a square of these: 4, 100 and 4
        ("identity", Q(0), [(5, Q(1)), (3, Q(-1)), (0, Q(-1, 8))]),
    ]
    found = one(nodes, [SIGNED])
    assert found.maximum == 99 and not found.max_attained and found.max_at == (0,)
    assert found.minimum == 3 and found.min_at == (0,)


def test_tanh_over_a_step_keeps_what_is_only_approached():
    # tanh(step(a) - a) on [0, 1]
    nodes = [("step", Q(0), [(0, Q(1))]), ("tanh", Q(0), [(1, Q(1)), (0, Q(-1))])]
    found = one(nodes, [UNIT])
    assert near(found.maximum, math.tanh(1), 1e-15) and not found.max_attained
    assert contains(found.minimum, 0) and found.min_attained
    # and turned round
    turned = one([*nodes, ("identity", Q(0), [(2, Q(-1))])], [UNIT])
    assert near(turned.minimum, -math.tanh(1), 1e-15) and not turned.min_attained
    assert contains(turned.maximum, 0) and turned.max_attained
    assert turned.min_at == (0,)


# Balls


def test_a_chain_of_increasing_activations_is_not_subdivided():
    # sigmoid(3 tanh(2a) - 1) on [0, 1], to full precision
    nodes = [("tanh", Q(0), [(0, Q(2))]), ("sigmoid", Q(-1), [(1, Q(3))])]
    found = one(nodes, [UNIT])
    assert float(found.maximum.rad()) < 1e-36
    assert near(found.maximum, 1 / (1 + math.exp(1 - 3 * math.tanh(2))), 1e-15)


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


def test_a_constant_that_is_a_ball_widens_the_exact_answer_by_its_radius_only():
    with workprec(128):  # outside it even a minus sign rounds
        third = arb(1) / 3
        wide = Q(1, 2) + arb(0, 2.0**-20)
        for constant in (third, wide):
            nodes = [
                ("relu", -constant, [(0, Q(1))]),
                ("relu", Q(0), [(0, Q(1))]),
                ("identity", Q(0), [(2, Q(1)), (1, Q(-2))]),
            ]
            found = one(nodes, [UNIT])  # a - 2 relu(a - c): greatest c, at c
            assert contains(found.maximum, constant.upper())
            assert contains(found.maximum, constant.lower())
            assert float(found.maximum.rad()) < 8 * float(constant.rad())


def test_a_coefficient_and_a_bound_may_be_balls():
    with workprec(128):
        root = arb(2).sqrt()
        nodes = [
            ("relu", Q(0), [(0, root)]),
            ("relu", -root / 2, [(0, root)]),
            ("identity", Q(0), [(1, Q(1)), (2, Q(-2))]),
        ]
        found = one(nodes, [(Q(0), root)])  # s a - 2 relu(s a - s/2): at a = 1/2; 0 - ... at s
        assert contains(found.maximum, root / 2)
        assert contains(found.minimum, 2 - 2 * (2 - root / 2))
        assert float(found.maximum.rad()) < 1e-30


def test_a_wide_coefficient_between_pieces_widens_the_answer():
    with workprec(128):
        around = 1 + arb(0, 0.1)
    nodes = [
        ("relu", Q(-1, 4), [(0, Q(1))]),
        ("relu", Q(-1, 2), [(0, Q(1))]),
        ("identity", Q(0), [(1, around), (2, Q(-2))]),
    ]
    found = one(nodes, [UNIT])  # greatest at 1/2: a quarter of the coefficient
    for coefficient in (Q(9, 10), Q(1), Q(11, 10)):
        assert contains(found.maximum, coefficient / 4)
        assert contains(found.minimum, min(Q(0), coefficient * Q(3, 4) - 1))
    assert float(found.maximum.rad()) < 0.2


def test_a_jump_at_a_ball_is_enclosed():
    with workprec(128):
        where = Q(1, 2) + arb(0, 0.125)
    nodes = [("step", -where, [(0, Q(1))]), ("identity", Q(0), [(1, Q(1)), (0, Q(-1))])]
    found = one(nodes, [UNIT])  # nearly 1 - c, just above c
    for c in (Q(3, 8), Q(1, 2), Q(5, 8)):
        assert contains(found.maximum, 1 - c) and contains(found.minimum, -c)
    assert not found.max_attained  # not known
    found = one(nodes, [(Q(0), Q(1, 2))])  # whether the step is reached at all is open
    assert contains(found.maximum, Q(5, 8)) and contains(found.maximum, 0)


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


def test_a_coefficient_that_may_have_either_sign_gives_both():
    with workprec(128):
        around = arb(0, 0.25)
    found = one([("relu", Q(0), [(0, Q(1))]), ("identity", Q(0), [(1, around)])], [UNIT])
    assert contains(found.minimum, Q(-1, 4)) and contains(found.maximum, Q(1, 4))
    assert contains(found.minimum, 0) and contains(found.maximum, 0)


def test_a_step_that_the_balls_leave_open_is_both():
    with workprec(128):
        zero = arb(1) / 3 - arb(1) / 3
    assert not zero.is_exact()
    found = one([("step", zero, [(0, Q(1))]), ("identity", Q(0), [(1, Q(1))])], [(Q(0), Q(0))])
    assert contains(found.minimum, 0) and contains(found.maximum, 1)
    found = one([("step", zero, [(0, Q(1))])], [UNIT])
    assert contains(found.minimum, 0) and contains(found.minimum, 1) and not found.min_attained
    assert found.maximum == 1 and found.max_attained


# Errors


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


def test_the_limit_on_boxes_says_so():
    nodes = [
        ("tanh", Q(0), [(0, Q(1)), (1, Q(1))]),
        ("identity", Q(0), [(2, Q(2)), (0, Q(-1)), (1, Q(-1))]),
    ]
    with pytest.raises(ToynetsError, match=r"not narrow after 31 boxes \(limit=30\)(.|\n)*fix:"):
        extremes(nodes, [SIGNED, SIGNED], [3], limit=30)


def test_too_many_variables_in_one_unit_say_so():
    nodes = [("relu", Q(-1), [(k, Q(1)) for k in range(11)])]
    nodes.append(("identity", Q(0), [(11, Q(1)), (0, Q(-1))]))
    with pytest.raises(ToynetsError, match=r"11 variables meet in one output; at most 10"):
        extremes(nodes, [UNIT] * 11, [12])


@pytest.mark.parametrize(
    ("nodes", "variables", "outputs", "said"),
    [
        ([("relu", Q(0), [(1, Q(1))])], [UNIT], [1], "reads index 1, which does not come before"),
        ([], [UNIT], [1], "no output 1: the indices run from 0 to 0"),
        ([], [(Q(1), Q(0))], [0], "interval of variable 1, from 1 to 0, is empty"),
        ([("softmax", Q(0), [(0, Q(1))])], [UNIT], [1], "activation 'softmax'(.|\n)*logits"),
    ],
)
def test_a_program_that_makes_no_sense_is_refused(nodes, variables, outputs, said):
    with pytest.raises(ToynetsError, match=said):
        extremes(nodes, variables, outputs)


# Against brute force: plain loops over a grid, with their own activations.


def activate(name: str, z):
    match name:
        case "identity":
            return z
        case "relu":
            return max(z, 0)
        case "abs":
            return abs(z)
        case "step":
            return 1 if z > 0 else 0
        case "square":
            return z * z
        case "tanh":
            return math.tanh(z)
        case "sigmoid":
            return 1 / (1 + math.exp(-z))
    raise AssertionError(name)


def evaluate(nodes, point, output: int, number=lambda v: v):
    values = [number(v) for v in point]
    for name, constant, terms in nodes:
        z = number(constant)
        for index, coefficient in terms:
            z = z + number(coefficient) * values[index]
        values.append(activate(name, z))
    return values[output]


def grid(bounds, steps: int):
    axes = [[low + (high - low) * Q(k, steps) for k in range(steps + 1)] for low, high in bounds]
    return itertools.product(*axes)


SMALL = st.integers(-4, 4).map(lambda k: Q(k, 2))


@st.composite
def programs(draw, activations, widths=(3, 2), most_variables=3):
    """A random net: (nodes, variables, output)."""
    count = draw(st.integers(1, most_variables))
    variables = []
    for _ in range(count):
        low = draw(SMALL)
        variables.append((low, low + draw(st.sampled_from([Q(1, 2), Q(1), Q(3)]))))
    nodes, layer = [], list(range(count))
    for width in widths[: draw(st.integers(1, len(widths)))]:
        following = []
        for _ in range(width):
            terms = [(index, draw(SMALL)) for index in layer]
            nodes.append((draw(st.sampled_from(activations)), draw(SMALL), terms))
            following.append(count + len(nodes) - 1)
        layer = following
    # A direct connection keeps parts together that could otherwise be taken apart.
    terms = [(index, draw(SMALL)) for index in [*layer, 0]]
    last = draw(st.sampled_from(["identity", *activations]))
    nodes.append((last, draw(SMALL), terms))
    return nodes, variables, count + len(nodes) - 1


@given(programs(["relu", "abs", "identity"]))
def test_continuous_programs_are_exact(program):
    nodes, variables, output = program
    found = one(nodes, variables)
    assert evaluate(nodes, found.min_at, output) == found.minimum
    assert evaluate(nodes, found.max_at, output) == found.maximum
    assert found.min_attained and found.max_attained
    steps = {1: 120, 2: 14, 3: 6}[len(variables)]
    for point in grid(variables, steps):
        assert found.minimum <= evaluate(nodes, point, output) <= found.maximum


@given(programs(["step", "relu", "abs", "step"], widths=(3, 2), most_variables=2))
def test_programs_that_jump_are_exact(program):
    nodes, variables, output = program
    found = one(nodes, variables)
    steps = {1: 120, 2: 14}[len(variables)]
    values = [evaluate(nodes, point, output) for point in grid(variables, steps)]
    assert found.minimum <= min(values) and max(values) <= found.maximum
    for extreme, attained, at in (
        (found.minimum, found.min_attained, found.min_at),
        (found.maximum, found.max_attained, found.max_at),
    ):
        if attained:
            assert evaluate(nodes, at, output) == extreme
        else:
            assert extreme not in values
            assert evaluate(nodes, at, output) != extreme
            if len(variables) == 1:  # it is approached from one side or the other
                tiny, (low, high) = Q(1, 10**9), variables[0]
                beside = [at[0] - tiny, at[0] + tiny]
                close = [evaluate(nodes, (v,), output) for v in beside if low <= v <= high]
                assert min(abs(v - extreme) for v in close) < Q(1, 10**6)


def enclosed(nodes, variables) -> Extreme:
    """As `one`; the few random programs with a whole curve of extremes are not tried."""
    try:
        return one(nodes, variables)
    except ToynetsError as error:
        assert "limit" in str(error)
        reject()


@given(programs(["square", "relu"], widths=(2,), most_variables=2))
def test_programs_of_squares_are_enclosed(program):
    nodes, variables, output = program
    found = enclosed(nodes, variables)
    low, high = arb(found.minimum), arb(found.maximum)
    width = 1e-4 * (1 + float(abs(low).upper()) + float(abs(high).upper()))
    assert float(low.rad()) < width and float(high.rad()) < width
    for point in grid(variables, 12):
        value = evaluate(nodes, point, output)
        assert not low > value and not high < value
    for at, extreme in ((found.min_at, low), (found.max_at, high)):
        assert abs(evaluate(nodes, at, output, as_float) - as_float(extreme)) < 2 * width


@given(programs(["tanh", "sigmoid", "relu", "abs"], widths=(2, 2), most_variables=2))
def test_programs_of_tanh_and_sigmoid_are_enclosed(program):
    nodes, variables, output = program
    found = enclosed(nodes, variables)
    low, high = float(arb(found.minimum).lower()), float(arb(found.maximum).upper())
    values = [evaluate(nodes, p, output, float) for p in grid(variables, 12)]
    assert low <= min(values) + 1e-9 and max(values) - 1e-9 <= high
    # Not only wide enough: the place found attains it.
    assert abs(evaluate(nodes, found.min_at, output, as_float) - low) < 1e-4
    assert abs(evaluate(nodes, found.max_at, output, as_float) - high) < 1e-4


def as_float(value) -> float:
    return float(value.mid()) if isinstance(value, arb) else float(value)
