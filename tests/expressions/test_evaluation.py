"""Exact values, on rationals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import ctx, fmpq

from toynets.errors import ToynetsError
from toynets.expressions import Name, parse_expression
from toynets.rationals import rational


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3 + 1/6", "1/2"),
        ("0.1 + 0.2", "3/10"),
        ("2 - 3*4", "-10"),
        ("8/4/2", "1"),
        ("-2*3", "-6"),
        ("2 - -3", "5"),
        ("max(1, 3/2, -2)", "3/2"),
        ("min(1, 3/2, -2)", "-2"),
        ("abs(-2/3)", "2/3"),
        ("relu(-1)", "0"),
        ("relu(0)", "0"),
        ("relu(3/2)", "3/2"),
        ("step(-1)", "0"),
        ("step(0)", "0"),
        ("step(1/1000000)", "1"),
        ("square(-3/2)", "9/4"),
        ("mod(7, 3)", "1"),
        ("mod(-1, 3)", "2"),
        ("mod(1, -3)", "-2"),
        ("mod(-7/2, 2)", "1/2"),
        ("mod(6, 3)", "0"),
        ("tanh(0)", "0"),
        ("sigmoid(0)", "1/2"),
        ("sin(0)", "0"),
        ("cos(0)", "1"),
        ("sqrt(4/9)", "2/3"),
        ("sqrt(0)", "0"),
        ("sqrt(square(12345678901234567890))", "12345678901234567890"),
        ("1 < 2", "1"),
        ("2 < 1", "0"),
        ("1 < 1", "0"),
        ("1 <= 1", "1"),
        ("2 <= 1", "0"),
        ("2 > 1", "1"),
        ("1 > 1", "0"),
        ("1 >= 1", "1"),
        ("0 >= 1", "0"),
        ("1/3 == 2/6", "1"),
        ("1/3 == 0.33", "0"),
        ("1/3 != 0.33", "1"),
        ("1 != 1", "0"),
        ("0 and 0", "0"),
        ("0 and 1", "0"),
        ("1 and 0", "0"),
        ("1 and 1", "1"),
        ("0 or 0", "0"),
        ("0 or 1", "1"),
        ("1 or 0", "1"),
        ("1 or 1", "1"),
        ("not 0", "1"),
        ("not 1", "0"),
        ("not 1 < 0 and 2 > 1", "1"),
        ("3*(2 > 1) + (2 > 3)", "3"),
    ],
)
def test_exact_values(text, value):
    e = parse_expression(text)
    assert type(e.evaluate()) is fmpq
    assert e.evaluate() == rational(value)
    # The same with every number handed in by name: constants are worked out in advance.
    names = {}
    renamed = e
    for number in ("1", "2", "3"):
        names[f"n{number}"] = rational(number)
        renamed = replace_number(renamed, number)
    if not any(word in text for word in ("sqrt", "sin", "cos")):
        assert renamed.evaluate(names) == rational(value)


def replace_number(e, number):
    """Every literal of one value as a name."""
    from toynets.expressions import Number

    if e == Number(number):
        return Name(f"n{number}")
    if not e.children:
        return e
    return type(e)(e.label, *(replace_number(child, number) for child in e.children))


@pytest.mark.parametrize(
    "half", [0.5, "1/2", "0.5", Fraction(1, 2), fmpq(1, 2), np.float32(0.5), np.float64(0.5)]
)
def test_values_may_be_any_kind_of_number(half):
    assert parse_expression("x1 + 1").evaluate({"x1": half, "unused": 0}) == fmpq(3, 2)


def test_floats_are_taken_exactly():
    assert parse_expression("x1 == 1/10").evaluate({"x1": 0.1}) == 0
    assert parse_expression("x1 == 1/10").evaluate({"x1": "0.1"}) == 1


def test_compiled_gives_what_evaluate_gives_on_every_row():
    e = parse_expression("relu(x1 + x2 - 1) - 2*(x1 == x2) + mod(x1 - x2, 2)")
    f = e.compiled()
    rows = [{"x1": a, "x2": b} for a in (0, 1) for b in (0, 1)]
    assert [f(row) for row in rows] == [e.evaluate(row) for row in rows] == [-2, 1, 1, -1]


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        (
            "1/(x1 - x2)",
            {"x1": 1, "x2": 1},
            r"division by zero in 1/\(x1 - x2\) at x1 = 1, x2 = 1\.",
        ),
        ("1 or 1/x1", {"x1": 0}, "division by zero in 1/x1 at x1 = 0"),
        ("mod(x1, 0*x1)", {"x1": "1/2"}, r"division by zero in mod\(x1, 0\*x1\) at x1 = 1/2"),
        ("1/0", {}, r"division by zero in 1/0\."),
        ("x1 and 1", {"x1": 2}, "`and` takes only 0 and 1, but x1 is 2 at x1 = 2"),
        ("0 and x1 + 1", {"x1": 1}, r"`and` takes only 0 and 1, but x1 \+ 1 is 2 at x1 = 1"),
        ("1 or x1", {"x1": -1}, "`or` takes only 0 and 1, but x1 is -1 at x1 = -1"),
        (
            "not x1",
            {"x1": "1/2"},
            "`not` takes only 0 and 1, but x1 is 1/2 at x1 = 1/2(.|\n)*compare",
        ),
        ("x1 + x3", {"x1": 1, "x2": 2}, "no value x3. Values: x1, x2. Nearest: x2(.|\n)*for x3"),
        ("x1", {}, "no value x1. There are no values"),
        ("x1", {"x1": "one"}, "'one' is not a number"),
        ("x1", {"x1": float("inf")}, "inf is not a number"),
        ("x1", [1], r'expected the values by name but got \[1\](.|\n)*evaluate\(\{"x1": 1\}\)'),
        ("x1 + sqrt(-4)", {"x1": 0}, r"sqrt\(-4\) is the root of a negative number"),
    ],
)
def test_what_has_no_value_is_an_error_that_names_the_input(text, values, message):
    for evaluate in (parse_expression(text).evaluate, parse_expression(text).compiled()):
        with pytest.raises(ToynetsError, match=message):
            evaluate(values)


def test_messages_stay_short():
    many = {f"x{i}": 0 for i in range(1, 100)}
    with pytest.raises(ToynetsError, match=r"division by zero in 1/\(x1 \+ x2") as caught:
        parse_expression("1/(" + " + ".join(list(many)[:60]) + ")").evaluate(many)
    assert len(caught.value.message) < 400


def test_a_fault_in_a_constant_part_waits_for_evaluation():
    e = parse_expression("x1 + 1/(2 - 2)")
    evaluate = e.compiled()
    with pytest.raises(ToynetsError, match=r"division by zero in 1/\(2 - 2\) at x1 = 3"):
        evaluate({"x1": 3})


def test_squares_of_squares_are_stopped_before_they_fill_the_memory():
    e = parse_expression("square(" * 20 + "x1" + ")" * 20)
    assert e.evaluate({"x1": 1}) == 1
    with pytest.raises(
        ToynetsError, match=r"would have more than 39321 digits at x1 = 3(.|\n)*double"
    ):
        e.evaluate({"x1": 3})


@pytest.mark.parametrize("precision", [0, 1, 65_537, 1.5, None])
def test_precision_has_bounds(precision):
    with pytest.raises(ToynetsError, match=r"precision=.* is not an integer from 2 to 65536"):
        parse_expression("x1").compiled(precision=precision)


def test_the_precision_of_flint_is_left_as_it_was():
    before = ctx.prec
    parse_expression("tanh(x1)").evaluate({"x1": 1}, precision=300)
    with pytest.raises(ToynetsError):
        parse_expression("tanh(x1) + 1/(x1 - 1)").evaluate({"x1": 1}, precision=300)
    with pytest.raises(ToynetsError):
        parse_expression("x1").evaluate({}, precision=300)
    assert ctx.prec == before


def test_the_deepest_expression_can_be_evaluated():
    e = Name("a")
    for _ in range(199):
        e = 1 - e
    assert e.evaluate({"a": 0}) == 1
