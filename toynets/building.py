"""The checks between a user's matrices and a `Network`."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from toynets.activations import activation
from toynets.errors import ToynetsError, unknown
from toynets.names import bias_name, check_name, edge_name
from toynets.network import DTYPES, Layer, Network
from toynets.rationals import Rational, from_float, nearest_float, rational
from toynets.wiring import layered

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
    if dtype not in DTYPES:
        raise ToynetsError(
            f"expected dtype float32 or float64 but got {dtype!r}.",
            cause="the numbers of a network are one of these two kinds.",
        )
    if not layers:
        raise ToynetsError("a network has at least one layer.")
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


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def _read_layer(number: int, layer: Sequence[Any]) -> tuple[Given, list[Any] | None, str]:
    if not isinstance(layer, list | tuple) or len(layer) != 3:
        raise ToynetsError(
            f"layer {number} is not (weight, bias, activation).",
            fix='write for example ([[1, 1]], [0], "relu"); a layer without bias has None.',
        )
    weight, bias, act = layer
    rows = _plain(weight)
    if not isinstance(rows, list | tuple) or not rows:
        raise ToynetsError(f"the weight of layer {number} is not a matrix (out, in).")
    rows = [_plain(row) for row in rows]
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
    biases = None if bias is None else list(_plain(bias) if not isinstance(bias, str) else [bias])
    return [list(row) for row in rows], biases, activation(act).name


def _check_shapes(read: list[tuple[Given, list[Any] | None, str]]) -> None:
    faults = []
    for k, (weight, bias, act) in enumerate(read, start=1):
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
            if act == "softmax":
                faults.append(f"layer {k}: softmax stands at the output only")
    if faults:
        shapes = [(len(w), len(w[0])) for w, _, _ in read]
        turned = all(a[0] == b[0] for a, b in itertools.pairwise([(s[1], s[0]) for s in shapes]))
        raise ToynetsError(
            "the layers do not chain:\n  " + "\n  ".join(faults),
            cause="weights are (out, in): row = to, column = from"
            + ("; yours may be transposed." if turned else "."),
            fix="transpose each matrix if it was written for x @ W.",
        )


def _names(
    sizes: list[int],
    inputs: Sequence[str] | None,
    units: Sequence[Any] | None,
    outputs: Sequence[str] | str | None,
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    hidden = sizes[1:-1]
    input_names = _given(inputs, sizes[0], "input", [f"x{i + 1}" for i in range(sizes[0])])
    if isinstance(outputs, str):
        outputs = [outputs]
    default = ["y"] if sizes[-1] == 1 else [f"y{i + 1}" for i in range(sizes[-1])]
    output_names = _given(outputs, sizes[-1], "output", default)
    if units is not None and len(hidden) == 1 and all(isinstance(u, str) for u in units):
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
    layered([*input_names, *(u for group in groups for u in group)])
    return input_names, groups


def _given(
    names: Sequence[str] | None, size: int, what: str, default: list[str]
) -> tuple[str, ...]:
    if names is None:
        return tuple(default)
    if len(names) != size:
        raise ToynetsError(f"{len(names)} names for {size} {what}s: {list(names)}.")
    return tuple(check_name(n, what) for n in names)


def _masks(
    read: list[tuple[Given, list[Any] | None, str]], masks: Sequence[Any] | None
) -> list[tuple[tuple[bool, ...], ...] | None]:
    if masks is None:
        return [None] * len(read)
    if len(masks) != len(read):
        raise ToynetsError(f"{len(masks)} masks for {len(read)} layers.")
    found: list[tuple[tuple[bool, ...], ...] | None] = []
    for k, ((weight, _, _), mask) in enumerate(zip(read, masks, strict=True), start=1):
        if mask is None:
            found.append(None)
            continue
        rows = tuple(tuple(bool(m) for m in _plain(row)) for row in _plain(mask))
        if [len(r) for r in rows] != [len(r) for r in weight]:
            raise ToynetsError(f"the mask of layer {k} has another shape than its weight.")
        found.append(None if all(all(r) for r in rows) else rows)
    return found


def _store(
    value: Any, address: str, dtype: str, round_values: bool, rounded: list[tuple[str, str, float]]
) -> float:
    exact = _exact(value, address)
    stored = nearest_float(exact, dtype)
    if stored in (float("inf"), float("-inf")):
        raise ToynetsError(f"{address} = {value} is too large for {dtype}.")
    if from_float(stored) != exact:
        if not round_values:
            raise ToynetsError(
                f"{address} = {value} is not a {dtype} number; the nearest is {stored!r}.",
                cause="a network is the function of its stored numbers, so none is rounded unseen.",
                fix="pass round=True (the roundings are listed in .rounded)"
                + (", or dtype='float64'." if dtype == "float32" else "."),
            )
        rounded.append((address, str(value), stored))
    return stored + 0.0 if stored else 0.0  # no negative zero


def _exact(value: Any, address: str) -> Rational:
    try:
        return rational(value)
    except ToynetsError as error:
        raise ToynetsError(
            f"{address} = {value!r}: {error.message}", cause=error.cause, fix=error.fix
        ) from None


def _ties(network: Network, ties: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    used: dict[str, str] = {}
    layered([*network.inputs, *network.units, *ties])
    for group, members in ties.items():
        check_name(group, "tied group")
        values = set()
        for member in members:
            if member not in network.numbers:
                raise ToynetsError(
                    unknown("weight", member, f"tied group {group}", network.numbers)
                )
            if member in used:
                raise ToynetsError(f"{member} is in two tied groups, {used[member]} and {group}.")
            used[member] = group
            values.add(network.numbers[member])
        if len(values) != 1:
            raise ToynetsError(
                f"the tied group {group} shares one number, but its members have {sorted(values)}.",
                fix="give all members of a group one value.",
            )
        found[group] = tuple(members)
    return found
