"""Pitfall: a sigmoid that is turned over, and an output that is on because the unit is off."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 73

TASK = Task(
    name="soft-step-from-0",
    title="whether a number is above 0, softly",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.listed([[-2], [-1], [1], [2]]),
    rule=lambda row: (ONE if row[0] > 0 else ZERO,),
    decision={"threshold": "9/20"},
    loss="bce",
    hidden=(1,),
    activation="sigmoid",
    encode="numbers stand for themselves",
)

# The decimals are no float32 numbers, so the nearest ones are stored.
NETWORK = Network.from_layers(
    [([["-1.4"]], [0], "sigmoid"), ([["-0.9"]], ["0.9"], "identity")],
    name="sigmoid-flip",
    round=True,
)

UP = "sigmoid(a*x1)"
DOWN = "sigmoid(-a*x1)"

SAID = state(
    "sigmoid-flip",
    decision={"threshold": "9/20"},
    parameters={"a": "1.4", "v": "0.9"},
    tolerance={
        "weights": "0.00000003",
        "clean": "0.00000003",
        "units": "0.00000003",
        "ablations": "0.00000005",
    },
    weights={
        "x1->h1": ("-a", "inhibits", "a larger x1 makes h1 smaller"),
        "h1.bias": ("0", "no effect", "the middle of the step is at 0"),
        "h1->y": ("-v", "inhibits", "h1 keeps y down while it is on"),
        "y.bias": ("v", "sets threshold", "the height that y has when h1 is off"),
    },
    units={
        "h1": ("sigmoid", DOWN, "x1", "mixed", "a soft step down"),
        "y": ("identity", "v - v*h1", "x1", "output", "what the step down leaves"),
    },
    outcomes=[
        ("", f"v*{UP}", "1 less a step down is a step up"),
        ("h1 = 0", "v", "h1 is 'off', as for a very large x1: y is at its highest"),
        ("h1 = 1", "0", "h1 is 'on', as for a very negative x1: y is at its lowest"),
        ("h1.pre = 0", "v/2", "half on: as for x1 = 0"),
        ("h1 = h1(0)", "v/2", "the value of h1 at 0"),
        ("x1->h1 *= -1", f"v*{DOWN}", "one sign turned: the step goes down"),
        ("x1->h1, h1->y *= -1", f"v + v*{UP}", "both signs turned: a step up, but too high"),
        (
            "x1->h1, h1->y *= -1, y.bias = 0",
            f"v*{UP}",
            "both signs turned and the bias taken away: the same function",
        ),
        ("y.bias = 0", f"-v*{DOWN}", "everything is 0.9 too low"),
        ("x1->h1 = 0", "v/2", "h1 is half on, whatever the input"),
    ],
)

ENTRY = Entry(
    name="sigmoid-flip",
    title="y = v - v σ(-a x1) = v σ(a x1),  a = 1.4, v = 0.9",
    story="σ(-z) = 1 - σ(z): a sigmoid unit can be turned over if a bias takes up the 1, and no "
    "output tells. Ablations do: here the only hidden unit set to 0 leaves y fully on, in the "
    "other form fully off. 'Removed' is not the same as 'says nothing'.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "nothing-left",
            "h1 is the only unit: without it nothing reaches y.",
            change(SAID, {"outcomes/h1 = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "signs-are-free",
            "As with tanh: turning both signs changes nothing.",
            change(SAID, {"outcomes/x1->h1, h1->y *= -1/y": f"v*{UP}"}),
            check="outcomes",
        ),
        Wrong(
            "zero-before-or-after",
            "A pre-activation of 0 and an activation of 0 are the same ablation.",
            change(SAID, {"outcomes/h1.pre = 0/y": "v"}),
            check="outcomes",
        ),
        Wrong(
            "h1-goes-with-y",
            "h1 is the only unit, so it is on when y is: a step up.",
            change(SAID, {"units/h1/expression": UP}),
            check="units",
        ),
        Wrong(
            "unflipped",
            "It is v σ(a x1), so the weights are a, v and no bias.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "a",
                    "weights/h1->y/value": "v",
                    "weights/y.bias/value": "0",
                    "units/h1/expression": UP,
                    "units/y/expression": "v*h1",
                },
            ),
            check="weights",
        ),
    ),
    facts=(
        Fact("It is a soft step up.", "", {"0": "0.45", "2": "0.848408"}, 4, "0.000001"),
        Fact("Without h1 it is fully on.", "h1 = 0", "0.9 0.9 0.9 0.9", within="0.000001"),
        Fact("With h1 at 1 it is off.", "h1 = 1", "0 0 0 0", within="0.000001"),
    ),
    sources=(
        "H. Sussmann, Uniqueness of the weights for minimal feedforward nets with a given "
        "input-output map, Neural Networks 5 (1992) 589-593: sign flips, and what they need",
        "described for this zoo: the flip of a sigmoid keeps the function and no zero ablation",
    ),
)
