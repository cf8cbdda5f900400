"""Shapley and Banzhaf values of games whose values are known."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toynets.errors import ToynetsError
from toynets.importance import banzhaf_values, shapley_values


def test_the_glove_game():
    # Player 1 has a left glove, 2 and 3 a right one each; a pair is worth 1.
    pair = [float(s & 1 and s & 6 > 0) for s in range(8)]
    assert shapley_values(pair).tolist() == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert banzhaf_values(pair).tolist() == pytest.approx([3 / 4, 1 / 4, 1 / 4])


games = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.integers(-9, 9), min_size=2**n, max_size=2**n)
)


@given(games)
def test_shapley_is_the_mean_over_all_orders(table):
    n = len(table).bit_length() - 1
    total = np.zeros(n)
    orders = list(permutations(range(n)))
    for order in orders:
        present = 0
        for player in order:
            total[player] += table[present | 1 << player] - table[present]
            present |= 1 << player
    assert shapley_values(table) == pytest.approx(total / len(orders))
    assert shapley_values(table).sum() == pytest.approx(table[-1] - table[0])


@given(games)
def test_banzhaf_is_the_mean_over_all_others(table):
    n = len(table).bit_length() - 1
    for player, value in enumerate(banzhaf_values(table)):
        gains = [table[s | 1 << player] - table[s] for s in range(2**n) if not s >> player & 1]
        assert value == pytest.approx(sum(gains) / len(gains))


def test_a_table_of_another_length_is_refused():
    with pytest.raises(ToynetsError, match=r"2\^n values.*shape \(3,\)"):
        shapley_values([0, 1, 2])
    with pytest.raises(ToynetsError, match="2\\^n values"):
        banzhaf_values([1])
