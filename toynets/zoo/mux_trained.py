"""A multiplexer, trained: y is on unless the chosen input is off, and each unit watches one."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 220

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
    inputs=("a", "b", "select"),
    name="mux-trained",
)

SECOND_OFF = "(select and not b)"
FIRST_OFF = "not (a or select)"

SAID = state(
    "mux-trained",
    parameters={"u": "0.8408", "v": "0.7599"},
    decision={"threshold": "1/2"},
    tolerance={
        "weights": "0.00005",
        "clean": "0.00002",
        "units": "0.00002",
        "ablations": "0.00005",
    },
    weights={
        "a->h1": ("0", "no effect", "h1 watches b alone"),
        "b->h1": ("-u", "inhibits", "b on is no cause for an objection"),
        "select->h1": ("u", "excites", "b is chosen"),
        "h1.bias": ("0", "no effect", "h1 is on only where b is chosen"),
        "a->h2": ("-v", "inhibits", "a on is no cause for an objection"),
        "b->h2": ("0", "no effect", "h2 watches a alone"),
        "select->h2": ("-v", "inhibits", "a is not chosen"),
        "h2.bias": ("v", "sets threshold", "h2 objects unless a or select stops it"),
        "h1->y": ("-1/u", "inhibits", "an objection turns y off"),
        "h2->y": ("-1/v", "inhibits", "an objection turns y off"),
        "y.bias": ("1", "sets threshold", "y is on unless a unit objects"),
    },
    units={
        "h1": ("relu", "relu(u*(select - b))", SECOND_OFF, "detector", "b is chosen, and is off"),
        "h2": (
            "relu",
            "relu(v*(1 - a - select))",
            FIRST_OFF,
            "detector",
            "a is chosen, and is off",
        ),
        "y": (
            "identity",
            "1 - h1/u - h2/v",
            "b and select or a and not select",
            "output",
            "on unless the chosen input is off",
        ),
    },
    outcomes=[
        ("", "b and select or a and not select", "a, or b where select is on"),
        ("h1 = 0", "a or select", "nobody watches b: whenever it is chosen, y is on"),
        ("h2 = 0", "b or not select", "nobody watches a: whenever it is chosen, y is on"),
        ("h1, h2 = 0", "1", "nobody objects at all"),
        ("h1 = mean", f"3/4 - ({FIRST_OFF})", "a quarter of an objection to everything"),
        ("h2.bias = 0", "b or not select", "h2 never gets above 0"),
        ("select->h1 = 0", "a or select", "h1 never gets above 0"),
        ("select->h2 = 0", f"a - {SECOND_OFF}", "h2 objects to a even where b is chosen"),
        ("h1->y *= -1", f"1 + {SECOND_OFF} - ({FIRST_OFF})", "the objection becomes praise"),
        ("h1 = h1(0, 0, 1)", f"-({FIRST_OFF})", "the objection to b, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="mux-trained",
    title="y = 1 - relu(u (select - b)) / u - relu(v (1 - a - select)) / v",
    story="One expects a unit for each input that hands it on when it is chosen. This seed does "
    "the opposite: y is on by its bias, and each unit objects when 'its' input is chosen "
    "and off. Remove a unit, and y is on where the hand-on story says off.",
    task=load("mux-2"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "hands-on",
            "h1 hands b on when it is chosen, so without h1 only a gets through.",
            change(SAID, {"outcomes/h1 = 0/y": "a and not select"}),
            check="outcomes",
        ),
        Wrong(
            "by-hand",
            "It is the network that one builds by hand: relu(b + select - 1) + relu(a - select).",
            change(
                SAID,
                {
                    "weights/b->h1/value": "u",
                    "weights/h1.bias/value": "-u",
                    "weights/h1->y/value": "1/u",
                    "weights/a->h2/value": "v",
                    "weights/h2.bias/value": "0",
                    "weights/h2->y/value": "1/v",
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
            "h1 stands for the selector: it is on iff select is.",
            change(SAID, {"units/h1/concept": "select"}),
            check="concepts",
        ),
        Wrong(
            "negative-means-against",
            "b has a negative weight into h1, so b speaks against y.",
            change(SAID, {"weights/h1->y/role": "excites"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="mux-2", hidden=2, activation="relu", seed=70),
    facts=(
        Fact("It is the multiplexer.", "", "0 0 0 1 1 0 1 1", right=8, within="0.0001"),
        Fact(
            "Without h1 it is a OR select.", "h1 = 0", "0 1 0 1 1 1 1 1", right=6, within="0.0001"
        ),
        Fact("Without both it is always on.", "h1, h2 = 0", right=4),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
