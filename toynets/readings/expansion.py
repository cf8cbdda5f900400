"""Expanded weights: what a piecewise linear network is from input to output, pattern by pattern.

Where no unit changes sides the network is one affine function. Its slope by an input is a sum over
the paths from there whose units are on, of the products of their weights: the expanded weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.fields import record
from toynets.rationals import ONE, ZERO, Rational, fraction, from_float, rational, short, workprec
from toynets.readings.program import weighted_sum

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network

PIECEWISE = ("identity", "relu", "abs", "step", "softmax")
MOST_PATHS = 2_000  # of one region
SHOWN = 6  # inputs that are named in a row


@record(frozen=True)
class Path:
    """One way from an input or a bias to an output.

    Attributes:
        names: where it begins (`x1`, or `h1.bias`), the units it goes through, the output.
        product: of the weights on it, and of -1 where an abs unit turns the sign.
    """

    names: tuple[str, ...]
    product: Fraction

    def __str__(self) -> str:
        return f"{'->'.join(self.names)}: {self.product}"


@record(frozen=True)
class Piece:
    """Where every unit keeps its side, and what the network is there.

    Attributes:
        on: the hidden units whose pre-activation is above 0.
        off: the others that have sides.
        count: how many inputs of a finite domain; of a box, its share of the length or area.
        inputs: labels of them; of a box the corners of the region.
        slopes: output -> input -> expanded weight.
        constants: output -> constant.
        paths: those that are on, with a product other than 0; of a step unit only the bias path
            `h1.on` that its 1 begins; to an output of softmax with what is left of the last weight
            once the mean of all outputs is taken away.
    """

    on: tuple[str, ...]
    off: tuple[str, ...]
    count: Any
    inputs: tuple[str, ...]
    slopes: dict[str, dict[str, Fraction]]
    constants: dict[str, Fraction]
    paths: tuple[Path, ...]

    @property
    def pattern(self) -> str:
        """Which units are on."""
        return ", ".join(self.on) or "none"

    def formula(self, output: str) -> str:
        """Return the affine function that an output is."""
        terms = [(rational(s), x) for x, s in self.slopes[output].items() if s]
        return f"{output} = {weighted_sum(terms, rational(self.constants[output]))}"

    def to_dict(self) -> dict[str, Any]:
        """Return the piece as plain data; fractions as text."""
        return {
            "on": list(self.on),
            "off": list(self.off),
            "count": self.count if isinstance(self.count, int) else str(self.count),
            "inputs": list(self.inputs),
            "slopes": {y: {x: str(s) for x, s in row.items()} for y, row in self.slopes.items()},
            "constants": {y: str(c) for y, c in self.constants.items()},
            "paths": [{"path": "->".join(p.names), "product": str(p.product)} for p in self.paths],
        }


@record(frozen=True)
class Expansion:
    """A network, pattern by pattern.

    Attributes:
        network: its name, or its sizes.
        domain: in symbols.
        total: how many inputs there are, or None for a box.
        outputs: their names.
        pieces: those with the most inputs first.
    """

    network: str
    domain: str
    total: int | None
    outputs: tuple[str, ...]
    pieces: tuple[Piece, ...]

    def table(self, *, paths: bool = False) -> Table:
        """Return a row a piece: units that are on, inputs, what each output is.

        Args:
            paths: with a column of the products of the weights on each path.
        """
        rows = []
        for piece in self.pieces:
            shown = ", ".join(piece.inputs[:SHOWN]) + (" …" if len(piece.inputs) > SHOWN else "")
            many = str(piece.count)
            if self.total is None:
                many = short(rational(piece.count))
            row = [piece.pattern, many, shown, "; ".join(map(piece.formula, self.outputs))]
            if paths:
                row.append("; ".join(map(str, piece.paths)))
            rows.append(row)
        count = "share" if self.total is None else f"of {self.total}"
        columns = ["units on", count, "corners" if self.total is None else "inputs", "output"]
        return Table(
            [*columns, *(["paths"] if paths else [])],
            rows,
            title=f"{self.network} on {self.domain}: {len(self.pieces)} linear pieces",
            right=[count],
            records=[piece.to_dict() for piece in self.pieces],
        )

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "network": self.network,
            "domain": self.domain,
            "total": self.total,
            "pieces": [piece.to_dict() for piece in self.pieces],
        }

    def __str__(self) -> str:
        return str(self.table())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.table(paths=True).html()

    def _repr_markdown_(self) -> str:
        return self.table(paths=True).markdown()


def expand(network: Network, domain: Domain) -> Expansion:
    """Return the expanded weights of a network for each pattern of units that occurs.

    Args:
        network: piecewise linear: relu, abs, step, identity; of softmax, its logits less their
            mean.
        domain: finite: each pattern that one of its inputs has; a box of one or two inputs: each
            exact linear region.

    Raises:
        ToynetsError: a curved activation, a box of more inputs, or more paths than can be listed.

    >>> from toynets.zoo import load
    >>> entry = load("xor-sum")
    >>> print(expand(entry.network, entry.task.domain))
    xor-sum on {0, 1}^2: 3 linear pieces
    units on  of 4  inputs  output
    h1           2  01, 10  y = x1 + x2
    none         1  00      y = 0
    h1, h2       1  11      y = -x1 - x2 + 2
    """
    for layer in network.layers:
        if layer.activation not in PIECEWISE:
            raise ToynetsError(
                f"a network with {layer.activation} units has no linear pieces.",
                cause="expanded weights are products along paths of units that are on or off.",
                fix="toynets importance has slopes of curved networks, at one input at a time.",
            )
    name = network.name or network.text
    if domain.kind == "box":
        return _of_box(network, domain, name)
    found: dict[tuple[str, ...], list[str]] = {}
    machine = Machine(network, domain)
    sided = _sided(network)
    with workprec():
        for row, text in zip(domain.rows, domain.labels, strict=True):
            values = machine.values(row)
            on = tuple(u for u in sided if _above(network, values, u))
            found.setdefault(on, []).append(text)
    pieces = [_piece(network, on, len(texts), texts) for on, texts in found.items()]
    pieces.sort(key=lambda piece: -piece.count)
    return Expansion(name, domain.text, len(domain.rows), network.outputs, tuple(pieces))


def _of_box(network: Network, domain: Domain, name: str) -> Expansion:
    from toynets.verification.proofs.regions import regions

    found = regions(network, domain)
    machine, sided = Machine(network), _sided(network)
    sizes = [_size(region.vertices) for region in found]
    total = sum(sizes, Fraction(0))
    if not total and len(found) > 1:
        raise ToynetsError(
            f"{domain.text} has no inside, so that its {len(found)} pieces have no share of it.",
            fix='give each input an interval with two different ends: "[0,1]^2".',
        )
    pieces = [
        _piece(
            network,
            _on_inside(network, machine, sided, region.vertices),
            size / total if total else Fraction(1),
            [f"({', '.join(short(rational(v)) for v in corner)})" for corner in region.vertices],
        )
        for region, size in zip(found, sizes, strict=True)
    ]
    pieces.sort(key=lambda piece: -piece.count)
    return Expansion(name, domain.text, None, network.outputs, tuple(pieces))


def _on_inside(
    network: Network,
    machine: Machine,
    sided: tuple[str, ...],
    corners: Sequence[tuple[Fraction, ...]],
) -> tuple[str, ...]:
    """Return the units that are on inside a region: in the middle of its corners."""
    middle = [sum(column, Fraction(0)) / len(corners) for column in zip(*corners, strict=True)]
    values = machine.values(tuple(rational(v) for v in middle))
    return tuple(u for u in sided if _above(network, values, u))


def _size(corners: Sequence[tuple[Fraction, ...]]) -> Fraction:
    """Return the length of an interval, or the area of a polygon (by the shoelace formula)."""
    if len(corners[0]) == 1:
        return abs(corners[-1][0] - corners[0][0])
    turned = [*corners[1:], corners[0]]
    parts = [a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, turned, strict=True)]
    return abs(sum(parts, Fraction(0))) / 2


def _sided(network: Network) -> tuple[str, ...]:
    """Return the units that have two sides, hidden or not."""
    bent = ("relu", "abs", "step")
    return tuple(u for u in network.units if network.activation_of(u) in bent)


def _above(network: Network, values: dict[str, Any], unit: str) -> bool:
    """Whether the pre-activation of a unit is above 0."""
    if network.activation_of(unit) != "abs":
        return bool(values[unit] > 0)
    total = from_float(network.numbers.get(f"{unit}.bias", 0.0))
    for address in network.wiring.incoming(unit):
        source, arrow, _ = address.partition("->")
        if arrow:
            total += from_float(network.numbers[address]) * values[source]
    return bool(total > 0)


def _piece(network: Network, on: tuple[str, ...], count: Any, inputs: Sequence[str]) -> Piece:
    """Follow every path through the units that are on."""
    # To each unit so far, the paths that reach its activation.
    reach: dict[str, list[tuple[tuple[str, ...], Rational]]] = {
        x: [((x,), ONE)] for x in network.inputs
    }
    for parents, layer in network.with_parents():
        for i, unit in enumerate(layer.units):
            arrived = [
                ((*names, unit), product * from_float(layer.weight[i][j]))
                for j, parent in enumerate(parents)
                if layer.has(i, j) and layer.weight[i][j] != 0
                for names, product in reach[parent]
            ]
            if layer.bias is not None and layer.bias[i] != 0:
                arrived.append(((f"{unit}.bias", unit), from_float(layer.bias[i])))
            reach[unit] = _through(layer.activation, unit, unit in on, arrived)
            if len(reach[unit]) > MOST_PATHS:
                raise ToynetsError(
                    f"more than {MOST_PATHS} paths lead to {unit}.",
                    cause="paths multiply from layer to layer.",
                    fix="cut weights that do nothing, or look at one layer after the other.",
                )
        if layer.activation == "softmax":
            _centre(reach, layer.units)
    slopes: dict[str, dict[str, Fraction]] = {}
    constants: dict[str, Fraction] = {}
    paths = []
    for output in network.outputs:
        slopes[output] = dict.fromkeys(network.inputs, Fraction(0))
        constants[output] = Fraction(0)
        for names, product in reach[output]:
            exact = fraction(product)
            paths.append(Path(names, exact))
            if names[0] in slopes[output]:
                slopes[output][names[0]] += exact
            else:
                constants[output] += exact
    off = tuple(u for u in _sided(network) if u not in on)
    return Piece(on, off, count, tuple(inputs), slopes, constants, tuple(paths))


def _through(
    activation: str, unit: str, on: bool, arrived: list[tuple[tuple[str, ...], Rational]]
) -> list[tuple[tuple[str, ...], Rational]]:
    """Return the paths that leave a unit."""
    if activation == "relu":
        return arrived if on else []
    if activation == "step":
        return [((f"{unit}.on", unit), ONE)] if on else []
    if activation == "abs" and not on:
        return [(names, -product) for names, product in arrived]
    return arrived


def _centre(
    reach: dict[str, list[tuple[tuple[str, ...], Rational]]], units: tuple[str, ...]
) -> None:
    """Take the mean of all outputs from each: of each path what goes to this one alone.

    The last weight of a path, or a bias of an output, is then less the mean of all outputs'.
    """
    count = len(units)
    before = {unit: reach[unit] for unit in units}
    for unit in units:
        made: dict[tuple[str, ...], Rational] = {}
        for other in units:
            share = (ONE if other == unit else ZERO) - ONE / count
            for names, product in before[other]:
                way = (*names[:-1], unit)
                if names[0] == f"{other}.bias":
                    way = (f"{unit}.bias", unit)
                made[way] = made.get(way, ZERO) + product * share
        reach[unit] = [(names, product) for names, product in made.items() if product != 0]
