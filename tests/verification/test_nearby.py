"""Inputs of a box that are near to one of it."""

from __future__ import annotations

from toynets.rationals import rational
from toynets.verification.nearby import STEPS, around

SIDES = ((rational(0), rational(2)), (rational(1), rational(1)), (rational(-1), rational(1)))


def test_one_input_moves_at_a_time_both_ways_as_far_as_the_box_goes():
    row = (rational(0), rational(1), rational("1/2"))
    first, third = around(row, SIDES)  # the second cannot vary
    assert first == [(2 * step, rational(1), rational("1/2")) for step in STEPS]
    assert len(third) == 2 * len(STEPS)
    assert {near[:2] for near in third} == {row[:2]}
    assert sorted({abs(near[2] - row[2]) for near in third}) == sorted(2 * s for s in STEPS)
