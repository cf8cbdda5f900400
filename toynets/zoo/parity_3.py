"""Parity of three: a ladder of counters that turns the slope round after every vote."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 31

NETWORK = Network.from_layers(
    [([[1, 1, 1]] * 3, [0, -1, -2], "relu"), ([[1, -2, 2]], [0], "identity")],
    name="parity-3",
)

S = "(x1 + x2 + x3)"
ALL = "(x1 and x2 and x3)"

SAID = state(
    "parity-3",
    decision={"threshold": "1/2"},
    weights={
        **{f"x{i}->h1": ("1", "excites", "one step up the count") for i in (1, 2, 3)},
        "h1.bias": ("0", "no effect", "h1 starts with the first input"),
        **{f"x{i}->h2": ("1", "excites", "one step up the count") for i in (1, 2, 3)},
        "h2.bias": ("-1", "sets threshold", "h2 starts after the first input"),
        **{f"x{i}->h3": ("1", "excites", "one step up the count") for i in (1, 2, 3)},
        "h3.bias": ("-2", "sets threshold", "h3 starts after the second input"),
        "h1->y": ("1", "excites", "one up for every input"),
        "h2->y": ("-2", "inhibits", "turns the slope down after the first"),
        "h3->y": ("2", "excites", "turns the slope up again after the second"),
        "y.bias": ("0", "no effect", "nothing on is even"),
    },
    units={
        "h1": ("relu", f"relu{S}", S, "counter", "how many are on: 0, 1, 2, 3"),
        "h2": (
            "relu",
            "relu(x1 + x2 + x3 - 1)",
            f"max({S}, 1)",
            "counter",
            "how many after the first: 0, 0, 1, 2",
        ),
        "h3": (
            "relu",
            "relu(x1 + x2 + x3 - 2)",
            ALL,
            "detector",
            "on iff all three are",
        ),
        "y": (
            "identity",
            "h1 - 2*h2 + 2*h3",
            f"mod({S}, 2)",
            "output",
            "up, down, up: 0, 1, 0, 1",
        ),
    },
    outcomes=[
        ("", f"mod({S}, 2)", "the zigzag 0, 1, 0, 1 of the count"),
        ("h1 = 0", f"-2*({S} >= 2)", "what the ladder takes back: 2 from the second input on"),
        ("h2 = 0", f"{S} + 2*{ALL}", "the slope never turns down: 0, 1, 2, 5"),
        ("h3 = 0", f"min({S}, 2 - {S})", "the slope never turns up again: 0, 1, 0, -1"),
        ("h2, h3 = 0", S, "the counter alone"),
        ("h1, h2 = 0", f"2*{ALL}", "h3 alone"),
        ("h1, h3 = 0", f"-2*max({S} - 1, 0)", "h2 alone"),
        ("h3 = mean", f"min({S}, 2 - {S}) + 1/4", "h3 is 1 on one input of eight, times 2"),
        ("x3 = 0", "x1 != x2", "with x3 held off, parity of two"),
        ("x3 = 1", "x1 == x2", "with x3 held on, its opposite"),
        ("h2 = h2(1, 1, 1)", f"{S} - 4 + 2*{ALL}", "the value of h2 from input 111, everywhere"),
    ],
)

ENTRY = Entry(
    name="parity-3",
    title="y = relu(s) - 2 relu(s - 1) + 2 relu(s - 2),  s = x1 + x2 + x3",
    story="Every unit sees the same count s; only the thresholds differ. Each unit turns the "
    "slope of y round: up from 0, down from 1, up from 2. It is no list of the odd "
    "inputs: removing a unit changes every input above its threshold, not one row of "
    "the table.",
    task=load("parity-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-row-each",
            "Each unit looks after some rows of the table: h3 after 111, so without it only 111 is "
            "lost, and becomes 0.",
            change(SAID, {"outcomes/h3 = 0/y": f"mod({S}, 2) - {ALL}"}),
            check="outcomes",
        ),
        Wrong(
            "h1-finds-single-inputs",
            "h1 is for the rows with one input on: without it 111 alone is odd.",
            change(SAID, {"outcomes/h1 = 0/y": ALL}),
            check="outcomes",
        ),
        Wrong(
            "alternating-count",
            "The ladder climbs x1 - x2 + x3: parity does not mind the sign.",
            change(
                SAID,
                {
                    "weights/x2->h1/value": "-1",
                    "weights/x1->h2/value": "-1",
                    "weights/x3->h2/value": "-1",
                    "weights/h2.bias/value": "0",
                    "weights/h2->y/value": "1",
                    "weights/x2->h3/value": "-1",
                    "weights/h3.bias/value": "-1",
                    "weights/h3->y/value": "-2",
                },
            ),
            check="weights",
        ),
        Wrong(
            "h2-is-a-detector",
            "h2 only sees whether at least two are on.",
            change(SAID, {"units/h2/concept": f"{S} >= 2"}),
            check="concepts",
        ),
        Wrong(
            "one-unit-each",
            "Three inputs, three units: h1 stands for x1, h2 for x2, h3 for x3.",
            change(SAID, {f"units/h{i}/concept": f"x{i}" for i in (1, 2, 3)}),
            check="concepts",
        ),
        Wrong(
            "h1-is-parity",
            "h1 already is the parity; the others correct rounding.",
            change(SAID, {"units/h1/expression": f"mod({S}, 2)"}),
            check="units",
        ),
    ),
    facts=(
        Fact("It is the parity.", "", "0 1 1 0 1 0 0 1", right=8),
        Fact("Without h3 the slope never turns up again.", "h3 = 0", "0 1 1 0 1 0 0 -1", right=7),
        Fact("Without h2 two inputs give 2 and three give 5.", "h2 = 0", "0 1 1 2 1 2 2 5"),
    ),
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969: parity needs every input",
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: hidden units that "
        "count, found by training on parity",
    ),
)
