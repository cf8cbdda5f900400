"""Open and closed sides of a jump: step(z) = 1 iff z > 0."""

from __future__ import annotations

from extreme_cases import SIGNED, UNIT, Q, ends, evaluate, one


def test_a_step_that_is_only_approached():
    # step(a) - a on [0, 1]: 0 at a = 0, just above it nearly 1, then down to 0 at a = 1
    nodes = [("step", Q(0), [(0, Q(1))]), ("identity", Q(0), [(1, Q(1)), (0, Q(-1))])]
    found = one(nodes, [UNIT])
    assert ends(found) == (0, 1)
    assert (found.min_attained, found.max_attained) == (True, False)
    assert found.max_at == (0,)
    assert repr(found) == "Extreme(minimum=0 at (0), maximum=1 approached at (0))"


def test_a_plateau_above_what_is_only_approached_is_attained_elsewhere():
    # step(step(a) - a) on [0, 1]: the inner value only approaches 1, but the outer is 1 inside
    nodes = [("step", Q(0), [(0, Q(1))]), ("step", Q(0), [(1, Q(1)), (0, Q(-1))])]
    found = one(nodes, [UNIT])
    assert ends(found) == (0, 1) and found.min_attained and found.max_attained
    assert 0 < found.max_at[0] < 1


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
