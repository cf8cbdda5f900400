"""A full adder: three bits are counted once, and two outputs read the count in two ways."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 81

NETWORK = Network.from_layers(
    [
        ([[1, 1, 1]] * 3, [0, -1, -2], "relu"),
        ([[0, 1, -1], [1, -2, 2]], [0, 0], "identity"),
    ],
    inputs=["a", "b", "c"],
    outputs=["carry", "sum"],
    name="full-adder",
)

S = "(a + b + c)"
CARRY = f"({S} >= 2)"
SUM = f"mod({S}, 2)"
ALL = "(a and b and c)"
BITS = ("a", "b", "c")

SAID = state(
    "full-adder",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->h1": ("1", "excites", "one up the count") for x in BITS},
        "h1.bias": ("0", "no effect", "h1 starts with the first bit"),
        **{f"{x}->h2": ("1", "excites", "one up the count") for x in BITS},
        "h2.bias": ("-1", "sets threshold", "h2 starts after the first bit"),
        **{f"{x}->h3": ("1", "excites", "one up the count") for x in BITS},
        "h3.bias": ("-2", "sets threshold", "h3 starts after the second bit"),
        "h1->carry": ("0", "no effect", "no connection: one bit alone carries nothing"),
        "h2->carry": ("1", "excites", "the second bit makes the carry"),
        "h3->carry": ("-1", "inhibits", "the third makes no second one"),
        "carry.bias": ("0", "no effect", "nothing on, no carry"),
        "h1->sum": ("1", "excites", "slope up from the start"),
        "h2->sum": ("-2", "inhibits", "the second bit goes into the carry, and the first with it"),
        "h3->sum": ("2", "excites", "the third stays here again"),
        "sum.bias": ("0", "no effect", "nothing on, nothing left"),
    },
    units={
        "h1": ("relu", f"relu({S})", S, "counter", "how many bits are on"),
        "h2": ("relu", f"relu({S} - 1)", f"max({S}, 1)", "counter", "how many after the first"),
        "h3": ("relu", f"relu({S} - 2)", ALL, "detector", "on iff all three are"),
        "carry": ("identity", "h2 - h3", CARRY, "output", "majority: the bit worth 2"),
        "sum": ("identity", "h1 - 2*h2 + 2*h3", SUM, "output", "parity: the bit worth 1"),
    },
    outcomes=[
        ("", (CARRY, SUM), "the count in binary: 00, 01, 10, 11"),
        ("h1 = 0", (CARRY, f"{SUM} - {S}"), "the carry does not need h1, the sum does"),
        ("h2 = 0", (f"-{ALL}", f"{S} + 2*{ALL}"), "no carry any more, and the sum counts on"),
        ("h3 = 0", (f"max({S} - 1, 0)", f"{SUM} - 2*{ALL}"), "111 carries 2 and leaves -1"),
        ("h1, h2 = 0", (f"-{ALL}", f"2*{ALL}"), "h3 alone"),
        ("h2, h3 = 0", ("0", S), "h1 alone: the count, without a carry"),
        (
            "h2 = mean",
            (f"5/8 - {ALL}", f"{S} - 5/4 + 2*{ALL}"),
            "the mean of h2 is 5/8, which is a carry for everybody but 111",
        ),
        ("h2->sum = 0", (CARRY, f"{S} + 2*{ALL}"), "the carry is as before: the edge is the sum's"),
        ("c = 0", ("a and b", "a != b"), "without a carry coming in: AND and XOR, a half adder"),
        ("c = 1", ("a or b", "a == b"), "with a carry coming in: OR and its partner"),
        ("h3->carry *= -1", (f"max({S} - 1, 0) + {ALL}", SUM), "111 carries 3"),
        ("h3 = h3(1, 1, 1)", (f"max({S} - 1, 0) - 1", f"{SUM} + 2 - 2*{ALL}"), "as for 111"),
    ],
)

ENTRY = Entry(
    name="full-adder",
    title="carry = relu(s - 1) - relu(s - 2),  sum = relu(s) - 2 relu(s - 1) + 2 relu(s - 2)",
    story="Majority and parity of three bits from the same three counters: h2 and h3 serve both "
    "outputs, with weights of opposite signs. So 'what is h2 for' has two answers, and its sign "
    "has two as well: it makes the carry, and takes the pair out of the sum.",
    task=load("full-adder"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-circuit-each",
            "h2 and h3 are the carry, h1 is the sum: without h2 the sum is as before.",
            change(SAID, {"outcomes/h2 = 0/sum": SUM}),
            check="outcomes",
        ),
        Wrong(
            "h2-is-the-carry",
            "h2 is the carry: on iff two bits are.",
            change(SAID, {"units/h2/concept": CARRY}),
            check="concepts",
        ),
        Wrong(
            "half-adders",
            "First a and b are added, then c to the result: h1 sees a and b only.",
            change(SAID, {"weights/c->h1/value": "0", "units/h1/expression": "relu(a + b)"}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "third-bit-for-the-sum",
            "h3 repairs the sum of 111; the carry of 111 is 1 already, so it does not need h3.",
            change(SAID, {"outcomes/h3 = 0/carry": CARRY}),
            check="outcomes",
        ),
        Wrong(
            "excites-everything",
            "h2 has an exciting weight to the carry, so it excites the sum, too.",
            change(SAID, {"weights/h2->sum/role": "excites"}),
            check="roles",
        ),
    ),
    facts=(
        Fact("It adds.", "", "0,0 0,1 0,1 1,0 0,1 1,0 1,0 1,1", right=8),
        Fact(
            "Without h1 every carry is right and no odd sum is.",
            "h1 = 0",
            "0,0 0,0 0,0 1,-2 0,0 1,-2 1,-2 1,-2",
            right=4,
        ),
        Fact("Without h3 only 111 is wrong, twice.", "h3 = 0", {"1, 1, 1": "2, -1"}, right=7),
    ),
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723: an electric adder",
    ),
)
