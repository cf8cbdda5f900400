"""A file is read as the network that it means, or refused: never as another one unseen."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from toynets.errors import ToynetsError
from toynets.io import encode, read
from toynets.io.limits import unpack
from toynets.io.onnx import read_onnx
from toynets.io.tables import read_csv, read_rows
from toynets.io.wire import BYTES, VARINT, tagged
from toynets.network import Network

TINY = Network.from_layers([([[1, 2]], [3], "identity")])


def archive(tmp_path, **arrays):
    made = io.BytesIO()
    np.savez(made, **arrays)
    path = tmp_path / "net.npz"
    path.write_bytes(made.getvalue())
    return str(path)


def test_a_whole_number_that_no_float_is_is_refused(tmp_path):
    beyond = 2**53 + 1  # the nearest float64 is 2^53
    with pytest.raises(ToynetsError, match=f"holds {beyond}, and no float is that number"):
        read(archive(tmp_path, W1=np.array([[beyond]])))
    assert read(archive(tmp_path, W1=np.array([[2**53]])))["x1->y"] == 2.0**53
    with pytest.raises(ToynetsError, match="no float is that number"):
        unpack((-beyond).to_bytes(8, "little", signed=True), "int64", [1], "b1")
    listed = b"".join(tagged(1, VARINT, n) for n in (1, 1)) + tagged(7, VARINT, beyond)
    with pytest.raises(ToynetsError, match="W: W holds 9007199254740993, and no float"):
        read_onnx(model([("MatMul", ["x", "W"], "y")], {"W": listed + tagged(2, VARINT, 7)}), "W")


def model(nodes, tensors, axis=None):
    """Return an ONNX model of (operator, inputs, output) and the bytes of tensors by name."""
    graph = b""
    for operator, given, made in nodes:
        node = b"".join(tagged(1, BYTES, n.encode()) for n in given) + tagged(
            2, BYTES, made.encode()
        )
        node += tagged(4, BYTES, operator.encode())
        if axis is not None and operator == "Softmax":
            said = tagged(1, BYTES, b"axis") + tagged(3, VARINT, axis) + tagged(20, VARINT, 2)
            node += tagged(5, BYTES, said)
        graph += tagged(1, BYTES, node)
    for name, body in tensors.items():
        graph += tagged(5, BYTES, body + tagged(8, BYTES, name.encode()))
    graph += tagged(11, BYTES, tagged(1, BYTES, nodes[0][1][0].encode()))
    graph += tagged(12, BYTES, tagged(1, BYTES, nodes[-1][2].encode()))
    return tagged(7, BYTES, graph)


def tensor(array):
    dims = b"".join(tagged(1, VARINT, n) for n in array.shape)
    kind = {"float32": 1, "float64": 11}[str(array.dtype)]
    return dims + tagged(2, VARINT, kind) + tagged(9, BYTES, array.tobytes())


def test_two_biases_are_added_exactly_or_refused():
    def added(first, second):
        kind = np.float32
        nodes = [("MatMul", ["x", "W"], "z"), ("Add", ["z", "b"], "s"), ("Sub", ["s", "c"], "y")]
        numbers = {"W": np.ones((1, 1), kind), "b": np.array([first], kind)}
        numbers["c"] = np.array([second], kind)
        return read_onnx(model(nodes, {k: tensor(v) for k, v in numbers.items()}), "net")

    assert added(1, 2**-20)["y.bias"] == 1 - 2**-20
    with pytest.raises(ToynetsError, match="is not a float32 number"):
        added(1, 2**-60)  # in float64 the difference is 1, which a float32 holds


@pytest.mark.parametrize(("axis", "read_as"), [(None, "softmax"), (1, "softmax"), (-1, "softmax")])
def test_a_softmax_over_the_outputs_is_read(axis, read_as):
    nodes = [("MatMul", ["x", "W"], "z"), ("Softmax", ["z"], "y")]
    weights = {"W": tensor(np.eye(2, dtype="float32"))}
    assert read_onnx(model(nodes, weights, axis), "net").layers[0].activation == read_as
    with pytest.raises(ToynetsError, match="Softmax is over axis 0"):
        read_onnx(model(nodes, weights, 0), "net")


def test_a_column_b_is_neither_bias_nor_input_unless_it_is_said():
    with pytest.raises(ToynetsError, match="column b, and it cannot be seen"):
        read_csv(b",a,b\nh1,1,2\n", "W1.csv")  # the inputs of toynets.tasks.load("full-adder")
    found = read_csv(b",a,b,bias\nh1,1,2,3\n", "W1.csv")
    assert (found.columns, found.weight, found.bias) == (["a", "b"], [[1.0, 2.0]], [3.0])


def test_a_first_row_with_a_number_in_it_is_no_row_of_names(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("0,\n1,1\n")
    with pytest.raises(ToynetsError, match="input 1, column 2: '' is no number"):
        read_rows(str(path), 2)
    path.write_text("age,size\n0,1\n")
    assert read_rows(str(path), 2) == [[0.0, 1.0]]


@pytest.mark.parametrize("name", ["two\nlines", "größe", "// 1,2,3"])
def test_any_title_goes_through_nnet(tmp_path, name):
    network = Network.from_layers([([[1, 2]], [3], "identity")], name=name)
    path = tmp_path / "net.nnet"
    path.write_bytes(encode(network, ".nnet"))
    assert read(str(path)).numbers == network.numbers


def test_layers_in_an_order_that_nothing_says_are_refused(tmp_path):
    square = {"input.weight": np.diag([1.0, 2.0]), "hidden.weight": np.array([[0.0, 3.0], [1, 0]])}
    path = archive(tmp_path, **square, **{"output.weight": np.ones((1, 2))})
    with pytest.raises(ToynetsError, match="which layer comes first is not said: 'hidden"):
        read(path, activation="relu")
    names = [("input.weight", None), ("hidden.weight", None), ("output.weight", None)]
    assert read(path, activation="relu", names=names)["x2->h1.2"] == 2.0


@pytest.mark.parametrize(
    ("shapes", "orientation"),
    [
        ({"hidden": (3, 2), "output": (1, 3)}, "out, in"),  # by shape
        ({"hidden": (2, 3), "output": (3, 1)}, "in, out"),
        ({"W1": (2, 2), "W2": (2, 2), "W10": (2, 2)}, "out, in"),  # by number
        ({"block1.fc": (2, 2), "block1.up": (3, 2), "block2.fc": (2, 3)}, "out, in"),  # by both
    ],
)
def test_layers_in_an_order_that_names_or_shapes_say_are_read(tmp_path, shapes, orientation):
    arrays = {name: np.full(shape, float(k)) for k, (name, shape) in enumerate(shapes.items())}
    found = read(archive(tmp_path, **arrays), activation="relu", orientation=orientation)
    assert [layer.weight[0][0] for layer in found.layers] == [float(k) for k in range(len(shapes))]


def test_a_bias_of_one_row_or_column_is_a_bias_and_no_layer(tmp_path):
    square = np.array([[1.0, 2.0], [3.0, 4.0]])
    path = archive(tmp_path, W1=square, b1=np.array([[5.0, 6.0]]), W2=square, b2=[[7.0], [8.0]])
    found = read(path, activation="relu")
    assert [layer.bias for layer in found.layers] == [(5.0, 6.0), (7.0, 8.0)]
    named = read(path, activation="relu", names=[("W1", "b1"), ("W2", "b2")])
    assert named == found
    with pytest.raises(ToynetsError, match="expected a number but got"):
        read(archive(tmp_path, W1=square, b1=square))


def test_the_literals_of_a_mask_are_numbers_as_well():
    data = Network.from_layers([([[1, 0]], [0], "relu")], masks=[[[1, 0]]]).to_dict()
    data["layers"][0]["mask"] = [[1, 0]]
    assert Network.from_json(json.dumps(data)).layers[0].mask == ((True, False),)
    data["layers"][0]["mask"] = [[2, 0]]
    with pytest.raises(ToynetsError, match="other entries than true and false"):
        Network.from_json(json.dumps(data))
