"""A number held between 0 and 1: a ramp that begins, and a second one that ends it."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 44

NETWORK = Network.from_layers(
    [([[1], [1]], [0, -1], "relu"), ([[1, -1]], [0], "identity")],
    name="clip",
)

SAID = state(
    "clip",
    weights={
        "x1->h1": ("1", "excites", "h1 rises to the right"),
        "h1.bias": ("0", "no effect", "h1 begins at 0, where y shall begin"),
        "x1->h2": ("1", "excites", "h2 rises to the right"),
        "h2.bias": ("-1", "sets threshold", "h2 begins at 1, where y shall end"),
        "h1->y": ("1", "excites", "slope 1 from 0 on"),
        "h2->y": ("-1", "inhibits", "slope 0 again from 1 on"),
        "y.bias": ("0", "no effect", "the lower end is 0"),
    },
    units={
        "h1": ("relu", "relu(x1)", "max(x1, 0)", "hinge at 0", "how far x1 is above 0"),
        "h2": ("relu", "relu(x1 - 1)", "max(x1, 1)", "hinge at 1", "how far x1 is above 1"),
        "y": ("identity", "h1 - h2", "min(max(x1, 0), 1)", "output", "a ramp with two ends"),
    },
    outcomes=[
        ("", "min(max(x1, 0), 1)", "above 1 both ramps rise, and cancel"),
        ("h1 = 0", "-max(x1 - 1, 0)", "only the brake is left"),
        ("h2 = 0", "max(x1, 0)", "the ramp goes on beyond 1"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        (
            "h1.bias = 1",
            "max(x1 + 1, 0) - max(x1 - 1, 0)",
            "the ramp begins at -1 and goes up to 2",
        ),
        ("h2.bias = 0", "0", "the brake begins with the ramp"),
        ("x1->h2 = 0", "max(x1, 0)", "the brake never begins"),
        ("h2->y *= -1", "max(x1, 0) + max(x1 - 1, 0)", "from 1 on twice as steep"),
        ("h2 = 1", "max(x1, 0) - 1", "the brake of x1 = 2, put in everywhere"),
        ("x1->h1 *= -1", "max(-x1, 0) - max(x1 - 1, 0)", "h1 now rises to the left"),
    ],
)

ENTRY = Entry(
    name="clip",
    title="y = relu(x1) - relu(x1 - 1)",
    story="h1 does not stop at 1: it goes on, and h2 takes off exactly what is too much. That y "
    "is level beyond 1 is a balance of two growing numbers, not a limit of any unit; cut one "
    "weight, and it grows without end. clip-flipped is the same function, otherwise balanced.",
    task=load("clip"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "h1-is-limited",
            "h1 is the ramp from 0 to 1; h2 only matters beyond, where h1 is full.",
            change(SAID, {"units/h1/expression": "min(max(x1, 0), 1)"}),
            check="units",
        ),
        Wrong(
            "one-end-each",
            "h1 holds the lower end, h2 the upper: without h1 the upper end is still held.",
            change(SAID, {"outcomes/h1 = 0/y": "min(x1, 1)"}),
            check="outcomes",
        ),
        Wrong(
            "flipped",
            "y is 1 less what is missing, as in clip-flipped.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "-1",
                    "weights/h1.bias/value": "1",
                    "weights/x1->h2/value": "-1",
                    "weights/h2.bias/value": "0",
                    "weights/h1->y/value": "-1",
                    "weights/h2->y/value": "1",
                    "weights/y.bias/value": "1",
                    "units/h1/expression": "relu(1 - x1)",
                    "units/h2/expression": "relu(-x1)",
                    "units/y/expression": "1 - h1 + h2",
                },
            ),
            check="weights",
        ),
        Wrong(
            "alarm",
            "h2 only reports that x1 is above 1.",
            change(SAID, {"units/h2/concept": "x1 > 1"}),
            check="concepts",
        ),
        Wrong(
            "hinge-at-zero",
            "A relu bends at 0, so h2 does.",
            change(SAID, {"units/h2/role": "hinge at 0"}),
            check="roles",
        ),
    ),
    facts=(
        Fact("It holds its input between 0 and 1.", "", {"-1": "0", "1/4": "1/4", "2": "1"}),
        Fact("It does so however far out.", "", {"-1000": "0", "1000": "1"}),
        Fact("Without h2 the upper end is open.", "h2 = 0", {"-1": "0", "2": "2"}),
        Fact("Without h1 y is never above 0.", "h1 = 0", {"1/2": "0", "2": "-1"}),
    ),
    sources=("described for this zoo: the hard sigmoid as a difference of two relu units",),
)
