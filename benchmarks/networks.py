"""Networks and data of the benchmarks, from fixed seeds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np

from toynets import Network


def random_network(
    sizes: Sequence[int], last: str, seed: int = 0, *, variance: float = 1.0, bias: float = 1.0
) -> Network:
    """Return a relu network of so many units, with weights of variance 1 / parents.

    Args:
        sizes: inputs, units of each hidden layer, outputs.
        last: activation of the outputs.
        seed: of the weights.
        variance: of the weights, times parents: 2 is that of K. He and others (2015) for relu.
        bias: the deviation of the biases.
    """
    draw = np.random.default_rng(seed)
    layers = []
    for k, (parents, units) in enumerate(pairwise(sizes)):
        weight = (draw.normal(size=(units, parents)) * (variance / parents) ** 0.5).astype(
            "float32"
        )
        shift = (bias * draw.normal(size=units)).astype("float32")
        layers.append((weight, shift, last if k == len(sizes) - 2 else "relu"))
    return Network.from_layers(layers)


def random_rows(count: int, inputs: int, seed: int = 1) -> Any:
    """Return inputs of shape (count, inputs), float32."""
    return np.random.default_rng(seed).normal(size=(count, inputs)).astype("float32")


def bits(inputs: int) -> tuple[Any, Any]:
    """Return all rows of bits, shape (2^inputs, inputs), and their parity, shape (2^inputs, 1)."""
    x = np.array(list(product((0, 1), repeat=inputs)), "float32")
    return x, (x.sum(axis=1) % 2)[:, None].astype("float32")
