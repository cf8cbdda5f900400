"""Parity of four, trained: a count in which x4 is taken off, folded three times."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 223

NETWORK = Network.from_layers(
    [
        (
            [
                [0.7352014780044556, 0.7352014780044556, 0.7352014780044556, -0.7352014780044556],
                [0.9652256369590759, 0.9652256369590759, 0.9652256369590759, -0.9652256965637207],
                [-0.7064056992530823, -0.7064056992530823, -0.7064056992530823, 0.7064056396484375],
                [0.8525564074516296, 0.8525564074516296, 0.8525564074516296, -0.8525564670562744],
            ],
            [
                3.9518988775855135e-11,
                -0.9652255773544312,
                1.9979110033041536e-10,
                -1.7051126956939697,
            ],
            "relu",
        ),
        (
            [[1.360075831413269, -2.0719053745269775, 1.4155222177505493, 2.345691680908203]],
            [3.5148917959304526e-05],
            "identity",
        ),
    ],
    name="parity-4-trained",
)

D = "(x1 + x2 + x3 - x4)"
PARITY = "mod(x1 + x2 + x3 + x4, 2)"
LONE = "(x4 and not (x1 or x2 or x3))"
ALL = "(x1 and x2 and x3 and not x4)"
TOP = f"max({D} - 1, 0)"


def _incoming(unit: str, scale: str, up: bool = True) -> dict[str, tuple[str, str, str]]:
    """The weights of a unit that reads d, or -d."""
    plus, minus = (scale, "excites"), (f"-{scale}", "inhibits")
    counted, taken = (plus, minus) if up else (minus, plus)
    found = {f"x{i}->{unit}": (*counted, "one step of the count d") for i in (1, 2, 3)}
    return {**found, f"x4->{unit}": (*taken, "x4 is the one that counts down")}


SAID = state(
    "parity-4-trained",
    parameters={"a": "0.7352", "b": "0.9652", "c": "0.7064", "e": "0.8526"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.0003", "clean": "0.00006", "units": "0.00006", "ablations": "0.0008"},
    weights={
        **_incoming("h1", "a"),
        "h1.bias": ("0", "no effect", "h1 begins above d = 0"),
        **_incoming("h2", "b"),
        "h2.bias": ("-b", "sets threshold", "h2 begins above d = 1"),
        **_incoming("h3", "c", up=False),
        "h3.bias": ("0", "no effect", "h3 begins below d = 0"),
        **_incoming("h4", "e"),
        "h4.bias": ("-2*e", "sets threshold", "h4 begins above d = 2"),
        "h1->y": ("1/a", "excites", "up from d = 0 to 1: odd"),
        "h2->y": ("-2/b", "inhibits", "down again from d = 1 to 2: even"),
        "h3->y": ("1/c", "excites", "the arm to the left: d = -1 is odd"),
        "h4->y": ("2/e", "excites", "up again from d = 2 to 3: odd"),
        "y.bias": ("0", "no effect", "d = 0 is even"),
    },
    units={
        "h1": ("relu", f"relu(a*{D})", f"max({D}, 0)", "detector", "how far d is above 0"),
        "h2": ("relu", f"relu(b*({D} - 1))", TOP, "detector", "how far d is above 1"),
        "h3": ("relu", f"relu(-c*{D})", LONE, "detector", "on iff d is -1: x4 and nothing else"),
        "h4": ("relu", f"relu(e*({D} - 2))", ALL, "detector", "on iff d is 3: all but x4"),
        "y": (
            "identity",
            "h1/a - 2*h2/b + h3/c + 2*h4/e",
            PARITY,
            "output",
            "|d|, folded at 1 and at 2",
        ),
    },
    outcomes=[
        ("", PARITY, "d is odd iff the count is"),
        ("h1 = 0", f"{PARITY} - max({D}, 0)", "the rise from 0 is gone: the folds pull y down"),
        ("h2 = 0", f"{PARITY} + 2*{TOP}", "never folded down: 2 and 5 at the counts 2 and 3"),
        ("h3 = 0", f"{PARITY} - {LONE}", "0001 alone is lost"),
        ("h4 = 0", f"{PARITY} - 2*{ALL}", "1110 alone is lost: -1"),
        ("h1, h2, h3, h4 = 0", "0", "nothing reaches y"),
        ("h3 = mean", f"{PARITY} - {LONE} + 1/16", "h3 is on for one input of 16"),
        ("h4.bias = 0", f"{PARITY} - 2*{ALL} + 2*max({D}, 0)", "h4 now begins at d = 0"),
        ("h1->y *= -1", f"{PARITY} - 2*max({D}, 0)", "the rise from 0 becomes a fall"),
        ("h3 = h3(0, 0, 0, 1)", f"{PARITY} - {LONE} + 1", "the left arm, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="parity-4-trained",
    title="y = |d| - 2 relu(d - 1) + 2 relu(d - 2),  d = x1 + x2 + x3 - x4",
    story="Like parity-trained with one bit more. Taking x4 off the count lets d run from -1 to "
    "3, so that a fold at 0 does for two counts. Four scales, chosen by weight decay, fit "
    "all 25 numbers. Few starts of a thousand end here.",
    task=load("parity-4"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "plain-count",
            "Parity treats all inputs alike, and so does each unit: h1 counts all four.",
            change(
                SAID,
                {
                    "weights/x4->h1/value": "a",
                    "weights/x4->h2/value": "b",
                    "weights/x4->h4/value": "e",
                    "weights/x1->h3/value": "c",
                    "weights/x2->h3/value": "c",
                    "weights/x3->h3/value": "c",
                    "weights/h3.bias/value": "-3*c",
                    "weights/h3->y/value": "-2/c",
                },
            ),
            check="weights",
        ),
        Wrong(
            "largest-matters-most",
            "h4 has the largest weight into y, so without it most answers are lost.",
            change(SAID, {"outcomes/h4 = 0/y": f"{PARITY} - max({D}, 0)"}),
            check="outcomes",
        ),
        Wrong(
            "clipped",
            "h2 only limits y to 1: without it y is still at most 1.",
            change(SAID, {"outcomes/h2 = 0/y": f"min(abs{D}, 1)"}),
            check="outcomes",
        ),
        Wrong(
            "one-bit-each",
            "Four inputs, four units: h4 stands for x4.",
            change(SAID, {"units/h4/concept": "x4"}),
            check="concepts",
        ),
        Wrong(
            "counters",
            "A parity unit counts: h1 is a counter of its inputs.",
            change(SAID, {"units/h1/role": "counter"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="parity-4", hidden=4, activation="relu", seed=624),
    facts=(
        Fact("It is the parity.", "", "0 1 1 0 1 0 0 1 1 0 0 1 0 1 1 0", 16, "0.0001"),
        Fact("Without h3 0001 is lost.", "h3 = 0", right=15),
        Fact("Without h4 1110 gives -1.", "h4 = 0", {"1,1,1,0": "-1"}, within="0.001"),
        Fact("Without h2 the four inputs with d = 2 are wrong.", "h2 = 0", right=12),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
