"""What the study of a table trains on: rows, classes, and the inputs that decide them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toynets.errors import ToynetsError, unknown
from toynets.rationals import rational, to_float
from toynets.tasks import tabular

if TYPE_CHECKING:
    from toynets.domain import Row
    from toynets.importance.floats import Array
    from toynets.tasks import Task

HELD_OUT = 2_000  # rows of the shipped task that no network is trained on
HELD_OUT_SEED = 1
FEWEST = 40  # rows of another task, for some of them to be held out


@dataclass(frozen=True, eq=False)
class Data:
    """A table with classes.

    Attributes:
        name: of the task.
        inputs: names of the columns.
        classes: names of the classes.
        matter: the inputs that decide.
        x, labels: the rows to train on, shape (rows, inputs), and their classes, shape (rows,).
        held_out, held_labels: the rows that accuracy is measured on.
        factors: input -> what it is multiplied by in the units of the raw table.
        apart: whether the rows that are held out are others than those to train on.
    """

    name: str
    inputs: tuple[str, ...]
    classes: tuple[str, ...]
    matter: tuple[str, ...]
    x: Array
    labels: Array
    held_out: Array
    held_labels: Array
    factors: Mapping[str, float]
    apart: bool = True

    @property
    def targets(self) -> Array:
        """The classes to train on, shape (rows, outputs): one output where there are two."""
        import numpy as np

        if len(self.classes) == 2:
            return self.labels[:, None].astype(np.float64)
        return np.eye(len(self.classes))[self.labels]

    @property
    def places(self) -> tuple[int, ...]:
        """Where the inputs that decide stand."""
        return tuple(self.inputs.index(name) for name in self.matter)

    def raw(self) -> Data:
        """Return the same table in its raw units."""
        import numpy as np

        scale = np.array([self.factors.get(name, 1.0) for name in self.inputs])
        return replace(self, x=self.x * scale, held_out=self.held_out * scale)

    def only(self, names: Sequence[str]) -> Data:
        """Return the same table with some columns alone."""
        chosen = [self.inputs.index(name) for name in names]
        return replace(
            self,
            inputs=tuple(names),
            x=self.x[:, chosen],
            held_out=self.held_out[:, chosen],
            matter=tuple(name for name in self.matter if name in names),
        )


def read_data(task: Task, matter: Sequence[str] = ()) -> Data:
    """Return the table of a task, with rows to train on and rows that are held out.

    Of the shipped task `tabular` new rows are drawn to be held out. Of another every fourth row is,
    in an order drawn once; below `FEWEST` rows all are trained on, and tried again.

    Args:
        task: with listed inputs, and one class for each: an argmax over outputs, or a threshold of
            one output.
        matter: names of the inputs that decide; of `tabular` they are known.

    Raises:
        ToynetsError: no classes, names that are not there, none at all.

    >>> from toynets.tasks import load
    >>> data = read_data(load("tabular"))
    >>> data.x.shape, data.held_out.shape, data.matter
    ((512, 14), (2000, 14), ('v4', 'v9'))
    """
    own = task.name == tabular.TASK.name
    chosen = tuple(matter) or (tabular.MATTER if own else ())
    for name in chosen:
        if name not in task.inputs:
            raise ToynetsError(unknown("input", str(name), task.name, task.inputs))
    if not 0 < len(set(chosen)) == len(chosen) < len(task.inputs):
        raise ToynetsError(
            f"the study asks whether scores find the inputs that decide, but of {task.name} "
            f"{len(set(chosen)) or 'none'} of {len(task.inputs)} is said to.",
            fix=f"name some, and not all, of {', '.join(task.inputs)}.",
        )
    rows = list(task.training.rows)
    if own:
        held = list(tabular.drawn(HELD_OUT, HELD_OUT_SEED))
    elif len(rows) < FEWEST:
        held = rows
    else:
        random.Random(HELD_OUT_SEED).shuffle(rows)
        held, rows = rows[::4], [row for k, row in enumerate(rows) if k % 4]
    several = task.decision.get("argmax", False)
    classes = task.outputs if several else (f"not {task.outputs[0]}", task.outputs[0])
    return Data(
        task.name,
        task.inputs,
        classes,
        chosen,
        _floats(rows),
        _labels(task, rows),
        _floats(held),
        _labels(task, held),
        tabular.RAW if own else {},
        held is not rows,
    )


def _floats(rows: Sequence[Row]) -> Array:
    import numpy as np

    return np.array([[to_float(v) for v in row] for row in rows])


def _labels(task: Task, rows: Sequence[Row]) -> Array:
    import numpy as np

    found = []
    for row in rows:
        wanted = task.target(row)
        if task.decision.get("argmax"):
            found.append(wanted.index(max(wanted)))
        elif "threshold" in task.decision and len(wanted) == 1:
            found.append(int(wanted[0] > rational(task.decision["threshold"])))
        else:
            raise ToynetsError(
                f"the task {task.name} has no classes.",
                cause="its outputs are values, not decisions.",
                fix="take a task with an argmax, or with a threshold of one output.",
            )
    return np.array(found)
