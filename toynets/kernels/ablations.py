"""What a user calls: every single unit, weight or pair of units of a network, ablated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import jax
import numpy as np

from toynets.errors import ToynetsError, UnknownName, unknown
from toynets.forward import precision_of
from toynets.kernels.batched import clean_program
from toynets.kernels.measures import Question, asked
from toynets.kernels.preparing import Array, Prepared, prepared
from toynets.kernels.replacing import (
    FROM_CLEAN,
    UNIT_KINDS,
    checked_kind,
    replacements,
    unit_texts,
)
from toynets.kernels.sweeping import units_program, weights_program
from toynets.names import bias_name, edge_name

# Name -> the intervention on one weight or bias.
WEIGHT_KINDS = {"cut": "{0} = 0", "flip": "{0} *= -1"}
LARGEST = 2**28  # numbers in one table: 1 GiB of float32


@dataclass(frozen=True, eq=False)
class Sweep:
    """The values of a network under each intervention of a list.

    Attributes:
        kind: of the ablation, a name of `UNIT_KINDS` or `WEIGHT_KINDS`.
        value: the value function, a name of `VALUES`.
        names: what each case is about: a unit, an address, or a pair of units.
        interventions: the text of each case, as `toynets.run` reads it.
        outputs: names of the outputs.
        values: shape (cases,); for `mean output` (cases, outputs); for `output` (cases, rows,
            outputs). Means over rows are float64, outputs of the network's dtype. Under `resample`
            an axis of draws comes after the cases.
        clean: the value without intervention: the same without the axes of cases and draws.
        sources: under `resample`, which row each row reads under each draw: shape (draws, rows),
            counted from 0; a row never reads itself. Else None.

    `sweep["h2"]` is the value of one case, and `sweep.effects` what it differs from the clean one.
    """

    kind: str
    value: str
    names: tuple[Any, ...]
    interventions: tuple[str, ...]
    outputs: tuple[str, ...]
    values: Array
    clean: Array
    sources: Array | None = None

    def __getitem__(self, name: Any) -> Array:
        if name not in self.names:
            raise UnknownName(unknown("case", str(name), "the sweep", map(str, self.names)))
        found: Array = self.values[self.names.index(name)]
        return found

    @property
    def effects(self) -> Array:
        """Value under the intervention minus the clean value, case by case."""
        found: Array = self.values - self.clean
        return found


def unit_ablations(
    network: Any,
    inputs: Any,
    kind: str,
    *,
    value: str = "output",
    targets: Any = None,
    decision: Mapping[str, Any] | None = None,
    constants: Mapping[str, Any] | None = None,
    source: Any = None,
) -> Sweep:
    """Ablate every single hidden unit.

    Args:
        network: any `Network`.
        inputs: shape (rows, in), or a `Domain` with a list of inputs; `mean` is over these, and
            `resample` draws from them.
        kind: a name of `UNIT_KINDS`: `zero`, `pre` (pre-activation 0), `incoming` (weights 0, bias
            kept), `incoming and bias`, `outgoing`, `mean`, `pre mean`, `set`, `patch`, `resample`.
        value: a name of `VALUES`: `output` (every row), `mean output`, `squared error`,
            `cross-entropy`, `accuracy`, `agreement` (with the clean decision).
        targets: shape (rows, out) or (rows,), for the errors and accuracy.
        decision: {"argmax": True}, {"threshold": "1/2"} or {"sign": True}, for the last two.
        constants: for `set`, a number by unit; only these units are cases.
        source: for `patch`, the input x', shape (in,).

    Raises:
        ToynetsError: a kind or value function that is not there, what it needs and does not have,
            inputs of another shape, no hidden layer, or a table that would not fit.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> found = unit_ablations(xor, [[0, 0], [0, 1], [1, 0], [1, 1]], "zero")
    >>> found.interventions, found["h2"][:, 0].tolist()
    (('h1 = 0', 'h2 = 0'), [0.0, 1.0, 1.0, 2.0])
    """
    texts, start = _units(network, inputs, kind, constants, value, targets, decision)
    table, worth = _run(start, kind, constants, source, len(network.hidden), pairs=False)
    place = {unit: i for i, unit in enumerate(network.hidden)}
    at = [place[unit] for unit in texts]
    return _sweep(start, kind, tuple(texts), tuple(texts.values()), table[at], worth)


def pair_ablations(
    network: Any,
    inputs: Any,
    kind: str,
    *,
    value: str = "output",
    targets: Any = None,
    decision: Mapping[str, Any] | None = None,
    constants: Mapping[str, Any] | None = None,
    source: Any = None,
) -> Sweep:
    """Ablate every pair of hidden units, of one layer or of two.

    Arguments and errors as for `unit_ablations`. Under `resample` both read the same source.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> found = pair_ablations(xor, [[0, 0], [0, 1], [1, 0], [1, 1]], "mean", value="mean output")
    >>> found.names, found["h1", "h2"].tolist()
    ((('h1', 'h2'),), [0.5])
    """
    texts, start = _units(network, inputs, kind, constants, value, targets, decision)
    table, worth = _run(start, kind, constants, source, len(network.hidden) ** 2, pairs=True)
    pairs = list(combinations(texts, 2))
    if not pairs:
        raise ToynetsError(
            f"{network.name or 'the network'} has no two units that {kind} applies to.",
            fix="use unit_ablations.",
        )
    # The second unit is counted from the first one of the first unit's layer on.
    layer_of = {u: k for k, layer in enumerate(network.layers[:-1]) for u in layer.units}
    place = {unit: i for i, unit in enumerate(network.hidden)}
    first = [place[layer.units[0]] for layer in network.layers[:-1]]
    found = []
    for a, b in pairs:
        k = layer_of[a]
        found.append(table[k][place[a] - first[k], place[b] - first[k]])
    joint = [_together(texts[a], texts[b], kind, (a, b)) for a, b in pairs]
    return _sweep(start, kind, tuple(pairs), tuple(joint), np.stack(found), worth)


def weight_ablations(
    network: Any,
    inputs: Any,
    kind: str,
    *,
    value: str = "output",
    targets: Any = None,
    decision: Mapping[str, Any] | None = None,
) -> Sweep:
    """Cut or flip every single weight and bias.

    Args: as for `unit_ablations`; kind is `cut` (the number is 0) or `flip` (times -1).

    Returns:
        Cases in the order of `network.numbers`. A tied number is a case for each copy, alone, named
        `group@1` and so on; all copies at once are no rank-1 change, and are not among the cases.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> found = weight_ablations(xor, [[0, 0], [0, 1], [1, 0], [1, 1]], "flip")
    >>> found["h2->y"][:, 0].tolist(), found.interventions[2]
    ([0.0, 1.0, 1.0, 4.0], 'h1.bias *= -1')
    """
    checked_kind(kind, WEIGHT_KINDS)
    start = _start(network, inputs, value, targets, decision)
    _check_size(start, sum(layer_size(layer) for layer in network.layers))
    factor = np.dtype(network.dtype).type({"cut": 1, "flip": 2}[kind])
    ready, question = start.ready, start.question
    with precision_of("float64"):
        found, worth = jax.device_get(
            weights_program(
                ready.params,
                ready.x,
                *start.held,
                factor,
                question=question,
                activations=ready.activations,
            )
        )
    names = {member: member for member in network.numbers}
    for group, members in network.ties.items():
        names |= {member: f"{group}@{k}" for k, member in enumerate(members, start=1)}
    values = []
    for (parents, layer), table in zip(network.with_parents(), found, strict=True):
        for i, unit in enumerate(layer.units):
            there = [edge_name(p, unit) in names for p in parents] + [bias_name(unit) in names]
            values.append(table[i][np.array(there)])
    texts = [WEIGHT_KINDS[kind].format(name) for name in names.values()]
    return _sweep(start, kind, tuple(names.values()), tuple(texts), np.concatenate(values), worth)


def layer_size(layer: Any) -> int:
    """Return how many weights and biases a layer has room for."""
    return len(layer.weight) * (len(layer.weight[0]) + 1)


@dataclass(frozen=True, eq=False)
class _Start:
    """What a sweep starts from: checked arguments, targets, and the threshold of the decision."""

    ready: Prepared
    value: str
    question: Question
    held: tuple[Any, Any]


def _start(network: Any, inputs: Any, value: str, targets: Any, decision: Any) -> _Start:
    ready = prepared(network, inputs)
    question, *held = asked(ready, value, targets, decision)
    return _Start(ready, value, question, (held[0], held[1]))


def _units(
    network: Any, inputs: Any, kind: str, constants: Any, value: str, targets: Any, decision: Any
) -> tuple[dict[str, str], _Start]:
    checked_kind(kind, UNIT_KINDS)
    if not network.hidden:
        raise ToynetsError(
            f"{network.name or 'the network'} has no hidden units.", fix="use weight_ablations."
        )
    texts = unit_texts(network, kind, constants)
    if not texts:
        raise ToynetsError(f"{kind} applies to no unit of {network.name or 'the network'}.")
    return texts, _start(network, inputs, value, targets, decision)


def _run(
    start: _Start, kind: str, constants: Any, source: Any, cases: int, pairs: bool
) -> tuple[Any, Array]:
    """Run a sweep of units or pairs, and the clean network, row by row.

    Under `resample` draws follow the axes of units.
    """
    ready, question = start.ready, start.question
    resampled = kind == "resample"
    if resampled and ready.rows < 2:
        raise ToynetsError(
            "resample has nothing to draw from: there is one row.", fix="give more inputs."
        )
    _check_size(start, cases * (ready.rows - 1 if resampled else 1))
    with precision_of("float64"):
        clean = None
        if kind in FROM_CLEAN:
            clean = clean_program(ready.params, ready.x, ready.activations)
        replaced = replacements(ready, clean, kind, constants=constants, source=source)
        found, worth = jax.device_get(
            units_program(
                ready.params,
                ready.x,
                *start.held,
                replaced,
                question=question,
                activations=ready.activations,
                pairs=pairs,
                draws=resampled,
            )
        )
    if resampled:
        found = jax.tree.map(lambda a: np.moveaxis(a, 0, 2 if pairs else 1), found)
    return found, worth


def _check_size(start: _Start, cases: int) -> None:
    network, rows = start.ready.network, start.ready.rows
    numbers = cases * (rows * len(network.outputs) if start.question.value == "output" else 1)
    if numbers > LARGEST:
        raise ToynetsError(
            f"{cases} cases on {rows} rows make a table of {numbers} numbers; the most are "
            f"{LARGEST}.",
            fix="ask for value='mean output' or another mean over rows, or give fewer rows.",
        )


def _sweep(
    start: _Start,
    kind: str,
    names: tuple[Any, ...],
    texts: tuple[str, ...],
    table: Array,
    worth: Array,
) -> Sweep:
    ready, rows = start.ready, start.ready.rows
    if start.question.value == "output":
        values, clean = np.moveaxis(table, -1, -2), worth.T
    else:
        values, clean = table / rows, worth.astype("float64").mean(axis=-1)
    sources = None
    if kind == "resample":
        sources = (np.arange(rows)[None] + np.arange(1, rows)[:, None]) % rows
    return Sweep(kind, start.value, names, texts, ready.network.outputs, values, clean, sources)


def _together(first: str, second: str, kind: str, units: tuple[str, str]) -> str:
    """Write two ablations as one intervention; under `resample` they share the source."""
    if kind == "resample":
        return f"{units[0]}, {units[1]} = resample"
    return f"{first}, {second}"
