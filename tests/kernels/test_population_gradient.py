"""The gradient of a population in each of its forms, against difference quotients and a twin."""

from __future__ import annotations

import sys
import types
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import jax
import numpy as np
import pytest

from toynets.forward import precision_of
from toynets.kernels import population_descent, population_twin
from toynets.kernels.population_grid import Grid, arranged, grid_of, order
from toynets.kernels.population_layout import Layout
from toynets.kernels.population_losses import OBJECTIVES
from toynets.training.losses import LOSSES
from toynets.training.recipes import OPTIMISERS


def rows_for(sizes, loss, seed=0):
    """Rows that are no zeros and ones, so that no factor is hidden by them, and targets.

    For 15 hidden units they make a grid: three rows of two inputs beside four of one, shuffled.
    """
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(5, sizes[0]))
    if sizes[1] == 15:
        first, second = rng.normal(size=(3, 2)), rng.normal(size=(4, 1))
        x = rng.permutation([[*p, *q] for p in first for q in second])
    t = rng.uniform(0.1, 0.9, size=(len(x), sizes[-1]))
    if loss == "cross-entropy":
        t = np.eye(sizes[-1])[rng.integers(sizes[-1], size=len(x))]
    return x, t


def some_numbers(sizes, count, seed=1):
    return np.random.default_rng(seed).normal(size=(Layout(sizes).count, count))


# The gradient, against a float64 derivative taken by differences, which shares nothing with it.


def loss_by_hand(flat, layout, activations, loss, x, t):
    """One network's loss in NumPy."""
    functions = {
        "identity": lambda z: z,
        "relu": lambda z: np.maximum(z, 0),
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }
    params = layout.params(flat)
    value = x
    for k, (w, b) in enumerate(zip(params["weight"], params["bias"], strict=True)):
        value = value @ w.T + b
        if k < len(activations) - 1:
            value = functions[activations[k]](value)
    if loss == "mse":
        return np.mean((value - t) ** 2)
    y = functions["sigmoid"](value)
    if loss == "half-sse":
        return np.sum((y - t) ** 2) / 2
    if loss == "bce":
        return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))
    return -np.mean(np.sum(t * (value - np.log(np.exp(value).sum(1, keepdims=True))), axis=1))


CASES = [
    ((2, 2, 1), ("relu", "identity"), "mse"),
    ((2, 3, 1), ("tanh", "identity"), "mse"),
    ((2, 2, 1), ("tanh", "sigmoid"), "bce"),
    ((3, 2, 1), ("sigmoid", "sigmoid"), "half-sse"),
    ((2, 14, 1), ("relu", "identity"), "mse"),
    ((3, 14, 1), ("tanh", "sigmoid"), "bce"),
    ((2, 3, 2), ("relu", "identity"), "mse"),
    ((2, 3, 3), ("tanh", "softmax"), "cross-entropy"),
    ((2, 3, 2, 1), ("relu", "tanh", "identity"), "mse"),
    ((2, 1), ("sigmoid",), "bce"),
    ((3, 15, 1), ("relu", "identity"), "mse"),
    ((3, 15, 1), ("relu", "sigmoid"), "bce"),
]
FORMS = ["written out"] * 4 + ["product"] * 4 + ["automatic"] * 2 + ["grid"] * 2


def program_for(case, x, descent=population_descent, optimiser="adam", momentum=0.0):
    sizes, activations, loss = case
    return descent.Program(
        sizes, activations, loss, optimiser, momentum, "float64", len(x), grid_of(x)
    )


def slopes(program, flat, x, t, planted=False):
    """The gradient, with the numbers in the order of a `Layout`.

    A planted one is run uncompiled: those of one case then share what is compiled.
    """
    there = program.order()
    with precision_of("float64"):
        gradient = program.gradient() if planted else jax.jit(program.gradient())
        found = np.asarray(gradient(flat[there], *program.arranged(x, t)))
    assert found.shape == flat.shape
    return found[np.argsort(there)]


def gap(case, planted=None):
    """The largest |gradient - difference quotient| over three networks."""
    sizes, activations, loss = case
    layout, (x, t) = Layout(sizes), rows_for(sizes, loss)
    flat = some_numbers(sizes, 3)
    program = program_for(case, x, planted or population_descent)
    found = slopes(program, flat, x, t, planted is not None)
    step, worst = 1e-5, 0.0
    for n in range(3):
        for k in range(len(flat)):
            more, less = flat[:, n].copy(), flat[:, n].copy()
            more[k] += step
            less[k] -= step
            slope = (
                loss_by_hand(more, layout, activations, loss, x, t)
                - loss_by_hand(less, layout, activations, loss, x, t)
            ) / (2 * step)
            worst = max(worst, abs(slope - found[k, n]))
    return worst


# Central differences err by step^2/6 times the third derivative (of the order of 10^2 here) and by
# 2^-52 / step: both below 1e-7. No unit is within 1e-5 of its kink, which a test below asserts.
BOUND = 1e-7


@pytest.mark.parametrize(("case", "form"), list(zip(CASES, FORMS, strict=True)))
def test_the_gradient_is_the_slope_of_the_loss(case, form):
    assert program_for(case, rows_for(case[0], case[2])[0]).form == form
    assert gap(case) < BOUND


def test_no_case_of_the_gradient_test_is_at_a_kink():
    for sizes, _, loss in CASES:
        x, _ = rows_for(sizes, loss)
        w, b = Layout(sizes).split(some_numbers(sizes, 3))[0]
        assert np.abs(np.einsum("oin,ri->ron", w, x) + b).min() > 1e-4


def test_a_unit_at_its_kink_has_slope_zero():
    for case, form in ((CASES[0], "written out"), (CASES[4], "product"), (CASES[10], "grid")):
        x, t = rows_for(case[0], case[2])
        inputs, hidden, _ = case[0]
        numbers = np.ones((Layout(case[0]).count, 3))
        numbers[: (inputs + 1) * hidden] = 0  # all units are 0 everywhere
        program = program_for(case, x)
        assert program.form == form
        assert not slopes(program, numbers, x, t)[: (inputs + 1) * hidden].any()


def test_a_grid_is_found_in_whatever_order_its_rows_come():
    cube = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    assert grid_of(cube[[3, 1, 7, 0, 2, 5, 4, 6]]) == Grid(1, 2, 4)
    assert grid_of(cube[:7]) is None
    assert grid_of(np.concatenate([cube, cube])) is None  # a row that is there twice weighs twice
    assert grid_of(cube[:, :1]) is None
    eight = np.array([[k >> j & 1 for j in range(8)] for k in range(256)])
    assert grid_of(eight) == Grid(4, 16, 16)
    (first, second), t = arranged(Grid(1, 2, 4), cube[::-1], np.arange(8)[:, None])
    assert first[:, 0].tolist() == [1, 1]
    for p in range(2):
        for q in range(4):
            row = [*first[p, 1:], *second[q]]
            assert cube[::-1][t[p, q, 0]].tolist() == row


def test_the_order_on_a_grid_is_by_input():
    layout = Layout((3, 2, 1))
    w, b = layout.split(np.arange(layout.count))[0]
    v, c = layout.split(np.arange(layout.count))[1]
    assert order(3, 2).tolist() == [*b, *w.T.ravel(), *v[0], *c]


# Errors planted in the sources: the number of a case that feels it, the file, right, wrong.

PLANTED = {
    "written out: next unit's bias": (0, "gradient", "z = b[None]", "z = b[None, ::-1]"),
    "written out: input's index": (0, "gradient", "* w[None, :, i]", "* w[None, :, i - 1]"),
    "written out: output's bias dropped": (0, "gradient", "        y = c\n", "        y = 0 * c\n"),
    "written out: next unit's output weight": (
        0, "gradient", "v[:, k] * a[:, k]", "v[:, k - 1] * a[:, k]",
    ),
    "written out: sign of the slope of a hidden unit": (
        0, "gradient", "back = d[:, None] * v", "back = -d[:, None] * v",
    ),
    "written out: bias slope dropped": (0, "gradient", "db = db + back[r]", "pass"),
    "written out: previous row's slope": (
        0, "gradient", "d[r][None] * a[r]", "d[r - 1][None] * a[r]",
    ),
    "written out: last row dropped": (
        0, "gradient", "in range(x.shape[0]):", "in range(x.shape[0] - 1):",
    ),
    "tanh: sign of the slope": (1, "gradient", "1 - a * a,", "1 + a * a,"),
    "sigmoid: slope": (3, "gradient", "a * (1 - a)", "a * (1 + a)"),
    "product: bias dropped": (
        4, "gradient", "ones = flat.shape[-1], jnp", "ones = flat.shape[-1], 0 * jnp",
    ),
    "product: input's index": (4, "gradient", "[w, b[:, None]]", "[w[:, ::-1], b[:, None]]"),
    "product: sign": (4, "gradient", "both = both * v[0]", "both = -both * v[0]"),
    "product: slope where a unit is off": (4, "gradient", "where(a > 0, d", "where(a >= 0, d"),
    "product: output weights of the wrong unit": (
        4, "gradient", "(first, 0, -1), axis", "(first[:, ::-1], 0, -1), axis",
    ),
    "product: output weights of the wrong tanh unit": (
        5, "gradient", '"nor,nkr->okn", d, a)', '"nor,nkr->okn", d, a[:, ::-1])',
    ),
    "product: several outputs mixed up": (
        6, "gradient", '_dot("nor,okn->nkr", d, v)', '_dot("nor,okn->nkr", d[:, ::-1], v)',
    ),
    "automatic: bias dropped": (
        8, "gradient", "FUNCTIONS[name](value)) + b[None]", "FUNCTIONS[name](value))",
    ),
    "grid: bias dropped": (10, "grid", "[np.ones(", "[np.zeros("),
    "grid: next unit's output weight": (
        10, "grid", "jnp.sum(v[None, None] *", "jnp.sum(v[::-1][None, None] *",
    ),
    "grid: output's bias dropped": (11, "grid", "y = c[None, None] +", "y ="),
    "grid: sign": (10, "grid", "(both * v[None])", "(-both * v[None])"),
    "grid: other side of the kink": (10, "grid", "-b[:, None] < a[None]", "-b[:, None] > a[None]"),
    "grid: slopes of other rows": (
        10, "grid", "turned = jnp.swapaxes(d", "turned = jnp.swapaxes(d[::-1]",
    ),
    "grid: output weights of the wrong input": (
        10, "grid", "jnp.sum(both * w, axis", "jnp.sum(both * w[::-1], axis",
    ),
    "grid: numbers in another order": (10, "grid", "weights.T.ravel()", "weights.ravel()"),
    "grid: targets of other rows": (
        10, "grid", "placed[p.ravel(), q.ravel()]", "placed[p.ravel(), q.ravel()[::-1]]",
    ),
    "mse: factor": (0, "losses", "* (2 / cells)", "* (1 / cells)"),
    "bce: sign": (2, "losses", "(jax.nn.sigmoid(z) - t) * (1", "(t - jax.nn.sigmoid(z)) * (1"),
    "adam: first correction for the second": (0, "descent", "m * now[2]", "m * now[3]"),
    "adam: no correction of the second moment": (
        0, "descent", "jnp.sqrt(v * now[3])", "jnp.sqrt(v)",
    ),
    "adam: corrections one step late": (
        0, "descent", "np.arange(1, steps + 1", "np.arange(2, steps + 2",
    ),
    "adam: epsilon under the root": (
        0, "descent",
        "(jnp.sqrt(v * now[3]) + kind(EPSILON))",
        "jnp.sqrt(v * now[3] + kind(EPSILON))",
    ),
    "adam: second moment of the slope itself": (0, "descent", "slope * slope", "slope"),
    "adam: swapped moments": (
        0, "descent", "BETA1, BETA2, EPSILON = 0.9, 0.999", "BETA1, BETA2, EPSILON = 0.999, 0.9",
    ),
    "decay: factor": (0, "descent", "(2 * now[1]) * p", "now[1] * p"),
    "decay: sign": (0, "descent", "gradient(p, x, t) + (2", "gradient(p, x, t) - (2"),
    "momentum: sign": (0, "descent", "slope + kind(momentum)", "slope - kind(momentum)"),
    "descent: sign": (0, "descent", "return p - rate * slope", "return p + rate * slope"),
}  # fmt: skip


def mutated(file, old, new):
    """The modules of the kernel, one of them with an error planted in its source."""
    made = {}
    for name in ("losses", "gradient", "grid", "descent"):
        full = f"toynets.kernels.population_{name}"
        source = Path(sys.modules[full].__file__).read_text("utf-8")
        if name == file:
            assert source.count(old) >= 1, f"{old!r} is not in {full}"
            source = source.replace(old, new)
        module = types.ModuleType(full)
        module.__dict__["__file__"] = full
        made[name] = module
        sys.modules[full], kept = module, sys.modules[full]
        try:
            exec(compile(source, full, "exec"), module.__dict__)
        finally:
            sys.modules[full] = kept
        if name in ("gradient", "grid"):
            module.OBJECTIVES = made["losses"].OBJECTIVES
        if name == "descent":
            module.gradients, module.grids = made["gradient"], made["grid"]
    return made["descent"]


RATES = [(0.05, 0.01), (0.04, 0.02), (0.02, 0.0)]


@cache
def twin(case, optimiser):
    """The numbers that two networks reach, each trained by itself in float64."""
    (sizes, activations, loss), layout = case, Layout(case[0])
    x, t = rows_for(sizes, loss)
    flat = some_numbers(sizes, 2)
    with precision_of("float64"):
        ones = [
            population_twin.train_one(
                layout.params(flat[:, k]), x, t, RATES,
                activations=activations, loss=loss, optimiser=optimiser, momentum=0.7,
            )
            for k in range(2)
        ]  # fmt: skip
    return np.stack([layout.flat(one) for one in ones], axis=1)


def apart(case, optimiser, descent=None):
    """How far kernel and twin are apart after three steps.

    A planted module is run uncompiled: to compile each would take most of the time.
    """
    uncompiled = jax.disable_jit() if descent else nullcontext()
    descent = descent or population_descent
    sizes, _, loss = case
    x, t = rows_for(sizes, loss)
    program = program_for(case, x, descent, optimiser, 0.7)
    flat = some_numbers(sizes, 2)
    with precision_of("float64"):
        now = np.concatenate([np.array(RATES), descent.corrections(3)], axis=1)
        moments = (np.zeros_like(flat), np.zeros_like(flat))
        with uncompiled:
            done = descent.piece(program)(flat, *moments, now, *program.arranged(x, t))
        reached = np.asarray(done[0])
    return np.abs(reached - twin(case, optimiser)).max()


# Three steps of about 40 operations each on numbers of size 1 err by 120 x 2^-53 = 1.4e-14, which
# Adam's division by roots above 1e-2 raises to 1.4e-12 at most.
APART = 1.4e-12


# Each form, each loss; the other slopes are held to difference quotients above.
TWINS = [(case, "adam") for case in (0, 3, 4, 7, 8, 11)] + [(0, "momentum"), (0, "descent")]


@pytest.mark.parametrize(("case", "optimiser"), TWINS)
def test_kernel_and_twin_agree_in_float64(case, optimiser):
    assert apart(CASES[case], optimiser) < APART


@pytest.mark.parametrize("what", [p for p in PLANTED if PLANTED[p][1] == "descent"])
def test_a_planted_error_is_found_by_the_twin(what):
    case, *error = PLANTED[what]
    optimiser = what.split(":")[0] if what.split(":")[0] in OPTIMISERS else "adam"
    assert not apart(CASES[case], optimiser, mutated(*error)) < 100 * APART


def test_without_an_error_kernel_and_twin_agree_uncompiled_as_well():
    assert apart(CASES[0], "adam", mutated("grid", "bias", "bias")) < APART


@pytest.mark.parametrize("what", [p for p in PLANTED if PLANTED[p][1] != "descent"])
def test_a_planted_error_is_found_by_difference_quotients(what):
    case, *error = PLANTED[what]
    assert not gap(CASES[case], mutated(*error)) < BOUND


def test_a_loss_and_its_slope_are_those_of_training():
    assert set(OBJECTIVES) == set(LOSSES)
    for name, loss in LOSSES.items():
        _, t = rows_for((2, 3), name)
        z = np.random.default_rng(3).normal(size=t.shape) * 3
        ours, cells = OBJECTIVES[name], t.size

        def here(z, t, ours=ours, cells=cells):
            z, t = z[:, :, None], t[:, :, None]
            return ours.value(z, t)[0], ours.slope(z, t, cells)[:, :, 0], ours.values(z)[:, :, 0]

        def there(z, t, theirs=loss):
            return theirs.of(z, t), jax.grad(theirs.of)(z, t), theirs.values(z)

        with precision_of("float64"):
            pairs = zip(jax.jit(here)(z, t), jax.jit(there)(z, t), strict=True)
        assert all(np.abs(np.asarray(a) - np.asarray(b)).max() < 1e-14 for a, b in pairs)
