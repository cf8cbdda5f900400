"""Pitfall: a unit that matters for 2 inputs of 512, so that a hundred examples miss it."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 70

OTHERS = ("x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9")

TASK = Task(
    name="first-unless-all",
    title="the first of nine bits, less 2 if all others are on",
    inputs=("x1", *OTHERS),
    outputs=("y",),
    domain=Domain.boolean(9),
    rule=lambda row: (row[0] - 2 * min(row[1:]),),
    decision={},
    loss="mse",
    hidden=(2,),
    encode="1 is on, 0 is off",
)

NETWORK = Network.from_layers(
    [
        ([[1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 1, 1, 1, 1, 1, 1, 1]], [0, -7], "relu"),
        ([[1, -2]], [0], "identity"),
    ],
    units=["usual", "rare"],
    name="rare-unit",
)

COUNT = "(x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9)"
ALL = f"({COUNT} == 8)"

SAID = state(
    "rare-unit",
    weights={
        "x1->usual": ("1", "scales", "hands x1 on"),
        **{f"{x}->usual": ("0", "no effect", "no connection") for x in OTHERS},
        "usual.bias": ("0", "no effect", "x1 is not shifted"),
        "x1->rare": ("0", "no effect", "no connection"),
        **{f"{x}->rare": ("1", "excites", "one of the eight that are all needed") for x in OTHERS},
        "rare.bias": ("-7", "sets threshold", "seven are not enough"),
        "usual->y": ("1", "excites", "what y is nearly always"),
        "rare->y": ("-2", "inhibits", "turns the answer when all eight are on"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "usual": ("relu", "relu(x1)", "x1", "detector", "x1 itself"),
        "rare": ("relu", f"relu({COUNT} - 7)", ALL, "detector", "on iff all eight are on"),
        "y": ("identity", "usual - 2*rare", f"x1 - 2*{ALL}", "output", "x1, with an exception"),
    },
    outcomes=[
        ("", f"x1 - 2*{ALL}", "x1 for 510 inputs, x1 - 2 for two"),
        ("usual = 0", f"-2*{ALL}", "only the exception is left"),
        ("rare = 0", "x1", "no exception: two outputs of 512 change"),
        ("usual, rare = 0", "0", "nothing reaches y"),
        (
            "rare = mean",
            "x1 - 1/128",
            "its mean is 1/256: a mean ablation looks harmless everywhere",
        ),
        ("rare.bias = 0", f"x1 - 2*{COUNT}", "with a lower threshold it is not rare at all"),
        ("x9->rare = 0", "x1", "one edge of eight is enough to silence it"),
        ("x9 = 1", f"x1 - 2*({COUNT} - x9 == 7)", "with x9 held on, four inputs of 512 are hit"),
        ("rare->y *= -1", f"x1 + 2*{ALL}", "the exception goes the other way"),
        ("rare = 1", "x1 - 2", "the exception as a rule"),
    ],
)

ENTRY = Entry(
    name="rare-unit",
    title="y = relu(x1) - 2 relu(x2 + x3 + … + x9 - 7)",
    story="Take a hundred random inputs, remove 'rare', and two times in three nothing happens: "
    "it is on for 2 inputs of 512. There it is all that counts. An average over inputs calls "
    "it unimportant by construction; only trying all of them finds what it does.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "no-effect-in-a-hundred-tries",
            "In the examples that were tried it did nothing, so it does nothing.",
            change(SAID, {"units/rare/role": "dead"}),
            check="roles",
        ),
        Wrong(
            "counts-a-little",
            "'rare' has eight weights of 1: it counts, and lowers y a little for each.",
            change(SAID, {"units/rare/concept": COUNT}),
            check="concepts",
        ),
        Wrong(
            "seven-will-nearly-do",
            "Cutting one edge of eight leaves most of the unit as it was.",
            change(SAID, {"outcomes/x9->rare = 0/y": f"x1 - 2*({COUNT} - x9 == 7)"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("For all on it says -1.", "", {"1,1,1,1,1,1,1,1,1": "-1", "1,1,1,1,1,1,1,1,0": "1"}),
        Fact("Without 'rare' 510 inputs of 512 are right.", "rare = 0", right=510),
        Fact("Without 'usual' half of them are.", "usual = 0", right=256),
    ),
    sources=("described for this zoo: one wrong case in many is missed by a sample",),
)
