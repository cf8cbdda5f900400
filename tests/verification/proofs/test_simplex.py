"""The exact simplex method: least values against corners, and multipliers against their meaning."""

import itertools
import random

import pytest

from toynets.rationals import ONE, ZERO, rational
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.proposals import propose
from toynets.verification.proofs.simplex import least


def box(d):
    return [f for k in range(d) for f in (atom(k).plus(ONE), (-atom(k)).plus(ONE))]


def drawn(draw, d):
    return Form(
        rational(draw.randint(-2, 2)),
        {k: rational(c) for k in range(d) if (c := draw.randint(-3, 3))},
    )


def start(form, d):
    return [2 * k if form.terms.get(k, ZERO) >= 0 else 2 * k + 1 for k in range(d)]


def by_corners(form, conditions):
    """The least value over all corners of a polygon, by pairs of conditions."""
    best = None
    for a, b in itertools.combinations(conditions, 2):
        (p, q), (r, s) = ([c.terms.get(0, ZERO), c.terms.get(1, ZERO)] for c in (a, b))
        if p * s == q * r:
            continue
        x = (q * b.constant - s * a.constant) / (p * s - q * r)
        y = (r * a.constant - p * b.constant) / (p * s - q * r)
        if all(c.value([x, y]) >= 0 for c in conditions):
            value = form.value([x, y])
            best = value if best is None or value < best else best
    return best


@pytest.mark.parametrize("seed", range(40))
def test_the_least_value_of_a_polygon_is_at_a_corner_and_is_proved(seed):
    draw = random.Random(seed)
    conditions = box(2) + [drawn(draw, 2) for _ in range(draw.randint(0, 5))]
    form = drawn(draw, 2)
    found = least(form, conditions, [0, 1], start(form, 2))
    expected = by_corners(form, conditions)
    total = form if expected is not None else Form()
    for number, share in found.multipliers:
        assert share > 0
        total = total - conditions[number].scaled(share)
    assert total.terms == {}
    if expected is None:
        assert found.status == "empty" and -total.constant == found.value < 0
    else:
        assert found.status == "least" and found.value == expected == total.constant
        assert form.value(found.point) == expected


@pytest.mark.parametrize("seed", range(6))
def test_with_many_atoms_floats_propose_and_the_result_is_the_same(seed):
    draw = random.Random(seed)
    d = 12
    conditions = box(d) + [drawn(draw, d).plus(ONE * 3) for _ in range(12)]
    form = drawn(draw, d)
    atoms = list(range(d))
    found = least(form, conditions, atoms, start(form, d))
    total = form
    for number, share in found.multipliers:
        assert share > 0
        total = total - conditions[number].scaled(share)
    assert total.terms == {} and total.constant == found.value
    assert all(c.value(found.point) >= 0 for c in conditions)


def test_it_stops_where_enough_is_proved():
    conditions = [*box(1), atom(0)]
    found = least(atom(0), conditions, [0], [0], enough=-ONE)
    assert (found.status, found.value) == ("enough", -ONE)


def test_a_cycle_is_broken():
    """Many conditions meet in one corner: every step is degenerate."""
    conditions = [*box(2)] + [
        Form(ZERO, {0: rational(a), 1: rational(b)}) for a in range(1, 8) for b in range(1, 8)
    ]
    found = least(Form(ZERO, {0: ONE, 1: ONE}), conditions, [0, 1], [0, 2])
    assert found.value == 0


def test_floats_propose_the_basis_of_a_triangle():
    rows = [([(0, 1.0)], 1.0), ([(0, -1.0)], 1.0), ([(1, 1.0)], 1.0), ([(1, -1.0)], 1.0)]
    rows.append(([(0, 1.0), (1, 1.0)], -1.0))
    assert sorted(propose([1.0, 2.0], 0.0, rows, [0, 2], None)) == [3, 4] or sorted(
        propose([1.0, 2.0], 0.0, rows, [0, 2], None)
    ) == [1, 4]
