"""safetensors: a JSON header of names, kinds, shapes and offsets, and the numbers behind it."""

from __future__ import annotations

import json
import struct
from typing import Any, NoReturn

from toynets.errors import ToynetsError
from toynets.io.limits import count_of, unpack

KINDS = {
    "F64": "float64", "F32": "float32", "F16": "float16",
    "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8", "U8": "uint8",
}  # fmt: skip  # a table
SIZES = {"float64": 8, "float32": 4, "float16": 2, "int64": 8, "int32": 4, "int16": 2}
SIZES |= {"int8": 1, "uint8": 1}
MAX_HEADER = 1_000_000
MAX_TENSORS = 500


def read_safetensors(data: bytes, origin: str) -> tuple[dict[str, Any], str]:
    """Return the arrays of a file by name, and the dtype of its floats.

    Raises:
        ToynetsError: a header that is cut short or too large, offsets that overlap, leave a gap or
            lead out of the file, a kind that is no plain number.
    """
    if len(data) < 8:
        raise ToynetsError(f"{origin} is no safetensors file.", cause="it is cut short.")
    (size,) = struct.unpack("<Q", data[:8])
    if size > MAX_HEADER or size > len(data) - 8:
        raise ToynetsError(
            f"{origin} is no safetensors file: its header is said to have {size} bytes.",
            cause="the file is cut short, damaged or of another kind.",
        )
    header = _header(data[8 : 8 + size], origin)
    body = data[8 + size :]
    if len(header) > MAX_TENSORS:
        raise ToynetsError(f"{origin} has {len(header)} tensors; at most {MAX_TENSORS} are read.")
    arrays: dict[str, Any] = {}
    spans: list[tuple[int, int, str]] = []
    wide = False
    for name, said in header.items():
        what = f"{origin}: {name[:60]}"
        kind, shape, (start, end) = _said(said, what)
        if not 0 <= start <= end <= len(body):
            raise ToynetsError(f"{what} lies at {start} to {end}, outside the file.")
        if count_of(shape, what) * SIZES[kind] != end - start:
            raise ToynetsError(f"{what} has {end - start} bytes, which do not fit its shape.")
        spans.append((start, end, name))
        arrays[name] = unpack(body[start:end], kind, shape, what)
        wide |= kind == "float64"
    place = 0
    for start, end, name in sorted(spans):
        if start != place:
            said = "overlaps the one before" if start < place else "leaves a gap before it"
            raise ToynetsError(
                f"{origin}: {name[:60]} {said}.", cause="the file is damaged, or made to mislead."
            )
        place = end
    if place != len(body):
        raise ToynetsError(f"{origin} has {len(body) - place} bytes that belong to no tensor.")
    return arrays, "float64" if wide else "float32"


def _header(data: bytes, origin: str) -> dict[str, Any]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ToynetsError(f"{origin} has a name twice in its header.")
        return dict(pairs)

    def refused(word: str) -> NoReturn:
        raise ToynetsError(f"{origin} has {word[:20]} in its header.")

    try:
        header = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=unique,
            parse_float=refused,
            parse_constant=refused,
        )
    except (ValueError, RecursionError):
        raise ToynetsError(
            f"{origin} has a header that is not JSON.", cause="the file is damaged."
        ) from None
    if not isinstance(header, dict):
        raise ToynetsError(f"{origin} has a header that is no object.")
    header.pop("__metadata__", None)
    return header


def _said(said: Any, what: str) -> tuple[str, list[int], tuple[int, int]]:
    def whole(value: Any) -> bool:
        return type(value) is int and 0 <= value < 1 << 48

    if not isinstance(said, dict) or set(said) != {"dtype", "shape", "data_offsets"}:
        raise ToynetsError(f"{what} is not described by dtype, shape and data_offsets.")
    kind, shape, offsets = said["dtype"], said["shape"], said["data_offsets"]
    if not isinstance(shape, list) or not all(map(whole, shape)):
        raise ToynetsError(f"{what} has no shape, but {str(shape)[:60]}.")
    if not isinstance(offsets, list) or len(offsets) != 2 or not all(map(whole, offsets)):
        raise ToynetsError(f"{what} has no offsets, but {str(offsets)[:60]}.")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ToynetsError(
            f"{what} holds numbers of kind {str(kind)[:20]!r}; read are {', '.join(KINDS)}.",
            fix="convert it to float32 first.",
        )
    return KINDS[kind], shape, (offsets[0], offsets[1])
