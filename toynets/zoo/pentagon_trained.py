"""Superposition, trained: five features in two units, as the corners of a pentagon."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._polygon import GAIN, Polygon
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 236

POLYGON = Polygon({1: 0, 2: 2, 3: 4, 4: 1, 5: 3}, 5, (1.0163, 0.5415))

NETWORK = Network.from_layers(
    [
        (
            [
                [
                    1.0162804126739502,
                    -1.1404374837875366,
                    0.8289862275123596,
                    -0.2008904218673706,
                    -0.5039386749267578,
                ],
                [
                    0.5414382219314575,
                    0.15932190418243408,
                    -0.7992264628410339,
                    1.1338536739349365,
                    -1.0353872776031494,
                ],
            ],
            None,
            "identity",
        ),
        (
            [
                [1.0162804126739502, 0.5414382219314575],
                [-1.1404374837875366, 0.15932190418243408],
                [0.8289862275123596, -0.7992264628410339],
                [-0.2008904218673706, 1.1338536739349365],
                [-0.5039386749267578, -1.0353872776031494],
            ],
            [
                -0.28113505244255066,
                -0.28113502264022827,
                -0.28113502264022827,
                -0.28113502264022827,
                -0.2811349928379059,
            ],
            "relu",
        ),
    ],
    ties=POLYGON.ties,
    name="pentagon-trained",
)

CLEAN = POLYGON.outputs()


def _several(intervention: str, said: list[str]) -> dict[str, str]:
    return {f"outcomes/{intervention}/y{i}": text for i, text in enumerate(said, start=1)}


SAID = state(
    "pentagon-trained",
    parameters={"p": "1.0163", "q": "0.5414", "b": "0.2811"},
    decision={"argmax": True},
    ties=POLYGON.ties,
    tolerance={"weights": "0.00005", "clean": "0.00004", "units": "0.00005", "ablations": "0.0002"},
    weights=POLYGON.weights(),
    units=POLYGON.units(),
    outcomes=[
        ("", CLEAN, "its own feature, with a little of the two neighbours"),
        ("h1 = 0", POLYGON.along(2), "the pentagon seen from the side: a line"),
        ("h2 = 0", POLYGON.along(1), "the pentagon seen from the other side"),
        ("h1, h2 = 0", ["relu(-b)"] * 5, "the middle of the pentagon: silence"),
        ("h1 = mean", POLYGON.along(2), "the corners balance: the mean is 0"),
        ("x1_h1, x1_h2 = 0", POLYGON.outputs(without=[1]), "feature 1 and its interference, gone"),
        (
            "y1.bias = 0",
            [f"relu({GAIN}*({POLYGON.near(1)}))", *CLEAN[1:]],
            "y1 hears its neighbours: the threshold kept them out",
        ),
        (
            "x1 = 0",
            [f"relu({GAIN}*({POLYGON.near(i, [1])}) - b)" for i in range(1, 6)],
            "feature 1 is never there",
        ),
    ],
    unexplained=("h1", "h2"),
)

ENTRY = Entry(
    name="pentagon-trained",
    title="y = relu(W^T W x - b), the columns of W at the corners of a pentagon of radius 1.1515",
    story="Five features, two units: with one feature on at a time, room is made by angle. The "
    "bias cuts off what neighbours bring in. 45 of 64 starts end here, 15 give up one feature. "
    "The pentagon can be turned freely: h1 alone stands for nothing, and no concept is claimed.",
    task=load("superposition-5"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "a-unit-for-a-feature",
            "h1 stands for feature 1, which has a large weight into it.",
            change(SAID, {"units/h1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "orthogonal",
            "Stored features do not disturb each other.",
            change(SAID, _several("", [f"relu({GAIN}*x{i} - b)" for i in range(1, 6)])),
            check="clean",
            right_on_clean=False,
        ),
        Wrong(
            "some-features-each",
            "Each unit holds some of the features: without h1, 4 and 5 are as before.",
            change(SAID, {"outcomes/h1 = 0/y4": CLEAN[3], "outcomes/h1 = 0/y5": CLEAN[4]}),
            check="outcomes",
        ),
        Wrong(
            "upright",
            "Feature 1 lies on the axis of h1: its second coordinate is 0.",
            change(SAID, {"parameters/p": "1.1515", "parameters/q": "0"}),
            check="weights",
        ),
        Wrong(
            "bias-idle",
            "The biases are small, and only make y a little smaller.",
            change(SAID, {"outcomes/y1.bias = 0/y1": CLEAN[0]}),
            check="outcomes",
        ),
        Wrong(
            "alone",
            "Without feature 1 the other outputs are as before.",
            change(SAID, _several("x1_h1, x1_h2 = 0", ["relu(-b)", *CLEAN[1:]])),
            check="outcomes",
        ),
    ),
    trained=recipe("tied", task="superposition-5", hidden=2, activation="identity", seed=1),
    facts=(
        Fact("It finds every feature, from 1/4 up.", "", right=20),
        Fact(
            "At 1 it says 1.045, and its two neighbours 0.129.",
            "",
            {"1,0,0,0,0": "1.045,0,0.129,0.129,0"},
            within="0.001",
        ),
        Fact("Without feature 1 the others are found.", "x1_h1, x1_h2 = 0", right=16),
        Fact("Without both units it is silent.", "h1, h2 = 0", {"1,0,0,0,0": "0,0,0,0,0"}),
    ),
    unexplained=("h1", "h2"),
    sources=(
        "N. Elhage and others, Toy models of superposition, Transformer Circuits Thread, 2022",
    ),
)
