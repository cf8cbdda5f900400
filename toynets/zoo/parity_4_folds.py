"""Parity of four with two hidden units: the number line of counts is folded twice."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 37

NETWORK = Network.from_layers(
    [([[1, 1, 1, 1]], [-2], "abs"), ([[1]], [-1], "abs"), ([[-1]], [1], "identity")],
    units=[["fold1"], ["fold2"]],
    name="parity-4-folds",
)

INPUTS = ("x1", "x2", "x3", "x4")
S = "(x1 + x2 + x3 + x4)"
ODD = f"mod({S}, 2)"

SAID = state(
    "parity-4-folds",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->fold1": ("1", "excites", "one step along the line of counts") for x in INPUTS},
        "fold1.bias": ("-2", "sets threshold", "the first fold is at 2, the middle of 0 to 4"),
        "fold1->fold2": ("1", "scales", "hands the folded line on"),
        "fold2.bias": ("-1", "sets threshold", "the second fold is at 1, the middle of 0 to 2"),
        "fold2->y": ("-1", "inhibits", "even counts lie on top of each other at 1"),
        "y.bias": ("1", "sets threshold", "turns even = 1 into odd = 1"),
    },
    units={
        "fold1": (
            "abs",
            f"abs({S} - 2)",
            ODD,
            "hinge",
            "how far the count is from 2: 0, 1 or 2, of which fold2 only sees odd or even",
        ),
        "fold2": ("abs", "abs(fold1 - 1)", f"1 - {ODD}", "hinge", "1 for even counts, 0 for odd"),
        "y": ("identity", "1 - fold2", ODD, "output", "the opposite of even"),
    },
    outcomes=[
        ("", ODD, "0 and 4 lie on 2, and 2 on 0; then both lie on 1"),
        ("fold1 = 0", "0", "every count is taken for 2, which is even"),
        ("fold2 = 0", "1", "every count is taken for odd"),
        ("fold1, fold2 = 0", "1", "only the second fold is seen by y"),
        ("fold1 = mean", "3/4", "the mean distance from 2 is 3/4: a quarter from the fold at 1"),
        ("fold1.bias = 0", f"1 - abs({S} - 1)", "only one fold, at 1: 3 gives -1, 4 gives -2"),
        ("fold2.bias = 0", f"1 - abs({S} - 2)", "the second fold does nothing: a single peak"),
        ("fold1->fold2 = 0", "0", "the second fold only sees its own bias"),
        ("fold1->fold2 *= -1", f"-abs({S} - 2)", "unfolded: the fold at -1 is never reached"),
        ("fold2->y *= -1", f"2 - {ODD}", "even counts are pushed up to 2"),
        ("x4 = 1", "mod(x1 + x2 + x3 + 1, 2)", "with x4 held on, the opposite of parity"),
        ("fold1 = fold1(1, 0, 0, 0)", "1", "every count is taken for 1"),
    ],
)

ENTRY = Entry(
    name="parity-4-folds",
    title="y = 1 - | |s - 2| - 1 |,  s = x1 + x2 + x3 + x4",
    story="Each fold lays one half of the counts on the other: two folds bring five counts to "
    "two places. parity-4 needs four units side by side, here two in a row are enough; eight "
    "inputs would take three. That is what depth buys, and each layer hangs on the one before.",
    task=load("parity-4"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "half-each",
            "Two units, half the work each: without fold1 half of the zigzag is left.",
            change(SAID, {"outcomes/fold1 = 0/y": f"1 - abs({S} - 1)"}),
            check="outcomes",
        ),
        Wrong(
            "distance-is-kept",
            "fold1 is the distance from 2, so what it tells the network is that distance.",
            change(SAID, {"units/fold1/concept": f"abs({S} - 2)"}),
            check="concepts",
        ),
        Wrong(
            "fold1-finds-pairs",
            "fold1 finds out whether exactly two inputs are on.",
            change(SAID, {"units/fold1/concept": f"{S} == 2"}),
            check="concepts",
        ),
        Wrong(
            "fold1-counts",
            "All weights into fold1 are 1: it counts.",
            change(SAID, {"units/fold1/role": "counter"}),
            check="roles",
        ),
        Wrong(
            "sign-of-an-absolute-value",
            "abs does not see signs, so the sign of fold1->fold2 does not matter.",
            change(SAID, {"outcomes/fold1->fold2 *= -1/y": ODD}),
            check="outcomes",
        ),
        Wrong(
            "fold-at-the-first-input",
            "The first fold is at 1 and the second at 2: small counts are dealt with first.",
            change(
                SAID,
                {
                    "weights/fold1.bias/value": "-1",
                    "weights/fold2.bias/value": "-2",
                    "units/fold1/expression": f"abs({S} - 1)",
                    "units/fold2/expression": "abs(fold1 - 2)",
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It is the parity.", "", "0 1 1 0 1 0 0 1 1 0 0 1 0 1 1 0", right=16),
        Fact("Without fold1 it always says even.", "fold1 = 0", right=8),
        Fact("With one sign turned it always says even.", "fold1->fold2 *= -1", right=8),
        Fact("With one fold, three and four inputs are lost.", "fold1.bias = 0", right=12),
    ),
    sources=(
        "G. Montúfar, R. Pascanu, K. Cho and Y. Bengio, On the number of linear regions of deep "
        "neural networks, NIPS 2014: layers as folds of the space",
    ),
)
