"""Mirror symmetry of six bits: the network that was printed in 1986."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 45

# The figure prints one decimal, and 14.2 is no float32 number, so the nearest ones are stored.
NETWORK = Network.from_layers(
    [
        (
            [
                ["14.2", "-3.6", "7.2", "-7.2", "3.6", "-14.2"],
                ["-14.2", "3.6", "-7.1", "7.1", "-3.6", "14.2"],
            ],
            ["-1.1", "-1.1"],
            "sigmoid",
        ),
        ([["-8.8", "-8.8"]], ["6.4"], "sigmoid"),
    ],
    name="symmetry-1986",
    round=True,
)

D = "(4*(x1 - x6) - (x2 - x5) + 2*(x3 - x4))"
H1 = f"sigmoid(a*{D} - b)"
H2 = f"sigmoid(-a*{D} - b)"
MIRROR = "x1 == x6 and x2 == x5 and x3 == x4"
FACTORS = {"x1": 4, "x2": -1, "x3": 2, "x4": -2, "x5": 1, "x6": -4}


def _weight(factor: int, partner: str) -> tuple[str, str, str]:
    value = "a" if factor == 1 else "-a" if factor == -1 else f"{factor}*a"
    return (value, "excites" if factor > 0 else "inhibits", f"balanced by {partner}")


SAID = state(
    "symmetry-1986",
    parameters={"a": "3.565", "b": "1.1", "v": "8.8", "c": "6.4"},
    decision={"threshold": "1/2"},
    # A soft step takes many values; what a unit stands for is what decisions notice of it.
    metric={"concepts": "decision"},
    tolerance={"weights": "0.07", "clean": "0.02", "units": "0.02", "ablations": "0.02"},
    weights={
        **{f"{x}->h1": _weight(f, f"x{7 - int(x[1])}") for x, f in FACTORS.items()},
        "h1.bias": ("-b", "sets threshold", "keeps h1 low while everything balances"),
        **{f"{x}->h2": _weight(-f, f"x{7 - int(x[1])}") for x, f in FACTORS.items()},
        "h2.bias": ("-b", "sets threshold", "keeps h2 low while everything balances"),
        "h1->y": ("-v", "inhibits", "turns y off where d is positive"),
        "h2->y": ("-v", "inhibits", "turns y off where d is negative"),
        "y.bias": ("c", "sets threshold", "y is on unless h1 or h2 objects"),
    },
    units={
        "h1": ("sigmoid", H1, f"{D} > 0", "comparator", "high where d is positive"),
        "h2": ("sigmoid", H2, f"{D} < 0", "comparator", "high where d is negative"),
        "y": ("sigmoid", "sigmoid(c - v*h1 - v*h2)", MIRROR, "output", "on iff d is 0"),
    },
    outcomes=[
        ("", f"sigmoid(c - v*{H1} - v*{H2})", "on iff neither unit objects"),
        ("h1 = 0", f"sigmoid(c - v*{H2})", "nobody objects to a positive d: 36 of 64 are right"),
        ("h2 = 0", f"sigmoid(c - v*{H1})", "nobody objects to a negative d: 36 of 64 are right"),
        ("h1, h2 = 0", "sigmoid(c)", "nobody objects at all"),
        ("h1 = 1", f"sigmoid(c - v - v*{H2})", "a lasting objection: always off"),
        ("h1.pre = 0", f"sigmoid(c - v/2 - v*{H2})", "h1 is 1/2, not 0: half an objection"),
        (
            "h2 = h2(0, 0, 0, 0, 0, 0)",
            f"sigmoid(c - v*{H1} - v*sigmoid(-b))",
            "h2 always says what it says of a balanced input",
        ),
        (
            "x1->h1 = 0",
            f"sigmoid(c - v*sigmoid(a*({D} - 4*x1) - b) - v*{H2})",
            "x6 is no longer balanced in h1",
        ),
    ],
)

ENTRY = Entry(
    name="symmetry-1986",
    title="y = σ(c - v σ(a d - b) - v σ(-a d - b)),  d = 4 (x1 - x6) - (x2 - x5) + 2 (x3 - x4)",
    story="Each pair of mirrored bits is compared with a weight of its own, 4 : 1 : 2, so "
    "that no two differences can cancel: d is 0 for palindromes and for nothing else. "
    "h1 objects to positive d, h2 to negative. The printed weights are near that ratio, "
    "not on it: four numbers state all seventeen to 0.07.",
    task=load("symmetry-6"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "exactly-1-2-4",
            "The weights are in the ratio 1 : 2 : 4, exactly.",
            change(SAID, {"tolerance/weights": "0.000001"}),
            check="weights",
        ),
        Wrong(
            "pairs-alike",
            "Each pair is compared with the same weight: symmetry treats all pairs alike.",
            change(
                SAID,
                {
                    f"weights/{x}->h{k}/value": "a" if (f > 0) == (k == 1) else "-a"
                    for x, f in FACTORS.items()
                    for k in (1, 2)
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "copies",
            "h2 is h1 turned over, so it adds nothing: without h1 the answers are the same.",
            change(SAID, {"outcomes/h1 = 0/y": f"sigmoid(c - v*{H1} - v*{H2})"}),
            check="outcomes",
        ),
        Wrong(
            "zero-input-is-off",
            "A pre-activation of 0 turns h1 off, just as setting h1 to 0 does.",
            change(SAID, {"outcomes/h1.pre = 0/y": f"sigmoid(c - v*{H2})"}),
            check="outcomes",
        ),
        Wrong(
            "small-means-minor",
            "3.6 is the smallest weight: cutting x2 and x5 from h1 changes nothing.",
            change(SAID, {"outcomes/x2->h1, x5->h1 = 0/y": f"sigmoid(c - v*{H1} - v*{H2})"}),
            check="outcomes",
        ),
        Wrong(
            "outer-pair-only",
            "The outer pair has the largest weights, so h1 looks at that pair.",
            change(SAID, {"units/h1/concept": "x1 > x6"}),
            check="concepts",
        ),
        Wrong(
            "units-detect-symmetry",
            "The hidden units detect symmetry, and turn y on.",
            change(SAID, {"weights/h1->y/role": "excites", "weights/h2->y/role": "excites"}),
            check="roles",
        ),
    ),
    facts=(
        Fact("It decides all 64 inputs right.", "", right=64),
        Fact(
            "It says 0.881 to every palindrome.",
            "",
            {"0,0,0,0,0,0": "0.8813", "1,0,1,1,0,1": "0.8813", "1,1,1,1,1,1": "0.8813"},
            within="0.00005",
        ),
        Fact("Without h1 it decides 36 of 64 right.", "h1 = 0", right=36),
        Fact("Without h2 it decides 36 of 64 right.", "h2 = 0", right=36),
    ),
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating "
        "errors, Nature 323 (1986) 533-536, Figure 1: the weights as printed",
    ),
)
