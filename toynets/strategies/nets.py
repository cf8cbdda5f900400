"""Strategies for networks, their inputs and domains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count, islice
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.activations import activation
from toynets.domain import Domain
from toynets.fields import replace
from toynets.network import Network
from toynets.rationals import fraction
from toynets.strategies.numbers import dyadics, numbers_of, sizes

HIDDEN = ("relu", "identity", "abs", "square", "step", "tanh", "sigmoid")
WORDS = ("a", "carry", "both_", "h", "X1", "y_bias", "e")
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
    named: bool = False,
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
        named: whether inputs and units may also have names of their own, such as `carry`.

    >>> from hypothesis import find
    >>> net = find(networks(layers=1, width=1), lambda n: n.numbers.get("x1->h1", 0) > 1)
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
    drawn = _Drawn(counts, hidden, out, number, masks, ties, biases, named)
    return _network(drawn, dtype)


@st.composite  # not `map`: a failing example is then shown as the network, and not as its parts
def _network(draw: Callable[[SearchStrategy[Any]], Any], drawn: _Drawn, dtype: str) -> Network:
    return drawn.network(draw(drawn.strategy), dtype)


class _Drawn:
    """How networks are drawn: all parts at their largest size, then cut to the size that is drawn.

    So no draw depends on another: a smaller size leaves everything else as it is, and what is
    found shrinks in every direction.
    """

    def __init__(
        self,
        counts: Sequence[tuple[int, int]],
        hidden: Sequence[str],
        out: Sequence[str],
        number: SearchStrategy[Any],
        masks: bool,
        ties: bool,
        biases: bool,
        named: bool,
    ) -> None:
        fan, depth, width, last = counts
        self.out = out
        self.columns = max(fan[1], width[1])
        sizes_of = [width] * depth[1] + [last]
        acts = [hidden] * depth[1] + [out]
        self.strategy = st.tuples(
            st.integers(*fan),
            st.integers(*depth),
            st.tuples(
                *(
                    st.tuples(st.integers(*size), st.sampled_from(act), *self._parts(size[1], *how))
                    for size, act in zip(sizes_of, acts, strict=True)
                    for how in [(number, masks, biases)]
                )
            ),
            st.sampled_from([0, 0, 0, 1, 2, 3]) if ties else st.just(0),
            st.integers(2, 3),
            st.booleans() if named else st.just(False),
        )

    def _parts(
        self, rows: int, number: SearchStrategy[Any], masks: bool, biases: bool
    ) -> tuple[SearchStrategy[Any], ...]:
        """Weights, biases, absent edges, whether there are biases."""
        count = rows * self.columns
        return (
            st.lists(number, min_size=count, max_size=count),
            st.lists(number, min_size=rows, max_size=rows),
            # The simplest draw is that nothing is absent: no edge, no bias.
            st.lists(st.integers(0, count - 1), max_size=1 + count // 4 if masks else 0),
            st.just(0) if biases else st.integers(0, 4),
        )

    def network(self, parts: Any, dtype: str) -> Network:
        """Cut what was drawn to its size, and build it."""
        fan, depth, every, tie, most, named = parts
        layers, present = [], []
        before = fan
        for size, act, weights, biases, absent, bare in (*every[:depth], every[-1]):
            places = [[i * self.columns + j for j in range(before)] for i in range(size)]
            weight = [[0 if p in absent else weights[p] for p in row] for row in places]
            layers.append((weight, None if bare == 4 else biases[:size], act))
            present.append([[p not in absent for p in row] for row in places])
            before = size
        weight, bias, act = layers[-1]
        if act == "softmax" and len(weight) == 1:  # one logit minus its mean is 0
            act = next((name for name in self.out if name != "softmax"), act)
            layers[-1] = (weight, bias, act)
        names: dict[str, Any] = _names(fan, [len(b) for b, *_ in layers]) if named else {}
        network = Network.from_layers(layers, masks=present, dtype=dtype, name="drawn", **names)
        # Only numbers that are equal anyway: then to undo a tie changes no number.
        alike: dict[float, list[str]] = {}
        for address, value in network.numbers.items():
            alike.setdefault(value, []).append(address)
        groups = [members for members in alike.values() if len(members) > 1]
        if tie and groups:
            network = replace(network, ties={"w": tuple(groups[tie % len(groups)][:most])})
        return network


def _names(inputs: int, sizes: Sequence[int]) -> dict[str, Any]:
    """Return names that an author might give; some could be taken for others."""
    words = (f"{word}{k or ''}" for k in count() for word in WORDS)
    every = [list(islice(words, size)) for size in (inputs, *sizes)]
    return {"inputs": every[0], "units": every[1:-1], "outputs": every[-1]}


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
