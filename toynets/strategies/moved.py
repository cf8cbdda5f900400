"""Strategies for gauge moves: other numbers, the same function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.strategies.numbers import sizes
from toynets.symmetry import (
    MOVES,
    flip_sign,
    kink_flip,
    permute,
    rescale,
    shift_logits,
    sigmoid_flip,
)

Draw = Callable[[SearchStrategy[Any]], Any]
Step = tuple[str, Callable[[Network], Network]]

SCALES = (2, "1/2", 4, "1/4", 8)
SIGNED = (2, -1, "1/2", -2, 4)


@dataclass(frozen=True)
class Moved:
    """A network before and after some gauge moves; unit names travel with their units.

    Attributes:
        before, after: compute the same function.
        steps: the moves in words, such as `rescale(h1, 2)`; empty where the network allows none.
        preserves_ablations: whether every ablation has the same outcome, too.
    """

    before: Network
    after: Network
    steps: tuple[str, ...]
    preserves_ablations: bool


def gauge_moves(
    network: Network, *, preserving: bool = True, steps: int | tuple[int, int] = (1, 4)
) -> SearchStrategy[Moved]:
    """Draw some gauge moves and what they make of a network.

    Args:
        network: is not changed.
        preserving: only moves that leave every ablation as it is; otherwise also the flips of relu
            and sigmoid and the shift of logits, which leave the function alone as it is.
        steps: how many moves: a number or (least, most). Moves that the network does not allow
            (an activation that does not scale, a tied group, a number that the dtype cannot hold)
            are not among them.

    >>> from hypothesis import find
    >>> net = Network.from_layers([([[1], [1]], [0, 1], "relu"), ([[3, 1]], [0], "identity")])
    >>> moved = find(gauge_moves(net), lambda m: m.after["h2->y"] != 1)
    >>> moved.steps, moved.after["h2->y"]
    (('rescale(h2, 2)',), 0.5)
    """
    return _moved(network, preserving, sizes(steps, "steps", 0))


@st.composite
def _moved(draw: Draw, network: Network, preserving: bool, steps: tuple[int, int]) -> Moved:
    after, said, kept = network, [], True
    for _ in range(draw(st.integers(*steps))):
        moves = list(_moves(after, preserving))
        if not moves:
            break
        found = _first_allowed(after, moves, draw(st.integers(0, len(moves) - 1)))
        if found is None:
            break
        name, after = found
        said.append(name)
        kept = kept and MOVES[name.partition("(")[0]].preserves_ablations
    return Moved(network, after, tuple(said), kept)


def _first_allowed(network: Network, moves: list[Step], at: int) -> tuple[str, Network] | None:
    """Return the move that was drawn, or the next that the network allows, and what it gives."""
    for name, move in (*moves[at:], *moves[:at]):
        try:
            return name, move(network)
        except ToynetsError:
            continue
    return None


def _moves(network: Network, preserving: bool) -> Iterator[Step]:
    for unit in network.hidden:
        signed = network.activation_of(unit) in ("identity", "square")
        for factor in SIGNED if signed else SCALES:
            yield f"rescale({unit}, {factor})", partial(rescale, unit=unit, factor=factor)
        yield f"flip_sign({unit})", partial(flip_sign, unit=unit)
    for layer in network.layers[:-1]:
        # Exchanges of two neighbours make every order.
        for k in range(len(layer.units) - 1):
            order = [*layer.units]
            order[k], order[k + 1] = order[k + 1], order[k]
            yield f"permute({', '.join(order)})", partial(permute, order=order)
    if preserving:
        return
    if network.layers[-1].activation == "softmax":
        parents = network.layers[-2].units if len(network.layers) > 1 else network.inputs
        for parent in (*parents, "bias"):
            yield f"shift_logits({parent}, 1)", partial(shift_logits, source=parent, by=1)
    for layer in network.layers[:-1]:
        if layer.activation == "sigmoid":
            for unit in layer.units:
                yield f"sigmoid_flip({unit})", partial(sigmoid_flip, unit=unit)
        if layer.activation == "relu":
            for size in (1, 2):
                for some in combinations(layer.units, size):
                    yield f"kink_flip({', '.join(some)})", partial(_flip_kinks, some)


def _flip_kinks(units: tuple[str, ...], network: Network) -> Network:
    return kink_flip(network, *units)
