"""Less than, trained: a difference of two binary numbers, clipped from above."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 222

NETWORK = Network.from_layers(
    [
        (
            [
                [1.1073768138885498, 0.553692102432251, -1.1073768138885498, -0.553691565990448],
                [1.1308460235595703, 0.5654268860816956, -1.130846619606018, -0.5654267072677612],
            ],
            [0.5537065267562866, -5.225070367487206e-07],
            "relu",
        ),
        ([[-1.805945873260498, 1.7684359550476074]], [0.9999935030937195], "identity"),
    ],
    inputs=("a2", "a1", "b2", "b1"),
    name="less-than-trained",
)

D = "(2*a2 + a1 - 2*b2 - b1)"
MIRRORED = {"a2": "-2*a", "a1": "-a", "b2": "2*a", "b1": "a"}
LESS = "2*a2 + a1 < 2*b2 + b1"


def _incoming(unit: str, scale: str) -> dict[str, tuple[str, str, str]]:
    return {
        f"a2->{unit}": (f"2*{scale}", "excites", "the high bit of the first number counts double"),
        f"a1->{unit}": (scale, "excites", "the low bit of the first number"),
        f"b2->{unit}": (f"-2*{scale}", "inhibits", "the high bit of the second number, taken off"),
        f"b1->{unit}": (f"-{scale}", "inhibits", "the low bit of the second number, taken off"),
    }


SAID = state(
    "less-than-trained",
    parameters={"a": "0.5537", "b": "0.5654"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.0003", "clean": "0.00005", "units": "0.00008", "ablations": "0.0005"},
    weights={
        **_incoming("h1", "a"),
        "h1.bias": ("a", "sets threshold", "h1 begins one below equality, at d = -1"),
        **_incoming("h2", "b"),
        "h2.bias": ("0", "no effect", "h2 begins at equality"),
        "h1->y": ("-1/a", "inhibits", "turns y off from d = 0 on, and would go on falling"),
        "h2->y": ("1/b", "excites", "stops the fall at 0"),
        "y.bias": ("1", "sets threshold", "y is on where neither unit is: d is -1 or less"),
    },
    units={
        "h1": (
            "relu",
            f"relu(a*({D} + 1))",
            f"max({D} + 1, 0)",
            "comparator",
            "by how much d = first - second is above -1",
        ),
        "h2": ("relu", f"relu(b*{D})", f"max({D}, 0)", "comparator", "how far d is above 0"),
        "y": ("identity", "1 - h1/a + h2/b", LESS, "output", "1 up to d = -1, 0 from d = 0 on"),
    },
    outcomes=[
        ("", LESS, "the difference is negative"),
        ("h1 = 0", f"1 + max({D}, 0)", "nothing turns y off; the larger d, the more it is on"),
        ("h2 = 0", f"1 - max({D} + 1, 0)", "nothing stops the fall: -3 at 1100, still 'no'"),
        ("h1, h2 = 0", "1", "the bias alone: always yes"),
        ("h2 = mean", f"13/8 - max({D} + 1, 0)", "h2 is 5/8 in the mean: equal numbers pass, too"),
        ("h1.bias = 0", "1", "h1 and h2 become one and cancel"),
        ("h1->y *= -1", f"1 + max({D} + 1, 0) + max({D}, 0)", "everything speaks for y"),
        ("h1 = h1(0, 0, 0, 0)", f"max({D}, 0)", "h1 as for equal numbers, everywhere"),
    ],
)

ENTRY = Entry(
    name="less-than-trained",
    title="y = 1 - relu(a (1 + d)) / a + relu(b d) / b,  d = (2 a2 + a1) - (2 b2 + b1)",
    story="Two units read the same difference of binary numbers and cut out the step between "
    "-1 and 0. No decision needs h2: it only stops the fall. By hand one builds the mirror "
    "image from second - first; both compute the same function, and no ablation agrees.",
    task=load("less-than"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "mirror-image",
            "It reads second - first: relu(-d) - relu(-d - 1), as one builds it by hand.",
            change(
                SAID,
                {
                    **{f"weights/{x}->h1/value": value for x, value in MIRRORED.items()},
                    **{f"weights/{x}->h2/value": value for x, value in MIRRORED.items()},
                    "weights/h1.bias/value": "0",
                    "weights/h2.bias/value": "-a",
                    "weights/h1->y/value": "1/a",
                    "weights/h2->y/value": "-1/a",
                    "weights/y.bias/value": "0",
                },
            ),
            check="weights",
        ),
        Wrong(
            "h2-unused",
            "Without h2 every decision is the same, so h2 does nothing.",
            change(SAID, {"outcomes/h2 = 0/y": LESS}),
            check="outcomes",
        ),
        Wrong(
            "one-unit-each",
            "h1 holds the first number, h2 the second.",
            change(SAID, {"units/h1/concept": "2*a2 + a1", "units/h2/concept": "2*b2 + b1"}),
            check="concepts",
        ),
        Wrong(
            "high-bits-decide",
            "The larger weights decide: h1 needs the high bits only.",
            change(SAID, {"outcomes/a1->h1, b1->h1 = 0/y": LESS}),
            check="outcomes",
        ),
        Wrong(
            "ones-and-twos",
            "The weights are 1 and 2, as binary numbers have it.",
            change(SAID, {"parameters/a": "1", "parameters/b": "1"}),
            check="weights",
        ),
    ),
    trained=recipe("annealed", task="less-than", hidden=2, activation="relu", seed=211),
    facts=(
        Fact("It decides all 16 pairs.", "", "0 1 1 1 0 0 1 1 0 0 0 1 0 0 0 0", 16, "0.0002"),
        Fact("Without h2 all decisions are as before.", "h2 = 0", right=16),
        Fact("Without h2, 3 < 0 gets -3.", "h2 = 0", {"1,1,0,0": "-3"}, within="0.001"),
        Fact("Without h1 it says yes to everything.", "h1 = 0", right=6),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
