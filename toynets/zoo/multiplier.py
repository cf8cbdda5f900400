"""A multiplier of two two-bit numbers: four products of bits, and one unit for 3 times 3."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 84

NETWORK = Network.from_layers(
    [
        (
            [[0, 1, 0, 1], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 1, 0], [1, 1, 1, 1]],
            [-1, -1, -1, -1, -3],
            "relu",
        ),
        (
            [[0, 0, 0, 0, 1], [0, 0, 0, 1, -1], [0, 1, 1, 0, -2], [1, 0, 0, 0, 0]],
            [0, 0, 0, 0],
            "identity",
        ),
    ],
    inputs=["a2", "a1", "b2", "b1"],
    units=["low", "cross1", "cross2", "high", "all"],
    outputs=["p8", "p4", "p2", "p1"],
    name="multiplier",
)

INPUTS = ("a2", "a1", "b2", "b1")
OUTPUTS = ("p8", "p4", "p2", "p1")
PAIRS = {"low": ("a1", "b1"), "cross1": ("a1", "b2"), "cross2": ("a2", "b1"), "high": ("a2", "b2")}
PRODUCTS = {unit: f"({a} and {b})" for unit, (a, b) in PAIRS.items()}
LOW, CROSS1, CROSS2, HIGH = PRODUCTS.values()
ALL = "(a2 and a1 and b2 and b1)"
CLEAN = [ALL, f"({HIGH} - {ALL})", f"({CROSS1} + {CROSS2} - 2*{ALL})", LOW]
SENT = {
    ("low", "p1"): ("1", "excites", "the only product that is worth 1"),
    ("cross1", "p2"): ("1", "excites", "a product worth 2"),
    ("cross2", "p2"): ("1", "excites", "the other product worth 2"),
    ("high", "p4"): ("1", "excites", "the product worth 4"),
    ("all", "p2"): ("-2", "inhibits", "two products worth 2 are one of 4: none stays here"),
    ("all", "p4"): ("-1", "inhibits", "that 4 and the other are one of 8: none stays here"),
    ("all", "p8"): ("1", "excites", "9 is the only product with an 8"),
}
NONE = ("0", "no effect", "no connection")


def _parents(unit: str) -> dict[str, tuple[str, str, str]]:
    pair = PAIRS[unit]
    return {
        **{
            f"{x}->{unit}": ("1", "excites", "one of its two bits") if x in pair else NONE
            for x in INPUTS
        },
        f"{unit}.bias": ("-1", "sets threshold", "one bit is not enough"),
    }


SAID = state(
    "multiplier",
    decision={"threshold": "1/2"},
    weights={
        **{address: said for unit in PAIRS for address, said in _parents(unit).items()},
        **{f"{x}->all": ("1", "excites", "needed for 3 times 3") for x in INPUTS},
        "all.bias": ("-3", "sets threshold", "three bits are not enough"),
        **{f"{u}->{p}": SENT.get((u, p), NONE) for p in OUTPUTS for u in (*PAIRS, "all")},
        **{f"{p}.bias": ("0", "no effect", "0 times 0 has no bit on") for p in OUTPUTS},
    },
    units={
        **{
            unit: ("relu", f"relu({a} + {b} - 1)", PRODUCTS[unit], "detector", f"{a} times {b}")
            for unit, (a, b) in PAIRS.items()
        },
        "all": ("relu", "relu(a2 + a1 + b2 + b1 - 3)", ALL, "detector", "on iff it is 3 times 3"),
        "p8": ("identity", "all", CLEAN[0], "output", "9 alone has an 8"),
        "p4": ("identity", "high - all", CLEAN[1], "output", "4 and 6 have a 4, 9 has none"),
        "p2": ("identity", "cross1 + cross2 - 2*all", CLEAN[2], "output", "2, 3 and 6 have a 2"),
        "p1": ("identity", "low", CLEAN[3], "output", "odd times odd"),
    },
    outcomes=[
        ("", CLEAN, "0, 1, 2, 3, 4, 6 and 9 in binary"),
        ("low = 0", [*CLEAN[:3], "0"], "no product is odd"),
        ("cross1 = 0", [*CLEAN[:2], f"{CLEAN[2]} - {CROSS1}", LOW], "one of the products worth 2"),
        ("cross2 = 0", [*CLEAN[:2], f"{CLEAN[2]} - {CROSS2}", LOW], "the other one"),
        ("high = 0", [ALL, f"-{ALL}", *CLEAN[2:]], "4 and 6 lose their 4, and 9 goes to -1 there"),
        (
            "all = 0",
            ["0", HIGH, f"{CROSS1} + {CROSS2}", LOW],
            "nothing is carried: 3 times 3 is a 4, two 2 and a 1, which is 9 as well",
        ),
        ("cross1, cross2 = 0", [*CLEAN[:2], f"-2*{ALL}", LOW], "only the carry is left in p2"),
        (
            "all = mean",
            ["1/16", f"{HIGH} - 1/16", f"{CROSS1} + {CROSS2} - 1/8", LOW],
            "a sixteenth of a carry for everybody",
        ),
        ("all->p4 = 0", [ALL, HIGH, *CLEAN[2:]], "the 4 is carried and kept: 3 times 3 is 13"),
        ("b2 = 0", ["0", "0", "a2 and b1", "a1 and b1"], "b is 0 or 1: nothing, or a again"),
        (
            "a1->low = 0",
            [*CLEAN[:3], "0"],
            "b1 alone never reaches the threshold of 'low'",
        ),
    ],
)

ENTRY = Entry(
    name="multiplier",
    title="p1 = a1 b1, p2 = a1 b2 + a2 b1 - 2 q, p4 = a2 b2 - q, p8 = q: q is on for 3 times 3",
    story="Products of bits are ANDs, as in multiplication on paper. Carries happen at one input "
    "of sixteen only, 3 times 3, so one unit does them all, and no second layer is needed. "
    "All hidden units are ANDs; only the output weights know arithmetic.",
    task=load("multiplier"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "all-is-for-p8",
            "'all' makes p8, so without it only p8 is lost.",
            change(SAID, {"outcomes/all = 0/p4": CLEAN[1], "outcomes/all = 0/p2": CLEAN[2]}),
            check="outcomes",
        ),
        Wrong(
            "all-is-a-count",
            "'all' has four equal weights: it counts the bits.",
            change(SAID, {"units/all/concept": "a2 + a1 + b2 + b1"}),
            check="concepts",
        ),
        Wrong(
            "adds",
            "Multiplying is adding: the first layer adds up bits, as in the adder.",
            change(
                SAID,
                {
                    f"weights/{x}->{unit}/value": "1"
                    for unit, pair in PAIRS.items()
                    for x in INPUTS
                    if x not in pair
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "p2-is-xor",
            "p2 is an exclusive or, so one cross product is on its own without the other.",
            change(SAID, {"outcomes/cross2 = 0/p2": CROSS1}),
            check="outcomes",
        ),
        Wrong(
            "high-is-p4",
            "'high' is p4: they are on together.",
            change(SAID, {"units/high/expression": f"{HIGH} - {ALL}"}),
            check="units",
        ),
    ),
    facts=(
        Fact("It multiplies all 16 pairs right.", "", right=16),
        Fact(
            "3 times 3 is 1001, 2 times 3 is 0110.",
            "",
            {"1,1,1,1": "1,0,0,1", "1,0,1,1": "0,1,1,0"},
        ),
        Fact("Without 'all' only 3 times 3 is wrong.", "all = 0", {"1,1,1,1": "0,1,2,1"}, right=15),
        Fact("Without 'high' the products 4 and 6 are wrong.", "high = 0", right=13),
    ),
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723: arithmetic by circuits",
        "described for this zoo: products as ANDs, and one unit for the only carry",
    ),
)
