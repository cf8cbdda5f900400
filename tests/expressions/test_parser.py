"""What is read, and how it groups."""

from __future__ import annotations

import pytest

from toynets.errors import ParseError, ToynetsError
from toynets.expressions import (
    AUTHOR,
    CLAIMS,
    PI,
    Binary,
    Call,
    Limits,
    Name,
    Number,
    Unary,
    parse_expression,
)

A, B, C, D = Name("a"), Name("b"), Name("c"), Name("d")


def less(left, right):
    return Binary("<", left, right)


def both(left, right):
    return Binary("and", left, right)


def either(left, right):
    return Binary("or", left, right)


def no(operand):
    return Unary("not", operand)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b*c", A + (B * C)),
        ("a*b + c", (A * B) + C),
        ("a - b - c", (A - B) - C),
        ("a - (b - c)", A - (B - C)),
        ("a/b/c", (A / B) / C),
        ("a/b*c", (A / B) * C),
        ("a*b/c", (A * B) / C),
        ("-a*b", (-A) * B),
        ("-a + b", (-A) + B),
        ("-(a + b)", -(A + B)),
        ("a*-b", A * (-B)),
        ("a - -b", A - (-B)),
        ("--a", Unary("-", -A)),
        ("-2", Unary("-", Number(2))),
        ("3/2", Number(3) / Number(2)),
        ("a + b < c*d", less(A + B, C * D)),
        ("(a < b) < c", less(less(A, B), C)),
        ("not a < b", no(less(A, B))),
        ("(not a) < b", less(no(A), B)),
        ("not not a", no(no(A))),
        ("not a and b", both(no(A), B)),
        ("a and not b", both(A, no(B))),
        ("a or b and c", either(A, both(B, C))),
        ("a and b or c", either(both(A, B), C)),
        ("a and b and c", both(both(A, B), C)),
        ("not (a or b)", no(either(A, B))),
        ("a < b and c < d", both(less(A, B), less(C, D))),
        ("2*(a < b)", 2 * less(A, B)),
        ("max(a, b + c, -d)", Call("max", A, B + C, -D)),
        ("relu(relu((a)))", Call("relu", Call("relu", A))),
        ("mod(a, b)*c", Call("mod", A, B) * C),
        ("cos(2*pi/5)", Call("cos", (2 * PI) / 5)),
        ("max(0,5)", Call("max", 0, 5)),
    ],
)
def test_precedence_and_grouping(text, tree):
    assert parse_expression(text) == tree


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "==", "!="])
def test_every_comparison(sign):
    assert parse_expression(f"a{sign}b") == Binary(sign, A, B)
    assert parse_expression(f"a{sign}-b") == Binary(sign, A, -B)


@pytest.mark.parametrize(
    "name", ["x1", "h1.2", "carry", "a_b", "X", "h10.11", "nothing", "pi2", "e5"]
)
def test_names(name):
    assert parse_expression(name) == Name(name)


@pytest.mark.parametrize(
    ("unicode", "ascii_text"),
    [
        ("2×a·b", "2*a*b"),
        ("a − b", "a - b"),
        ("−a", "-a"),
        ("a ÷ b", "a/b"),
        ("a ≤ b ∧ c ≥ d", "a <= b and c >= d"),
        ("a ≠ b ∨ ¬c", "a != b or not c"),
        ("2·π", "2*pi"),
        ("x₁ + h₁.₂ − x₁₀", "x1 + h1.2 - x10"),
        ("a\u00a0+\u2009b\t-\nc", "a + b - c"),
    ],
)
def test_mathematical_signs_are_read(unicode, ascii_text):
    assert parse_expression(unicode) == parse_expression(ascii_text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", "0"), ("007", "7"), ("0.50", "1/2"), ("12.125", "97/8"), ("0.1", "1/10")],
)
def test_decimals_are_read_exactly(text, value):
    assert parse_expression(text) == Number(value)


def test_only_the_names_given_are_read():
    assert parse_expression("x1 + x2", names=iter(["x1", "x2"])) == Name("x1") + Name("x2")
    with pytest.raises(ParseError, match=r"no name x3\. Names: x1, x2. Nearest: x2") as caught:
        parse_expression("x1 + x3", names=["x1", "x2"])
    assert caught.value.column == 6
    with pytest.raises(ParseError, match=r"no name x1. There are no names."):
        parse_expression("x1", names=[])


def test_words_of_other_languages_may_be_names():
    assert parse_expression("xor + true", names=["xor", "true"]).names() == ("xor", "true")


@pytest.mark.parametrize(
    ("limits", "longest"), [(CLAIMS, 400), (AUTHOR, 65_536), (Limits(characters=5), 5)]
)
def test_the_limit_on_characters(limits, longest):
    assert parse_expression("a".rjust(longest), limits=limits) == A
    with pytest.raises(
        ParseError, match=f"has {longest + 1} characters; at most {longest}"
    ) as caught:
        parse_expression("a".rjust(longest + 1), limits=limits)
    assert caught.value.column == longest + 1


def sum_of(terms):
    """A sum of equal terms with brackets that keep it flat."""
    if terms == 1:
        return "1"
    return f"({sum_of(terms // 2)}+{sum_of(terms - terms // 2)})"


def test_the_limit_on_nodes():
    assert parse_expression(sum_of(60), limits=CLAIMS).node_count == 119
    with pytest.raises(ParseError, match="more than 120 nodes") as caught:
        parse_expression(sum_of(61), limits=CLAIMS)
    assert sum_of(61)[: caught.value.column].count("1") == 61
    assert parse_expression(sum_of(10_000)).node_count == 19_999
    with pytest.raises(ParseError, match="more than 20000 nodes"):
        parse_expression(sum_of(10_001))


@pytest.mark.parametrize(("limits", "depth"), [(CLAIMS, 24), (AUTHOR, 200), (Limits(depth=3), 3)])
def test_the_limit_on_depth(limits, depth):
    assert parse_expression("-" * (depth - 1) + "a", limits=limits).depth == depth
    assert parse_expression("+".join("a" * depth), limits=limits).depth == depth
    assert parse_expression("(" * depth + "a" + ")" * depth, limits=limits) == A
    for text, column in (
        ("-" * depth + "a", 1),
        ("+".join("a" * (depth + 1)), 2 * depth),
        ("abs(" * depth + "a" + ")" * depth, 1),
    ):
        with pytest.raises(ParseError, match=f"more than {depth} levels deep") as caught:
            parse_expression(text, limits=limits)
        assert caught.value.column == column
    with pytest.raises(ParseError, match=f"nested more than {depth} deep") as caught:
        parse_expression("(" * (depth + 1) + "a", limits=limits)
    assert caught.value.column == depth + 1


@pytest.mark.parametrize(
    "unit", ["(", "-", "not ", "relu(", "max(1,", "1+(", "1-", "x*", "((", "2.5/("]
)
def test_64_kilobytes_of_nesting_is_a_parse_error(unit):
    text = unit * (65_536 // len(unit))
    with pytest.raises(ParseError):
        parse_expression(text)


@pytest.mark.parametrize("text", [None, 1, b"x1", ["x1"]])
def test_something_other_than_text(text):
    with pytest.raises(ToynetsError, match="expected a text but got"):
        parse_expression(text)


def test_names_as_one_text():
    with pytest.raises(ToynetsError, match=r"names='x1' is one text(.|\n)*pass a list"):
        parse_expression("x1", names="x1")
