"""A disc in the plane: two squares taken off a constant."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 250

TASK = Task(
    name="disc",
    title="inside the unit circle, and by how much",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box("[-2,2]^2"),
    rule=lambda row: (1 - row[0] * row[0] - row[1] * row[1],),
    decision={"threshold": "0"},
    loss="mse",
    hidden=(2,),
    activation="square",
    examples=Domain.listed([[f"{i}/4", f"{j}/4"] for i in range(-8, 9) for j in range(-8, 9)]),
    encode="x1 and x2 are coordinates; y is positive inside, 0 on the circle",
)

NETWORK = Network.from_layers(
    [([[1, 0], [0, 1]], [0, 0], "square"), ([[-1, -1]], [1], "identity")],
    name="disc",
)

SAID = state(
    "disc",
    decision={"threshold": "0"},
    weights={
        "x1->h1": ("1", "scales", "h1 looks at x1"),
        "x2->h1": ("0", "no effect", "and at nothing else"),
        "h1.bias": ("0", "no effect", "the disc is centred at x1 = 0"),
        "x1->h2": ("0", "no effect", "h2 does not look at x1"),
        "x2->h2": ("1", "scales", "h2 looks at x2"),
        "h2.bias": ("0", "no effect", "the disc is centred at x2 = 0"),
        "h1->y": ("-1", "inhibits", "distance along x1 counts against"),
        "h2->y": ("-1", "inhibits", "distance along x2 counts against, as much"),
        "y.bias": ("1", "sets threshold", "the square of the radius"),
    },
    units={
        "h1": ("square", "x1*x1", "abs(x1)", "a distance", "how far left or right, squared"),
        "h2": ("square", "x2*x2", "abs(x2)", "a distance", "how far up or down, squared"),
        "y": (
            "identity",
            "1 - h1 - h2",
            "x1*x1 + x2*x2",
            "output",
            "the square of the radius, less that of the distance",
        ),
    },
    outcomes=[
        ("", "1 - x1*x1 - x2*x2", "positive inside the circle"),
        ("h1 = 0", "1 - x2*x2", "no distance along x1: a strip between x2 = -1 and 1"),
        ("h2 = 0", "1 - x1*x1", "a strip between x1 = -1 and 1"),
        ("h1, h2 = 0", "1", "no distances: everything is inside"),
        ("y.bias = 0", "-x1*x1 - x2*x2", "radius 0: at best on the circle"),
        ("y.bias = 4", "4 - x1*x1 - x2*x2", "radius 2"),
        ("h2->y *= -1", "1 - x1*x1 + x2*x2", "a hyperbola"),
        ("x2->h1 = 1", "1 - (x1 + x2)*(x1 + x2) - x2*x2", "an ellipse, aslant"),
        ("h1.bias = 1", "1 - (x1 + 1)*(x1 + 1) - x2*x2", "the disc moves to the left"),
    ],
    slack={"x2->h2": "a square does not see the sign of its one weight"},
)

ENTRY = Entry(
    name="disc",
    title="y = 1 - x1^2 - x2^2",
    story="With square units a circle is exact, and takes two of them: Pythagoras. Relu units make "
    "a polygon at best. Each unit knows one direction; without it the disc becomes a strip "
    "without end. Weights into a square can change sign, and nothing changes.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "half-the-disc",
            "h1 guards left and right; without it the disc is only half as sharp.",
            change(SAID, {"outcomes/h1 = 0/y": "1 - (x1*x1 + x2*x2)/2"}),
            check="outcomes",
        ),
        Wrong(
            "walls",
            "Each unit is a pair of walls: h1 only sees whether x1 is between -1 and 1.",
            change(SAID, {"units/h1/concept": "abs(x1) < 1"}),
            check="concepts",
        ),
        Wrong(
            "diamond",
            "y falls with the sum of the distances, as for relu units.",
            change(SAID, {"units/h1/expression": "abs(x1)", "units/h2/expression": "abs(x2)"}),
            check="units",
        ),
        Wrong(
            "units-make-the-inside",
            "The units fire inside: without both, nothing is inside.",
            change(SAID, {"outcomes/h1, h2 = 0/y": "-1"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("The circle is exact.", "", {"3/5, 4/5": "0", "0, 0": "1", "1, 1": "-1"}),
        Fact("Without h1 it is a strip.", "h1 = 0", {"2, 0": "1", "2, 1": "0"}),
    ),
    sources=("Euclid, Elements, book I, proposition 47",),
)
