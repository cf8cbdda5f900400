"""XOR, trained from a third seed: a ramp that falls, and a corrector where it falls too far."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 202

NETWORK = Network.from_layers(
    [
        (
            [[-0.767253577709198, 0.7672553658485413], [-1.1926076412200928, 1.1926076412200928]],
            [0.7672536373138428, -1.892767054201272e-10],
            "relu",
        ),
        ([[-1.3033148050308228, 1.6769633293151855]], [0.9999834299087524], "identity"),
    ],
    name="xor-relu-3",
)

D = "(x2 - x1)"
LONE = "(x2 and not x1)"

SAID = state(
    "xor-relu-3",
    parameters={"a": "0.7673", "c": "1.1926"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.00005", "clean": "0.00002", "units": "0.0001", "ablations": "0.0002"},
    weights={
        "x1->h1": ("-a", "inhibits", "h1 falls as x1 comes on"),
        "x2->h1": ("a", "excites", "and rises as x2 does"),
        "h1.bias": ("a", "sets threshold", "h1 begins at d = -1, so that it is a ramp throughout"),
        "x1->h2": ("-c", "inhibits", "speaks against 'x2 is larger'"),
        "x2->h2": ("c", "excites", "speaks for it, as strongly"),
        "h2.bias": ("0", "no effect", "equal inputs leave h2 at 0"),
        "h1->y": ("-1/a", "inhibits", "the ramp takes 1 off for each step of d"),
        "h2->y": ("2/c", "excites", "gives back the 2 that the ramp has taken at d = 1"),
        "y.bias": ("1", "sets threshold", "y is on where nothing is taken off: at d = -1"),
    },
    units={
        "h1": (
            "relu",
            f"relu(a*({D} + 1))",
            f"{D} + 1",
            "comparator",
            "a ramp of the difference d = x2 - x1: 0 at 10, 1 where equal, 2 at 01",
        ),
        "h2": ("relu", f"relu(c*{D})", LONE, "corrector", "on iff d is 1, where the ramp is wrong"),
        "y": ("identity", "1 - h1/a + 2*h2/c", "x1 != x2", "output", "1, 0 and -1 turned into 1"),
    },
    outcomes=[
        ("", "abs(x1 - x2)", "down from 1 to 0, and up again"),
        ("h1 = 0", f"1 + 2*{LONE}", "nothing is taken off, but 01 is still corrected: 3"),
        ("h2 = 0", "x1 - x2", "the ramp alone: a signed difference, -1 at 01"),
        ("h1, h2 = 0", "1", "the bias alone, and so always on"),
        ("h1 = mean", f"2*{LONE}", "the ramp is 1 in the mean, which the bias makes up for"),
        ("h1.bias = 0", f"1 + {LONE}", "the ramp now begins at d = 0: h1 repeats h2"),
        ("h1->y *= -1", f"2 + x2 - x1 + 2*{LONE}", "the ramp rises: 1, 2, and 3 with 2 on top"),
        ("h2 = h2(0, 1)", "2 + x1 - x2", "the correction of 01, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="xor-relu-3",
    title="y = 1 - relu(a (1 + d)) / a + 2 relu(c d) / c,  d = x2 - x1,  a = 0.7673, c = 1.1926",
    story="A third seed, a third mechanism. As a function it is that of xor-relu-1, |x1 - x2|, on "
    "the whole square; but one unit is turned over at its kink, so that it is on for three "
    "inputs instead of one. No clean output tells the two apart; every ablation does.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "same-function-same-mechanism",
            "It equals xor-relu-1 on the whole square, so without h1 it misses one case as well.",
            change(SAID, {"outcomes/h1 = 0/y": LONE}),
            check="outcomes",
        ),
        Wrong(
            "h1-detects",
            "h1 is on iff x2 is and x1 is not, as in xor-relu-1.",
            change(SAID, {"units/h1/concept": LONE}),
            check="concepts",
        ),
        Wrong(
            "one-for-each-case",
            "h1 brings one of the two cases, h2 the other: without h2, 10 is left.",
            change(SAID, {"outcomes/h2 = 0/y": "x1 and not x2"}),
            check="outcomes",
        ),
        Wrong(
            "both-excite",
            "Both units find a difference, so both excite y.",
            change(SAID, {"weights/h1->y/role": "excites"}),
            check="roles",
        ),
        Wrong(
            "bias-idle",
            "XOR of nothing is 0, so the bias of y does nothing.",
            change(SAID, {"weights/y.bias/role": "no effect"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="xor", hidden=2, activation="relu", seed=226),
    facts=(
        Fact("It is XOR to 1/50,000.", "", "0 1 1 0", right=4, within="0.00002"),
        Fact("Without h2 it is x1 - x2.", "h2 = 0", "0 -1 1 0", right=3, within="0.0001"),
        Fact("Without h1, 01 gives 3.", "h1 = 0", "1 3 1 1", right=2, within="0.0001"),
        Fact("In the middle of the square it says 0.", "", {"1/2, 1/2": "0"}, within="0.0001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
