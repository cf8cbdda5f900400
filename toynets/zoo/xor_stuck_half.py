"""XOR, a training that failed: both units dead, every weight gone, one answer to everything."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 211

NETWORK = Network.from_layers(
    [
        (
            [
                [-1.6157264762228785e-11, 2.7765826970949092e-08],
                [-1.319712813988797e-34, 2.2092236811551115e-35],
            ],
            [-1.2921926099807024e-05, -1.3206463218072429e-34],
            "relu",
        ),
        ([[3.1585339002049295e-06, 4.598218445487486e-34]], [0.4999994933605194], "identity"),
    ],
    name="xor-stuck-half",
)

GONE = "no effect"

SAID = state(
    "xor-stuck-half",
    decision={"threshold": "1/2"},
    tolerance={
        "weights": "0.00002",
        "clean": "0.0000006",
        "units": "0.0000006",
        "ablations": "0.000003",
    },
    weights={
        "x1->h1": ("0", GONE, "h1 is dead: no gradient came through, and decay took the rest"),
        "x2->h1": ("0", GONE, "h1 is dead"),
        "h1.bias": ("0", GONE, "h1 is dead"),
        "x1->h2": ("0", GONE, "h2 is dead: no gradient came through, and decay took the rest"),
        "x2->h2": ("0", GONE, "h2 is dead"),
        "h2.bias": ("0", GONE, "h2 is dead"),
        "h1->y": ("0", GONE, "nothing comes from h1"),
        "h2->y": ("0", GONE, "nothing comes from h2"),
        "y.bias": ("1/2", "sets threshold", "the mean of the targets 0, 1, 1 and 0"),
    },
    units={
        "h1": ("relu", "0", "0", "dead", "0 on every input"),
        "h2": ("relu", "0", "0", "dead", "0 on every input"),
        "y": ("identity", "1/2", "0", "output", "the same for every input: a tie"),
    },
    outcomes=[
        ("", "1/2", "the best single answer to four questions"),
        ("h1 = 0", "1/2", "h1 is 0 already: nothing changes"),
        ("h2 = 0", "1/2", "h2 is 0 already: nothing changes"),
        ("h1, h2 = 0", "1/2", "the bias alone, which is all there was"),
        ("h1 = 1", "1/2", "nothing listens to h1, on or off"),
        ("y.bias = 0", "0", "now there is nothing at all"),
        ("x1 = 1", "1/2", "no input arrives"),
    ],
    slack={"h2->y": "h2 is 0 on every input, so nothing of it arrives"},
)

ENTRY = Entry(
    name="xor-stuck-half",
    title="y = 1/2: outputs 1/2 1/2 1/2 1/2",
    story="Both units fell silent on every input. A relu that "
    "is silent everywhere passes no gradient, so it cannot come back; weight decay then "
    "removed it. What is left is the mean of the targets, and one number explains it.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "half-each",
            "The units share the work: each brings 1/4, so without h1 there is 1/4.",
            change(SAID, {"outcomes/h1 = 0/y": "1/4"}),
            check="outcomes",
        ),
        Wrong(
            "balanced",
            "Two live units cancel each other: h1 counts, h2 takes the count back.",
            change(SAID, {"units/h1/expression": "x1 + x2", "units/h2/expression": "x1 + x2"}),
            check="units",
        ),
        Wrong(
            "silent-not-cut",
            "The units are only silent: turn h1 on, and y follows.",
            change(SAID, {"outcomes/h1 = 1/y": "1"}),
            check="outcomes",
        ),
        Wrong(
            "unfinished",
            "It has begun to learn: more steps would separate the inputs. h1 already sees 01.",
            change(SAID, {"units/h1/concept": "x2 and not x1"}),
            check="concepts",
        ),
        Wrong(
            "backup",
            "h2 is a spare for h1.",
            change(SAID, {"units/h2/role": "backup"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="xor", hidden=2, activation="relu", seed=17),
    misses=("00", "01", "10", "11"),
    facts=(
        Fact("All outputs are 1/2.", "", "1/2 1/2 1/2 1/2", within="0.000001"),
        Fact("The units change nothing.", "h1, h2 = 0", "1/2 1/2 1/2 1/2", within="0.000001"),
        Fact("Without the bias there is nothing.", "y.bias = 0", "0 0 0 0", 2, "0.000001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
