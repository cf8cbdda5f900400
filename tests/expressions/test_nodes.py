"""Expressions as Python objects: structure, operators, constants, substitution."""

from __future__ import annotations

import copy
import operator
import pickle
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq

from toynets import expressions as ex
from toynets.errors import ToynetsError
from toynets.expressions import Binary, Call, Constant, Name, Number, Unary, constant
from toynets.rationals import rational

X1, X2 = Name("x1"), Name("x2")


def test_equality_is_of_structure_not_of_value():
    assert Name("x1") + Name("x2") == X1 + X2
    assert X1 + X2 != X2 + X1
    assert X1 * 2 != X1 + X1
    assert (X1 + X2) + 1 != X1 + (X2 + 1)
    assert Number(1) != 1
    assert Name("x1") != Constant("pi")


def test_literals_of_one_value_are_equal():
    assert Number("0.50") == Number("1/2") == Number(0.5) == Number(Fraction(1, 2))


def test_equal_hashes_do_not_make_equal_expressions():
    one, other = Number(1) + X1, Number(2**61) + X1  # Python hashes numbers modulo 2**61 - 1
    assert hash(one) == hash(other)
    assert one != other


def test_identical_units_stay_two_nodes():
    twice = ex.relu(X1) + ex.relu(X1)
    assert twice.node_count == 5
    assert str(twice) == "relu(x1) + relu(x1)"


def test_expressions_are_members_and_keys_by_structure():
    assert X1 + 1 in [X2, X1 + 1]
    assert X2 not in [X1, X1 + 1]
    assert len({X1 + 1, Name("x1") + 1, X1 + 2}) == 2


def test_deep_twins_compare_within_python_recursion_limit():
    def tower():
        e = X1
        for _ in range(199):
            e = -e
        return e

    assert tower() == tower()
    assert hash(tower()) == hash(tower())
    assert pickle.loads(pickle.dumps(tower())) == tower()


@pytest.mark.parametrize(
    ("built", "text"),
    [
        (X1 + 1, "x1 + 1"),
        (1 + X1, "1 + x1"),
        (X1 - Fraction(1, 3), "x1 - 1/3"),
        (1 - X1, "1 - x1"),
        (0.5 * X1, "0.5*x1"),
        (X1 * fmpq(1, 2), "x1*0.5"),
        (X1 / 2, "x1/2"),
        (2 / X1, "2/x1"),
        (-X1, "-x1"),
        (abs(X1), "abs(x1)"),
        (sum([X1, X2]), "0 + x1 + x2"),
        (ex.compare(X1, "!=", 0), "x1 != 0"),
        (ex.all_of(X1, X2, 1), "x1 and x2 and 1"),
        (ex.any_of(X1, ex.negation(X2)), "x1 or not x2"),
        (ex.maximum(X1, X2, 0), "max(x1, x2, 0)"),
        (ex.minimum(X1, X2), "min(x1, x2)"),
        (ex.relu(X1), "relu(x1)"),
        (ex.step(X1), "step(x1)"),
        (ex.square(X1), "square(x1)"),
        (ex.mod(X1, 2), "mod(x1, 2)"),
        (ex.tanh(X1), "tanh(x1)"),
        (ex.sigmoid(X1), "sigmoid(x1)"),
        (ex.sqrt(2), "sqrt(2)"),
        (ex.sin(ex.PI), "sin(pi)"),
        (ex.cos(2 * ex.PI / 5), "cos(2*pi/5)"),
    ],
)
def test_operators_and_builders_build(built, text):
    assert str(built) == text
    assert built == ex.parse_expression(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        ("3/2", "1.5"),
        (-2, "-2"),
        (0, "0"),
        (-0.0, "0"),
        ("1/3", "1/3"),
        ("-1/3", "-1/3"),
        (0.1, "0.1000000000000000055511151231257827021181583404541015625"),
        (2.0**-20, "0.00000095367431640625"),
        (True, "1"),
    ],
)
def test_constant_writes_any_rational(value, text):
    assert str(constant(value)) == text
    assert constant(value).evaluate() == rational(value)


def test_a_negative_decimal_is_minus_a_literal_and_a_third_is_a_division():
    assert constant("-1.5") == Unary("-", Number("1.5"))
    assert constant("-1/3") == Binary("/", Unary("-", Number(1)), Number(3))


@pytest.mark.parametrize("value", [5e-324, 1.7976931348623157e308, -2.2250738585072014e-308])
def test_every_float_has_a_constant_that_reads_back(value):
    built = constant(value)
    assert ex.parse_expression(str(built)) == built
    assert built.evaluate() == fmpq(*value.as_integer_ratio())


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: constant(fmpq(10) ** 1100), "at most 1100 digits"),
        (lambda: constant(fmpq(1, 3**2400)), "at most 1100 digits"),
        (lambda: constant(float("nan")), "nan is not a number"),
        (lambda: Number(-1), "-1 cannot be written as digits(.|\n)*constant"),
        (lambda: Number("1/3"), "1/3 cannot be written as digits"),
        (lambda: Constant("e"), "the only named constant is pi, not 'e'"),
        (lambda: Name("2x"), "'2x' cannot be the name"),
        (lambda: Name("relu"), "'relu' cannot be the name(.|\n)*reserved"),
        (lambda: Unary("+", X1), r"no operator \+. Operators: -, not"),
        (lambda: Binary("^", X1, 2), r"no operator \^. Operators: or, and, <"),
        (lambda: Call("rleu", X1), "no function rleu(.|\n)*Nearest: relu"),
        (lambda: Call("mod", X1), "mod takes 2 arguments and has 1"),
        (lambda: Call("relu", X1, X2), "relu takes 1 argument and has 2"),
        (lambda: Call("max", X1), "max takes 2 or more arguments and has 1"),
        (lambda: ex.sqrt(X1 + 1), "sqrt is for constants only, and its argument has the name x1"),
        (lambda: ex.compare(X1, "=", 1), "no comparison =. Comparisons: <, <=, >, >=, ==, !="),
        (lambda: ex.all_of([X1, X2]), "and joins 2 or more conditions and has 1(.|\n)*one by one"),
        (lambda: X1 + "x2", r"the text 'x2' stands where(.|\n)*write Name\('x2'\)"),
        (lambda: X1 + None, "expected a number but got None"),
        (lambda: X1 < X2, r'do not build comparisons(.|\n)*compare\(a, "<", b\)'),
        (lambda: operator.ge(1, X1), "do not build comparisons"),
        (lambda: X1 <= 1 <= X2, "do not build comparisons"),
        (lambda: X1**2, r"no powers(.|\n)*square\(x1\)"),
        (lambda: 2**X1, "no powers"),
        (lambda: X1 % 2, r"write mod\(a, b\)"),
        (lambda: X1 // 2, r"write mod\(a, b\)"),
        (lambda: X1 and X2, "the expression x1 is neither true nor false(.|\n)*all_of"),
        (lambda: not X1, "neither true nor false"),
        (lambda: ex.Limits(depth=201), "the limit depth=201 is not an integer from 1 to 200"),
        (lambda: ex.Limits(nodes=0), "the limit nodes=0"),
        (lambda: ex.Limits(characters=10**6), "the limit characters=1000000"),
    ],
)
def test_what_cannot_be_built_is_refused_with_a_reason(build, message):
    with pytest.raises(ToynetsError, match=message):
        build()


def test_an_array_is_not_spread_over_an_expression():
    with pytest.raises((ToynetsError, ValueError)):
        np.array([1.0, 2.0]) * X1


def test_a_tree_that_is_too_deep_or_too_large_cannot_be_built():
    deep = X1
    for _ in range(199):
        deep = deep + 1
    assert deep.depth == 200
    with pytest.raises(
        ToynetsError, match=r"depth 201; at most 20000 nodes and depth 200(.|\n)*halves"
    ):
        deep + 1
    wide = X1
    for _ in range(13):
        wide = wide + wide
    assert wide.node_count == 2**14 - 1
    with pytest.raises(ToynetsError, match="has 32767 nodes"):
        wide + wide


@pytest.mark.parametrize("attribute", ["label", "children", "_hash", "new"])
def test_nothing_can_be_changed(attribute):
    with pytest.raises(AttributeError, match="expressions do not change"):
        setattr(X1, attribute, 1)
    with pytest.raises(AttributeError, match="expressions do not change"):
        delattr(X1, attribute)
    with pytest.raises(AttributeError, match="limits do not change"):
        ex.CLAIMS.nodes = 10**6


@pytest.mark.parametrize("kind", [Number(2), Constant("pi"), X1, -X1, X1 + 1, ex.mod(X1, 2)])
def test_copies_and_pickles_are_equal(kind):
    assert copy.copy(kind) is kind
    assert copy.deepcopy(kind) is kind
    assert pickle.loads(pickle.dumps(kind)) == kind


def test_parts_are_reached_by_name():
    e = ex.parse_expression("-x1 + max(2.5, x2)")
    assert (e.label, e.left, e.right) == ("+", -X1, ex.maximum(Number("5/2"), X2))
    assert e.left.operand == X1
    assert e.right.children[0].value == fmpq(5, 2)


def test_names_come_in_order_of_first_appearance():
    e = ex.parse_expression("max(h1.2, x2)*x1 + x2 - h1.2 + pi")
    assert e.names() == ("h1.2", "x2", "x1")
    assert (ex.PI * 2).names() == ()
    assert (e.has_names, ex.PI.has_names) == (True, False)


@pytest.mark.parametrize(
    ("text", "nodes", "depth"),
    [
        ("1", 1, 1),
        ("pi", 1, 1),
        ("(((x1)))", 1, 1),
        ("-x1", 2, 2),
        ("1/3", 3, 2),
        ("a + b + c", 5, 3),
        ("(a + b) + (c + d)", 7, 3),
        ("relu(x1 + x2 - 1)", 6, 4),
        ("max(a, b, c)", 4, 2),
        ("not a < b and c", 6, 4),
    ],
)
def test_a_node_is_an_operator_function_name_or_constant(text, nodes, depth):
    e = ex.parse_expression(text)
    assert (e.node_count, e.depth) == (nodes, depth)


def test_substitution_is_simultaneous_and_keeps_structure():
    e = X1 - X2
    assert e.substitute({"x1": X2, "x2": X1}) == X2 - X1
    assert e.substitute({"x1": Fraction(1, 2), "x2": -1}) == Number("0.5") - -Number(1)
    assert ex.maximum(X1, 1).substitute({"x1": X1 + X1}) == ex.maximum(X1 + X1, 1)


def test_substitution_shares_what_it_does_not_change():
    e = ex.relu(X1) + ex.relu(X2)
    assert e.substitute({"x9": 1}) is e
    assert e.substitute({}) is e
    assert e.substitute({"x1": 0}).right is e.right


def test_substitution_refuses_texts():
    with pytest.raises(ToynetsError, match="the text 'x2' stands where an expression"):
        X1.substitute({"x1": "x2"})


def test_repr_reads_back():
    e = ex.parse_expression("relu(x1 - 1/2)")
    assert repr(e) == "parse_expression('relu(x1 - 1/2)')"
    assert eval(repr(e), {"parse_expression": ex.parse_expression}) == e


def test_importing_and_evaluating_loads_no_arrays_and_no_sympy():
    code = (
        "import sys, toynets.expressions as ex;"
        "ex.parse_expression('tanh(x1) > 0').evaluate({'x1': 1});"
        "print([m for m in ('jax', 'numpy', 'sympy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
