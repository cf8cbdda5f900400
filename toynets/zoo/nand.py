"""NAND: the AND unit, taken off a constant 1."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 12

NETWORK = Network.from_layers(
    [([[1, 1]], [-1], "relu"), ([[-1]], [1], "identity")],
    name="nand",
)

SAID = state(
    "nand",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("1", "excites", "one vote from x1"),
        "x2->h1": ("1", "excites", "one vote from x2"),
        "h1.bias": ("-1", "sets threshold", "sets the threshold of h1: one vote is not enough"),
        "h1->y": ("-1", "inhibits", "turns y off when both are on"),
        "y.bias": ("1", "sets threshold", "y is on unless h1 objects"),
    },
    units={
        "h1": (
            "relu",
            "relu(x1 + x2 - 1)",
            "x1 and x2",
            "detector",
            "on iff both are on, as in the network and",
        ),
        "y": ("identity", "1 - h1", "not (x1 and x2)", "output", "the opposite of h1"),
    },
    outcomes=[
        ("", "not (x1 and x2)", "off iff both are on"),
        ("h1 = 0", "1", "nothing objects, so y is on everywhere"),
        ("h1 = mean", "3/4", "h1 is 1 on one input of four"),
        ("h1.bias = 0", "1 - x1 - x2", "h1 counts, and each input takes one off"),
        ("h1->y *= -1", "1 + (x1 and x2)", "with the sign turned, AND is added"),
        ("y.bias = 0", "0 - (x1 and x2)", "only the objection is left"),
        ("x2 = 1", "1 - x1", "with x2 held on, NAND is NOT"),
    ],
)

ENTRY = Entry(
    name="nand",
    title="y = 1 - relu(x1 + x2 - 1)",
    story="The hidden unit is the AND unit; the last layer turns it over with weight -1 and "
    "bias 1. Every Boolean function can be built from this gate alone. Removing the "
    "hidden unit does not turn y off: it removes the only objection.",
    task=load("nand"),
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
            "flipping-gives-and",
            "The minus sign is the N of NAND: turn it over and the network computes AND.",
            change(SAID, {"outcomes/h1->y *= -1/y": "x1 and x2"}),
            check="outcomes",
        ),
        Wrong(
            "y-bias-idle",
            "A bias only shifts things; y.bias has no effect.",
            change(SAID, {"weights/y.bias/role": "no effect"}),
            check="roles",
        ),
        Wrong(
            "or-of-nots",
            "h1 is on iff at least one input is off.",
            change(SAID, {"units/h1/expression": "not (x1 and x2)"}),
            check="units",
        ),
    ),
    facts=(
        Fact("It is NAND.", "", "1 1 1 0", right=4),
        Fact("Without the hidden unit y is on everywhere.", "h1 = 0", "1 1 1 1", right=3),
        Fact("Turning the sign of h1->y does not give AND.", "h1->y *= -1", "1 1 1 2", right=3),
    ),
    sources=(
        "H. Sheffer, A set of five independent postulates for Boolean algebras, Transactions of "
        "the American Mathematical Society 14 (1913) 481-488: one operation is enough",
    ),
)
