"""Points that are proposed: downhill is down, the simplest witness is dyadic where one exists."""

import itertools
import random

import pytest
from proof_cases import network, program

from toynets.rationals import ONE, ZERO, rational
from toynets.verification.proofs.falsifier import Falsifier, simplest
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.search import Goal


def test_downhill_of_a_plane_is_its_lowest_corner():
    made, _ = program(network(random.Random(0), [2, 2, 1], ("relu", "identity")))
    goal = Goal(Form(ONE, {0: ONE, 1: -ONE * 2}))
    (first, *rest) = Falsifier(made, [goal]).downhill((ZERO, ZERO), goal)
    assert first == (-ONE, ONE) and rest == []


@pytest.mark.parametrize("seed", range(8))
def test_downhill_never_rises(seed):
    made, (y,) = program(network(random.Random(seed), [2, 4, 3, 1], ("abs", "relu", "identity")))
    goal = Goal(atom(y))
    falsifier = Falsifier(made, [goal])
    start = (ONE / 8, -ONE / 4)
    values = [falsifier.value(p, goal) for p in (start, *falsifier.downhill(start, goal))]
    assert all(a > b for a, b in itertools.pairwise(values))


def test_the_slope_is_that_of_the_function_beside_the_point():
    made, (y,) = program(network(random.Random(3), [2, 4, 1], ("abs", "identity")))
    goal = Goal(atom(y))
    falsifier = Falsifier(made, [goal])
    point, tiny = (rational("1/7"), rational("2/7")), ONE / 2**40
    for k in range(2):
        moved = tuple(v + tiny if j == k else v for j, v in enumerate(point))
        rise = falsifier.value(moved, goal) - falsifier.value(point, goal)
        assert rise / tiny == falsifier.slope(point, goal)[k]


def test_the_simplest_point_that_will_do():
    third = rational("1/3")
    assert simplest((third,), lambda p: p[0] > 0) == (ONE / 2,)
    assert simplest((third,), lambda p: abs(p[0] - third) < rational("1/100")) == (
        rational("21/64"),
    )
    assert simplest((third,), lambda p: p[0] == third) == (third,)
    assert simplest((ONE / 2,), lambda p: True) == (ONE / 2,)


def test_a_point_outside_the_box_refutes_nothing():
    made, _ = program(network(random.Random(0), [1, 2, 1], ("relu", "identity")))
    falsifier = Falsifier(made, [Goal((-atom(0)).plus(ONE))])
    assert not falsifier.fails((ONE * 2,), 0)
    assert falsifier.first() is None
