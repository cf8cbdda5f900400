"""Exact numbers: what is read, what is refused, and how a rational is rounded."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from flint import fmpq, fmpz

from toynets.errors import ToynetsError
from toynets.rationals import (
    fraction,
    from_float,
    instead_of_comma,
    nearest_float,
    rational,
    short,
    text,
    to_float,
    workprec,
)


@pytest.mark.parametrize(
    ("given", "top", "bottom"),
    [
        ("3", 3, 1),
        ("-3", -3, 1),
        ("+3", 3, 1),
        ("0.25", 1, 4),
        ("-0.5", -1, 2),
        ("3/2", 3, 2),
        ("-6/4", -3, 2),
        (" 1 / 2 ", 1, 2),
        ("- 1", -1, 1),
        ("\N{MINUS SIGN}1/2", -1, 2),
        ("0.1", 1, 10),
        ("-0", 0, 1),
        ("007", 7, 1),
        (True, 1, 1),
        (7, 7, 1),
        (0.5, 1, 2),
        (0.1, 3602879701896397, 36028797018963968),
        (Fraction(1, 3), 1, 3),
        (fmpq(1, 3), 1, 3),
        (fmpz(4), 4, 1),
    ],
)
def test_numbers_are_read_exactly(given, top, bottom):
    assert rational(given) == fmpq(top, bottom)


def test_numpy_and_jax_scalars_are_read_exactly():
    import jax.numpy as jnp
    import numpy as np

    tenth = from_float(float(np.float32(0.1)))
    assert tenth != fmpq(1, 10)
    for value in (np.float32(0.1), np.array(0.1, np.float32), jnp.float32(0.1)):
        assert rational(value) == tenth
    for value in (np.int64(3), np.uint8(3), np.float16(3), jnp.int32(3)):
        assert rational(value) == 3
    assert rational(np.bool_(True)) == 1


@pytest.mark.parametrize("given", [None, "x", [], [1], {}, 1j, b"1", object()])
def test_what_is_no_number_is_refused(given):
    with pytest.raises(ToynetsError, match=r"not a number|expected a number"):
        rational(given)


def test_an_array_or_a_long_double_is_no_number():
    import numpy as np

    for value in (np.zeros(2), np.longdouble("0.1"), np.zeros(0)):
        with pytest.raises(ToynetsError, match="expected a number but got"):
            rational(value)


@pytest.mark.parametrize("given", [math.nan, math.inf, -math.inf])
def test_nan_and_infinity_are_refused(given):
    with pytest.raises(ToynetsError, match="not a number that a network can hold"):
        rational(given)


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ("0,5", "write 0.5 or 1/2."),
        ("1,5", "write 1.5 or 3/2."),
        ("10,5", "write 10.5 or 21/2."),
        ("-0,5", "write -0.5 or -1/2."),
        ("0,25", "write 0.25 or 1/4."),
    ],
)
def test_a_decimal_comma_is_answered_with_the_point(given, answer):
    with pytest.raises(ToynetsError, match="only the point is a decimal sign") as caught:
        rational(given)
    assert caught.value.fix == answer == instead_of_comma(given)


@pytest.mark.parametrize("given", ["1e5", "1E-3", "2.5e+10", "1e100000000"])
def test_an_exponent_is_named(given):
    with pytest.raises(ToynetsError, match="has an exponent, which is not read"):
        rational(given)


@pytest.mark.parametrize(
    "given",
    ["", " ", "1/2/3", "1.2.3", ".5", "5.", "1/-2", "--1", "1_000", "½", "٣", "1/2.5", "nan"],
)
def test_other_texts_are_refused(given):
    with pytest.raises(ToynetsError, match="is not a number"):
        rational(given)


def test_a_zero_denominator_is_named():
    with pytest.raises(ToynetsError, match="'1/0' divides by zero"):
        rational("1/0")


def test_long_numbers_are_refused_before_they_are_converted():
    assert rational("9" * 400) == 10**400 - 1
    for given in ("9" * 401, "0." + "1" * 61, "1" * 61 + ".5", "1/" + "9" * 401, "9" * 60_000):
        with pytest.raises(ToynetsError, match="is not a number") as caught:
            rational(given)
        assert len(str(caught.value)) < 500


def test_text_is_read_back_even_for_the_smallest_float_and_the_longest_decimal():
    for value in (
        from_float(5e-324),
        from_float(-1.7976931348623157e308),
        rational("0." + "7" * 60),
    ):
        assert rational(text(value)) == value


def test_fraction_and_text_and_float():
    assert fraction(fmpq(-3, 2)) == Fraction(-3, 2)
    assert (text(fmpq(-3, 2)), text(fmpq(0)), text(fmpq(8, 2))) == ("-3/2", "0", "4")
    assert to_float(fmpq(1, 3)) == 1 / 3
    assert to_float(fmpq(10**400)) == math.inf and to_float(fmpq(-(10**400))) == -math.inf


def test_short_never_shows_zero_or_infinity_for_another_number():
    assert short(fmpq(0)) == "0"
    assert short(fmpq(-7, 16)) == "-7/16"
    assert short(fmpq(1234567, 10)) == "123457"
    assert short(fmpq(1, 10**400)) == "1/1" + "0" * 400
    assert short(fmpq(10**400)) == "1" + "0" * 400


SMALLEST = fmpq(1, 2**149)
LARGEST = fmpq(2**128 - 2**104)
HALF_STEP = fmpq(2**103)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (fmpq(1, 10), 0.10000000149011612),
        (fmpq(-1, 10), -0.10000000149011612),
        (fmpq(3, 2), 1.5),
        # Halfway goes to the even neighbour; a hair beyond halfway does not, although float64
        # cannot see the hair.
        (1 + fmpq(1, 2**24), 1.0),
        (1 + fmpq(1, 2**24) + fmpq(1, 2**100), 1 + 2**-23),
        (-1 - fmpq(1, 2**24) - fmpq(1, 2**100), -1 - 2**-23),
        (1 + fmpq(3, 2**24), 1 + 2**-22),
        (1 + fmpq(3, 2**24) - fmpq(1, 2**100), 1 + 2**-23),
        (SMALLEST, 2**-149),
        (-SMALLEST, -(2**-149)),
        (SMALLEST / 2, 0.0),
        (SMALLEST / 2 + fmpq(1, 2**300), 2**-149),
        (-SMALLEST / 2 - fmpq(1, 2**300), -(2**-149)),
        (SMALLEST * 3 / 2 - fmpq(1, 2**300), 2**-149),
        (fmpq(1, 10**400), 0.0),
        (LARGEST, 3.4028234663852886e38),
        (LARGEST + HALF_STEP - fmpq(1, 2**10), 3.4028234663852886e38),
        (-LARGEST - HALF_STEP + fmpq(1, 2**10), -3.4028234663852886e38),
        (LARGEST + HALF_STEP, math.inf),
        (-LARGEST - HALF_STEP, -math.inf),
        (fmpq(10**60), math.inf),
        (fmpq(-(10**400)), -math.inf),
    ],
)
def test_rounding_to_float32_is_correct(value, expected):
    assert nearest_float(value, "float32") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (fmpq(1, 10), 0.1),
        (1 + fmpq(1, 2**53), 1.0),
        (1 + fmpq(1, 2**53) + fmpq(1, 2**200), 1 + 2**-52),
        (fmpq(1, 2**1074), 5e-324),
        (fmpq(1, 2**1075), 0.0),
        (fmpq(1, 2**1075) + fmpq(1, 2**2000), 5e-324),
        (fmpq(2**1024), math.inf),
    ],
)
def test_rounding_to_float64_is_correct(value, expected):
    assert nearest_float(value, "float64") == expected


def test_work_precision_is_restored():
    from flint import ctx

    before = ctx.prec
    with workprec(200):
        assert ctx.prec == 200
    assert ctx.prec == before


@pytest.mark.parametrize("text", ["9" * 10**6, "1" + " " * 3000 + "2", " " * 1000 + "1"])
def test_a_text_longer_than_any_number_is_refused_at_once(text):
    with pytest.raises(ToynetsError, match="is not a number"):
        rational(text)
