"""Training many networks of one architecture at once, the population on the last axis."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from toynets.errors import ToynetsError, unknown
from toynets.forward import FUNCTIONS, precision_of
from toynets.kernels.devices import gathered
from toynets.kernels.population_descent import Program, compiled, corrections
from toynets.kernels.population_gradient import pre_outputs
from toynets.kernels.population_grid import grid_of
from toynets.kernels.population_layout import Layout
from toynets.kernels.population_losses import OBJECTIVES

OPTIMISERS = ("adam", "momentum", "descent")

# Steps of one compiled piece, at most: progress is told after each. All pieces have one length, so
# that one compilation serves them; the last is filled up with steps of learning rate 0, which
# change no number.
PIECE = 1000


def train_population(
    numbers: np.ndarray[Any, Any],
    rows: Any,
    targets: Any,
    rates: Iterable[tuple[float, float]],
    *,
    sizes: Sequence[int],
    activations: Sequence[str],
    loss: str = "mse",
    optimiser: str = "adam",
    momentum: float = 0.0,
    devices: Sequence[Any] | None = None,
    advance: Callable[[int], None] = lambda steps: None,
) -> np.ndarray[Any, Any]:
    """Train every network of a population, full batch, and return their numbers.

    Each network is trained as if it were alone, and with the same bits whatever the number of
    networks and of devices. The decay is that of the recipes: `decay * sum of squares` of weights
    and biases is added to the loss.

    Args:
        numbers: where to start, shape (parameters, networks), as `start_population` or
            `Layout.flat` give it; its dtype, float32 or float64, is that of the training.
        rows: all inputs, shape (rows, inputs).
        targets: shape (rows, outputs).
        rates: (learning rate, decay) of every step, as a recipe's schedule gives them.
        sizes: inputs, units of each hidden layer, outputs.
        activations: of each layer, the output's last.
        loss: `mse`, `bce`, `half-sse` or `cross-entropy`; it is taken of the output's
            pre-activation and brings the output's activation with it.
        optimiser: `adam`, `momentum` or `descent`.
        momentum: for `momentum`.
        devices: which share the networks; default one, the backend's first.
        advance: called after each piece with the number of steps done in it.

    Returns:
        The numbers reached, shape (parameters, networks). A network that diverged has NaN.

    Raises:
        ToynetsError: shapes that do not fit the sizes, an unknown loss, optimiser or activation,
            targets of a cross-entropy that are no shares of several classes.

    >>> from toynets.kernels.population_start import start_population
    >>> x, t = [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]
    >>> start = start_population((2, 2, 1), 3)
    >>> how = {"sizes": (2, 2, 1), "activations": ("relu", "identity")}
    >>> train_population(start, x, t, [(0.01, 0)] * 5, **how).shape
    (9, 3)
    """
    kind = str(numbers.dtype)
    program = _program(numbers, rows, targets, sizes, activations, loss, optimiser, momentum)
    x, t = program.arranged(np.asarray(rows, kind), np.asarray(targets, kind))
    schedule = np.array([(rate, decay) for rate, decay in rates], np.float64).reshape(-1, 2)
    now = np.concatenate([schedule, corrections(len(schedule))], axis=1).astype(kind)
    chosen = tuple(devices or jax.devices()[:1])
    length = -(-len(now) // max(1, -(-len(now) // PIECE)))
    chunks = _chunks(numbers, program, chosen)
    carried: list[Any] = [(a, np.zeros_like(a), np.zeros_like(a)) for a in chunks]
    run = compiled(program, chosen)

    def trained(state: Any, part: Any) -> Any:
        with precision_of(kind):  # for the thread that it runs in
            done = run(*state, part, x, t)
            done[0].block_until_ready()
        return done

    with ThreadPoolExecutor(_threads(chosen, len(carried))) as pool:
        for at in range(0, len(now), length or 1):
            part = np.zeros((length, 4), kind)
            part[: len(now) - at] = now[at : at + length]
            carried = list(pool.map(partial(trained, part=part), carried))
            advance(min(length, len(now) - at))
    found = np.concatenate([gathered(state[0]) for state in carried])
    return found.swapaxes(0, 1).reshape(len(numbers), -1)[:, : numbers.shape[1]]


def _threads(devices: Sequence[Any], chunks: int) -> int:
    """Return how many chunks to train at once: on one CPU device, as many as there are cores.

    The loops of a chunk are too short to be shared out among cores; whole chunks are not. Several
    devices and accelerators see to it themselves.
    """
    if len(devices) > 1 or devices[0].platform != "cpu":
        return 1
    return max(1, min(chunks, os.cpu_count() or 1))


def _chunks(
    numbers: np.ndarray[Any, Any], program: Program, devices: Sequence[Any]
) -> list[np.ndarray[Any, Any]]:
    """Return the numbers chunk by chunk, each (devices, parameters, width); the last filled up."""
    count, share = numbers.shape[1], len(devices) * program.width
    filled = np.zeros((len(numbers), -(-count // share) * share), numbers.dtype)
    filled[:, :count] = numbers
    cut = filled.reshape(len(numbers), -1, len(devices), program.width)
    return list(np.moveaxis(cut, 0, 2))


def evaluate_population(
    numbers: np.ndarray[Any, Any],
    rows: Any,
    *,
    sizes: Sequence[int],
    activations: Sequence[str],
) -> np.ndarray[Any, Any]:
    """Return every network's outputs on every row, shape (rows, outputs, networks).

    A softmax output gives the logits less their mean, as everywhere.

    Args:
        numbers: shape (parameters, networks).
        rows: shape (rows, inputs).
        sizes, activations: as for `train_population`.

    >>> evaluate_population(np.ones((3, 2), "float32"), [[1, 2]], sizes=(2, 1),
    ...     activations=("identity",)).tolist()
    [[[4.0, 4.0]]]
    """
    kind = str(numbers.dtype)
    with precision_of(kind):
        return np.asarray(
            _evaluate(numbers, np.asarray(rows, kind), Layout(tuple(sizes)), tuple(activations))
        )


@partial(jax.jit, static_argnums=(2, 3))
def _evaluate(numbers: Any, x: Any, layout: Layout, activations: tuple[str, ...]) -> jax.Array:
    z = pre_outputs(layout, activations, numbers, x)
    if activations[-1] == "softmax":
        return z - jnp.mean(z, axis=1, keepdims=True)
    return FUNCTIONS[activations[-1]](z)


def _program(
    numbers: Any,
    rows: Any,
    targets: Any,
    sizes: Sequence[int],
    activations: Sequence[str],
    loss: str,
    optimiser: str,
    momentum: float,
) -> Program:
    kind = str(numbers.dtype)
    if kind not in ("float32", "float64"):
        raise ToynetsError(
            f"a population is trained in float32 or float64, but its numbers are {kind}.",
            fix='numbers.astype("float32").',
        )
    x, t = np.asarray(rows, kind), np.asarray(targets, kind)
    layout, last = Layout(tuple(sizes)), len(sizes) - 1
    expected = {
        "numbers": (numbers, (layout.count, "networks")),
        "rows": (x, ("rows", sizes[0])),
        "targets": (t, (len(x), sizes[last])),
    }
    for name, (array, shape) in expected.items():
        pairs = zip(array.shape, shape, strict=False)
        if array.ndim != 2 or any(isinstance(s, int) and a != s for a, s in pairs):
            raise ToynetsError(
                f"expected {name} of shape {shape} but got {array.shape}.".replace("'", ""),
                cause=f"the sizes are {tuple(sizes)}, which make {layout.count} numbers.",
            )
    if loss not in OBJECTIVES:
        raise ToynetsError(unknown("loss", str(loss), "", OBJECTIVES, "losses"))
    # The slope is softmax(z) - t, which is that of the loss where the targets of a row sum to 1.
    if loss == "cross-entropy" and (sizes[last] == 1 or not np.allclose(t.sum(axis=1), 1)):
        raise ToynetsError(
            "cross-entropy needs one output per class, and targets that sum to 1 in each row.",
            fix='take loss="bce" for a yes or no.',
        )
    if optimiser not in OPTIMISERS:
        raise ToynetsError(unknown("optimiser", str(optimiser), "", OPTIMISERS))
    for name in activations:
        if name not in FUNCTIONS:
            raise ToynetsError(unknown("activation", str(name), "", FUNCTIONS))
    if len(activations) != last:
        raise ToynetsError(
            f"expected {last} activations, one for each layer, but got {len(activations)}."
        )
    shape = tuple(sizes), tuple(activations)
    program = Program(*shape, loss, optimiser, float(momentum), kind, len(x))
    return program if program.form != "product" else replace(program, grid=grid_of(x))
