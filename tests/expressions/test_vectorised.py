"""Expressions over arrays, in NumPy and in JAX."""

from __future__ import annotations

import numpy as np
import pytest

from toynets.errors import ToynetsError, Undecided
from toynets.expressions import parse_expression

TABLE = [
    ("x1 + 2*x2 - 1", [0.5, -1.0, 4.0]),
    ("x1/x2", [-0.5, np.nan, 0.5]),
    ("mod(x1, 2)", [1.5, 0.0, 1.0]),
    ("mod(x1, x2)", [0.5, np.nan, 1.0]),
    ("-x1", [0.5, 0.0, -1.0]),
    ("max(x1, x2, 0.25)", [1.0, 0.25, 2.0]),
    ("min(x1, x2)", [-0.5, 0.0, 1.0]),
    ("abs(x1)", [0.5, 0.0, 1.0]),
    ("relu(x1)", [0.0, 0.0, 1.0]),
    ("step(x1)", [0.0, 0.0, 1.0]),
    ("square(x1)", [0.25, 0.0, 1.0]),
    ("x1 < 0", [1.0, 0.0, 0.0]),
    ("x1 <= 0", [1.0, 1.0, 0.0]),
    ("x1 > 0", [0.0, 0.0, 1.0]),
    ("x1 >= 0", [0.0, 1.0, 1.0]),
    ("x1 == 0", [0.0, 1.0, 0.0]),
    ("x1 != 0", [1.0, 0.0, 1.0]),
    ("x1 > 0 and x2 > 0", [0.0, 0.0, 1.0]),
    ("x1 > 0 or x2 > 0", [1.0, 0.0, 1.0]),
    ("not x1 > 0", [1.0, 1.0, 0.0]),
    ("x1 and 1", [np.nan, 0.0, 1.0]),
    ("x2 or 0", [1.0, 0.0, np.nan]),
    ("not x1", [np.nan, 1.0, 0.0]),
    ("step(x1/x2)", [0.0, np.nan, 1.0]),
    ("x1/x2 > 0", [0.0, np.nan, 1.0]),
    ("max(x1/x2, 0)", [0.0, np.nan, 0.5]),
    ("relu(x1/x2)", [0.0, np.nan, 0.5]),
    ("not (x1/x2 > 0)", [1.0, np.nan, 0.0]),
    ("cos(0)*x1", [-0.5, 0.0, 1.0]),
    ("3", [3.0, 3.0, 3.0]),
]
X1, X2 = [-0.5, 0.0, 1.0], [1.0, 0.0, 2.0]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_numpy(text, expected):
    f = parse_expression(text).vectorized(["x1", "x2"])
    np.testing.assert_array_equal(f(X1, X2), expected)


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_exact_evaluation_says_the_same_or_refuses(text, expected):
    e = parse_expression(text)
    for x1, x2, wanted in zip(X1, X2, expected, strict=True):
        if np.isnan(wanted):
            with pytest.raises(ToynetsError):
                e.evaluate({"x1": x1, "x2": x2})
        else:
            assert float(e.evaluate({"x1": x1, "x2": x2})) == wanted


def test_jax_under_jit_says_the_same():
    import jax
    import jax.numpy as jnp

    functions = [parse_expression(text).vectorized(["x1", "x2"], jnp) for text, _ in TABLE]
    together = jax.jit(lambda a, b: [f(a, b) for f in functions])
    results = together(jnp.asarray(X1), jnp.asarray(X2))
    for result, (text, expected) in zip(results, TABLE, strict=True):
        np.testing.assert_array_equal(result, expected, err_msg=text)
        assert result.dtype == jnp.float32


def test_the_derivative_of_relu_at_its_kink_is_0_and_division_has_no_nan_gradient():
    import jax
    import jax.numpy as jnp

    relu = parse_expression("relu(x1)").vectorized(["x1"], jnp)
    assert [float(jax.grad(relu)(z)) for z in (-1.0, 0.0, 1.0)] == [0.0, 0.0, 1.0]
    guarded = parse_expression("(x1 > 0)*x1 + 0/(x1 + 1)").vectorized(["x1"], jnp)
    assert float(jax.grad(guarded)(2.0)) == 1.0


@pytest.mark.parametrize("z", [-1000.0, -30.0, -1.0, 0.0, 1.0, 30.0, 1000.0])
def test_sigmoid_and_tanh_at_any_size(z):
    f = parse_expression("sigmoid(x1)").vectorized(["x1"])
    expected = float(parse_expression("sigmoid(x1)").evaluate({"x1": z}))
    assert f(z) == pytest.approx(expected, rel=1e-14, abs=1e-300)
    assert parse_expression("tanh(x1)").vectorized(["x1"])(z) == np.tanh(z)


def test_shapes_are_broadcast_also_where_a_name_does_not_occur():
    f = parse_expression("x1 + 1").vectorized(["x1", "x2"])
    assert f(np.zeros((3, 1)), np.zeros((4,))).shape == (3, 4)
    assert f(0.0, 0.0).shape == ()
    assert parse_expression("2").vectorized(["x1"])(np.zeros((2, 3))).tolist() == [[2.0] * 3] * 2
    assert parse_expression("2").vectorized([])() == 2.0


def test_the_order_of_the_names_is_the_order_of_the_arrays():
    assert parse_expression("x1 - x2").vectorized(["x2", "x1"])(1, 5) == 4


@pytest.mark.parametrize(
    ("kinds", "result"),
    [
        ((np.float32, np.float32), np.float32),
        ((np.float32, np.int64), np.float32),
        ((np.float32, np.float64), np.float64),
        ((np.int32, bool), np.float64),
    ],
)
def test_one_floating_dtype(kinds, result):
    f = parse_expression("0.5*x1 + (x2 > 0) + sqrt(4)").vectorized(["x1", "x2"])
    assert f(np.ones(2, kinds[0]), np.ones(2, kinds[1])).dtype == result


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda e: e.vectorized(["x1"]), "no name x2. Names: x1(.|\n)*add 'x2'"),
        (lambda e: e.vectorized(["x1", "x2", "x1"]), "a name stands twice in x1, x2, x1"),
        (lambda e: e.vectorized("x1"), "names='x1' is one text"),
        (
            lambda e: e.vectorized(["x1", "x2"])(1),
            r"expected 2 arrays \(x1, x2\) but got 1(.|\n)*T",
        ),
    ],
)
def test_wrong_use(call, message):
    with pytest.raises(ToynetsError, match=message):
        call(parse_expression("x1 + x2"))


def test_a_constant_part_without_a_value_is_refused_at_once():
    with pytest.raises(ToynetsError, match="division by zero in 1/0"):
        parse_expression("x1 + 1/0").vectorized(["x1"])
    with pytest.raises(Undecided):
        parse_expression("x1 + step(sin(pi))").vectorized(["x1"])
