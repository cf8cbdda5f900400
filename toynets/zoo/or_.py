"""OR as one relu unit: see whether nothing is on, and take that off."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 11

NETWORK = Network.from_layers(
    [([[-1, -1]], [1], "relu"), ([[-1]], [1], "identity")],
    name="or",
)

SAID = state(
    "or",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("-1", "inhibits", "x1 alone is enough to silence h1"),
        "x2->h1": ("-1", "inhibits", "x2 alone is enough to silence h1"),
        "h1.bias": ("1", "sets threshold", "keeps h1 on as long as nothing speaks against it"),
        "h1->y": ("-1", "inhibits", "turns y off when nothing is on"),
        "y.bias": ("1", "sets threshold", "y is on unless h1 objects"),
    },
    units={
        "h1": (
            "relu",
            "relu(1 - x1 - x2)",
            "not (x1 or x2)",
            "detector",
            "on iff nothing is on: each input takes off all that the bias gives",
        ),
        "y": ("identity", "1 - h1", "x1 or x2", "output", "the opposite of h1"),
    },
    outcomes=[
        ("", "x1 or x2", "on iff h1 is off"),
        ("h1 = 0", "1", "nothing objects, so y is on everywhere"),
        ("h1 = mean", "3/4", "h1 is 1 on one input of four"),
        ("h1.bias = 0", "1", "without its bias h1 is never on"),
        ("x1->h1 = 0", "x2", "only x2 can silence h1 now"),
        ("y.bias = 0", "(x1 or x2) - 1", "h1's objection is all that is left"),
        ("h1 = h1(0, 0)", "0", "the value of h1 from input 00, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="or",
    title="y = 1 - relu(1 - x1 - x2)",
    story="The unit is on when nothing is on, and y is its opposite. All weights into and out "
    "of the unit are negative, yet each input turns y on: two minus signs along a path "
    "make a plus. Adding the inputs would not do: at 11 it gives 2.",
    task=load("or"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "off-means-zero",
            "Without its only hidden unit the network has nothing to say: y is 0.",
            change(SAID, {"outcomes/h1 = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "sign-is-the-effect",
            "x1 turns y on, so its weight excites.",
            change(SAID, {"weights/x1->h1/role": "excites"}),
            check="roles",
        ),
        Wrong(
            "no-relu",
            "The unit is never negative here, so the relu can be left out.",
            change(SAID, {"units/h1/expression": "1 - x1 - x2"}),
            check="units",
        ),
        Wrong(
            "nand-numbers",
            "The unit fires when both are on, and y is its opposite.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "1",
                    "weights/x2->h1/value": "1",
                    "weights/h1.bias/value": "-1",
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It is OR.", "", "0 1 1 1", right=4),
        Fact("Without the hidden unit y is on everywhere.", "h1 = 0", "1 1 1 1", right=3),
        Fact("Half an input is half a yes.", "", {"1/2, 0": "1/2", "1/2, 1/2": "1"}),
    ),
    sources=(
        "W. McCulloch and W. Pitts, A logical calculus of the ideas immanent in nervous activity, "
        "Bulletin of Mathematical Biophysics 5 (1943) 115-133: gates as threshold units",
    ),
)
