"""An AND of two ORs, with two hidden layers: everything is said by what is missing."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 87

NETWORK = Network.from_layers(
    [
        ([[-1, -1, 0, 0], [0, 0, -1, -1]], [1, 1], "relu"),
        ([[-1, -1]], [1], "relu"),
        ([[1]], [0], "identity"),
    ],
    units=[["left_empty", "right_empty"], ["both_filled"]],
    name="and-of-ors",
)

LEFT = "(x1 or x2)"
RIGHT = "(x3 or x4)"
NO = ("0", "no effect", "no connection: the other pair")


def _silences(x: str, unit: str) -> tuple[str, str, str]:
    return ("-1", "inhibits", f"{x} alone is enough to silence {unit}")


SAID = state(
    "and-of-ors",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->left_empty": _silences(x, "left_empty") for x in ("x1", "x2")},
        **{f"{x}->left_empty": NO for x in ("x3", "x4")},
        "left_empty.bias": ("1", "sets threshold", "speaks as long as the pair is off"),
        **{f"{x}->right_empty": NO for x in ("x1", "x2")},
        **{f"{x}->right_empty": _silences(x, "right_empty") for x in ("x3", "x4")},
        "right_empty.bias": ("1", "sets threshold", "speaks as long as the pair is off"),
        "left_empty->both_filled": ("-1", "inhibits", "one empty pair is enough to object"),
        "right_empty->both_filled": ("-1", "inhibits", "one empty pair is enough to object"),
        "both_filled.bias": ("1", "sets threshold", "on unless somebody objects"),
        "both_filled->y": ("1", "scales", "hands the answer on"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "left_empty": (
            "relu",
            "relu(1 - x1 - x2)",
            f"not {LEFT}",
            "detector",
            "the left pair is off",
        ),
        "right_empty": (
            "relu",
            "relu(1 - x3 - x4)",
            f"not {RIGHT}",
            "detector",
            "the right one is",
        ),
        "both_filled": (
            "relu",
            "relu(1 - left_empty - right_empty)",
            f"{LEFT} and {RIGHT}",
            "detector",
            "no pair is off",
        ),
        "y": ("identity", "both_filled", f"{LEFT} and {RIGHT}", "output", "the answer, handed on"),
    },
    outcomes=[
        ("", f"{LEFT} and {RIGHT}", "neither pair is empty"),
        ("left_empty = 0", RIGHT, "nobody objects to an empty left pair"),
        ("right_empty = 0", LEFT, "nobody objects to an empty right pair"),
        ("both_filled = 0", "0", "nothing reaches y"),
        ("left_empty, right_empty = 0", "1", "nobody objects at all"),
        ("left_empty = mean", f"3/4*{RIGHT}", "a quarter of an objection, always"),
        ("both_filled = mean", "9/16", "the share of inputs for which it is on"),
        ("x1->left_empty = 0", f"x2 and {RIGHT}", "the left pair is empty without x2 now"),
        ("both_filled.bias = 0", "0", "it can only be pushed down"),
        (
            "left_empty->both_filled *= -1",
            f"{RIGHT} + (not {LEFT})",
            "an empty left pair is applauded",
        ),
        ("x1 = 1", RIGHT, "the left pair is filled"),
        ("left_empty = left_empty(0, 0, 0, 0)", "0", "the left pair is empty, whatever is there"),
    ],
)

ENTRY = Entry(
    name="and-of-ors",
    title="y = relu(1 - left - right),  left = relu(1 - x1 - x2), right = relu(1 - x3 - x4)",
    story="x1 inhibits a unit that inhibits the next: along the way minus times minus is plus. "
    "No unit is an OR; what the first layer hands on is which pair is empty. Removing such a "
    "unit does not make y lose its half of the AND, but grant it.",
    task=load("and-of-ors"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "without-half-no-and",
            "y needs both halves: without left_empty the AND can never be fulfilled.",
            change(SAID, {"outcomes/left_empty = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "left-is-or",
            "The first layer has the ORs: left_empty is on iff x1 or x2 is.",
            change(SAID, {"units/left_empty/concept": LEFT}),
            check="roles",
        ),
        Wrong(
            "negative-inputs-say-no",
            "All weights from x1 are negative, so with x1 on y is off.",
            change(SAID, {"outcomes/x1 = 1/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "pair-is-counted",
            "left_empty counts its pair: it tells one from two.",
            change(SAID, {"units/left_empty/concept": "x1 + x2"}),
            check="concepts",
        ),
        Wrong(
            "positive-logic",
            "Two ORs excite an AND.",
            change(
                SAID,
                {
                    **{f"weights/{x}->left_empty/value": "1" for x in ("x1", "x2")},
                    **{f"weights/{x}->right_empty/value": "1" for x in ("x3", "x4")},
                    "weights/left_empty.bias/value": "0",
                    "weights/right_empty.bias/value": "0",
                    "weights/left_empty->both_filled/value": "1",
                    "weights/right_empty->both_filled/value": "1",
                    "weights/both_filled.bias/value": "-1",
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It decides all 16 inputs right.", "", right=16),
        Fact("Without left_empty an empty left pair is let through.", "left_empty = 0", right=13),
        Fact("Without both_filled y is never on.", "both_filled = 0", right=7),
        Fact("Half an input is half filled.", "", {"1/2, 0, 1, 0": "1/2", "1/2, 0, 1/2, 0": "0"}),
    ),
    sources=("A. De Morgan, Formal Logic, 1847: AND of ORs as NOR of NORs",),
)
