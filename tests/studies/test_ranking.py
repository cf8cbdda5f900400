"""Measures of a prediction: ranks and agreement against their slow twins, the rest by counting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toynets.importance import ranks, spearman
from toynets.studies.ranking import (
    correlations,
    idle_right,
    rank_columns,
    signs_right,
    top_right,
)

columns = st.integers(2, 7).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(-3, 3).map(float), min_size=n, max_size=n), min_size=2, max_size=3
    )
)


def column(*values):
    return np.array([[float(v)] for v in values])


@given(columns)
@settings(max_examples=40)
def test_ranks_and_their_agreement_are_those_of_the_slow_twin(given):
    values = np.array(given).T
    found = rank_columns(values)
    assert [list(c) for c in found.T] == [ranks(c) for c in given]
    truth = found[:, [0]]
    for k, one in enumerate(given):
        wanted = spearman(one, given[0])
        rho = correlations(found[:, [k]], truth)[0]
        if len({abs(v) for v in given[0]}) == 1:
            assert np.isnan(rho)  # nothing to predict
        else:
            assert rho == pytest.approx(0 if wanted is None else wanted)


def test_what_differs_by_less_than_the_resolution_is_a_tie():
    values = column(100, 99.5, 50, 0.4, 0)
    assert rank_columns(values, 0.01)[:, 0].tolist() == [1.5, 1.5, 3, 4.5, 4.5]
    assert rank_columns(values)[:, 0].tolist() == [1, 2, 3, 4, 5]


def test_of_several_that_are_put_first_one_is_taken_at_random():
    true = rank_columns(column(5, 5, 1))
    assert top_right(rank_columns(column(2, 1, 0)), true)[0] == 1
    assert top_right(rank_columns(column(1, 1, 1)), true)[0] == pytest.approx(2 / 3)
    assert top_right(rank_columns(column(0, 1, 3)), true)[0] == 0
    assert np.isnan(top_right(true, rank_columns(column(1, 1, 1)))[0])


def test_a_sign_counts_where_the_effect_has_one():
    means, sizes = column(2, -3, 0.001, 1), column(2, 3, 3, 1)
    assert signs_right(column(1, -1, -1, 0), means, sizes, 0.01)[0] == pytest.approx(2 / 3)
    assert signs_right(column(1, -1, -1, 0), means, sizes)[0] == pytest.approx(2 / 4)
    # The third has no sign, so it does not help to have said its sign.
    assert signs_right(column(1, 1, 1, 0), means, sizes, 0.01)[0] == pytest.approx(1 / 3)
    assert np.isnan(signs_right(column(1, 1), column(0, 0), column(1, 1), 0.01)[0])


def test_the_idle_are_those_without_effect_and_not_the_others():
    true = column(0, 0.001, 4, 2)
    assert idle_right(column(0, 7, 7, 0), true, 0.01)[0] == 1 / 2
    assert idle_right(column(0, 0, 0, 0), true, 0.01)[0] == 1
    assert idle_right(column(0, 7, 7, 0), true)[0] == 1
    assert np.isnan(idle_right(column(0, 1), column(1, 2))[0])
    assert np.isnan(idle_right(column(0, 1), column(0, 0))[0])
