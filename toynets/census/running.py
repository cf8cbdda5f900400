"""`census`: train a population, sort it, explain it, and check the explanations."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from toynets.census.catalogue import TANH, names_of
from toynets.census.checking import holds
from toynets.census.fitting import DENOMINATORS, NEAR, Fit, fit_relu, nearest
from toynets.census.records import Census, Family, Plateau
from toynets.census.saturated import explain_tanh, relation, shared_numbers
from toynets.census.tables import Key, key_of, symmetries
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.rationals import to_float
from toynets.tasks import load

SOLVED = 1e-3


def _phase(steps: int, rate: float, decay: float) -> dict[str, Any]:
    return {"steps": steps, "learning_rate": rate, "decay": decay}


# The decay chooses the smallest of the exact solutions and is weakened step by step; the last
# phases polish. For classifiers it stays, so that they end somewhere.
RECIPES: dict[str, dict[str, Any]] = {
    "relu": {
        "init": "he-normal",
        "phases": [
            _phase(3000, 0.03, 1e-3),
            _phase(3000, 0.02, 3e-4),
            _phase(3000, 0.02, 1e-4),
            _phase(2000, 0.001, 1e-5),
            _phase(1000, 0.0002, 1e-6),
        ],
    },
    "tanh": {
        "init": "glorot-normal",
        "phases": [
            _phase(3000, 0.03, 1e-3),
            _phase(3000, 0.03, 1e-4),
            _phase(3000, 0.01, 1e-5),
            _phase(3000, 0.01, 1e-6),
            _phase(2000, 0.001, 1e-6),
        ],
    },
}


def census(
    task: str,
    hidden: int = 2,
    activation: str = "relu",
    runs: int = 10_000,
    seed: int = 0,
    progress: Callable[[str, int, int], None] | None = None,
) -> Census:
    """Train a population of one architecture and sort it into solution families.

    Every run that ends within 1/1000 of all targets is matched with an explanation, of at most 2
    fitted parameters, which is then checked on it from its JSON alone: explained, or counted as
    unexplained. The others are sorted by the outputs that they end at.

    Args:
        task: a task with one output.
        hidden: units of the hidden layer, 1 to 4.
        activation: `relu`, trained on the squared error and explained by value; or `tanh`, trained
            as a classifier and explained by decision.
        runs: how many networks.
        seed: of the population; run k is the same network whatever the number of runs.
        progress: called with what is done (`train`, `explain`), how far it is and out of what.

    Raises:
        ToynetsError: an unknown task, one with several outputs or (for tanh) other targets than 0
            and 1; another activation; hidden or runs out of range.
    """
    began = time.perf_counter()
    made = _Run(task, hidden, activation, runs, seed, progress)
    return made.result(began)


class _Run:
    def __init__(
        self,
        task: str,
        hidden: int,
        activation: str,
        runs: int,
        seed: int,
        progress: Callable[[str, int, int], None] | None,
    ) -> None:
        import numpy as np

        self.task = load(task)
        self.hidden, self.activation, self.seed = hidden, activation, seed
        self.progress = progress or (lambda what, done, of: None)
        self.rows = self.task.training.rows
        if len(self.task.outputs) != 1:
            raise ToynetsError(
                f"a census needs a task with one output, but {self.task.name} has "
                f"{len(self.task.outputs)}: {', '.join(self.task.outputs)}."
            )
        self.targets = [self.task.target(x)[0] for x in self.rows]
        self._check(runs)
        self.x = np.array([[to_float(v) for v in x] for x in self.rows])
        self.t = np.array([to_float(v) for v in self.targets])
        self.group = symmetries(self.rows, self.targets)
        self.sizes = (self.x.shape[1], hidden, 1)
        self.runs = runs
        self.loss, self.last = ("mse", "identity") if activation == "relu" else ("bce", "sigmoid")
        self.flat = self._train()
        self._measure()

    def _check(self, runs: int) -> None:
        if self.activation not in RECIPES:
            raise ToynetsError(
                f"a census is of relu or tanh units, but got activation={self.activation!r}.",
                fix='write activation="relu" or activation="tanh".',
            )
        whole = isinstance(self.hidden, int) and not isinstance(self.hidden, bool)
        if not whole or not 1 <= self.hidden <= 4:
            raise ToynetsError(
                f"a census is of 1 to 4 hidden units, but got hidden={self.hidden!r}.",
                cause="wider networks share out the work in too many ways to be sorted.",
            )
        if not isinstance(runs, int) or isinstance(runs, bool) or runs < 1:
            raise ToynetsError(f"a census needs at least 1 run, but got runs={runs!r}.")
        if self.activation == "tanh" and any(t not in (0, 1) for t in self.targets):
            raise ToynetsError(
                f"tanh networks are trained as classifiers here, but the targets of "
                f"{self.task.name} are not all 0 or 1.",
                fix='use activation="relu".',
            )

    def _train(self) -> Any:
        from toynets.kernels.population import train_population
        from toynets.kernels.population_start import start_population
        from toynets.training.recipes import schedule

        recipe = RECIPES[self.activation]
        rates = list(schedule(recipe))
        done = 0

        def advance(steps: int) -> None:
            nonlocal done
            done += steps
            self.progress("train", done, len(rates))

        start = start_population(self.sizes, self.runs, seed=self.seed, init=recipe["init"])
        return train_population(
            start,
            self.x,
            self.t[:, None],
            rates,
            sizes=self.sizes,
            activations=(self.activation, self.last),
            loss=self.loss,
            advance=advance,
        )

    def _measure(self) -> None:
        """Bring every network into its gauge, in float64, and compute outputs and errors."""
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
        z = np.einsum("kin,ri->rkn", w, self.x) + b[None]
        self.pre = z
        h = np.maximum(z, 0) if self.activation == "relu" else np.tanh(z)
        y = (h * v[None]).sum(axis=1) + c[None]
        with np.errstate(over="ignore"):
            self.y = 1 / (1 + np.exp(-y)) if self.last == "sigmoid" else y
        self.error = np.abs(self.y - self.t[:, None]).max(axis=0)
        self.converged = np.flatnonzero(self.error < SOLVED)  # not those that are NaN

    def ordered(self, run: int, order: list[int]) -> tuple[Any, ...]:
        """Return one run's numbers with its units in an order."""
        w, b, v, c = self.gauged
        return w[order, :, run], b[order, run], v[order, run], c[run]

    def network(self, run: int, order: list[int]) -> Network:
        """Return one run as a record, in its gauge."""
        w, b, v, c = self.ordered(run, order)
        return Network.from_layers(
            [(w, b, self.activation), (v[None], [c], self.last)],
            inputs=self.task.inputs,
            outputs=self.task.outputs,
            dtype="float64",
            name=f"{self.task.name}-run-{run}",
        )

    def result(self, began: float) -> Census:
        explain = self._explain_relu if self.activation == "relu" else self._explain_tanh
        sources, keys, orders = explain()
        verified = self._verify(sources, orders)
        families = self._families(sources, keys, orders, verified)
        missing = [int(k) for k in self.converged if k not in verified]
        return Census(
            task=self.task.name,
            hidden=self.hidden,
            activation=self.activation,
            runs=self.runs,
            seed=self.seed,
            converged=len(self.converged),
            explained=len(verified),
            families=families,
            failures=self._failures(),
            unexplained={k: self._numbers(k) for k in missing},
            without_fit=sum(1 for k in verified if not sources[k].parameters),
            seconds=time.perf_counter() - began,
        )

    def _numbers(self, run: int) -> dict[str, Any]:
        from toynets.kernels.population_layout import Layout

        params = Layout(self.sizes).params(self.flat[:, run])
        return {kind: [part.tolist() for part in parts] for kind, parts in params.items()}

    def _explain_relu(self) -> tuple[dict[int, Fit], dict[int, Key], dict[int, list[int]]]:
        import numpy as np

        w, b, v, c = self.gauged
        table = np.concatenate([w, b[:, None]], axis=1)
        most = max(DENOMINATORS)
        rounded = np.round(table * most)
        exact: Any = (np.abs(table - rounded / most) <= NEAR).all(axis=(0, 1))
        found: dict[int, Fit] = {}
        keys: dict[int, Key] = {}
        orders: dict[int, list[int]] = {}
        cache: dict[Any, tuple[Fit, Key] | None] = {}
        for n, run in enumerate(self.converged.tolist()):
            if n % 500 == 0:
                self.progress("explain", n, len(self.converged))
            lines = [
                (-int(v[k, run]), *(-np.round(table[k, :, run], 1)).tolist(), k)
                for k in range(self.hidden)
            ]
            order = [line[-1] for line in sorted(lines)]
            look = None
            if exact[run]:
                units = tuple((int(v[k, run]), *rounded[k, :, run].tolist()) for k in order)
                near = nearest(float(c[run]))
                look = None if near is None else (units, near)
            if look is None or look not in cache:
                signs = [int(v[k, run]) for k in order]
                fit = fit_relu(
                    table[order, :, run].tolist(),
                    signs,
                    float(c[run]),
                    self.rows,
                    self.targets,
                    task=self.task,
                )
                pair = None
                if fit is not None:
                    pair = (fit, key_of(fit.contributions, fit.bias, self.group)[0])
                if look is not None:
                    cache[look] = pair
            else:
                pair = cache[look]
            orders[run] = order
            if pair is not None:
                found[run], keys[run] = pair
        return found, keys, orders

    def _explain_tanh(self) -> tuple[dict[int, Fit], dict[int, Key], dict[int, list[int]]]:
        import numpy as np

        v, c = self.gauged[2:]
        orders: dict[int, list[int]] = {}
        patterns: dict[Any, list[int]] = {}
        for run in self.converged.tolist():
            signs = np.sign(self.pre[:, :, run]).astype(int).T.tolist()
            order = [k for *_, k in sorted((signs[k], -v[k, run], k) for k in range(self.hidden))]
            orders[run] = order
            said = relation(v[order, run], c[run])
            patterns.setdefault((tuple(tuple(signs[k]) for k in order), said), []).append(run)
        found: dict[int, Fit] = {}
        keys: dict[int, Key] = {}
        done = 0
        for (signs, said), members in patterns.items():
            self.progress("explain", done, len(self.converged))
            done += len(members)
            parts = [self.ordered(run, orders[run]) for run in members]
            numbers = np.array(
                [
                    [*np.concatenate([p[0], p[1][:, None], p[2][:, None]], axis=1).ravel(), p[3]]
                    for p in parts
                ]
            )
            conditions = sorted(one.rstrip("0123456789") for one in said.split(", "))
            key = (*key_of(signs, 0, self.group)[0], *conditions)
            for literals, named, which in shared_numbers(numbers):
                source, formula = explain_tanh(literals, named, self.hidden, said, task=self.task)
                for n in which:
                    values = {f"number {i}": v for i, v in literals.items()}
                    found[members[n]] = Fit(source, formula, values)
            for run in members:
                keys[run] = key
        return found, keys, orders

    def _verify(self, fits: dict[int, Fit], orders: dict[int, list[int]]) -> set[int]:
        """Check each explanation, from its JSON alone, on every run that it is for."""
        import numpy as np

        groups: dict[str, list[int]] = {}
        for run, fit in fits.items():
            groups.setdefault(fit.source, []).append(run)
        verified: set[int] = set()
        for source, members in groups.items():
            parts = [self.ordered(run, orders[run]) for run in members]
            numbers = tuple(np.stack([p[i] for p in parts], axis=-1) for i in range(4))
            good = holds(source, numbers, self.x)
            verified |= {run for run, fine in zip(members, good, strict=True) if fine}
        self.progress("explain", len(self.converged), len(self.converged))
        return verified

    def _families(
        self,
        fits: dict[int, Fit],
        keys: dict[int, Key],
        orders: dict[int, list[int]],
        verified: set[int],
    ) -> tuple[Family, ...]:
        members: dict[Key, list[int]] = {}
        for run in sorted(fits):
            members.setdefault(keys[run], []).append(run)
        names = names_of(self.task.name, self.rows, self.group)
        found, nameless = [], 0
        for key, runs in sorted(members.items(), key=lambda item: (-len(item[1]), item[1][0])):
            good = [r for r in runs if r in verified] or runs
            common = Counter(fits[r].source for r in good).most_common(1)[0][0]
            best = next(r for r in good if fits[r].source == common)
            name, description = self._name(key, names)
            if not name:
                nameless += 1
                name = f"table {nameless}"
            found.append(
                Family(
                    name,
                    description,
                    tuple(runs),
                    sum(1 for r in runs if r in verified),
                    max(len(fits[r].parameters) for r in runs),
                    fits[best].formula,
                    best,
                    self.network(best, orders[best]),
                    common,
                    len(runs) / len(self.converged),
                )
            )
        return tuple(found)

    def _name(self, key: Key, names: dict[Key, Any]) -> tuple[str, str]:
        if self.activation == "relu":
            lines, bias, dead = key
            named = names.get((lines, bias, 0))
            if named is None:
                return "", ""
            idle = f", {dead} dead" if dead else ""
            return named.name + idle, named.description
        if self.task.name == "xor" and self.hidden == 2:
            name = "one side each" if sum(line.count("1") for line in key[0]) == 2 else "both sides"
            said = " and ".join(dict.fromkeys(key[3:]))
            return f"{name}, {said}", f"{TANH[name]}; what is left without a unit hangs on {said}"
        return "", ""

    def _failures(self) -> tuple[Plateau, ...]:
        import numpy as np

        solved = set(self.converged.tolist())
        failed = [k for k in range(self.runs) if k not in solved]
        found: dict[str, list[int]] = {}
        for run in failed:
            y = np.sort(self.y[:, run])
            if not np.isfinite(y).all():
                said = "diverged"
            elif len(y) > 16:
                said = f"mean squared error {np.mean((self.y[:, run] - self.t) ** 2):.1g}"
            else:
                near = [nearest(float(v), within=0.01, denominators=(1, 2, 3, 4)) for v in y]
                said = " ".join(
                    f"{v:.2f}" if r is None else str(r) for v, r in zip(y, near, strict=True)
                )
            found.setdefault(said, []).append(run)
        ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0]))
        return tuple(Plateau(s, tuple(runs), len(runs) / len(failed)) for s, runs in ranked)
