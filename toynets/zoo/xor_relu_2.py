"""XOR, trained from another seed: this one counts and takes back the pair."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 52

NETWORK = Network.from_layers(
    [
        (
            [[0.8410504460334778, 0.8410504460334778], [1.0737723112106323, 1.0737723112106323]],
            [2.8042444682796486e-05, -1.0737723112106323],
            "relu",
        ),
        ([[1.1889630556106567, -1.8625562191009521]], [-2.091236092383042e-05], "identity"),
    ],
    name="xor-relu-2",
)

SAID = state(
    "xor-relu-2",
    parameters={"a": "0.841", "c": "1.0738"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.0001", "clean": "0.00002", "units": "0.0002", "ablations": "0.00009"},
    weights={
        "x1->h1": ("a", "excites", "excites the counter h1"),
        "x2->h1": ("a", "excites", "excites the counter h1"),
        "h1.bias": ("0", "no effect", "counting starts at 0"),
        "x1->h2": ("c", "excites", "excites the corrector h2"),
        "x2->h2": ("c", "excites", "excites the corrector h2"),
        "h2.bias": ("-c", "sets threshold", "sets the threshold of h2: one input is not enough"),
        "h1->y": ("1/a", "excites", "one per input that is on"),
        "h2->y": ("-2/c", "inhibits", "takes back both when both are on"),
        "y.bias": ("0", "no effect", "nothing on, nothing said"),
    },
    units={
        "h1": ("relu", "relu(a*(x1 + x2))", "x1 + x2", "counter", "a for each input that is on"),
        "h2": (
            "relu",
            "relu(c*(x1 + x2 - 1))",
            "x1 and x2",
            "corrector",
            "on iff both are on, where counting is wrong",
        ),
        "y": ("identity", "h1/a - 2*h2/c", "x1 != x2", "output", "the count, less 2 for a pair"),
    },
    outcomes=[
        ("", "x1 + x2 - 2*(x1 and x2)", "0, 1, and 2 taken back to 0"),
        ("h1 = 0", "-2*(x1 and x2)", "only the correction is left"),
        ("h2 = 0", "x1 + x2", "without h2 the network counts: 2 at 11, not 1"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", "1 - 2*(x1 and x2)", "the mean count is 1; h2 still corrects"),
        ("h2.bias = 0", "-x1 - x2", "h2 counts as well, and is taken off twice"),
        ("x1->h2 = 0", "x1 + x2", "x2 alone never gets above the threshold of h2"),
        ("h2 = h2(1, 1)", "x1 + x2 - 2", "the correction of input 11, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="xor-relu-2",
    title="y = relu(a (x1 + x2)) / a - 2 relu(c (x1 + x2 - 1)) / c,  a = 0.841, c = 1.0738",
    story="The same recipe as xor-relu-1 from another seed, the same four clean outputs, and "
    "another mechanism: that of xor-sum. Each unit has its own scale, chosen by weight "
    "decay. Comparing the two seeds weight by weight compares two ideas.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "or-minus-and",
            "h1 is OR and h2 is AND: without h2 the network computes OR.",
            change(SAID, {"outcomes/h2 = 0/y": "x1 or x2"}),
            check="outcomes",
        ),
        Wrong(
            "difference",
            "The units compare the inputs, as in xor-relu-1: same recipe, same mechanism.",
            change(
                SAID,
                {
                    "weights/x2->h1/value": "-a",
                    "weights/x1->h2/value": "-c",
                    "weights/h2.bias/value": "0",
                    "weights/h2->y/value": "1/c",
                },
            ),
            check="weights",
        ),
        Wrong(
            "one-scale",
            "Both units are stretched alike.",
            change(SAID, {"parameters/c": "0.841"}),
            check="weights",
        ),
        Wrong(
            "one-unit-each",
            "Two inputs, two units: h1 stands for x1 and h2 for x2.",
            change(SAID, {"units/h1/concept": "x1", "units/h2/concept": "x2"}),
            check="concepts",
        ),
    ),
    trained=recipe("annealed", task="xor", hidden=2, activation="relu", seed=2054),
    facts=(
        Fact("It is XOR to 1/50,000.", "", "0 1 1 0", right=4, within="0.00002"),
        Fact("Without h2 it counts.", "h2 = 0", "0 1 1 2", right=3, within="0.001"),
        Fact("In the middle of the square it says 1.", "", {"1/2, 1/2": "1"}, within="0.0001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
