"""Numbers that are balls: the exact answer, widened by what they leave open and no more."""

from __future__ import annotations

import itertools

import pytest
from extreme_cases import SIGNED, UNIT, Q, contains, one
from flint import arb

from toynets.rationals import workprec


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


@pytest.mark.parametrize("side", [1, -1])
def test_a_wide_end_of_a_variable_widens_what_is_attained_there(side):
    # a - 3 relu(a - 1/2) for a up to c, or the same of -a for a down to -c: at c it is 3/2 - 2c
    with workprec(128):
        end = Q(1) + arb(0, 0.125)
    nodes = [("relu", Q(-1, 2), [(0, Q(side))]), ("identity", Q(0), [(0, Q(side)), (1, Q(-3))])]
    found = one(nodes, [(Q(0), end) if side > 0 else (-end, Q(0))])
    for c in (Q(7, 8), Q(1), Q(9, 8)):
        assert contains(found.minimum, Q(3, 2) - 2 * c)
    assert contains(found.maximum, Q(1, 2)) and float(found.minimum.rad()) < 1.3


def test_a_wide_coefficient_of_a_negative_variable_widens_the_answer():
    # With u = -a: relu(c u - 1/4) - 2 relu(u - 1/2), greatest at u = 1/2, least at 1
    with workprec(128):
        around = 1 + arb(0, 0.1)
        nodes = [
            ("relu", Q(-1, 4), [(0, -around)]),
            ("relu", Q(-1, 2), [(0, Q(-1))]),
            ("identity", Q(0), [(1, Q(1)), (2, Q(-2))]),
        ]
    found = one(nodes, [(Q(-1), Q(0))])
    for c in (Q(9, 10), Q(1), Q(11, 10)):
        assert contains(found.maximum, c / 2 - Q(1, 4))
        assert contains(found.minimum, c - Q(5, 4))


def test_a_wide_coefficient_of_a_unit_counts_the_constant_of_the_unit_and_its_width():
    # c relu(a + k) + relu(-a): greatest at a = 1, c (1 + k), or at -1, where it is 1
    with workprec(128):
        around = 1 + arb(0, 0.1)
        constant = Q(1, 2) + arb(0, 0.4)
    nodes = [
        ("relu", constant, [(0, Q(1))]),
        ("relu", Q(0), [(0, Q(-1))]),
        ("identity", Q(0), [(1, around), (2, Q(1))]),
    ]
    found = one(nodes, [SIGNED])
    for c, k in itertools.product((Q(9, 10), Q(11, 10)), (Q(1, 10), Q(9, 10))):
        assert contains(found.maximum, max(c * (1 + k), Q(1)))


def test_a_wide_coefficient_of_a_square_of_steps_counts_the_square():
    # c (2 step(a) + step(a - 1/2))^2 - a / 8: nearly 9 c - 1/16, just above 1/2
    with workprec(128):
        around = 1 + arb(0, 0.1)
    nodes = [
        ("step", Q(0), [(0, Q(1))]),
        ("step", Q(-1, 2), [(0, Q(1))]),
        ("square", Q(0), [(1, Q(2)), (2, Q(1))]),
        ("identity", Q(0), [(3, around), (0, Q(-1, 8))]),
    ]
    found = one(nodes, [SIGNED])
    for c in (Q(9, 10), Q(1), Q(11, 10)):
        assert contains(found.maximum, 9 * c - Q(1, 16))


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


def test_a_step_that_the_balls_leave_open_is_both():
    with workprec(128):
        zero = arb(1) / 3 - arb(1) / 3
    assert not zero.is_exact()
    found = one([("step", zero, [(0, Q(1))]), ("identity", Q(0), [(1, Q(1))])], [(Q(0), Q(0))])
    assert contains(found.minimum, 0) and contains(found.maximum, 1)
    found = one([("step", zero, [(0, Q(1))])], [UNIT])
    assert contains(found.minimum, 0) and contains(found.minimum, 1) and not found.min_attained
    assert found.maximum == 1 and found.max_attained
