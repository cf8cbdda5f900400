"""`toynets.list` and `toynets.load`: what there is, and one of it."""

from __future__ import annotations

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
        ToynetsError: there is no such network; the message lists those there are.

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
    rows, records = [], []
    for name in names():
        entry = load_entry(name)
        network = entry.network
        made = "hand-built" if entry.hand_built else "trained"
        rows.append([name, network.text, made, entry.title])
        records.append(
            {
                "name": name,
                "sizes": network.text,
                "title": entry.title,
                "task": entry.task.name,
                "trained": not entry.hand_built,
                "claim": entry.claim,
                "numbers": len(network.numbers),
                "wrong": len(entry.wrong),
            }
        )
    return Table(["network", "sizes", "made", "what it computes"], rows, records=records)
