"""The canonical form of a network up to the gauge that leaves ablations unchanged.

Law: networks of equal canonical form have equal outcomes of zero, mean, resample, worst, patch, cut
and flip, unit by unit in canonical order and number by number. What is divided out is the order of
the units of a hidden layer, their positive scale (relu, abs, identity, square, step) and their sign
(tanh and identity on both sides, abs and square coming in). The side to which a relu unit opens and
that of a sigmoid are kept: turning it over changes ablations. So is the constant that may be added
to logits, because cutting one weight into the softmax feels it; `logit_shift=True` takes it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toynets.fields import field, record
from toynets.network import Network
from toynets.rationals import ZERO, Rational, fraction, from_float
from toynets.symmetry.labelling import Colours, Graph, canonical
from toynets.symmetry.moves import EVEN, ODD
from toynets.symmetry.scales import Scale, scales

if TYPE_CHECKING:
    from fractions import Fraction

Rows = list[list[Any]]  # rationals, None for what is absent


@record(frozen=True)
class CanonicalLayer:
    """One layer in canonical form.

    Attributes:
        activation: its name.
        weight: rows are units in canonical order; shape (out, in); None for an absent edge.
        bias: shape (out,), or None for a layer without one.
    """

    activation: str
    weight: tuple[tuple[Fraction | None, ...], ...]
    bias: tuple[Fraction, ...] | None


@record(frozen=True)
class CanonicalForm:
    """A network up to its gauge, in exact rationals; compared by numbers, wiring and ties alone.

    Attributes:
        layers: in order.
        ties: the tied groups, each a tuple of (layer, row, column), column -1 for a bias.
        logit_shift: whether the constant of the logits is divided out too.
        units: names in canonical order, layer by layer; not compared.
        factors: what each unit's incoming weights were multiplied by; not compared.
    """

    layers: tuple[CanonicalLayer, ...]
    ties: tuple[tuple[tuple[int, int, int], ...], ...] = ()
    logit_shift: bool = False
    units: tuple[tuple[str, ...], ...] = field(default=(), compare=False)
    factors: Mapping[str, Fraction] = field(default_factory=dict, compare=False)

    @cached_property
    def hash(self) -> str:
        """sha256 of the content that is compared, to sort networks into families."""
        import hashlib
        import json

        canonical_text = json.dumps(self.to_dict(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical_text.encode()).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Return what is compared as plain data: exact numbers as text, null for absent edges."""
        return {
            "layers": [
                {
                    "activation": layer.activation,
                    "weight": [[None if w is None else str(w) for w in r] for r in layer.weight],
                    "bias": None if layer.bias is None else [str(b) for b in layer.bias],
                }
                for layer in self.layers
            ],
            "ties": [[list(place) for place in group] for group in self.ties],
            "logit_shift": self.logit_shift,
        }


def canonical_form(network: Network, *, logit_shift: bool = False) -> CanonicalForm:
    """Return the representative of a network up to the ablation-preserving gauge.

    The outgoing weights of a relu, abs or identity unit sum to 1 in absolute value; a square or a
    step unit has the largest incoming weight 1; so has a unit that reaches no output. The first
    outgoing weight of a tanh unit before the outputs that is not 0 is positive. Units are in an
    order that no name enters.

    Args:
        network: any.
        logit_shift: also divide by the constant of the logits: under a softmax the weights of each
            unit to all classes, and the biases, then sum to 0. Outcomes of interventions on units
            stay equal, those of single weights into the softmax need not.

    Raises:
        ToynetsError: more symmetries than the search for an order can handle.

    >>> a = Network.from_layers([([[1], [-2]], [0, 4], "relu"), ([[3, 1]], [0], "identity")])
    >>> b = Network.from_layers([([[-4], [1]], [8, 0], "relu"), ([[0.5, 3]], [0], "identity")])
    >>> canonical_form(a) == canonical_form(b), canonical_form(a).layers[1].weight
    (True, ((Fraction(1, 1), Fraction(1, 1)),))
    """
    weights, biases, acts = _read(network)
    shifted = logit_shift and acts[-1] == "softmax"
    if shifted:
        _centre(weights[-1], biases[-1])
    factors = scales(weights, biases, acts)
    _apply(weights, biases, factors)
    build = _Builder(network, weights, biases, acts)
    chosen = build.choose(canonical(build.graph, build.describe))
    return build.form(chosen, factors, shifted)


def equal_up_to_gauge(a: Network, b: Network, *, logit_shift: bool = False) -> bool:
    """Return whether two networks differ by ablation-preserving moves alone.

    >>> from toynets.symmetry import rescale
    >>> net = Network.from_layers([([[1]], [2], "relu"), ([[3]], [0], "identity")])
    >>> equal_up_to_gauge(net, rescale(net, "h1", 8))
    True
    """
    if [(x.activation, len(x.units)) for x in a.layers] != [
        (x.activation, len(x.units)) for x in b.layers
    ]:
        return False
    return canonical_form(a, logit_shift=logit_shift) == canonical_form(b, logit_shift=logit_shift)


def _read(network: Network) -> tuple[list[Rows], Rows, list[str]]:
    weights: list[Rows] = []
    biases: Rows = []
    for layer in network.layers:
        weights.append(
            [
                [from_float(w) if layer.has(i, j) else None for j, w in enumerate(row)]
                for i, row in enumerate(layer.weight)
            ]
        )
        given = layer.bias
        biases.append(
            [None] * len(layer.units) if given is None else [from_float(b) for b in given]
        )
    return weights, biases, [layer.activation for layer in network.layers]


def _centre(matrix: Rows, bias: list[Any]) -> None:
    """Take the mean over the classes off, where every class has the weight."""
    for j in range(len(matrix[0])):
        column = [row[j] for row in matrix]
        if None not in column:
            mean = sum(column, ZERO) / len(column)
            for row in matrix:
                row[j] = row[j] - mean
    if None not in bias:
        mean = sum(bias, ZERO) / len(bias)
        bias[:] = [b - mean for b in bias]


def _apply(weights: list[Rows], biases: Rows, factors: list[list[Scale]]) -> None:
    above: list[Scale] | None = None
    for matrix, bias, scale in zip(weights, biases, factors, strict=True):
        for i, (row, own) in enumerate(zip(matrix, scale, strict=True)):
            for j, w in enumerate(row):
                if w is not None:
                    row[j] = w / own.sigma * (1 if above is None else above[j].out)
            if bias[i] is not None:
                bias[i] = bias[i] / own.sigma
        above = scale


class _Builder:
    """The graph of the scaled numbers, and a form for each choice of order and signs."""

    def __init__(
        self, network: Network, weights: list[Rows], biases: Rows, acts: list[str]
    ) -> None:
        self.network, self.weights, self.biases, self.acts = network, weights, biases, acts
        self.last = len(acts) - 1
        # A vertex is (layer, unit, sign); layer 0 are the inputs, so layer k + 1 has acts[k].
        self.vertices: list[tuple[int, int, int]] = []
        for level, size in enumerate([len(weights[0][0]), *map(len, weights)]):
            for unit in range(size):
                self.vertices += [(level, unit, sign) for sign in self.signs(level)]
        self.at = {vertex: v for v, vertex in enumerate(self.vertices)}
        self.groups = self._groups()
        self.graph = self._graph()

    def signs(self, level: int) -> tuple[int, ...]:
        """Return the signs that a unit of a level may have."""
        if level == 0:
            return (1,)
        act = self.acts[level - 1]
        free = act in EVEN or (act in ODD and level - 1 < self.last)
        return (1, -1) if free else (1,)

    def into(self, level: int, unit: int, sign: int) -> list[tuple[int, int, int, Rational]]:
        """Return (parent, its sign, column, weight) of what comes into a vertex."""
        found = []
        outward = level > 1 and self.acts[level - 2] in ODD
        for j, w in enumerate(self.weights[level - 1][unit]):
            if w is not None:
                for other in self.signs(level - 1):
                    found.append((j, other, j, w * sign * (other if outward else 1)))
        return found

    def bias(self, level: int, unit: int, sign: int) -> Rational | None:
        b = None if level == 0 else self.biases[level - 1][unit]
        return None if b is None else b * sign

    def _groups(self) -> dict[tuple[int, int, int], int]:
        """Return (layer, row, column) -> number of its tied group; column -1 for a bias."""
        places: dict[str, tuple[int, int, int]] = {}
        for k, (parents, layer) in enumerate(self.network.with_parents()):
            for i, unit in enumerate(layer.units):
                places[f"{unit}.bias"] = (k, i, -1)
                places.update({f"{p}->{unit}": (k, i, j) for j, p in enumerate(parents)})
        return {
            places[address]: g
            for g, members in enumerate(self.network.ties.values())
            for address in members
        }

    def _graph(self) -> Graph:
        count = len(self.vertices)
        parents: list[list[tuple[int, Any, int]]] = [[] for _ in range(count)]
        children: list[list[tuple[int, Any, int]]] = [[] for _ in range(count)]
        values = {w for v in self.vertices if v[0] for *_, w in self.into(*v)}
        values |= {b for v in self.vertices if (b := self.bias(*v)) is not None}
        rank = {w: k for k, w in enumerate(sorted(values))}
        for v, (level, unit, sign) in enumerate(self.vertices):
            for j, other, column, w in self.into(level, unit, sign) if level else ():
                p = self.at[level - 1, j, other]
                group = self.groups.get((level - 1, unit, column), -1)
                parents[v].append((p, rank[w], group))
                children[p].append((v, rank[w], group))
        return Graph(
            [self._start(v, rank, parents, children) for v in range(count)],
            parents,
            children,
            [self.at[a, u, s if len(self.signs(a)) == 1 else -s] for a, u, s in self.vertices],
            [self.groups.get((a - 1, u, -1), -1) for a, u, _ in self.vertices],
            len(self.network.ties),
        )

    def _start(self, v: int, rank: dict[Any, int], parents: Any, children: Any) -> tuple[Any, ...]:
        """Return what sorts a vertex first: larger numbers from fixed neighbours come first.

        So of the two signs of a tanh unit before the outputs, the one whose first outgoing weight
        is positive comes first, and of an abs unit after the inputs that of the first incoming.
        """
        level, unit, sign = self.vertices[v]
        fixed = level in (0, self.last + 1)  # inputs and outputs keep their order
        around: list[tuple[int, int]] = []
        if level == self.last and len(self.signs(level + 1)) == 1:
            around += [(w, -edge) for w, edge, _ in sorted(children[v])]
        if level == 1:
            around += [(w, -edge) for w, edge, _ in sorted(parents[v])]
        b = self.bias(level, unit, sign)
        return (level, unit if fixed else -1, tuple(around), 1 if b is None else -rank[b])

    def choose(self, colours: Colours) -> list[list[tuple[int, int]]]:
        """Return (unit, sign) in canonical order, level by level, for one vertex to a colour."""
        levels: list[list[tuple[int, int, int]]] = [[] for _ in range(self.last + 2)]
        for colour, (level, unit, sign), partner in zip(
            colours, self.vertices, self.graph.partner, strict=True
        ):
            if colour <= colours[partner]:
                levels[level].append((colour, unit, sign))
        return [[(unit, sign) for _, unit, sign in sorted(found)] for found in levels]

    def numbers(self, chosen: list[list[tuple[int, int]]]) -> list[tuple[Rows, list[Any]]]:
        """Return matrix and bias of each layer in the chosen order and signs."""
        found = []
        for level in range(1, self.last + 2):
            rows: Rows = []
            for unit, sign in chosen[level]:
                weight = {(j, other): w for j, other, _, w in self.into(level, unit, sign)}
                rows.append([weight.get(parent) for parent in chosen[level - 1]])
            found.append((rows, [self.bias(level, u, s) for u, s in chosen[level]]))
        return found

    def ties(self, chosen: list[list[tuple[int, int]]]) -> tuple[Any, ...]:
        """Return the tied groups by place in the chosen order."""
        new = [{unit: k for k, (unit, _) in enumerate(level)} for level in chosen]
        members: dict[int, list[tuple[int, int, int]]] = {}
        for (k, i, j), group in self.groups.items():
            column = -1 if j < 0 else new[k][j]
            members.setdefault(group, []).append((k, new[k + 1][i], column))
        return tuple(sorted(tuple(sorted(m)) for m in members.values()))

    def describe(self, colours: Colours) -> Any:
        """Return numbers and ties in the order of a colouring, comparable."""
        chosen = self.choose(colours)
        flat = [
            (value is None, 0 if value is None else -value)
            for rows, bias in self.numbers(chosen)
            for line in (*rows, bias)
            for value in line
        ]
        # Where each unit and its other sign stand among the colours: with it, two searches that end
        # alike have singled out vertices that the same symmetry takes into each other.
        layout = tuple(
            (colours[v], colours[self.graph.partner[v]])
            for level, found in enumerate(chosen)
            for v in (self.at[level, unit, sign] for unit, sign in found)
        )
        return tuple(flat), self.ties(chosen), layout

    def form(
        self, chosen: list[list[tuple[int, int]]], factors: list[list[Scale]], shifted: bool
    ) -> CanonicalForm:
        layers = []
        for act, (rows, bias) in zip(self.acts, self.numbers(chosen), strict=True):
            weight = tuple(tuple(None if w is None else fraction(w) for w in r) for r in rows)
            layers.append(
                CanonicalLayer(
                    act, weight, None if bias[0] is None else tuple(fraction(b) for b in bias)
                )
            )
        names, scales = [], {}
        for layer, found, sigma in zip(self.network.layers, chosen[1:], factors, strict=True):
            names.append(tuple(layer.units[unit] for unit, _ in found))
            scales.update({layer.units[u]: fraction(s / sigma[u].sigma) for u, s in found})
        return CanonicalForm(tuple(layers), self.ties(chosen), shifted, tuple(names), scales)
