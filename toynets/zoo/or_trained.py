"""OR, trained with tanh: one soft step, placed between no input and one."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 200

NETWORK = Network.from_layers(
    [
        ([[2.7040865421295166, 2.704099178314209]], [-1.3204699754714966], "tanh"),
        ([[7.078779220581055]], [0.34949150681495667], "sigmoid"),
    ],
    name="or-trained",
)

H1 = "tanh(a*(x1 + x2) - c)"

SAID = state(
    "or-trained",
    parameters={"a": "2.704", "c": "1.32", "v": "7.08", "b": "0.35"},
    decision={"threshold": "1/2"},
    # A soft step takes many values; what a unit stands for is what decisions notice of it.
    metric={"concepts": "decision"},
    tolerance={"weights": "0.002", "clean": "0.000003", "units": "0.0002", "ablations": "0.0002"},
    weights={
        "x1->h1": ("a", "excites", "one input lifts h1 over its step"),
        "x2->h1": ("a", "excites", "the other does so as well"),
        "h1.bias": ("-c", "sets threshold", "puts the step half way between 0 and 1 inputs"),
        "h1->y": ("v", "scales", "makes the step a decision: -1 is no, 1 is yes"),
        "y.bias": ("b", "sets threshold", "yes if in doubt: three inputs of four are yes"),
    },
    units={
        "h1": ("tanh", H1, "x1 or x2", "counter", "a step up between 0 and 1 inputs"),
        "y": ("sigmoid", "sigmoid(v*h1 + b)", "x1 or x2", "output", "how sure it is of a yes"),
    },
    outcomes=[
        ("", f"sigmoid(v*{H1} + b)", "yes as soon as one input is on"),
        ("h1 = 0", "sigmoid(b)", "0 is in doubt, not off: a weak yes to everything"),
        ("h1 = -1", "sigmoid(b - v)", "a tanh unit that is off is -1: no to everything"),
        ("h1.bias = 0", "sigmoid(v*tanh(a*(x1 + x2)) + b)", "00 is now in doubt: a weak yes"),
        ("x1->h1 = 0", "sigmoid(v*tanh(a*x2 - c) + b)", "y follows x2 alone"),
        ("h1->y *= -1", f"sigmoid(b - v*{H1})", "NOR: the same step, turned over"),
        ("h1 = h1(0, 1)", "sigmoid(v*tanh(a - c) + b)", "h1 as on input 01: yes to everything"),
    ],
)

ENTRY = Entry(
    name="or-trained",
    title="y = σ(v tanh(a (x1 + x2) - c) + b)",
    story="One soft step between 'none' and 'one'; a second input changes almost nothing, which "
    "is what makes the sum an OR. Zero is the middle of a tanh: h1 = 0 is not 'off' but 'in "
    "doubt', and y then says yes to everything, weakly.",
    task=load("or"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "zero-is-off",
            "Setting h1 to 0 turns it off, so y is off.",
            change(SAID, {"outcomes/h1 = 0/y": "sigmoid(b - v)"}),
            check="outcomes",
        ),
        Wrong(
            "counts",
            "h1 counts the inputs, so y can tell one from two.",
            change(SAID, {"units/h1/concept": "x1 + x2"}),
            check="concepts",
        ),
        Wrong(
            "bias-idle",
            "The small bias of the output is noise of the training: without it nothing changes.",
            change(SAID, {"outcomes/y.bias = 0/y": f"sigmoid(v*{H1} + b)"}),
            check="outcomes",
        ),
        Wrong(
            "positive-only",
            "An OR only ever excites: h1 starts from 0 and its bias does nothing.",
            change(SAID, {"weights/h1.bias/role": "no effect"}),
            check="roles",
        ),
    ),
    trained=recipe("classify", task="or", hidden=1, activation="tanh", seed=0),
    facts=(
        Fact("It decides all four inputs right.", "", "0.00306 0.9986 0.9986 0.9994", 4, "0.0001"),
        Fact("With h1 at 0 it says yes to all.", "h1 = 0", right=3),
        Fact("With h1 at -1 it says no to all.", "h1 = -1", right=1),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
