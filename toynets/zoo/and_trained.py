"""AND, trained: the same unit as by hand, in the units of measurement that weight decay prefers."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 50

NETWORK = Network.from_layers(
    [
        ([[0.7598342895507812, 0.7598341703414917]], [-0.7598289847373962], "relu"),
        ([[1.3160616159439087]], [-2.3370321287075058e-06], "identity"),
    ],
    name="and-trained",
)

SAID = state(
    "and-trained",
    parameters={"a": "0.75983"},
    decision={"threshold": "1/2"},
    tolerance={
        "weights": "0.00003",
        "clean": "0.000007",
        "units": "0.00001",
        "ablations": "0.00005",
    },
    weights={
        "x1->h1": ("a", "excites", "one vote from x1"),
        "x2->h1": ("a", "excites", "one vote from x2"),
        "h1.bias": ("-a", "sets threshold", "sets the threshold of h1: one vote is not enough"),
        "h1->y": ("1/a", "scales", "makes the vote that is left a 1"),
        "y.bias": ("0", "no effect", "nothing is added: y is off unless h1 is on"),
    },
    units={
        "h1": (
            "relu",
            "relu(a*(x1 + x2 - 1))",
            "x1 and x2",
            "detector",
            "two votes minus the threshold: only 11 is above it",
        ),
        "y": ("identity", "h1/a", "x1 and x2", "output", "h1, measured in votes"),
    },
    outcomes=[
        ("", "x1 and x2", "on iff both are on"),
        ("h1 = 0", "0", "y has no other source"),
        ("h1 = mean", "1/4", "h1 is on for one input of four"),
        ("h1.bias = 0", "x1 + x2", "without its threshold h1 counts"),
        ("x1->h1 = 0", "0", "x2 alone never gets above the threshold"),
        ("h1 = 1", "1/a", "a whole unit of h1 is 1/a votes"),
    ],
)

ENTRY = Entry(
    name="and-trained",
    title="y = relu(a (x1 + x2 - 1)) / a,  a = 0.75983",
    story="Training finds the unit that was built by hand, stretched: weights a in, 1/a out. "
    "Any a gives the same function. Weight decay chooses: 3 a^2 + 1/a^2 is "
    "smallest at the fourth root of 1/3, which is 0.7598.",
    task=load("and"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "ones",
            "The weights are 1, 1 and -1, as in the textbook.",
            change(SAID, {"parameters/a": "1"}),
            check="weights",
        ),
        Wrong(
            "bias-is-decoration",
            "The weights do the work; without the bias it is still AND.",
            change(SAID, {"outcomes/h1.bias = 0/y": "x1 and x2"}),
            check="outcomes",
        ),
        Wrong(
            "no-rounding",
            "The trained numbers are exactly the ones of the formula.",
            change(SAID, {f"tolerance/{row}": "0" for row in SAID["tolerance"]}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "half-each",
            "Each input brings its half: without x1's weight, x2 still gets half of y.",
            change(SAID, {"outcomes/x1->h1 = 0/y": "x2/2"}),
            check="outcomes",
        ),
    ),
    trained=recipe("annealed", task="and", hidden=1, activation="relu", seed=120),
    facts=(
        Fact("It is AND to 1/100,000.", "", "0 0 0 1", right=4, within="0.00001"),
        Fact("Without the bias it counts.", "h1.bias = 0", "0 1 1 2", within="0.0001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
