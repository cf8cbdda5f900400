"""A multiplier of two-bit numbers, trained: gradient descent finds the network built by hand."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 226

NETWORK = Network.from_layers(
    [
        (
            [
                [0.8165739178657532, 0.8165736198425293, 0.8165736794471741, 0.8165736794471741],
                [
                    0.7597838044166565,
                    -7.749685028102249e-05,
                    0.7597838044166565,
                    -7.74832078604959e-05,
                ],
                [
                    -2.1010646378272213e-05,
                    0.7597578763961792,
                    -2.1010679120081477e-05,
                    0.7597578763961792,
                ],
                [
                    -0.00041588692693039775,
                    0.7599878311157227,
                    0.7599878311157227,
                    -0.0004158170777373016,
                ],
                [
                    0.7597396969795227,
                    -0.00041524015250615776,
                    -0.0004153309273533523,
                    0.7597396969795227,
                ],
            ],
            [
                -2.449721097946167,
                -0.7597290277481079,
                -0.7597216367721558,
                -0.7598646283149719,
                -0.7596167325973511,
            ],
            "relu",
        ),
        (
            [
                [
                    1.2243913412094116,
                    3.836474206764251e-05,
                    3.8360332837328315e-05,
                    3.8278813008219004e-05,
                    3.8300255255308e-05,
                ],
                [
                    -1.2242411375045776,
                    1.3160467147827148,
                    -6.352228228934109e-05,
                    2.977740041387733e-05,
                    2.9761693440377712e-05,
                ],
                [
                    -2.4473326206207275,
                    0.000366423511877656,
                    0.00036630849353969097,
                    1.3158186674118042,
                    1.3162479400634766,
                ],
                [
                    5.6542288803029805e-05,
                    -4.009516032965621e-06,
                    1.3161176443099976,
                    3.0324337785714306e-05,
                    3.033427128684707e-05,
                ],
            ],
            [
                -1.7019558072206564e-05,
                1.7089596440200694e-06,
                -8.84150285855867e-05,
                -1.230836187460227e-05,
            ],
            "identity",
        ),
    ],
    inputs=("a2", "a1", "b2", "b1"),
    outputs=("p8", "p4", "p2", "p1"),
    name="multiplier-trained",
)

INPUTS = ("a2", "a1", "b2", "b1")
# What each unit but h1 multiplies: one bit of the first number, one of the second.
PAIRS = {"h2": ("a2", "b2"), "h3": ("a1", "b1"), "h4": ("a1", "b2"), "h5": ("a2", "b1")}
ALL = "(a2 and a1 and b2 and b1)"
HIGH, LOW = "(a2 and b2)", "(a1 and b1)"
INNER, OUTER = "(a1 and b2)", "(a2 and b1)"
# Output by output: the units that it adds, each with its stated weight and the reason.
SUMS = {
    "p8": {"h1": ("1/a", "3 times 3 is 9, the only product from 8 up")},
    "p4": {
        "h1": ("-1/a", "9 has no 4: takes the 4 back where it is carried on"),
        "h2": ("1/b", "the high bits make 4"),
    },
    "p2": {
        "h1": ("-2/a", "2 and 2 make 4, which is carried: takes both back"),
        "h4": ("1/b", "a low and a high bit make 2"),
        "h5": ("1/b", "a high and a low bit make 2"),
    },
    "p1": {"h3": ("1/b", "the low bits make 1")},
}


def _edge(value: str, why: str) -> tuple[str, str, str]:
    return (value, "inhibits" if value[0] == "-" else "excites", why)


def _weights() -> dict[str, tuple[str, str, str]]:
    found = {f"{x}->h1": ("a", "excites", "one of the four bits of 3 times 3") for x in INPUTS}
    found["h1.bias"] = ("-3*a", "sets threshold", "three bits are not enough")
    for unit, pair in PAIRS.items():
        for x in INPUTS:
            found[f"{x}->{unit}"] = (
                ("b", "excites", f"one of the two bits that {unit} multiplies")
                if x in pair
                else ("0", "no effect", f"{unit} multiplies {' and '.join(pair)} alone")
            )
        found[f"{unit}.bias"] = ("-b", "sets threshold", "one bit is not enough: a product is AND")
    for output, parts in SUMS.items():
        for unit in ("h1", *PAIRS):
            found[f"{unit}->{output}"] = (
                _edge(*parts[unit]) if unit in parts else ("0", "no effect", "not in this digit")
            )
        found[f"{output}.bias"] = ("0", "no effect", "no bits, no product")
    return found


SAID = state(
    "multiplier-trained",
    parameters={"a": "0.8166", "b": "0.7598"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.002", "clean": "0.0002", "units": "0.0008", "ablations": "0.01"},
    weights=_weights(),
    units={
        "h1": ("relu", f"relu(a*({' + '.join(INPUTS)} - 3))", ALL, "detector", "on iff 3 times 3"),
        **{
            unit: (
                "relu",
                f"relu(b*({one} + {two} - 1))",
                f"({one} and {two})",
                "detector",
                f"the product of {one} and {two}",
            )
            for unit, (one, two) in PAIRS.items()
        },
        "p8": ("identity", "h1/a", ALL, "output", "the digit of 8"),
        "p4": ("identity", "h2/b - h1/a", f"{HIGH} and not {LOW}", "output", "the digit of 4"),
        "p2": (
            "identity",
            "(h4 + h5)/b - 2*h1/a",
            f"{INNER} != {OUTER}",
            "output",
            "the digit of 2",
        ),
        "p1": ("identity", "h3/b", LOW, "output", "the digit of 1"),
    },
    outcomes=[
        (
            "",
            (ALL, f"{HIGH} - {ALL}", f"{INNER} + {OUTER} - 2*{ALL}", LOW),
            "four products of bits, and one carry",
        ),
        (
            "h1 = 0",
            ("0", HIGH, f"{INNER} + {OUTER}", LOW),
            "no carry: 3 times 3 reads 0 1 2 1, which is 4 + 2 times 2 + 1, still 9 in value",
        ),
        ("h2 = 0", (ALL, f"-{ALL}", f"{INNER} + {OUTER} - 2*{ALL}", LOW), "no 4 is made"),
        ("h3 = 0", (ALL, f"{HIGH} - {ALL}", f"{INNER} + {OUTER} - 2*{ALL}", "0"), "no 1 is made"),
        (
            "h4 = 0",
            (ALL, f"{HIGH} - {ALL}", f"{OUTER} - 2*{ALL}", LOW),
            "one of the two 2s is lost",
        ),
        ("h5 = 0", (ALL, f"{HIGH} - {ALL}", f"{INNER} - 2*{ALL}", LOW), "the other 2 is lost"),
        ("h4, h5 = 0", (ALL, f"{HIGH} - {ALL}", f"-2*{ALL}", LOW), "no 2 is made"),
        (
            "h1 = mean",
            ("1/16", f"{HIGH} - 1/16", f"{INNER} + {OUTER} - 1/8", LOW),
            "a sixteenth of a carry, everywhere",
        ),
        (
            "h1->p4 = 0",
            (ALL, HIGH, f"{INNER} + {OUTER} - 2*{ALL}", LOW),
            "the carry is written and the 4 kept: 3 times 3 is 13",
        ),
        (
            "a2 = 0",
            ("0", "0", INNER, LOW),
            "the first number is a1: what is left is the second number or 0",
        ),
    ],
)

ENTRY = Entry(
    name="multiplier-trained",
    title="p8 = c, p4 = a2 b2 - c, p2 = a1 b2 + a2 b1 - 2 c, p1 = a1 b1,  c = a2 a1 b2 b1",
    story="Long multiplication in five units: four products of bits, and one that is on at 3 "
    "times 3, where alone a digit is carried. Nobody told the network; two starts of "
    "512 end here. Without the carry 3 times 3 reads 0 1 2 1: digits wrong, value right.",
    task=load("multiplier"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "eight-only",
            "h1 makes the 8 of 9 and nothing else: without it the other digits stay.",
            change(
                SAID,
                {
                    "outcomes/h1 = 0/p4": f"{HIGH} - {ALL}",
                    "outcomes/h1 = 0/p2": f"{INNER} + {OUTER} - 2*{ALL}",
                },
            ),
            check="outcomes",
        ),
        Wrong(
            "exclusive-or",
            "p2 is the exclusive or of two products, so without h1 it still is.",
            change(SAID, {"outcomes/h1 = 0/p2": f"{INNER} != {OUTER}"}),
            check="outcomes",
        ),
        Wrong(
            "one-unit-for-each-digit",
            "Each digit has its unit: h4 is the digit of 2.",
            change(SAID, {"units/h4/concept": f"{INNER} != {OUTER}"}),
            check="concepts",
        ),
        Wrong(
            "counts-at-least-three",
            "h1 counts the bits and is on from three up.",
            change(SAID, {"units/h1/concept": "a2 + a1 + b2 + b1 >= 3"}),
            check="concepts",
        ),
        Wrong(
            "h5-spare",
            "h4 and h5 do the same, so one of them is spare.",
            change(SAID, {"units/h5/role": "backup"}),
            check="roles",
        ),
        Wrong(
            "exact",
            "Training has set the unused connections to exactly 0.",
            change(SAID, {"tolerance/weights": "0"}),
            check="weights",
        ),
    ),
    trained=recipe("thorough", task="multiplier", hidden=5, activation="relu", seed=321),
    facts=(
        Fact("All 16 products are right.", "", right=16),
        Fact("3 times 3 is 9.", "", {"1,1,1,1": "1,0,0,1"}, within="0.001"),
        Fact("Without h1, 3 x 3 reads 0121.", "h1 = 0", {"1,1,1,1": "0,1,2,1"}, within="0.002"),
        Fact("Without h1 the other 15 products are right.", "h1 = 0", right=15),
        Fact("Without h2 no product has a 4.", "h2 = 0", right=13),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
