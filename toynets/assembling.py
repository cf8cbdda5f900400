"""From named matrices to a network: which is a weight, which its bias, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from toynets.errors import ToynetsError
from toynets.network import Network

# How files name the bias that belongs to a weight.
PAIRS = (
    ("weight", "bias"),
    ("kernel", "bias"),
    ("W", "b"),
    ("w", "b"),
    ("coefs", "intercepts"),
)


def activations_of(
    count: int, activation: str | Sequence[str] | None, output: str | None, origin: str
) -> list[str]:
    """Return an activation for each layer.

    Args:
        count: how many layers.
        activation: of all hidden layers, or of each layer in order (the output's may be left out).
        output: of the last layer; default `identity`.
        origin: the file, for messages.

    Raises:
        ToynetsError: there are hidden layers and nothing says what they do.
    """
    if activation is not None and not isinstance(activation, str):
        given = list(activation)
        if len(given) == count and output is None:
            return given
        if len(given) == count - 1:
            return [*given, output or "identity"]
        raise ToynetsError(
            f"{origin} has {count} layers, but {len(given)} activations are given.",
            fix="give one for each layer, or for each hidden layer.",
        )
    if count > 1 and activation is None:
        raise ToynetsError(
            f"{origin} holds numbers only: nothing in it says which activation its hidden units "
            "have.",
            cause="this format has no place for it.",
            fix='add activation="relu", or tanh, …; on the command line --activation relu, and for '
            "a command without it first toynets convert FILE --activation relu -o net.json",
        )
    return [activation or "identity"] * (count - 1) + [output or "identity"]


def paired(
    arrays: Mapping[str, Any],
    origin: str,
    names: Sequence[tuple[str, str | None]] | None = None,
    orientation: str = "out, in",
) -> list[tuple[str, Any, Any]]:
    """Return (name, weight, bias or None) of each layer, in order.

    Args:
        arrays: name -> number, list or list of rows. A bias may be a matrix of one row or column.
        origin: the file, for messages.
        names: (weight, bias or None) of each layer, where the names do not say it.
        orientation: `out, in` or `in, out`.

    Raises:
        ToynetsError: an array that is no layer's, no weight at all, or an order of the layers that
            neither names nor shapes say.

    >>> paired({"fc1.weight": [[1.0]], "fc1.bias": [2.0]}, "net")
    [('fc1', [[1.0]], [2.0])]
    """
    if names is not None:
        found = []
        for weight, bias in names:
            for name in (weight, bias):
                if name is not None and name not in arrays:
                    raise ToynetsError(
                        f"{origin} has no array {name!r}. Arrays: {_listed(arrays)}.",
                    )
            found.append((weight, arrays[weight], None if bias is None else _flat(arrays[bias])))
        return found
    matrices = {name for name, value in arrays.items() if _is_matrix(value)}
    biases = {name: _bias_of(name, set(arrays)) for name in matrices}
    weights = sorted(matrices - set(biases.values()), key=natural)
    left = set(arrays) - set(weights)
    found = []
    for name in weights:
        bias = biases[name]
        left.discard(bias or "")
        found.append((_stem(name), arrays[name], None if bias is None else _flat(arrays[bias])))
    if not found:
        raise ToynetsError(
            f"{origin} holds no matrix. Arrays: {_listed(arrays)}.",
            cause="a network is a list of weight matrices and biases.",
        )
    if left:
        raise ToynetsError(
            f"{origin} has arrays that belong to no layer: {_listed(sorted(left))}.",
            cause="a weight W1 has its bias in b1, and fc1.weight in fc1.bias.",
            fix='name the pairs: names=[("W1", "b1"), …], or leave the others out.',
        )
    shapes = {name: (len(arrays[name]), len(arrays[name][0])) for name in weights}
    check_order(shapes, origin, orientation)
    return found


def check_order(shapes: Mapping[str, tuple[int, int]], origin: str, orientation: str) -> None:
    """Refuse layers whose order neither their names nor their shapes say.

    Of W1 and W2 the names say which comes first; of `hidden` and `out` the shapes do, but where
    both matrices are square.

    Args:
        shapes: name -> shape of its matrix, in the order in which they would be taken.
        origin: the file, for messages.
        orientation: `out, in` or `in, out`.

    Raises:
        ToynetsError: another order is as good, and the message has it.

    >>> check_order({"hidden": (2, 3), "out": (1, 2)}, "net", "out, in")
    """
    taken = list(shapes)
    to, source = (0, 1) if orientation == "out, in" else (1, 0)
    chained = all(shapes[a][to] == shapes[b][source] for a, b in pairwise(taken))
    if not chained or all(_said(a, b) for a, b in pairwise(taken)):
        return  # what does not chain is refused later, with its shapes
    before = {b: {a for a in taken if _said(a, b)} for b in taken}
    tries = 0

    def other(done: list[str], placed: set[str]) -> bool:
        """Whether an order that begins so chains, obeys the names and is not the one taken."""
        nonlocal tries
        tries += 1
        if len(done) == len(taken) or tries > MOST_TRIES:
            return done != taken
        at = shapes[done[-1]][to] if done else None
        return any(
            other([*done, name], {*placed, name})
            for name in taken
            if name not in placed and before[name] <= placed and at in (None, shapes[name][source])
        )

    if other([], set()):
        raise ToynetsError(
            f"{origin}: which layer comes first is not said: {_listed(taken)} fit each other in "
            f"another order as well.",
            cause="layers are put in order by the numbers in their names, and these differ in "
            "words.",
            fix="give them names that count, W1 and W2 or Dense_0 and Dense_1; of a file, "
            "names=[(weight, bias), …] says the order as well.",
        )


MOST_TRIES = 2_000  # where so many orders do not settle it, it counts as not said


def _said(first: str, second: str) -> bool:
    """Whether a number in the names says that one comes before the other."""
    for a, b in zip(_pieces(first), _pieces(second), strict=False):
        if a != b:
            return a[0] == b[0] == 0 and a < b
    return False


def _flat(bias: Any) -> Any:
    """Return a bias that is kept as a matrix of one row or one column as a list."""
    if not _is_matrix(bias):
        return bias
    if len(bias) == 1:
        return bias[0]
    return [v for row in bias for v in row] if all(len(row) == 1 for row in bias) else bias


def _is_matrix(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], list)


def _bias_of(weight: str, there: set[str]) -> str | None:
    for w, b in PAIRS:
        for found in re.finditer(rf"(?<![A-Za-z]){w}(?![A-Za-z])", weight):
            other = f"{weight[: found.start()]}{b}{weight[found.end() :]}"
            if other in there:
                return other
    return None


def _stem(weight: str) -> str:
    return re.sub(r"[._/]?(weight|kernel)$", "", weight) or weight


def assemble(
    layers: Sequence[tuple[Any, Any]],
    activations: Sequence[str],
    origin: str,
    *,
    dtype: str,
    name: str = "",
    inputs: Sequence[str] | None = None,
    units: Sequence[Sequence[str]] | None = None,
    outputs: Sequence[str] | None = None,
    orientation: str = "out, in",
) -> Network:
    """Build the network, turning matrices where the file has them the other way round.

    Args:
        layers: (weight, bias or None) of each.
        activations: of each layer.
        origin: the file, for messages.
        dtype: `float32` or `float64`.
        name: of the network.
        inputs, units, outputs: names, where the file has them.
        orientation: `out, in` (row = to) or `in, out`.

    Raises:
        ToynetsError: shapes that do not fit each other; the message says where turning would help.
    """
    if orientation not in ("out, in", "in, out"):
        raise ToynetsError(
            f"the orientation is 'out, in' or 'in, out', but got {orientation!r}.",
            fix="'out, in' where a row holds the weights into one unit.",
        )
    made = []
    for k, (weight, bias) in enumerate(layers, start=1):
        if len({len(row) for row in weight}) != 1 or not weight[0]:
            raise ToynetsError(f"{origin}: the weight of layer {k} is not a matrix.")
        turned = transposed(weight) if orientation == "in, out" else weight
        made.append((turned, bias))
    _check_chain(made, origin, orientation)
    rows = [(w, b, a) for (w, b), a in zip(made, activations, strict=True)]
    return Network.from_layers(
        rows, inputs=inputs, units=units, outputs=outputs, dtype=dtype, name=name
    )


def _check_chain(layers: Sequence[tuple[Any, Any]], origin: str, orientation: str) -> None:
    for k in range(len(layers)):
        weight, bias = layers[k]
        fits = k == 0 or len(weight[0]) == len(layers[k - 1][0])
        if fits and (bias is None or len(bias) == len(weight)):
            continue
        other = "in, out" if orientation == "out, in" else "out, in"
        shapes = ", ".join(f"({len(w)}, {len(w[0])})" for w, _ in layers)
        turned = all(
            len(layers[j][0]) == len(layers[j - 1][0][0]) for j in range(1, len(layers))
        ) and all(b is None or len(b) == len(w[0]) for w, b in layers)
        raise ToynetsError(
            f"{origin}: the layers do not fit each other, read as ({orientation}): {shapes}.",
            cause="the matrices are turned: they would fit the other way round."
            if turned
            else "a layer is missing, or out of order.",
            fix=f'add orientation="{other}" (--orientation "{other}").' if turned else "",
        )


def _listed(names: Any, most: int = 8) -> str:
    shown = [repr(str(n)[:60]) for n in list(names)[:most]]
    return ", ".join(shown) + (f", … ({len(names)})" if len(names) > most else "") or "none"


def transposed(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return a matrix with rows and columns exchanged.

    >>> transposed([[1, 2, 3]])
    [[1], [2], [3]]
    """
    return [list(column) for column in zip(*rows, strict=True)]


def natural(text: str) -> tuple[Any, ...]:
    """Return what sorts names as people do: W2 before W10.

    >>> sorted(["W10", "W2"], key=natural)
    ['W2', 'W10']
    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    word = ""
    for ch in text:
        if word and ch.isdigit() != word[-1].isdigit():
            yield _piece(word)
            word = ""
        word += ch
    if word:
        yield _piece(word)


def _piece(word: str) -> tuple[int, int, str]:
    return (0, int(word), "") if word.isascii() and word.isdigit() else (1, 0, word)
