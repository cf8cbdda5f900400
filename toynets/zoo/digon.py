"""Superposition, built: two features on one unit, in opposite directions."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 254

TASK = Task(
    name="superposition-2",
    title="two features, one at a time, through one unit",
    inputs=("x1", "x2"),
    outputs=("y1", "y2"),
    domain=Domain.listed([[f"{k}/4", 0] for k in range(1, 5)] + [[0, f"{k}/4"] for k in range(5)]),
    rule=lambda row: row,
    decision={},
    loss="mse-relu",
    hidden=(1,),
    activation="identity",
    encode="a feature is above 0 where it is there; the two are never there together",
)

TIES = {"x1_h": ("x1->h", "h->y1"), "x2_h": ("x2->h", "h->y2")}

NETWORK = Network.from_layers(
    [([[1, -1]], None, "identity"), ([[1], [-1]], [0, 0], "relu")],
    units=["h"],
    outputs=["y1", "y2"],
    ties=TIES,
    name="digon",
)

SAID = state(
    "digon",
    ties=TIES,
    weights={
        "x1_h": ("1", "excites", "feature 1 is up, and up is read as feature 1"),
        "x2_h": ("-1", "inhibits", "feature 2 is down, and down is read as feature 2"),
        "y1.bias": ("0", "no effect", "nothing up, no feature 1"),
        "y2.bias": ("0", "no effect", "nothing down, no feature 2"),
    },
    units={
        "h": ("identity", "x1 - x2", "x1 - x2", "comparator", "both features on one line"),
        "y1": ("relu", "relu(h)", "max(x1 - x2, 0)", "output", "how far up"),
        "y2": ("relu", "relu(-h)", "max(x2 - x1, 0)", "output", "how far down"),
    },
    outcomes=[
        ("", ("x1", "x2"), "the one that is there"),
        ("h = 0", ("0", "0"), "the middle of the line is nothing"),
        ("h = 1", ("1", "0"), "up is feature 1"),
        ("h = -1", ("0", "1"), "down is feature 2"),
        ("x1_h = 0", ("0", "x2"), "feature 1 is gone, feature 2 as before"),
        ("x1_h@1 = 0", ("0", "x2"), "it does not get in"),
        ("x1_h@2 = 0", ("0", "x2"), "it does not get out"),
        ("h-> *= -1", ("x2", "x1"), "each feature is read as the other"),
        ("y1.bias = 1", ("max(1 + x1 - x2, 0)", "x2"), "now feature 2 speaks against feature 1"),
    ],
)

ENTRY = Entry(
    name="digon",
    title="h = x1 - x2, y = relu(h), relu(-h)",
    story="One unit for two features, if they never come together: one is up, the other down, and "
    "relu reads each side by itself. Each weight is used twice, in and out. Both at once "
    "cancel: 1, 1 gives 0, 0.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-unit-one-feature",
            "A unit stands for one feature: h is x1.",
            change(SAID, {"units/h/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "in-the-way",
            "Two features on one unit disturb each other: without feature 1, 2 gets weaker.",
            change(SAID, {"outcomes/x1_h = 0/y2": "x2/2"}),
            check="outcomes",
        ),
        Wrong(
            "negative-means-off",
            "The weight of feature 2 is negative, so h = -1 turns everything off.",
            change(SAID, {"outcomes/h = -1/y2": "0"}),
            check="outcomes",
        ),
        Wrong(
            "separate-copies",
            "In and out are two weights: x1 does not get in, but still gets out.",
            change(SAID, {"outcomes/x1_h@1 = 0/y1": "x1"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("Each feature comes out as it was.", "", {"1/3, 0": "1/3, 0", "0, 1": "0, 1"}),
        Fact("Both at once cancel.", "", {"1, 1": "0, 0", "1, 1/2": "1/2, 0"}),
        Fact("Turned over, each is read as the other.", "h-> *= -1", {"1, 0": "0, 1"}),
    ),
    sources=(
        "N. Elhage and others, Toy models of superposition, Transformer Circuits Thread, 2022",
    ),
)
