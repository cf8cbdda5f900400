"""Pitfall: |x| on an interval once more, with one unit that is never clipped."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 65

NETWORK = Network.from_layers(
    [([[1], [1]], [0, 1], "relu"), ([[2, -1]], [1], "identity")],
    units=["turn", "slide"],
    name="abs-ramp",
)

SAID = state(
    "abs-ramp",
    weights={
        "x1->turn": ("1", "excites", "rises to the right of 0"),
        "turn.bias": ("0", "no effect", "the turn is at 0, where the V has its point"),
        "x1->slide": ("1", "scales", "hands x1 on"),
        "slide.bias": ("1", "sets threshold", "lifts x1 so far that nothing is clipped"),
        "turn->y": ("2", "excites", "slope -1 becomes 1"),
        "slide->y": ("-1", "inhibits", "slope -1 from the left end on"),
        "y.bias": ("1", "sets threshold", "takes away the 1 by which x1 was lifted"),
    },
    units={
        "turn": ("relu", "relu(x1)", "max(x1, 0)", "hinge at 0", "how far x1 is to the right of 0"),
        "slide": ("relu", "relu(x1 + 1)", "x1", "carrier", "x1, lifted by 1: never below 0"),
        "y": ("identity", "1 - slide + 2*turn", "abs(x1)", "output", "down to 0, and up again"),
    },
    outcomes=[
        ("", "abs(x1)", "-x1, and 2 x1 more on the right"),
        ("turn = 0", "-x1", "the whole slide, down to -1"),
        ("slide = 0", "1 + 2*max(x1, 0)", "the constant 1 has lost what it balanced"),
        ("turn, slide = 0", "1", "only the bias is left"),
        ("slide.bias = 0", "1 + max(x1, 0)", "now the slide is clipped as well: both are one unit"),
        ("y.bias = 0", "abs(x1) - 1", "the whole V is 1 lower"),
        ("x1->slide = 0", "2*max(x1, 0)", "no slide: flat, and then up with slope 2"),
        ("turn->y *= -1", "-x1 - 2*max(x1, 0)", "down, and three times as steep on the right"),
        ("slide = 1", "2*max(x1, 0)", "the slide is held where x1 is 0"),
        ("turn->y = 1", "max(-x1, 0)", "half the turn: level on the right"),
    ],
)

ENTRY = Entry(
    name="abs-ramp",
    title="y = 1 - relu(x1 + 1) + 2 relu(x1)",
    story="From -1 to 1 this is abs, number for number. There each unit is one arm of the V; here "
    "one unit runs through under both and the other turns it round. No ablation agrees, and "
    "left of -1 not even the function does: the slide is clipped there.",
    task=load("abs"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-arm-each",
            "It is abs: each unit is one arm, and without 'turn' the left arm is left.",
            change(SAID, {"outcomes/turn = 0/y": "max(-x1, 0)"}),
            check="outcomes",
        ),
        Wrong(
            "weights-of-abs",
            "Same outputs, same network: the weights are those of abs.",
            change(
                SAID,
                {
                    "weights/x1->slide/value": "-1",
                    "weights/slide.bias/value": "0",
                    "weights/turn->y/value": "1",
                    "weights/slide->y/value": "1",
                    "weights/y.bias/value": "0",
                    "units/slide/expression": "relu(-x1)",
                    "units/y/expression": "turn + slide",
                },
            ),
            check="weights",
        ),
        Wrong(
            "slide-is-the-left-arm",
            "'slide' rises where x1 is negative: it is the left arm of the V.",
            change(SAID, {"units/slide/concept": "max(-x1, 0)"}),
            check="concepts",
        ),
        Wrong(
            "bias-is-a-detail",
            "y.bias only shifts the V, so the point stays at 0.",
            change(SAID, {"outcomes/y.bias = 0/y": "abs(x1)"}),
            check="outcomes",
        ),
        Wrong(
            "turn-sees-the-sign",
            "'turn' says on which side of 0 the input is.",
            change(SAID, {"units/turn/concept": "x1 > 0"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It is the absolute value.", "", {"-1": "1", "-1/4": "1/4", "0": "0", "1": "1"}),
        Fact("Left of -1 it is level.", "", {"-2": "1", "-10": "1", "2": "2"}),
        Fact("Without 'turn' it goes below 0.", "turn = 0", {"1": "-1", "-1": "1"}),
    ),
    sources=(
        "J. E. Grigsby, K. Lindsey and D. Rolnick, Hidden symmetries of ReLU networks, ICML 2023: "
        "networks of one function that no rescaling connects",
        "described for this zoo: one of the forms that training finds for |x|",
    ),
)
