"""XOR, trained with tanh: two soft steps around "the inputs are equal", one taken off the other."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 53

NETWORK = Network.from_layers(
    [
        (
            [
                [1.2735424041748047, -1.2735458612442017],
                [1.2735844850540161, -1.273584246635437],
            ],
            [-0.6774482131004333, 0.6774768829345703],
            "tanh",
        ),
        ([[1.326931118965149, -1.326918363571167]], [1.565429925918579], "identity"),
    ],
    name="xor-tanh",
)

D = "(x1 - x2)"
H1 = f"tanh(a*{D} - c)"
H2 = f"tanh(a*{D} + c)"

SAID = state(
    "xor-tanh",
    parameters={"a": "1.2736", "c": "0.6775", "v": "1.3269", "b": "1.5654"},
    decision={"threshold": "1/2"},
    # A soft step takes many values; what a unit stands for is what decisions notice of it.
    metric={"concepts": "decision"},
    tolerance={
        "weights": "0.00006",
        "clean": "0.00007",
        "units": "0.00007",
        "ablations": "0.00008",
    },
    weights={
        "x1->h1": ("a", "excites", "speaks for 'x1 is larger'"),
        "x2->h1": ("-a", "inhibits", "speaks against it, as strongly"),
        "h1.bias": ("-c", "sets threshold", "puts the step of h1 above d = 0"),
        "x1->h2": ("a", "excites", "speaks for 'x1 is larger'"),
        "x2->h2": ("-a", "inhibits", "speaks against it, as strongly"),
        "h2.bias": ("c", "sets threshold", "puts the step of h2 below d = 0"),
        "h1->y": ("v", "excites", "brings y up again above d = 0"),
        "h2->y": ("-v", "inhibits", "brings y down from d = -1 to d = 0"),
        "y.bias": ("b", "sets threshold", "as high as the dip between the two steps is deep"),
    },
    units={
        "h1": ("tanh", H1, "x1 and not x2", "comparator", "a step up between d = 0 and d = 1"),
        "h2": ("tanh", H2, "not (x2 and not x1)", "comparator", "a step up before d = 0"),
        "y": ("identity", "b + v*(h1 - h2)", "x1 != x2", "output", "level 1 with a dip at d = 0"),
    },
    outcomes=[
        ("", "x1 != x2", "down by the one step, up by the other"),
        ("h1 = 0", f"b - v*{H2}", "never up again: 'x1 implies x2'; 00 and 11 give b/2"),
        ("h2 = 0", f"b + v*{H1}", "never down: 'x2 implies x1'; 00 and 11 give b/2"),
        ("h1, h2 = 0", "b", "y is the bias, and so always on"),
        ("h1 = -1", f"b - v - v*{H2}", "a tanh unit that is off is -1, not 0"),
        ("h1.bias = 0", f"b + v*(tanh(a*{D}) - {H2})", "the step of h1 moves to d = 0"),
        ("x2->h1 = 0", f"b + v*(tanh(a*x1 - c) - {H2})", "h1 follows x1 alone"),
        ("h1->y *= -1", f"b - v*({H1} + {H2})", "two steps down: a staircase instead of a dip"),
        ("h1 = h1(1, 0)", f"b + v*(tanh(a - c) - {H2})", "h1 as on input 10, everywhere"),
    ],
)

ENTRY = Entry(
    name="xor-tanh",
    title="y = b + v (tanh(a d - c) - tanh(a d + c)),  d = x1 - x2",
    story="Both units look at the same difference and step up at different places: h2 before "
    "d = 0, h1 after it. y is high, goes down with h2 and comes back with h1. Four "
    "numbers fit all nine. Zero is the middle of a tanh, not off: without h1, 00 and 11 "
    "give b/2.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "like-relu",
            "h1 is on for 10 alone, so without it only 10 is lost, and the rest stays as it was.",
            change(SAID, {"outcomes/h1 = 0/y": "x2 and not x1"}),
            check="outcomes",
        ),
        Wrong(
            "zero-is-off",
            "Setting h1 to 0 turns it off: the same as its lowest value, -1.",
            change(SAID, {"outcomes/h1 = 0/y": f"b - v - v*{H2}"}),
            check="outcomes",
        ),
        Wrong(
            "saturated",
            "The units are switches: 1 or -1.",
            change(
                SAID,
                {
                    "units/h1/expression": "2*(x1 and not x2) - 1",
                    "units/h2/expression": "1 - 2*(x2 and not x1)",
                },
            ),
            check="units",
        ),
        Wrong(
            "same-unit-twice",
            "h1 and h2 see the same difference, so one is a copy of the other.",
            change(SAID, {"units/h2/role": "duplicate of h1"}),
            check="roles",
        ),
        Wrong(
            "one-unit-each",
            "Two inputs, two units: h1 stands for x1 and h2 for x2.",
            change(SAID, {"units/h1/concept": "x1", "units/h2/concept": "x2"}),
            check="concepts",
        ),
        Wrong(
            "bias-idle",
            "The biases only shift the units; XOR lies in the weights.",
            change(SAID, {"weights/h1.bias/role": "no effect"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="xor", hidden=2, activation="tanh", seed=87),
    facts=(
        Fact("It is XOR to 1/50,000.", "", "0 1 1 0", right=4, within="0.00002"),
        Fact("Without h1 it decides 'x1 implies x2'.", "h1 = 0", right=1),
        Fact("Without h1, 00 gives half the bias.", "h1 = 0", {"0, 0": "0.7827"}, within="0.0001"),
        Fact(
            "Without both it is always on.",
            "h1, h2 = 0",
            "1.5654 1.5654 1.5654 1.5654",
            right=2,
            within="0.0001",
        ),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
