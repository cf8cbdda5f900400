"""The larger of two numbers: one of them, and what the other has on top."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 41

NETWORK = Network.from_layers(
    [([[1, -1], [0, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")],
    name="max-2",
)

SAID = state(
    "max-2",
    weights={
        "x1->h1": ("1", "excites", "speaks for 'x1 is larger'"),
        "x2->h1": ("-1", "inhibits", "what x2 has already is not counted twice"),
        "h1.bias": ("0", "no effect", "h1 begins where the inputs are equal"),
        "x1->h2": ("0", "no effect", "no connection: h2 belongs to x2"),
        "x2->h2": ("1", "scales", "hands x2 on"),
        "h2.bias": ("0", "no effect", "x2 is not shifted"),
        "h1->y": ("1", "excites", "adds what x1 has on top"),
        "h2->y": ("1", "excites", "adds x2"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "h1": (
            "relu",
            "relu(x1 - x2)",
            "max(x1 - x2, 0)",
            "comparator",
            "by how much x1 is larger than x2",
        ),
        "h2": ("relu", "relu(x2)", "x2", "carrier", "x2 itself, which is never negative here"),
        "y": ("identity", "h1 + h2", "max(x1, x2)", "output", "x2, and what x1 has on top"),
    },
    outcomes=[
        ("", "max(x1, x2)", "x2 + (x1 - x2) where x1 is larger, else x2"),
        ("h1 = 0", "x2", "nobody compares: y is x2"),
        ("h2 = 0", "max(x1 - x2, 0)", "only the lead of x1 is left, not x1"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("x2->h1 = 0", "x1 + x2", "the lead is counted from 0: y is the sum"),
        ("x2->h2 = 0", "max(x1 - x2, 0)", "h2 has no input left"),
        ("x1->h1 = 0", "x2", "h1 can only be pushed down"),
        ("h1->y *= -1", "x2 - max(x1 - x2, 0)", "the lead of x1 is taken off"),
        ("h1 = h1(1, 0)", "1 + x2", "the largest lead, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="max-2",
    title="y = relu(x1 - x2) + relu(x2)",
    story="h2 hands x2 on; h1 is the lead of x1 over x2, or 0. Their sum is the larger of the "
    "two. The inputs are treated alike by the function and not by the network: no "
    "weight shows the symmetry. It holds on the unit square; where x2 is negative h2 is "
    "no longer x2.",
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
                    "weights/x1->h1/value": "-1",
                    "weights/x2->h1/value": "1",
                    "weights/x1->h2/value": "1",
                    "weights/x2->h2/value": "0",
                },
            ),
            check="weights",
        ),
        Wrong(
            "switch",
            "h1 is a switch: it only says whether x1 is larger.",
            change(SAID, {"units/h1/concept": "x1 > x2"}),
            check="concepts",
        ),
        Wrong(
            "x2-both-ways",
            "x2 reaches y once positively and once negatively, so the two cancel: x2->h1 is idle.",
            change(SAID, {"outcomes/x2->h1 = 0/y": "max(x1, x2)"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("It is the larger number.", "", {"0, 1": "1", "1/4, 1/8": "1/4", "1/2, 1/2": "1/2"}),
        Fact("Below 0 it is not: h2 is no longer x2.", "", {"-1, -2": "1", "0, -1": "1"}),
        Fact("Without x2->h1 it adds.", "x2->h1 = 0", {"1/2, 1/4": "3/4", "1, 1": "2"}),
    ),
    sources=(
        "R. Arora, A. Basu, P. Mianjy and A. Mukherjee, Understanding deep neural networks with "
        "rectified linear units, ICLR 2018: maxima as sums of relu units",
    ),
)
