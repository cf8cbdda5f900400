"""Numbers, balls and decisions are compared exactly, or not at all."""

import pytest
from flint import arb

from toynets.rationals import rational as q
from toynets.rationals import workprec
from toynets.verification.compare import Decision, bound, compare, shown, shown_all, size


@pytest.mark.parametrize(
    ("a", "b", "epsilon", "within"),
    [
        ("1", "1", "0", True),
        ("1", "1/2", "1/2", True),  # the bound itself is within
        ("1/2", "1", "1/2", True),
        ("1", "1/2", "4999999/10000000", False),
        ("1", "1.0000000001", "0", False),
    ],
)
def test_rationals_are_compared_exactly(a, b, epsilon, within):
    assert compare(q(a), q(b), bound(q(epsilon))) == (abs(q(a) - q(b)), within)


def test_balls_are_within_beyond_or_neither():
    with workprec():
        t = arb(1).tanh()  # 0.7615941559…
        assert compare(t, q("3/4"), bound(q("12/1000")))[1] is True
        assert compare(q("3/4"), t, bound(q("11/1000")))[1] is False
        assert compare(t, t, bound(q(0)))[1] is None


@pytest.mark.parametrize(
    ("rule", "values", "choice", "margin"),
    [
        ({"threshold": "1/2"}, ["1", "0"], ("1", "0"), "1/2"),
        ({"threshold": "1/2"}, ["1/2"], ("tie",), "0"),
        ({"sign": True}, ["-1/4", "2"], ("0", "1"), "1/4"),
        ({"argmax": True}, ["1", "3", "2"], ("y2",), "1"),
        ({"argmax": True}, ["3", "1", "3"], ("tie y1 y3",), "0"),
    ],
)
def test_decisions_and_their_margins(rule, values, choice, margin):
    assert Decision(rule)([q(v) for v in values]) == (choice, q(margin))


def test_no_rule_decides_nothing():
    none = Decision({})
    assert not none
    assert none([q(1)]) == ((), None)
    assert none.text == "none"


@pytest.mark.parametrize("rule", [{"threshold": "0"}, {"sign": True}, {"argmax": True}])
def test_a_ball_on_the_boundary_decides_nothing(rule):
    with workprec():
        zero = arb(1).tanh() - arb(1).tanh()
        assert Decision(rule)([zero, q(0)])[0] is None


def test_numbers_are_shown_for_people():
    with workprec():
        assert shown(arb(1).tanh()) == "0.761594"
    assert shown(None) == ""
    assert shown_all([q(1), q("1/2")], ["y1", "y2"]) == "y1 = 1, y2 = 1/2"
    assert size(q("-1/2")) == -0.5
