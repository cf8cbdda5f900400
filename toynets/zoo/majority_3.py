"""Majority of three: a ramp that starts at two votes, and a second one that stops it at 1."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 30

NETWORK = Network.from_layers(
    [([[1, 1, 1], [1, 1, 1]], [-1, -2], "relu"), ([[1, -1]], [0], "identity")],
    name="majority-3",
)

ALL = "(x1 and x2 and x3)"

SAID = state(
    "majority-3",
    decision={"threshold": "1/2"},
    weights={
        **{f"x{i}->h1": ("1", "excites", "one vote") for i in (1, 2, 3)},
        "h1.bias": ("-1", "sets threshold", "sets the threshold of h1: one vote is not enough"),
        **{f"x{i}->h2": ("1", "excites", "one vote") for i in (1, 2, 3)},
        "h2.bias": ("-2", "sets threshold", "sets the threshold of h2: two votes are not enough"),
        "h1->y": ("1", "excites", "one for each vote after the first"),
        "h2->y": ("-1", "inhibits", "takes back the vote too many"),
        "y.bias": ("0", "no effect", "no votes, no majority"),
    },
    units={
        "h1": (
            "relu",
            "relu(x1 + x2 + x3 - 1)",
            "max(x1 + x2 + x3, 1)",
            "counter",
            "how many votes after the first: 0, 0, 1, 2",
        ),
        "h2": (
            "relu",
            "relu(x1 + x2 + x3 - 2)",
            ALL,
            "detector",
            "on iff all three agree, where h1 says 2",
        ),
        "y": (
            "identity",
            "h1 - h2",
            "x1 + x2 + x3 >= 2",
            "output",
            "a step from 0 to 1 between one vote and two",
        ),
    },
    outcomes=[
        ("", "x1 + x2 + x3 >= 2", "0, 0, 1, and 2 taken back to 1"),
        ("h1 = 0", f"0 - {ALL}", "only the correction is left"),
        ("h2 = 0", "max(x1 + x2 + x3 - 1, 0)", "the ramp goes on: 2 at 111"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", f"5/8 - {ALL}", "the mean of h1 is 5/8; the most certain input now loses"),
        ("h2.bias = 0", "0 - (x1 or x2 or x3)", "h2 starts at the first vote and overtakes h1"),
        ("x3 = 0", "x1 and x2", "with x3 held off, the majority is AND"),
        ("x3 = 1", "x1 or x2", "with x3 held on, the majority is OR"),
        ("h2 = h2(1, 1, 1)", "max(x1 + x2 + x3 - 1, 0) - 1", "the correction, everywhere"),
    ],
)

ENTRY = Entry(
    name="majority-3",
    title="y = relu(s - 1) - relu(s - 2),  s = x1 + x2 + x3",
    story="A relu can begin a ramp but not end one. h1 begins to rise after the first vote; "
    "h2 begins after the second and cancels the rise, so that y stays at 1. Two units "
    "make a step for any number of voters.",
    task=load("majority-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "h2-tidies-up",
            "h1 is the majority and h2 a detail: the answer is the same without h2.",
            change(SAID, {"outcomes/h2 = 0/y": "x1 + x2 + x3 >= 2"}),
            check="outcomes",
        ),
        Wrong(
            "falling-ramps",
            "The units look for missing votes: y = 1 - relu(2 - s) + relu(1 - s).",
            change(
                SAID,
                {
                    **{f"weights/x{i}->h{k}/value": "-1" for i in (1, 2, 3) for k in (1, 2)},
                    "weights/h1.bias/value": "2",
                    "weights/h2.bias/value": "1",
                    "weights/h1->y/value": "-1",
                    "weights/h2->y/value": "1",
                    "weights/y.bias/value": "1",
                },
            ),
            check="weights",
        ),
        Wrong(
            "h1-counts-all",
            "h1 tells apart every number of votes.",
            change(SAID, {"units/h1/concept": "x1 + x2 + x3"}),
            check="concepts",
        ),
        Wrong(
            "vote-held-on",
            "Holding one vote on cannot change who has the majority of the other two.",
            change(SAID, {"outcomes/x3 = 1/y": "x1 and x2"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("It is the majority.", "", "0 0 0 1 0 1 1 1", right=8),
        Fact("Without h2 the ramp goes on.", "h2 = 0", "0 0 0 1 0 1 1 2", right=8),
        Fact("Without h1 there is never a majority.", "h1 = 0", "0 0 0 0 0 0 0 -1", right=4),
    ),
    sources=("M. Minsky and S. Papert, Perceptrons, MIT Press, 1969: predicates of a count",),
)
