"""Networks of one unit, and XOR as a difference, for the tests of the gauge."""

from __future__ import annotations

from toynets.network import Network

DIFFERENCE = Network.from_layers(
    [([[1, -1], [-1, 1]], [0, 2], "relu"), ([[1, 1]], [0], "identity")], name="xor-difference"
)


def tiny(act: str, out: str = "identity", **options: object) -> Network:
    return Network.from_layers([([[2]], [3], act), ([[5]], [7], out)], **options)


def row(net: Network) -> list[float]:
    return list(net.numbers.values())
