"""The wire format of protocol buffers: fields of a message, without a schema and without trust."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from toynets.errors import ToynetsError

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
Value = int | bytes


class Damaged(ToynetsError):
    """The bytes are no message."""


def fields(data: bytes) -> Iterator[tuple[int, int, Value]]:
    """Yield (field number, wire type, value) of every field of a message.

    Values are whole numbers for wire type 0, else the bytes.

    Raises:
        Damaged: a field that ends behind the message, or a wire type that there is not.

    >>> list(fields(bytes([8, 150, 1, 18, 2, 104, 105])))
    [(1, 0, 150), (2, 2, b'hi')]
    """
    place = 0
    while place < len(data):
        tag, place = varint(data, place)
        number, kind = tag >> 3, tag & 7
        if number == 0:
            raise Damaged("a field has the number 0.")
        if kind == VARINT:
            value, place = varint(data, place)
            yield number, kind, value
            continue
        if kind == BYTES:
            size, place = varint(data, place)
        elif kind in (FIXED64, FIXED32):
            size = 8 if kind == FIXED64 else 4
        else:
            raise Damaged(f"a field has the wire type {kind}.")
        if size > len(data) - place:
            raise Damaged("a field ends behind its message.")
        yield number, kind, data[place : place + size]
        place += size


def varint(data: bytes, place: int) -> tuple[int, int]:
    """Return a number of variable length, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(data):
            raise Damaged("the message is cut short.")
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, place
    raise Damaged("a number has more than ten bytes.")


def signed(value: int) -> int:
    """Return a 64-bit number with its sign.

    >>> signed(2**64 - 1)
    -1
    """
    return value - (1 << 64) if value >= 1 << 63 else value


def numbers(kind: int, value: Value) -> list[int]:
    """Return the whole numbers of a repeated field, packed or not."""
    if kind == VARINT:
        assert isinstance(value, int)
        return [signed(value)]
    assert isinstance(value, bytes)
    found, place = [], 0
    while place < len(value):
        one, place = varint(value, place)
        found.append(signed(one))
    return found


def floats(kind: int, value: Value, code: str) -> list[float]:
    """Return the floats (code `f`) or doubles (`d`) of a repeated field, packed or not."""
    size = 4 if code == "f" else 8
    if not isinstance(value, bytes) or len(value) % size:
        raise Damaged("a list of floats is cut short.")
    return list(struct.unpack(f"<{len(value) // size}{code}", value))


# Writing.


def tagged(number: int, kind: int, value: Value) -> bytes:
    """Return one field as bytes.

    >>> tagged(2, BYTES, b"hi")
    b'\\x12\\x02hi'
    """
    head = _varint(number << 3 | kind)
    if kind == VARINT:
        assert isinstance(value, int)
        return head + _varint(value & 0xFFFF_FFFF_FFFF_FFFF)
    assert isinstance(value, bytes)
    return head + (_varint(len(value)) if kind == BYTES else b"") + value


def _varint(value: int) -> bytes:
    made = bytearray()
    while value >= 0x80:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)
