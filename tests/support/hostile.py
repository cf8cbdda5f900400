"""Files that were made to mislead a reader, by format; and what a valid one looks like.

Run as a program it prints how long each reader takes to refuse each, and the memory at its peak:

    python tests/support/hostile.py
"""

from __future__ import annotations

import io
import json
import pickle
import struct
import tempfile
import time
import tracemalloc
import zipfile
from pathlib import Path

from toynets import zoo
from toynets.errors import ToynetsError
from toynets.io import encode, read
from toynets.network import Network


def npy(head, body=b""):
    """Return a `.npy` with a header of one's own."""
    text = head if isinstance(head, bytes) else repr(head).encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


def described(descr="<f4", shape=(1, 1), order=False):
    """Return the header of an array."""
    return {"descr": descr, "fortran_order": order, "shape": shape}


def npz(members, compression=zipfile.ZIP_STORED):
    """Return an archive of members by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def lying_zip():
    """Return an archive whose directory says that a large member is small."""
    data = bytearray(npz({"W1.npy": b"\0" * 40_000_000}, zipfile.ZIP_DEFLATED))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(data)


def tensors(header, body=b""):
    """Return a safetensors file with a header of one's own."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def tensor(start, end, shape=(1, 1), kind="F32"):
    """Return the entry of one tensor."""
    return {"dtype": kind, "shape": list(shape), "data_offsets": [start, end]}


NETWORK = zoo.load("xor-sum").network
VALID = {
    ".json": NETWORK.to_json().encode(),
    ".npz": encode(NETWORK, ".npz"),
    ".onnx": encode(NETWORK, ".onnx"),
    ".nnet": encode(NETWORK, ".nnet"),
    ".csv": b",x1,x2,bias\nh1,1,-2,0.5\nh2,0,1,1\n",
    ".safetensors": tensors(
        {"W": tensor(0, 8, (1, 2)), "b": tensor(8, 12, (1,))}, struct.pack("<3f", 1, 2, 3)
    ),
}


def onnx_with(**changes):
    """Return the bytes of a small model with some of them replaced."""
    data = encode(Network.from_layers([([[1.0, 2.0]], [3.0], "relu")]), ".onnx")
    for old, new in changes.values():
        assert old in data
        data = data.replace(old, new)
    return data


HOSTILE = {
    ".npz": {
        "a pickle": pickle.dumps([1, 2]),
        "a pickle inside": npz({"W1.npy": pickle.dumps([1, 2])}),
        "an array of objects": npz({"W1.npy": npy(described("|O"), pickle.dumps([1]))}),
        "128 bytes that ask for 8 TiB": npz({"W1.npy": npy(described(shape=(1 << 20, 1 << 21)))}),
        "a negative shape": npz({"W1.npy": npy(described(shape=(-1, 4)))}),
        "a shape of texts": npz({"W1.npy": npy(described(shape=("a",)))}),
        "true as a size": npz({"W1.npy": npy(described(shape=(True, True)), b"\0" * 4)}),
        "a header that is code": npz({"W1.npy": npy(b"__import__('os').system('true')")}),
        "a header nested deeply": npz({"W1.npy": npy(b"(" * 4000)}),
        "a header longer than the file": npz({"W1.npy": b"\x93NUMPY\x01\x00\xff\xff"}),
        "a structured kind": npz({"W1.npy": npy(described([("a", "<f4")]))}),
        "NaN": npz({"W1.npy": npy(described(), struct.pack("<f", float("nan")))}),
        "infinity": npz({"W1.npy": npy(described(), struct.pack("<f", float("inf")))}),
        "a zip bomb": npz({"W1.npy": b"\0" * 200_000_000}, zipfile.ZIP_DEFLATED),
        "a zip bomb that lies": lying_zip(),
        "a path that leads out": npz({"../../W1.npy": npy(described(), b"\0" * 4)}),
        "an absolute path": npz({"/etc/W1.npy": npy(described(), b"\0" * 4)}),
        "a thousand members": npz({f"W{k}.npy": b"" for k in range(1000)}),
        "texts too long": npz({"W1.npy": npy(described("<U9999", (1,)))}),
        "three dimensions": npz({"W1.npy": npy(described(shape=(1, 1, 1)), b"\0" * 4)}),
        "no matrix": npz({"b1.npy": npy(described(shape=(1,)), b"\0" * 4)}),
    },
    ".onnx": {
        "random bytes": bytes(range(256)),
        "external data": onnx_with(a=(b"\x42\x02W1\x4a", b"\x6a\x02W1\x4a")),
        "another domain": onnx_with(a=(b"\x22\x04Gemm", b"\x22\x04Loop")),
        "a length behind the end": b"\x3a\xff\xff\xff\xff\x0f",
        "an endless number": b"\x08" + b"\xff" * 40,
        "no graph": b"\x08\x08",
        "two graphs": b"\x3a\x00\x3a\x00",
        "field number 0": b"\x00\x00",
    },
    ".safetensors": {
        "cut short": b"\x00\x00",
        "a header of 2^60 bytes": struct.pack("<Q", 1 << 60) + b"{}",
        "offsets that overlap": tensors({"W": tensor(0, 4), "V": tensor(0, 4)}, b"\0" * 4),
        "a gap": tensors({"W": tensor(4, 8)}, b"\0" * 8),
        "outside the file": tensors({"W": tensor(0, 400, (10, 10))}, b"\0" * 4),
        "backwards": tensors({"W": tensor(4, 0)}, b"\0" * 4),
        "8 TiB": tensors({"W": tensor(0, 4, (1 << 20, 1 << 21))}, b"\0" * 4),
        "a name twice": tensors(b'{"W": {}, "W": {}}'),
        "NaN in the header": tensors(b'{"W": NaN}'),
        "nested deeply": tensors(b"[" * 100_000),
        "bytes left over": tensors({"W": tensor(0, 4)}, b"\0" * 8),
        "true as an offset": tensors(
            {"W": {"dtype": "F32", "shape": [1, 1], "data_offsets": [False, 4]}}, b"\0" * 4
        ),
        "NaN": tensors({"W": tensor(0, 4)}, struct.pack("<f", float("nan"))),
        "another kind": tensors({"W": tensor(0, 2, kind="BF16")}, b"\0" * 2),
    },
    ".nnet": {
        "empty": b"",
        "a billion layers": b"1000000,1,1,1,\n",
        "sizes that do not fit": b"1,2,1,2,\n3,1,\n",
        "a large layer": b"1,900000,900000,900000,\n900000,900000,\n0,\n",
        "1e999": VALID[".nnet"].replace(b"1.0,", b"1e999,"),
        "a word": VALID[".nnet"].replace(b"-2.0", b"two"),
        "lines behind the end": VALID[".nnet"] + b"1.0,\n",
        "a range of 0": VALID[".nnet"].replace(b"1.0,1.0,1.0,", b"0.0,1.0,1.0,"),
    },
    ".csv": {
        "empty": b"",
        "no header": b"1,2\n",
        "NaN": b",x1\nh1,nan\n",
        "1e999": b",x1\nh1,1e999\n",
        "a decimal comma": b';x1\nh1;"0,5"\n',
        "a quotation mark left open": b',x1\nh1,"1\n',
        "a row too short": b",x1,x2\nh1,1\n",
        "two columns of biases": b",x1,bias,Intercept\nh1,1,1,1\n",
        "biases or an input": b",a,b\nh1,1,1\n",
        "not UTF-8": b",x1\nh1,\xff\n",
        "a long number": b",x1\nh1," + b"9" * 100_000 + b"\n",
        "a zero byte": b",x1\nh1,\0\n",
    },
    ".json": {
        "empty": b"",
        "1e999": VALID[".json"].replace(b'"-2"', b"1e999"),
        "1e100000000": VALID[".json"].replace(b'"-2"', b'"1e100000000"'),
        "NaN": VALID[".json"].replace(b'"-2"', b"NaN"),
        "a key twice": VALID[".json"].replace(b'"dtype"', b'"name": "a", "dtype"'),
        "nested deeply": b"[" * 100_000,
        "a number of a million digits": VALID[".json"].replace(b'"-2"', b"9" * 1_000_000),
        "a text of a million digits": VALID[".json"].replace(b"-2", b"9" * 1_000_000),
        "not UTF-8": b"\xff\xfe{",
        "another hash": VALID[".json"].replace(b'"-2"', b'"-3"'),
    },
}


def refuse(path):
    """Return the message of the refusal, the seconds and the bytes at the peak."""
    tracemalloc.start()
    began = time.process_time()
    try:
        read(path)
        said = None
    except ToynetsError as error:
        said = str(error)
    seconds = time.process_time() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return said, seconds, peak


def main():
    """Print a line for each."""
    slowest = most = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for suffix, files in HOSTILE.items():
            for what, data in files.items():
                path = Path(folder) / f"file{suffix}"
                path.write_bytes(data)
                said, seconds, peak = refuse(path)
                slowest, most, count = max(slowest, seconds), max(most, peak), count + 1
                first = (said or "NOT REFUSED").splitlines()[0][:90]
                spent = f"{seconds * 1e3:7.1f} ms {peak / 1e6:6.1f} MB"
                print(f"{suffix:13} {what:30} {spent}  {first}")
    print(f"{count} files; slowest {slowest * 1e3:.1f} ms; most memory {most / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
