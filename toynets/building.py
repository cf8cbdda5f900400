"""The checks between a user's matrices and a `Network`."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from math import isfinite
from struct import pack, unpack
from typing import Any

from toynets.activations import activation
from toynets.errors import ToynetsError, unknown
from toynets.names import bias_name, check_name, check_unique, edge_name
from toynets.network import DTYPES, Layer, Network
from toynets.rationals import Rational, from_float, nearest_float, rational

Given = list[list[Any]]


def build(
    layers: Sequence[Sequence[Any]],
    *,
    inputs: Sequence[str] | None,
    units: Sequence[Any] | None,
    outputs: Sequence[str] | str | None,
    dtype: str,
    masks: Sequence[Any] | None,
    ties: Mapping[str, Sequence[str]] | None,
    name: str,
    round_values: bool,
) -> Network:
    """Check everything that `Network.from_layers` promises, and build the record."""
    dtype = getattr(dtype, "name", dtype)  # numpy.dtype("float32") compares equal to its name
    if dtype not in DTYPES:
        raise ToynetsError(
            f"expected dtype float32 or float64 but got {dtype!r}.",
            cause="the numbers of a network are one of these two kinds.",
            fix='write dtype="float32".',
        )
    if not isinstance(layers, list | tuple) or not layers:
        raise ToynetsError(
            "a network has at least one layer.",
            fix='write a list of (weight, bias, activation), such as [([[1, 1]], [0], "relu")].',
        )
    read = [_read_layer(k, layer) for k, layer in enumerate(layers, start=1)]
    _check_shapes(read)
    sizes = [len(read[0][0][0]), *(len(weight) for weight, _, _ in read)]
    input_names, unit_names = _names(sizes, inputs, units, outputs)
    mask_list = _masks(read, masks)

    rounded: list[tuple[str, str, float]] = []
    made: list[Layer] = []
    parents = input_names
    for (weight, bias, act), names, mask in zip(read, unit_names, mask_list, strict=True):

        def store(value: Any, address: str) -> float:
            return _store(value, address, dtype, round_values, rounded)

        rows = []
        for i, unit in enumerate(names):
            row = [store(v, edge_name(p, unit)) for p, v in zip(parents, weight[i], strict=True)]
            if mask is not None:
                for j, parent in enumerate(parents):
                    if not mask[i][j] and row[j] != 0:
                        raise ToynetsError(
                            f"{edge_name(parent, unit)} is masked out but has the value {row[j]}.",
                            fix="give absent edges the value 0.",
                        )
            rows.append(tuple(row))
        stored_bias = (
            None
            if bias is None
            else tuple(store(v, bias_name(u)) for u, v in zip(names, bias, strict=True))
        )
        made.append(Layer(tuple(rows), stored_bias, act, names, mask))
        parents = names
    network = Network(tuple(made), input_names, dtype, {}, name, tuple(rounded))
    return (
        network
        if not ties
        else Network(network.layers, input_names, dtype, _ties(network, ties), name, tuple(rounded))
    )


def plain(value: Any) -> Any:
    """Return an array as nested lists, anything else as it is."""
    return value.tolist() if hasattr(value, "tolist") else value


def _read_layer(number: int, layer: Sequence[Any]) -> tuple[Given, list[Any] | None, str]:
    if not isinstance(layer, list | tuple) or len(layer) != 3:
        raise ToynetsError(
            f"layer {number} is not (weight, bias, activation).",
            fix='write for example ([[1, 1]], [0], "relu"); a layer without bias has None.',
        )
    weight, bias, act = layer
    rows = plain(weight)
    if not isinstance(rows, list | tuple) or not rows:
        raise ToynetsError(f"the weight of layer {number} is not a matrix (out, in).")
    rows = [plain(row) for row in rows]
    if not all(isinstance(row, list | tuple) and len(row) for row in rows):
        raise ToynetsError(
            f"the weight of layer {number} is not a matrix (out, in).",
            cause="a single row needs two pairs of brackets: [[1, -2]].",
        )
    if len({len(row) for row in rows}) > 1:
        raise ToynetsError(
            f"the rows of the weight of layer {number} have different lengths: "
            f"{[len(row) for row in rows]}."
        )
    biases = None if bias is None else plain(bias)
    if biases is not None and not isinstance(biases, list | tuple):
        raise ToynetsError(
            f"the bias of layer {number} is not a list but {repr(bias)[:70]}.",
            fix="write one number per unit, [0], or None for a layer without bias.",
        )
    return (
        [list(row) for row in rows],
        None if biases is None else list(biases),
        activation(act).name,
    )


def _check_shapes(read: list[tuple[Given, list[Any] | None, str]]) -> None:
    for k, (_, _, act) in enumerate(read[:-1], start=1):
        if act == "softmax":
            raise ToynetsError(
                f"layer {k} is a softmax layer; softmax stands at the output only.",
                fix="use relu, tanh or another activation for the hidden layers.",
            )
    faults = []
    for k, (weight, bias, _) in enumerate(read, start=1):
        shape = (len(weight), len(weight[0]))
        if bias is not None and len(bias) != shape[0]:
            faults.append(f"layer {k}: weight {shape} but bias of length {len(bias)}")
        if k < len(read):
            following = read[k][0]
            if len(following[0]) != shape[0]:
                other = (len(following), len(following[0]))
                faults.append(
                    f"layer {k} has {shape[0]} units but layer {k + 1} has weight {other}: "
                    f"{other[1]} columns"
                )
    if faults:
        shapes = [(len(w), len(w[0])) for w, _, _ in read]
        turned = all(a[1] == b[0] for a, b in itertools.pairwise(shapes)) and all(
            b is None or len(b) == s[1] for (_, b, _), s in zip(read, shapes, strict=True)
        )
        raise ToynetsError(
            "the layers do not chain:\n  " + "\n  ".join(faults),
            cause="weights are (out, in): row = to, column = from"
            + ("; yours may be transposed, as for x @ W." if turned else "."),
            fix="transpose each matrix."
            if turned
            else "give each layer a column per unit of the layer before, and a bias per row.",
        )


def _names(
    sizes: list[int],
    inputs: Sequence[str] | None,
    units: Sequence[Any] | None,
    outputs: Sequence[str] | str | None,
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    hidden = sizes[1:-1]
    if isinstance(inputs, str):
        inputs = [inputs]
    if isinstance(units, str):
        units = [units]
    input_names = _given(inputs, sizes[0], "input", [f"x{i + 1}" for i in range(sizes[0])])
    if isinstance(outputs, str):
        outputs = [outputs]
    default = ["y"] if sizes[-1] == 1 else [f"y{i + 1}" for i in range(sizes[-1])]
    output_names = _given(outputs, sizes[-1], "output", default)
    if units is not None and not isinstance(units, list | tuple):
        raise ToynetsError(
            f"units is a list of names but got {repr(units)[:70]}.",
            fix='write units=["h1", "h2"], or a list per hidden layer.',
        )
    if units and len(hidden) == 1 and all(isinstance(u, str) for u in units):
        units = [units]
    if units is not None and len(units) != len(hidden):
        raise ToynetsError(
            f"units names {len(units)} hidden layers but the network has {len(hidden)}.",
            fix="give a list of names per hidden layer.",
        )
    groups = []
    for k, size in enumerate(hidden, start=1):
        prefix = "h" if len(hidden) == 1 else f"h{k}."
        default = [f"{prefix}{i + 1}" for i in range(size)]
        groups.append(_given(units and units[k - 1], size, f"unit of hidden layer {k}", default))
    groups.append(output_names)
    check_unique([*input_names, *(u for group in groups for u in group)])
    return input_names, groups


def _given(
    names: Sequence[str] | None, size: int, what: str, default: list[str]
) -> tuple[str, ...]:
    if names is None:
        return tuple(default)
    if not isinstance(names, list | tuple):
        raise ToynetsError(
            f"expected a list of names for each {what} but got {repr(names)[:70]}.",
            fix=f"write {default[:2]} and so on, or leave it out.",
        )
    if len(names) != size:
        raise ToynetsError(
            f"{len(names)} names for {size} of kind {what}: {', '.join(map(str, names))[:200]}.",
            fix="give one name to each, or leave the names out.",
        )
    return tuple(check_name(n, what) for n in names)


def _masks(
    read: list[tuple[Given, list[Any] | None, str]], masks: Sequence[Any] | None
) -> list[tuple[tuple[bool, ...], ...] | None]:
    if masks is None:
        return [None] * len(read)
    if not isinstance(masks, list | tuple) or len(masks) != len(read):
        raise ToynetsError(
            f"expected a mask (or None) for each of {len(read)} layers but got {repr(masks)[:70]}."
        )
    found: list[tuple[tuple[bool, ...], ...] | None] = []
    for k, ((weight, _, _), mask) in enumerate(zip(read, masks, strict=True), start=1):
        if mask is None:
            found.append(None)
            continue
        given = plain(mask)
        table = [plain(row) for row in given] if isinstance(given, list | tuple) else [given]
        if not all(isinstance(row, list | tuple) for row in table) or (
            [len(row) for row in table] != [len(row) for row in weight]
        ):
            raise ToynetsError(
                f"the mask of layer {k} has another shape than its weight, "
                f"{(len(weight), len(weight[0]))}."
            )
        if not all(m in (0, 1, False, True) for row in table for m in row):
            raise ToynetsError(
                f"the mask of layer {k} has other entries than true and false.",
                fix="write 1 where an edge is there and 0 where none is.",
            )
        rows = tuple(tuple(bool(m) for m in row) for row in table)
        found.append(None if all(all(r) for r in rows) else rows)
    return found


def _store(
    value: Any, address: str, dtype: str, round_values: bool, rounded: list[tuple[str, str, float]]
) -> float:
    # Most values are floats that the dtype holds: no rational is needed to see that.
    if type(value) is float and value and isfinite(value) and _holds(value, dtype):
        return value
    exact = _exact(value, address)
    stored = nearest_float(exact, dtype)
    if stored in (float("inf"), float("-inf")):
        raise ToynetsError(
            f"{address} = {str(value)[:70]} is too large for {dtype}.",
            fix="scale the unit, or pass dtype='float64'." if dtype == "float32" else "",
        )
    if from_float(stored) != exact:
        if not round_values:
            raise ToynetsError(
                f"{address} = {str(value)[:70]} is not a {dtype} number; "
                f"the nearest is {stored!r}.",
                cause="a network is the function of its stored numbers, so none is rounded unseen.",
                fix="pass round=True (the roundings are listed in .rounded)"
                + (", or dtype='float64'." if dtype == "float32" else "."),
            )
        rounded.append((address, str(value), stored))
    return stored + 0.0 if stored else 0.0  # no negative zero


def _holds(value: float, dtype: str) -> bool:
    try:
        return dtype == "float64" or bool(unpack("<f", pack("<f", value))[0] == value)
    except OverflowError:
        return False


def _exact(value: Any, address: str) -> Rational:
    try:
        return rational(value)
    except ToynetsError as error:
        raise ToynetsError(
            f"{address} = {repr(value)[:70]}: {error.message}", cause=error.cause, fix=error.fix
        ) from None


def _ties(network: Network, ties: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    if not isinstance(ties, Mapping) or not all(
        isinstance(m, list | tuple) and m for m in ties.values()
    ):
        raise ToynetsError(
            "ties is a mapping from the name of a group to a list of addresses.",
            fix='write ties={"w": ["x1->h1", "x2->h2"]}.',
        )
    found: dict[str, tuple[str, ...]] = {}
    used: dict[str, str] = {}
    check_unique([*network.inputs, *network.units, *ties])
    for group, members in ties.items():
        check_name(group, "tied group")
        values = set()
        for member in members:
            if member not in network.numbers:
                raise ToynetsError(
                    unknown("weight", str(member), f"tied group {group}", network.numbers)
                )
            if member in used:
                raise ToynetsError(
                    f"{member} is given twice in tied groups, in {used[member]} and in {group}.",
                    fix="a number belongs to one group: name it once.",
                )
            used[member] = group
            values.add(network.numbers[member])
        if len(values) != 1:
            raise ToynetsError(
                f"the tied group {group} shares one number, but its members have {sorted(values)}.",
                fix="give all members of a group one value.",
            )
        found[group] = tuple(members)
    return found
