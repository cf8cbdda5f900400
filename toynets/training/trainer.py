"""What a user calls: `train` for one network, `train_many` for a population of seeds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from toynets.activations import activation as activation_named
from toynets.errors import ToynetsError
from toynets.forward import logits
from toynets.rationals import to_float
from toynets.tasks import Task, load
from toynets.training.descent import Params, descend, start
from toynets.training.losses import Loss, loss_named
from toynets.training.recipes import read_recipe, with_steps
from toynets.training.results import Population, Training, network_of

# Losses that compare values; the others compare probabilities.
VALUES = ("mse", "mse-relu")

# A training that ends within so many seconds is over before a bar could be read.
# A bar, none, or what is called with (text, steps done, of how many); None: as the terminal is.
Wanted = bool | Callable[[str, int, int], None] | None
LONG = 2.0


def train(
    task: str | Task,
    *,
    hidden: int | Sequence[int] | None = None,
    activation: str | None = None,
    seed: int | None = None,
    loss: str | None = None,
    steps: int | None = None,
    recipe: str | Mapping[str, Any] | None = None,
    progress: Wanted = None,
) -> Training:
    """Train one network on all rows of a task at once.

    The same arguments give the same network, bit for bit, on the same machine with the same
    versions; elsewhere the bits differ, and rarely the mechanism.

    Args:
        task: its name, or a `Task`.
        hidden: units of the hidden layer, or of each hidden layer; default the task's smallest.
        activation: of the hidden units; default the task's, mostly `relu`.
        seed: of the starting numbers; default 0.
        loss: `mse`, `bce`, `cross-entropy` or `half-sse`, which decides the activation of the
            output as well; default the recipe's, else the task's.
        steps: in all, shared among the phases of the recipe; default the recipe's.
        recipe: a name of `RECIPES`, or a dict: one's own, or the `.recipe` of a training, which
            is then repeated unless another argument changes it. Default by loss and task.
        progress: a bar on the error stream; default for long trainings on a terminal. Or what is
            called with (text, steps done, of how many).

    Raises:
        ToynetsError: an unknown task, activation, loss or recipe; `hidden`, `steps` or `seed` out
            of range; a loss that does not suit the targets; a training that diverged.

    >>> done = train("and", seed=1, steps=200)
    >>> done.network.text, done.losses.shape, done.recipe["seed"]
    ('2-1-1 relu', (200,), 1)
    """
    began = time.perf_counter()
    plan = _plan(task, hidden, activation, loss, steps, recipe)
    if seed is None:
        seed = plan.recipe.get("seed", 0)
    _check_seed(seed)
    found = dict(start(seed, plan.sizes, plan.recipe))
    params, curves = _descend(plan, found, False, progress)
    recipe_done = {**plan.recipe, "seed": seed, "made_with": _versions()}
    curve = np.concatenate(curves)
    if not all(np.isfinite(a).all() for a in jax.tree.leaves(params)):
        before = int(np.sum(np.cumprod(np.isfinite(curve))))  # steps until the loss was lost
        raise ToynetsError(
            f"the training diverged: after {before} of {len(curve)} steps a number is not finite.",
            cause="a learning rate that is too large.",
            fix="give a recipe with a smaller learning_rate, or another seed.",
        )
    final, error = _judge(plan, params)
    network = network_of(params, recipe_done, plan.task)
    seconds = time.perf_counter() - began
    return Training(network, curve, recipe_done, seconds, float(final), float(error))


def train_many(
    task: str | Task,
    *,
    seeds: int | Sequence[int] = 256,
    hidden: int | Sequence[int] | None = None,
    activation: str | None = None,
    loss: str | None = None,
    steps: int | None = None,
    recipe: str | Mapping[str, Any] | None = None,
    progress: Wanted = None,
) -> Population:
    """Train the networks of many seeds side by side: the way to look for one worth keeping.

    Each network starts where `train` with its seed starts. Rounding may differ from `train` in the
    last bit, which a training can amplify: train the seed that was found once more by itself.

    Args:
        seeds: the seeds, or how many of them, from 0.
        task, hidden, activation, loss, steps, recipe, progress: as for `train`.

    Raises:
        ToynetsError: as for `train`; or no seeds.

    >>> found = train_many("and", seeds=4, steps=200)
    >>> found.final_losses.shape, found.params["weight"][0].shape
    ((4,), (4, 1, 2))
    """
    began = time.perf_counter()
    plan = _plan(task, hidden, activation, loss, steps, recipe)
    chosen = _read_seeds(seeds)
    plan.recipe.pop("seed", None)
    draw = jax.jit(jax.vmap(lambda s: start(s, plan.sizes, plan.recipe)))
    params, _ = _descend(plan, draw(jnp.asarray(chosen, jnp.uint32)), True, progress)
    final, errors = jax.vmap(lambda p: _judge(plan, p))(params)
    arrays = jax.tree.map(np.asarray, params)
    seconds = time.perf_counter() - began
    return Population(
        plan.task,
        chosen,
        arrays,
        {**plan.recipe, "made_with": _versions()},
        np.asarray(final),
        np.asarray(errors),
        seconds,
    )


@dataclass(frozen=True, eq=False)
class _Plan:
    """A training in which nothing is left to a default."""

    task: Task
    recipe: dict[str, Any]
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: Loss
    x: np.ndarray[Any, Any]
    t: np.ndarray[Any, Any]


def _plan(
    task: str | Task,
    hidden: int | Sequence[int] | None,
    activation: str | None,
    loss: str | None,
    steps: int | None,
    recipe: str | Mapping[str, Any] | None,
) -> _Plan:
    task = load(task) if isinstance(task, str) else task
    if not isinstance(task, Task):
        raise ToynetsError(
            f"expected a task but got {task!r} (type={type(task).__name__}).",
            fix='write its name, for example train("xor").',
        )
    given = read_recipe(recipe) if recipe is not None else {}
    unit = _hidden_activation(activation or given.get("activation") or task.activation)
    if recipe is None:
        given = read_recipe(_usual_recipe(task, unit, loss))
    loss = loss or given.get("loss") or task.loss
    made = loss_named(loss)
    widths = _hidden(given.get("hidden", task.hidden) if hidden is None else hidden)
    if steps is not None:
        if not isinstance(steps, int) or isinstance(steps, bool) or steps < 1:
            raise ToynetsError(f"steps is a positive whole number, but got {steps!r}.")
        given = with_steps(given, steps)
    given |= {
        "task": task.name,
        "hidden": list(widths),
        "activation": unit,
        "loss": made.name,
        "steps": sum(p["steps"] for p in given["phases"]),
    }
    rows = task.training.rows
    x = np.array([[to_float(v) for v in row] for row in rows], np.float32)
    t = np.array([[to_float(v) for v in task.target(row)] for row in rows], np.float32)
    _check_targets(task, made, t)
    sizes = (len(task.inputs), *widths, len(task.outputs))
    _check_limits(given, sizes)
    return _Plan(task, given, sizes, (*[unit] * len(widths), made.output), made, x, t)


def _check_limits(recipe: Mapping[str, Any], sizes: tuple[int, ...]) -> None:
    last = len(sizes) - 1
    beyond = [k for k in recipe.get("unbiased", ()) if k > last]
    if beyond:
        raise ToynetsError(
            f"the recipe leaves out the bias of layer {beyond[0]}, but there are {last} layers."
        )
    if recipe.get("tied") and (last != 2 or sizes[0] != sizes[2]):
        raise ToynetsError(
            "tied weights need one hidden layer, and an output for each input, but the sizes are "
            f"{'-'.join(map(str, sizes))}."
        )


def _usual_recipe(task: Task, unit: str, loss: str | None) -> str:
    if task.recipe and unit == task.activation and loss is None:
        return task.recipe
    return "annealed" if (loss or task.loss) in VALUES else "classify"


def _hidden_activation(name: str) -> str:
    found = activation_named(name).name
    if found == "step":
        raise ToynetsError(
            "step units cannot be trained by gradient descent.",
            cause="their derivative is 0 wherever it exists, so no gradient passes them.",
            fix='use activation="sigmoid" or "relu".',
        )
    if found == "softmax":
        raise ToynetsError(
            "softmax stands at the output only.",
            fix='use loss="cross-entropy" for a softmax output, and "relu" for the hidden units.',
        )
    return found


def _hidden(hidden: int | Sequence[int]) -> tuple[int, ...]:
    widths = tuple(hidden) if isinstance(hidden, list | tuple) else (hidden,)
    for width in widths:
        if not isinstance(width, int) or isinstance(width, bool) or width < 1:
            raise ToynetsError(
                f"hidden is a positive number of units for each hidden layer, but got {hidden!r}.",
                fix="write hidden=2, or hidden=(4, 3) for two hidden layers.",
            )
    return widths


def _versions() -> dict[str, str]:
    return {"jax": jax.__version__, "optax": optax.__version__, "on": jax.default_backend()}


def _check_seed(seed: Any) -> None:
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 2**32:
        raise ToynetsError(f"a seed is a whole number from 0 to below 2^32, but got {seed!r}.")


def _read_seeds(seeds: int | Sequence[int]) -> tuple[int, ...]:
    found = tuple(range(seeds)) if isinstance(seeds, int) else tuple(seeds)
    if not found:
        raise ToynetsError(f"no seeds: a population has at least 1 network, but got {seeds!r}.")
    for seed in found:
        _check_seed(seed)
    return found


def _check_targets(task: Task, loss: Loss, t: np.ndarray[Any, Any]) -> None:
    if loss.name not in VALUES and (t.min() < 0 or t.max() > 1):
        raise ToynetsError(
            f"the loss {loss.name} needs targets from 0 to 1, but those of {task.name} "
            f"run from {t.min():g} to {t.max():g}.",
            fix='use loss="mse".',
        )
    if loss.name == "cross-entropy" and (
        len(task.outputs) == 1 or not np.allclose(t.sum(axis=1), 1)
    ):
        raise ToynetsError(
            f"the loss cross-entropy needs one output per class, exactly one of them 1, but "
            f"{task.name} has the outputs {', '.join(task.outputs)}.",
            fix='use loss="bce" for a yes or no, and "mse" for values.',
        )


def _descend(
    plan: _Plan, params: Params, population: bool, progress: Wanted
) -> tuple[Any, list[np.ndarray[Any, Any]]]:
    curves = []
    with _bar(plan, progress) as advance:
        for reached, curve in descend(
            params,
            plan.recipe,
            plan.x,
            plan.t,
            activations=plan.activations,
            loss=plan.loss.name,
            population=population,
            advance=advance,
        ):
            params = reached
            if not population:  # a population's curves are large and nobody reads them
                curves.append(curve)
    return params, curves


@contextmanager
def _bar(plan: _Plan, progress: Wanted) -> Iterator[Callable[[int], None]]:
    """Count the steps; with a bar where it was asked for, or on a terminal once it takes long."""
    total, done = plan.recipe["steps"], 0
    bars: list[Any] = []
    began = time.perf_counter()
    wait = 0.0 if progress else LONG
    wanted = sys.stderr.isatty() if progress is None else progress
    told = progress if callable(progress) else None
    if told is not None:
        told(f"training {plan.task.name}", 0, total)
    with ExitStack() as stack:

        def advance(steps: int) -> None:
            nonlocal done
            done += steps
            if told is not None:
                told(f"training {plan.task.name}", done, total)
                return
            if wanted and not bars and done < total and time.perf_counter() - began >= wait:
                from rich.console import Console
                from rich.progress import Progress

                bars.append(stack.enter_context(Progress(console=Console(stderr=True))))
                bars[0].add_task(f"training {plan.task.name}", total=total)
            for bar in bars:
                bar.update(bar.task_ids[0], completed=done)

        yield advance


def _judge(plan: _Plan, params: Params) -> tuple[jax.Array, jax.Array]:
    z = jax.vmap(lambda row: logits(params, plan.activations, row))(jnp.asarray(plan.x))
    error = jnp.max(jnp.abs(plan.loss.values(z) - plan.t))
    return plan.loss.of(z, jnp.asarray(plan.t)), error
