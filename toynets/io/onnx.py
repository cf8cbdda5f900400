"""ONNX: a chain of Gemm, MatMul, Add, Sub and activations, read and written.

The messages and field numbers are those of onnx.proto (ONNX, IR version 3 to 10). The protobuf
library is not used: importing it takes longer and more memory than a hostile file is granted.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

from toynets.assembling import transposed
from toynets.errors import ToynetsError
from toynets.io.limits import as_float, count_of, shaped, unpack
from toynets.io.wire import BYTES, VARINT, Damaged, fields, floats, numbers, signed, tagged
from toynets.network import Network
from toynets.rationals import rational

ACTIVATIONS = {
    "Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "Abs": "abs", "Softmax": "softmax",
}  # fmt: skip  # a table
SILENT = ("Flatten", "Identity")
LINEAR = ("Gemm", "MatMul", "Add", "Sub")
READ = (*LINEAR, *ACTIVATIONS, *SILENT)
_TYPES = {1: "float32", 11: "float64", 10: "float16", 7: "int64", 6: "int32"}
MAX_NODES = 2_000


class _Message:
    """The fields of one message by number."""

    def __init__(self, data: bytes) -> None:
        self.found: dict[int, list[tuple[int, Any]]] = {}
        for number, kind, value in fields(data):
            self.found.setdefault(number, []).append((kind, value))

    def bytes(self, number: int) -> list[bytes]:
        """Return the values of a field of bytes."""
        values = [v for k, v in self.found.get(number, ()) if k == BYTES]
        if len(values) != len(self.found.get(number, ())):
            raise Damaged(f"field {number} is no text or message.")
        return values

    def texts(self, number: int) -> list[str]:
        """Return the values of a field of text."""
        try:
            return [v.decode("utf-8") for v in self.bytes(number)]
        except UnicodeDecodeError:
            raise Damaged(f"field {number} is no text.") from None

    def text(self, number: int) -> str:
        """Return the last value of a field of text, or ""."""
        return (self.texts(number) or [""])[-1]

    def whole(self, number: int, default: int = 0) -> int:
        """Return the last value of a field of whole numbers."""
        values = [v for k, v in self.found.get(number, ()) if k == VARINT]
        return signed(values[-1]) if values else default

    def wholes(self, number: int) -> list[int]:
        """Return a repeated field of whole numbers."""
        return [n for k, v in self.found.get(number, ()) for n in numbers(k, v)]

    def reals(self, number: int, code: str) -> list[float]:
        """Return a repeated field of floats."""
        return [x for k, v in self.found.get(number, ()) for x in floats(k, v, code)]


def read_onnx(data: bytes, origin: str, name: str = "") -> Network:
    """Return the network of an ONNX model that is one chain.

    Args:
        data: the whole file.
        origin: its name, for messages.
        name: of the network.

    Raises:
        ToynetsError: an operator that is not read (named), a branch, external data, or damage.
    """
    try:
        model = _Message(data)
        graphs = model.bytes(7)
        if len(graphs) != 1:
            raise ToynetsError(
                f"{origin} is no ONNX model: it holds no graph.",
                cause="the file is of another kind, or damaged.",
            )
        return _Chain(_Message(graphs[0]), origin).network(name)
    except Damaged as error:
        raise ToynetsError(
            f"{origin} is no ONNX model: {error.message}",
            cause="the file is cut short, damaged or of another kind.",
        ) from None


class _Chain:
    def __init__(self, graph: _Message, origin: str) -> None:
        self.origin = origin
        self.nodes = [_Message(n) for n in graph.bytes(1)]
        if not 0 < len(self.nodes) <= MAX_NODES:
            raise ToynetsError(f"{origin} has {len(self.nodes)} nodes; 1 to {MAX_NODES} are read.")
        self._check_operators()
        self.tensors: dict[str, Any] = {}
        self.wide = False
        for tensor in graph.bytes(5):
            self._tensor(_Message(tensor))
        self.inputs = [n for v in graph.bytes(11) if (n := _Message(v).text(1)) not in self.tensors]
        self.outputs = [_Message(v).text(1) for v in graph.bytes(12)]
        # Of the layer in the making: weight (out, in) or None, bias, and of those that are done.
        self.weight: Any = None
        self.bias: Any = None
        self.layers: list[tuple[Any, Any, str]] = []

    def _check_operators(self) -> None:
        there = [(node.text(4), node.text(7)) for node in self.nodes]
        other = [o for o, domain in there if o not in READ or domain not in ("", "ai.onnx")]
        if other:
            names = ", ".join(dict.fromkeys(o[:60] or "(none)" for o in other))
            raise ToynetsError(
                f"{self.origin} has operators that are not read: {names}.",
                cause=f"read are {', '.join(READ)}, in one chain.",
                fix="export the dense layers alone, or write their matrices as .npz.",
            )

    def _tensor(self, tensor: _Message) -> None:
        name = tensor.text(8)
        what = f"{self.origin}: {name[:60]}"
        if tensor.whole(14) == 1 or tensor.bytes(13):
            raise ToynetsError(
                f"{what} lies in another file, which is not opened.",
                cause="ONNX external data names a path of its own.",
                fix="save the model with its data inside: onnx.save_model(…, "
                "save_as_external_data=False).",
            )
        kind = _TYPES.get(tensor.whole(2))
        if kind is None:
            raise ToynetsError(f"{what} holds numbers of kind {tensor.whole(2)}, not floats.")
        shape = tensor.wholes(1)
        count = count_of(shape, what)
        raw = tensor.bytes(9)
        if raw:
            value = unpack(raw[-1], kind, shape, what)
        else:
            listed = self._listed(tensor, kind)
            if len(listed) != count or any(v - v != 0 for v in listed):
                raise ToynetsError(f"{what} has {len(listed)} numbers for its shape {shape}.")
            value = shaped(listed, shape)
        self.tensors[name] = value
        self.wide |= kind == "float64"

    def _listed(self, tensor: _Message, kind: str) -> list[float]:
        """Return numbers that are not raw bytes but a repeated field."""
        if kind == "float32":
            return tensor.reals(4, "f")
        if kind == "float64":
            return tensor.reals(10, "d")
        wholes = tensor.wholes({"int64": 7, "int32": 5}.get(kind, 0))
        return [as_float(v, f"{self.origin}: {tensor.text(8)[:60]}") for v in wholes]

    def network(self, name: str) -> Network:
        if len(self.inputs) != 1 or len(self.outputs) != 1:
            raise ToynetsError(
                f"{self.origin} has {len(self.inputs)} inputs and {len(self.outputs)} outputs; a "
                "network that is read has one tensor of each."
            )
        at = self.inputs[0]
        for node in self.nodes:
            at = self._node(node, at)
        if at != self.outputs[0]:
            raise ToynetsError(f"{self.origin}: the last node does not give the output.")
        if self.weight is not None:
            self._close("identity")
        if not self.layers:
            raise ToynetsError(f"{self.origin} has no layer with weights.")
        return Network.from_layers(
            self.layers, dtype="float64" if self.wide else "float32", name=name
        )

    def _node(self, node: _Message, at: str) -> str:
        operator, given, made = node.text(4), node.texts(1), node.texts(2)
        constants = [self.tensors[n] for n in given if n in self.tensors]
        if given.count(at) != 1 or len(constants) != len(given) - 1 or len(made) != 1:
            raise ToynetsError(
                f"{self.origin}: the node {operator} reads {', '.join(given)[:80]}; each node "
                "reads what the one before gives, and constants.",
                cause="a branch or a residual connection: no chain of layers.",
            )
        if operator in ACTIVATIONS:
            if self.weight is None:
                raise ToynetsError(f"{self.origin}: {operator} stands without a layer before it.")
            self._check_axis(node, operator)
            self._close(ACTIVATIONS[operator])
        elif operator == "Gemm":
            self._gemm(node, given, at)
        elif operator == "MatMul":
            (matrix,) = constants
            self._open(transposed(self._matrix(matrix, operator)) if given[0] == at else matrix)
        elif operator in ("Add", "Sub"):
            self._shift(operator, given[0] == at, constants[0])
        return made[0]

    def _check_axis(self, node: _Message, operator: str) -> None:
        """Refuse a softmax over the rows of a batch."""
        for attribute in map(_Message, node.bytes(5)):
            if attribute.text(1) == "axis" and attribute.whole(3) not in (1, -1):
                raise ToynetsError(
                    f"{self.origin}: {operator} is over axis {attribute.whole(3)}; over the "
                    "outputs of one input it is axis 1 or -1."
                )

    def _matrix(self, value: Any, operator: str) -> Any:
        if not isinstance(value, list) or not value or not isinstance(value[0], list):
            raise ToynetsError(f"{self.origin}: {operator} needs a matrix.")
        return value

    def _gemm(self, node: _Message, given: Sequence[str], at: str) -> None:
        said: dict[str, Any] = {}
        for attribute in map(_Message, node.bytes(5)):
            kind = attribute.whole(20)
            values = (
                attribute.reals(2, "f")
                if kind == 1 or 2 in attribute.found
                else [attribute.whole(3)]
            )
            said[attribute.text(1)] = values[-1] if values else 0
        plain = (
            said.get("alpha", 1.0) == 1 and said.get("beta", 1.0) == 1 and not said.get("transA")
        )
        if given[0] != at or not plain:
            raise ToynetsError(
                f"{self.origin}: Gemm with alpha, beta, transA or a constant in front is not read."
            )
        matrix = self._matrix(self.tensors[given[1]], "Gemm")
        self._open(matrix if said.get("transB") else transposed(matrix))
        if len(given) > 2:
            self.bias = self._vector(self.tensors[given[2]])

    def _open(self, weight: Any) -> None:
        if self.weight is not None:
            self._close("identity")
        if self.bias is not None:  # a constant was added to the inputs
            raise ToynetsError(f"{self.origin}: a constant is added before the first layer.")
        self.weight = self._matrix(weight, "MatMul")

    def _shift(self, operator: str, first: bool, value: Any) -> None:
        vector = self._vector(value)
        if self.weight is None and not self.layers and not any(vector):
            return  # an input that is shifted by 0
        if self.weight is None or len(vector) != len(self.weight):
            raise ToynetsError(
                f"{self.origin}: {operator} of a constant stands where no bias can.",
                cause="the inputs are normalised in the model, or the shapes do not fit.",
            )
        sign = -1.0 if operator == "Sub" else 1.0
        if not first and operator == "Sub":
            raise ToynetsError(f"{self.origin}: Sub takes the layer from a constant.")
        before = self.bias or [0.0] * len(vector)
        # Rationals: the sum of two floats may be none, and is then refused, not rounded.
        pairs = zip(before, vector, strict=True)
        self.bias = [rational(b) + rational(sign * v) for b, v in pairs]

    def _vector(self, value: Any) -> list[float]:
        if isinstance(value, list) and value and isinstance(value[0], list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, list) or any(isinstance(v, list) for v in value):
            if isinstance(value, float) and self.weight is not None:
                return [value] * len(self.weight)
            raise ToynetsError(f"{self.origin}: a bias is a list of numbers.")
        if len(value) == 1 and self.weight is not None:
            return [value[0]] * len(self.weight)
        return value

    def _close(self, activation: str) -> None:
        self.layers.append((self.weight, self.bias, activation))
        self.weight = self.bias = None


# Writing.

_OPERATORS = {"relu": "Relu", "sigmoid": "Sigmoid", "tanh": "Tanh", "abs": "Abs"}


def write_onnx(network: Network) -> bytes:
    """Return a network as an ONNX model (opset 13): Gemm, and an operator for the activation.

    Raises:
        ToynetsError: a step or square unit, for which ONNX has no single operator that other tools
            read.
    """
    code, number = ("d", 11) if network.dtype == "float64" else ("f", 1)
    nodes, tensors = b"", b""
    at = "x"
    for k, layer in enumerate(network.layers, start=1):
        if layer.activation not in (*_OPERATORS, "identity", "softmax"):
            raise ToynetsError(
                f"layer {k} has {layer.activation} units, for which ONNX has no operator.",
                fix="write JSON or .npz instead.",
            )
        rows = [v for row in layer.weight for v in row]
        shape = (len(layer.weight), len(layer.weight[0]))
        tensors += tagged(5, BYTES, _initializer(f"W{k}", shape, rows, code, number))
        given = [at, f"W{k}"]
        if layer.bias is not None:
            tensors += tagged(
                5, BYTES, _initializer(f"b{k}", (shape[0],), layer.bias, code, number)
            )
            given.append(f"b{k}")
        at = f"z{k}"
        nodes += tagged(1, BYTES, _written("Gemm", given, at, {"transB": 1}))
        if layer.activation != "identity":
            operator = _OPERATORS.get(layer.activation, "Softmax")
            nodes += tagged(1, BYTES, _written(operator, [at], f"h{k}", {}))
            at = f"h{k}"
    graph = nodes + tagged(2, BYTES, (network.name or "toynets").encode())
    graph += tensors
    graph += tagged(11, BYTES, _value("x", len(network.inputs), number))
    graph += tagged(12, BYTES, _value(at, len(network.outputs), number))
    opset = tagged(1, BYTES, b"") + tagged(2, VARINT, 13)
    return (
        tagged(1, VARINT, 8)
        + tagged(2, BYTES, b"toynets")
        + tagged(7, BYTES, graph)
        + tagged(8, BYTES, opset)
    )


def _initializer(
    name: str, shape: Sequence[int], values: Sequence[float], code: str, number: int
) -> bytes:
    dims = b"".join(tagged(1, VARINT, n) for n in shape)
    raw = struct.pack(f"<{len(values)}{code}", *values)
    return (
        dims + tagged(2, VARINT, number) + tagged(8, BYTES, name.encode()) + tagged(9, BYTES, raw)
    )


def _written(operator: str, given: Sequence[str], made: str, said: Mapping[str, int]) -> bytes:
    node = b"".join(tagged(1, BYTES, n.encode()) for n in given) + tagged(2, BYTES, made.encode())
    node += tagged(4, BYTES, operator.encode())
    for key, value in said.items():
        attribute = tagged(1, BYTES, key.encode()) + tagged(3, VARINT, value)
        node += tagged(5, BYTES, attribute + tagged(20, VARINT, 2))
    return node


def _value(name: str, width: int, number: int) -> bytes:
    sizes = tagged(1, BYTES, tagged(2, BYTES, b"N")) + tagged(1, BYTES, tagged(1, VARINT, width))
    tensor = tagged(1, VARINT, number) + tagged(2, BYTES, sizes)
    return tagged(1, BYTES, name.encode()) + tagged(2, BYTES, tagged(1, BYTES, tensor))
