"""Population training: the same training as one network's, whatever the population and devices."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys

import jax
import numpy as np
import pytest

from toynets.errors import ToynetsError
from toynets.kernels import population_descent, population_twin
from toynets.kernels.population import PIECE, evaluate_population, train_population
from toynets.kernels.population_descent import Program, compiled, corrections, options_for, update
from toynets.kernels.population_layout import Layout
from toynets.kernels.population_start import BLOCK, INITS, draw, start_population
from toynets.training import train
from toynets.training.descent import start
from toynets.training.losses import LOSSES
from toynets.training.recipes import INITS as TRAINING_INITS
from toynets.training.recipes import schedule, with_steps

CUBE = {n: np.array(list(itertools.product((0, 1), repeat=n)), float) for n in (2, 3)}
XOR = {"sizes": (2, 2, 1), "activations": ("relu", "identity")}


def some_numbers(sizes, count, seed=1):
    return np.random.default_rng(seed).normal(size=(Layout(sizes).count, count))


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
    flat = np.stack([Layout((2, 2, 1)).flat(start(s, (2, 2, 1), recipe)) for s in seeds], axis=1)
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
        assert np.abs(wanted - flat[:, k]).max() > 10 * bound  # it did train
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


def test_a_softmax_of_a_population_is_the_logits_less_their_mean():
    numbers = np.array([[1.0, 2], [3, -2], [0, 4], [8, 0]], "float32")  # two networks 1-2
    y = evaluate_population(numbers, [[2]], sizes=(1, 2), activations=("softmax",))
    assert y.tolist() == [[[-6, 6], [6, -6]]]  # logits 2 and 14, and 8 and -4


# The same bits, whatever is beside it.


SHAPES = [  # one of each form
    ((2, 2, 1), ("tanh", "identity"), "written out"),
    ((2, 40, 1), ("tanh", "identity"), "product"),
    ((2, 40, 1), ("relu", "identity"), "grid"),
    ((2, 3, 3, 1), ("tanh", "tanh", "sigmoid"), "automatic"),
]


@pytest.mark.parametrize(("sizes", "activations", "form"), SHAPES)
def test_a_network_does_not_depend_on_the_size_of_its_population(sizes, activations, form):
    x, t = CUBE[2], np.array([[0], [1], [1], [0]])
    how = {"sizes": sizes, "activations": activations}
    rates = [(0.02, 1e-3)] * 20
    many = train_population(start_population(sizes, 600, seed=3), x, t, rates, **how)
    for count, first in ((1, 0), (300, 0), (5, 500)):
        some = start_population(sizes, count, seed=3, first=first)
        few = train_population(some, x, t, rates, **how)
        assert few.tobytes() == np.ascontiguousarray(many[:, first : first + count]).tobytes()


def test_one_program_serves_populations_of_every_size():
    t = np.array([[0], [1], [1], [0]])
    train_population(start_population((2, 2, 1), 3), CUBE[2], t, [(0.1, 0)], **XOR)
    # Grid or not does not count where the sums are written out.
    program = Program((2, 2, 1), XOR["activations"], "mse", "adam", 0.0, "float32", 4)
    run = compiled(program, tuple(jax.devices()[:1]))
    before = run._cache_size()
    assert before >= 1
    train_population(start_population((2, 2, 1), 999), CUBE[2], t, [(0.2, 1e-3)], **XOR)
    assert run._cache_size() == before


def test_members_beyond_one_block_are_drawn_as_any_other():
    many = start_population((2, 2, 1), BLOCK + 3, seed=4)
    for first in (0, BLOCK - 1, BLOCK, BLOCK + 2):
        one = start_population((2, 2, 1), 1, seed=4, first=first)
        assert one.tobytes() == np.ascontiguousarray(many[:, first : first + 1]).tobytes()
    assert len(np.unique(many[0])) == BLOCK + 3


def test_member_k_is_drawn_from_the_seed_folded_with_k():
    some = start_population((2, 2, 1), 3, seed=5)
    key = jax.random.fold_in(jax.random.key(np.uint32(5)), np.uint32(2))
    alone = draw(key, sizes=(2, 2, 1), init="he-normal", bound=0.0)
    assert np.abs(some[:, 2] - np.asarray(alone)).max() <= 1e-6


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


EIGHT = """
import hashlib, json, numpy as np, jax
from toynets.kernels.devices import collectives_in
from toynets.kernels.population import train_population
from toynets.kernels.population_descent import Program, compiled
from toynets.kernels.population_grid import grid_of
from toynets.kernels.population_start import start_population
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
t = np.array([[0], [1], [1], [0]], "float32")
said = {}
for sizes, acts, form in SHAPES:
    start = start_population(sizes, 500, seed=5)
    bits = []
    for n in (1, 2, 8):
        done = train_population(start, x, t, [(0.02, 1e-3)] * 30, sizes=sizes, activations=acts,
                                devices=jax.devices()[:n])
        bits.append(hashlib.sha256(np.ascontiguousarray(done).tobytes()).hexdigest())
    one = Program(sizes, acts, "mse", "adam", 0.0, "float32", 4, grid_of(x))
    state = [np.zeros((8, len(start), one.width), "float32")] * 3
    run = compiled(one, tuple(jax.devices()))
    text = run.lower(*state, np.zeros((30, 4), "float32"), *one.arranged(x, t)).compile().as_text()
    said[form] = {"form": one.form, "bits": bits, "loops": text.count(" while("),
                  "parts": text.count("num_partitions=8"), "said": collectives_in(text)}
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def eight():
    """What a fresh process says that takes its processor for eight devices."""
    environment = os.environ | {"XLA_FLAGS": "--xla_force_host_platform_device_count=8"}
    command = [sys.executable, "-c", EIGHT.replace("SHAPES", repr(SHAPES[:3]))]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_one_two_and_eight_devices_give_the_same_bits(eight):
    assert list(eight) == [said["form"] for said in eight.values()]
    for said in eight.values():
        assert len(said["bits"]) == 3
        assert len(set(said["bits"])) == 1
    assert len({said["bits"][0] for said in eight.values()}) == 3


def test_the_compiled_step_exchanges_nothing(eight):
    # A program that does say something to the other devices is found out in `test_devices`.
    for said in eight.values():
        assert said["loops"] >= 1  # it is the compiled text, scan and all
        assert said["parts"] == 1  # of the program for eight devices
        assert said["said"] == []


# Compiler options.


def test_an_option_that_the_backend_does_not_know_is_left_out(monkeypatch):
    monkeypatch.setitem(population_descent.OPTIONS, "grid", {"xla_cpu_no_such_option": "1"})
    assert options_for("grid") == {}


def test_an_accelerator_gets_no_options_of_the_cpu(monkeypatch):
    monkeypatch.setattr(population_descent.jax, "default_backend", lambda: "gpu")
    assert options_for("written out") == {}


def test_chunks_fill_vectors_and_fit_the_cache():
    def width(sizes, rows):
        return Program(sizes, ("relu",) * (len(sizes) - 1), "mse", "adam", 0.0, "f", rows).width

    assert width((2, 2, 1), 4) == 144
    assert width((8, 16, 1), 256) == 112
    assert width((14, 8, 3), 1000) == 32
    assert width((64, 64, 10), 10_000) == 16


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
        ({"loss": "cross-entropy"}, "one output per class"),
        (
            {
                "loss": "cross-entropy",
                "sizes": (2, 2, 2),
                "numbers": np.zeros((12, 2)),
                "targets": np.ones((4, 2)),
            },
            "targets that sum to 1 in each row",
        ),
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
