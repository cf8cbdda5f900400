"""Ranks and their agreement, against counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toynets.importance.agreement import kendall, ranking, ranks, spearman

values = st.lists(st.integers(-4, 4).map(float), min_size=1, max_size=7)


@given(values)
def test_a_rank_is_how_many_are_larger_and_half_of_how_many_are_equal(given):
    size = [abs(v) for v in given]
    wanted = [sum(o > s for o in size) + (sum(o == s for o in size) + 1) / 2 for s in size]
    assert ranks(given) == wanted


def test_values_that_differ_by_rounding_are_tied():
    assert ranks([0.1 + 0.2, 0.3, 0.2]) == [1.5, 1.5, 3.0]
    assert ranks([1.0, 1.0 + 1e-6]) == [2.0, 1.0]


@given(values)
def test_a_ranking_agrees_with_itself_and_not_with_its_reverse(given):
    if len({abs(v) for v in given}) == 1:
        assert spearman(given, given) is kendall(given, given) is None
        return
    assert spearman(given, given) == pytest.approx(1)
    assert kendall(given, given) == pytest.approx(1)
    reversed_ = [10 - abs(v) for v in given]
    assert spearman(given, reversed_) == pytest.approx(-1)
    assert kendall(given, reversed_) == pytest.approx(-1)


def test_without_ties_spearman_is_the_formula_of_differences():
    a, b = [5, 4, 3, 2, 1], [4, 5, 1, 3, 2]
    # Ranks 1 2 3 4 5 and 2 1 5 3 4: squares 1 1 4 1 1, so 1 - 6 * 8 / (5 * 24).
    assert spearman(a, b) == pytest.approx(0.6)
    # Of 10 pairs 3 are the other way round: (7 - 3) / 10.
    assert kendall(a, b) == pytest.approx(0.4)


def test_tau_b_divides_by_the_pairs_that_are_not_tied():
    # Pairs: (1,2) tied on the left; of the five others, one is tied on the right, four agree.
    assert kendall([3, 3, 2, 1], [4, 3, 2, 2]) == pytest.approx(4 / 5)


def test_a_ranking_is_written_with_its_ties():
    assert ranking(["a", "b", "c"], [0, -2, 0]) == "b > a = c"
    assert ranking([f"x{k}" for k in range(9)], range(9, 0, -1), most=2) == "x0 > x1 …"
