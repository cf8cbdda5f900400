"""XOR by comparing: one unit for each way in which the inputs can differ."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 21

NETWORK = Network.from_layers(
    [([[1, -1], [-1, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")],
    name="xor-difference",
)

SAID = state(
    "xor-difference",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("1", "excites", "speaks for 'x1 is larger'"),
        "x2->h1": ("-1", "inhibits", "speaks against it"),
        "h1.bias": ("0", "no effect", "equal inputs leave h1 at 0"),
        "x1->h2": ("-1", "inhibits", "speaks against 'x2 is larger'"),
        "x2->h2": ("1", "excites", "speaks for it"),
        "h2.bias": ("0", "no effect", "equal inputs leave h2 at 0"),
        "h1->y": ("1", "excites", "a difference in this direction counts"),
        "h2->y": ("1", "excites", "a difference in the other direction counts as much"),
        "y.bias": ("0", "no effect", "no difference, nothing said"),
    },
    units={
        "h1": (
            "relu",
            "relu(x1 - x2)",
            "x1 and not x2",
            "comparator",
            "by how much x1 is larger than x2",
        ),
        "h2": (
            "relu",
            "relu(x2 - x1)",
            "x2 and not x1",
            "comparator",
            "by how much x2 is larger than x1",
        ),
        "y": ("identity", "h1 + h2", "x1 != x2", "output", "the distance between x1 and x2"),
    },
    outcomes=[
        ("", "abs(x1 - x2)", "one of the two differences is the distance, the other is 0"),
        ("h1 = 0", "x2 and not x1", "only 01 is still noticed"),
        ("h2 = 0", "x1 and not x2", "only 10 is still noticed"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", "1/4 + (x2 and not x1)", "h1 is on for one input of four"),
        ("x2->h1 = 0", "x1 or x2", "h1 repeats x1, so 11 is let through"),
        ("x1->h1 = 0", "x2 and not x1", "h1 can only be pushed down, and stays 0"),
        ("h1->y *= -1", "x2 - x1", "the distance becomes a signed difference"),
        ("h1 = h1(1, 0)", "1 + (x2 and not x1)", "the value of h1 from input 10, everywhere"),
    ],
)

ENTRY = Entry(
    name="xor-difference",
    title="y = relu(x1 - x2) + relu(x2 - x1)",
    story="XOR asks whether the inputs differ: h1 measures x1 - x2 where that is positive, h2 "
    "measures x2 - x1. It agrees with xor-sum on all four inputs, but not once a unit "
    "is removed, nor between the corners: at (1/2, 1/2) this one says 0.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "counts-and-corrects",
            "One unit counts, the other takes back the pair, as in xor-sum.",
            change(
                SAID,
                {
                    "weights/x2->h1/value": "1",
                    "weights/x1->h2/value": "1",
                    "weights/h2.bias/value": "-1",
                    "weights/h2->y/value": "-2",
                },
            ),
            check="weights",
        ),
        Wrong(
            "negative-weights-idle",
            "Only the positive weights carry the signal: cutting x2->h1 changes nothing.",
            change(SAID, {"outcomes/x2->h1 = 0/y": "abs(x1 - x2)"}),
            check="outcomes",
        ),
        Wrong(
            "copies",
            "The two units do the same: without h1, h2 does the work.",
            change(SAID, {"outcomes/h1 = 0/y": "abs(x1 - x2)"}),
            check="outcomes",
        ),
        Wrong(
            "h1-is-x1",
            "h1 belongs to x1: it is on iff x1 is.",
            change(SAID, {"units/h1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "each-is-the-distance",
            "Each hidden unit is the distance between the inputs.",
            change(SAID, {"units/h1/expression": "abs(x1 - x2)"}),
            check="units",
        ),
    ),
    facts=(
        Fact("It is XOR.", "", "0 1 1 0", right=4),
        Fact("Without h1 only 01 is noticed.", "h1 = 0", "0 1 0 0", right=3),
        Fact("In the middle of the square it says 0.", "", {"1/2, 1/2": "0"}),
    ),
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969: one threshold unit cannot do it",
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: learnt solutions",
    ),
)
