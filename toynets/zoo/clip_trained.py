"""Clipping, trained: both kinks seen from the right; the flat part is made by cancelling."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 224

NETWORK = Network.from_layers(
    [
        (
            [[-1.0001493692398071], [-0.8415645360946655]],
            [-7.614493824803503e-06, 0.8415814638137817],
            "relu",
        ),
        ([[0.9997584223747253, -1.1881985664367676]], [0.9999948740005493], "identity"),
    ],
    name="clip-trained",
)

SAID = state(
    "clip-trained",
    parameters={"a": "0.8416"},
    tolerance={"weights": "0.0003", "clean": "0.00003", "units": "0.0002", "ablations": "0.0002"},
    weights={
        "x1->h1": ("-1", "inhibits", "h1 rises to the left"),
        "h1.bias": ("0", "no effect", "h1 begins at 0, the lower kink"),
        "x1->h2": ("-a", "inhibits", "h2 rises to the left"),
        "h2.bias": ("a", "sets threshold", "h2 begins at 1, the upper kink"),
        "h1->y": ("1", "excites", "stops the fall below 0"),
        "h2->y": ("-1/a", "inhibits", "y falls to the left of 1"),
        "y.bias": ("1", "sets threshold", "the height on the right, where both units are off"),
    },
    units={
        "h1": ("relu", "relu(-x1)", "max(-x1, 0)", "hinge at 0", "how far x1 is below 0"),
        "h2": ("relu", "relu(a*(1 - x1))", "max(1 - x1, 0)", "hinge at 1", "how far below 1"),
        "y": (
            "identity",
            "1 + h1 - h2/a",
            "min(max(x1, 0), 1)",
            "output",
            "1, less the way from 1 down to x1, but no further than 0",
        ),
    },
    outcomes=[
        ("", "min(max(x1, 0), 1)", "two kinks, at 0 and at 1"),
        ("h1 = 0", "min(x1, 1)", "nothing stops the fall: negative below 0"),
        ("h2 = 0", "1 + max(-x1, 0)", "nothing falls: rising to the left of 0"),
        ("h1, h2 = 0", "1", "the bias alone: the height on the right"),
        ("h2.bias = 0", "1", "both kinks at 0: they cancel"),
        ("h1->y *= -1", "1 - max(-x1, 0) - max(1 - x1, 0)", "the fall becomes twice as steep"),
        ("h2 = h2(2)", "1 + max(-x1, 0)", "h2 is 0 at 2, and so as if removed"),
        ("h2 = h2(0)", "max(-x1, 0)", "the value of h2 at 0, everywhere"),
    ],
)

ENTRY = Entry(
    name="clip-trained",
    title="y = 1 + relu(-x1) - relu(a (1 - x1)) / a,  a = 0.8416",
    story="One expects relu(x) - relu(x - 1), which is 0 until x is positive. This seed works from "
    "the other end: on the right both units are off and the bias says 1; on the left both "
    "are on and cancel. The two forms are one function, and no ablation agrees.",
    task=load("clip"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "from-the-left",
            "It is relu(x1) - relu(x1 - 1): without h1 nothing rises, and y is not above 0.",
            change(SAID, {"outcomes/h1 = 0/y": "-max(x1 - 1, 0)"}),
            check="outcomes",
        ),
        Wrong(
            "one-guard-each",
            "h1 guards the lower end, h2 the upper: without h2, x1 is let through above 1.",
            change(SAID, {"outcomes/h2 = 0/y": "max(x1, 0)"}),
            check="outcomes",
        ),
        Wrong(
            "flat-means-off",
            "Below 0 y is 0 because the units are off there: h2 is zero below 0.",
            change(SAID, {"units/h2/expression": "relu(a*(1 - x1)) - relu(-a*x1)"}),
            check="units",
        ),
        Wrong(
            "wrong-hinges",
            "h1 bends at 1 and h2 at 0.",
            change(SAID, {"units/h1/role": "hinge at 1", "units/h2/role": "hinge at 0"}),
            check="roles",
        ),
        Wrong(
            "exactly-one",
            "The slopes are exactly 1.",
            change(SAID, {"tolerance/weights": "0.000001"}),
            check="weights",
        ),
    ),
    trained=recipe("annealed", task="clip", hidden=2, activation="relu", seed=82),
    facts=(
        Fact(
            "It clips, also between the points that it was trained on.",
            "",
            {"-1": "0", "-1/3": "0", "1/7": "1/7", "1/2": "1/2", "5/3": "1", "2": "1"},
            within="0.0001",
        ),
        Fact("Without h1 it falls for ever.", "h1 = 0", {"-1": "-1", "2": "1"}, within="0.001"),
        Fact("Without both it says 1.", "h1, h2 = 0", {"-1": "1", "2": "1"}, within="0.00001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
