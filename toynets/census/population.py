"""The population of a census: trained, in its gauge, and each run as it is seen up to symmetry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from toynets.census.recipes import RECIPES
from toynets.census.tables import symmetries
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.rationals import to_float
from toynets.tasks import Task

SOLVED = 1e-3
NEAR = 0.004  # a pre-activation of a relu unit so near to 0 is at its kink
MOST_UNITS = 4
# The output's activation that goes with that of the hidden units.
LAST = {"relu": "identity", "tanh": "sigmoid"}


class Image(NamedTuple):
    """An order in which the inputs and the units of a run are read.

    Attributes:
        inputs: input i of the image is input `inputs[i]` of the run.
        units: likewise.
    """

    inputs: tuple[int, ...]
    units: tuple[int, ...]


class Population:
    """Networks of one hidden layer and one output, in the gauge that leaves ablations alone.

    Args:
        task: what they were trained on.
        activation: of the hidden units, `relu` or `tanh`; a tanh network ends in a sigmoid.
        hidden: units of the hidden layer.
        flat: the trained numbers, as `Layout` orders them; shape (parameters, runs).

    Attributes:
        rows, targets: exact.
        x, t: the same in float64, shapes (rows, inputs) and (rows,).
        group: the symmetries of the task.
        gauged: (weights, biases, outgoing, bias) of shapes (units, inputs, runs), (units, runs),
            (units, runs) and (runs,), float64. Outgoing weights of relu are 1, -1 or 0; of tanh,
            not negative.
        pre: pre-activations, shape (rows, units, runs).
        y: outputs, shape (rows, runs).
        error: the largest of each run.
        converged: numbers of the runs that are within 1/1000 of every target.
    """

    def __init__(self, task: Task, activation: str, hidden: int, flat: Any) -> None:
        import numpy as np

        self.task, self.activation, self.hidden, self.flat = task, activation, hidden, flat
        self.runs = flat.shape[1]
        self.rows = task.training.rows
        self.targets = [task.target(x)[0] for x in self.rows]
        self.x = np.array([[to_float(v) for v in x] for x in self.rows])
        self.t = np.array([to_float(v) for v in self.targets])
        self.group = symmetries(self.rows, self.targets)
        self.sizes = (self.x.shape[1], hidden, 1)
        self.last = LAST[activation]
        self._seen: dict[tuple[bytes, bytes], list[Any]] = {}
        self._measure()

    def _measure(self) -> None:
        import numpy as np

        from toynets.kernels.population_layout import Layout

        (w, b), (v, c) = Layout(self.sizes).split(self.flat.astype(np.float64))
        v, c = v[0], c[0]
        if self.activation == "relu":
            size = np.where(v == 0, 1, np.abs(v))
            w, b, v = w * size[:, None], b * size, np.sign(v)
        else:
            sign = np.where(v < 0, -1, 1)
            w, b, v = w * sign[:, None], b * sign, v * sign
        self.gauged = (w, b, v, c)
        self.pre = np.einsum("kin,ri->rkn", w, self.x) + b[None]
        h = np.maximum(self.pre, 0) if self.activation == "relu" else np.tanh(self.pre)
        y = (h * v[None]).sum(axis=1) + c[None]
        with np.errstate(over="ignore"):
            self.y = 1 / (1 + np.exp(-y)) if self.last == "sigmoid" else y
        self.error = np.abs(self.y - self.t[:, None]).max(axis=0)
        self.converged = np.flatnonzero(self.error < SOLVED)  # not those that are NaN

    def images(self, run: int) -> tuple[Image, ...]:
        """Return the images of a run with the smallest pattern: one, or several of one pattern.

        The pattern says where each unit is on, off or at its kink. Renaming the inputs, where the
        task allows it, changes no ablation but for the names.
        """
        import numpy as np

        w, b, v, _ = self.gauged
        near = NEAR if self.activation == "relu" else 0.0
        pre = self.pre[:, :, run]
        state = np.where(pre > near, 1, np.where(pre < -near, -1, 0)).astype(np.int8)
        signs = np.sign(v[:, run]).astype(np.int8)
        if self.activation == "tanh":
            signs[:] = 1
        found = self._patterns(state.T.tobytes(), signs.tobytes())
        size = np.abs(w[:, :, run]).sum(axis=1) + np.abs(b[:, run]) + np.abs(v[:, run])
        return tuple(
            Image(inputs, tuple(k for part in parts for k in sorted(part, key=lambda k: -size[k])))
            for inputs, parts in found
        )

    def _patterns(self, state: bytes, signs: bytes) -> list[Any]:
        """Return (order of inputs, groups of units of one pattern) of the smallest pattern."""
        if (state, signs) not in self._seen:
            self._seen[state, signs] = self._smallest(state, signs)
        return self._seen[state, signs]

    def _smallest(self, state: bytes, signs: bytes) -> list[Any]:
        import numpy as np

        table = np.frombuffer(state, np.int8).reshape(self.hidden, -1)
        sign = np.frombuffer(signs, np.int8)
        best: Any = None
        found: list[Any] = []
        for one in self.group:
            if any(one.flips):
                continue  # it would exchange a weight with a part of the bias
            groups: dict[Any, list[int]] = {}
            for k in range(self.hidden):
                key = (-int(sign[k]), *table[k, list(one.rows)].tolist())
                groups.setdefault(key, []).append(k)
            ranked = sorted(groups.items())
            pattern = [(key, len(part)) for key, part in ranked]
            if best is None or pattern < best:
                best, found = pattern, []
            if pattern == best:
                found.append((one.order, [part for _, part in ranked]))
        return found

    def numbers(self, run: int, image: Image) -> tuple[Any, Any, Any, Any]:
        """Return (weights, biases, outgoing, bias) of an image of a run."""
        w, b, v, c = self.gauged
        units = list(image.units)
        return w[units][:, list(image.inputs), run], b[units, run], v[units, run], c[run]

    def network(self, run: int, image: Image) -> Network:
        """Return an image of a run as a record; its inputs have the names of the task's."""
        w, b, v, c = self.numbers(run, image)
        return Network.from_layers(
            [(w, b, self.activation), (v[None], [c], self.last)],
            inputs=self.task.inputs,
            outputs=self.task.outputs,
            dtype="float64",
            name=f"{self.task.name}-run-{run}",
        )

    def params(self, run: int) -> dict[str, Any]:
        """Return a run's numbers as they were trained, as plain lists."""
        from toynets.kernels.population_layout import Layout

        params = Layout(self.sizes).params(self.flat[:, run])
        return {kind: [part.tolist() for part in parts] for kind, parts in params.items()}


def train(
    task: Task,
    activation: str,
    hidden: int,
    *,
    runs: int,
    seed: int,
    advance: Callable[[int, int], None],
) -> Population:
    """Train a population.

    Args:
        task: with one output.
        activation: `relu` or `tanh`.
        hidden: 1 to 4 units.
        runs: how many networks.
        seed: run k is the same network whatever the number of runs.
        advance: called with the number of steps done and of all.

    Raises:
        ToynetsError: one of these out of range, or targets that such networks cannot have.
    """
    _check(task, activation, hidden, runs)
    from toynets.kernels.population import train_population
    from toynets.kernels.population_start import start_population
    from toynets.training.recipes import schedule

    recipe = RECIPES[activation]
    rates = list(schedule(recipe))
    done = 0

    def told(steps: int) -> None:
        nonlocal done
        done += steps
        advance(done, len(rates))

    sizes = (len(task.inputs), hidden, 1)
    flat = train_population(
        start_population(sizes, runs, seed=seed, init=recipe["init"]),
        [[to_float(v) for v in x] for x in task.training.rows],
        [[to_float(v) for v in task.target(x)] for x in task.training.rows],
        rates,
        sizes=sizes,
        activations=(activation, LAST[activation]),
        loss="mse" if activation == "relu" else "bce",
        advance=told,
    )
    return Population(task, activation, hidden, flat)


def _check(task: Task, activation: str, hidden: int, runs: int) -> None:
    if activation not in RECIPES:
        raise ToynetsError(
            f"a census is of relu or tanh units, but got activation={activation!r}.",
            fix='write activation="relu" or activation="tanh".',
        )
    if len(task.outputs) != 1:
        raise ToynetsError(
            f"a census needs a task with one output, but {task.name} has "
            f"{len(task.outputs)}: {', '.join(task.outputs)}."
        )
    if not _whole(hidden) or not 1 <= hidden <= MOST_UNITS:
        raise ToynetsError(
            f"a census is of 1 to {MOST_UNITS} hidden units, but got hidden={hidden!r}.",
            cause="wider networks share out the work in too many ways to be sorted.",
        )
    if not _whole(runs) or runs < 1:
        raise ToynetsError(f"a census needs at least 1 run, but got runs={runs!r}.")
    targets = [task.target(x)[0] for x in task.training.rows]
    if activation == "tanh" and any(t not in (0, 1) for t in targets):
        raise ToynetsError(
            f"tanh networks are trained as classifiers here, but the targets of "
            f"{task.name} are not all 0 or 1.",
            fix='use activation="relu".',
        )


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
