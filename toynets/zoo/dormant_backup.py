"""Pitfall: a unit that is silent until another one is removed, and then does its work."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 63

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
    [
        ([[1], [1]], [0, 0], "relu"),
        ([[1, 0], [-1, 1]], [0, 0], "relu"),
        ([[1, 1]], [0], "identity"),
    ],
    units=[["main", "spare"], ["relay", "rescue"]],
    name="dormant-backup",
)

SAID = state(
    "dormant-backup",
    weights={
        "x1->main": ("1", "excites", "hands x1 to the main path"),
        "main.bias": ("0", "no effect", "x1 is not shifted"),
        "x1->spare": ("1", "excites", "keeps a second copy of x1"),
        "spare.bias": ("0", "no effect", "x1 is not shifted"),
        "main->relay": ("1", "scales", "hands main on"),
        "spare->relay": ("0", "no effect", "no connection: the relay knows the main path only"),
        "relay.bias": ("0", "no effect", "nothing is added"),
        "main->rescue": ("-1", "inhibits", "keeps the rescue silent while main is there"),
        "spare->rescue": ("1", "no effect", "would speak, but main is as large"),
        "rescue.bias": ("0", "no effect", "nothing is added"),
        "relay->y": ("1", "excites", "all that y ever gets"),
        "rescue->y": ("1", "no effect", "stands by, and multiplies 0"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "main": ("relu", "relu(x1)", "x1", "duplicate of spare", "x1 itself"),
        "spare": ("relu", "relu(x1)", "x1", "backup", "x1 itself, kept in case main is gone"),
        "relay": ("relu", "relu(main)", "x1", "carrier", "the main path"),
        "rescue": ("relu", "relu(spare - main)", "0", "backup", "what main lacks: nothing"),
        "y": ("identity", "relay + rescue", "x1", "output", "main, and what it lacks"),
    },
    outcomes=[
        ("", "x1", "all of it by the main path"),
        ("main = 0", "x1", "the rescue is no longer held back and hands the spare copy on"),
        ("spare = 0", "x1", "the main path does not need it"),
        ("relay = 0", "0", "main is there, so the rescue stays silent: nothing reaches y"),
        ("rescue = 0", "x1", "nothing changes: it is 0 already"),
        ("main, spare = 0", "0", "both copies are gone"),
        ("main = 0, rescue = 0", "0", "only now it shows that y hung on main"),
        ("main = mean", "max(x1, 3/2)", "the rescue fills up what the mean is short of"),
        ("main = main(3)", "3", "a value too large is passed on, and nothing corrects it"),
        ("main->rescue = 0", "2*x1", "without the check both paths speak"),
    ],
)

ENTRY = Entry(
    name="dormant-backup",
    title="y = relu(main) + relu(spare - main),  main = spare = relu(x1)",
    story="Every clean output comes by the main path, and yet removing 'main' changes "
    "nothing: 'rescue' is 0 on every input, wakes when main is gone, and hands the "
    "spare copy on. An ablation shows what the damaged network does, which need not be "
    "what the whole one did.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "path-in-use",
            "Clean outputs come by main alone, so without main y is 0.",
            change(SAID, {"outcomes/main = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "main-is-idle",
            "Removing main changes nothing, so main does nothing, whatever else is gone.",
            change(SAID, {"outcomes/main = 0, rescue = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "rescue-of-the-relay",
            "The rescue steps in whenever the main path breaks, also at the relay.",
            change(SAID, {"outcomes/relay = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "spare-is-dead",
            "Removing spare changes nothing: it is dead.",
            change(SAID, {"units/spare/role": "dead"}),
            check="roles",
        ),
        Wrong(
            "averaging",
            "Both paths speak all the time, each for half of y.",
            change(
                SAID,
                {
                    "weights/main->relay/value": "1/2",
                    "weights/main->rescue/value": "0",
                    "weights/spare->rescue/value": "1/2",
                },
            ),
            check="weights",
        ),
    ),
    facts=(
        Fact("It copies its input.", "", "0 1 2 3", right=4),
        Fact("Without main it still does.", "main = 0", "0 1 2 3", right=4),
        Fact(
            "Without main and rescue nothing is left.", "main = 0, rescue = 0", "0 0 0 0", right=1
        ),
        Fact("Without the relay the rescue does not wake.", "relay = 0", "0 0 0 0", right=1),
    ),
    sources=(
        "K. Wang, A. Variengien, A. Conmy, B. Shlegeris and J. Steinhardt, Interpretability in the "
        "wild: a circuit for indirect object identification in GPT-2 small, ICLR 2023: backup "
        "heads",
        "T. McGrath, M. Rahtz, J. Kramar, V. Mikulik and S. Legg, The hydra effect: emergent "
        "self-repair in language model computations, arXiv 2307.15771, 2023",
    ),
)
