"""Claims about depth: the sawtooth, which doubles its teeth with each layer of two units."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from toynets.exact import run
from toynets.network import Network
from toynets.studies.published.record import Claim, Found, held

SOURCE = (
    "M. Telgarsky, Representation benefits of deep feedforward networks, 2015 (arXiv:1509.08101)"
)
DEEPEST = 6


def sawtooth(depth: int) -> Network:
    """The tent 2 relu(x) - 4 relu(x - 1/2), composed with itself, two units a layer.

    >>> sawtooth(3).text
    '1-2-2-2-1 relu'
    """
    layers = [([[1], [1]], [0, "-0.5"], "relu")]
    layers += [([[2, -4], [2, -4]], [0, "-0.5"], "relu")] * (depth - 1)
    return Network.from_layers([*layers, ([[2, -4]], [0], "identity")], name="sawtooth")


def pieces(depth: int) -> int:
    """Return how many linear pieces it has on [0, 1], from its exact regions."""
    from toynets.verification.proofs.regions import regions

    found = sorted(regions(sawtooth(depth), "[0,1]"), key=lambda r: min(r.vertices))
    slopes = [region.affine[0] for region in found]
    return 1 + sum(a != b for a, b in pairwise(slopes))


def alternates() -> Found:
    """The values at the multiples of 2^-k, exactly."""
    points = 0
    for depth in range(1, DEEPEST + 1):
        network = sawtooth(depth)
        for k in range(2**depth):
            if run(network, (Fraction(k, 2**depth),))[0] != k % 2:
                return Found("refuted", f"depth {depth}, at {k}/{2**depth}")
            points += 1
    return Found(
        "exhaustive",
        f"depth 1 to {DEEPEST}: all {points} points k / 2^depth get exactly 0, 1, 0, 1, …",
    )


def doubles() -> Found:
    """The pieces, counted from exact regions."""
    counts = [pieces(depth) for depth in range(1, DEEPEST)]
    return held(
        counts == [2**depth for depth in range(1, DEEPEST)],
        "proved",
        f"pieces at depth 1 to {DEEPEST - 1}: {', '.join(map(str, counts))}, from the exact linear "
        "regions on [0, 1]",
    )


def shallow() -> Found:
    """How many hidden units a single layer needs for the same bends."""
    depth = DEEPEST - 1
    bends = pieces(depth) - 1
    network = sawtooth(depth)
    return held(
        bends == 2**depth - 1 > len(network.hidden),
        "proved",
        f"depth {depth} bends {bends} times between 0 and 1 with {len(network.hidden)} units. A "
        "relu of one input bends once, and a sum bends only where a part of it does: one hidden "
        f"layer needs at least {bends} units",
    )


CLAIMS = (
    Claim(
        "depth-alternates",
        "Two relu units a layer suffice to give 2^k points on a line alternating labels, with a "
        "number of layers that grows like k.",
        SOURCE,
        "the tent map composed with itself, two relu units a layer",
        f"exact outputs at all k / 2^L for L = 1 to {DEEPEST}, with L hidden layers (a composition "
        "needs no layer of its own for its sum).",
        alternates,
    ),
    Claim(
        "depth-doubles",
        "Each further layer doubles the linear pieces.",
        SOURCE,
        "the tent map composed with itself, two relu units a layer",
        f"the exact linear regions for L = 1 to {DEEPEST - 1}.",
        doubles,
    ),
    Claim(
        "depth-shallow",
        "A shallow network needs exponentially many units for the same function.",
        SOURCE,
        "any network with one hidden layer of relu units and one input",
        f"equality on [0, 1] with the sawtooth of depth {DEEPEST - 1}. Approximation, and more "
        "layers, are not checked.",
        shallow,
    ),
)
