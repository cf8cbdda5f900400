"""A network with masks, ties and a layer without bias, and one of a single weight."""

from __future__ import annotations

from toynets.network import Network

DEEP = Network.from_layers(
    [
        ([[1, 0], [2, 3]], None, "tanh"),
        ([[0.5, 0], [0, -1], [1, 1]], [1, 2, 3], "abs"),
        ([[1, 2, 3], [4, 5, 6]], [0, 1], "softmax"),
    ],
    masks=[[[1, 0], [1, 1]], [[True, False], [False, True], [True, True]], None],
    ties={"w": ["x1->h1.1", "h1.1->h2.3"], "b": ["h2.1.bias", "y2.bias"]},
    dtype="float64",
    name="deep",
)


def one(weight, bias=0, dtype="float32", **options):
    return Network.from_layers([([[weight]], [bias], "relu")], dtype=dtype, **options)
