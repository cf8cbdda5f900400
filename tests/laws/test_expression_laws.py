"""Laws of expressions, on expressions that nobody chose."""

from __future__ import annotations

import math

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from toynets.errors import ToynetsError, Undecided
from toynets.expressions import (
    CLAIMS,
    PI,
    Binary,
    Call,
    Expression,
    Name,
    Number,
    Unary,
    parse_expression,
)

NAMES = ("x1", "x2", "h1.2", "carry", "a_1")
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")

dyadic = st.integers(-64, 64).map(lambda n: fmpq(n, 8))
decimals = st.builds(lambda n, k: Number(fmpq(n, 10**k)), st.integers(0, 10**6), st.integers(0, 6))
eighths = st.integers(0, 64).map(lambda n: Number(fmpq(n, 8)))
rows = st.fixed_dictionaries(dict.fromkeys(NAMES, dyadic))


def trees(
    leaves: st.SearchStrategy[Expression],
    binary: tuple[str, ...],
    one: tuple[str, ...],
    two: tuple[str, ...],
    unary: tuple[str, ...] = ("-",),
    max_leaves: int = 12,
) -> st.SearchStrategy[Expression]:
    """Expressions over some leaves, with some signs and functions."""

    def extend(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        options = [
            st.builds(Unary, st.sampled_from(unary), inner),
            st.builds(Binary, st.sampled_from(binary), inner, inner),
            st.builds(Call, st.sampled_from(one), inner),
            st.builds(Call, st.sampled_from(two), inner, inner),
        ]
        if "max" in two:
            many = st.lists(inner, min_size=2, max_size=4)
            options.append(many.map(lambda arguments: Call("min", *arguments)))
        return st.one_of(options)

    return st.recursive(leaves, extend, max_leaves=max_leaves)


names = st.sampled_from(NAMES).map(Name)
constants = trees(
    st.one_of(decimals, st.just(PI)), ("+", "*", "/"), ("cos",), ("mod",), max_leaves=3
)
anything = trees(
    st.one_of(
        names,
        decimals,
        st.just(PI),
        st.builds(Call, st.sampled_from(("sqrt", "sin", "cos")), constants),
    ),
    binary=("+", "-", "*", "/", "and", "or", *COMPARISONS),
    one=("abs", "relu", "step", "square", "tanh", "sigmoid"),
    two=("max", "min", "mod"),
    unary=("-", "not"),
    max_leaves=20,
)
rational = trees(
    st.one_of(names, decimals),
    binary=("+", "-", "*", "/", *COMPARISONS),
    one=("abs", "relu", "step", "square"),
    two=("max", "min", "mod"),
)
# No division and few factors: then float64 is exact on eighths, and the two must agree to the bit.
exact_in_floats = trees(
    st.one_of(names, eighths),
    binary=("+", "-", "*", *COMPARISONS),
    one=("abs", "relu", "step"),
    two=("max", "min", "mod"),
    max_leaves=6,
)
logical = trees(
    st.builds(Binary, st.sampled_from(COMPARISONS), names, eighths),
    binary=("and", "or", "==", "!="),
    one=("step", "relu", "abs"),
    two=("max", "min"),
    unary=("not",),
)
approximate = trees(
    st.one_of(names, eighths, st.just(PI)),
    binary=("+", "-", "*"),
    one=("abs", "relu", "tanh", "sigmoid"),
    two=("max", "min"),
    max_leaves=8,
)


def outcome(evaluate, *arguments):
    """The value, or the kind of refusal."""
    try:
        return evaluate(*arguments)
    except Undecided:
        return "undecided"
    except ToynetsError:
        return "refused"


@settings(max_examples=300)
@given(anything)
def test_parsing_undoes_printing(e):
    assert parse_expression(str(e)) == e


@settings(max_examples=200)
@given(anything)
def test_parsing_undoes_unicode(e):
    assert parse_expression(e.unicode()) == e


@given(anything)
def test_hashes_follow_equality_and_repr_tells_the_structure(e):
    again = parse_expression(str(e), names=NAMES)
    assert hash(again) == hash(e)
    assert repr(again) == repr(e)


@given(anything, anything)
def test_different_structures_print_differently(a, b):
    assert (a == b) == (str(a) == str(b))


@given(anything)
def test_latex_brackets_and_braces_balance(e):
    latex = e.latex()
    assert latex.count(r"\left") == latex.count(r"\right")
    assert latex.count("{") == latex.count("}")


@given(anything)
def test_the_counts_are_those_of_the_tree(e):
    def nodes(node):
        return 1 + sum(nodes(child) for child in node.children)

    def depth(node):
        return 1 + max((depth(child) for child in node.children), default=0)

    assert (e.node_count, e.depth) == (nodes(e), depth(e))


@given(anything)
def test_claims_limits_are_exact(e):
    fits = len(str(e)) <= 400 and e.node_count <= 120 and e.depth <= 24
    assert (outcome(lambda: parse_expression(str(e), limits=CLAIMS)) == e) == fits


@given(rational, st.dictionaries(st.sampled_from(NAMES), rational, max_size=3), rows)
def test_substituting_then_evaluating_is_evaluating_then_substituting(e, replacements, row):
    inner = {name: outcome(value.evaluate, row) for name, value in replacements.items()}
    assume("refused" not in inner.values())
    assert outcome(e.substitute(replacements).evaluate, row) == outcome(e.evaluate, row | inner)


@given(rational, rows)
def test_substituting_numbers_is_evaluating(e, row):
    closed = e.substitute(row)
    assert not closed.has_names
    assert outcome(closed.evaluate) == outcome(e.evaluate, row)


def straightforward(e, row):
    """Evaluate by the definitions, one case a line, on Python's own fractions."""
    from fractions import Fraction

    if isinstance(e, Number):
        return Fraction(int(e.value.p), int(e.value.q))
    if isinstance(e, Name):
        return Fraction(int(row[e.label].p), int(row[e.label].q))
    parts = [straightforward(child, row) for child in e.children]
    a, b = parts[0], parts[-1]
    if isinstance(e, Unary):
        return -a if e.label == "-" else 1 - a
    return {
        "+": lambda: a + b,
        "-": lambda: a - b,
        "*": lambda: a * b,
        "/": lambda: a / b,
        "<": lambda: int(a < b),
        "<=": lambda: int(a <= b),
        ">": lambda: int(a > b),
        ">=": lambda: int(a >= b),
        "==": lambda: int(a == b),
        "!=": lambda: int(a != b),
        "and": lambda: int(a == 1 and b == 1),
        "or": lambda: int(a == 1 or b == 1),
        "max": lambda: max(parts),
        "min": lambda: min(parts),
        "abs": lambda: abs(a),
        "relu": lambda: max(a, 0),
        "step": lambda: int(a > 0),
        "square": lambda: a * a,
        "mod": lambda: a - b * math.floor(a / b),
    }[e.label]()


@settings(max_examples=300)
@given(st.one_of(rational, logical), rows)
@example(parse_expression("mod(-x1, 3)"), dict.fromkeys(NAMES, fmpq(1)))
@example(parse_expression("step(x1)"), dict.fromkeys(NAMES, fmpq(0)))
def test_evaluation_is_the_definitions(e, row):
    try:
        expected = straightforward(e, row)
    except ZeroDivisionError:
        expected = None
    found = outcome(e.evaluate, row)
    if expected is None:
        assert found == "refused"
    else:
        assert found == fmpq(expected.numerator, expected.denominator)


@settings(max_examples=150)
@given(st.one_of(exact_in_floats, logical), st.lists(rows, min_size=1, max_size=4))
def test_arrays_of_floats_agree_to_the_bit_where_floats_are_exact(e, table):
    columns = [np.array([float(row[name]) for row in table]) for name in NAMES]
    together = e.vectorized(NAMES)(*columns) if e.has_names or defined(e) else None
    for i, row in enumerate(table):
        found = outcome(e.evaluate, row)
        if together is None or found == "refused":
            assert together is None or np.isnan(together[i])
        else:
            assert fmpq(*together[i].as_integer_ratio()) == found


def defined(e):
    """Whether a constant expression has a value."""
    return outcome(e.evaluate) not in ("refused", "undecided")


@given(rational, rows)
def test_arrays_have_a_number_where_evaluation_has_one(e, row):
    try:
        f = e.vectorized(NAMES)
    except ToynetsError:
        assume(False)  # a constant part has no value, said at once
    with np.errstate(over="ignore", invalid="ignore"):
        found = f(*(float(row[name]) for name in NAMES))
    # Rounding may turn an exact zero divisor into a tiny number: NaN there is no law.
    assume(outcome(e.evaluate, row) != "refused")
    assume(all_divisors_far_from_zero(e, row))
    assert not np.isnan(found)


def all_divisors_far_from_zero(e, row):
    """Whether no division has a divisor that floats could round to zero."""
    if e.label in ("/", "mod") and abs(e.children[-1].evaluate(row)) < fmpq(1, 2**10):
        return False
    return all(all_divisors_far_from_zero(child, row) for child in e.children)


@settings(max_examples=25)
@given(
    trees(
        st.one_of(names, eighths),
        binary=("+", "-", "*", "/", *COMPARISONS),
        one=("abs", "relu", "step", "square"),
        two=("max", "min", "mod"),
        max_leaves=5,
    ),
    rows,
)
def test_sympy_agrees(e, row):
    import sympy

    exact = outcome(e.evaluate, row)
    assume(exact != "refused")
    point = {
        sympy.Symbol(name, real=True): sympy.Rational(int(v.p), int(v.q)) for name, v in row.items()
    }
    theirs = e.to_sympy().xreplace(point).doit()  # all at once; subs takes minutes at times
    assert sympy.simplify(theirs - sympy.Rational(int(exact.p), int(exact.q))) == 0


def in_floats(e, row):
    """Evaluate with Python's floats."""
    if isinstance(e, Number):
        return int(e.value.p) / int(e.value.q)
    if isinstance(e, Name):
        return int(row[e.label].p) / int(row[e.label].q)
    if e == PI:
        return math.pi
    parts = [in_floats(child, row) for child in e.children]
    a, b = parts[0], parts[-1]
    if isinstance(e, Unary):
        return -a
    return {
        "+": lambda: a + b,
        "-": lambda: a - b,
        "*": lambda: a * b,
        "max": lambda: max(parts),
        "min": lambda: min(parts),
        "abs": lambda: abs(a),
        "relu": lambda: max(a, 0.0),
        "tanh": lambda: math.tanh(a),
        "sigmoid": lambda: (1 + math.tanh(a / 2)) / 2,
    }[e.label]()


@settings(max_examples=200)
@given(approximate, rows)
def test_balls_contain_the_value_that_floats_approximate(e, row):
    found = e.evaluate(row)
    near = in_floats(e, row)
    with ctx.workprec(256):
        gap = arb(abs(found - fmpq(*near.as_integer_ratio())))
        assert gap < 1e-6 * max(1.0, abs(near))


@given(approximate, rows)
def test_a_finer_ball_is_never_beside_a_coarser_one(e, row):
    coarse, fine = e.evaluate(row, precision=24), e.evaluate(row, precision=200)
    with ctx.workprec(400):
        if isinstance(coarse, fmpq):
            assert coarse == fine
        else:
            assert coarse.overlaps(arb(fine))


@settings(max_examples=500)
@given(st.text(max_size=40))
@example("\ud800")
@example("١")  # a digit, but not one of the language
@example("ﬁ(1)")
def test_any_text_is_an_expression_or_a_toynets_error(text):
    try:
        e = parse_expression(text)
    except ToynetsError as error:
        assert str(error)
    else:
        assert parse_expression(str(e)) == e


PIECES = (
    *"+-*/(),.<>=!|&^ ", "x1", "h1.2", "0.5", "3", "relu", "max", "not ", " and ", " or ", "pi",
    "==", "<=", "0,5", "1e9", "₁", "·", "−", "≤", "¬", "sqrt(2)", "mean", ".pre", "if",
)  # fmt: skip


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=15).map("".join))
def test_any_jumble_of_signs_is_an_expression_or_a_toynets_error_with_its_place(text):
    try:
        e = parse_expression(text)
    except ToynetsError as error:
        assert 1 <= error.column <= len(text) + 1
        assert f"^ column {error.column}" in str(error)
    else:
        assert parse_expression(str(e)) == e
        assert parse_expression(e.unicode()) == e
        outcome(e.evaluate, dict.fromkeys(NAMES, fmpq(1)))  # raises nothing else


@settings(max_examples=100)
@given(anything, st.data())
def test_one_character_removed_never_breaks_the_reader(e, data):
    text = str(e)
    place = data.draw(st.integers(0, len(text) - 1))
    outcome(parse_expression, text[:place] + text[place + 1 :])


@pytest.mark.parametrize("unit", ["(", "-", "1+", "max(1,", "not "])
def test_hostile_nesting_is_refused_quickly_by_the_limits(unit):
    assert outcome(parse_expression, unit * 1000 + "1") == "refused"
