"""|x| from two ramps, one for each side of the kink."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 40

NETWORK = Network.from_layers(
    [([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")],
    name="abs",
)

SAID = state(
    "abs",
    weights={
        "x1->h1": ("1", "excites", "h1 rises to the right"),
        "h1.bias": ("0", "no effect", "h1 begins at 0, where the kink is"),
        "x1->h2": ("-1", "inhibits", "h2 rises to the left"),
        "h2.bias": ("0", "no effect", "h2 begins at 0, where the kink is"),
        "h1->y": ("1", "excites", "the slope on the right is 1"),
        "h2->y": ("1", "excites", "the slope on the left is -1 times -1"),
        "y.bias": ("0", "no effect", "the kink is at height 0"),
    },
    units={
        "h1": ("relu", "relu(x1)", "max(x1, 0)", "hinge at 0", "x1 where that is positive"),
        "h2": ("relu", "relu(-x1)", "max(-x1, 0)", "hinge at 0", "-x1 where that is positive"),
        "y": ("identity", "h1 + h2", "abs(x1)", "output", "on each side only one ramp is up"),
    },
    outcomes=[
        ("", "abs(x1)", "one ramp for each side"),
        ("h1 = 0", "max(-x1, 0)", "only the left side is left"),
        ("h2 = 0", "max(x1, 0)", "only the right side is left"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1.pre = 0", "max(-x1, 0)", "relu(0) is 0: for this unit the same as h1 = 0"),
        ("x1->h2 *= -1", "2*max(x1, 0)", "both ramps rise to the right"),
        ("h2->y *= -1", "x1", "the kink is gone: a straight line"),
        ("h1.bias = 1", "x1 + 1 + max(-x1, 0)", "h1 begins at -1, and is up on the whole interval"),
        ("h2 = h2(-1)", "max(x1, 0) + 1", "the value of h2 from -1, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="abs",
    title="y = relu(x1) + relu(-x1)",
    story="Each unit is a straight line that has been bent flat on one side. h1 is the right "
    "arm of the V and h2 the left arm; at every x1 one of them is 0. The V has one "
    "kink, but no single relu can make it.",
    task=load("abs"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "straight-line",
            "h1 carries x1 and h2 bends it: without h2 the straight line x1 is left.",
            change(SAID, {"outcomes/h2 = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "no-relu",
            "h2 is -x1.",
            change(SAID, {"units/h2/expression": "-x1"}),
            check="units",
        ),
        Wrong(
            "other-hinges",
            "A ramp of slope 2 begins at 0, one of slope -1 at -1, where it bends nothing.",
            change(
                SAID,
                {
                    "weights/h1->y/value": "2",
                    "weights/x1->h2/value": "1",
                    "weights/h2.bias/value": "1",
                    "weights/h2->y/value": "-1",
                    "weights/y.bias/value": "1",
                },
            ),
            check="weights",
        ),
        Wrong(
            "left-is-negative",
            "On the left x1 is negative, so h2 pulls y down.",
            change(SAID, {"weights/h2->y/role": "inhibits"}),
            check="roles",
        ),
        Wrong(
            "h1-sees-the-sign",
            "h1 only sees on which side of 0 the input is.",
            change(SAID, {"units/h1/concept": "x1 > 0"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It is the absolute value.", "", {"-1": "1", "-1/2": "1/2", "0": "0", "3/4": "3/4"}),
        Fact("It is so outside the interval as well.", "", {"-7": "7", "100": "100"}),
        Fact("Without h2 the left side is flat.", "h2 = 0", {"-1": "0", "-1/2": "0", "1/2": "1/2"}),
        Fact("With h2 turned over the V is a line.", "h2->y *= -1", {"-1": "-1", "1": "1"}),
    ),
    sources=(
        "R. Arora, A. Basu, P. Mianjy and A. Mukherjee, Understanding deep neural networks with "
        "rectified linear units, ICLR 2018: every piecewise linear function of one input is a sum "
        "of such hinges",
    ),
)
