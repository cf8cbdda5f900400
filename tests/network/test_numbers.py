"""Numbers that a network is built from: every form, what is refused, and how they are rounded."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from network_cases import one

from toynets.errors import ToynetsError
from toynets.network import Network


def test_numbers_are_read_in_every_form():
    import jax.numpy as jnp
    import numpy as np

    rows = [[0.5, -2.0], [0.25, 3.0]]
    wanted = Network.from_layers([(rows, [1, 0.125], "relu")])
    for weight, bias in (
        ([["1/2", "-2"], ["0.25", 3]], ["1", "1/8"]),
        ([[Fraction(1, 2), -2], [Fraction(1, 4), Fraction(3)]], (Fraction(1), 0.125)),
        (np.array(rows, np.float32), np.array([1, 0.125], np.float16)),
        (np.array(rows), np.array([1, 0.125])),
        (jnp.array(rows), jnp.array([1, 0.125])),
        (
            [np.array(rows[0]), tuple(np.float32(v) for v in rows[1])],
            [np.int64(1), jnp.float32(1 / 8)],
        ),
    ):
        assert Network.from_layers([(weight, bias, "relu")]) == wanted


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_nan_and_infinity_are_refused_by_address(bad):
    with pytest.raises(ToynetsError, match=r"x1->y = (nan|-?inf): .*not a number that a network"):
        one(bad)
    with pytest.raises(ToynetsError, match=r"y\.bias = (nan|-?inf)"):
        one(1, bad, round=True)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("0,5", "x1->y = '0,5': .*only the point[^\0]*write 0.5 or 1/2"),
        ("abc", "x1->y = 'abc': 'abc' is not a number"),
        (None, "x1->y = None: expected a number but got None"),
        ([1], r"x1->y = \[1\]: expected a number but got \[1\]"),
        (1j, "expected a number but got 1j"),
    ],
)
def test_what_is_no_number_is_refused_by_address(bad, message):
    with pytest.raises(ToynetsError, match=message):
        one(bad)


def test_a_number_that_the_dtype_cannot_hold_is_refused_or_rounded_and_reported():
    with pytest.raises(
        ToynetsError, match=r"x1->y = 0\.1 is not a float32 number; the nearest is 0\.10000000149"
    ) as caught:
        one(0.1)
    assert "round=True" in caught.value.fix and "dtype='float64'" in caught.value.fix
    rounded = one("0.1", "1/2", round=True)
    assert rounded["x1->y"] == 0.10000000149011612
    assert rounded.rounded == (("x1->y", "0.1", 0.10000000149011612),)
    assert one(0.1, dtype="float64")["x1->y"] == 0.1 and one(0.5).rounded == ()
    with pytest.raises(ToynetsError, match="is not a float64 number"):
        one("0.1", dtype="float64")


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (2.0**-149, 2.0**-149),
        (2.0**-150, 0.0),  # halfway to the smallest number goes to the even neighbour, 0
        (2.0**-150 * 1.5, 2.0**-149),
        ((1 + 2.0**-24) * 1.0, 1.0),
        ("1/3", 0.3333333432674408),
        (3.4028235e38, 3.4028234663852886e38),
    ],
)
def test_rounding_to_float32(given, stored):
    assert one(given, round=True)["x1->y"] == stored


@pytest.mark.parametrize("given", [3.5e38, -3.5e38, "1" + "0" * 39])
def test_a_number_over_the_range_is_refused_even_with_round(given):
    with pytest.raises(ToynetsError, match="is too large for float32"):
        one(given, round=True)
    assert math.isfinite(one(given, dtype="float64", round=True)["x1->y"])


def test_negative_zero_is_zero():
    for zero in (-0.0, "-0", Fraction(0), -(2.0**-151)):
        net = one(zero, -0.0, round=True)
        assert math.copysign(1, net["x1->y"]) == 1 == math.copysign(1, net["y.bias"])
        assert net == one(0) and net.hash == one(0).hash


def test_a_dtype_is_float32_or_float64():
    import numpy as np

    for dtype in ("float16", "int32", None, 32):
        with pytest.raises(ToynetsError, match="expected dtype float32 or float64 but got"):
            one(1, dtype=dtype)
    assert one(1, dtype=np.dtype("float64")) == one(1, dtype="float64")
