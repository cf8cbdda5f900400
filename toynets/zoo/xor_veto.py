"""XOR by two vetoes: y is on unless both inputs are, or none is."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 23

NETWORK = Network.from_layers(
    [([[1, 1], [-1, -1]], [-1, 1], "relu"), ([[-1, -1]], [1], "identity")],
    units=["both", "neither"],
    name="xor-veto",
)

BOTH = "(x1 and x2)"
NEITHER = "(not x1 and not x2)"

SAID = state(
    "xor-veto",
    decision={"threshold": "1/2"},
    weights={
        "x1->both": ("1", "excites", "needed, and not enough alone"),
        "x2->both": ("1", "excites", "needed, and not enough alone"),
        "both.bias": ("-1", "sets threshold", "sets the threshold: one input is not enough"),
        "x1->neither": ("-1", "inhibits", "one input that is on is enough to silence 'neither'"),
        "x2->neither": ("-1", "inhibits", "one input that is on is enough to silence 'neither'"),
        "neither.bias": ("1", "sets threshold", "speaks as long as nothing is on"),
        "both->y": ("-1", "inhibits", "vetoes 11"),
        "neither->y": ("-1", "inhibits", "vetoes 00"),
        "y.bias": ("1", "sets threshold", "on, unless somebody objects"),
    },
    units={
        "both": ("relu", "relu(x1 + x2 - 1)", BOTH, "detector", "on iff both are on"),
        "neither": ("relu", "relu(1 - x1 - x2)", NEITHER, "detector", "on iff none is on"),
        "y": ("identity", "1 - both - neither", "x1 != x2", "output", "1 if nobody objects"),
    },
    outcomes=[
        ("", "x1 != x2", "both objections are to equal inputs"),
        ("both = 0", "x1 or x2", "nobody objects to 11: OR"),
        ("neither = 0", "not (x1 and x2)", "nobody objects to 00: NAND"),
        ("both, neither = 0", "1", "nobody objects at all"),
        ("both = mean", f"3/4 - {NEITHER}", "a quarter of an objection, to everything"),
        ("y.bias = 0", "0 - (x1 == x2)", "without the 1 nothing is ever on"),
        ("x1->both = 0", "x1 or x2", "x2 alone never reaches the threshold of 'both'"),
        (
            "x1->neither = 0",
            "x2 and not x1",
            "'neither' now only asks x2, and objects to 10 as well",
        ),
        ("neither.bias = 0", "not (x1 and x2)", "'neither' can only be pushed down, and stays 0"),
        ("both->y *= -1", f"1 + {BOTH} - {NEITHER}", "the objection to 11 becomes applause"),
        ("both = both(1, 1)", f"0 - {NEITHER}", "a lasting objection"),
    ],
)

ENTRY = Entry(
    name="xor-veto",
    title="y = 1 - relu(x1 + x2 - 1) - relu(1 - x1 - x2)",
    story="No hidden unit says yes: y is on by its bias, and each unit is a reason against. "
    "Remove the veto of 11 and OR is left; remove the other and NAND is left. Both output "
    "weights are negative, and everything hangs on them.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "or-and-nand",
            "XOR is OR and NAND: one unit is OR, the other NAND, and without 'both' NAND is left.",
            change(
                SAID,
                {"outcomes/both = 0/y": "not (x1 and x2)", "outcomes/neither = 0/y": "x1 or x2"},
            ),
            check="outcomes",
        ),
        Wrong(
            "negative-means-unimportant",
            "Negative weights only damp: without 'both' the answers stay right.",
            change(SAID, {"outcomes/both = 0/y": "x1 != x2"}),
            check="outcomes",
        ),
        Wrong(
            "units-say-yes",
            "Hidden units find what y is on for, so they excite y.",
            change(SAID, {"weights/both->y/role": "excites", "weights/neither->y/role": "excites"}),
            check="roles",
        ),
        Wrong(
            "counts-and-corrects",
            "One unit counts, the other takes back the pair, as in xor-sum.",
            change(
                SAID,
                {
                    "weights/x1->neither/value": "1",
                    "weights/x2->neither/value": "1",
                    "weights/neither.bias/value": "0",
                    "weights/neither->y/value": "1",
                    "weights/both->y/value": "-2",
                    "weights/y.bias/value": "0",
                },
            ),
            check="weights",
        ),
        Wrong(
            "neither-is-not-x1",
            "'neither' is about x1: it is on iff x1 is off.",
            change(SAID, {"units/neither/concept": "not x1"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It is XOR.", "", "0 1 1 0", right=4),
        Fact("Without 'both' it is OR.", "both = 0", "0 1 1 1", right=3),
        Fact("Without 'neither' it is NAND.", "neither = 0", "1 1 1 0", right=3),
        Fact("Its bias carries it: without, nothing is on.", "y.bias = 0", "-1 0 0 -1", right=2),
        Fact("In the middle of the square it says 1.", "", {"1/2, 1/2": "1"}),
    ),
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969: one threshold unit cannot do it",
        "one of the four forms with integers that training finds for XOR with two relu units; "
        "described for this zoo",
    ),
)
