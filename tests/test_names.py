"""The language of interventions: every form that is read, and every text that is refused."""

from __future__ import annotations

import pytest

from toynets.errors import ParseError, ToynetsError
from toynets.names import (
    FUNCTIONS,
    MAX_CHARACTERS,
    RESERVED,
    Clause,
    Intervention,
    Patch,
    Target,
    bias_name,
    check_name,
    check_unique,
    edge_name,
    parse_intervention,
)
from toynets.rationals import rational

PRIMED = Patch("h2")

# (text, targets as (kind, name, source, copy), op, value): every form of the grammar.
FORMS = [
    ("h2 = 0", [("name", "h2", "", 0)], "=", "0"),
    ("x1 = 0", [("name", "x1", "", 0)], "=", "0"),
    ("h2.pre = 0", [("pre", "h2", "", 0)], "=", "0"),
    ("h2.bias += 1", [("bias", "h2", "", 0)], "+=", "1"),
    ("x1->h2 = 3/2", [("edge", "h2", "x1", 0)], "=", "3/2"),
    ("x1->h2 *= -1", [("edge", "h2", "x1", 0)], "*=", "-1"),
    ("->h2 = 0", [("incoming", "h2", "", 0)], "=", "0"),
    ("h2-> = 0", [("outgoing", "h2", "", 0)], "=", "0"),
    ("x1-> *= 2", [("outgoing", "x1", "", 0)], "*=", "2"),
    ("->h2, h2.bias = 0", [("incoming", "h2", "", 0), ("bias", "h2", "", 0)], "=", "0"),
    ("h1, h2 = 0.25", [("name", "h1", "", 0), ("name", "h2", "", 0)], "=", "1/4"),
    ("h2 = mean", [("name", "h2", "", 0)], "=", "mean"),
    ("h2 = resample", [("name", "h2", "", 0)], "=", "resample"),
    ("h2 = worst", [("name", "h2", "", 0)], "=", "worst"),
    ("h2.pre = mean", [("pre", "h2", "", 0)], "=", "mean"),
    ("h1.2 = 0", [("name", "h1.2", "", 0)], "=", "0"),
    ("h1.2.pre = 0", [("pre", "h1.2", "", 0)], "=", "0"),
    ("h1.2.bias = 0", [("bias", "h1.2", "", 0)], "=", "0"),
    ("h1.1->h2.1 = 0", [("edge", "h2.1", "h1.1", 0)], "=", "0"),
    ("carry->y_2 = 0", [("edge", "y_2", "carry", 0)], "=", "0"),
    ("x1->h2@3 = 0", [("edge", "h2", "x1", 3)], "=", "0"),
    ("x1->h1.2@3 = 0", [("edge", "h1.2", "x1", 3)], "=", "0"),
    ("h2@3.bias = 0", [("bias", "h2", "", 3)], "=", "0"),
    ("shared@2 = 1", [("name", "shared", "", 2)], "=", "1"),
    ("h2 = +1", [("name", "h2", "", 0)], "=", "1"),
    ("h2 = -0.5", [("name", "h2", "", 0)], "=", "-1/2"),
    ("h2 = -1/2", [("name", "h2", "", 0)], "=", "-1/2"),
    ("h2 = h2(x')", [("name", "h2", "", 0)], "=", PRIMED),
    ("h2 = h2.pre(x')", [("name", "h2", "", 0)], "=", Patch("h2", True)),
    ("h2.pre = h2.pre(x')", [("pre", "h2", "", 0)], "=", Patch("h2", True)),
    ("h2 = (x')", [("name", "h2", "", 0)], "=", Patch()),
    ("x1->h2 = (x')", [("edge", "h2", "x1", 0)], "=", Patch()),
    ("x1->h2 = x1(x')", [("edge", "h2", "x1", 0)], "=", Patch("x1")),
    ("h2 = h1.2(x')", [("name", "h2", "", 0)], "=", Patch("h1.2")),
    (
        "h2 = h2(1, -1/2)",
        [("name", "h2", "", 0)],
        "=",
        Patch("h2", False, (rational(1), rational("-1/2"))),
    ),
    ("h2 = (1)", [("name", "h2", "", 0)], "=", Patch("", False, (rational(1),))),
]


def read_one(text: str) -> Clause:
    (clause,) = parse_intervention(text).clauses
    return clause


@pytest.mark.parametrize(("text", "targets", "op", "value"), FORMS, ids=[f[0] for f in FORMS])
def test_every_form_of_the_grammar(text, targets, op, value):
    clause = read_one(text)
    assert [(t.kind, t.name, t.source, t.copy) for t in clause.targets] == targets
    assert clause.op == op
    number = isinstance(value, str) and value not in ("mean", "resample", "worst")
    assert clause.value == (rational(value) if number else value)


@pytest.mark.parametrize("text", [f[0] for f in FORMS])
def test_spaces_are_free_and_the_standard_form_is_kept(text):
    standard = parse_intervention(text).text
    squeezed = text.replace(" ", "")
    wide = "\t " + text.replace("->", " -> ").replace(",", " , ").replace("(", " ( ") + " \n"
    assert parse_intervention(squeezed).text == standard
    assert parse_intervention(wide).text == standard
    assert parse_intervention(standard) == parse_intervention(text)


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("x1:h2=0", "x1->h2 = 0"),
        ("x1→h2=0", "x1->h2 = 0"),
        (":h2=0", "->h2 = 0"),
        ("h2:=0", "h2-> = 0"),
        ("→h2=0", "->h2 = 0"),
        ("h2→*=2", "h2-> *= 2"),
        ("h2->=0", "h2-> = 0"),  # the longest match of -> leaves = and not >=
        ("h2->+=1", "h2-> += 1"),
        ("h2->*=-1", "h2-> *= -1"),
        ("x1->h2=-1", "x1->h2 = -1"),
        ("h2-> ,x1 -> h2=0", "h2->, x1->h2 = 0"),
        ("h2->,->h1=0", "h2->, ->h1 = 0"),
        ("h2 = - 1", "h2 = -1"),
        ("h2 = \N{MINUS SIGN}1", "h2 = -1"),
        ("h2 = 1 / 2", "h2 = 1/2"),
        ("h2 .pre = 0", "h2.pre = 0"),
        ("h2 . pre = 0", "h2.pre = 0"),
        ("h2 = h2(x’)", "h2 = h2(x')"),
        ("h2 = h2(x′)", "h2 = h2(x')"),
        ("h2 = h2 ( x ' )", "h2 = h2(x')"),
        ("h1=0,h2=mean", "h1 = 0, h2 = mean"),
        ("h1,h2=0,h3=mean,x1->h3*=-1", "h1, h2 = 0, h3 = mean, x1->h3 *= -1"),
        ("h2 = h2(1,0), h1 = 0", "h2 = h2(1, 0), h1 = 0"),
        ("h2 = 0.10", "h2 = 1/10"),
        ("h2 = 2/4", "h2 = 1/2"),
        ("x = 0, h2 = x(x')", "x = 0, h2 = x(x')"),
        ("shared@007 = 0", "shared@7 = 0"),
        ("", ""),
        ("  \n ", ""),
    ],
)
def test_other_spellings_have_one_standard_form(text, standard):
    assert parse_intervention(text).text == standard


def test_an_empty_text_is_the_clean_run():
    assert parse_intervention("") == Intervention()
    assert str(Intervention()) == ""


def test_a_record_is_returned_as_it_is():
    made = Intervention((Clause((Target("name", "h1"),), "=", "mean"),))
    assert parse_intervention(made) is made


def test_equality_is_that_of_the_standard_form():
    assert parse_intervention("h1=0") == parse_intervention(" h1 = 0.0 ")
    assert hash(parse_intervention("h1=0")) == hash(parse_intervention(" h1 = 0.0 "))
    assert parse_intervention("h1 = 0") != parse_intervention("h1 = 1")
    assert parse_intervention("h1 = 0") != parse_intervention("h1.pre = 0")
    assert parse_intervention("h1 = 0, h2 = 0") != parse_intervention("h2 = 0, h1 = 0")


def test_what_an_intervention_needs():
    def needs(text):
        one = parse_intervention(text)
        return one.words, one.is_family, one.needs_source

    assert needs("h1 = 0") == (frozenset(), False, False)
    assert needs("h1 = mean, h2 = worst") == ({"mean", "worst"}, True, False)
    assert needs("h1 = resample") == ({"resample"}, True, False)
    assert needs("h1 = h1(x')") == ({"patch"}, False, True)
    assert needs("h1 = h1(1, 0)") == ({"patch"}, False, False)


REFUSED = [
    # the kind of ablation left out
    ("h2", 1, "h2 alone does not say what becomes of it: the kind of ablation is never assumed"),
    ("h1, h2", 5, "h2 alone does not say"),
    ("h1 = 0, x1->h2", 9, "x1->h2 alone does not say"),
    ("h2 =", 5, "a value is missing after ="),
    ("h2 = ,", 6, "this is not a value"),
    # signs that stand wrong
    ("= 0", 1, "expected a name but got ="),
    ("h1 = 0,", 8, "expected a name but got the end"),
    (", h1 = 0", 1, "expected a name but got ,"),
    ("h1 = 0 h2 = 0", 8, "expected a comma or the end after the value 0 but got h2"),
    ("h1 = mean h2 = 0", 11, "expected a comma between clauses but got h2"),
    ("h1 == 0", 5, "this is not a value"),
    ("h1 0", 4, "expected =, .= or .= after h1 but got 0"),
    ("h1 = 1 2", 8, "expected a comma or the end after the value 1 but got 2"),
    ("h1 = 1e5", 7, "a number has no exponent"),
    ("h1 = .5", 6, "a number starts and ends with a digit: write 0.5 or 1/2"),
    ("h1 = 5.", 7, "a number starts and ends with a digit"),
    ("h1 = 1/2/3", 9, "'/' does not belong"),
    ("h1.bias -= 1", 9, r"write \+= with the opposite sign"),
    ("h1.bias /= 2", 9, r"write \*= with the inverse"),
    ("h1 = 0; h2 = 0", 7, "write a comma between clauses"),
    ("x1-->h2 = 0", 3, "'-' does not belong"),
    ("h1 = 0 # off", 8, "'#' does not belong"),
    ("größe = 0", 3, "'ö' does not belong"),
    ("h1 = \u0663", 6, "does not belong"),
    ("\x00", 1, "does not belong"),
    # parts of units
    ("h2.weight = 0", 3, ".weight is no part of a unit"),
    ("h2. = 0", 3, "does not belong"),
    ("h1.2.3 = 0", 5, "does not belong"),
    # values
    ("h2 = h1", 6, "h1 is not a value"),
    ("h2 = off", 6, "off is not a value"),
    ("h2 = h2()", 9, r"expected a number but got \)"),
    ("h2 = h2(x)", 10, r"expected x' \(the source input, with its prime\) but got \)"),
    ("h2 = h2(x1')", 9, "expected a number but got x1"),
    ("h2 = h2(1 0)", 11, r"expected \) but got 0"),
    ("h2 = h2(1,)", 11, r"expected a number but got \)"),
    ("h2 = h2(1", 10, r"expected \) but got the end"),
    ("h2 = h2.bias(x')", 8, "only .pre can stand here"),
    ("h2 = .pre(x')", 6, "this is not a value"),
    ("h2 = 1/0", 6, "'1/0' divides by zero"),
    ("h2 = " + "9" * 401, 6, "is not a number"),
    ("h2 = 0." + "1" * 61, 6, "is not a number"),
    # operations
    ("x1->h2 += mean", 11, r"\+= needs a number"),
    ("h2 *= h2(x')", 7, r"\*= needs a number"),
    ("h2.pre += 1", 1, r"\+= changes weights and biases only"),
    ("h2.pre *= 2", 1, r"write ->h2, h2.bias \*= …"),
    ("x1->h2 = mean", 1, "mean is for inputs, units and .pre, not for weights and biases"),
    ("h2.bias = resample", 1, "resample is for inputs, units and .pre"),
    ("->h2 = worst", 1, "worst is for inputs, units and .pre"),
    ("h1 = 0, h2-> = mean", 9, "mean is for inputs"),
    ("h2.bias = (x')", 1, "a patch replaces a unit, an input, a .pre or what one edge carries"),
    ("->h2 = (x')", 1, "a patch replaces a unit"),
    ("h2-> = h2(x')", 1, "a patch replaces a unit"),
    ("x1->h2@2 = (x')", 1, "a patch acts on an edge, not on a copy"),
    # copies
    ("x1@2->h2 = 0", 1, "@ numbers the copies of a weight or a bias, not of a unit"),
    ("h2@2-> = 0", 1, "@ numbers the copies"),
    ("->h2@2 = 0", 3, "@ numbers the copies"),
    ("h2@2.pre = 0", 1, "@ numbers the copies"),
    ("h2 = h2@2(x')", 6, "@ numbers the copies"),
    ("shared@0 = 0", 1, "copies count from 1"),
    ("shared@ = 0", 7, "does not belong"),
    ("shared@" + "9" * 5000 + " = 0", 1, "is too long for a name"),
    ("h" * 61 + " = 0", 1, "is too long for a name"),
    # reserved words
    ("mean = 0", 1, "mean is a reserved word, not the name of a unit"),
    ("x1->bias = 0", 5, "bias is a reserved word"),
    ("h2 = relu(x')", 6, "relu is a reserved word"),
]


@pytest.mark.parametrize(("text", "column", "message"), REFUSED, ids=[r[0][:20] for r in REFUSED])
def test_refused_with_column_and_reason(text, column, message):
    with pytest.raises(ParseError, match=message) as caught:
        parse_intervention(text)
    assert caught.value.column == column
    assert f"^ column {column}" in str(caught.value)
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    "text", ["x1-", "-", "x1- ", "h2-", "h1 = 0, x1-", "x1- = 0", "x1-, h2 = 0", "- *= 2"]
)
def test_a_redirection_by_the_shell_is_recognised(text):
    with pytest.raises(ParseError) as caught:
        parse_intervention(text)
    assert (
        "your shell took the > in x1->h2 as a redirection; "
        "quote the intervention or write x1:h2=0" in str(caught.value)
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("h2 = 0,5", "write 0.5 or 1/2"),
        ("h2=-0,5", "write -0.5 or -1/2"),
        ("h2 = \N{MINUS SIGN}0,5", "write -0.5 or -1/2"),
        ("h2 = 1 , 25, h1 = 0", "write 1.25 or 5/4"),
        ("x1->h2 += 10,5", "write 10.5 or 21/2"),
        ("h2 = 1/2,3", "write the next clause as NAME = value"),
    ],
)
def test_a_decimal_comma_is_answered_with_the_point(text, answer):
    with pytest.raises(ParseError, match="a comma stands between clauses") as caught:
        parse_intervention(text)
    assert answer in caught.value.fix


def test_a_text_over_the_limit_is_refused_and_one_at_the_limit_is_read():
    assert parse_intervention(" " * (MAX_CHARACTERS - 6) + "h1 = 0").text == "h1 = 0"
    with pytest.raises(ToynetsError, match="at most 65536 characters; this one has 65537"):
        parse_intervention(" " * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize("given", [None, 0, ["h1 = 0"], b"h1 = 0"])
def test_what_is_no_text_is_refused(given):
    with pytest.raises(ToynetsError, match="expected an intervention as text but got"):
        parse_intervention(given)


def test_addresses():
    assert edge_name("x1", "h2") == "x1->h2" and bias_name("h2") == "h2.bias"


@pytest.mark.parametrize("name", ["h1", "h1.2", "carry", "both_on", "X", "a1b2", "h" * 60])
def test_a_name_that_the_language_can_address(name):
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "1h",
        "_h",
        "h-1",
        "h 1",
        "carry.2",
        "h1.2.3",
        "h1.bias",
        "h@1",
        "größe",
        "h1\n",
        "h" * 61,
        None,
        3,
    ],
)
def test_a_name_that_it_cannot_address_is_refused(name):
    with pytest.raises(ToynetsError, match="cannot be the name of a unit"):
        check_name(name)


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_reserved_words_are_no_names(word):
    with pytest.raises(ToynetsError, match=f"'{word}' cannot .* an input: .* is reserved"):
        check_name(word, "input")


def test_the_reserved_words_are_those_of_the_language():
    assert {"mean", "resample", "worst", "pre", "bias", "and", "or", "not"} <= RESERVED
    assert set(FUNCTIONS) <= RESERVED


def test_names_are_given_once():
    check_unique(["a", "b"])
    with pytest.raises(ToynetsError, match="the name a is given twice"):
        check_unique(["a", "b", "a"])


def test_the_longest_name_has_copies():
    name = check_name("g" * 60, "tied group")
    assert parse_intervention(f"{name}@12 = 0").clauses[0].targets[0].copy == 12
