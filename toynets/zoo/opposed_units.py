"""Pitfall: two units that matter very much alone, and not at all together."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 68

TASK = Task(
    name="first-number",
    title="the first of two numbers",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box("[0,1]^2"),
    rule=lambda row: row[:1],
    decision={},
    loss="mse",
    hidden=(1,),
    examples=Domain.listed([[f"{i}/4", f"{j}/4"] for i in range(5) for j in range(5)]),
    encode="numbers stand for themselves",
)

NETWORK = Network.from_layers(
    [([[1, 0], [0, 1], [0, 1]], [0, 0, 0], "relu"), ([[1, 8, -8]], [0], "identity")],
    units=["main", "push", "pull"],
    name="opposed-units",
)

SAID = state(
    "opposed-units",
    weights={
        "x1->main": ("1", "scales", "hands x1 on"),
        "x2->main": ("0", "no effect", "no connection"),
        "main.bias": ("0", "no effect", "x1 is not shifted"),
        "x1->push": ("0", "no effect", "no connection"),
        "x2->push": ("1", "scales", "hands x2 on"),
        "push.bias": ("0", "no effect", "x2 is not shifted"),
        "x1->pull": ("0", "no effect", "no connection"),
        "x2->pull": ("1", "scales", "hands x2 on, once more"),
        "pull.bias": ("0", "no effect", "x2 is not shifted"),
        "main->y": ("1", "excites", "all that y is about"),
        "push->y": ("8", "excites", "large, and taken back by 'pull'"),
        "pull->y": ("-8", "inhibits", "large, and takes back what 'push' adds"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "main": ("relu", "relu(x1)", "x1", "carrier", "x1 itself"),
        "push": ("relu", "relu(x2)", "x2", "duplicate of pull", "x2 itself"),
        "pull": ("relu", "relu(x2)", "x2", "duplicate of push", "x2 itself"),
        "y": ("identity", "main + 8*push - 8*pull", "x1", "output", "x1, and 8 x2 less 8 x2"),
    },
    outcomes=[
        ("", "x1", "what 'push' adds 'pull' takes off"),
        ("main = 0", "0", "only the quarrel is left, and it ends even"),
        ("push = 0", "x1 - 8*x2", "'pull' has nothing to hold against it"),
        ("pull = 0", "x1 + 8*x2", "'push' is not held back"),
        ("push, pull = 0", "x1", "without both nothing changes at all"),
        ("main, push, pull = 0", "0", "nothing reaches y"),
        ("x2->push = 0", "x1 - 8*x2", "one edge is enough to let the other loose"),
        ("x2-> = 0", "x1", "cut at the source, both are silent"),
        ("push->y *= -1", "x1 - 16*x2", "both pull"),
        ("push, pull = 1", "x1", "whatever they are, if they are the same"),
        ("x2 = 1", "x1", "x2 does not matter"),
    ],
)

ENTRY = Entry(
    name="opposed-units",
    title="y = relu(x1) + 8 relu(x2) - 8 relu(x2)",
    story="The two units with the largest weights are the two whose removal does the most harm, "
    "8 times that of 'main'; and together they do nothing. An ablation of one unit shows that "
    "the rest relies on it, not that the task does. It is dormant-backup turned round.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "harm-adds-up",
            "Without 'push' much is lost and without 'pull' as much: without both most of all.",
            change(SAID, {"outcomes/push, pull = 0/y": "x1 - 8*x2 + 8*x2*8"}),
            check="outcomes",
        ),
        Wrong(
            "idle-together-idle-alone",
            "Together they do nothing, so either can be removed.",
            change(SAID, {"outcomes/push = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "x2-matters-most",
            "The largest weights come from x2: without x2 little is left.",
            change(SAID, {"outcomes/x2-> = 0/y": "x1/17"}),
            check="outcomes",
        ),
        Wrong(
            "both-dead",
            "'push' and 'pull' cancel on every input: both are dead.",
            change(SAID, {"units/push/role": "dead", "units/pull/role": "dead"}),
            check="roles",
        ),
        Wrong(
            "nothing-is-told-apart",
            "y does not depend on x2, so 'push' tells nothing apart.",
            change(SAID, {"units/push/concept": "0"}),
            check="concepts",
        ),
        Wrong(
            "not-there",
            "What cancels need not be written down: both weights are 0.",
            change(SAID, {"weights/push->y/value": "0", "weights/pull->y/value": "0"}),
            check="weights",
        ),
    ),
    facts=(
        Fact("It is x1.", "", {"1, 0": "1", "0, 1": "0", "1/2, 1/2": "1/2"}),
        Fact("Without 'push' it is off by up to 8.", "push = 0", {"1, 1": "-7", "1, 0": "1"}),
        Fact("Without both it is x1 again.", "push, pull = 0", {"1, 1": "1", "0, 1": "0"}),
    ),
    sources=("described for this zoo: the opposite of a backup",),
)
