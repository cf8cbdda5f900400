"""Majority of five: the same two units as for three voters, with later thresholds."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 32

NETWORK = Network.from_layers(
    [([[1, 1, 1, 1, 1]] * 2, [-2, -3], "relu"), ([[1, -1]], [0], "identity")],
    name="majority-5",
)

VOTERS = ("x1", "x2", "x3", "x4", "x5")
S = "(x1 + x2 + x3 + x4 + x5)"

SAID = state(
    "majority-5",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->h1": ("1", "excites", "one vote, worth as much as any other") for x in VOTERS},
        "h1.bias": ("-2", "sets threshold", "sets the threshold of h1: two votes are not enough"),
        **{f"{x}->h2": ("1", "excites", "one vote, worth as much as any other") for x in VOTERS},
        "h2.bias": ("-3", "sets threshold", "sets the threshold of h2: three are not enough"),
        "h1->y": ("1", "excites", "one for each vote after the second"),
        "h2->y": ("-1", "inhibits", "takes back each vote after the third"),
        "y.bias": ("0", "no effect", "no votes, no majority"),
    },
    units={
        "h1": (
            "relu",
            f"relu({S} - 2)",
            f"max({S}, 2)",
            "counter",
            "how many votes after the second: 0, 0, 0, 1, 2, 3",
        ),
        "h2": (
            "relu",
            f"relu({S} - 3)",
            f"max({S}, 3)",
            "counter",
            "how many votes after the third: 0, 0, 0, 0, 1, 2",
        ),
        "y": ("identity", "h1 - h2", f"{S} >= 3", "output", "a step between two votes and three"),
    },
    outcomes=[
        ("", f"{S} >= 3", "the ramp of h1 rises by 1 and is then held"),
        ("h1 = 0", f"-max({S} - 3, 0)", "only the brake is left"),
        ("h2 = 0", f"max({S} - 2, 0)", "the ramp goes on: 1, 2, 3"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", f"23/32 - max({S} - 3, 0)", "the mean of h1 is 23/32: a clear win now loses"),
        ("h2 = mean", f"max({S} - 2, 0) - 7/32", "the mean of h2 is 7/32"),
        ("h2.bias = 0", f"-min({S}, 2)", "h2 counts from the first vote on, and overtakes h1"),
        ("x5 = 0", "x1 + x2 + x3 + x4 >= 3", "one voter stays at home: the others need three"),
        ("x5 = 1", "x1 + x2 + x3 + x4 >= 2", "one vote is safe: the others need two"),
        ("h2->y *= -1", f"max({S} - 2, 0) + max({S} - 3, 0)", "the brake pushes: 1, 3, 5"),
        ("h2 = h2(1, 1, 1, 1, 1)", f"max({S} - 2, 0) - 2", "the strongest brake, everywhere"),
    ],
)

ENTRY = Entry(
    name="majority-5",
    title="y = relu(s - 2) - relu(s - 3),  s = x1 + x2 + x3 + x4 + x5",
    story="No unit belongs to a voter: both see only the count. h1 begins to rise after the "
    "second vote, h2 holds it after the third. Without h2 every decision is still right and "
    "the values are not: a check of decisions alone would call h2 useless.",
    task=load("majority-5"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "h2-is-useless",
            "Without h2 every vote is decided as before, so h2 does nothing.",
            change(SAID, {"outcomes/h2 = 0/y": f"{S} >= 3"}),
            check="outcomes",
        ),
        Wrong(
            "one-vote-does-not-matter",
            "Among five voters one does not count: with x5 silent the majority is the same.",
            change(SAID, {"outcomes/x5 = 0/y": f"{S} >= 3"}),
            check="outcomes",
        ),
        Wrong(
            "h2-sees-landslides",
            "h2 only says whether there are more votes than are needed.",
            change(SAID, {"units/h2/concept": f"{S} >= 4"}),
            check="concepts",
        ),
        Wrong(
            "h1-is-the-majority",
            "h1 already is the majority: it begins at three votes.",
            change(SAID, {"units/h1/expression": f"{S} >= 3"}),
            check="units",
        ),
        Wrong(
            "thresholds-of-three-voters",
            "One rule for all: h1 begins after the first vote, h2 after the second.",
            change(SAID, {"weights/h1.bias/value": "-1", "weights/h2.bias/value": "-2"}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "h2-corrects",
            "h2 corrects the inputs that h1 gets wrong, as in majority-3.",
            change(SAID, {"units/h2/role": "corrector"}),
            check="roles",
        ),
    ),
    facts=(
        Fact("It decides all 32 votes right.", "", right=32),
        Fact("Without h2 it still does.", "h2 = 0", right=32),
        Fact("Without h1 it never says yes.", "h1 = 0", right=16),
        Fact(
            "Without h2 a unanimous vote counts 3.",
            "h2 = 0",
            {"1, 1, 1, 1, 1": "3", "1, 1, 1, 0, 0": "1", "1, 1, 0, 0, 0": "0"},
        ),
    ),
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969: predicates of a count",
        "described for this zoo: two relu units make a step of any count",
    ),
)
