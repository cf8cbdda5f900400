"""A notebook file as bytes that depend on the cells alone.

Usual converters draw the ids of cells at random, so that no two builds agree; here an id is a hash
of the cell's place and text. No outputs, no execution counts, no version of any tool.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from toynets.coursework.building.cells import Cell

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def cell_id(index: int, source: str) -> str:
    """Return the id of a cell: 12 hexadecimal digits, from its place and text.

    >>> cell_id(0, "x = 1") == cell_id(0, "x = 1") != cell_id(1, "x = 1")
    True
    """
    return sha256(f"{index}\n{source}".encode()).hexdigest()[:12]


def notebook(cells: Sequence[Cell]) -> bytes:
    """Return a notebook file (nbformat 4.5, UTF-8, one final newline)."""
    made = []
    for index, cell in enumerate(cells):
        entry: dict[str, object] = {
            "cell_type": cell.kind,
            "id": cell_id(index, cell.source),
            "metadata": {},
            "source": cell.source.splitlines(keepends=True),
        }
        if cell.kind == "code":
            entry |= {"execution_count": None, "outputs": []}
        made.append(dict(sorted(entry.items())))
    data = {"cells": made, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()
