"""XOR, trained from a fourth seed: two objections, 'both' and 'neither'."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 203

NETWORK = Network.from_layers(
    [
        (
            [[0.7599653601646423, 0.7599653601646423], [-0.7597835659980774, -0.7597836256027222]],
            [-0.7599653005599976, 0.7597835659980774],
            "relu",
        ),
        ([[-1.3158286809921265, -1.31614351272583]], [0.999991238117218], "identity"),
    ],
    name="xor-relu-4",
)

BOTH = "(x1 and x2)"
NEITHER = "not (x1 or x2)"

SAID = state(
    "xor-relu-4",
    parameters={"a": "0.76"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.0004", "clean": "0.000009", "units": "0.0003", "ablations": "0.00004"},
    weights={
        "x1->h1": ("a", "excites", "one vote for 'both'"),
        "x2->h1": ("a", "excites", "the other vote"),
        "h1.bias": ("-a", "sets threshold", "one vote is not enough"),
        "x1->h2": ("-a", "inhibits", "x1 on is not 'neither'"),
        "x2->h2": ("-a", "inhibits", "x2 on is not 'neither'"),
        "h2.bias": ("a", "sets threshold", "h2 is on unless an input is"),
        "h1->y": ("-1/a", "inhibits", "'both' turns y off"),
        "h2->y": ("-1/a", "inhibits", "'neither' turns y off"),
        "y.bias": ("1", "sets threshold", "y is on unless a unit objects"),
    },
    units={
        "h1": ("relu", "relu(a*(x1 + x2 - 1))", BOTH, "detector", "on iff both are on"),
        "h2": ("relu", "relu(a*(1 - x1 - x2))", NEITHER, "detector", "on iff neither is"),
        "y": ("identity", "1 - h1/a - h2/a", "x1 != x2", "output", "on iff nobody objects"),
    },
    outcomes=[
        ("", "x1 != x2", "neither 'both' nor 'neither'"),
        ("h1 = 0", "x1 or x2", "nobody objects to 'both': OR"),
        ("h2 = 0", "not (x1 and x2)", "nobody objects to 'neither': NAND"),
        ("h1, h2 = 0", "1", "nobody objects at all"),
        ("h1 = mean", f"3/4 - ({NEITHER})", "a quarter of an objection to everything"),
        ("h1.bias = 0", f"1 - x1 - x2 - ({NEITHER})", "h1 counts, and objects to each input"),
        ("x1->h1 = 0", "x1 or x2", "one vote never gets over the threshold of h1"),
        ("h1->y *= -1", f"1 + {BOTH} - ({NEITHER})", "'both' now counts twice in favour"),
        ("h1 = h1(1, 1)", f"-({NEITHER})", "the objection to 'both', put in everywhere"),
    ],
)

ENTRY = Entry(
    name="xor-relu-4",
    title="y = 1 - relu(a (x1 + x2 - 1)) / a - relu(a (1 - x1 - x2)) / a,  a = 0.76",
    story="The rarest of the four mechanisms: y is on by its bias, one unit objects to 'both', "
    "the other to 'neither'. As a function of the square it is that of xor-relu-2. Remove "
    "a unit and a gate is left: OR or NAND. One number fits all nine.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-for-each-case",
            "Each unit finds one of the two ways to differ: without h1, only 10 is left.",
            change(SAID, {"outcomes/h1 = 0/y": "x1 and not x2"}),
            check="outcomes",
        ),
        Wrong(
            "or-minus-and",
            "h2 is OR and h1 is AND: without h1 that is OR, and without h2 it is minus AND.",
            change(SAID, {"outcomes/h2 = 0/y": f"-{BOTH}"}),
            check="outcomes",
        ),
        Wrong(
            "nothing-left",
            "The two units do all the work: without both, y is 0.",
            change(SAID, {"outcomes/h1, h2 = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "h2-is-or",
            "A unit with two equal weights is an OR: h2 counts what is on.",
            change(SAID, {"units/h2/role": "counter"}),
            check="roles",
        ),
        Wrong(
            "ones",
            "The weights are 1 and -1, as if built by hand.",
            change(SAID, {"parameters/a": "1"}),
            check="weights",
        ),
    ),
    trained=recipe("annealed", task="xor", hidden=2, activation="relu", seed=24),
    facts=(
        Fact("It is XOR to 1/100,000.", "", "0 1 1 0", right=4, within="0.00001"),
        Fact("Without h1 it is OR.", "h1 = 0", "0 1 1 1", right=3, within="0.0001"),
        Fact("Without h2 it is NAND.", "h2 = 0", "1 1 1 0", right=3, within="0.0001"),
        Fact("In the middle of the square it says 1.", "", {"1/2, 1/2": "1"}, within="0.0001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
