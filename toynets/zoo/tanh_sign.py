"""Pitfall: two units with opposite signs that do the same thing."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.rationals import ONE
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 72

TASK = Task(
    name="soft-step",
    title="whether a number is 0 or more, softly",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.listed([[-2], [-1], [0], [1], [2]]),
    rule=lambda row: (ONE if row[0] >= 0 else -ONE,),
    decision={"sign": True},
    loss="bce",
    hidden=(2,),
    activation="tanh",
    encode="numbers stand for themselves",
)

# The decimals are no float32 numbers, so the nearest ones are stored.
NETWORK = Network.from_layers(
    [([["0.7"], ["-0.7"]], ["0.2", "-0.2"], "tanh"), ([["0.6", "-0.6"]], [0], "identity")],
    units=["plus", "minus"],
    name="tanh-sign",
    round=True,
)
T = "tanh(w*x1 + c)"

SAID = state(
    "tanh-sign",
    decision={"sign": True},
    parameters={"w": "0.7", "c": "0.2", "v": "0.6"},
    tolerance={
        "weights": "0.00000003",
        "clean": "0.00000005",
        "units": "0.00000005",
        "ablations": "0.00000005",
    },
    weights={
        "x1->plus": ("w", "excites", "a larger x1 makes 'plus' larger"),
        "plus.bias": ("c", "sets threshold", "puts the middle of the step a little left of 0"),
        "x1->minus": ("-w", "inhibits", "a larger x1 makes 'minus' smaller"),
        "minus.bias": ("-c", "sets threshold", "puts the middle at the same place"),
        "plus->y": ("v", "excites", "half of the step"),
        "minus->y": ("-v", "inhibits", "turns 'minus' round: the other half"),
        "y.bias": ("0", "no effect", "the step is as far above 0 as below"),
    },
    units={
        "plus": ("tanh", T, "x1", "duplicate of minus", "a soft step up"),
        "minus": ("tanh", f"-{T}", "x1", "duplicate of plus", "the same step, upside down"),
        "y": ("identity", "v*plus - v*minus", "x1", "output", "two halves of one step"),
    },
    outcomes=[
        ("", f"2*v*{T}", "minus times minus is plus: both units push the same way"),
        ("plus = 0", f"v*{T}", "half of the step is left"),
        ("minus = 0", f"v*{T}", "the same half"),
        ("plus, minus = 0", "0", "nothing reaches y"),
        (
            "x1->minus, minus.bias, minus->y *= -1",
            f"2*v*{T}",
            "all signs of the unit turned: not one number of y changes",
        ),
        ("minus->y *= -1", "0", "one sign turned: now they cancel"),
        ("x1->minus *= -1", f"v*{T} - v*tanh(w*x1 - c)", "the two steps face each other"),
        ("plus.bias = 0", f"v*tanh(w*x1) + v*{T}", "one half moves to the middle"),
        ("plus = 1", f"v + v*{T}", "'plus' at its upper end"),
        ("plus = plus(0)", f"v*tanh(c) + v*{T}", "'plus' as at 0, for every input"),
    ],
)

ENTRY = Entry(
    name="tanh-sign",
    title="y = v tanh(w x1 + c) - v tanh(-w x1 - c),  w = 0.7, c = 0.2, v = 0.6",
    story="'plus' has the weights 0.7, 0.2 and 0.6, 'minus' has -0.7, -0.2 and -0.6, and they do "
    "exactly the same, clean and under every ablation. Of a tanh unit no single sign means "
    "anything, only the product along a way. Of a sigmoid that is not true: sigmoid-flip.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "minus-lowers-y",
            "'minus' has a negative weight, so without it y is larger.",
            change(SAID, {"outcomes/minus = 0/y": f"3*v*{T}"}),
            check="outcomes",
        ),
        Wrong(
            "turned-unit-turned-effect",
            "With all signs of 'minus' turned it works against 'plus', and y is 0.",
            change(SAID, {"outcomes/x1->minus, minus.bias, minus->y *= -1/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "backup",
            "They do the same, so 'minus' is only there in case 'plus' fails.",
            change(SAID, {"units/minus/role": "backup"}),
            check="roles",
        ),
        Wrong(
            "one-side-each",
            "'plus' stands for positive x1, 'minus' for negative.",
            change(SAID, {"units/plus/concept": "x1 > 0", "units/minus/concept": "x1 < 0"}),
            check="concepts",
        ),
        Wrong(
            "tanh-is-a-line",
            "For numbers as small as these tanh is a straight line.",
            change(
                SAID, {"units/plus/expression": "w*x1 + c", "units/minus/expression": "-w*x1 - c"}
            ),
            check="units",
        ),
    ),
    facts=(
        Fact("It is a soft step.", "", {"0": "0.236850", "2": "1.106002"}, 5, "0.000001"),
        Fact(
            "Half of it is left without 'plus'.", "plus = 0", {"0": "0.118425"}, within="0.000001"
        ),
        Fact("And as much without 'minus'.", "minus = 0", {"0": "0.118425"}, within="0.000001"),
        Fact("One sign turned, and all is gone.", "minus->y *= -1", "0 0 0 0 0", within="0.000001"),
    ),
    sources=(
        "R. Hecht-Nielsen, On the algebraic structure of feedforward network weight spaces, in "
        "Advanced Neural Computers, 1990: sign flips of tanh units",
    ),
)
