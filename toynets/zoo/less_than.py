"""Less than, for numbers of two bits: the difference as a number, cut to a yes or no."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 80

NETWORK = Network.from_layers(
    [([[-2, -1, 2, 1], [-2, -1, 2, 1]], [0, -1], "relu"), ([[1, -1]], [0], "identity")],
    inputs=["a2", "a1", "b2", "b1"],
    name="less-than",
)

A = "(2*a2 + a1)"
B = "(2*b2 + b1)"
D = f"({B} - {A})"


def _difference(unit: str) -> dict[str, tuple[str, str, str]]:
    return {
        f"a2->{unit}": ("-2", "inhibits", "worth 2 in a, which is taken off"),
        f"a1->{unit}": ("-1", "inhibits", "worth 1 in a, which is taken off"),
        f"b2->{unit}": ("2", "excites", "worth 2 in b"),
        f"b1->{unit}": ("1", "excites", "worth 1 in b"),
    }


SAID = state(
    "less-than",
    decision={"threshold": "1/2"},
    weights={
        **_difference("h1"),
        "h1.bias": ("0", "no effect", "equal numbers differ by 0"),
        **_difference("h2"),
        "h2.bias": ("-1", "sets threshold", "a lead of 1 is not too much yet"),
        "h1->y": ("1", "excites", "one for each by which b leads"),
        "h2->y": ("-1", "inhibits", "takes back all but the first"),
        "y.bias": ("0", "no effect", "no lead, nothing said"),
    },
    units={
        "h1": ("relu", f"relu({D})", f"max({D}, 0)", "comparator", "by how much b leads: 0 to 3"),
        "h2": (
            "relu",
            f"relu({D} - 1)",
            f"max({D}, 1)",
            "comparator",
            "by how much b leads by more than 1: 0 to 2",
        ),
        "y": ("identity", "h1 - h2", f"{A} < {B}", "output", "the first step of the lead"),
    },
    outcomes=[
        ("", f"{A} < {B}", "whole numbers that differ differ by 1 at least"),
        ("h1 = 0", f"-max({D} - 1, 0)", "only the brake is left"),
        ("h2 = 0", f"max({D}, 0)", "the whole lead of b, up to 3"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", f"5/8 - max({D} - 1, 0)", "the mean lead is 5/8: a clear lead now loses"),
        ("h2 = mean", f"max({D}, 0) - 1/4", "the mean of h2 is 1/4"),
        ("h2.bias = 0", "0", "the brake starts with the lead, and cancels it"),
        ("a1->h1, a1->h2 = 0", f"2*a2 < {B}", "a loses its low bit"),
        ("a2 = 1", "b2 and b1 and not a1", "a is 2 or 3, and only 3 is more than 2"),
        ("b2 = 0", "b1 and not a2 and not a1", "b is 0 or 1, and only 0 is less than 1"),
        ("h2->y *= -1", f"max({D}, 0) + max({D} - 1, 0)", "the brake pushes: 1, 3, 5"),
        ("h2 = h2(0, 0, 1, 1)", f"max({D}, 0) - 2", "the strongest brake, everywhere"),
    ],
)

ENTRY = Entry(
    name="less-than",
    title="y = relu(d) - relu(d - 1),  d = (2 b2 + b1) - (2 a2 + a1)",
    story="The weights are the worth of the bits, 2 and 1, with a minus sign for a: the network "
    "subtracts. Nothing compares bit by bit, high ones first, as one does on paper. Two units "
    "do for numbers of any length; only the weights grow.",
    task=load("less-than"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "high-bit-low-bit",
            "One unit compares the high bits and the other the low ones: without h2, b2 > a2.",
            change(SAID, {"outcomes/h2 = 0/y": "b2 > a2"}),
            check="outcomes",
        ),
        Wrong(
            "low-bits-break-ties",
            "Low bits only matter when the high ones are equal, so with a2 on a1 is idle.",
            change(SAID, {"outcomes/a2 = 1/y": "b2 and b1"}),
            check="outcomes",
        ),
        Wrong(
            "yes-or-no",
            "h1 says whether a is smaller.",
            change(SAID, {"units/h1/concept": f"{A} < {B}"}),
            check="concepts",
        ),
        Wrong(
            "h2-is-useless",
            "Without h2 every answer is still right, so h2 does nothing.",
            change(SAID, {"outcomes/h2 = 0/y": f"{A} < {B}"}),
            check="outcomes",
        ),
        Wrong(
            "bits-alike",
            "Each bit has one vote, those of b for and those of a against.",
            change(
                SAID,
                {
                    **{f"weights/a2->{h}/value": "-1" for h in ("h1", "h2")},
                    **{f"weights/b2->{h}/value": "1" for h in ("h1", "h2")},
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It decides all 16 pairs right.", "", right=16),
        Fact("Without h2 the lead itself comes out.", "h2 = 0", {"0,0,1,1": "3", "1,0,1,1": "1"}),
        Fact("Without h2 every answer is still right.", "h2 = 0", right=16),
        Fact("Without h1 it never says yes.", "h1 = 0", right=10),
    ),
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723: arithmetic by circuits",
        "described for this zoo: the two hinges of a step, on a difference",
    ),
)
