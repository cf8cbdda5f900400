"""Values that are not rational: balls that contain them, and questions they leave open."""

from __future__ import annotations

import math

import pytest
from flint import arb, ctx, fmpq

from toynets.errors import ToynetsError, Undecided
from toynets.expressions import parse_expression


def value(text, values=None, **options):
    return parse_expression(text).evaluate(values, **options)


@pytest.fixture(autouse=True)
def _enough_digits_for_comparing():
    with ctx.workprec(256):
        yield


# Digits from tables, not from another run of the same library.
@pytest.mark.parametrize(
    ("text", "decimals"),
    [
        ("pi", "3.14159265358979323846264338327950288"),
        ("sqrt(2)", "1.41421356237309504880168872420969807"),
        ("cos(1)", "0.54030230586813971740093660744297660"),
        ("sin(1)", "0.84147098480789650665250232163029899"),
        ("tanh(1)", "0.76159415595576488811945828260479359"),
        ("sigmoid(1)", "0.73105857863000487925115924182183627"),
        ("cos(2*pi/5)", "0.30901699437494742410229341718281906"),
    ],
)
def test_known_digits(text, decimals):
    ball = value(text)
    assert type(ball) is arb
    places = len(decimals) - 2
    known = fmpq(int(decimals.replace(".", "")), 10**places)
    assert ball > known - fmpq(1, 10 ** (places - 1))
    assert ball < known + fmpq(1, 10 ** (places - 1))


def test_the_ball_is_as_narrow_as_its_precision():
    assert 100 < value("tanh(1)").rel_accuracy_bits() <= 128
    assert value("tanh(1)", precision=400).rel_accuracy_bits() > 350


def test_a_definite_sign_gives_a_rational():
    assert value("relu(-pi)") == 0
    assert type(value("relu(-pi)")) is fmpq
    assert value("max(pi, 4)") == 4
    assert value("min(4, pi, 3)") == 3
    assert value("step(pi - 3)") == 1
    assert value("step(3 - pi)") == 0
    assert value("abs(-pi) == pi - pi") == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pi < 22/7", 1),
        ("pi > 22/7", 0),
        ("pi <= 3", 0),
        ("pi >= 3", 1),
        ("pi == 3", 0),
        ("pi != 3", 1),
        ("sqrt(2) < pi", 1),
        ("mod(10, pi) < 1", 1),
        ("mod(-1, pi) > 2", 1),
        ("sigmoid(-100) > 0", 1),
        ("sigmoid(100) < 1", 1),
    ],
)
def test_separated_balls_are_compared(text, expected):
    assert value(text, precision=256) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sqrt(2)*sqrt(2) == 2", r"whether sqrt\(2\)\*sqrt\(2\) == 2 is not decided"),
        ("sqrt(2)*sqrt(2) > 2", "is not decided(.|\n)*more than the 128 bits"),
        ("sqrt(2)*sqrt(2) >= 2", "is not decided"),
        ("sqrt(2)*sqrt(2) < 2", "is not decided"),
        ("sqrt(2)*sqrt(2) <= 2", "is not decided"),
        ("sqrt(2)*sqrt(2) != 2", "is not decided"),
        ("step(sin(pi))", r"whether sin\(pi\) is above 0 is not decided"),
        ("mod(sqrt(2)*sqrt(2), 1)", r"whole part of mod\(sqrt\(2\)\*sqrt\(2\), 1\) is not decided"),
        ("1/sin(pi)", r"whether 1/sin\(pi\) divides by zero is not decided"),
        ("mod(1, sin(pi))", r"divides by zero is not decided"),
        ("sqrt(sin(pi))", r"whether sin\(pi\) is negative is not decided"),
        ("sin(pi) and 1", r"whether sin\(pi\) is 0 or 1 is not decided"),
        ("1 or -cos(pi)", r"whether -cos\(pi\) is 0 or 1 is not decided"),
        ("not sin(pi)", r"is 0 or 1 is not decided"),
    ],
)
def test_what_the_balls_leave_open_is_said(text, message):
    with pytest.raises(Undecided, match=message):
        value(text)


def test_undecided_names_the_input():
    with pytest.raises(
        Undecided, match=r"whether tanh\(x1\) == x2 is not decided at x1 = 1, x2 = "
    ):
        value("tanh(x1) == x2", {"x1": 1, "x2": value("tanh(1)")})


def test_a_ball_that_is_surely_not_0_or_1_is_wrong_use():
    with pytest.raises(ToynetsError, match="`not` takes only 0 and 1, but pi is") as caught:
        value("not pi")
    assert not isinstance(caught.value, Undecided)


WIDE = {"b": arb(0, 1), "c": arb(0.5, 1)}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("relu(b)", 0, 1),
        ("abs(b)", 0, 1),
        ("square(b)", 0, 1),
        ("relu(c)", 0, 1.5),
        ("abs(c - 1)", 0, 1.5),
        ("square(c)", 0, 2.25),
        ("max(b, c)", -0.5, 1.5),
        ("min(b, c)", -1, 1),
        ("max(b, 0)", 0, 1),
        ("tanh(b)", math.tanh(-1), math.tanh(1)),
        ("sigmoid(b)", 1 / (1 + math.e), 1 / (1 + 1 / math.e)),
    ],
)
def test_functions_of_a_wide_ball_contain_every_possible_value(text, low, high):
    ball = value(text, WIDE)
    slack = 1e-9
    assert ball.lower() <= low + slack
    assert ball.upper() >= high - slack


@pytest.mark.parametrize(
    ("text", "low"), [("relu(b)", 0), ("abs(b)", 0), ("square(b)", 0), ("relu(c)", 0)]
)
def test_the_hull_does_not_reach_below_zero(text, low):
    assert value(text, WIDE).lower() >= low - 1e-6


@pytest.mark.parametrize("text", ["b > 0", "step(b)", "1/b", "mod(c, 1)"])
def test_a_wide_ball_among_the_values_can_leave_it_open(text):
    with pytest.raises(Undecided, match="is not decided at b = "):
        value(text, WIDE)


def test_a_ball_without_end_is_not_returned():
    with pytest.raises(Undecided, match="the value is not decided"):
        value("b + 1", {"b": arb("inf")})


@pytest.mark.parametrize("exponent", [10, 10**6, 10**30])
def test_sigmoid_and_tanh_far_out(exponent):
    assert 0 <= value("sigmoid(-x1)", {"x1": exponent}).upper() < 1e-4
    assert value("sigmoid(x1)", {"x1": exponent}).lower() > 0.9999
    assert value("tanh(x1)", {"x1": exponent}).lower() > 0.9999


def test_exact_balls_act_like_numbers():
    assert value("b == 2 and b > 1", {"b": arb(2)}) == 1
    with pytest.raises(ToynetsError, match="division by zero"):
        value("1/b", {"b": arb(0)})
    assert value("b and 1", {"b": arb(1)}) == 1
