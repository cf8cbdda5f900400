"""Pitfall: the largest weight of the network does nothing at all."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 62

TASK = Task(
    name="first-of-two",
    title="the first of two bits",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.boolean(2),
    rule=lambda row: row[:1],
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(1,),
    encode="1 is true, 0 is false",
)

NETWORK = Network.from_layers(
    [([[1, 0], [0, 1]], [0, -2], "relu"), ([[1, 1024]], [0], "identity")],
    name="dead-weight",
)

SAID = state(
    "dead-weight",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("1", "scales", "hands x1 on"),
        "x2->h1": ("0", "no effect", "no connection: h1 belongs to x1"),
        "h1.bias": ("0", "no effect", "x1 is not shifted"),
        "x1->h2": ("0", "no effect", "no connection: h2 belongs to x2"),
        "x2->h2": ("1", "no effect", "1 at most, and h2 begins at 2"),
        "h2.bias": ("-2", "sets threshold", "sets the threshold of h2 out of reach"),
        "h1->y": ("1", "excites", "hands h1 on"),
        "h2->y": ("1024", "no effect", "large, and always multiplies 0"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "h1": ("relu", "relu(x1)", "x1", "detector", "x1 itself"),
        "h2": ("relu", "0", "0", "dead", "relu(x2 - 2), and x2 is 1 at most"),
        "y": ("identity", "h1 + 1024*h2", "x1", "output", "x1, since h2 is 0"),
    },
    outcomes=[
        ("", "x1", "h2 never says anything"),
        ("h1 = 0", "0", "the small weight carried everything"),
        ("h2 = 0", "x1", "nothing changes: h2 is 0 already"),
        ("h2 = mean", "x1", "the mean of 0 is 0"),
        ("h2->y = 0", "x1", "the largest weight can go"),
        ("h2->y *= -1", "x1", "its sign does not matter either"),
        ("h2.bias = 0", "x1 + 1024*x2", "brought within reach, h2 drowns everything else"),
        ("x2 = 3", "x1 + 1024", "an input outside the domain wakes h2"),
        ("h2 = 1", "x1 + 1024", "what h2 would do if it were ever on"),
    ],
)

ENTRY = Entry(
    name="dead-weight",
    title="y = relu(x1) + 1024 relu(x2 - 2)",
    story="Scores that read the size of weights rank x2 first, 1024 to 1. But h2 begins at 2 "
    "and x2 is never more than 1: h2 is 0 on every input, and its weight multiplies 0. "
    "The claim is about these four inputs: at x2 = 3 the unit wakes.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "large-means-important",
            "1024 dwarfs 1: without h2 next to nothing is left of y.",
            change(SAID, {"outcomes/h2 = 0/y": "x1/1024"}),
            check="outcomes",
        ),
        Wrong(
            "positive-means-excites",
            "1024 is positive, so h2->y excites y.",
            change(SAID, {"weights/h2->y/role": "excites"}),
            check="roles",
        ),
        Wrong(
            "dead-for-good",
            "A dead unit stays dead, whatever is done to it.",
            change(SAID, {"outcomes/h2.bias = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "h2-carries-x2",
            "h2 belongs to x2, so it tells the values of x2 apart.",
            change(SAID, {"units/h2/concept": "x2"}),
            check="concepts",
        ),
        Wrong(
            "any-weight-will-do",
            "It multiplies 0, so the weight may as well be 0.",
            change(SAID, {"weights/h2->y/value": "0"}),
            check="weights",
        ),
    ),
    facts=(
        Fact("It repeats x1.", "", "0 0 1 1", right=4),
        Fact("Without h2 nothing changes.", "h2 = 0", "0 0 1 1", right=4),
        Fact("Without h1 nothing is left.", "h1 = 0", "0 0 0 0", right=2),
        Fact("Outside the domain the unit wakes.", "", {"0, 3": "1024", "1, 5/2": "513"}),
    ),
    sources=(
        "G. D. Garson, Interpreting neural-network connection weights, AI Expert 6 (1991) 46-51: "
        "the score that is misled here",
    ),
)
