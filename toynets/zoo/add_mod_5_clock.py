"""Addition on a dial of five by angles: weights that are cosines, and rounded ones at that."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 93

# Cosines and sines of no to four fifths of a turn; the nearest float32 numbers are stored.
COSINES = ("1", "0.30901699437", "-0.80901699437", "-0.80901699437", "0.30901699437")
SINES = ("0", "0.95105651630", "0.58778525229", "-0.58778525229", "-0.95105651630")
TURNED = ("0", "-0.95105651630", "-0.58778525229", "0.58778525229", "0.95105651630")

NETWORK = Network.from_layers(
    [
        (
            [
                [*COSINES, *COSINES],
                [*SINES, *TURNED],
                [*SINES, *COSINES],
                [*COSINES, *SINES],
            ],
            None,
            "square",
        ),
        (
            [
                ["0.5", "0.5", "0", "0"],
                ["0.15450849719", "0.15450849719", "0.47552825815", "0.47552825815"],
                ["-0.40450849719", "-0.40450849719", "0.29389262615", "0.29389262615"],
                ["-0.40450849719", "-0.40450849719", "-0.29389262615", "-0.29389262615"],
                ["0.15450849719", "0.15450849719", "-0.47552825815", "-0.47552825815"],
            ],
            ["-1", "-1.26007351067", "0.22123174208", "1.39680224666", "0.64203952193"],
            "identity",
        ),
    ],
    inputs=["a0", "a1", "a2", "a3", "a4", "b0", "b1", "b2", "b3", "b4"],
    units=["cc", "ss", "sc", "cs"],
    outputs=["is0", "is1", "is2", "is3", "is4"],
    name="add-mod-5-clock",
    round=True,
)

PLACES = range(5)
COS = ("1", "c1", "c2", "c2", "c1")  # of k fifths of a turn
SIN = ("0", "s1", "s2", "-s2", "-s1")


def _hand(values: tuple[str, ...], dial: str) -> str:
    parts = [f"({v})*{dial}{k}" for k, v in enumerate(values) if v != "0"]
    return f"({' + '.join(parts)})"


COS_A, SIN_A = _hand(COS, "a"), _hand(SIN, "a")
COS_B, SIN_B = _hand(COS, "b"), _hand(SIN, "b")
SUMS = {
    "cc": f"({COS_A} + {COS_B})",
    "ss": f"({SIN_A} - {SIN_B})",
    "sc": f"({SIN_A} + {COS_B})",
    "cs": f"({COS_A} + {SIN_B})",
}
WHAT = {
    "cc": "cosine of a plus cosine of b",
    "ss": "sine of a less sine of b",
    "sc": "sine of a plus cosine of b",
    "cs": "cosine of a plus sine of b",
}
# How far a and b are from 0 either way, and other codes for what a square cannot tell apart.
SIZES = "(a1 + a4) + (b1 + b4) + 3*((a2 + a3) + (b2 + b3))"
LEAD = "abs(5*(a1 - a4 - b1 + b4) + (a2 - a3 - b2 + b3))"
MIXED = "{0}1 + 2*{0}2 + 3*{0}3 + 4*{0}4 + 5*({1}1 + {1}4) + 10*({1}2 + {1}3)"
CONCEPTS = {"cc": SIZES, "ss": LEAD, "sc": MIXED.format("a", "b"), "cs": MIXED.format("b", "a")}
HANDS = {
    "cc": {"a": COS, "b": COS},
    "ss": {"a": SIN, "b": ("0", "-s1", "-s2", "s2", "s1")},
    "sc": {"a": SIN, "b": COS},
    "cs": {"a": COS, "b": SIN},
}
SUM = "mod(a1 + 2*a2 + 3*a3 + 4*a4 + b1 + 2*b2 + 3*b3 + 4*b4, 5)"
NEAR = {0: "1", 1: "c1", 2: "c2", 3: "c2", 4: "c1"}


def _role(value: str) -> str:
    # c2 is the one parameter that is negative.
    if value == "0":
        return "no effect"
    return "excites" if (value[0] == "-") == value.endswith("c2") else "inhibits"


def _cosine(k: int) -> str:
    """Return cos w (a + b - k), from the sum itself."""
    return "(" + " + ".join(f"({NEAR[(j - k) % 5]})*({SUM} == {j})" for j in PLACES) + ")"


def _without(unit: str) -> list[str]:
    factors = COS if unit in ("cc", "ss") else SIN
    return [
        _cosine(k) if factors[k] == "0" else f"{_cosine(k)} - ({factors[k]})/2*square{SUMS[unit]}"
        for k in PLACES
    ]


SAID = state(
    "add-mod-5-clock",
    parameters={
        "c1": "cos(2*pi/5)",
        "c2": "cos(4*pi/5)",
        "s1": "sin(2*pi/5)",
        "s2": "sin(4*pi/5)",
    },
    decision={"argmax": True},
    tolerance={
        "weights": "0.00000006",
        "clean": "0.0000002",
        "units": "0.0000002",
        "ablations": "0.0000002",
    },
    inputs=[f"{dial}{k}" for dial in "ab" for k in PLACES],
    weights={
        **{
            f"{dial}{k}->{u}": (
                HANDS[u][dial][k],
                _role(HANDS[u][dial][k]),
                f"where the hand of {dial} points at {k}, seen along one axis",
            )
            for u in SUMS
            for dial in "ab"
            for k in PLACES
        },
        **{
            f"{u}->is{k}": (
                factors[k] if factors[k] == "0" else f"({factors[k]})/2",
                _role(factors[k]),
                f"place {k} on the dial, seen along the same axis",
            )
            for k in PLACES
            for u, factors in {"cc": COS, "ss": COS, "sc": SIN, "cs": SIN}.items()
        },
        **{
            f"is{k}.bias": (
                f"-({COS[k]}) - ({SIN[k]})",
                "sets threshold",
                "the squares of cosines and sines alone add up to 2",
            )
            for k in PLACES
        },
    },
    units={
        **{
            u: (
                "square",
                f"square{SUMS[u]}",
                CONCEPTS[u],
                "comparator" if u == "ss" else "mixed",
                WHAT[u],
            )
            for u in SUMS
        },
        **{
            f"is{k}": (
                "identity",
                f"({COS[k]})*((cc + ss)/2 - 1) + ({SIN[k]})*((sc + cs)/2 - 1)",
                "",
                "output",
                f"cosine of how far the sum is from {k}",
            )
            for k in PLACES
        },
    },
    outcomes=[
        ("", [_cosine(k) for k in PLACES], "1 for the sum, less the further round the dial"),
        *[(f"{u} = 0", _without(u), f"without the square of {WHAT[u]}") for u in SUMS],
        (
            "cc, ss = 0",
            [f"({SIN[k]})*({SIN_A}*{COS_B} + {COS_A}*{SIN_B}) - ({COS[k]})" for k in PLACES],
            "no cosine of the sum: -1 takes its place",
        ),
        (
            "sc, cs = 0",
            [f"({COS[k]})*({COS_A}*{COS_B} - {SIN_A}*{SIN_B}) - ({SIN[k]})" for k in PLACES],
            "no sine of the sum: -1 takes its place",
        ),
        ("cc, ss, sc, cs = 0", [f"-({COS[k]}) - ({SIN[k]})" for k in PLACES], "biases alone"),
    ],
)

ENTRY = Entry(
    name="add-mod-5-clock",
    title="is_c = cos w (a + b - c), w = a fifth of a turn, out of (cos wa ± cos wb)^2 and such",
    story="As on a dial of four, but cosines of fifths are no fractions: the weights are rounded, "
    "and the claim has a tolerance. Sixty-five numbers rest on four. Remove one square, and "
    "some sums survive, by place and not by size: no carry could explain which.",
    task=load("add-mod-5-one-hot"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "exact-cosines",
            "The weights are the cosines, exactly.",
            change(SAID, {"tolerance/weights": "0.000000001"}),
            check="weights",
        ),
        Wrong(
            "product-unit",
            "cc multiplies: it is cos a times cos b.",
            change(SAID, {"units/cc/expression": f"{COS_A}*{COS_B}"}),
            check="units",
        ),
        Wrong(
            "carry",
            "cc says how much a and b are together, and the rest carries.",
            change(
                SAID,
                {"units/cc/concept": "a1 + 2*a2 + 3*a3 + 4*a4 + b1 + 2*b2 + 3*b3 + 4*b4"},
            ),
            check="concepts",
        ),
        Wrong(
            "fifths-of-two",
            "The dial is a pentagon with corners at 1, 1/3 and -4/5: c1 is 1/3.",
            change(SAID, {"parameters/c1": "1/3"}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "without-cosine-chance",
            "Without the cosine nothing is known of the sum.",
            change(
                SAID,
                {f"outcomes/cc, ss = 0/is{k}": f"-({COS[k]}) - ({SIN[k]})" for k in PLACES},
            ),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("It adds all 25 pairs right.", "", right=25),
        Fact("Without cc 16 pairs are right.", "cc = 0", right=16),
        Fact("Without ss 19 pairs are right.", "ss = 0", right=19),
        Fact("Without sc 17 pairs are right.", "sc = 0", right=17),
        Fact("Without cs 17 pairs are right.", "cs = 0", right=17),
    ),
    sources=(
        "A. Gromov, Grokking modular arithmetic, arXiv 2301.02679, 2023: weights that are cosines",
        "D. Morwani, B. Edelman, C. Oncescu, R. Zhao and S. Kakade, Feature emergence via margin "
        "maximization, ICLR 2024: squares, and how many are needed",
    ),
)
