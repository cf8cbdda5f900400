"""The one-way exit to SymPy."""

from __future__ import annotations

import sys

import pytest
import sympy

from toynets.errors import ToynetsError
from toynets.expressions import parse_expression


@pytest.mark.parametrize(
    "text",
    [
        "x1 + x2 - 1/3",
        "-x1*x2/3",
        "x1 - -x2",
        "max(x1, x2, 0) - min(x1, x2)",
        "abs(x1) + relu(x2) + square(x1)",
        "step(x1) + 2*step(-x1)",
        "mod(x1, 2) + mod(-x2, 3)",
        "(x1 < x2) + 2*(x1 <= x2) + 4*(x1 > x2) + 8*(x1 >= x2) + 16*(x1 == x2) + 32*(x1 != x2)",
        "(x1 > 0 and x2 > 0) + 2*(x1 > 0 or x2 > 0) + 4*(not x1 > 0)",
        "sqrt(4/9) + sin(0) + cos(0) + tanh(0) + sigmoid(0)",
    ],
)
@pytest.mark.parametrize("point", [(0, 0), (1, 2), (-1, "1/2"), ("-3/2", -2)])
def test_values_agree(text, point):
    e = parse_expression(text)
    values = {"x1": point[0], "x2": point[1]}
    symbols = {sympy.Symbol(k, real=True): sympy.Rational(v) for k, v in values.items()}
    ours = e.evaluate(values)
    assert sympy.simplify(e.to_sympy().subs(symbols).doit()) == sympy.Rational(
        int(ours.p), int(ours.q)
    )


@pytest.mark.parametrize(
    "text", ["tanh(x1)", "sigmoid(x1)", "cos(2*pi/5) + x1", "sqrt(2)*x1", "sin(1)"]
)
def test_transcendental_values_agree(text):
    e = parse_expression(text)
    theirs = (
        e.to_sympy().subs({sympy.Symbol("x1", real=True): sympy.Rational(3, 7)}).doit().evalf(25)
    )
    assert abs(float(e.evaluate({"x1": "3/7"})) - float(theirs)) < 1e-15


def test_equal_units_are_not_merged():
    assert len(parse_expression("relu(x1) + relu(x1)").to_sympy().args) == 2


def test_without_sympy_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sympy", None)
    with pytest.raises(ToynetsError, match=r"needs SymPy(.|\n)*pip install"):
        parse_expression("x1").to_sympy()
