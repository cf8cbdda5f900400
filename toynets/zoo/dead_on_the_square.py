"""Pitfall: a unit that is dead on the inputs one looked at, and huge a little outside."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 69

TASK = Task(
    name="first-on-the-square",
    title="the first of two numbers between 0 and 1",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box("[0,1]^2"),
    rule=lambda row: row[:1],
    decision={},
    loss="mse",
    hidden=(1,),
    examples=Domain.listed([[f"{i}/4", f"{j}/4"] for i in range(5) for j in range(5)]),
    encode="numbers stand for themselves",
)

NETWORK = Network.from_layers(
    [([[1, 0], [-1, -1]], [0, -1], "relu"), ([[1, 64]], [0], "identity")],
    units=["main", "sleeper"],
    name="dead-on-the-square",
)

SAID = state(
    "dead-on-the-square",
    weights={
        "x1->main": ("1", "scales", "hands x1 on"),
        "x2->main": ("0", "no effect", "no connection"),
        "main.bias": ("0", "no effect", "x1 is not shifted"),
        "x1->sleeper": ("-1", "no effect", "pushes down a unit that is down already"),
        "x2->sleeper": ("-1", "no effect", "pushes down a unit that is down already"),
        "sleeper.bias": ("-1", "no effect", "without it the unit is still not above 0 here"),
        "main->y": ("1", "excites", "hands x1 on"),
        "sleeper->y": ("64", "no effect", "large, and always multiplies 0"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "main": ("relu", "relu(x1)", "x1", "carrier", "x1 itself"),
        "sleeper": ("relu", "0", "0", "dead", "relu(-1 - x1 - x2), and no input is below 0"),
        "y": ("identity", "main + 64*sleeper", "x1", "output", "x1, since the other is 0"),
    },
    outcomes=[
        ("", "x1", "the sleeper never speaks on the square"),
        ("main = 0", "0", "nothing is left"),
        ("sleeper = 0", "x1", "nothing changes: it is 0 already"),
        ("main, sleeper = 0", "0", "nothing reaches y"),
        ("sleeper.bias = 0", "x1", "still asleep: -x1 - x2 is not above 0 either"),
        ("sleeper.bias *= -1", "x1 + 64*max(1 - x1 - x2, 0)", "woken on half of the square"),
        ("x1->sleeper, x2->sleeper *= -1", "x1 + 64*max(x1 + x2 - 1, 0)", "on the other half"),
        ("sleeper->y = 0", "x1", "the largest weight can go"),
        ("x1 = -2", "64*max(1 - x2, 0)", "an input from outside wakes it, and main is silent"),
        ("x2 = -3", "x1 + 64*max(2 - x1, 0)", "so does x2"),
    ],
)

ENTRY = Entry(
    name="dead-on-the-square",
    title="y = relu(x1) + 64 relu(-1 - x1 - x2)",
    story="On the unit square 'sleeper' is 0, and this is proved, not sampled. It is a statement "
    "about the square: at (-2, 0) the same unit decides everything. A unit is dead on a domain, "
    "never by itself, and scaled inputs (mean 0!) are another domain.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "dead-everywhere",
            "It is 0 wherever one looks, so it is 0 for every input.",
            change(SAID, {"outcomes/x1 = -2/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "asleep-by-its-bias",
            "The negative bias keeps it down: without it the unit wakes.",
            change(SAID, {"outcomes/sleeper.bias = 0/y": "x1 + 64*max(1 - x1 - x2, 0)"}),
            check="outcomes",
        ),
        Wrong(
            "sign-of-the-bias",
            "It stands for the corner near 0: 1 less both inputs, where that is positive.",
            change(SAID, {"units/sleeper/expression": "relu(1 - x1 - x2)"}),
            check="units",
        ),
        Wrong(
            "largest-weight",
            "64 is the largest weight, so without 'main' most of y is left.",
            change(SAID, {"outcomes/main = 0/y": "64/65*x1"}),
            check="outcomes",
        ),
        Wrong(
            "pruned",
            "A dead unit has no weights worth the name.",
            change(
                SAID,
                {f"weights/{a}/value": "0" for a in ("x1->sleeper", "x2->sleeper", "sleeper->y")},
            ),
            check="weights",
        ),
    ),
    facts=(
        Fact("On the square it is x1.", "", {"0, 0": "0", "1, 1": "1", "1/2, 0": "1/2"}),
        Fact("Outside it is not.", "", {"-2, 0": "64", "-1, -1": "64", "0, -2": "64"}),
        Fact("Without 'sleeper' it is x1 or 0 there.", "sleeper = 0", {"-2, 0": "0", "0, -2": "0"}),
    ),
    sources=(
        "L. Lu, Y. Shin, Y. Su and G. Karniadakis, Dying ReLU and initialization, "
        "Communications in Computational Physics 28 (2020) 1671-1706: dead units",
        "described for this zoo",
    ),
)
