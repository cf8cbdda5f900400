"""The larger of two numbers, trained: x2, and what x1 has on top."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 57

NETWORK = Network.from_layers(
    [
        (
            [
                [0.841420590877533, -0.8414170742034912],
                [5.4461605031974614e-05, 1.0007356405258179],
            ],
            [-3.0994415283203125e-06, 2.3588718534028885e-07],
            "relu",
        ),
        ([[1.1883407831192017, 0.9991990327835083]], [2.6165818781009875e-05], "identity"),
    ],
    name="max-trained",
)

SAID = state(
    "max-trained",
    parameters={"a": "0.8415"},
    tolerance={"weights": "0.0009", "clean": "0.00004", "units": "0.0008", "ablations": "0.0003"},
    weights={
        "x1->h1": ("a", "excites", "speaks for 'x1 is larger'"),
        "x2->h1": ("-a", "inhibits", "what x2 has already is not counted twice"),
        "h1.bias": ("0", "no effect", "h1 begins where the inputs are equal"),
        "x1->h2": ("0", "no effect", "training has all but cut this connection"),
        "x2->h2": ("1", "scales", "hands x2 on"),
        "h2.bias": ("0", "no effect", "x2 is not shifted"),
        "h1->y": ("1/a", "excites", "adds what x1 has on top"),
        "h2->y": ("1", "excites", "adds x2"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "h1": (
            "relu",
            "relu(a*(x1 - x2))",
            "max(x1 - x2, 0)",
            "comparator",
            "a times the lead of x1 over x2",
        ),
        "h2": ("relu", "relu(x2)", "x2", "carrier", "x2 itself, which is never negative here"),
        "y": (
            "identity",
            "h1/a + h2",
            "max(x1, x2)",
            "output",
            "x2, and what x1 has on top",
        ),
    },
    outcomes=[
        ("", "max(x1, x2)", "x2 + (x1 - x2) where x1 is larger, else x2"),
        ("h1 = 0", "x2", "nobody compares: y is x2"),
        ("h2 = 0", "max(x1 - x2, 0)", "only the lead of x1 is left, not x1"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("x2->h1 = 0", "x1 + x2", "the lead is counted from 0: y is the sum"),
        ("x2->h2 = 0", "max(x1 - x2, 0)", "h2 has no input left"),
        ("h1 = h1(1, 0)", "1 + x2", "the largest lead, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="max-trained",
    title="y = relu(a (x1 - x2)) / a + relu(x2),  a = 0.8415",
    story="Trained on a grid of 81 points, it does what max-2 does by hand, on the scale that "
    "weight decay prefers: 2 a^2 + 1/a^2 is smallest at 0.8409. Training has all but cut "
    "x1->h2; a weight of 0.00005 is left, and the tolerance covers it.",
    task=load("max-2"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-unit-each",
            "h1 stands for x1 and h2 for x2, and the larger wins: without h2 y is x1.",
            change(SAID, {"outcomes/h2 = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "mirror-image",
            "h1 is the lead of x2 over x1, and h2 hands x1 on.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "-a",
                    "weights/x2->h1/value": "a",
                    "weights/x1->h2/value": "1",
                    "weights/x2->h2/value": "0",
                },
            ),
            check="weights",
        ),
        Wrong(
            "ones",
            "The weights are 1 and -1, as if built by hand.",
            change(SAID, {"parameters/a": "1"}),
            check="weights",
        ),
        Wrong(
            "x2-both-ways",
            "x2 reaches y once positively and once negatively, so the two cancel: x2->h1 is idle.",
            change(SAID, {"outcomes/x2->h1 = 0/y": "max(x1, x2)"}),
            check="outcomes",
        ),
    ),
    trained=recipe("annealed", task="max-2", hidden=2, activation="relu", seed=1340),
    facts=(
        Fact(
            "It is the larger number, also between the points that it was trained on.",
            "",
            {"0, 1": "1", "1, 1/3": "1", "1/2, 1/2": "1/2", "1/7, 1/5": "1/5"},
            within="0.00004",
        ),
        Fact("Without x2->h1 it adds.", "x2->h1 = 0", {"1/2, 1/4": "3/4"}, within="0.0003"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
