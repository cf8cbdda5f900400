"""Small networks and inputs for the tests of the kernels, few shapes, so that little is compiled.

The dyadic ones have weights in eighths and inputs in halves: every number that a kernel forms on
them is exact in float32, so it must be equal to the rational one.
Seeds are those on which most ablations change decisions, but not all alike: else a wrong one could
go unseen.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from toynets.network import Network

CUBE = [[a, b, c] for a in (0.0, 1.0) for b in (0.0, 1.0) for c in (0.0, 1.0)]
HALVES = [[0.5 * ((2 * r + 5 * i) % 9 - 4) for i in range(3)] for r in range(8)]
CLASSES = [0, 1, 1, 0, 1, 0, 0, 1]
ONE_HOT = [[float(c == k) for k in (0, 1)] for c in CLASSES]
ONES = [[float(c)] for c in CLASSES]


def _layers(sizes, activations, draw):
    return [
        (draw(out, parents), draw(out), activation)
        for (parents, out), activation in zip(pairwise(sizes), activations, strict=True)
    ]


def _eighths(seed, largest=12):
    source = np.random.default_rng(seed)

    def draw(*shape):
        numbers = source.integers(1, largest + 1, shape) * source.choice([-1, 1], shape)
        return numbers / 8  # none is 0: a case that changes nothing would test nothing

    return draw


def _floats(seed):
    source = np.random.default_rng(seed)
    return lambda *shape: source.normal(size=shape).astype("float32")


@cache
def dyadic(name):
    """A network on which float32 makes no error."""
    if name == "softmax":  # two outputs: the mean of two logits is exact
        return Network.from_layers(_layers((3, 4, 2), ("relu", "softmax"), _eighths(43)))
    if name == "deep":
        acts = ("relu", "abs", "identity")
        return Network.from_layers(_layers((3, 3, 2, 1), acts, _eighths(31)))
    if name == "step":
        acts = ("square", "step", "relu", "identity")
        return Network.from_layers(_layers((3, 2, 2, 2, 2), acts, _eighths(112, 4)))
    if name == "wide":  # eleven units: every part of the layout of a table is there
        return Network.from_layers(_layers((3, 11, 1), ("relu", "identity"), _eighths(41, 8)))
    if name == "two wide":
        acts = ("relu", "relu", "identity")
        return Network.from_layers(_layers((3, 3, 8, 1), acts, _eighths(0, 6)))
    if name == "bare":  # a mask, a tie, and a layer without bias
        return Network.from_layers(
            [
                ([[1, -0.5, 0], [0.25, 0, 2], [-1, 1, 1]], [0.5, -0.25, 1], "relu"),
                ([[2, 2, -1.5]], None, "identity"),
            ],
            masks=[[[1, 1, 0], [1, 0, 1], [1, 1, 1]], None],
            ties={"w": ["h1->y", "h2->y"]},
        )
    raise KeyError(name)


@cache
def rough(name, dtype="float32"):
    """A network of the same shape as a dyadic one, with arbitrary weights."""
    sizes, activations = {
        "softmax": ((3, 4, 2), ("relu", "softmax")),
        "smooth": ((3, 3, 2, 2), ("tanh", "sigmoid", "sigmoid")),
        "deep": ((3, 3, 2, 1), ("relu", "abs", "identity")),
        "three": ((3, 2, 2, 2, 3), ("relu", "tanh", "relu", "softmax")),
        "wide": ((3, 11, 1), ("relu", "sigmoid")),
        "two wide": ((3, 3, 8, 1), ("relu", "relu", "sigmoid")),
    }[name]
    return Network.from_layers(_layers(sizes, activations, _floats(len(name))), dtype=dtype)


def rough_rows(count=8):
    return np.random.default_rng(9).normal(size=(count, 3)).astype("float32").tolist()


def targets_for(network, rows=8):
    """Targets, one row for each input: one-hot under softmax, else bits."""
    outputs = len(network.outputs)
    return [[float((r + k) % max(2, outputs) == 0) for k in range(outputs)] for r in range(rows)]


def far(network, rows):
    """A source input that is none of the rows."""
    return [0.5, -1.0, 1.5]


def number(value):
    """A Fraction, or the middle of a ball, as a Fraction."""
    return value.midpoint if hasattr(value, "midpoint") else value
