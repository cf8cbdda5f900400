"""Pitfall: a unit that is always 8. Removing it breaks everything, and it knows nothing."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 60

TASK = Task(
    name="copy-0-to-3",
    title="the input itself, one of 0, 1, 2, 3",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.listed([[0], [1], [2], [3]]),
    rule=lambda row: row,
    decision={},
    loss="mse",
    hidden=(1,),
    encode="numbers stand for themselves",
)

NETWORK = Network.from_layers(
    [([[0], [1]], [8, 0], "relu"), ([[1, 1]], [-8], "identity")],
    name="constant-unit",
)

SAID = state(
    "constant-unit",
    weights={
        "x1->h1": ("0", "no effect", "h1 does not see the input"),
        "h1.bias": ("8", "sets threshold", "holds h1 at 8"),
        "x1->h2": ("1", "scales", "hands x1 on"),
        "h2.bias": ("0", "no effect", "x1 is not shifted"),
        "h1->y": ("1", "excites", "adds 8, whatever the input"),
        "h2->y": ("1", "excites", "adds x1"),
        "y.bias": ("-8", "inhibits", "takes the 8 of h1 off again"),
    },
    units={
        "h1": ("relu", "8", "8", "constant", "8 on every input: it tells nothing apart"),
        "h2": ("relu", "relu(x1)", "x1", "carrier", "x1 itself"),
        "y": ("identity", "h1 + h2 - 8", "x1", "output", "x1: 8 is added and taken off"),
    },
    outcomes=[
        ("", "x1", "the 8 of h1 and the bias -8 cancel"),
        ("h1 = 0", "x1 - 8", "every output is wrong, by the same 8"),
        ("h1 = mean", "x1", "the mean of a constant is the constant: nothing changes"),
        ("h1 = 0, y.bias = 0", "x1", "the unit and its remedy can go together"),
        ("h2 = 0", "0", "nothing is left that depends on the input"),
        ("h2 = mean", "3/2", "the mean of 0, 1, 2, 3"),
        ("h1 = h1(3)", "x1", "8 again: a patch of h1 cannot be noticed"),
        ("h1 = mean, h2 = 0", "0", "without h2 the input is lost"),
    ],
)

ENTRY = Entry(
    name="constant-unit",
    title="y = relu(0 x1 + 8) + relu(x1) - 8",
    story="Set h1 to 0 and every output is wrong: by that score it is the most important "
    "unit. Set it to its mean and nothing changes: it is 8 on every input and carries "
    "no information. The kind of ablation decides the answer, so it must be said.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "constant-means-idle",
            "h1 never changes, so removing it changes nothing.",
            change(SAID, {"outcomes/h1 = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "every-ablation-alike",
            "h1 is needed: replacing it by its mean does the same damage as removing it.",
            change(SAID, {"outcomes/h1 = mean/y": "x1 - 8"}),
            check="outcomes",
        ),
        Wrong(
            "carries-the-input",
            "Removing h1 makes every output wrong, so h1 must know the input.",
            change(SAID, {"units/h1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "dead",
            "A unit that never changes is dead.",
            change(SAID, {"units/h1/role": "dead"}),
            check="roles",
        ),
    ),
    facts=(
        Fact("It copies its input.", "", "0 1 2 3", right=4),
        Fact("Without h1 every output is wrong.", "h1 = 0", "-8 -7 -6 -5", right=0),
        Fact("With h1 at its mean every output is right.", "h1 = mean", "0 1 2 3", right=4),
    ),
    sources=(
        "K. Wang, A. Variengien, A. Conmy, B. Shlegeris and J. Steinhardt, Interpretability in the "
        "wild: a circuit for indirect object identification in GPT-2 small, ICLR 2023: mean "
        "ablation in place of zero ablation",
    ),
)
