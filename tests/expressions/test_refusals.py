"""Texts that are refused: the message, the column, and what to write instead."""

from __future__ import annotations

import re

import pytest

from toynets.errors import ParseError
from toynets.expressions import parse_expression

# text, column, message, what to write instead
REFUSED = [
    # Numbers.
    ("0,5", 2, "the comma separates the arguments", "write 0.5 or 1/2."),
    ("(1,25)", 3, "the comma separates the arguments", "write 1.25 or 5/4."),
    ("x1 + 0,5", 7, "the comma separates the arguments", "write 0.5 or 1/2."),
    ("relu(0,5)", 1, "relu takes 1 argument and has 2", "write 0.5 or 1/2."),
    ("relu(x1, x2)", 1, "relu takes 1 argument and has 2", ""),
    ("x1, x2", 3, "the comma separates the arguments", "max(a, b)"),
    ("1e3", 2, "the number 1e3 has an exponent", "write 1000."),
    ("1E-3", 2, "the number 1E-3 has an exponent", "1/1000"),
    ("1e999", 2, "the number 1e999 has an exponent", "write all its digits"),
    ("1e" + "9" * 5000, 2, "has an exponent", "write all its digits"),
    ("9" * 1101, 1, "a number with more than 1100 digits", ""),
    ("0." + "9" * 1101, 1, "a number with more than 1100 digits", ""),
    (".5", 1, "a number starts with a digit", "write 0 before the point"),
    ("5.", 2, "a point with no digits after it", "write 5 or 5.0."),
    ("1.2.3", 4, "a number has one point", "leave the second point out"),
    ("1_000", 2, "_ does not group digits", "write the digits together"),
    # Two values side by side.
    ("2 x1", 3, "there is no sign between 2 and x1", "write 2*x1."),
    ("2x1", 2, "there is no sign between 2 and x1", "write 2*x1."),
    ("x1 x2", 4, "there is no sign between x1 and x2", "write x1*x2."),
    ("2(x1 + 1)", 2, "there is no sign between 2 and (", "write 2*(…)."),
    ("(x1)(x2)", 5, "there is no sign between ) and (", "write (…)*(…)."),
    ("2relu(x1)", 2, "there is no sign between 2 and relu", "write 2*relu(…)."),
    ("2π", 2, "there is no sign between 2 and pi", "write 2*pi."),
    ("x1 not x2", 4, "there is no sign between x1 and not", "write and not, or or not."),
    ("x1 mod 2", 4, "there is no sign between x1 and mod", "write mod(a, b)."),
    ("1 if x1 else 0", 3, "there is no sign between 1 and if", "write (x1 > 0)*a + (x1 <= 0)*b."),
    ("x1 XOR x2", 4, "there is no sign between x1 and XOR", "write a != b."),
    ("NOT x1", 5, "there is no sign between NOT and x1", "write not."),
    # Signs of other languages.
    ("x1^2", 3, "the language has no powers", "write square(x1)"),
    ("x1**2", 3, "the language has no powers", "x1*x1*x1"),
    ("x1²", 3, "the language has no powers", "write square(x1)"),
    ("√2", 1, "the language has no root sign", "write sqrt(2)"),
    ("x1 && x2", 4, "&& is not a sign", "write and."),
    ("x1 & x2", 4, "& is not a sign", "write and."),
    ("x1 || x2", 4, "|| is not a sign", "write or;"),
    ("|x1|", 1, "| is not a sign", "write abs(x) for |x|"),
    ("!x1", 1, "! is not a sign", "write not"),
    ("~x1", 1, "~ is not a sign", "write not."),
    ("x1 = 1", 4, "one = is not a comparison", "write ==."),
    ("x1 <> 1", 4, "<> is not a comparison", "write !=."),
    ("x1 =< 1", 4, "=< is not a comparison", "write <=."),
    ("x1 => 1", 4, "=> is not a comparison", "write >=."),
    ("x1->h2", 3, "-> belongs to interventions", "write the number of the weight"),
    ("x1 % 2", 4, "% is not a sign", "write mod(a, b)."),
    ("x1 // 2", 4, "there is no whole-number division", "write a/b"),
    ("x1 ? 1 : 0", 4, "there is no conditional", "write (x1 > 0)*a"),
    ("[x1]", 1, "brackets are round here", "write (."),
    ("{x1}", 1, "brackets are round here", "write (."),
    ("(x1]", 4, "brackets are round here", "write )."),
    ("(x1}", 4, "brackets are round here", "write )."),
    ("h1@2", 3, "@ numbers the copies of a tied weight", "write the name of a unit"),
    ("h2.pre", 3, "h2.pre belongs to interventions", "write h2, or its sum."),
    ("h2.bias", 3, "h2.bias belongs to interventions", "its bias as a number"),
    ("h1.", 3, "h1 is followed by a point", "h1.2 is unit 2 of layer 1"),
    ("h1.2.3", 5, "h1.2 is followed by a point", ""),
    ("größe", 3, "'ö' is not a letter that names are made of", "letters A to Z"),
    ("₂", 1, "a subscript without a name", "write x₁."),
    ("x1; x2", 3, "';' is not a sign of the language", "the signs are + - * /"),
    ("x1 $ 2", 4, "'$' is not a sign of the language", ""),
    ("1 + a.1", 5, "'a.1' cannot be the name of a value", "only h1.2, unit 2"),
    ("n" * 61, 1, "cannot be the name of a value", "60 at most"),
    # Functions.
    ("relu x1", 1, "relu is a function and needs its argument", "write relu(…)."),
    ("max", 1, "max is a function and needs its argument", "write max(…)."),
    ("ReLU(x1)", 1, "there is no function ReLU. Functions: max, min,", "write relu(…)."),
    ("sigmiod(x1)", 1, "there is no function sigmiod", "write sigmoid(…)."),
    ("exp(x1)", 1, "there is no function exp", "tanh and sigmoid are there"),
    ("pow(x1, 2)", 1, "there is no function pow", "write square(a)"),
    ("x1(x2)", 1, "there is no function x1", "write x1*(…)."),
    ("mod(x1)", 1, "mod takes 2 arguments and has 1", ""),
    ("max(x1)", 1, "max takes 2 or more arguments and has 1", ""),
    ("relu()", 6, "there is nothing in the brackets", "write a value there"),
    ("max(1, )", 8, "there is no value after , before )", "write a number"),
    (
        "1 + sqrt(2*x1)",
        5,
        "sqrt is for constants only, and its argument has the name x1",
        "sqrt(2)",
    ),
    ("sin(x1)", 1, "sin is for constants only", "cos(2*pi/5)"),
    ("cos(pi*x1)", 1, "cos is for constants only", "as a number"),
    # Structure.
    ("", 1, "the text is empty", "write 0"),
    (" \t", 1, "the text is empty", "write 0"),
    ("()", 2, "there is nothing in the brackets", "write a value there"),
    ("(x1", 1, "this bracket is never closed", "write ) where it ends"),
    ("1 + relu(x1", 9, "this bracket is never closed", "write ) where it ends"),
    ("max((x1, 2)", 8, "the comma separates the arguments", "max(a, b)"),
    ("x1)", 3, "this bracket was never opened", "leave it out"),
    ("+x1", 1, "there is no value before +", "leave this + out"),
    ("x1 + + x2", 6, "there is no value after + before +", "leave this + out"),
    ("*x1", 1, "there is no value before *", "write a number, a name"),
    ("x1 *", 5, "the text ends after *", "write a number, a name"),
    ("x1 and or x2", 8, "there is no value after and before or", "write a number"),
    ("-", 2, "the text ends after -", "write a number"),
    ("a < b < c", 7, "comparisons are not chained", "write a < b and b < c"),
    ("a == b != c", 8, "comparisons are not chained", "a < b and b < c"),
    ("a < b + 1 <= c", 11, "comparisons are not chained", "a < b and b < c"),
    ("a < not b", 5, "not after < needs brackets", "write (not …)."),
    ("a + not b < c", 5, "not after + needs brackets", "write (not …)."),
    ("-not a", 2, "not after - needs brackets", "write (not …)."),
    ("mean + 1", 1, "mean is a reserved word", "write mean_ or another word"),
    ("2*bias", 3, "bias is a reserved word", "write bias_"),
]


@pytest.mark.parametrize(
    ("text", "column", "message", "fix"), REFUSED, ids=[repr(row[0][:20]) for row in REFUSED]
)
def test_a_refused_text_is_answered(text, column, message, fix):
    with pytest.raises(ParseError, match=re.escape(message)) as caught:
        parse_expression(text)
    said = str(caught.value)
    assert caught.value.column == column
    assert fix in said
    lines = said.splitlines()
    caret = next(line for line in lines if line.lstrip().startswith("^ column"))
    assert caret.strip() == f"^ column {column}"
    shown = lines[lines.index(caret) - 1]
    if column <= min(len(text), 60):
        assert shown[caret.index("^")] == (text[column - 1] if not text.isspace() else " ")


@pytest.mark.parametrize(
    ("text", "column", "message", "fix"),
    [
        ("True + x1", 1, "no name True", "write 1."),
        ("x1 + false", 6, "no name false", "write 0."),
        ("X1", 1, "no name X1. Names: x1, x2. Nearest: x1.", ""),
        ("PI*x1", 1, "no name PI", "write pi."),
        ("x1(2)", 1, "x1 is not a function", "write x1*(…)."),
        ("x_1", 1, "Nearest: x1.", ""),
    ],
)
def test_with_names_an_unknown_one_is_answered(text, column, message, fix):
    with pytest.raises(ParseError, match=re.escape(message)) as caught:
        parse_expression(text, names=["x1", "x2"])
    assert caught.value.column == column
    assert fix in str(caught.value)


def test_a_control_character_is_not_printed_raw():
    with pytest.raises(ParseError, match=r"'\\x1b' is not a sign of the language") as caught:
        parse_expression("x1\x1b[31m")
    assert caught.value.message.isprintable()


def test_the_caret_stays_under_its_sign_after_a_line_break():
    with pytest.raises(ParseError) as caught:
        parse_expression("x1 +\n x2 ^ 2")
    assert caught.value.column == 10
    message, shown, caret = str(caught.value).splitlines()[:3]
    assert message == "the language has no powers."
    assert shown[caret.index("^")] == "^"


def test_the_whole_message():
    with pytest.raises(ParseError) as caught:
        parse_expression("relu(x1) + 0,5")
    assert str(caught.value) == (
        "the comma separates the arguments of a function, and there is none here.\n"
        "  relu(x1) + 0,5\n"
        "              ^ column 13\n"
        "  likely cause: only the point is a decimal sign.\n"
        "  fix: write 0.5 or 1/2."
    )
