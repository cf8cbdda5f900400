"""What a unit tells apart, and how a concept fits it."""

import pytest
from flint import arb

from toynets.errors import Undecided
from toynets.rationals import rational as q
from toynets.rationals import workprec
from toynets.verification.compare import Decision
from toynets.verification.partition import Swaps, grade, graded_by, level_sets

BITS = [(q(a), q(b)) for a in (0, 1) for b in (0, 1)]
HALF = Decision({"threshold": "1/2"})


def swaps(*values, same=(0, 1, 2, 3), derived=()):
    """One output, which is the swapped value itself on every row."""

    def outcomes(numbers):
        return [[(q(v),)] * 4 for v in numbers]

    return Swaps(BITS, same, outcomes(values), outcomes(derived) if derived else ())


COUNT = swaps("0", "1", "2", same=(0, 1, 1, 2))


@pytest.mark.parametrize(
    ("concept", "found", "pair"),
    [
        ("0 1 1 2", "exact", ()),
        ("7 -1 -1 0", "exact", ()),  # only what is told apart counts, not the numbers
        ("0 1 1 1", "too coarse", ("01", "11")),
        ("0 0 0 0", "too coarse", ("00", "01")),
        ("0 1 2 3", "too fine", ("01", "10")),
        ("0 0 1 1", "crossing", ("00", "01", "01", "10")),
        ("0 1 0 1", "crossing", ("00", "10", "01", "10")),
    ],
)
def test_grades_by_value(concept, found, pair):
    values = [q(v) for v in concept.split()]
    graded = grade(values, COUNT, COUNT.beyond(), COUNT.at_all())
    assert (graded.grade, graded.pair) == (found, pair)


def test_by_decision_two_counts_above_the_threshold_are_one():
    told = COUNT.by_decision(HALF)
    one_or_more = [q(v) for v in (0, 1, 1, 1)]
    assert grade(one_or_more, COUNT, told, told).grade == "exact"
    assert grade([q(v) for v in (0, 1, 1, 2)], COUNT, told, told).grade == "too fine"


@pytest.mark.parametrize(
    ("values", "derived", "concept", "found"),
    [
        # Measured 0, 0.01, 1: within the tolerance the first two may be merged,
        ("0 1/100 1 1", "0 1/100 1 1", "0 0 1 1", "exact"),
        # or told apart, as long as the explanation's own numbers do so too.
        ("0 1/100 1 1", "0 1/100 1 1", "0 1 2 2", "exact"),
        ("0 1/100 1 1", "0 0 1 1", "0 1 2 2", "too fine"),
        ("0 0 1 1", "0 1/100 1 1", "0 1 2 2", "too fine"),
        # More than the tolerance is never merged.
        ("0 3/100 1 1", "0 0 1 1", "0 0 1 1", "too coarse"),
    ],
)
def test_a_tolerance_leaves_a_band_and_no_more(values, derived, concept, found):
    found_swaps = swaps(*values.split(), derived=derived.split())
    graded = grade(
        [q(v) for v in concept.split()],
        found_swaps,
        found_swaps.beyond(q("2/100")),
        found_swaps.at_all(),
    )
    assert graded.grade == found
    by_value = graded_by("value", [q(v) for v in concept.split()], found_swaps, q("2/100"), HALF)
    assert (by_value.grade, by_value.pair) == (graded.grade, graded.pair)


def test_classes_number_the_rows():
    assert COUNT.classes(COUNT.beyond()) == (0, 1, 1, 2)
    assert COUNT.classes(COUNT.by_decision(HALF)) == (0, 1, 1, 1)
    # A tie is an outcome of its own.
    assert COUNT.classes(COUNT.by_decision(Decision({"threshold": "1"}))) == (0, 1, 1, 2)


def test_overlapping_balls_are_undecided_and_certain_faults_are_not():
    with workprec():
        t = arb(1).tanh()
        unsure = Swaps(BITS[:3], (0, 1, 2), [[(v,)] * 3 for v in (t, t, t + 1)])
        ask = (unsure.beyond(), unsure.at_all())
        with pytest.raises(Undecided, match="a ball straddles"):
            grade([q(0), q(0), q(1)], unsure, *ask)
        with pytest.raises(Undecided, match="is not decided"):
            unsure.classes(ask[0])
        # Whatever the first two are, the third is another.
        assert grade([q(0), q(1), q(1)], unsure, *ask).grade == "too coarse"
        with pytest.raises(Undecided, match="state the concept with exact values"):
            level_sets([t, t, q(0)])
        assert level_sets([t, q(0), q(0)]) == [[0], [1, 2]]


def test_what_the_explanation_holds_alike_is_told_apart_by_no_ball():
    # The explanation has one pre-activation for the first two sources, so one activation.
    with workprec():
        t = arb(1).tanh()
        measured, derived = [(t + q("1/100")), t, t + 1], [t, t, t + 1]
        rows = (BITS[:3], (0, 1, 2), *([[(v,)] * 3 for v in side] for side in (measured, derived)))
        concept = [q(0), q(1), q(2)]
        unsure, alike = Swaps(*rows), Swaps(*rows, alike=(0, 0, 1))
        with pytest.raises(Undecided, match="a ball straddles"):
            grade(concept, unsure, unsure.beyond(q("1/10")), unsure.at_all())
        found = grade(concept, alike, alike.beyond(q("1/10")), alike.at_all())
        assert (found.grade, found.pair) == ("too fine", ("00", "01"))


def test_one_activation_is_never_told_apart_from_itself():
    same = swaps("0", "1", same=(0, 0, 1, 1))
    found = grade([q(v) for v in (0, 1, 2, 2)], same, same.beyond(), same.at_all())
    assert (found.grade, found.pair) == ("too fine", ("00", "01"))


def test_every_row_and_every_output_tells_apart():
    same = [(q(0), q(0))] * 3
    for row, output in ((0, 0), (2, 0), (0, 1), (2, 1)):
        other = [list(values) for values in same]
        other[row][output] = q(1)
        found = Swaps(BITS[:3], (0, 1, 1), [same, [tuple(values) for values in other]])
        for told in (found.beyond(), found.beyond(q("1/2")), found.at_all()):
            assert told(0, 1) is True
        assert found.by_decision(HALF)(0, 1) is True
        assert found.beyond(q(1))(0, 1) is False


def test_a_decision_that_hangs_on_unknown_digits_is_not_alike():
    with workprec():
        zero = arb(1).tanh() - arb(1).tanh()
        rows = [[(q(1),), (q(1),)], [(zero + q("1/2"),), (q(1),)], [(zero + q("1/2"),), (q(0),)]]
        found = Swaps(BITS[:2], (0, 1), rows)
        told = found.by_decision(HALF)
        assert told(0, 1) is None
        assert told(0, 2) is True  # the other row decides
        with pytest.raises(Undecided):
            grade([q(0), q(0)], found, told, told)


def test_rows_join_a_class_only_if_all_its_members_are_like_them():
    steps = swaps("0", "1", "2", "3")
    assert steps.classes(steps.beyond(q(1))) == (0, 0, 1, 1)
