"""Small random programs for the tests of proofs, and a certificate around their claims."""

from __future__ import annotations

import itertools
import json

from toynets.certificate_checker import check
from toynets.network import Network
from toynets.rationals import ONE, ZERO, rational
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Layers, Program, Variable

SHAPES = (
    ("relu", "identity"),
    ("relu", "relu", "identity"),
    ("abs", "relu", "identity"),
    ("step", "identity"),
    ("step", "relu", "identity"),
    ("relu", "step", "identity"),
)


def network(draw, sizes, kinds):
    """A network with small numbers, drawn from a `random.Random`."""
    layers = [
        (
            [[draw.randint(-3, 3) for _ in range(a)] for _ in range(b)],
            [draw.choice([-2, -1, 0, 0, 1, "1/2"]) for _ in range(b)],
            kind,
        )
        for (a, b), kind in zip(itertools.pairwise(sizes), kinds, strict=True)
    ]
    return Network.from_layers(layers)


def program(net, low=-1, high=1):
    """A program that runs a network on a box, and the indices of its outputs."""
    made = Program([Variable(n, rational(low), rational(high)) for n in net.inputs])
    found = made.run("network", Layers.of_network(net), list(range(made.dimension)))
    return made, [found[o] for o in net.outputs]


def tilted(draw, made, output):
    """An output plus a sloping plane, so that extremes need not be reached where a step jumps."""
    form = Form(ZERO, {output: ONE})
    for k in range(made.dimension):
        form.add(rational(draw.choice([-1, 1, 2])), atom(k))
    return made.raw("identity", form)


def bumped(width, height=1):
    """abs with a needle at 11/3 * 2^-6 whose width no sample hits."""
    at = rational(f"{11 * 2**20 // 3}/{2**26}")
    slope = height / rational(width)
    biases = [-(at + k * rational(width)) * slope for k in (-1, 0, 1)]
    return Network.from_layers(
        [
            ([[1], [-1], *[[str(slope)]] * 3], [0, 0, *map(str, biases)], "relu"),
            ([[1, 1, 1, -2, 1]], [0], "identity"),
        ],
        dtype="float64",
        name="bumped",
    )


def certificate(net, answers, others=None):
    """The certificate of some answers about one network."""
    data = {
        "format": "toynets-certificate/1",
        "network": net.to_dict(),
        "about": "a test",
        "made_by": "a test",
        "claims": [answer.data for answer in answers],
    }
    if others:
        data["others"] = {name: other.to_dict() for name, other in others.items()}
    return data


def accepted(written):
    """The leaves of each claim of a certificate, as the package's own checker counts them."""
    return check(json.dumps(written).encode())["leaves"]
