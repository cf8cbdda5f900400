"""What every reader asks of a file before it believes it."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Sequence
from typing import Any

from toynets.errors import ToynetsError

MAX_BYTES = 16 * 1024 * 1024
MAX_NUMBERS = 1_000_000
NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{0,60})?|\.\d{1,60})([eE][+-]?\d{1,3})?")

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
            data = file.read(size + 1)
    except FileNotFoundError:
        raise ToynetsError(
            f"there is no file {path}.", cause=f"the folder is {os.getcwd()}."
        ) from None
    except OSError as error:
        raise ToynetsError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:  # a name with a zero byte
        raise ToynetsError(f"{path[:70]!r} is no name of a file.") from None
    if len(data) > size:
        raise ToynetsError(f"{path} has grown while it was read.")
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
        ToynetsError: bytes and shape do not agree, a number is not finite, or no float is it.

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
    values = [as_float(v, what) for v in struct.unpack(f"{order}{count}{code}", data)]
    for value in values:
        if value - value != 0:  # NaN and the infinities are the floats for which it is not
            raise ToynetsError(
                f"{what} holds {value}, which is no number that a network can have.",
                cause="the training diverged before the file was written.",
            )
    return shaped(values, shape)


def as_float(value: float, what: str) -> float:
    """Return a float or a whole number as the float64 that is the same number.

    Raises:
        ToynetsError: a whole number that no float64 holds.

    >>> as_float(-3, "W1")
    -3.0
    """
    made = float(value)
    if made != value and isinstance(value, int):
        raise ToynetsError(
            f"{what} holds {value}, and no float is that number.",
            cause="from 2^53 on, not every whole number is a float64.",
            fix="save floats.",
        )
    return made


def shaped(values: Sequence[float], shape: Sequence[int]) -> Any:
    """Return a flat list as a number, a list, or a list of rows."""
    if not shape:
        return values[0]
    if len(shape) == 1:
        return list(values)
    rows, columns = shape
    return [list(values[r * columns : (r + 1) * columns]) for r in range(rows)]


def decimal(text: str, what: str) -> float:
    """Return the float64 that a decimal text means, as every program that writes such texts does.

    Raises:
        ToynetsError: no number, or one that no float64 holds.

    >>> decimal("-1.5e-3", "a cell")
    -0.0015
    """
    if NUMBER.fullmatch(text) is None:
        raise ToynetsError(
            f"{what}: {text[:40]!r} is no number.",
            cause="a decimal comma, a missing value or a name." if text else "the cell is empty.",
            fix="write it with a decimal point.",
        )
    value = float(text)
    if value - value != 0:
        raise ToynetsError(f"{what}: {text[:40]} is beyond every float64.")
    return value


def is_float32(value: float) -> bool:
    """Whether a float32 holds a float64 exactly.

    >>> is_float32(0.5), is_float32(0.1), is_float32(1e300)
    (True, False, False)
    """
    try:
        return bool(struct.unpack("<f", struct.pack("<f", value))[0] == value)
    except OverflowError:
        return False
