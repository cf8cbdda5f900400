"""Numbers that are balls: the exact answer, widened by what they leave open and no more."""

from __future__ import annotations

from extreme_cases import UNIT, Q, contains, one
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
