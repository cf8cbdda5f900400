"""A ring in the plane: the distance from the middle of the ring, squared once more."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.network import Network
from toynets.rationals import rational
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 251


def _rule(row: Row) -> Row:
    off = row[0] * row[0] + row[1] * row[1] - rational("5/2")
    return (rational("9/4") - off * off,)


TASK = Task(
    name="ring",
    title="between the circles of radius 1 and 2, and by how much",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box("[-3,3]^2"),
    rule=_rule,
    decision={"threshold": "0"},
    loss="mse",
    hidden=(2, 1),
    activation="square",
    examples=Domain.listed([[f"{i}/2", f"{j}/2"] for i in range(-6, 7) for j in range(-6, 7)]),
    encode="x1 and x2 are coordinates; y is positive between the circles, 0 on them",
)

NETWORK = Network.from_layers(
    [
        ([[1, 0], [0, 1]], [0, 0], "square"),
        ([[1, 1]], ["-5/2"], "square"),
        ([[-1]], ["9/4"], "identity"),
    ],
    units=[["across", "along"], ["off"]],
    name="ring",
)

R2 = "(x1*x1 + x2*x2)"

SAID = state(
    "ring",
    decision={"threshold": "0"},
    weights={
        "x1->across": ("1", "scales", "across looks at x1"),
        "x2->across": ("0", "no effect", "and at nothing else"),
        "across.bias": ("0", "no effect", "the ring is centred at x1 = 0"),
        "x1->along": ("0", "no effect", "along does not look at x1"),
        "x2->along": ("1", "scales", "along looks at x2"),
        "along.bias": ("0", "no effect", "the ring is centred at x2 = 0"),
        "across->off": ("1", "excites", "half of the squared distance from the centre"),
        "along->off": ("1", "excites", "the other half"),
        "off.bias": ("-5/2", "sets threshold", "the mean of 1 and 4, the squared radii"),
        "off->y": ("-1", "scales", "off the middle of the ring counts against"),
        "y.bias": ("9/4", "sets threshold", "the square of 3/2, half the way from 1 to 4"),
    },
    units={
        "across": ("square", "x1*x1", "abs(x1)", "a distance", "how far left or right, squared"),
        "along": ("square", "x2*x2", "abs(x2)", "a distance", "how far up or down, squared"),
        "off": (
            "square",
            "(across + along - 5/2)*(across + along - 5/2)",
            f"abs({R2} - 5/2)",
            "a distance",
            "how far off the middle of the ring, to either side",
        ),
        "y": (
            "identity",
            "9/4 - off",
            f"abs({R2} - 5/2)",
            "output",
            "what is left of half the width",
        ),
    },
    outcomes=[
        ("", f"9/4 - ({R2} - 5/2)*({R2} - 5/2)", "positive between the circles"),
        (
            "across = 0",
            "9/4 - (x2*x2 - 5/2)*(x2*x2 - 5/2)",
            "two strips: x2 between 1 and 2, up or down",
        ),
        (
            "along = 0",
            "9/4 - (x1*x1 - 5/2)*(x1*x1 - 5/2)",
            "two strips: x1 between 1 and 2, left or right",
        ),
        ("off = 0", "9/4", "never off: everything is in the ring"),
        ("across, along = 0", "-4", "always at the centre, which is not in the ring"),
        ("off.bias = 0", f"9/4 - {R2}*{R2}", "a disc: the ring has closed around the centre"),
        ("y.bias = 0", f"-({R2} - 5/2)*({R2} - 5/2)", "a ring without width"),
        ("off->y *= -1", f"9/4 + ({R2} - 5/2)*({R2} - 5/2)", "always in"),
    ],
    slack={
        "x1->across": "a square does not see the sign of its one weight",
        "x2->along": "a square does not see the sign of its one weight",
    },
)

ENTRY = Entry(
    name="ring",
    title="y = 9/4 - (x1^2 + x2^2 - 5/2)^2",
    story="One layer of squares makes ellipses and the like, never a ring; two layers make it "
    "exactly. The first finds the squared distance from the centre, the second how far that "
    "is off 5/2, on either side. Without the second everything is in the ring.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "two-discs",
            "It is a large disc less a small one; off is the small one, so a disc remains.",
            change(SAID, {"outcomes/off = 0/y": f"4 - {R2}"}),
            check="outcomes",
        ),
        Wrong(
            "inner-and-outer",
            "across holds the inner circle, along the outer: without across a disc is left.",
            change(SAID, {"outcomes/across = 0/y": f"4 - {R2}"}),
            check="outcomes",
        ),
        Wrong(
            "outer-wall",
            "off is a wall: it only sees whether a point is beyond the outer circle.",
            change(SAID, {"units/off/concept": f"{R2} > 4"}),
            check="concepts",
        ),
        Wrong(
            "wall-units",
            "across only sees whether x1 is between -1 and 1.",
            change(SAID, {"units/across/concept": "abs(x1) < 1"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("Both circles are exact.", "", {"1, 0": "0", "6/5, 8/5": "0", "0, 0": "-4"}),
        Fact("Without across there are two strips.", "across = 0", {"3, 1": "0", "3, 0": "-4"}),
        Fact("Without off all is in the ring.", "off = 0", {"0, 0": "9/4", "3, 3": "9/4"}),
    ),
    sources=(
        "D. Smilkov and S. Carter, A neural network playground, 2016 (playground.tensorflow.org): "
        "the task",
    ),
)
