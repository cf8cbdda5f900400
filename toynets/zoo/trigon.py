"""Superposition, built: three features in two units, as the corners of a triangle."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo._polygon import GAIN, Polygon
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 255

TASK = Task(
    name="superposition-3",
    title="three features, one at a time, through two units",
    inputs=("x1", "x2", "x3"),
    outputs=("y1", "y2", "y3"),
    domain=Domain.listed(
        [[f"{k}/4" if i == j else 0 for j in range(3)] for i in range(3) for k in range(1, 5)]
    ),
    rule=lambda row: row,
    decision={"argmax": True},
    loss="mse-relu",
    hidden=(2,),
    activation="identity",
    encode="a feature is above 0 where it is there; no two are there together",
)

POLYGON = Polygon({1: 0, 2: 1, 3: 2}, 3, (1, 0), biased=False)

# sqrt(3)/2, the sine of 120 degrees; the nearest float32 number is stored.
HEIGHT = "0.86602540378"
ROWS = [["1", "-0.5", "-0.5"], ["0", HEIGHT, f"-{HEIGHT}"]]

NETWORK = Network.from_layers(
    [
        (ROWS, None, "identity"),
        ([list(column) for column in zip(*ROWS, strict=True)], [0, 0, 0], "relu"),
    ],
    ties=POLYGON.ties,
    name="trigon",
    round=True,
)

CLEAN = POLYGON.outputs()

SAID = state(
    "trigon",
    parameters={"p": "1", "q": "0"},
    decision={"argmax": True},
    ties=POLYGON.ties,
    tolerance={
        "weights": "0.00000002",
        "clean": "0.00000003",
        "units": "0.00000003",
        "ablations": "0.00000003",
    },
    weights=POLYGON.weights(),
    units={
        **POLYGON.units(),
        "h1": (
            "identity",
            POLYGON.read(1),
            "2*x1 - x2 - x3",
            "a coordinate",
            "feature 1 to the right, the two others to the left",
        ),
        "h2": (
            "identity",
            POLYGON.read(2),
            "x2 - x3",
            "comparator",
            "feature 2 up, feature 3 down, feature 1 in the middle",
        ),
    },
    outcomes=[
        ("", ("x1", "x2", "x3"), "each feature, undisturbed: the others lie behind it"),
        (
            "h1 = 0",
            ("0", "3/4*max(x2 - x3, 0)", "3/4*max(x3 - x2, 0)"),
            "seen from the side: feature 1 is gone, the others are 3/4",
        ),
        (
            "h2 = 0",
            ("max(x1 - (x2 + x3)/2, 0)", "(x2 + x3)/4", "(x2 + x3)/4"),
            "features 2 and 3 are one, and a quarter",
        ),
        ("h1, h2 = 0", ("0", "0", "0"), "nothing is there"),
        ("x1_h1, x1_h2 = 0", ("0", "x2", "x3"), "feature 1 is gone, the others as before"),
        (
            "y2.bias = 1/2",
            ("x1", "max(1/2 + x2 - (x1 + x3)/2, 0)", "x3"),
            "now the others disturb feature 2: only the bias 0 kept them out",
        ),
        ("h2 = mean", ("max(x1 - (x2 + x3)/2, 0)", "(x2 + x3)/4", "(x2 + x3)/4"), "the mean is 0"),
    ],
)

ENTRY = Entry(
    name="trigon",
    title="y = relu(W^T W x), the columns of W 120 degrees apart",
    story="Three directions in a plane, each more than 90 degrees from the others: what one "
    "feature sends to another is negative, and relu makes it 0. So three features fit into two "
    "units without a trace, as two fit into one; five, as in a pentagon, do not.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "two-units-two-features",
            "Two units hold two features: h1 is feature 1, h2 is feature 2.",
            change(SAID, {"units/h1/concept": "x1", "units/h2/concept": "x2"}),
            check="concepts",
        ),
        Wrong(
            "feature-1-only",
            "h1 is the unit of feature 1: without it the others are as before.",
            change(SAID, {"outcomes/h1 = 0/y2": "x2", "outcomes/h1 = 0/y3": "x3"}),
            check="outcomes",
        ),
        Wrong(
            "interference",
            "Three directions in a plane must disturb each other: without feature 1, 2 grows.",
            change(SAID, {"outcomes/x1_h1, x1_h2 = 0/y2": f"relu({GAIN}*x2*3/2)"}),
            check="outcomes",
        ),
        Wrong(
            "right-angles",
            "The directions are at right angles, where nothing is disturbed.",
            change(SAID, {"weights/x2_h1/value": "0", "weights/x2_h2/value": "1"}),
            check="weights",
        ),
    ),
    facts=(
        Fact("Each feature comes out.", "", {"0,1/3,0": "0,1/3,0"}, within="0.0000001"),
        Fact("Two at once disturb each other.", "", {"1,1,0": "1/2,1/2,0"}, within="0.0000001"),
        Fact("Without h1 feature 2 is 3/4.", "h1 = 0", {"0,1,0": "0,3/4,0"}, within="0.0000001"),
    ),
    sources=(
        "N. Elhage and others, Toy models of superposition, Transformer Circuits Thread, 2022",
    ),
)
