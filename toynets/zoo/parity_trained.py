"""Parity of three, trained: a count in which x2 is taken off, folded over twice."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 55

NETWORK = Network.from_layers(
    [
        (
            [
                [-0.7602922320365906, 0.7602922320365906, -0.7602922320365906],
                [0.7610074281692505, -0.7610073685646057, 0.7610073685646057],
                [1.0007096529006958, -1.0007100105285645, 1.0007097721099854],
            ],
            [-2.2106041996927672e-10, -3.141862638111892e-12, -1.0007095336914062],
            "relu",
        ),
        (
            [[1.3152467012405396, 1.3140087127685547, -1.9985207319259644]],
            [1.4533105058944784e-05],
            "identity",
        ),
    ],
    name="parity-trained",
)

D = "(x1 - x2 + x3)"
LONE = "(x2 and not (x1 or x3))"
PAIR = "(x1 and x3 and not x2)"

SAID = state(
    "parity-trained",
    parameters={"a": "0.7606"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.002", "clean": "0.00002", "units": "0.0009", "ablations": "0.0002"},
    weights={
        "x1->h1": ("-a", "inhibits", "holds h1 back"),
        "x2->h1": ("a", "excites", "x2 is the one that counts down"),
        "x3->h1": ("-a", "inhibits", "holds h1 back"),
        "h1.bias": ("0", "no effect", "h1 begins below d = 0"),
        "x1->h2": ("a", "excites", "one step up the count d"),
        "x2->h2": ("-a", "inhibits", "takes one off the count d"),
        "x3->h2": ("a", "excites", "one step up the count d"),
        "h2.bias": ("0", "no effect", "h2 begins above d = 0"),
        "x1->h3": ("1", "excites", "one step up the count d"),
        "x2->h3": ("-1", "inhibits", "takes one off the count d"),
        "x3->h3": ("1", "excites", "one step up the count d"),
        "h3.bias": ("-1", "sets threshold", "h3 begins above d = 1"),
        "h1->y": ("1/a", "excites", "the arm of the fold to the left: d = -1 is odd"),
        "h2->y": ("1/a", "excites", "the arm of the fold to the right: d = 1 is odd"),
        "h3->y": ("-2", "inhibits", "folds d = 2 back to 0"),
        "y.bias": ("0", "no effect", "d = 0 is even"),
    },
    units={
        "h1": ("relu", f"relu(-a*{D})", LONE, "detector", "on iff d is -1: x2 and nothing else"),
        "h2": ("relu", f"relu(a*{D})", f"max({D}, 0)", "detector", "how far d is above 0: 0, 1, 2"),
        "h3": (
            "relu",
            f"relu({D} - 1)",
            PAIR,
            "corrector",
            "on iff d is 2: x1 and x3 without x2",
        ),
        "y": (
            "identity",
            "(h1 + h2)/a - 2*h3",
            "mod(x1 + x2 + x3, 2)",
            "output",
            "|d|, with 2 folded back to 0",
        ),
    },
    outcomes=[
        ("", "mod(x1 + x2 + x3, 2)", "d is odd iff the count is"),
        ("h1 = 0", f"mod(x1 + x2 + x3, 2) - {LONE}", "010 alone is lost"),
        ("h2 = 0", f"{LONE} - 2*{PAIR}", "only the two ends of d are left"),
        ("h3 = 0", f"abs{D}", "the fold at 1 is gone: 2 at 101"),
        ("h1, h2 = 0", f"-2*{PAIR}", "only the correction is left"),
        ("h1, h2, h3 = 0", "0", "nothing reaches y"),
        ("h3 = mean", f"abs{D} - 1/4", "h3 is 1 on one input of eight, times 2"),
        ("h1->y *= -1", f"{D} - 2*{PAIR}", "the fold at 0 is undone"),
    ],
)

ENTRY = Entry(
    name="parity-trained",
    title="y = |d| - 2 relu(d - 1),  d = x1 - x2 + x3",
    story="Training does not find the ladder of parity-3. It counts with x2 taken off, so "
    "that d runs from -1 to 2, and parity is |d| with the end folded back. The clean "
    "outputs are those of the ladder, the ablations are not: the mechanism must be read "
    "off this network.",
    task=load("parity-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "ladder",
            "It is the ladder of parity-3: every unit counts all three inputs.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "a",
                    "weights/x3->h1/value": "a",
                    "weights/x2->h2/value": "a",
                    "weights/h2.bias/value": "-a",
                    "weights/h2->y/value": "-2/a",
                    "weights/x2->h3/value": "1",
                    "weights/h3.bias/value": "-2",
                    "weights/h3->y/value": "2",
                },
            ),
            check="weights",
        ),
        Wrong(
            "all-inputs-alike",
            "Parity treats the inputs alike, so the network does: without h1 all three single "
            "inputs are lost.",
            change(SAID, {"outcomes/h1 = 0/y": "x1 and x2 and x3"}),
            check="outcomes",
        ),
        Wrong(
            "clipped",
            "h3 only limits y to 1: without it y is still at most 1.",
            change(SAID, {"outcomes/h3 = 0/y": f"min(abs{D}, 1)"}),
            check="outcomes",
        ),
        Wrong(
            "x2-excites",
            "All inputs excite h2: a parity unit counts.",
            change(SAID, {"weights/x2->h2/role": "excites"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="parity-3", hidden=3, activation="relu", seed=270),
    facts=(
        Fact("It is the parity.", "", "0 1 1 0 1 0 0 1", right=8, within="0.00002"),
        Fact("Without h3 it is |d|.", "h3 = 0", "0 1 1 0 1 2 0 1", right=7, within="0.0001"),
        Fact("Without h1 only 010 is lost.", "h1 = 0", "0 1 0 0 1 0 0 1", right=7, within="0.0001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
