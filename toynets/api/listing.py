"""`toynets.list` and `toynets.load`: what there is, and one of it."""

from __future__ import annotations

from collections.abc import Sequence

from toynets.display import Table
from toynets.zoo import Entry, names
from toynets.zoo import load as load_entry


def load(name: str) -> Entry:
    """Return a network of the zoo by name.

    Args:
        name: as `toynets.list()` prints it.

    Returns:
        `Entry`, with `.network`, `.explanation`, `.task`, `.wrong`, `.facts`, `.sources`.

    Raises:
        ToynetsError: there is no such network; the message names the nearest.

    >>> load("xor-sum").network.text
    '2-2-1 relu'
    """
    return load_entry(name)


def list() -> Table:
    """Return a table of every network of the zoo, in the order in which to meet them.

    Returns:
        `Table`; `.to_dict()["rows"]` has for each network name, sizes, title, task, trained,
        claim, numbers (weights and biases) and wrong (wrong explanations).

    >>> "xor-sum" in [row["name"] for row in list().to_dict()["rows"]]
    True
    """
    entries = [load_entry(name) for name in names()]
    rows = [
        [e.name, e.network.text, "hand-built" if e.hand_built else "trained", e.title]
        for e in entries
    ]

    def records() -> Sequence[dict[str, object]]:  # a claim is known once its explanation is read
        return [
            {
                "name": e.name,
                "sizes": e.network.text,
                "title": e.title,
                "task": e.task.name,
                "trained": not e.hand_built,
                "claim": e.claim,
                "numbers": len(e.network.numbers),
                "wrong": len(e.wrong),
            }
            for e in entries
        ]

    return Table(["network", "sizes", "made", "what it computes"], rows, records=records)


def tasks() -> Table:
    """Return a table of every task, by name.

    >>> [row for row in tasks().to_dict()["rows"] if row["task"] == "and"]
    [{'task': 'and', 'inputs': '{0, 1}^2', 'outputs': 'y', 'what it wants': 'both of two bits'}]
    """
    from toynets.tasks import load as load_task
    from toynets.tasks import names as task_names

    rows = []
    for name in task_names():
        task = load_task(name)
        rows.append([name, task.domain.text, ", ".join(task.outputs), task.title])
    return Table(["task", "inputs", "outputs", "what it wants"], rows)
