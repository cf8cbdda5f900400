"""What every reader asks of a file before it believes it."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from typing import Any

from toynets.errors import ToynetsError

MAX_BYTES = 16 * 1024 * 1024
MAX_NUMBERS = 1_000_000

# Kinds of floats and whole numbers that files hold: name -> (struct code, bytes).
KINDS = {
    "float64": ("d", 8),
    "float32": ("f", 4),
    "float16": ("e", 2),
    "int64": ("q", 8),
    "int32": ("i", 4),
    "int16": ("h", 2),
    "int8": ("b", 1),
    "uint8": ("B", 1),
}


def read_bytes(path: str, most: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file; its size is looked at first.

    Raises:
        ToynetsError: no such file, a folder, no permission, or too large.
    """
    try:
        size = os.path.getsize(path)
        if size > most:
            raise ToynetsError(
                f"{path} has {size} bytes; at most {most} are read.",
                cause="this is not a tiny network, or not a network.",
            )
        with open(path, "rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise ToynetsError(
            f"there is no file {path}.", cause=f"the folder is {os.getcwd()}."
        ) from None
    except OSError as error:
        raise ToynetsError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:  # a name with a zero byte
        raise ToynetsError(f"{path[:70]!r} is no name of a file.") from None
    if len(data) > most:
        raise ToynetsError(f"{path} has more than {most} bytes.")
    return data


def count_of(shape: Sequence[int], what: str) -> int:
    """Return how many numbers a shape holds, before anything is reserved for them.

    Raises:
        ToynetsError: more than a tiny network has, more than 2 dimensions, or a negative one.

    >>> count_of([2, 3], "W1")
    6
    """
    if len(shape) > 2 or any(n < 0 for n in shape):
        raise ToynetsError(
            f"{what} has the shape {tuple(shape)[:6]}; a weight is a matrix, a bias a list.",
            cause="a convolution, a batch of matrices, or a damaged file.",
        )
    total = 1
    for n in shape:
        total *= n
    if total > MAX_NUMBERS:
        raise ToynetsError(
            f"{what} is said to hold {total} numbers; at most {MAX_NUMBERS} are read.",
            cause="this is not a tiny network, or the file is damaged.",
        )
    return total


def unpack(data: bytes, kind: str, shape: Sequence[int], what: str, order: str = "<") -> Any:
    """Return numbers as nested lists of floats, row by row.

    Args:
        data: the bytes of the numbers and of nothing else.
        kind: one of `KINDS`.
        shape: of 0, 1 or 2 dimensions.
        what: for messages.
        order: `<` little or `>` big endian.

    Raises:
        ToynetsError: bytes and shape do not agree, or a number is not finite.

    >>> unpack(struct.pack("<4f", 1, 2, 3, 4), "float32", [2, 2], "W1")
    [[1.0, 2.0], [3.0, 4.0]]
    """
    code, size = KINDS[kind]
    count = count_of(shape, what)
    if len(data) != count * size:
        raise ToynetsError(
            f"{what} has {len(data)} bytes, but its shape {tuple(shape)} of {kind} takes "
            f"{count * size}.",
            cause="the file is cut short or damaged.",
        )
    values = [float(v) for v in struct.unpack(f"{order}{count}{code}", data)]
    for value in values:
        if value - value != 0:  # NaN and the infinities are the floats for which it is not
            raise ToynetsError(
                f"{what} holds {value}, which is no number that a network can have.",
                cause="the training diverged before the file was written.",
            )
    return shaped(values, shape)


def shaped(values: Sequence[float], shape: Sequence[int]) -> Any:
    """Return a flat list as a number, a list, or a list of rows."""
    if not shape:
        return values[0]
    if len(shape) == 1:
        return list(values)
    rows, columns = shape
    return [list(values[r * columns : (r + 1) * columns]) for r in range(rows)]


def transposed(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return a matrix with rows and columns exchanged.

    >>> transposed([[1, 2, 3]])
    [[1], [2], [3]]
    """
    return [list(column) for column in zip(*rows, strict=True)]


def natural(text: str) -> tuple[Any, ...]:
    """Return what sorts names as people do: W2 before W10.

    >>> sorted(["W10", "W2"], key=natural)
    ['W2', 'W10']
    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    word = ""
    for ch in text:
        if word and ch.isdigit() != word[-1].isdigit():
            yield _piece(word)
            word = ""
        word += ch
    if word:
        yield _piece(word)


def _piece(word: str) -> tuple[int, int, str]:
    return (0, int(word), "") if word.isascii() and word.isdigit() else (1, 0, word)
