"""Pitfall: an answer behind a threshold, where two kinds of ablation look like one."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 74

NETWORK = Network.from_layers(
    [
        ([[1, -1], [-1, 1]], [0, 0], "relu"),
        ([[1, 1]], ["-1/2"], "step"),
    ],
    name="behind-a-threshold",
)

UP, DOWN = "x1 and not x2", "x2 and not x1"

SAID = state(
    "behind-a-threshold",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("1", "excites", "h1 wants x1"),
        "x2->h1": ("-1", "inhibits", "and not x2"),
        "h1.bias": ("0", "no effect", "h1 begins where x1 exceeds x2"),
        "x1->h2": ("-1", "inhibits", "h2 does not want x1"),
        "x2->h2": ("1", "excites", "it wants x2"),
        "h2.bias": ("0", "no effect", "h2 begins where x2 exceeds x1"),
        "h1->y": ("1", "excites", "x1 alone is a yes"),
        "h2->y": ("1", "excites", "x2 alone is a yes"),
        "y.bias": ("-1/2", "no effect", "0 and 1 are on either side of any threshold between"),
    },
    units={
        "h1": ("relu", "relu(x1 - x2)", UP, "detector", "x1 alone"),
        "h2": ("relu", "relu(x2 - x1)", DOWN, "detector", "x2 alone"),
        "y": ("step", "step(h1 + h2 - 1/2)", "x1 != x2", "output", "whether either of them is on"),
    },
    outcomes=[
        ("", "x1 != x2", "one of the two units is on"),
        ("h1 = 0", DOWN, "x1 alone is no longer noticed"),
        ("h2 = 0", UP, "x2 alone is no longer noticed"),
        ("h1 = mean", DOWN, "1/4 instead of 0, below the threshold: the same answers"),
        ("h2 = mean", UP, "the same answers as with 0"),
        ("h1, h2 = mean", "0", "1/4 and 1/4 is 1/2, and a step begins above it"),
        ("h1 = 1", "1", "above the threshold, whatever the input"),
        ("h1 = 0, h1->y = 0", DOWN, "nothing is left of h1 either way"),
        ("h1 = mean, y.bias = 0", "1", "with another threshold the mean alone says yes"),
        ("h1 = 0, y.bias = 0", DOWN, "and 0 does not"),
        ("h1->y = 1/4", DOWN, "h1 is 1 still, and is not heard"),
    ],
)

ENTRY = Entry(
    name="behind-a-threshold",
    title="y = step(relu(x1 - x2) + relu(x2 - x1) - 1/2)",
    story="XOR, but only its yes or no is seen. Taking a unit away and holding it at its mean give "
    "the same answer on every input, and one might think that the kind of ablation does not "
    "matter. Before the step they differ by 1/4, and another threshold brings it out.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "kinds-agree",
            "Zero and mean agree on every input, so they agree with any threshold.",
            change(SAID, {"outcomes/h1 = mean, y.bias = 0/y": DOWN}),
            check="outcomes",
        ),
        Wrong(
            "mean-is-mild",
            "The mean is a typical value: with it nothing changes.",
            change(SAID, {"outcomes/h1 = mean/y": "x1 != x2"}),
            check="outcomes",
        ),
        Wrong(
            "adds-up",
            "If h1 at its mean changes nothing but x1 alone, both at their means change nothing "
            "but x1 alone and x2 alone, and 11 and 00 stay off for the same reason: y is 1/2.",
            change(SAID, {"outcomes/h1, h2 = mean/y": "1/2"}),
            check="outcomes",
        ),
        Wrong(
            "either-of-two",
            "h1 is on where x1 is.",
            change(SAID, {"units/h1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "threshold-at-zero",
            "A step needs no bias: the units are 0 or 1.",
            change(SAID, {"weights/y.bias/value": "0", "units/y/expression": "step(h1 + h2)"}),
            check="weights",
        ),
        Wrong(
            "bias-decides",
            "The threshold makes the answer: without it the answer changes.",
            change(SAID, {"weights/y.bias/role": "sets threshold"}),
            check="roles",
        ),
    ),
    facts=(
        Fact("It is XOR.", "", "0 1 1 0", right=4),
        Fact("Without h1, 10 is missed.", "h1 = 0", "0 1 0 0", right=3),
        Fact("With h1 at its mean, 10 is missed, and no other.", "h1 = mean", "0 1 0 0", right=3),
        Fact("At threshold 0 they differ.", "h1 = mean, y.bias = 0", "1 1 1 1", right=2),
    ),
    sources=("described for this zoo: agreement in the answer hides values",),
)
