"""The tent: up with slope 2, and down again with slope -2 from the middle on."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 47

NETWORK = Network.from_layers(
    [([[1], [1]], [0, -0.5], "relu"), ([[2, -4]], [0], "identity")],
    units=["rise", "fold"],
    name="tent",
)

SAID = state(
    "tent",
    weights={
        "x1->rise": ("1", "scales", "hands x1 on"),
        "rise.bias": ("0", "no effect", "the rise begins at 0"),
        "x1->fold": ("1", "excites", "measures how far x1 is past the middle"),
        "fold.bias": ("-1/2", "sets threshold", "the middle is at 1/2"),
        "rise->y": ("2", "excites", "slope 2 from the start"),
        "fold->y": ("-4", "inhibits", "slope 2 becomes 2 - 4 = -2"),
        "y.bias": ("0", "no effect", "the left end is on the ground"),
    },
    units={
        "rise": ("relu", "relu(x1)", "x1", "carrier", "x1 itself, which is never negative here"),
        "fold": (
            "relu",
            "relu(x1 - 1/2)",
            "max(x1, 1/2)",
            "hinge at 1/2",
            "how far x1 is past the middle",
        ),
        "y": ("identity", "2*rise - 4*fold", "abs(x1 - 1/2)", "output", "the tent"),
    },
    outcomes=[
        ("", "1 - abs(2*x1 - 1)", "up to 1 in the middle, and down to 0"),
        ("rise = 0", "-4*max(x1 - 1/2, 0)", "flat, and then down to -2"),
        ("fold = 0", "2*x1", "up and up, to 2"),
        ("rise, fold = 0", "0", "nothing reaches y"),
        ("fold.bias = 0", "-2*x1", "folded at the very start: all the way down"),
        ("fold.bias = -3/4", "2*x1 - 4*max(x1 - 3/4, 0)", "folded later: the right end is at 1"),
        ("fold->y = -2", "min(2*x1, 1)", "half the fold: the roof is flat"),
        ("fold->y *= -1", "2*x1 + 4*max(x1 - 1/2, 0)", "bent up instead: slope 6"),
        ("x1->rise = 0", "-4*max(x1 - 1/2, 0)", "nothing rises"),
        ("rise = rise(1/2)", "1 - 4*max(x1 - 1/2, 0)", "the height of the middle, everywhere"),
    ],
)

ENTRY = Entry(
    name="tent",
    title="y = 2 relu(x1) - 4 relu(x1 - 1/2)",
    story="Not one slope for each side: the rise goes on under the right side as well, and the "
    "fold is twice as steep to win against it. So the right side hangs on both units, and the "
    "weight -4 stands for a slope of -2. Three of these in a row are sawtooth-3.",
    task=load("tent"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-side-each",
            "'rise' is the left side and 'fold' the right: without 'rise' the right side is left.",
            change(SAID, {"outcomes/rise = 0/y": "(x1 > 1/2)*(2 - 2*x1)"}),
            check="outcomes",
        ),
        Wrong(
            "slope-is-the-weight",
            "The right side falls with the weight of 'fold', -4.",
            change(SAID, {"outcomes/fold->y = -2/y": "1 - abs(2*x1 - 1)"}),
            check="outcomes",
        ),
        Wrong(
            "which-side",
            "'fold' says on which side of the middle x1 is.",
            change(SAID, {"units/fold/concept": "x1 > 1/2"}),
            check="concepts",
        ),
        Wrong(
            "rise-stops",
            "'rise' rises up to the middle and stops there.",
            change(SAID, {"units/rise/expression": "min(x1, 1/2)"}),
            check="units",
        ),
        Wrong(
            "two-slopes-of-two",
            "Up with 2, down with -2.",
            change(SAID, {"weights/fold->y/value": "-2"}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact(
            "Both ends are at 0, the middle at 1.",
            "",
            {"0": "0", "1/4": "1/2", "1/2": "1", "1": "0"},
        ),
        Fact("Beyond the ends it is another function.", "", {"-1": "0", "2": "-2"}),
        Fact("Without 'rise' the right side sinks to -2.", "rise = 0", {"1/2": "0", "1": "-2"}),
    ),
    sources=(
        "M. Telgarsky, Benefits of depth in neural networks, COLT 2016: the tent, and its powers",
    ),
)
