"""Each format: what is written is read back, and other programs agree on the numbers."""

from __future__ import annotations

import io
import json
import struct

import numpy as np
import pytest

from toynets import exact, zoo
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.io import encode, read, write
from toynets.network import Network

LAYERS = [
    ([[1, -2], [0.5, 3], [0, 1]], [0, -1, 0.25], "relu"),
    ([[1, 2, -3], [4, 5, 6]], [0.5, -0.5], "identity"),
]
RELU = Network.from_layers(LAYERS, name="net")


def saved(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


@pytest.mark.parametrize("suffix", [".json", ".npz", ".onnx", ".nnet"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_is_written_is_read_back(tmp_path, suffix, dtype):
    network = Network.from_layers(LAYERS, dtype=dtype, name="net")
    found = read(saved(tmp_path, f"net{suffix}", encode(network, suffix)))
    if suffix == ".nnet":  # the format has no dtype: its numbers are read as float32
        assert found.numbers == network.numbers
    else:
        assert found == network


@pytest.mark.parametrize("name", zoo.names())
def test_the_zoo_goes_through_npz_and_json_unchanged(tmp_path, name):
    network = zoo.load(name).network
    if network.ties or any(layer.mask for layer in network.layers):
        assert read(saved(tmp_path, "net.json", encode(network, ".json"))) == network
        return
    for suffix in (".json", ".npz"):
        assert read(saved(tmp_path, f"net{suffix}", encode(network, suffix))) == network


def test_numpy_reads_the_archive_and_its_archives_are_read(tmp_path):
    with np.load(io.BytesIO(encode(RELU, ".npz"))) as archive:
        assert archive["W1"].tolist() == [list(row) for row in RELU.layers[0].weight]
        assert archive["activations"].tolist() == ["relu", "identity"]
    made = io.BytesIO()
    rows = {f"W{k}": np.asarray(x.weight, np.float64) for k, x in enumerate(RELU.layers, 1)}
    biases = {f"b{k}": np.asarray(x.bias) for k, x in enumerate(RELU.layers, 1)}
    np.savez_compressed(made, **rows, **biases)
    found = read(saved(tmp_path, "net.npz", made.getvalue()), activation="relu")
    assert found.numbers == RELU.numbers and found.dtype == "float64"


@pytest.mark.parametrize(
    "array",
    [
        np.asfortranarray([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
        np.array([[1, 2, 3], [4, 5, 6]], dtype=">f4"),
        np.array([[1, 2, 3], [4, 5, 6]], dtype=np.int16),
        np.array([[1, 2, 3], [4, 5, 6]], dtype=np.float16),
    ],
)
def test_arrays_of_any_order_and_kind_are_the_same_numbers(tmp_path, array):
    made = io.BytesIO()
    np.savez(made, W1=array)
    found = read(saved(tmp_path, "net.npz", made.getvalue()))
    assert found.layers[0].weight == ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))


def test_onnx_files_give_the_same_outputs_elsewhere():
    runtime = pytest.importorskip("onnxruntime", reason="of the test extra")
    nets = [RELU] + [
        zoo.load(n).network for n in ("xor-sum", "xor-tanh", "symmetry-1986", "dormant-backup")
    ]
    nets.append(Network.from_layers([([[1, 2], [3, -4], [0, 1]], None, "softmax")]))
    for network in nets:
        session = runtime.InferenceSession(encode(network, ".onnx"))
        rows = [[float(v) for v in x] for x in Domain.boolean(len(network.inputs))]
        (out,) = session.run(None, {"x": np.asarray(rows, np.float32)})
        for x, y in zip(rows, out.tolist(), strict=True):
            ours = exact.run(network, x)
            ours = [ours] if len(network.outputs) == 1 else list(ours)
            if network.layers[-1].activation == "softmax":
                logits = np.array([float(v) for v in ours])
                ours = np.exp(logits) / np.exp(logits).sum()
            assert [float(v) for v in ours] == pytest.approx(y, abs=1e-5)


def test_names_of_rows_and_columns_become_names(tmp_path):
    saved(tmp_path, "W1.csv", ',"x","z","bias"\n"both",1,1,-1\n"one",1,1,0\n')
    saved(tmp_path, "W2.csv", ",both,one\nxor,-2,1\n")
    found = read(str(tmp_path), activation="relu")
    assert found.inputs == ("x", "z") and found.units == ("both", "one", "xor")
    assert found["x->both"] == 1.0 and found["both->xor"] == -2.0 and found["both.bias"] == -1.0
    assert [exact.run(found, x) for x in Domain.boolean(2)] == [0, 1, 1, 0]
    listed = read([str(tmp_path / "W1.csv"), str(tmp_path / "W2.csv")], activation="relu")
    assert listed == found


def test_safetensors_are_read_by_their_names(tmp_path):
    writer = pytest.importorskip("safetensors.numpy", reason="the library is not installed")
    data = {
        "net.0.weight": np.array([[1, 1], [1, 1]], np.float32),
        "net.0.bias": np.array([0, -1], np.float32),
        "net.2.weight": np.array([[1, -2]], np.float32),
        "net.2.bias": np.array([0], np.float32),
    }
    found = read(saved(tmp_path, "m.safetensors", writer.save(data)), activation="relu")
    assert found.numbers == zoo.load("xor-sum").network.numbers


def tensors(**arrays):
    head, body = {}, b""
    for name, array in arrays.items():
        raw = array.tobytes()
        head[name] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [len(body), len(body) + len(raw)],
        }
        body += raw
    text = json.dumps(head).encode()
    return struct.pack("<Q", len(text)) + text + body


def test_a_name_map_says_which_is_which(tmp_path):
    data = tensors(
        first=np.array([[1, -1]], np.float32),
        second=np.array([[3]], np.float32),
        shift=np.array([2], np.float32),
    )
    found = read(
        saved(tmp_path, "m.safetensors", data),
        activation="relu",
        names=[("first", None), ("second", "shift")],
    )
    assert (found["x2->h1"], found["h1->y"], found["y.bias"]) == (-1.0, 3.0, 2.0)
    with pytest.raises(ToynetsError, match="has no array 'third'"):
        read(saved(tmp_path, "m.safetensors", data), names=[("third", None)])


def test_a_normalisation_goes_into_the_layers(tmp_path):
    text = encode(Network.from_layers([([[2, 4]], [1], "identity")]), ".nnet").decode()
    lines = text.splitlines()
    lines[6], lines[7] = "1.0,0.0,3.0,", "2.0,4.0,0.5,"
    found = read(saved(tmp_path, "n.nnet", "\n".join(lines)))
    for x in ([0, 0], [1, 2], [-3, 8]):  # (2 (x1 - 1)/2 + 4 x2/4 + 1) / 2 + 3
        assert exact.run(found, x) == ((x[0] - 1) + x[1] + 1) / 2 + 3


TURNED = np.array([[1, 2], [3, 4], [5, 6]], np.float32)


def test_a_turned_matrix_is_recognised(tmp_path):
    data = tensors(W1=TURNED, b1=np.zeros(2, np.float32))
    path = saved(tmp_path, "m.safetensors", data)
    with pytest.raises(ToynetsError, match="do not fit each other") as caught:
        read(path)
    assert 'orientation="in, out"' in caught.value.fix
    found = read(path, orientation="in, out")
    assert found["x3->y2"] == 6.0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("m.pkl", "pickles"),
        ("m.pt", "pickles"),
        ("m.npy", "no format"),
        ("m.txt", "no format that is read"),
    ],
)
def test_what_is_not_read_is_refused_with_the_way_to_convert_it(tmp_path, name, said):
    with pytest.raises(ToynetsError, match=said):
        read(saved(tmp_path, name, b"\x80\x04"))


def test_an_activation_that_the_file_does_not_hold_is_asked_for(tmp_path):
    made = io.BytesIO()
    np.savez(made, W1=np.eye(2), W2=np.ones((1, 2)))
    path = saved(tmp_path, "n.npz", made.getvalue())
    with pytest.raises(ToynetsError, match="which activation its hidden units"):
        read(path)
    with pytest.raises(ToynetsError, match="2 layers, but 3 activations"):
        read(path, activation=["relu", "relu", "relu"])
    assert read(path, activation=["tanh"]).layers[0].activation == "tanh"
    with pytest.raises(ToynetsError, match="no activation"):
        read(path, activation="swish")


@pytest.mark.parametrize(("suffix", "said"), [(".onnx", "no operator"), (".nnet", "relu units")])
def test_a_format_that_lacks_an_activation_says_so(suffix, said):
    with pytest.raises(ToynetsError, match=said):
        encode(Network.from_layers([([[1]], [0], "step"), ([[1]], [0], "identity")]), suffix)
    with pytest.raises(ToynetsError, match="is written as"):
        encode(RELU, "net.txt")


@pytest.mark.parametrize("suffix", [".json", ".npz", ".onnx", ".nnet"])
def test_a_network_is_written_into_a_file_that_holds_its_bytes(tmp_path, suffix):
    path = tmp_path / f"net{suffix.upper()}"  # a path, or its text; endings in any case
    assert write(RELU, path) is None
    assert path.read_bytes() == encode(RELU, suffix)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_another_file_is_not_written_over_unless_it_is_asked_for(tmp_path):
    path = tmp_path / "net.json"
    path.write_text("mine")
    with pytest.raises(ToynetsError, match=r"there already(.|\n)*overwrite=True"):
        write(RELU, str(path))
    assert path.read_text() == "mine"
    write(RELU, str(path), overwrite=True)
    assert read(path) == RELU


def test_nothing_is_written_where_the_format_cannot_hold_the_network(tmp_path):
    with pytest.raises(ToynetsError, match="no operator"):
        write(Network.from_layers([([[1]], [0], "step")]), tmp_path / "net.onnx")
    with pytest.raises(ToynetsError, match="is written as"):
        write(RELU, tmp_path / "net.txt")
    with pytest.raises(ToynetsError, match="cannot be written: No such file"):
        write(RELU, tmp_path / "none" / "net.json")
    assert list(tmp_path.iterdir()) == []
