"""Pitfall: a code of plus and minus ones, where 0 is no state of a unit but the middle of two."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 71

TASK = Task(
    name="repeat-one-of-4",
    title="which of four inputs is on, through two units",
    inputs=("x1", "x2", "x3", "x4"),
    outputs=("y1", "y2", "y3", "y4"),
    domain=Domain.listed([[ONE if i == k else ZERO for i in range(4)] for k in range(4)]),
    rule=lambda row: row,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(2,),
    activation="tanh",
    encode="one input is 1, the others are 0",
)

NETWORK = Network.from_layers(
    [
        ([[-1, -1, 1, 1], [-1, 1, -1, 1]], None, "identity"),
        ([[-1, -1], [-1, 1], [1, -1], [1, 1]], None, "identity"),
    ],
    units=["half", "parity"],
    name="code-plus-minus",
)

ITEMS = (1, 2, 3, 4)
SIGNS = {"half": ("-1", "-1", "1", "1"), "parity": ("-1", "1", "-1", "1")}
HALF = "(x3 + x4 - x1 - x2)"
PARITY = "(x2 + x4 - x1 - x3)"


def _scores(half: str, parity: str) -> list[str]:
    """Return the four outputs for two values of the code."""
    return [f"-{half} - {parity}", f"{parity} - {half}", f"{half} - {parity}", f"{half} + {parity}"]


def _in(sign: str, item: int, unit: str) -> tuple[str, str, str]:
    return (sign, "excites" if sign == "1" else "inhibits", f"item {item} has {unit} at {sign}")


def _out(sign: str, item: int, unit: str) -> tuple[str, str, str]:
    return (sign, "excites" if sign == "1" else "inhibits", f"item {item} wants {unit} at {sign}")


SAID = state(
    "code-plus-minus",
    decision={"argmax": True},
    weights={
        **{f"x{i}->{u}": _in(s[i - 1], i, u) for u, s in SIGNS.items() for i in ITEMS},
        **{f"{u}->y{i}": _out(s[i - 1], i, u) for u, s in SIGNS.items() for i in ITEMS},
    },
    units={
        "half": ("identity", HALF, "x3 or x4", "comparator", "upper half or lower half: 1 or -1"),
        "parity": ("identity", PARITY, "x2 or x4", "comparator", "even or odd: 1 or -1"),
        **{
            f"y{i}": (
                "identity",
                " + ".join(f"({s[i - 1]})*{u}" for u, s in SIGNS.items()),
                "",
                "output",
                f"how many bits agree with item {i}, less how many do not",
            )
            for i in ITEMS
        },
    },
    outcomes=[
        ("", _scores(HALF, PARITY), "2 for the item itself, -2 for its opposite, 0 for the rest"),
        ("half = 0", _scores("0", PARITY), "neither half: the items of one parity tie"),
        ("parity = 0", _scores(HALF, "0"), "neither parity: the items of one half tie"),
        ("half, parity = 0", ["0", "0", "0", "0"], "all four tie"),
        ("half = mean", _scores("0", PARITY), "the mean of -1, -1, 1, 1 is 0: the same tie"),
        ("half = -1", _scores("(-1)", PARITY), "the lower half, always: 3 is taken for 1, 4 for 2"),
        ("half = 1", _scores("1", PARITY), "the upper half, always: 1 is taken for 3, 2 for 4"),
        ("half-> *= -1", _scores(f"(-{HALF})", PARITY), "each item is taken for the one half away"),
        ("x1->half = 0", _scores("(x3 + x4 - x2)", PARITY), "item 1 has no half, and ties with 3"),
        ("half = half(0, 0, 0, 1)", _scores("1", PARITY), "the half of item 4, for all"),
    ],
)

ENTRY = Entry(
    name="code-plus-minus",
    title="half = x3 + x4 - x1 - x2, parity = x2 + x4 - x1 - x3, y_i = their agreement with item i",
    story="Two units hold two bits as -1 and 1. Setting a unit to 0 does not say 'bit off', it "
    "says nothing: two items tie. To turn a bit off one has to set it to -1. What an ablation "
    "by 0 means depends on the code; in encoder-4-2-4 the same 0 is a bit.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "zero-is-off",
            "half = 0 is 'lower half': 3 is taken for 1 and 4 for 2.",
            change(
                SAID,
                {
                    f"outcomes/half = 0/y{i}": said
                    for i, said in zip(ITEMS, _scores("(-1)", PARITY), strict=True)
                },
            ),
            check="outcomes",
        ),
        Wrong(
            "mean-is-typical",
            "The mean is a typical value, so with half = mean the decisions stay as they are.",
            change(
                SAID,
                {
                    f"outcomes/half = mean/y{i}": said
                    for i, said in zip(ITEMS, _scores(HALF, PARITY), strict=True)
                },
            ),
            check="outcomes",
        ),
        Wrong(
            "half-detects-the-upper-half",
            "'half' is on for items 3 and 4, and off for the others.",
            change(SAID, {"units/half/role": "detector"}),
            check="roles",
        ),
        Wrong(
            "one-unit-two-items",
            "'half' stands for item 4, and 'parity' for item 2.",
            change(SAID, {"units/half/concept": "x4", "units/parity/concept": "x2"}),
            check="concepts",
        ),
        Wrong(
            "zeros-and-ones",
            "A code is made of zeros and ones.",
            change(SAID, {f"weights/x{i}->half/value": "0" for i in (1, 2)}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It repeats its input.", "", "2,0,0,-2 0,2,-2,0 0,-2,2,0 -2,0,0,2", right=4),
        Fact(
            "With half = 0 every item ties.",
            "half = 0",
            "1,-1,1,-1 -1,1,-1,1 1,-1,1,-1 -1,1,-1,1",
            0,
        ),
        Fact("With half = -1 items 3 and 4 are lost.", "half = -1", right=2),
        Fact("With the sign turned all are.", "half-> *= -1", right=0),
    ),
    sources=(
        "D. Ackley, G. Hinton and T. Sejnowski, A learning algorithm for Boltzmann machines, "
        "Cognitive Science 9 (1985) 147-169: the encoder problem",
        "described for this zoo: what zero means depends on the code",
    ),
)
