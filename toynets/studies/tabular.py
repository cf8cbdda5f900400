"""The 14-8-3 study: which inputs matter, and what many trainings and many scores say of it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.studies import cutting
from toynets.studies.crowd import Crowd, scores_of_inputs
from toynets.studies.ranking import rank_columns
from toynets.studies.tabular_data import Data, read_data
from toynets.studies.tabular_report import (
    SCORED,
    TRIED,
    Found,
    InputShare,
    Quality,
    Setting,
    Spread,
    TabularStudy,
)
from toynets.tasks import Task, load

if TYPE_CHECKING:
    from toynets.importance.floats import Array

STEPS = 500
RATE = 0.02
DECAY = 1e-3
SHARES = (0.0, 0.25, 0.5, 0.75, 0.9, 0.95)
SIGNS = {"negative": -1, "positive": 1}

Progress = Callable[[str, int, int], None]


def tabular_study(
    task: str | Task = "tabular",
    *,
    seeds: int = 200,
    seed: int = 0,
    matter: Sequence[str] = (),
    hidden: int | None = None,
    steps: int = STEPS,
    progress: Progress | None = None,
) -> TabularStudy:
    """Train many networks on one table, and hold every score against what is known to matter.

    The networks differ in their starting numbers alone. They are trained with and without decay of
    the weights; of the shipped task also in the units of the raw table, where one input is a
    hundredth and one twenty times as large. Each population is scored, ranked, retrained on the
    inputs that matter alone, and cut: by sign, by input, and weight by weight in the order of each
    score. Accuracy is that on rows that no network was trained on.

    Args:
        task: its name, or a `Task` with listed inputs and classes.
        seeds: how many networks.
        seed: of the population; network k is the same whatever their number.
        matter: the inputs that decide; of `tabular` they are known.
        hidden: units of the hidden layer, all relu; default the task's.
        steps: of the training (adam, full batch, falling rate).
        progress: called with what is done, how far it is, and out of what.

    Raises:
        ToynetsError: a task without classes or without inputs that decide, no seeds or steps.
    """
    began = time.perf_counter()
    for name, value in (("seeds", seeds), ("steps", steps), ("hidden", hidden)):
        whole = isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not (whole and value > 0):
            raise ToynetsError(f"{name} is a positive whole number, but got {value!r}.")
    task = load(task) if isinstance(task, str) else task
    data = read_data(task, matter)
    width = hidden or task.hidden[0]
    tables = {"standardised": data, **({"raw": data.raw()} if data.factors else {})}
    plan = _plan(data)
    tell = progress or (lambda what, done, of: None)
    settings = []
    for k, (name, decay) in enumerate(plan):
        said = _title(name, decay)

        def step(part: str, done: int, k: int = k, said: str = said) -> None:
            tell(f"{said}: {part}", 4 * k + done, 4 * len(plan))

        settings.append(_setting(name, decay, tables[name], width, seeds, seed, steps, step))
    tell("done", 4 * len(plan), 4 * len(plan))
    return TabularStudy(
        task=data.name,
        inputs=data.inputs,
        classes=data.classes,
        matter=data.matter,
        hidden=width,
        seeds=seeds,
        seed=seed,
        steps=steps,
        rows=len(data.x),
        held_out=len(data.held_out),
        apart=data.apart,
        settings=tuple(settings),
        seconds=time.perf_counter() - began,
    )


def titles(task: str | Task = "tabular", matter: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the titles of the settings that a study of a task has, before anything is trained.

    Args:
        task, matter: as for `tabular_study`.

    Raises:
        ToynetsError: as there.

    >>> titles("majority-3", ["x1"])
    ('standardised, no decay', 'standardised, decay')
    """
    data = read_data(load(task) if isinstance(task, str) else task, matter)
    return tuple(_title(name, decay) for name, decay in _plan(data))


def _plan(data: Data) -> list[tuple[str, float]]:
    """Return which table is trained on with which decay."""
    names = ["standardised", "raw"] if data.factors else ["standardised"]
    return [(name, decay) for name in names for decay in (0.0, DECAY)]


def _title(name: str, decay: float) -> str:
    return f"{name}, {'decay' if decay else 'no decay'}"


def _setting(
    name: str,
    decay: float,
    data: Data,
    hidden: int,
    seeds: int,
    seed: int,
    steps: int,
    step: Callable[[str, int], None],
) -> Setting:
    step("training", 0)
    crowd = _trained(data, hidden, seeds, seed, steps, decay)
    step("scoring inputs", 1)
    values = scores_of_inputs(crowd, data.x[:SCORED])
    ranks = {score: rank_columns(v) for score, v in values.items()}
    step("cutting weights", 2)
    tried, labels = data.held_out[:TRIED], data.held_labels[:TRIED]

    def spread(some: Crowd) -> Spread:
        return Spread.of(cutting.accuracy(some, tried, labels))

    weights = cutting.scores_of_weights(crowd, data.x[:SCORED], seed)
    curves = {
        score: {share: spread(cutting.dropped(crowd, pair, share)) for share in SHARES}
        for score, pair in weights.items()
    }
    signs = {}
    for word, sign in SIGNS.items():
        signs[word] = spread(cutting.without_sign(crowd, sign))
        signs[f"as many as {word}, at random"] = spread(cutting.without_some(crowd, sign, seed))
    edges = crowd.w[:, :, 0].size + crowd.v[:, :, 0].size
    negative = ((crowd.w < 0).sum(axis=(0, 1)) + (crowd.v < 0).sum(axis=(0, 1))) / edges
    step("retraining", 3)
    few = data.only(data.matter)
    again = _trained(few, hidden, seeds, seed, steps, decay)
    return Setting(
        name=name,
        decay=decay,
        found={
            score: Found(
                both=float(comes_first(r, data.places).mean()),
                stability=stability(r),
                ranks=dict(zip(data.inputs, r.mean(axis=1).tolist(), strict=True)),
            )
            for score, r in ranks.items()
        },
        inputs=_inputs(crowd, data, spread),
        whole=spread(crowd),
        every=quality(crowd, data),
        only=quality(again, few),
        negative=Spread.of(negative),
        signs=signs,
        curves=curves,
    )


def _trained(data: Data, hidden: int, seeds: int, seed: int, steps: int, decay: float) -> Crowd:
    """Train a population on the rows of a table."""
    from toynets.kernels.population import train_population  # imports JAX
    from toynets.kernels.population_start import start_population

    targets = data.targets
    sizes = (len(data.inputs), hidden, targets.shape[1])
    several = sizes[2] > 1
    rates = [(RATE * (1 + math.cos(math.pi * k / steps)) / 2, decay) for k in range(steps)]
    flat = train_population(
        start_population(sizes, seeds, seed=seed),
        data.x,
        targets,
        rates,
        sizes=sizes,
        activations=("relu", "softmax" if several else "sigmoid"),
        loss="cross-entropy" if several else "bce",
    )
    return Crowd.of(flat, sizes)


def comes_first(ranks: Array, places: Sequence[int]) -> Array:
    """Return whether a network puts these players, and no others, first, shape (networks,).

    Not where one of the others ties with one of them.

    Args:
        ranks: shape (players, networks).
        places: of the players.

    >>> import numpy as np
    >>> comes_first(np.array([[1.0, 2.0, 1.5], [2.0, 2.0, 3.0], [3.0, 2.0, 1.5]]), [0, 1]).tolist()
    [True, False, False]
    """
    import numpy as np

    others = np.delete(ranks, list(places), axis=0)
    found: Array = ranks[list(places)].max(axis=0) < others.min(axis=0)
    return found


def stability(ranks: Array) -> float:
    """Return the mean rank correlation of two networks, over all pairs of them.

    A network that ranks all alike agrees with none.

    Args:
        ranks: shape (players, networks).

    >>> import numpy as np
    >>> stability(np.array([[1.0, 1.0, 2.0], [2.0, 2.0, 1.0]]))
    -0.3333333333333333
    """
    import numpy as np

    count = ranks.shape[1]
    if count < 2:
        return float("nan")
    away = ranks - ranks.mean(axis=0)
    length = np.sqrt((away**2).sum(axis=0))
    unit = away / np.where(length > 0, length, 1.0)
    own = (unit**2).sum()
    return float(((unit.sum(axis=1) ** 2).sum() - own) / (count * (count - 1)))


def quality(crowd: Crowd, data: Data) -> Quality:
    """Return accuracy, and precision and recall of each class, on the rows that are held out."""
    import numpy as np

    said = cutting.classes(crowd, data.held_out)
    precision, recall = [], []
    for k in range(len(data.classes)):
        own, chosen = data.held_labels[:, None] == k, said == k
        hits = (own & chosen).sum(axis=0)
        precision.append(hits / np.maximum(chosen.sum(axis=0), 1))  # 0 where it is never said
        recall.append(hits / np.maximum(own.sum(axis=0), 1))
    return Quality(
        accuracy=Spread.of((said == data.held_labels[:, None]).mean(axis=0)),
        precision=dict(zip(data.classes, map(Spread.of, precision), strict=True)),
        recall=dict(zip(data.classes, map(Spread.of, recall), strict=True)),
        macro_precision=Spread.of(np.mean(precision, axis=0)),
        macro_recall=Spread.of(np.mean(recall, axis=0)),
    )


def _inputs(crowd: Crowd, data: Data, spread: Callable[[Crowd], Any]) -> dict[str, InputShare]:
    """Return for each input how much of the weights is its own, and what is left without it."""
    import numpy as np

    size = abs(crowd.w).sum(axis=0)
    share = size / size.sum(axis=0)
    ranks = rank_columns(size)
    # Among as many as matter: of several that tie for the last of these places, none.
    first = np.stack([(ranks <= rank).sum(axis=0) <= len(data.places) for rank in ranks])
    return {
        name: InputShare(
            share=Spread.of(share[i]),
            first=float(first[i].mean()),
            without=spread(cutting.without_input(crowd, i)),
        )
        for i, name in enumerate(data.inputs)
    }
