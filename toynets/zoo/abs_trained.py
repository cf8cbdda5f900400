"""|x|, trained: two ramps that meet at 0, found with slopes of very nearly 1."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 56

NETWORK = Network.from_layers(
    [
        (
            [[1.000002384185791], [-0.9999664425849915]],
            [5.891465093554871e-11, 6.746221636877436e-12],
            "relu",
        ),
        ([[0.9999765157699585, 1.0000125169754028]], [1.1175815416208934e-05], "identity"),
    ],
    name="abs-trained",
)

SAID = state(
    "abs-trained",
    tolerance={
        "weights": "0.00004",
        "clean": "0.00002",
        "units": "0.00004",
        "ablations": "0.00004",
    },
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
        ("h2->y *= -1", "x1", "the kink is gone: a straight line"),
        ("h2 = h2(-1)", "max(x1, 0) + 1", "the value of h2 from -1, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="abs-trained",
    title="y = relu(x1) + relu(-x1), to 1/25,000",
    story="Trained on 17 points, it is |x1| on the whole interval, because two ramps can do "
    "nothing else between the points. This seed puts both hinges at 0; others put one "
    "at an end of the interval, where it bends nothing.",
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
            "exactly-one",
            "The slopes are exactly 1.",
            change(SAID, {f"tolerance/{row}": "0" for row in SAID["tolerance"]}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "left-is-negative",
            "On the left x1 is negative, so h2 pulls y down.",
            change(SAID, {"weights/h2->y/role": "inhibits"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="abs", hidden=2, activation="relu", seed=0),
    facts=(
        Fact(
            "It is the absolute value, also between the points that it was trained on.",
            "",
            {"-1": "1", "-1/3": "1/3", "0": "0", "1/7": "1/7", "1": "1"},
            within="0.00002",
        ),
        Fact(
            "Without h2 the left side is flat.", "h2 = 0", {"-1": "0", "1": "1"}, within="0.00004"
        ),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
