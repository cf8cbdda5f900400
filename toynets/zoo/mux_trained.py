"""A multiplexer, trained: y is on unless the chosen input is off, and each unit watches one."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 120

NETWORK = Network.from_layers(
    [
        (
            [
                [-7.818700396455824e-06, -0.840817391872406, 0.8408071398735046],
                [-0.7599111199378967, 5.81153199163964e-06, -0.7599111199378967],
            ],
            [1.0252122592646629e-05, 0.7599053382873535],
            "relu",
        ),
        ([[-1.1893088817596436, -1.315921425819397]], [0.9999926686286926], "identity"),
    ],
    name="mux-trained",
)

SECOND_OFF = "(x3 and not x2)"
FIRST_OFF = "not (x1 or x3)"

SAID = state(
    "mux-trained",
    parameters={"a": "0.8408", "b": "0.7599"},
    decision={"threshold": "1/2"},
    tolerance={
        "weights": "0.00005",
        "clean": "0.00002",
        "units": "0.00002",
        "ablations": "0.00005",
    },
    weights={
        "x1->h1": ("0", "no effect", "h1 watches x2 alone"),
        "x2->h1": ("-a", "inhibits", "x2 on is no cause for an objection"),
        "x3->h1": ("a", "excites", "x2 is chosen"),
        "h1.bias": ("0", "no effect", "h1 is on only where x2 is chosen"),
        "x1->h2": ("-b", "inhibits", "x1 on is no cause for an objection"),
        "x2->h2": ("0", "no effect", "h2 watches x1 alone"),
        "x3->h2": ("-b", "inhibits", "x1 is not chosen"),
        "h2.bias": ("b", "sets threshold", "h2 objects unless x1 or x3 stops it"),
        "h1->y": ("-1/a", "inhibits", "an objection turns y off"),
        "h2->y": ("-1/b", "inhibits", "an objection turns y off"),
        "y.bias": ("1", "sets threshold", "y is on unless a unit objects"),
    },
    units={
        "h1": ("relu", "relu(a*(x3 - x2))", SECOND_OFF, "detector", "x2 is chosen, and is off"),
        "h2": (
            "relu",
            "relu(b*(1 - x1 - x3))",
            FIRST_OFF,
            "detector",
            "x1 is chosen, and is off",
        ),
        "y": (
            "identity",
            "1 - h1/a - h2/b",
            "x2 and x3 or x1 and not x3",
            "output",
            "on unless the chosen input is off",
        ),
    },
    outcomes=[
        ("", "x2 and x3 or x1 and not x3", "x1, or x2 where x3 is on"),
        ("h1 = 0", "x1 or x3", "nobody watches x2: whenever it is chosen, y is on"),
        ("h2 = 0", "x2 or not x3", "nobody watches x1: whenever it is chosen, y is on"),
        ("h1, h2 = 0", "1", "nobody objects at all"),
        ("h1 = mean", f"3/4 - ({FIRST_OFF})", "a quarter of an objection to everything"),
        ("h2.bias = 0", "x2 or not x3", "h2 never gets above 0"),
        ("x3->h1 = 0", "x1 or x3", "h1 never gets above 0"),
        ("x3->h2 = 0", f"x1 - {SECOND_OFF}", "h2 objects to x1 even where x2 is chosen"),
        ("h1->y *= -1", f"1 + {SECOND_OFF} - ({FIRST_OFF})", "the objection becomes praise"),
        ("h1 = h1(0, 0, 1)", f"-({FIRST_OFF})", "the objection to x2, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="mux-trained",
    title="y = 1 - relu(a (x3 - x2)) / a - relu(b (1 - x1 - x3)) / b",
    story="One expects a unit for each input that hands it on when it is chosen. This seed does "
    "the opposite: y is on by its bias, and each unit objects when 'its' input is chosen "
    "and off. Remove a unit, and y is on where the hand-on story says off.",
    task=load("choose-2"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "hands-on",
            "h1 hands x2 on when it is chosen, so without h1 only x1 gets through.",
            change(SAID, {"outcomes/h1 = 0/y": "x1 and not x3"}),
            check="outcomes",
        ),
        Wrong(
            "by-hand",
            "It is the network that one builds by hand: relu(x2 + x3 - 1) + relu(x1 - x3).",
            change(
                SAID,
                {
                    "weights/x2->h1/value": "a",
                    "weights/h1.bias/value": "-a",
                    "weights/h1->y/value": "1/a",
                    "weights/x1->h2/value": "b",
                    "weights/h2.bias/value": "0",
                    "weights/h2->y/value": "1/b",
                    "weights/y.bias/value": "0",
                },
            ),
            check="weights",
        ),
        Wrong(
            "nothing-left",
            "The units carry the inputs: without both, y is 0.",
            change(SAID, {"outcomes/h1, h2 = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "selector-unit",
            "h1 stands for the selector: it is on iff x3 is.",
            change(SAID, {"units/h1/concept": "x3"}),
            check="concepts",
        ),
        Wrong(
            "negative-means-against",
            "x2 has a negative weight into h1, so x2 speaks against y.",
            change(SAID, {"weights/h1->y/role": "excites"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="choose-2", hidden=2, activation="relu", seed=70),
    facts=(
        Fact("It is the multiplexer.", "", "0 0 0 1 1 0 1 1", right=8, within="0.0001"),
        Fact("Without h1 it is x1 OR x3.", "h1 = 0", "0 1 0 1 1 1 1 1", right=6, within="0.0001"),
        Fact("Without both it is always on.", "h1, h2 = 0", right=4),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
