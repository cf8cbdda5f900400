"""Superposition, built: five features in two units, the corners of the best pentagon."""

from __future__ import annotations

import math

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._polygon import GAIN, Polygon
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 256

RADIUS, BIAS = "1.170460", "0.282297"
POLYGON = Polygon({1: 0, 2: 1, 3: 2, 4: 3, 5: 4}, 5, (float(RADIUS), 0))
ROWS = [
    [float(RADIUS) * turn(2 * math.pi * k / 5) for k in range(5)] for turn in (math.cos, math.sin)
]

NETWORK = Network.from_layers(
    [
        (ROWS, None, "identity"),
        ([list(column) for column in zip(*ROWS, strict=True)], [f"-{BIAS}"] * 5, "relu"),
    ],
    ties=POLYGON.ties,
    name="pentagon",
    round=True,
)

CLEAN = POLYGON.outputs()


def _at(intervention: str, said: list[str]) -> dict[str, str]:
    return {f"outcomes/{intervention}/y{i}": text for i, text in enumerate(said, start=1)}


SAID = state(
    "pentagon",
    parameters={"p": RADIUS, "q": "0", "b": BIAS},
    decision={"argmax": True},
    ties=POLYGON.ties,
    tolerance={
        "weights": "0.00000003",
        "clean": "0.00000008",
        "units": "0.00000008",
        "ablations": "0.00000015",
    },
    weights=POLYGON.weights(),
    units=POLYGON.units(),
    outcomes=[
        ("", CLEAN, "its own feature, with a little of the two neighbours"),
        ("h1 = 0", POLYGON.along(2), "seen from the right: 2 and 3 are one, 4 and 5 are one"),
        ("h2 = 0", POLYGON.along(1), "seen from above: 2 and 5 are one, 3 and 4 are one"),
        ("h1, h2 = 0", ["0"] * 5, "the middle of the pentagon: silence"),
        ("x1_h1, x1_h2 = 0", POLYGON.outputs(without=[1]), "feature 1 and its interference, gone"),
        (
            "y1.bias = 0",
            [f"relu({GAIN}*({POLYGON.near(1)}))", *CLEAN[1:]],
            "y1 hears its neighbours: the bias kept them out",
        ),
        (
            "h1 = h1(0, 1, 0, 0, 0)",
            [
                f"relu({POLYGON.place(i, 1)}*p*cos(2*pi/5) + {POLYGON.place(i, 2)}*"
                f"({POLYGON.read(2)}) - b)"
                for i in range(1, 6)
            ],
            "the first coordinate of feature 2 at full strength, everywhere",
        ),
    ],
    unexplained=("h1", "h2"),
)

ENTRY = Entry(
    name="pentagon",
    title="y = relu(W^T W x - b), W a pentagon of radius 1.17046, b = 0.2823",
    story="Radius and bias are those for which the squared error is smallest when one feature is "
    "on at a time, evenly between 0 and 1; that no other arrangement is better is not proved. "
    "The axes could as well be turned, so no concept is claimed for h1 and h2.",
    task=load("superposition-5"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "perfect",
            "It gives back what it was given.",
            change(SAID, _at("", [f"x{i}" for i in range(1, 6)])),
            check="clean",
            right_on_clean=False,
        ),
        Wrong(
            "without-noise",
            "The bias is there against noise: on clean inputs y1 is the same without it.",
            change(SAID, {"outcomes/y1.bias = 0/y1": CLEAN[0]}),
            check="outcomes",
        ),
        Wrong(
            "a-unit-for-a-feature",
            "h1 points at feature 1, so it is the unit of feature 1.",
            change(SAID, {"units/h1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "only-feature-1",
            "Without h1 only feature 1 is lost, on which the axis lies.",
            change(SAID, _at("h1 = 0", ["0", *CLEAN[1:]])),
            check="outcomes",
        ),
        Wrong(
            "unit-circle",
            "The features lie on the unit circle.",
            change(SAID, {"parameters/p": "1"}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It finds every feature, from 1/4 up.", "", right=20),
        Fact("A feature of 1/5 goes unheard.", "", {"1/5,0,0,0,0": "0,0,0,0,0"}),
        Fact(
            "At 1 it says 1.0877, and its two neighbours 0.1410.",
            "",
            {"1,0,0,0,0": "1.0877,0.1410,0,0,0.1410"},
            within="0.0001",
        ),
        Fact("Without feature 1 the others are found.", "x1_h1, x1_h2 = 0", right=16),
    ),
    unexplained=("h1", "h2"),
    sources=(
        "N. Elhage and others, Toy models of superposition, Transformer Circuits Thread, 2022",
    ),
)
