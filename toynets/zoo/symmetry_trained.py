"""Mirror symmetry of six bits, trained again by the method of 1986, with full precision kept."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 58

NETWORK = Network.from_layers(
    [
        (
            [
                [
                    3.3145525455474854,
                    6.618494987487793,
                    -13.19846248626709,
                    13.196934700012207,
                    -6.620316982269287,
                    -3.3173742294311523,
                ],
                [
                    -3.3175883293151855,
                    -6.620751857757568,
                    13.19780445098877,
                    -13.199332237243652,
                    6.618931770324707,
                    3.314774990081787,
                ],
            ],
            [-2.2400877475738525, -2.240229368209839],
            "sigmoid",
        ),
        ([[-17.500925064086914, -17.500568389892578]], [8.038697242736816], "sigmoid"),
    ],
    name="symmetry-trained",
)

D = "(x1 - x6 + 2*(x2 - x5) - 4*(x3 - x4))"
H1 = f"sigmoid(a*{D} - b)"
H2 = f"sigmoid(-a*{D} - b)"
MIRROR = "x1 == x6 and x2 == x5 and x3 == x4"
FACTORS = {"x1": 1, "x2": 2, "x3": -4, "x4": 4, "x5": -2, "x6": -1}


def _weight(factor: int, partner: str) -> tuple[str, str, str]:
    value = "a" if factor == 1 else "-a" if factor == -1 else f"{factor}*a"
    return (value, "excites" if factor > 0 else "inhibits", f"balanced by {partner}")


SAID = state(
    "symmetry-trained",
    parameters={"a": "3.302", "b": "2.24", "v": "17.501", "c": "8.039"},
    decision={"threshold": "1/2"},
    # A soft step takes many values; what a unit stands for is what decisions notice of it.
    metric={"concepts": "decision"},
    tolerance={"weights": "0.02", "clean": "0.001", "units": "0.009", "ablations": "0.003"},
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
        ("h1.pre = 0", f"sigmoid(c - v/2 - v*{H2})", "h1 is 1/2, not 0: half an objection"),
        (
            "h2 = h2(0, 0, 0, 0, 0, 0)",
            f"sigmoid(c - v*{H1} - v*sigmoid(-b))",
            "h2 always says what it says of a balanced input",
        ),
        (
            "x1->h1, x6->h1 = 0",
            f"sigmoid(c - v*sigmoid(a*({D} - x1 + x6) - b) - v*{H2})",
            "h1 no longer sees the outer pair",
        ),
    ],
)

ENTRY = Entry(
    name="symmetry-trained",
    title="y = σ(c - v σ(a d - b) - v σ(-a d - b)),  d = (x1 - x6) + 2 (x2 - x5) - 4 (x3 - x4)",
    story="The method of 1986, another start, and the same mechanism with its pairs in "
    "another order: here the inner pair has the largest weight. 1 : 2 : 4 is the "
    "cheapest choice of sizes for which no two differences cancel; some starts find the "
    "next one, 2 : 3 : 4.",
    task=load("symmetry-6"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "two-three-four",
            "The sizes are in the ratio 2 : 3 : 4, which balances only palindromes as well.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "2*a",
                    "weights/x6->h1/value": "-2*a",
                    "weights/x2->h1/value": "3*a",
                    "weights/x5->h1/value": "-3*a",
                    "weights/x1->h2/value": "-2*a",
                    "weights/x6->h2/value": "2*a",
                    "weights/x2->h2/value": "-3*a",
                    "weights/x5->h2/value": "3*a",
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "exactly-1-2-4",
            "The weights are in the ratio 1 : 2 : 4, exactly.",
            change(SAID, {"tolerance/weights": "0.000001"}),
            check="weights",
        ),
        Wrong(
            "copies",
            "h2 is h1 turned over, so it adds nothing: without h1 the answers are the same.",
            change(SAID, {"outcomes/h1 = 0/y": f"sigmoid(c - v*{H1} - v*{H2})"}),
            check="outcomes",
        ),
        Wrong(
            "small-means-minor",
            "The outer pair has the smallest weights: cutting it from h1 changes nothing.",
            change(SAID, {"outcomes/x1->h1, x6->h1 = 0/y": f"sigmoid(c - v*{H1} - v*{H2})"}),
            check="outcomes",
        ),
        Wrong(
            "units-detect-symmetry",
            "The hidden units detect symmetry, and turn y on.",
            change(SAID, {"weights/h1->y/role": "excites", "weights/h2->y/role": "excites"}),
            check="roles",
        ),
    ),
    trained=recipe("rhw1986", task="symmetry-6", hidden=2, activation="sigmoid", seed=5),
    facts=(
        Fact("It decides all 64 inputs right.", "", right=64),
        Fact("It says 0.99 to a palindrome.", "", {"1,0,1,1,0,1": "0.991"}, within="0.0005"),
        Fact("Without h1 it decides 36 of 64 right.", "h1 = 0", right=36),
        Fact("Without h2 it decides 36 of 64 right.", "h2 = 0", right=36),
        Fact("Without both it says yes to everything.", "h1, h2 = 0", right=8),
    ),
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating "
        "errors, Nature 323 (1986) 533-536: the task, the network and the method",
    ),
)
