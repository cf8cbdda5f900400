"""One case: within, beyond, open, undecided; and which failure is shown."""

import pytest
from flint import arb

from toynets.rationals import rational as q
from toynets.rationals import workprec
from toynets.verification.check import Check, Comparer, Failure
from toynets.verification.compare import Decision

HALF = {"threshold": "1/2"}


def case(derived, measured, *, rule=None, metric="value", epsilon="0"):
    check = Check("clean")
    comparer = Comparer(Decision(rule or {}), lambda kind: metric, q(epsilon))
    found = comparer.outcome(check, "zero", [q(v) for v in derived], [q(v) for v in measured])
    counts = (check.agreed_values, check.agreed_decisions, check.open, check.undecided)
    return found, counts


@pytest.mark.parametrize(
    ("derived", "measured", "given", "found", "counts"),
    [
        # Without a rule the value decides.
        (["1"], ["1"], {}, (True, False), (1, 1, 0, 0)),
        (["1"], ["2"], {}, (False, False), (0, 0, 0, 0)),
        (["1"], ["2"], {"epsilon": "1"}, (True, False), (1, 1, 0, 0)),
        (["1"], ["2"], {"epsilon": "99/100"}, (False, False), (0, 0, 0, 0)),
        (["1", "0"], ["1", "1"], {}, (False, False), (0, 0, 0, 0)),
        # With one both have to agree, and equal values do.
        (["1"], ["1"], {"rule": HALF}, (True, False), (1, 1, 0, 0)),
        (["1"], ["2"], {"rule": HALF}, (False, False), (0, 1, 0, 0)),
        (["1"], ["0"], {"rule": HALF}, (False, False), (0, 0, 0, 0)),
        # A tie is an outcome of its own.
        (["1/2"], ["1/2"], {"rule": HALF}, (True, False), (1, 1, 0, 0)),
        (["1/2"], ["1"], {"rule": HALF, "metric": "decision"}, (False, True), (0, 0, 0, 0)),
        # Within the tolerance of the boundary no decision is claimed: open, not agreed.
        (["3/4"], ["3/4"], {"rule": HALF, "epsilon": "1/4"}, (True, False), (1, 0, 1, 0)),
        (["3/4"], ["2/5"], {"rule": HALF, "epsilon": "2/5"}, (True, False), (1, 0, 1, 0)),
        (["1"], ["7/8"], {"rule": HALF, "epsilon": "1/4"}, (True, False), (1, 1, 0, 0)),
        # By decision values may differ, and where it is open they may not.
        (["1"], ["9"], {"rule": HALF, "metric": "decision"}, (True, False), (0, 1, 0, 0)),
        (["1"], ["0"], {"rule": HALF, "metric": "decision"}, (False, True), (0, 0, 0, 0)),
        (
            ["3/4"],
            ["9"],
            {"rule": HALF, "metric": "decision", "epsilon": "1/4"},
            (False, False),
            (0, 0, 1, 0),
        ),
        # Every output has a decision of its own.
        (["1", "1"], ["1", "0"], {"rule": HALF, "metric": "decision"}, (False, True), (0, 0, 0, 0)),
        (["0", "1"], ["1", "1"], {"rule": HALF, "metric": "decision"}, (False, True), (0, 0, 0, 0)),
        # Two outputs within the tolerance may still change places.
        (
            ["0", "3/2"],
            ["1", "1/2"],
            {"rule": {"argmax": True}, "epsilon": "1"},
            (False, True),
            (1, 0, 0, 0),
        ),
    ],
)
def test_what_a_case_is_counted_as(derived, measured, given, found, counts):
    assert case(derived, measured, **given) == (found, counts)


def test_balls_that_straddle_are_undecided():
    with workprec():
        t = arb(1).tanh()
        check = Check("clean")
        by_value = Comparer(Decision({}), lambda kind: "value", q(0))
        assert by_value.outcome(check, "zero", [t], [t]) == (None, False)
        assert (check.undecided, check.agreed_values) == (1, 0)
        # The decision hangs on digits that are not known; so it does by decision.
        rule = Decision({"threshold": "0"})
        zero = t - t
        for metric in ("value", "decision"):
            check = Check("clean")
            found = Comparer(rule, lambda kind, m=metric: m, q(0)).outcome(
                check, "zero", [zero], [q(0)]
            )
            assert found == (None, False)
            assert (check.undecided, check.agreed_decisions) == (1, 0)


@pytest.mark.parametrize(
    ("stated", "derived", "holds"),
    [
        (["1/10", "-1/50"], ["0", "1/50"], False),  # the stated one decides, and otherwise
        (["1/10", "1/10"], ["0", "1/5"], False),  # the derived one does
        (["1/20", "1/50"], ["0", "1/50"], True),  # neither does
        (["-1/20", "1/10"], ["0", "1/5"], True),  # both do, and alike
        (["1/5", "2/5"], ["0", "1/5"], False),  # alike, and too far apart
    ],
)
def test_what_is_stated_and_what_is_derived_each_claim_their_decision(stated, derived, holds):
    check = Check("outcomes")
    comparer = Comparer(Decision({"argmax": True}), lambda kind: "value", q("1/10"))
    columns = [[q(v) for v in values] for values in (stated, derived)]
    assert comparer.stated(check, "zero", *columns)[0] is holds
    assert (check.cases, check.undecided) == (1, 0)


def test_a_stated_outcome_that_is_undecided_either_way_is_counted_once():
    with workprec():
        derived = arb(1).tanh()
        check = Check("outcomes")
        comparer = Comparer(Decision({"threshold": "0"}), lambda kind: "value", q("1/4"))
        assert comparer.stated(check, "zero", [derived + 0.25], [derived]) == (None, False)
        assert (check.cases, check.undecided) == (1, 1)


def test_values_within_the_tolerance_leave_a_decision_open_that_hangs_on_unknown_digits():
    with workprec():
        t = arb(1).tanh()
        check = Check("clean")
        comparer = Comparer(Decision({"argmax": True}), lambda kind: "value", q(1))
        measured = [t - t + q("3/4"), q("3/4")]  # which of the two is larger?
        assert comparer.outcome(check, "zero", [q(0), q("3/2")], measured) == (None, False)
        assert (check.agreed_values, check.agreed_decisions, check.undecided) == (1, 0, 1)


def test_the_largest_difference_is_kept():
    check = Check("clean")
    comparer = Comparer(Decision({}), lambda kind: "value", q(5))
    for measured in ("2", "5", "3"):
        comparer.outcome(check, "zero", [q(1)], [q(measured)])
    assert check.worst == q(4)


def test_the_smallest_failure_is_in_front_however_many_there_are():
    check = Check("roles")
    for on in range(60, 0, -1):
        check.fail(Failure("roles", subject=f"h{on}", row=on, on=on))
    assert check.failures[0].subject == "h1"
    assert (check.failed, len(check.failures), len(check.subjects)) == (60, 20, 60)
    check.fail(Failure("roles", subject="late", row=3, on=1))
    assert check.failures[0].subject == "h1"
