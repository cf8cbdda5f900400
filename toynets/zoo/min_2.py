"""The smaller of two numbers: one of them, less what it has too much."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 42

NETWORK = Network.from_layers(
    [([[1, 0], [1, -1]], [0, 0], "relu"), ([[1, -1]], [0], "identity")],
    name="min-2",
)

SAID = state(
    "min-2",
    weights={
        "x1->h1": ("1", "scales", "hands x1 on"),
        "x2->h1": ("0", "no effect", "no connection: h1 belongs to x1"),
        "h1.bias": ("0", "no effect", "x1 is not shifted"),
        "x1->h2": ("1", "excites", "what x1 has"),
        "x2->h2": ("-1", "inhibits", "what x2 has is not too much"),
        "h2.bias": ("0", "no effect", "h2 begins where the inputs are equal"),
        "h1->y": ("1", "excites", "puts x1 forward"),
        "h2->y": ("-1", "inhibits", "takes off what x1 has too much"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "h1": ("relu", "relu(x1)", "x1", "carrier", "x1 itself, which is never negative here"),
        "h2": (
            "relu",
            "relu(x1 - x2)",
            "max(x1 - x2, 0)",
            "comparator",
            "by how much x1 is larger than x2",
        ),
        "y": ("identity", "h1 - h2", "min(x1, x2)", "output", "x1, brought down to x2"),
    },
    outcomes=[
        ("", "min(x1, x2)", "x1 - (x1 - x2) where x1 is larger, else x1"),
        ("h1 = 0", "-max(x1 - x2, 0)", "only what is taken off is left"),
        ("h2 = 0", "x1", "nothing is taken off: y is x1, also where x2 is smaller"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = 1", "1 - max(x1 - x2, 0)", "1 is put forward, but only x1 - x2 is taken off"),
        ("x2->h2 = 0", "0", "x1 is taken off x1"),
        ("x1->h2 = 0", "x1", "h2 can only be pushed down, and stays 0"),
        ("h2->y *= -1", "x1 + max(x1 - x2, 0)", "what should be taken off is added"),
        ("h2.bias = 1", "x2 - 1", "h2 never ends: y is x1 - (x1 - x2 + 1)"),
        ("h2 = h2(1, 0)", "x1 - 1", "the largest excess, taken off everywhere"),
    ],
)

ENTRY = Entry(
    name="min-2",
    title="y = relu(x1) - relu(x1 - x2)",
    story="max-2 adds what is missing, min-2 takes off what is too much: with the same two kinds "
    "of unit and one sign turned round. y is small because of an inhibiting weight, and x2 "
    "reaches y through two minus signs in a row: more of it makes y larger.",
    task=load("min-2"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-unit-each",
            "h1 stands for x1 and h2 for x2: without h1 the other number is left.",
            change(SAID, {"outcomes/h1 = 0/y": "x2"}),
            check="outcomes",
        ),
        Wrong(
            "inhibits-all-the-way",
            "x2 has a negative weight, so without it y is larger.",
            change(SAID, {"outcomes/x2->h2 = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "takes-off-x2",
            "y is x1 less x2, and not below 0.",
            change(SAID, {"outcomes//y": "max(x1 - x2, 0)", "units/y/concept": "max(x1 - x2, 0)"}),
            check="clean",
            right_on_clean=False,
        ),
        Wrong(
            "mirror-image",
            "h1 hands x2 on, and h2 is what x2 has too much.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "0",
                    "weights/x2->h1/value": "1",
                    "weights/x1->h2/value": "-1",
                    "weights/x2->h2/value": "1",
                    "units/h1/expression": "relu(x2)",
                    "units/h2/expression": "relu(x2 - x1)",
                },
            ),
            check="weights",
        ),
        Wrong(
            "switch",
            "h2 is a switch: it only says whether x1 is larger.",
            change(SAID, {"units/h2/concept": "x1 > x2"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It is the smaller number.", "", {"0, 1": "0", "1/4, 1/8": "1/8", "1/2, 1/2": "1/2"}),
        Fact("Below 0 it is not: h1 is no longer x1.", "", {"-1, 0": "0", "-1, -2": "-1"}),
        Fact("Without h2 it is x1.", "h2 = 0", {"1, 0": "1", "0, 1": "0"}),
    ),
    sources=(
        "R. Arora, A. Basu, P. Mianjy and A. Mukherjee, Understanding deep neural networks with "
        "rectified linear units, ICLR 2018: maxima and minima as sums of relu units",
    ),
)
