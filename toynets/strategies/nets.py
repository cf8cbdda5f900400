"""Strategies for networks, their inputs and domains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.activations import activation
from toynets.domain import Domain
from toynets.fields import replace
from toynets.network import Network
from toynets.rationals import fraction
from toynets.strategies.numbers import dyadics, numbers_of, sizes

Draw = Callable[[SearchStrategy[Any]], Any]

HIDDEN = ("relu", "identity", "abs", "square", "step", "tanh", "sigmoid")
OUTPUT = ("identity", "relu", "softmax", "sigmoid", "step", "abs", "square", "tanh")


def networks(
    *,
    inputs: int | tuple[int, int] = (1, 3),
    layers: int | tuple[int, int] = (0, 2),
    width: int | tuple[int, int] = (1, 3),
    outputs: int | tuple[int, int] = (1, 2),
    activations: Sequence[str] = HIDDEN,
    output_activations: Sequence[str] = OUTPUT,
    numbers: Any = "dyadic",
    dtype: str = "float32",
    masks: bool = True,
    ties: bool = True,
    biases: bool = False,
) -> SearchStrategy[Network]:
    """Draw small networks.

    Args:
        inputs, layers, width, outputs: how many inputs, hidden layers, units in each, outputs: a
            number or (least, most).
        activations: of hidden layers; the first is the simplest. A softmax output is drawn where
            there are several outputs.
        output_activations: of the output layer.
        numbers: `dyadic`, `float32`, `float64`, or a strategy of numbers that the dtype holds.
        dtype: `float32` or `float64`.
        masks: whether single edges may be absent.
        ties: whether numbers may be tied.
        biases: True where every layer must have one.

    >>> from hypothesis import find
    >>> net = find(networks(layers=1), lambda n: n.numbers.get("x1->h1", 0) > 1)
    >>> net.text, net["x1->h1"]
    ('1-1-1 relu', 2.0)
    """
    number = numbers_of(numbers, dtype)
    counts = (
        sizes(inputs, "inputs", 1),
        sizes(layers, "layers", 0),
        sizes(width, "width", 1),
        sizes(outputs, "outputs", 1),
    )
    hidden = [activation(name).name for name in activations]
    out = [activation(name).name for name in output_activations]
    return _networks(counts, hidden, out, number, dtype, masks, ties, biases)


@st.composite
def _networks(
    draw: Draw,
    counts: Sequence[tuple[int, int]],
    hidden: Sequence[str],
    out: Sequence[str],
    number: SearchStrategy[Any],
    dtype: str,
    masks: bool,
    ties: bool,
    biases: bool,
) -> Network:
    fan, depth, width, last = (draw(st.integers(*count)) for count in counts)
    most_fan, most_depth, most_width, most_last = (most for _, most in counts)
    shape, layers, present = [fan], [], []
    # Each layer is drawn at its largest size and cut to the one that it has: so a smaller size
    # leaves all other draws where they are, and what is found shrinks in every direction.
    for k in range(most_depth + 1):
        end = k == most_depth
        rows = most_last if end else most_width
        columns = max(most_fan, most_width)
        plan = _Layer(rows, columns, number, masks, biases)
        drawn = draw(plan.numbers)
        act = draw(st.sampled_from(hidden if not end else _outputs(out, last)))
        size = last if end else draw(st.integers(counts[2][0], width))
        if end or k < depth:
            weight, bias, there = plan.cut(drawn, size, shape[-1])
            shape.append(size)
            layers.append((weight, bias, act))
            present.append(there)
    network = Network.from_layers(layers, masks=present, dtype=dtype, name="drawn")
    addresses = list(network.numbers)
    if ties and len(addresses) > 2 and draw(st.integers(0, 3)) == 3:
        chosen = draw(st.lists(st.sampled_from(addresses), min_size=2, max_size=3, unique=True))
        network = network.with_numbers(dict.fromkeys(chosen, network.numbers[chosen[0]]))
        network = replace(network, ties={"w": tuple(chosen)})
    return network


def _outputs(out: Sequence[str], last: int) -> list[str]:
    """Return the activations that an output layer can have; one logit alone says nothing."""
    return [name for name in out if name != "softmax" or last > 1] or list(out)


class _Layer:
    """How one layer is drawn: numbers for the largest size, and which of them are there."""

    def __init__(
        self, rows: int, columns: int, number: SearchStrategy[Any], masks: bool, biases: bool
    ) -> None:
        self.rows, self.columns = rows, columns
        count = rows * columns
        # 0 is the simplest draw, so that a shrunk network has all its edges and biases.
        seventh = st.integers(0, 6).map(lambda v: v < 6) if masks else st.just(True)
        fifth = st.just(True) if biases else st.integers(0, 4).map(lambda v: v < 4)
        self.numbers = st.tuples(
            st.lists(number, min_size=count, max_size=count),
            st.lists(number, min_size=rows, max_size=rows),
            st.lists(seventh, min_size=count, max_size=count),
            fifth,
        )

    def cut(self, drawn: Any, rows: int, columns: int) -> tuple[Any, Any, Any]:
        """Return (weight, bias or None, mask) of the size that the layer has."""
        weights, biases, edges, biased = drawn
        places = [[i * self.columns + j for j in range(columns)] for i in range(rows)]
        there = [[edges[p] for p in row] for row in places]
        weight = [[weights[p] if edges[p] else 0 for p in row] for row in places]
        return weight, biases[:rows] if biased else None, there


def inputs(network: Network, domain: Domain | None = None) -> SearchStrategy[tuple[Fraction, ...]]:
    """Draw one input of a network, exact.

    Args:
        network: any network.
        domain: where it is from: a row of a finite domain, a point of a box. By default small
            dyadic numbers.

    >>> from hypothesis import find
    >>> net = Network.from_layers([([[1, 1]], [0], "relu")])
    >>> find(inputs(net, Domain.box("[0,1]^2")), lambda x: x[1] > 0)
    (Fraction(0, 1), Fraction(1, 16))
    """
    if domain is None:
        one = dyadics(limit=4, places=1).map(Fraction)
        return st.tuples(*(one for _ in network.inputs))
    if domain.bounds is None:
        return st.sampled_from([tuple(fraction(v) for v in row) for row in domain.rows])
    ends = [(fraction(low), fraction(high)) for low, high in domain.bounds]
    places = [st.integers(0, 16) for _ in ends]
    return st.tuples(*places).map(
        lambda at: tuple(lo + (hi - lo) * k / 16 for k, (lo, hi) in zip(at, ends, strict=True))
    )


def domains(network: Network, *, rows: int | tuple[int, int] = (2, 4)) -> SearchStrategy[Domain]:
    """Draw a small listed domain of a network: what means, ranges and resampling are over.

    >>> from hypothesis import find
    >>> net = Network.from_layers([([[1]], [0], "relu")])
    >>> find(domains(net), lambda d: True).rows
    ((0,), (1,))
    """
    low, high = sizes(rows, "rows", 1)
    every = st.lists(inputs(network), min_size=low, max_size=high, unique=True)
    return every.map(Domain.listed)
