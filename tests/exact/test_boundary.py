"""What comes in: every way to give an input, and every way to get it wrong."""

from __future__ import annotations

import pytest
from exact_cases import DEEP, NET, ONE, F
from flint import arb, fmpq

from toynets.errors import ToynetsError
from toynets.exact import run
from toynets.exact.boundary import public


def test_an_input_may_be_given_in_many_ways():
    import numpy as np

    for x in ([1, 1], (1, 1), ["1", "2/2"], [1.0, fmpq(1)], np.ones(2, np.float32), [F(1), True]):
        assert run(NET, x) == F(7, 4)
    assert run(DEEP, np.float64(2)) == run(DEEP, [2]) == run(DEEP, "4/2") == 4
    assert run(NET, [0.1, 0]) == 2 * 0 - (3 * F(0.1) + F(1, 2)) + F(1, 4)  # 0.1 as it is stored


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ([1], r"net has 2 inputs \(x1, x2\), but the input is 1 number\.(.|\n)*\[0, 0\]"),
        ([1, 2, 3], r"2 inputs \(x1, x2\), but the input is 3 numbers"),
        ("11", r"2 inputs \(x1, x2\), but the input is '11'"),
        (1, r"2 inputs \(x1, x2\), but the input is 1\."),
        ([[0, 1], [1, 1], [0, 0]], r"several rows are several runs"),
        ([[0, 1], [1, 1]], r"x1 of the input: expected a number but got \[0, 1\]"),
        ([0, "0,5"], r"x2 of the input: '0,5'(.|\n)*write 0\.5 or 1/2"),
        ([float("nan"), 0], r"x1 of the input: nan is not a number"),
        ([0, None], r"x2 of the input: expected a number but got None"),
    ],
)
def test_an_input_that_does_not_fit_is_named(x, said):
    with pytest.raises(ToynetsError, match=said):
        run(NET, x)


def test_one_input_is_said_to_be_one():
    with pytest.raises(ToynetsError, match=r"deep has 1 input \(x1\), but the input is 2 numbers"):
        run(DEEP, [1, 2])


def test_a_ball_without_end_is_refused():
    with pytest.raises(ToynetsError, match="too large for ball arithmetic"):
        public(arb("inf"))


def test_a_source_that_does_not_fit_is_named():
    with pytest.raises(ToynetsError, match="but the source is 3 numbers"):
        run(NET, ONE, "h1 = (x')", source=[1, 2, 3])
