"""`.npz` and `.npy`: NumPy's archives, read without NumPy and without its pickles."""

from __future__ import annotations

import ast
import io
import re
import struct
import zipfile
import zlib
from typing import Any

from toynets.assembling import transposed
from toynets.errors import ToynetsError
from toynets.io.limits import MAX_BYTES, count_of, unpack

MAGIC = b"\x93NUMPY"
MAX_HEADER = 4_096
MAX_MEMBERS = 200
_KIND = {"f8": "float64", "f4": "float32", "f2": "float16", "i8": "int64", "i4": "int32"}
_KIND |= {"i2": "int16", "i1": "int8", "u1": "uint8"}

PICKLE = (
    "a pickle runs whatever its author put in, so none is opened.",
    "where you trust it: numpy.savez('net.npz', W1=W1, b1=b1, …) with plain arrays.",
)


def read_npz(data: bytes, origin: str) -> tuple[dict[str, Any], str]:
    """Return the arrays of an archive by name, and the dtype of its floats.

    Args:
        data: the whole file.
        origin: its name, for messages.

    Raises:
        ToynetsError: no archive, one that unpacks to too much, a path in a name, a pickle, an array
            whose header promises more than there is.
    """
    end = data.rfind(b"PK\x05\x06")  # the end of the directory says how many members there are
    if end >= 0 and len(data) >= end + 12:
        (count,) = struct.unpack("<H", data[end + 10 : end + 12])
        if count > MAX_MEMBERS:
            raise ToynetsError(f"{origin} has {count} members; at most {MAX_MEMBERS} are read.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    # zipfile raises NotImplementedError for a zip version or a compression that it does not know.
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
        raise ToynetsError(
            f"{origin} is no .npz archive.", cause="it is cut short, or of another kind."
        ) from None
    if len(members) > MAX_MEMBERS:
        raise ToynetsError(f"{origin} has {len(members)} members; at most {MAX_MEMBERS} are read.")
    if sum(m.file_size for m in members) > MAX_BYTES:
        raise ToynetsError(
            f"{origin} unpacks to {sum(m.file_size for m in members)} bytes; at most {MAX_BYTES} "
            "are unpacked.",
            cause="a zip bomb, or not a tiny network.",
        )
    arrays: dict[str, Any] = {}
    wide = False
    for member in members:
        name = member.filename
        if (
            not re.fullmatch(r"[A-Za-z0-9_.\-/: ]{1,200}\.npy", name)
            or ".." in name
            or (name.startswith("/"))
        ):
            raise ToynetsError(
                f"{origin} has a member {name[:70]!r}, which is no name of an array.",
                cause="a path that leads elsewhere, or another kind of archive.",
            )
        key = name.removesuffix(".npy")
        if key in arrays:
            raise ToynetsError(f"{origin} has the array {key!r} twice.")
        value, kind = read_npy(_member(archive, member, origin), f"{origin}: {key}")
        arrays[key] = value
        wide |= kind == "float64"
    return arrays, "float64" if wide else "float32"


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: str) -> bytes:
    if member.flag_bits & 0x1:
        raise ToynetsError(f"{origin} is encrypted.", fix="save it without a password.")
    try:
        with archive.open(member) as file:
            data = file.read(min(member.file_size, MAX_BYTES) + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,  # raised by zipfile for a compression that it does not know
        OSError,
        RuntimeError,
        ValueError,
        struct.error,
    ) as error:
        raise ToynetsError(
            f"{origin}: {member.filename[:70]} cannot be unpacked: {str(error)[:70]}.",
            cause="the file is cut short or damaged.",
        ) from None
    if len(data) > member.file_size:
        raise ToynetsError(f"{origin}: {member.filename[:70]} is larger than the archive says.")
    return data


def read_npy(data: bytes, what: str) -> tuple[Any, str]:
    """Return one array as nested lists (or a list of texts), and its kind.

    Raises:
        ToynetsError: no array, a pickle, a kind that is no plain number, or too large.
    """
    if data[:6] != MAGIC:
        if data[:1] == b"\x80":
            raise ToynetsError(f"{what} is a pickle.", cause=PICKLE[0], fix=PICKLE[1])
        raise ToynetsError(f"{what} is no NumPy array.", cause="the file is of another kind.")
    head, body = _header(data, what)
    shape, kind = head["shape"], head["descr"]
    text = re.fullmatch(r"([<>=|]?)([a-zA-Z])(\d{0,4})", kind) if isinstance(kind, str) else None
    if text is None or not isinstance(shape, tuple) or not all(type(n) is int for n in shape):
        raise ToynetsError(f"{what} has the kind {str(kind)[:60]!r}, which is no plain number.")
    if text[2] == "O":
        raise ToynetsError(
            f"{what} holds Python objects, that is, a pickle.", cause=PICKLE[0], fix=PICKLE[1]
        )
    order = ">" if text[1] == ">" else "<"
    count = count_of(shape, what)
    if text[2] == "U":
        return _texts(body, count, int(text[3] or 0), order, what), "text"
    name = _KIND.get(f"{text[2]}{text[3]}")
    if name is None:
        raise ToynetsError(
            f"{what} holds numbers of the kind {kind!r}; read are {', '.join(sorted(_KIND))}.",
            fix="save it with .astype('float32').",
        )
    if head["fortran_order"] and len(shape) == 2:
        return transposed(unpack(body, name, shape[::-1], what, order)), name
    return unpack(body, name, shape, what, order), name


def _header(data: bytes, what: str) -> tuple[dict[str, Any], bytes]:
    bad = ToynetsError(f"{what} has a damaged header.", cause="the file is cut short or damaged.")
    if len(data) < 12:
        raise bad
    long = data[6] >= 2
    size = struct.unpack("<I", data[8:12])[0] if long else struct.unpack("<H", data[8:10])[0]
    start = 12 if long else 10
    if data[6] not in (1, 2, 3) or size > MAX_HEADER or len(data) < start + size:
        raise bad
    try:
        head = ast.literal_eval(data[start : start + size].decode("latin-1").strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        raise bad from None
    if not isinstance(head, dict) or set(head) != {"descr", "fortran_order", "shape"}:
        raise bad
    return head, data[start + size :]


def _texts(body: bytes, count: int, length: int, order: str, what: str) -> list[str]:
    if length > 400 or len(body) != count * length * 4:
        raise ToynetsError(f"{what} holds texts that do not fit its header.")
    try:
        whole = body.decode("utf-32-le" if order == "<" else "utf-32-be")
    except UnicodeDecodeError:
        raise ToynetsError(f"{what} holds bytes that are no text.") from None
    return [whole[k * length : (k + 1) * length].rstrip("\0") for k in range(count)]


def npy(values: Any, shape: tuple[int, ...], kind: str) -> bytes:
    """Write one array as the bytes of a `.npy` file: floats, or texts for kind `U`.

    >>> read_npy(npy([1.0, 2.0], (2,), "f4"), "x")
    ([1.0, 2.0], 'float32')
    """
    if kind == "U":
        length = max((len(t) for t in values), default=0) or 1
        descr = f"<U{length}"
        body = "".join(t.ljust(length, "\0") for t in values).encode("utf-32-le")
    else:
        flat = [v for row in values for v in row] if len(shape) == 2 else list(values)
        descr = f"<{kind}"
        body = struct.pack(f"<{len(flat)}{'f' if kind == 'f4' else 'd'}", *flat)
    said = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
    pad = (64 - (10 + len(said) + 1) % 64) % 64
    head = said + " " * pad + "\n"
    return MAGIC + b"\x01\x00" + struct.pack("<H", len(head)) + head.encode("latin-1") + body
