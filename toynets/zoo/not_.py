"""NOT as one relu unit: a bias that the input takes away."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 13

NETWORK = Network.from_layers(
    [([[-1]], [1], "relu"), ([[1]], [0], "identity")],
    name="not",
)

SAID = state(
    "not",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("-1", "inhibits", "x1 takes away all that the bias gives"),
        "h1.bias": ("1", "sets threshold", "turns h1 on when nothing comes in"),
        "h1->y": ("1", "scales", "passes h1 on as it is"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "h1": ("relu", "relu(1 - x1)", "not x1", "detector", "on iff x1 is off"),
        "y": ("identity", "h1", "not x1", "output", "repeats h1"),
    },
    outcomes=[
        ("", "not x1", "the bias, unless x1 takes it away"),
        ("h1 = 0", "0", "y has no other source"),
        ("h1 = mean", "1/2", "h1 is on for one input of two"),
        ("x1->h1 = 0", "1", "nothing takes the bias away"),
        ("x1->h1 *= -1", "1 + x1", "x1 adds to the bias"),
        ("h1.bias = 0", "0", "the unit gets 0 or -1, and relu makes both 0"),
    ],
)

ENTRY = Entry(
    name="not",
    title="y = relu(1 - x1)",
    story="The smallest network that says something: the bias turns the unit on, and the "
    "input turns it off. The weight is negative, but the 1 comes from the bias: a unit "
    "whose input is 0 can only say what its bias says.",
    task=load("not"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "weight-alone-negates",
            "The weight -1 does the negating; without the bias y is -x1.",
            change(SAID, {"outcomes/h1.bias = 0/y": "-x1"}),
            check="outcomes",
        ),
        Wrong(
            "nothing-in-nothing-out",
            "If the only weight from the input is cut, nothing comes out.",
            change(SAID, {"outcomes/x1->h1 = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "bias-idle",
            "A bias only shifts things; it has no effect.",
            change(SAID, {"weights/h1.bias/role": "no effect"}),
            check="roles",
        ),
        Wrong(
            "steeper",
            "The weight is -2: the input must be stronger than the bias to win.",
            change(SAID, {"weights/x1->h1/value": "-2"}),
            check="weights",
        ),
    ),
    facts=(
        Fact("It is NOT.", "", "1 0", right=2),
        Fact("Without the weight y is on everywhere.", "x1->h1 = 0", "1 1", right=1),
        Fact(
            "Half an input is half a no; two inputs' worth is still no.",
            "",
            {"1/2": "1/2", "2": "0"},
        ),
    ),
    sources=(
        "W. McCulloch and W. Pitts, A logical calculus of the ideas immanent in nervous activity, "
        "Bulletin of Mathematical Biophysics 5 (1943) 115-133: inhibition as a gate",
    ),
)
