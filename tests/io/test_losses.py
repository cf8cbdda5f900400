"""What a format leaves out is said, and it is what does not come back."""

from __future__ import annotations

import itertools

import pytest

from toynets.errors import ToynetsError
from toynets.io import encode, not_written, read
from toynets.network import Network

FEATURES = ("inputs", "units", "ties", "mask", "bias", "dtype")


def made(features):
    """A network with some of the things that a format may have no place for."""
    bias = None if "bias" in features else [0, 1]
    given = {
        "inputs": ["left", "x2"] if "inputs" in features else None,
        "units": [["sum", "h2"]] if "units" in features else None,
        "ties": {"w": ["x2->h2", "h2->y"]} if "ties" in features else None,
        "masks": [[[1, 0], [1, 1]], None] if "mask" in features else None,
        "dtype": "float64" if "dtype" in features else "float32",
    }
    layers = [([[1, 0], [2, 0.5]], bias, "relu"), ([[3, 0.5]], [1], "identity")]
    return Network.from_layers(layers, **{k: v for k, v in given.items() if v is not None})


def lost(a, b):
    """What is another in the network that came back."""
    masks = [[layer.mask for layer in net.layers] for net in (a, b)]
    biases = [[layer.bias is None for layer in net.layers] for net in (a, b)]
    sides = {
        "inputs": a.inputs != b.inputs,
        "units": a.units != b.units,
        "ties": a.ties != b.ties,
        "mask": masks[0] != masks[1],
        "bias": biases[0] != biases[1],
        "dtype": a.dtype != b.dtype,
    }
    return [name for name, differs in sides.items() if differs]


BEGINNINGS = {
    "the names of inputs: left comes back as x1.": "inputs",
    "the names of units: sum comes back as h1.": "units",
    "ties: the copies of w come back as numbers of their own.": "ties",
    "masks: 1 absent edge comes back as a weight of 0.": "mask",
    "that h1, h2 have no bias: they come back with a bias of 0.": "bias",
    "that sum, h2 have no bias: they come back with a bias of 0.": "bias",
    "the type float64: as every number is one, it comes back as float32.": "dtype",
}


@pytest.mark.parametrize("suffix", [".json", ".npz", ".onnx", ".nnet"])
def test_what_does_not_come_back_is_what_is_said(tmp_path, suffix):
    path = tmp_path / f"net{suffix}"
    for count in range(len(FEATURES) + 1):
        for features in itertools.combinations(FEATURES, count):
            network = made(features)
            path.write_bytes(encode(network, suffix))
            said = [BEGINNINGS[line] for line in not_written(network, f"a{suffix}")]
            assert said == lost(network, read(path)), (features, suffix)


@pytest.mark.parametrize("suffix", [".csv", ".safetensors"])
def test_formats_that_are_only_read_are_refused_with_the_reason(suffix):
    with pytest.raises(ToynetsError, match="CSV and safetensors are read only"):
        encode(made(()), f"net{suffix}")
