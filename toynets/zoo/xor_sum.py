"""XOR by counting: one unit counts the inputs, the other takes back the pair."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 20

NETWORK = Network.from_layers(
    [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")],
    name="xor-sum",
)

SAID = state(
    "xor-sum",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("1", "excites", "excites the counter h1"),
        "x2->h1": ("1", "excites", "excites the counter h1"),
        "h1.bias": ("0", "no effect", "counting starts at 0"),
        "x1->h2": ("1", "excites", "excites the corrector h2"),
        "x2->h2": ("1", "excites", "excites the corrector h2"),
        "h2.bias": ("-1", "sets threshold", "sets the threshold of h2: one input is not enough"),
        "h1->y": ("1", "excites", "one per input that is on"),
        "h2->y": ("-2", "inhibits", "takes back both when both are on"),
        "y.bias": ("0", "no effect", "nothing on, nothing said"),
    },
    units={
        "h1": (
            "relu",
            "relu(x1 + x2)",
            "x1 + x2",
            "counter",
            "how many inputs are on: 0, 1 or 2",
        ),
        "h2": (
            "relu",
            "relu(x1 + x2 - 1)",
            "x1 and x2",
            "corrector",
            "on iff both are on, where counting is wrong",
        ),
        "y": ("identity", "h1 - 2*h2", "x1 != x2", "output", "the count, less 2 for a pair"),
    },
    outcomes=[
        ("", "x1 + x2 - 2*(x1 and x2)", "0, 1, and 2 taken back to 0"),
        ("h1 = 0", "-2*(x1 and x2)", "only the correction is left"),
        ("h2 = 0", "x1 + x2", "without h2 the network counts: 2 at 11, not 1"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", "1 - 2*(x1 and x2)", "the mean count is 1; h2 still corrects"),
        ("h2 = mean", "x1 + x2 - 1/2", "h2 is on for one input of four: 1/2 is always taken back"),
        ("h2.bias = 0", "-x1 - x2", "h2 counts as well, and is taken off twice"),
        ("x1->h2 = 0", "x1 + x2", "x2 alone never gets above the threshold of h2"),
        ("h2->y *= -1", "x1 + x2 + 2*(x1 and x2)", "the correction is added"),
        ("h2 = h2(1, 1)", "x1 + x2 - 2", "the correction of input 11, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="xor-sum",
    title="y = relu(x1 + x2) - 2 relu(x1 + x2 - 1)",
    story="h1 counts how many inputs are on, which is right except at 11; h2 is on only "
    "there, and takes the 2 back. It is often told as 'OR minus AND', and every clean "
    "output agrees; but h1 is not OR: remove h2, and 11 gives 2, not 1.",
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
            "counter-is-or",
            "h1 only sees whether something is on, not how much.",
            change(SAID, {"units/h1/concept": "x1 or x2"}),
            check="concepts",
        ),
        Wrong(
            "one-unit-each",
            "Two inputs, two units: h1 stands for x1 and h2 for x2.",
            change(SAID, {"units/h1/concept": "x1", "units/h2/concept": "x2"}),
            check="concepts",
        ),
        Wrong(
            "or-unit",
            "h1 equals OR: it is 0 or 1.",
            change(SAID, {"units/h1/expression": "x1 or x2"}),
            check="units",
        ),
        Wrong(
            "difference",
            "The units compare the inputs, one in each direction, and y adds them.",
            change(
                SAID,
                {
                    "weights/x2->h1/value": "-1",
                    "weights/x1->h2/value": "-1",
                    "weights/h2.bias/value": "0",
                    "weights/h2->y/value": "1",
                },
            ),
            check="weights",
        ),
        Wrong(
            "both-excite",
            "h2 detects the pair, so it adds to y.",
            change(SAID, {"weights/h2->y/role": "excites"}),
            check="roles",
        ),
        Wrong(
            "mean-is-zero",
            "Replacing h2 by its mean is the same as removing it.",
            change(SAID, {"outcomes/h2 = mean/y": "x1 + x2"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("It is XOR.", "", "0 1 1 0", right=4),
        Fact("Without h2 the network counts.", "h2 = 0", "0 1 1 2", right=3),
        Fact("Without h1 only the correction is left.", "h1 = 0", "0 0 0 -2", right=2),
        Fact("In the middle of the square it says 1.", "", {"1/2, 1/2": "1"}),
    ),
    sources=(
        "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, MIT Press, 2016, section 6.1: "
        "these nine numbers",
    ),
)
