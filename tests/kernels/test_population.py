"""Population training: the same training as one network's, whatever the population and devices."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import types
from functools import cache
from pathlib import Path

import jax
import numpy as np
import pytest

from toynets.errors import ToynetsError
from toynets.forward import precision_of
from toynets.kernels import population_descent, population_twin
from toynets.kernels.population import PIECE, evaluate_population, train_population
from toynets.kernels.population_descent import Program, compiled, corrections, cpu_options, update
from toynets.kernels.population_layout import Layout
from toynets.kernels.population_losses import OBJECTIVES
from toynets.kernels.population_start import INITS, draw, start_population
from toynets.training import train
from toynets.training.descent import start
from toynets.training.losses import LOSSES
from toynets.training.recipes import INITS as TRAINING_INITS
from toynets.training.recipes import OPTIMISERS, schedule, with_steps

CUBE = {n: np.array(list(itertools.product((0, 1), repeat=n)), float) for n in (2, 3)}
XOR = {"sizes": (2, 2, 1), "activations": ("relu", "identity")}


def rows_for(sizes, loss, seed=0):
    """Rows that are no zeros and ones, so that no factor is hidden by them, and targets."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(5, sizes[0]))
    t = rng.uniform(0.1, 0.9, size=(5, sizes[-1]))
    if loss == "cross-entropy":
        t = np.eye(sizes[-1])[rng.integers(sizes[-1], size=5)]
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
]
FORMS = ["written out"] * 4 + ["product"] * 4 + ["automatic"] * 2


def gradient_of(sizes, activations, loss, x, t, dtype="float64"):
    program = Program(sizes, activations, loss, "adam", 0.0, dtype, len(x))
    return program.gradient(), program.form


def gap(gradient, case):
    """The largest |gradient - difference quotient| over three networks, and the allowed one."""
    sizes, activations, loss = case
    layout, (x, t) = Layout(sizes), rows_for(sizes, loss)
    flat = some_numbers(sizes, 3)
    with precision_of("float64"):
        found = np.asarray(gradient(flat, x, t))
    assert found.shape == flat.shape
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
    gradient, found = gradient_of(*case, *rows_for(case[0], case[2]))
    assert found == form
    assert gap(gradient, case) < BOUND


def test_no_case_of_the_gradient_test_is_at_a_kink():
    for sizes, _, loss in CASES:
        x, _ = rows_for(sizes, loss)
        w, b = Layout(sizes).split(some_numbers(sizes, 3))[0]
        assert np.abs(np.einsum("oin,ri->ron", w, x) + b).min() > 1e-4


def test_a_unit_at_its_kink_has_slope_zero():
    x, t = CUBE[2], np.ones((4, 1))
    flat = np.ones((9, 1))
    flat[:6] = 0  # both units are 0 everywhere
    for sizes in ((2, 2, 1), (2, 20, 1)):
        numbers = np.ones((Layout(sizes).count, 1))
        numbers[: 3 * sizes[1]] = 0
        gradient, _ = gradient_of(sizes, ("relu", "identity"), "mse", x, t)
        with precision_of("float64"):
            assert not np.asarray(gradient(numbers, x, t))[: 3 * sizes[1]].any()


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
    """The three modules of the kernel, one of them with an error planted in its source."""
    made = {}
    for name in ("losses", "gradient", "descent"):
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
        if name == "gradient":
            module.OBJECTIVES = made["losses"].OBJECTIVES
        if name == "descent":
            module.gradients = made["gradient"]
    return made


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


def apart(case, optimiser, descent=population_descent):
    """How far kernel and twin are apart after three steps; the kernel's module may be planted."""
    sizes, activations, loss = case
    x, t = rows_for(sizes, loss)
    program = descent.Program(
        sizes, activations, loss, optimiser, 0.7, "float64", len(x)
    )
    flat = some_numbers(sizes, 2)
    with precision_of("float64"):
        now = np.concatenate([np.array(RATES), descent.corrections(3)], axis=1)
        moments = (np.zeros_like(flat), np.zeros_like(flat))
        reached = np.asarray(descent.piece(program)(flat, *moments, now, x, t)[0])
    return np.abs(reached - twin(case, optimiser)).max()


# Three steps of about 40 operations each on numbers of size 1 err by 120 x 2^-53 = 1.4e-14, which
# Adam's division by roots above 1e-2 raises to 1.4e-12 at most.
APART = 1.4e-12


@pytest.mark.parametrize(
    ("case", "optimiser"),
    [*((c, "adam") for c in CASES), (CASES[0], "momentum"), (CASES[0], "descent")],
)
def test_kernel_and_twin_agree_in_float64(case, optimiser):
    assert apart(case, optimiser) < APART


# The twin has the loss from the same file, so those errors are for the difference quotients.
@pytest.mark.parametrize("what", [p for p in PLANTED if PLANTED[p][1] != "losses"])
def test_a_planted_error_is_found_by_the_twin(what):
    case, *error = PLANTED[what]
    optimiser = what.split(":")[0] if what.split(":")[0] in OPTIMISERS else "adam"
    assert not apart(CASES[case], optimiser, mutated(*error)["descent"]) < 100 * APART


@pytest.mark.parametrize("what", [p for p in PLANTED if PLANTED[p][1] != "descent"])
def test_a_planted_error_is_found_by_difference_quotients(what):
    case, *error = PLANTED[what]
    sizes, activations, loss = CASES[case]
    x, _ = rows_for(sizes, loss)
    program = mutated(*error)["descent"].Program(
        sizes, activations, loss, "adam", 0.0, "float64", len(x)
    )
    assert not gap(program.gradient(), CASES[case]) < BOUND


def test_a_loss_and_its_slope_are_those_of_training():
    assert set(OBJECTIVES) == set(LOSSES)
    for name, loss in LOSSES.items():
        _, t = rows_for((2, 3), name)
        z = np.random.default_rng(3).normal(size=t.shape) * 3
        with precision_of("float64"):
            ours, theirs = OBJECTIVES[name], loss
            value = ours.value(z[:, :, None], t[:, :, None])[0]
            slope = ours.slope(jax.numpy.asarray(z[:, :, None]), t[:, :, None], t.size)[:, :, 0]
            assert abs(value - theirs.of(z, t)) < 1e-14
            wanted = jax.grad(lambda z, loss=loss, t=t: loss.of(z, t))(jax.numpy.asarray(z))
            assert np.abs(np.asarray(slope - wanted)).max() < 1e-14
            values = theirs.values(jax.numpy.asarray(z)) - ours.values(z[:, :, None])[:, :, 0]
            assert np.abs(np.asarray(values)).max() < 1e-14


# The same training as `training.train`.


@pytest.mark.parametrize(
    ("optimiser", "activation", "loss"),
    [("adam", "relu", "mse"), ("adam", "tanh", "bce"), ("momentum", "sigmoid", "half-sse")],
)
def test_a_population_trains_as_one_network_is_trained(optimiser, activation, loss):
    recipe = with_steps(
        {
            "optimiser": optimiser,
            "momentum": 0.9,
            "init": "glorot-normal",
            "phases": [
                {"steps": 4, "learning_rate": 0.02, "schedule": "cosine", "decay": 1e-2},
                {"steps": 4, "learning_rate": 0.01, "schedule": "constant", "decay": 1e-3},
            ],
        },
        8,
    )
    output = LOSSES[loss].output
    seeds = range(6)
    flat = np.stack(
        [Layout((2, 2, 1)).flat(start(s, (2, 2, 1), recipe)) for s in seeds], axis=1
    )
    t = np.array([[0], [1], [1], [0]])
    reached = train_population(
        flat, CUBE[2], t, schedule(recipe), sizes=(2, 2, 1), activations=(activation, output),
        loss=loss, optimiser=optimiser, momentum=0.9,
    )  # fmt: skip
    # A slope is a sum of less than 40 rounded terms: its error is below 40 x 2^-24 of the sum of
    # their sizes, below 2 here. Adam divides by the slope's own size, at least 2^-8 here, so that a
    # step of rate 0.02 differs by less than 0.02 x 2 x 40 x 2^-24 x 2^8; eight of them by 8 x that,
    # doubled for what an earlier difference adds to later slopes.
    bound = 2 * 8 * 0.02 * 2 * 40 * 2.0**-24 * 2**8
    for k, seed in enumerate(seeds):
        one = train(
            "xor", recipe=recipe, activation=activation, loss=loss, hidden=2, seed=seed
        ).network
        wanted = Layout((2, 2, 1)).flat(one.params())
        assert np.abs(wanted - flat[:, k]).max() > 20 * bound  # it did train
        assert np.abs(wanted - reached[:, k]).max() < bound


@pytest.mark.parametrize("init", INITS)
def test_a_network_starts_as_one_training_does(init):
    recipe = {"init": init, "bound": 0.3}
    one = draw(jax.random.key(5), sizes=(3, 4, 2), init=init, bound=0.3)
    wanted = Layout((3, 4, 2)).flat(start(5, (3, 4, 2), recipe))
    assert np.asarray(one).tobytes() == wanted.tobytes()
    assert set(INITS) == set(TRAINING_INITS)


def test_steps_that_fill_up_a_piece_change_nothing():
    flat = some_numbers((2, 2, 1), 3).astype("float32")
    rates = [(0.01, 1e-3)] * (PIECE + 3)
    told = []
    t = np.array([[0], [1], [1], [0]])
    whole = train_population(flat, CUBE[2], t, rates, advance=told.append, **XOR)
    assert told == [PIECE // 2 + 2, PIECE // 2 + 1]
    for k in range(3):
        one = population_twin.train_one(
            Layout((2, 2, 1)).params(flat[:, k].astype(float)), CUBE[2], t.astype(float), [],
            activations=XOR["activations"],
        )  # fmt: skip
        assert Layout((2, 2, 1)).flat(one).tolist() == flat[:, k].tolist()
    with_zero = train_population(flat, CUBE[2], t, [*rates, (0.0, 0.0)], **XOR)
    assert whole.tobytes() == with_zero.tobytes()


def test_training_goes_down_to_the_solutions():
    t = np.array([[0], [1], [1], [0]])
    recipe = {"phases": [{"steps": 2000, "learning_rate": 0.02, "decay": 1e-4}]}
    trained = train_population(start_population((2, 4, 1), 64), CUBE[2], t, schedule(recipe),
                               sizes=(2, 4, 1), activations=("relu", "identity"))  # fmt: skip
    y = evaluate_population(trained, CUBE[2], sizes=(2, 4, 1), activations=("relu", "identity"))
    solved = np.abs(y - t[:, :, None]).max(axis=(0, 1)) < 0.02
    assert 0.4 < solved.mean() <= 1  # 62 % in the literature; far from 0 in any case


# The same bits, whatever is beside it.


@pytest.mark.parametrize("sizes", [(2, 2, 1), (3, 24, 1), (2, 3, 3, 1)])
def test_a_network_does_not_depend_on_the_size_of_its_population(sizes):
    activations = ("tanh",) * (len(sizes) - 2) + ("sigmoid",)
    x = CUBE[sizes[0]]
    t = (x.sum(1) % 2)[:, None]
    how = {"sizes": sizes, "activations": activations, "loss": "bce"}
    rates = [(0.02, 1e-3)] * 20
    many = train_population(start_population(sizes, 1100, seed=3), x, t, rates, **how)
    for count, first in ((1, 0), (600, 0), (5, 900)):
        some = start_population(sizes, count, seed=3, first=first)
        few = train_population(some, x, t, rates, **how)
        assert few.tobytes() == np.ascontiguousarray(many[:, first : first + count]).tobytes()


def test_another_seed_starts_elsewhere():
    one, two = start_population((2, 2, 1), 50, seed=0), start_population((2, 2, 1), 50, seed=1)
    assert not (one[:4] == two[:4]).any()
    assert len(np.unique(one[0])) == 50


def on_eight_devices(code):
    """What a fresh process prints that takes its processor for eight devices."""
    environment = os.environ | {"XLA_FLAGS": "--xla_force_host_platform_device_count=8"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


DEVICES = """
import hashlib, numpy as np, jax
from toynets.kernels.population import train_population
from toynets.kernels.population_start import start_population
assert len(jax.devices()) == 8
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]); t = np.array([[0], [1], [1], [0]])
for sizes, acts in (((2, 2, 1), ("tanh", "identity")), ((2, 40, 1), ("relu", "identity"))):
    start = start_population(sizes, 1300, seed=5)
    for n in (1, 2, 8):
        done = train_population(start, x, t, [(0.02, 1e-3)] * 30, sizes=sizes, activations=acts,
                                devices=jax.devices()[:n])
        print(sizes[1], n, hashlib.sha256(np.ascontiguousarray(done).tobytes()).hexdigest())
"""


def test_one_two_and_eight_devices_give_the_same_bits():
    lines = [line.split() for line in on_eight_devices(DEVICES).splitlines()]
    assert len(lines) == 6
    for width in ("2", "40"):
        assert len({bits for w, _, bits in lines if w == width}) == 1


COLLECTIVES = """
import numpy as np, jax
from toynets.kernels.population_descent import Program, compiled
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32"); t = x[:, :1]
for hidden in (2, 40):
    one = Program((2, hidden, 1), ("relu", "identity"), "mse", "adam", 0.0, "float32", 4)
    state = [np.zeros((8, 4 * hidden + 1, one.width), "float32")] * 3
    run = compiled(one, tuple(jax.devices()))
    text = run.lower(*state, np.zeros((5, 4), "float32"), x, t, np.int32(1))
    print(text.compile().as_text())
    print("DEVICES", len(jax.devices()))
"""


def test_the_compiled_step_exchanges_nothing():
    text = on_eight_devices(COLLECTIVES)
    assert text.count("DEVICES 8") == 2
    assert text.count("while") > 2  # it is the compiled text, scan and all
    for word in ("all-gather", "all-reduce", "all-to-all", "collective", "reduce-scatter"):
        assert word not in text


def test_a_collective_in_the_text_would_be_seen():
    code = COLLECTIVES.split("for hidden")[0] + (
        "from jax.sharding import Mesh, PartitionSpec as P\n"
        "mesh = Mesh(np.array(jax.devices()), ('chunks',))\n"
        "f = jax.jit(jax.shard_map(lambda a: a + jax.lax.psum(a, 'chunks'), mesh=mesh,\n"
        "    in_specs=P('chunks'), out_specs=P('chunks')))\n"
        "print(f.lower(np.zeros(8, 'float32')).compile().as_text())\n"
    )
    assert "all-reduce" in on_eight_devices(code)


# Compiler options.


def test_an_option_that_the_backend_does_not_know_is_left_out(monkeypatch):
    monkeypatch.setitem(population_descent.CPU_OPTIONS, "xla_cpu_no_such_option", "1")
    cpu_options.cache_clear()
    try:
        assert "xla_cpu_no_such_option" not in cpu_options()
    finally:
        cpu_options.cache_clear()


def test_an_accelerator_gets_no_options_of_the_cpu(monkeypatch):
    monkeypatch.setattr(population_descent.jax, "default_backend", lambda: "gpu")
    cpu_options.cache_clear()
    try:
        assert cpu_options() == {}
    finally:
        cpu_options.cache_clear()


def test_the_corrections_are_those_of_adam():
    found = corrections(3)
    assert found[1].tolist() == [1 / (1 - 0.9**2), 1 / (1 - 0.999**2)]
    p, _, _ = update("adam", 0)(1.0 * np.ones(1), np.zeros(1), np.zeros(1), 3.0 * np.ones(1),
                                np.array([0.5, 0, *found[0]]))  # fmt: skip
    assert p[0] == pytest.approx(0.5, abs=1e-6)  # a first step of Adam is the learning rate


def test_rows_and_targets_are_no_part_of_the_compiled_program():
    def make(rows):
        return Program((2, 2, 1), ("relu", "identity"), "mse", "adam", 0.0, "float32", rows)

    device = tuple(jax.devices()[:1])
    assert compiled(make(4), device) is compiled(make(4), device)
    assert compiled(make(4), device) is not compiled(make(5), device)


# Layout.


def test_a_layout_takes_apart_what_it_puts_together():
    layout = Layout((3, 4, 2))
    flat = np.arange(layout.count * 5.0).reshape(-1, 5)
    assert layout.join(layout.split(flat)).tolist() == flat.tolist()
    one = layout.params(flat[:, 2])
    assert one["weight"][0].shape == (4, 3)
    assert layout.flat(one).tolist() == flat[:, 2].tolist()
    both = [layout.params(flat[:, k]) for k in range(5)]
    stacked = {
        kind: tuple(np.stack(parts) for parts in zip(*(b[kind] for b in both), strict=True))
        for kind in ("weight", "bias")
    }
    assert layout.flat(stacked).tolist() == flat.tolist()


# What is refused.


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"numbers": np.zeros((8, 2), "float32")}, r"numbers of shape \(9, networks\) but got \(8"),
        ({"numbers": np.zeros((9, 2), "int32")}, "float32 or float64, but its numbers are int32"),
        ({"rows": np.zeros((4, 3))}, r"rows of shape \(rows, 2\) but got \(4, 3\)"),
        ({"targets": np.zeros((3, 1))}, r"targets of shape \(4, 1\) but got \(3, 1\)"),
        ({"loss": "msq"}, "no loss msq. Losses: .* Nearest: mse"),
        ({"optimiser": "adma"}, "no optimiser adma.* Nearest: adam"),
        ({"activations": ("rleu", "identity")}, "no activation rleu.* Nearest: relu"),
        ({"activations": ("relu",)}, "expected 2 activations, one for each layer, but got 1"),
    ],
)
def test_a_training_that_cannot_be_is_refused(change, said):
    arguments = {
        "numbers": np.zeros((9, 2), "float32"),
        "rows": CUBE[2],
        "targets": np.zeros((4, 1)),
        "rates": [(0.1, 0)],
        **XOR,
    } | change
    with pytest.raises(ToynetsError, match=said):
        train_population(**arguments)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"count": 0}, "at least 1 network, but got count=0"),
        ({"seed": -1}, "from 0 to below 2\\^32, but got -1"),
        ({"init": "he-norml"}, "no init he.* Nearest: he-normal"),
        ({"init": "uniform"}, "needs a positive bound, but got 0"),
    ],
)
def test_a_start_that_cannot_be_is_refused(change, said):
    with pytest.raises(ToynetsError, match=said):
        start_population(**({"sizes": (2, 2, 1), "count": 2} | change))
