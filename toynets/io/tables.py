"""CSV: a matrix per file, its header row and column the names of what it connects.

In R, `write.csv(W1, "W1.csv")` writes such a file where `rownames(W1)` are the units and
`colnames(W1)` what they read; a column `bias` holds the biases.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from typing import Any

from toynets.assembling import natural
from toynets.errors import ToynetsError
from toynets.io.limits import MAX_BYTES, MAX_NUMBERS, NUMBER, decimal, read_bytes

BIASES = ("bias", "(intercept)", "intercept")
MAX_FILES = 40


class Matrix:
    """One file: rows and columns with their names.

    Attributes:
        rows: names of the units, the header column.
        columns: names of what they read, the header row.
        weight: shape (rows, columns).
        bias: shape (rows,), or None without such a column.
    """

    def __init__(
        self,
        rows: list[str],
        columns: list[str],
        weight: list[list[float]],
        bias: list[float] | None,
    ) -> None:
        self.rows, self.columns, self.weight, self.bias = rows, columns, weight, bias


def read_csv(data: bytes, origin: str) -> Matrix:
    """Return one matrix with the names of its rows and columns.

    Raises:
        ToynetsError: no header row or column, a cell that is no number, rows of different length, a
            column `b`, which could be the biases or an input of that name.

    >>> found = read_csv(b",x1,x2,bias\\nh1,1,-2,0.5\\n", "W1.csv")
    >>> found.rows, found.columns, found.weight, found.bias
    (['h1'], ['x1', 'x2'], [[1.0, -2.0]], [0.5])
    """
    lines = _lines(data, origin)
    if len(lines) < 2 or len(lines[0]) < 2:
        hint = bool(lines) and ";" in lines[0][0]
        raise ToynetsError(
            f"{origin} has no matrix with a header row and a header column.",
            cause="its cells are parted by semicolons." if hint else "",
            fix="the first row names what is read, the first column the units; commas part cells.",
        )
    head = [cell.strip() for cell in lines[0][1:]]
    if "b" in head and not any(name.lower() in BIASES for name in head):
        raise ToynetsError(
            f"{origin} has a column b, and it cannot be seen whether these are the biases.",
            cause="an input or a unit can have that name as well.",
            fix="call the column bias; or, where b is an input, add a column bias, of zeros if "
            "there are none.",
        )
    if sum(map(len, lines)) > MAX_NUMBERS:
        raise ToynetsError(f"{origin} has more than {MAX_NUMBERS} cells.")
    names: list[str] = []
    cells: list[list[float]] = []
    for number, row in enumerate(lines[1:], start=2):
        if len(row) != len(head) + 1:
            raise ToynetsError(
                f"{origin}, row {number}, has {len(row)} cells, but the header has {len(head) + 1}."
            )
        names.append(row[0].strip())
        cells.append(
            [
                decimal(cell.strip(), f"{origin}, row {number}, column {k}")
                for k, cell in enumerate(row[1:], start=2)
            ]
        )
    places = [k for k, name in enumerate(head) if name.lower() in BIASES]
    if len(places) > 1:
        raise ToynetsError(f"{origin} has {len(places)} columns of biases.")
    bias = [row[places[0]] for row in cells] if places else None
    keep = [k for k in range(len(head)) if k not in places]
    if not keep:
        raise ToynetsError(f"{origin} has a column of biases and no weights.")
    return Matrix(names, [head[k] for k in keep], [[row[k] for k in keep] for row in cells], bias)


def _lines(data: bytes, origin: str) -> list[list[str]]:
    """Return the rows of a CSV text that are not empty."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ToynetsError(f"{origin} is not text in UTF-8.", fix="save it as UTF-8.") from None
    try:
        return [row for row in csv.reader(io.StringIO(text), strict=True) if row]
    except csv.Error as error:
        raise ToynetsError(f"{origin} is not CSV: {error}.") from None


def read_rows(path: str, width: int) -> list[list[float]]:
    """Return the inputs that a CSV file lists, one a row; a first row of names is passed over.

    A first row with a number in it is an input: where another of its cells is none, that is said.

    Raises:
        ToynetsError: a row of another length, or a cell that is no number.
    """
    origin = os.path.basename(path)
    lines = _lines(read_bytes(path), origin)
    if lines and all(NUMBER.fullmatch(cell.strip()) is None for cell in lines[0]):
        lines = lines[1:]
    if not lines:
        raise ToynetsError(f"{origin} lists no inputs.")
    for number, row in enumerate(lines, start=1):
        if len(row) != width:
            raise ToynetsError(
                f"{origin}, input {number}, has {len(row)} numbers, but the network has {width} "
                "inputs.",
                cause="a column of targets or of row numbers stands beside the inputs."
                if len(row) > width
                else "",
            )
    return [
        [decimal(c.strip(), f"{origin}, input {n}, column {k}") for k, c in enumerate(row, start=1)]
        for n, row in enumerate(lines, start=1)
    ]


def read_tables(paths: Sequence[str], origin: str) -> list[Matrix]:
    """Return the matrices of several files, each layer's columns the rows of the one before.

    Raises:
        ToynetsError: names that do not meet.
    """
    found = [read_csv(read_bytes(path), os.path.basename(path)) for path in paths]
    for before, after, path in zip(found, found[1:], paths[1:], strict=False):
        if before.rows != after.columns:
            turned = before.rows == after.rows or before.columns == after.columns
            raise ToynetsError(
                f"{os.path.basename(path)} reads {', '.join(after.columns)[:80]}, but the layer "
                f"before it has the units {', '.join(before.rows)[:80]}.",
                cause="a matrix is turned: rows are the units, columns what they read."
                if turned
                else f"the files are out of order; {origin} is read by the numbers in their names.",
            )
    return found


def files_of(folder: str) -> list[str]:
    """Return the CSV files of a folder, in the order of the numbers in their names."""
    try:
        names = [n for n in os.listdir(folder) if n.lower().endswith(".csv")]
    except OSError as error:
        raise ToynetsError(f"{folder} cannot be read: {error.strerror}.") from None
    if not 0 < len(names) <= MAX_FILES:
        raise ToynetsError(
            f"{folder} holds {len(names)} files ending in .csv; 1 to {MAX_FILES} are read.",
            fix="a file for each layer: W1.csv, W2.csv, …",
        )
    paths = [os.path.join(folder, n) for n in sorted(names, key=natural)]
    if sum(os.path.getsize(p) for p in paths) > MAX_BYTES:
        raise ToynetsError(f"the files of {folder} have more than {MAX_BYTES} bytes together.")
    return paths


def layers_of(found: Sequence[Matrix]) -> list[tuple[Any, Any]]:
    """Return (weight, bias) of each matrix."""
    return [(m.weight, m.bias) for m in found]
