"""Pitfall: the largest first-layer weight hardly matters, and the smallest is all that matters."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.rationals import rational
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 66

TASK = Task(
    name="first-and-a-trace",
    title="the first number, and a trace of the second",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box("[0,1]^2"),
    rule=lambda row: (row[0] + row[1] * rational("1/1024"),),
    decision={},
    loss="mse",
    hidden=(1,),
    examples=Domain.listed([[f"{i}/4", f"{j}/4"] for i in range(5) for j in range(5)]),
    encode="numbers stand for themselves",
)

NETWORK = Network.from_layers(
    [([["1/1024", 0], [0, 1]], [0, 0], "relu"), ([[1024, "1/1024"]], [0], "identity")],
    units=["quiet", "loud"],
    name="loud-and-quiet",
)

SAID = state(
    "loud-and-quiet",
    weights={
        "x1->quiet": ("1/1024", "scales", "makes x1 very small on the way in"),
        "x2->quiet": ("0", "no effect", "no connection: 'quiet' belongs to x1"),
        "quiet.bias": ("0", "no effect", "nothing is added"),
        "x1->loud": ("0", "no effect", "no connection: 'loud' belongs to x2"),
        "x2->loud": ("1", "scales", "hands x2 on as it is"),
        "loud.bias": ("0", "no effect", "nothing is added"),
        "quiet->y": ("1024", "excites", "makes up for what was lost on the way in"),
        "loud->y": ("1/1024", "excites", "leaves a trace of x2"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "quiet": ("relu", "relu(x1/1024)", "x1", "carrier", "x1, never above a thousandth"),
        "loud": ("relu", "relu(x2)", "x2", "carrier", "x2 itself, up to 1"),
        "y": ("identity", "1024*quiet + loud/1024", "x1 + x2/1024", "output", "x1 and a trace"),
    },
    outcomes=[
        ("", "x1 + x2/1024", "along each way the two weights multiply: 1, and a thousandth"),
        ("quiet = 0", "x2/1024", "only the trace is left"),
        ("loud = 0", "x1", "the loud unit is gone, and y changes by less than a thousandth"),
        ("quiet, loud = 0", "0", "nothing reaches y"),
        ("x1->quiet = 0", "x2/1024", "the smallest weight carried everything"),
        ("x2->loud = 0", "x1", "the largest weight on the way in carried a trace"),
        ("x1->quiet = 1", "1024*x1 + x2/1024", "as large as the other: y is a thousand times x1"),
        ("x2->loud *= -1", "x1", "relu shuts, and what is missing is a trace"),
        ("quiet = 1", "1024 + x2/1024", "a value that the unit never comes near"),
        ("loud = 1", "x1 + 1/1024", "a value that the unit often has"),
    ],
)

ENTRY = Entry(
    name="loud-and-quiet",
    title="y = 1024 relu(x1 / 1024) + relu(x2) / 1024",
    story="A relu unit can be made louder on the way in and quieter on the way out, and nothing "
    "changes: the scale of a unit is nobody's to read. By first-layer weights or by activity x2 "
    "matters a thousand times as much as x1, by what happens to y a thousandth.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "large-means-important",
            "The weight of x2 is 1 and that of x1 a thousandth: without 'loud' hardly anything "
            "is left.",
            change(SAID, {"outcomes/loud = 0/y": "x1/1024"}),
            check="outcomes",
        ),
        Wrong(
            "small-is-noise",
            "1/1024 is as good as 0: cutting x1->quiet changes nothing.",
            change(SAID, {"outcomes/x1->quiet = 0/y": "x1 + x2/1024"}),
            check="outcomes",
        ),
        Wrong(
            "small-is-zero",
            "1/1024 is as good as 0.",
            change(SAID, {"weights/x1->quiet/value": "0"}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "quiet-says-nothing",
            "'quiet' is always near 0, so it tells nothing apart.",
            change(SAID, {"units/quiet/concept": "0"}),
            check="concepts",
        ),
        Wrong(
            "equally-loud",
            "Scaled to the same size, the two ways are the same: 1 in and 1 out.",
            change(
                SAID,
                {
                    "weights/x1->quiet/value": "1",
                    "weights/quiet->y/value": "1",
                    "units/quiet/expression": "relu(x1)",
                    "units/y/expression": "quiet + loud/1024",
                },
            ),
            check="weights",
        ),
    ),
    facts=(
        Fact(
            "It is x1 and a trace of x2.",
            "",
            {"1, 0": "1", "0, 1": "1/1024", "1/2, 1/2": "1025/2048"},
        ),
        Fact("Without 'loud' it is x1.", "loud = 0", {"1, 1": "1", "0, 1": "0"}),
        Fact("Without 'quiet' a trace is left.", "quiet = 0", {"1, 1": "1/1024", "1, 0": "0"}),
    ),
    sources=(
        "G. D. Garson, Interpreting neural-network connection weights, AI Expert 6 (1991) 46-51: "
        "weights as shares of importance",
        "described for this zoo",
    ),
)
