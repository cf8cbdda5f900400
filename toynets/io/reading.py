"""`toynets.read`: a network from a file of any format that is read here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from toynets.assembling import activations_of, assemble, paired
from toynets.errors import ToynetsError
from toynets.io.limits import read_bytes
from toynets.network import Network

# Suffix -> what is read from such files.
FORMATS = {
    ".json": "toynets-network/1: exact numbers, names, activations",
    ".npz": "arrays W1, b1, W2, … (or fc1.weight, fc1.bias); activations by option",
    ".csv": "one matrix with header row and column; several files or a folder make layers",
    ".nnet": "ACAS Xu text format: relu and a linear output",
    ".onnx": "a chain of Gemm, MatMul, Add, Sub and activations",
    ".safetensors": "tensors with the names of a state dict; activations by option",
}
PICKLES = (".pkl", ".pickle", ".joblib", ".pt", ".pth", ".bin", ".ckpt", ".h5", ".keras", ".npy")


def is_network_file(path: str) -> bool:
    """Whether a text ends like a file that `read` reads.

    >>> is_network_file("net.onnx"), is_network_file("xor-sum")
    (True, False)
    """
    return os.path.splitext(path)[1].lower() in (*FORMATS, *PICKLES)


def read(
    path: str | os.PathLike[str] | Sequence[str],
    *,
    activation: str | Sequence[str] | None = None,
    output: str | None = None,
    names: Sequence[tuple[str, str | None]] | None = None,
    orientation: str = "",
) -> Network:
    """Read a network from a file.

    Args:
        path: the file; for CSV also a folder, or the files in the order of the layers.
        activation: of the hidden units, for formats that do not say it; or one for each layer.
        output: of the output units, likewise; default `identity`.
        names: (weight, bias or None) of each layer, where an archive names its arrays otherwise.
        orientation: `out, in` where a row of a matrix holds the weights into one unit (default),
            or `in, out`. Formats that fix it ignore it.

    Raises:
        ToynetsError: a format that is not read (with the way to convert it), or what the format's
            reader refuses.
    """
    if not isinstance(path, str | os.PathLike):
        return _csv([os.fspath(p) for p in path], "the files", activation, output)
    source = os.fspath(path)
    origin = os.path.basename(source.rstrip(f"/{os.sep}")) or source
    if os.path.isdir(source):
        from toynets.io.tables import files_of

        return _csv(files_of(source), origin, activation, output)
    stem, suffix = os.path.splitext(origin)
    suffix = suffix.lower()
    if suffix not in FORMATS:
        raise _unread(origin, suffix)
    if suffix == ".csv":
        return _csv([source], origin, activation, output)
    data = read_bytes(source)
    if suffix == ".json":
        return _json(data, origin)
    name = stem[:60]
    if suffix == ".nnet":
        from toynets.io.nnet import read_nnet

        return read_nnet(data, origin, name)
    if suffix == ".onnx":
        from toynets.io.onnx import read_onnx

        return read_onnx(data, origin, name)
    if suffix == ".npz":
        from toynets.io.npz import read_npz

        arrays, dtype = read_npz(data, origin)
        return _arrays(arrays, dtype, origin, name, activation, output, names, orientation)
    from toynets.io.safetensors import read_safetensors

    arrays, dtype = read_safetensors(data, origin)
    return _arrays(arrays, dtype, origin, name, activation, output, names, orientation)


def _unread(origin: str, suffix: str) -> ToynetsError:
    if suffix in PICKLES and suffix != ".npy":
        return ToynetsError(
            f"{origin} is not read: {suffix} files are pickles, or need a library of their own.",
            cause="a pickle runs whatever its author put in.",
            fix="where you trust it, load it yourself and save plain arrays: numpy.savez('net.npz',"
            " W1=…, b1=…), or pass the model to toynets.Network.from_torch or from_sklearn.",
        )
    return ToynetsError(
        f"{origin} has no format that is read: {', '.join(FORMATS)}.",
        cause="one array is not a network." if suffix == ".npy" else "",
        fix="numpy.savez('net.npz', W1=W1, b1=b1, …)" if suffix == ".npy" else "",
    )


def _json(data: bytes, origin: str) -> Network:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ToynetsError(f"{origin} is not text in UTF-8.", fix="save it as UTF-8.") from None
    try:
        return Network.from_json(text)
    except ToynetsError as error:
        raise ToynetsError(f"{origin}: {error.message}", cause=error.cause, fix=error.fix) from None


def _csv(
    paths: Sequence[str],
    origin: str,
    activation: str | Sequence[str] | None,
    output: str | None,
) -> Network:
    from toynets.io.tables import layers_of, read_tables

    found = read_tables(paths, origin)
    return assemble(
        layers_of(found),
        activations_of(len(found), activation, output, origin),
        origin,
        dtype="float64",
        name=os.path.splitext(origin)[0][:60],
        inputs=found[0].columns,
        units=[m.rows for m in found[:-1]],
        outputs=found[-1].rows,
    )


def _arrays(
    arrays: dict[str, Any],
    dtype: str,
    origin: str,
    name: str,
    activation: str | Sequence[str] | None,
    output: str | None,
    names: Sequence[tuple[str, str | None]] | None,
    orientation: str,
) -> Network:
    said = {k: arrays.pop(k) for k in list(arrays) if _is_text(arrays[k])}
    known: dict[str, Any] = {}
    if "inputs" in said:
        known["inputs"] = said["inputs"]
    layers = paired(arrays, origin, names, orientation or "out, in")
    if activation is None and "activations" in said:
        activation = said["activations"]
    units = [said.get(f"units{k}") for k in range(1, len(layers) + 1)]
    if all(units):
        known |= {"units": units[:-1], "outputs": units[-1]}
    return assemble(
        [(weight, bias) for _, weight, bias in layers],
        activations_of(len(layers), activation, output, origin),
        origin,
        dtype=dtype,
        name=name,
        orientation=orientation or "out, in",
        **known,
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)
