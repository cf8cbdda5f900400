"""Text, Unicode and LaTeX."""

from __future__ import annotations

import pytest
from flint import fmpq

from toynets.expressions import Call, Name, Number, Unary, parse_expression
from toynets.expressions.rendering import digits

A, B = Name("a"), Name("b")


@pytest.mark.parametrize(
    "text",
    [
        "a + b + c",
        "a + (b + c)",
        "a - (b - c)",
        "a - b + c",
        "a*(b + c)",
        "(a + b)*c",
        "a/(b*c)",
        "a/b*c",
        "a*(b/c)",
        "-a*b",
        "-(a*b)",
        "-(a + b)",
        "--a",
        "a - -b",
        "a*-b",
        "a/-(b + 1)",
        "-a + b",
        "a < b + 1",
        "(a < b) == c",
        "a == (b < c)",
        "2*(a < b)",
        "not a < b",
        "not not a",
        "(not a) + b",
        "(not a) < b",
        "a < (not b)",
        "-(not a)",
        "not (a and b)",
        "not a and not b or c",
        "a and (b or c)",
        "a and (b and c)",
        "a or (b or c)",
        "max(a, b + c, -d)",
        "relu(a - 0.5) - 2*relu(b - 3/2)",
        "cos(2*pi/5)",
        "h1.2 + carry",
        "-1/3",
        "1/(1/3)",
    ],
)
def test_text_has_the_brackets_that_it_needs_and_no_others(text):
    e = parse_expression(text)
    assert str(e) == text
    for start, sign in enumerate(text):
        before = text[start - 1] if start else " "
        if sign == "(" and not before.isalnum():
            without = text[:start] + " " + text[start + 1 : matching(text, start)]
            without += " " + text[matching(text, start) + 1 :]
            assert str_or_refusal(without) != text


def matching(text, start):
    """Position of the bracket that closes the one at `start`."""
    level = 0
    for position in range(start, len(text)):
        level += {"(": 1, ")": -1}.get(text[position], 0)
        if level == 0:
            return position
    raise AssertionError(text)


def str_or_refusal(text):
    from toynets.errors import ParseError

    try:
        return str(parse_expression(text))
    except ParseError:
        return None


@pytest.mark.parametrize(
    ("text", "unicode", "latex"),
    [
        ("x1 + h1.2 + carry", "x₁ + h₁.₂ + carry", r"x_{1} + h_{1,2} + \mathrm{carry}"),
        ("x12", "x₁₂", "x_{12}"),
        ("sum3", "sum₃", r"\mathrm{sum}_{3}"),
        ("a_1", "a_1", r"\mathrm{a\_1}"),
        ("x1a", "x1a", r"\mathrm{x1a}"),
        ("x", "x", "x"),
        ("2*x1", "2·x₁", r"2 \cdot x_{1}"),
        ("-a*b", "−a·b", r"-a \cdot b"),
        ("a*-b", "a·(−b)", r"a \cdot \left(-b\right)"),
        ("a - -b", "a − (−b)", r"a - \left(-b\right)"),
        ("--a", "−(−a)", r"-\left(-a\right)"),
        ("-(a + b)", "−(a + b)", r"-\left(a + b\right)"),
        ("(a + b)/(a - b)", "(a + b)/(a − b)", r"\frac{a + b}{a - b}"),
        ("-(1/3)", "−(1/3)", r"-\frac{1}{3}"),
        ("a*(b/c)", "a·(b/c)", r"a \cdot \frac{b}{c}"),
        ("square(a/b)", "square(a/b)", r"\left(\frac{a}{b}\right)^{2}"),
        ("square(x1)", "square(x₁)", "x_{1}^{2}"),
        ("square(square(a))", "square(square(a))", r"\left(a^{2}\right)^{2}"),
        ("abs(a - 1)", "abs(a − 1)", r"\left|a - 1\right|"),
        ("sqrt(2)", "sqrt(2)", r"\sqrt{2}"),
        ("cos(2*pi/5)", "cos(2·π/5)", r"\cos\left(\frac{2 \cdot \pi}{5}\right)"),
        ("relu(a)", "relu(a)", r"\operatorname{relu}\left(a\right)"),
        ("sigmoid(a)", "sigmoid(a)", r"\operatorname{sigmoid}\left(a\right)"),
        ("tanh(a)", "tanh(a)", r"\tanh\left(a\right)"),
        ("mod(a, 2)", "mod(a, 2)", r"\operatorname{mod}\left(a, 2\right)"),
        ("max(a, b, 0)", "max(a, b, 0)", r"\max\left(a, b, 0\right)"),
        ("a <= b and c != d", "a ≤ b ∧ c ≠ d", r"a \le b \wedge c \neq d"),
        ("a >= b or c == d", "a ≥ b ∨ c == d", r"a \ge b \vee c = d"),
        ("not a < b", "¬(a < b)", r"\neg \left(a < b\right)"),
        ("not (a/b)", "¬(a/b)", r"\neg \left(\frac{a}{b}\right)"),
        ("not a and b", "¬a ∧ b", r"\neg a \wedge b"),
        ("(a < b) == c", "(a < b) == c", r"\left(a < b\right) = c"),
    ],
)
def test_unicode_and_latex(text, unicode, latex):
    e = parse_expression(text)
    assert (e.unicode(), e.latex()) == (unicode, latex)
    assert parse_expression(e.unicode()) == e


def test_a_notebook_shows_the_formula():
    assert (A / 2)._repr_latex_() == r"$\displaystyle \frac{a}{2}$"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (fmpq(0), "0"),
        (fmpq(10), "10"),
        (fmpq(1, 8), "0.125"),
        (fmpq(1, 50), "0.02"),
        (fmpq(12345, 100), "123.45"),
        (fmpq(10) ** 1099, "1" + "0" * 1099),
    ],
)
def test_literals(number, text):
    assert digits(number) == text
    assert str(Number(number)) == text


def test_the_deepest_expressions_can_be_written_and_read():
    for step in (
        lambda e: 1 - e,
        lambda e: Unary("not", e),
        lambda e: Call("max", 0, e),
        lambda e: e / 2,
    ):
        e = A
        for _ in range(199):
            e = step(e)
        assert e.depth == 200
        assert parse_expression(str(e)) == e
        assert parse_expression(e.unicode()) == e
        assert e.latex().count("a") >= 1
        assert e.substitute({"a": B}).names() == ("b",)
