"""AND as one relu unit: count the inputs, and let only the second one through."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 10

NETWORK = Network.from_layers(
    [([[1, 1]], [-1], "relu"), ([[1]], [0], "identity")],
    name="and",
)

SAID = state(
    "and",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("1", "excites", "one vote from x1"),
        "x2->h1": ("1", "excites", "one vote from x2"),
        "h1.bias": ("-1", "sets threshold", "sets the threshold of h1: one vote is not enough"),
        "h1->y": ("1", "scales", "passes h1 on as it is"),
        "y.bias": ("0", "no effect", "nothing is added: y is off unless h1 is on"),
    },
    units={
        "h1": (
            "relu",
            "relu(x1 + x2 - 1)",
            "x1 and x2",
            "detector",
            "two votes minus the threshold 1: only 1 + 1 is above it",
        ),
        "y": ("identity", "h1", "x1 and x2", "output", "repeats h1"),
    },
    outcomes=[
        ("", "x1 and x2", "on iff both are on"),
        ("h1 = 0", "0", "y has no other source"),
        ("h1 = mean", "1/4", "h1 is 1 on one input of four: y no longer depends on the input"),
        ("h1.bias = 0", "x1 + x2", "without its threshold h1 counts"),
        ("x1->h1 = 0", "0", "x2 alone never gets above the threshold"),
        ("x1 = 1", "x2", "with x1 held on, y repeats x2"),
        ("h1 = h1(1, 1)", "1", "the value of h1 from input 11, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="and",
    title="y = relu(x1 + x2 - 1)",
    story="Both inputs vote with weight 1, and the bias -1 takes one vote off: what is left "
    "is above 0 only when both voted. The threshold does the work: without the bias the "
    "same unit counts instead of deciding.",
    task=load("and"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "bias-is-decoration",
            "The weights do the work; without the bias it is still AND.",
            change(SAID, {"outcomes/h1.bias = 0/y": "x1 and x2"}),
            check="outcomes",
        ),
        Wrong(
            "half-each",
            "Each input brings its half: without x1's weight, x2 still gets half of y.",
            change(SAID, {"outcomes/x1->h1 = 0/y": "x2/2"}),
            check="outcomes",
        ),
        Wrong(
            "hidden-counter",
            "h1 tells apart none, one and two inputs that are on.",
            change(SAID, {"units/h1/concept": "x1 + x2"}),
            check="concepts",
        ),
        Wrong(
            "perceptron-rule",
            "The weights are 2, 1 and -2, as the perceptron rule finds them: AND has one solution.",
            change(SAID, {"weights/x1->h1/value": "2", "weights/h1.bias/value": "-2"}),
            check="weights",
        ),
    ),
    facts=(
        Fact("It is AND.", "", "0 0 0 1", right=4),
        Fact("Without the bias it counts.", "h1.bias = 0", "0 1 1 2"),
        Fact("Between the corners it is not yes or no.", "", {"1, 1/2": "1/2", "1/2, 1/2": "0"}),
    ),
    sources=(
        "W. McCulloch and W. Pitts, A logical calculus of the ideas immanent in nervous activity, "
        "Bulletin of Mathematical Biophysics 5 (1943) 115-133: gates as threshold units",
    ),
)
