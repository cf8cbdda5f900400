"""Majority of three, trained: the two ramps that were built by hand, each on its own scale."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 54

NETWORK = Network.from_layers(
    [
        (
            [
                [0.707462728023529, 0.7074626684188843, 0.707462728023529],
                [0.6147717833518982, 0.6147717833518982, 0.6147717833518982],
            ],
            [-0.7074500918388367, -1.2295435667037964],
            "relu",
        ),
        ([[1.4134552478790283, -1.6264996528625488]], [-4.086515673407121e-06], "identity"),
    ],
    name="majority-trained",
)

S = "(x1 + x2 + x3)"
ALL = "(x1 and x2 and x3)"

SAID = state(
    "majority-trained",
    parameters={"a": "0.7075", "c": "0.6148"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.00006", "clean": "0.00003", "units": "0.00007", "ablations": "0.0004"},
    weights={
        **{f"x{i}->h1": ("a", "excites", "one vote") for i in (1, 2, 3)},
        "h1.bias": ("-a", "sets threshold", "sets the threshold of h1: one vote is not enough"),
        **{f"x{i}->h2": ("c", "excites", "one vote") for i in (1, 2, 3)},
        "h2.bias": ("-2*c", "sets threshold", "sets the threshold of h2: two are not enough"),
        "h1->y": ("1/a", "excites", "one for each vote after the first"),
        "h2->y": ("-1/c", "inhibits", "takes back the vote too many"),
        "y.bias": ("0", "no effect", "no votes, no majority"),
    },
    units={
        "h1": (
            "relu",
            f"relu(a*({S} - 1))",
            f"max({S}, 1)",
            "counter",
            "how many votes after the first, times a",
        ),
        "h2": ("relu", f"relu(c*({S} - 2))", ALL, "detector", "on iff all three agree"),
        "y": ("identity", "h1/a - h2/c", f"{S} >= 2", "output", "a step between one vote and two"),
    },
    outcomes=[
        ("", f"{S} >= 2", "0, 0, 1, and 2 taken back to 1"),
        ("h1 = 0", f"0 - {ALL}", "only the correction is left"),
        ("h2 = 0", f"max({S} - 1, 0)", "the ramp goes on: 2 at 111"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", f"5/8 - {ALL}", "the mean of h1 is 5/8 of a vote"),
        ("h2.bias = 0", "0 - (x1 or x2 or x3)", "h2 starts at the first vote and overtakes h1"),
        ("x3 = 0", "x1 and x2", "with x3 held off, the majority is AND"),
        ("x3 = 1", "x1 or x2", "with x3 held on, the majority is OR"),
    ],
)

ENTRY = Entry(
    name="majority-trained",
    title="y = relu(a (s - 1)) / a - relu(c (s - 2)) / c,  a = 0.7075, c = 0.6148",
    story="Few seeds find these two ramps; most get stuck. What is found is the hand-built "
    "majority, each unit on the scale that weight decay prefers: 4 a^2 + 1/a^2 and "
    "7 c^2 + 1/c^2 are nearly as small as they can be.",
    task=load("majority-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "h2-tidies-up",
            "h1 is the majority and h2 a detail: the answer is the same without h2.",
            change(SAID, {"outcomes/h2 = 0/y": f"{S} >= 2"}),
            check="outcomes",
        ),
        Wrong(
            "ones",
            "The weights are the ones that were built by hand.",
            change(SAID, {"parameters/a": "1", "parameters/c": "1"}),
            check="weights",
        ),
        Wrong(
            "h1-counts-all",
            "h1 tells apart every number of votes.",
            change(SAID, {"units/h1/concept": S}),
            check="concepts",
        ),
        Wrong(
            "small-means-minor",
            "The weights into h2 are the smaller ones, so without it y is at most 1.",
            change(SAID, {"outcomes/h2 = 0/y": f"min(max({S} - 1, 0), 1)"}),
            check="outcomes",
        ),
    ),
    trained=recipe("annealed", task="majority-3", hidden=2, activation="relu", seed=430),
    facts=(
        Fact("It is the majority.", "", "0 0 0 1 0 1 1 1", right=8, within="0.00003"),
        Fact("Without h2 the ramp goes on.", "h2 = 0", "0 0 0 1 0 1 1 2", within="0.0004"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
