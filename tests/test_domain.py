"""Domains: which inputs, in which order, and what is refused."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from toynets.domain import Domain, label
from toynets.errors import ToynetsError
from toynets.rationals import rational


def numbers(domain: Domain) -> list[tuple[Fraction, ...]]:
    return [tuple(Fraction(int(v.p), int(v.q)) for v in row) for row in domain]


def test_the_boolean_cube_counts_in_binary():
    cube = Domain.boolean(2)
    assert numbers(cube) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert cube.labels == ("00", "01", "10", "11")
    assert (cube.kind, cube.dimension, len(cube), cube.finite) == ("boolean", 2, 4, True)
    assert cube.text == "{0, 1}^2" and repr(cube) == "Domain({0, 1}^2)"


@pytest.mark.parametrize("n", [0, 21, -1, 2.0, "2", True, None])
def test_a_cube_has_1_to_20_inputs(n):
    with pytest.raises(ToynetsError, match="a Boolean domain has 1 to 20 inputs"):
        Domain.boolean(n)


def test_listed_rows_are_exact_and_kept_once_in_order():
    import numpy as np

    listed = Domain.listed([[1, "1/2"], (0, 0.25), [1, 0.5], np.array([0.0, 3.0])])
    assert numbers(listed) == [(1, Fraction(1, 2)), (0, Fraction(1, 4)), (0, 3)]
    assert listed.text == "3 listed inputs" and listed.finite
    assert listed.labels == ("1,1/2", "0,1/4", "0,3")
    assert Domain.listed(np.eye(2)) == Domain.listed([[1, 0], [0, 1]])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "an empty domain"),
        ([[]], "have one length, but got lengths \\[0\\]"),
        ([[1], [1, 2]], "got lengths \\[1, 2\\]"),
        ([[0], [math.nan]], "row 2 of the domain: nan is not a number"),
        ([["0,5"]], "row 1 of the domain: '0,5' is not a number here"),
        ([0, 1], "row 1 of the domain: a row of a domain is a list of numbers, but got 0"),
        (["01"], "a row of a domain is a list of numbers"),
        ("01", "expected a list of rows but got '01'"),
        (5, "expected a list of rows but got 5"),
        ({"a": [1]}, "expected a list of rows"),
    ],
)
def test_listed_rows_that_are_refused(rows, message):
    with pytest.raises(ToynetsError, match=message):
        Domain.listed(rows)


def test_one_hot_pairs_are_all_pairs():
    pairs = Domain.one_hot_pairs(2)
    assert numbers(pairs) == [(1, 0, 1, 0), (1, 0, 0, 1), (0, 1, 1, 0), (0, 1, 0, 1)]
    assert pairs.text == "all 4 one-hot pairs" and pairs.dimension == 4 and pairs.finite


@pytest.mark.parametrize("p", [0, 129, 1.0, True])
def test_one_hot_pairs_have_a_limit(p):
    with pytest.raises(ToynetsError, match="one-hot pairs need p from 1 to 128"):
        Domain.one_hot_pairs(p)


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        ("[-1,1]^2", "[-1, 1]^2"),
        (" [ -1 , 1 ] ^ 2 ", "[-1, 1]^2"),
        ("[0,1]x[0,1/2]", "[0, 1] x [0, 1/2]"),
        ("[0,1] × [0,1]^2 * [2,2]", "[0, 1]^3 x [2, 2]"),
        ([(0, 1), (-2, "1/2")], "[0, 1] x [-2, 1/2]"),
        ([[0, 1]], "[0, 1]"),
    ],
)
def test_a_box_is_written_as_text_or_pairs(bounds, text):
    box = Domain.box(bounds)
    assert box.text == text
    assert Domain.box(box.text) == box
    assert not box.finite


def test_a_box_has_no_rows():
    with pytest.raises(ToynetsError, match=r"\[0, 1\] is a box: its inputs cannot be listed"):
        Domain.box("[0,1]").rows


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ("", "is not a box"),
        ("[0,1", "is not a box"),
        ("[0,1]^x", "is not a box"),
        ("0,1", "is not a box"),
        ("[a,b]", "'a' is not a number"),
        ("[1,0]", r"an empty domain: the bound \[1, 0\]"),
        ("[0,1]^0", "an empty domain"),
        ([], "an empty domain"),
        ([(0, 1, 2)], r"a bound is \(lower, upper\), but got \(0, 1, 2\)"),
        ([1, 2], r"a bound is \(lower, upper\), but got 1"),
        (["01"], r"a bound is \(lower, upper\)"),
        (5, r"a bound is \(lower, upper\), but got 5"),
        ([(0, math.inf)], "not a number"),
    ],
)
def test_a_box_that_is_refused(bounds, message):
    with pytest.raises(ToynetsError, match=message):
        Domain.box(bounds)


def test_a_sample_has_the_corners_the_centre_and_random_dyadic_points():
    sample = Domain.sampled("[-1,1]^2", count=20, seed=3)
    rows = numbers(sample)
    assert rows[:5] == [(-1, -1), (-1, 1), (1, -1), (1, 1), (0, 0)]
    assert len(set(rows)) == 20 == len(sample)
    assert all(-1 <= v <= 1 and 2**11 % v.denominator == 0 for row in rows for v in row)
    assert len({v for row in rows[5:] for v in row}) > 20
    assert (sample.seed, sample.finite) == (3, False)
    assert sample.text == "20 points of [-1, 1]^2, seed 3"


def test_a_sample_is_that_of_its_seed():
    one, same, other = (Domain.sampled("[0,1]^2", count=9, seed=s) for s in (1, 1, 2))
    assert one == same and one.rows == same.rows and one.rows != other.rows and one != other


def test_a_sample_is_drawn_from_a_box_too_and_has_no_half_set_of_corners():
    assert Domain.sampled(Domain.box("[0,1]"), count=5) == Domain.sampled("[0,1]", count=5)
    few = numbers(Domain.sampled("[0,1]^3", count=4))
    assert few[0] == (Fraction(1, 2),) * 3 and len(few) == 4


def test_a_small_box_gives_fewer_points_and_still_round_trips():
    point = Domain.sampled("[1,1]", count=7)
    assert numbers(point) == [(1,)] and Domain.from_dict(point.to_dict()).rows == point.rows


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": 0}, "a sample has 1 to 1000000 points"),
        ({"count": True}, "a sample has 1 to 1000000 points"),
        ({"count": 2.5}, "a sample has 1 to 1000000 points"),
        ({"seed": None}, "a seed is a whole number, but got seed=None"),
        ({"seed": "a"}, "a seed is a whole number"),
    ],
)
def test_a_sample_that_is_refused(options, message):
    with pytest.raises(ToynetsError, match=message):
        Domain.sampled("[0,1]", **options)


def test_a_finite_domain_is_not_sampled():
    with pytest.raises(ToynetsError, match="drawn from a box, but this domain is finite"):
        Domain.sampled(Domain.boolean(2))


def test_membership():
    assert (0, 1) in Domain.boolean(2) and (0, "1/2") not in Domain.boolean(2)
    box = Domain.box("[0,1]^2")
    assert (0.5, "1/3") in box and (0.5, 2) not in box and (0.5,) not in box


def test_labels_stay_apart_where_rounding_would_merge_them():
    near = Domain.listed([["0.12345678"], ["0.12345679"]])
    assert near.labels == ("6172839/50000000", "12345679/100000000")
    assert label((rational(0), rational(1))) == "01"
    assert label((rational(2), rational("-1/2"))) == "2,-1/2"


DOMAINS = [
    Domain.boolean(3),
    Domain.one_hot_pairs(3),
    Domain.listed([["1/3", 0], [1, -2]]),
    Domain.box("[-1,1/2]^2"),
    Domain.sampled("[0,1]^2", count=30, seed=5),
]


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda d: d.kind)
def test_a_domain_round_trips_through_plain_data(domain):
    import json

    data = json.loads(json.dumps(domain.to_dict()))
    again = Domain.from_dict(data)
    assert again == domain and hash(again) == hash(domain) and again.text == domain.text
    if domain.kind != "box":
        assert again.rows == domain.rows


def test_domains_of_different_content_differ():
    assert len(set(DOMAINS)) == len(DOMAINS) and Domain.boolean(3) != Domain.boolean(2)
    assert Domain.boolean(1) != "boolean"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "None is not a kind of domain"),
        ([], "None is not a kind of domain"),
        ({"kind": "cube"}, "'cube' is not a kind of domain"),
        ({"kind": ["boolean"]}, "is not a kind of domain"),
        ({"kind": "boolean"}, "a domain of kind boolean has the keys kind, n, but got kind"),
        ({"kind": "boolean", "n": 2, "m": 1}, "but got kind, n, m"),
        ({"kind": "boolean", "n": "2"}, "1 to 20 inputs, but got '2'"),
        ({"kind": "sampled", "bounds": "[0,1]", "count": 3}, "keys kind, bounds, count, seed"),
    ],
)
def test_plain_data_that_is_refused(data, message):
    with pytest.raises(ToynetsError, match=message):
        Domain.from_dict(data)


def test_a_domain_shows_itself_in_a_notebook():
    assert Domain.boolean(2)._repr_html_() == "<code>{0, 1}^2</code>"
