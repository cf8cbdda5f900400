"""Write a network so that other programs read it: JSON, `.npz`, ONNX, `.nnet`."""

from __future__ import annotations

import io
import os
import zipfile

from toynets.errors import ToynetsError
from toynets.network import Network

WRITTEN = (".json", ".npz", ".onnx", ".nnet")


def write(network: Network, path: str | os.PathLike[str], *, overwrite: bool = False) -> None:
    """Write a network into a file, whole or not at all; the ending of its name says the format.

    JSON holds everything. `.npz` has no place for masks and ties: an absent edge comes back as a
    weight of 0. ONNX and `.nnet` lack the names of inputs and units as well, and `.nnet` gives
    every unit a bias: an explanation of yours speaks of other names than the network that is read
    back. `not_written` says what of a network is lost.

    Args:
        network: any; ONNX and `.nnet` lack some activations.
        path: ends in `.json`, `.npz`, `.onnx` or `.nnet`; CSV and safetensors are read only.
        overwrite: whether a file that is there already is replaced.

    Raises:
        ToynetsError: as for `encode`; the file is there already, or cannot be written.

    >>> import os, tempfile
    >>> net = Network.from_layers([([[1, -1]], [0], "relu")])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(net, os.path.join(folder, "net.onnx"))
    ...     os.listdir(folder)
    ['net.onnx']
    """
    from toynets.io.saving import save

    name = os.fspath(path)
    save(name, encode(network, name), overwrite=overwrite)


def encode(network: Network, suffix: str) -> bytes:
    """Return a network as the bytes of a file, which `write` writes.

    Args:
        network: any; ONNX and `.nnet` lack some activations.
        suffix: `.json`, `.npz`, `.onnx` or `.nnet`; or a name that ends so.

    Raises:
        ToynetsError: another suffix, or an activation that the format lacks.

    >>> net = Network.from_layers([([[1, -1]], [0], "relu")])
    >>> encode(net, "net.nnet").decode().splitlines()[1]
    Traceback (most recent call last):
    ...
    toynets.errors.ToynetsError: a .nnet file has relu units and a linear output, ...
    >>> encode(net, ".json").decode() == net.to_json()
    True
    """
    kind = os.path.splitext(f"x{suffix}" if suffix.startswith(".") else suffix)[1].lower()
    if kind == ".json":
        return network.to_json().encode()
    if kind == ".npz":
        return _npz(network)
    if kind == ".onnx":
        from toynets.io.onnx import write_onnx

        return write_onnx(network)
    if kind == ".nnet":
        from toynets.io.nnet import write_nnet

        return write_nnet(network).encode()
    raise ToynetsError(
        f"a network is written as {', '.join(WRITTEN)}, but got {suffix[-60:]!r}.",
        cause="CSV and safetensors are read only." if kind in (".csv", ".safetensors") else "",
        fix="choose one of these endings.",
    )


def _npz(network: Network) -> bytes:
    """Return an archive that numpy.load reads: W1, b1, …, and names and activations as texts."""
    from toynets.io.npz import npy

    kind = "f4" if network.dtype == "float32" else "f8"
    members = {}
    for k, layer in enumerate(network.layers, start=1):
        shape = (len(layer.weight), len(layer.weight[0]))
        members[f"W{k}"] = npy(layer.weight, shape, kind)
        if layer.bias is not None:
            members[f"b{k}"] = npy(layer.bias, (shape[0],), kind)
        members[f"units{k}"] = npy(layer.units, (shape[0],), "U")
    members["inputs"] = npy(network.inputs, (len(network.inputs),), "U")
    activations = [layer.activation for layer in network.layers]
    members["activations"] = npy(activations, (len(activations),), "U")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), data)  # a fixed date: same bytes
    return made.getvalue()
