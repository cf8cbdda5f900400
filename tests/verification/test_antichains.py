"""Minimal sets of any property of subsets, by both searches."""

from __future__ import annotations

import random

import pytest

from toynets.verification.antichains import OutOfBudget, by_size, by_table


def minimal_by_definition(holds, players):
    """No proper subset at all has the property, however many elements it lacks."""
    every = range(2**players)
    return {
        m for m in every if holds[m] and not any(holds[p] for p in every if p & m == p and p != m)
    }


@pytest.mark.parametrize("share", [0.03, 0.2, 0.5, 0.95])
@pytest.mark.parametrize("players", [1, 3, 5, 7])
def test_both_searches_find_what_the_definition_says(players, share):
    draw = random.Random(players)
    for _ in range(10):
        holds = [draw.random() < share for _ in range(2**players)]
        expected = minimal_by_definition(holds, players)
        table = by_table(holds, players)
        assert set(table.minimal) == expected
        assert by_size(holds.__getitem__, players).minimal == table.minimal
        assert table.holding == sum(holds)
        assert table.complete == players
        harmful = any(not holds[m] and any(m & s == s for s in expected) for m in range(2**players))
        assert bool(table.exception) == harmful
        if table.exception:
            small, large = table.exception
            assert holds[small] and not holds[large] and small & large == small


def test_the_smallest_come_first_and_then_the_order_of_the_players():
    assert by_size(lambda m: m in (0b1100, 0b0011, 0b0101, 0b1001_0000), 8).minimal == (
        0b0011,
        0b0101,
        0b1100,
        0b1001_0000,
    )


def test_out_of_budget_keeps_the_sizes_that_are_done():
    tried = []

    def holds(mask):
        if len(tried) == 11:
            raise OutOfBudget
        tried.append(mask)
        return mask in (0b0001, 0b0110, 0b1100)

    found = by_size(holds, 5)  # sizes 0 and 1 take 6 tries; size 2 is not finished
    assert (found.minimal, found.complete, found.holding) == ((0b0001,), 1, None)


def test_the_empty_set_and_no_set():
    assert by_size(lambda m: True, 3).minimal == by_table([True] * 8, 3).minimal == (0,)
    assert by_size(lambda m: False, 3).minimal == by_table([False] * 8, 3).minimal == ()
