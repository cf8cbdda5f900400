"""Addition on a dial of four by angles: four squares make the cosine and the sine of a sum."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 92

NETWORK = Network.from_layers(
    [
        (
            [
                [1, 0, -1, 0, 1, 0, -1, 0],
                [0, 1, 0, -1, 0, -1, 0, 1],
                [0, 1, 0, -1, 1, 0, -1, 0],
                [1, 0, -1, 0, 0, 1, 0, -1],
            ],
            None,
            "square",
        ),
        (
            [[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5], [-0.5, -0.5, 0, 0], [0, 0, -0.5, -0.5]],
            [-1, -1, 1, 1],
            "identity",
        ),
    ],
    inputs=["a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3"],
    units=["cc", "ss", "sc", "cs"],
    outputs=["is0", "is1", "is2", "is3"],
    name="add-mod-4-clock",
)

PLACES = range(4)
# The hands of the two dials: cosine and sine of a quarter turn for each step.
COS_A, SIN_A, COS_B, SIN_B = "(a0 - a2)", "(a1 - a3)", "(b0 - b2)", "(b1 - b3)"
COS_SUM = f"({COS_A}*{COS_B} - {SIN_A}*{SIN_B})"
SIN_SUM = f"({SIN_A}*{COS_B} + {COS_A}*{SIN_B})"
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
# Which inputs a unit adds and which it takes off, and which output it serves and which not.
ADDED = {"cc": "a0 b0", "ss": "a1 b3", "sc": "a1 b0", "cs": "a0 b1"}
TAKEN = {"cc": "a2 b2", "ss": "a3 b1", "sc": "a3 b2", "cs": "a2 b3"}
FOR = {"cc": "is0", "ss": "is0", "sc": "is1", "cs": "is1"}
AGAINST = {"cc": "is2", "ss": "is2", "sc": "is3", "cs": "is3"}


def _into(x: str, unit: str) -> tuple[str, str, str]:
    if x in ADDED[unit].split():
        return ("1", "excites", f"{x} has a hand that points along this axis")
    if x in TAKEN[unit].split():
        return ("-1", "inhibits", f"{x} has a hand that points the other way")
    return ("0", "no effect", f"{x} has a hand that is upright to this axis")


def _out(unit: str, output: str) -> tuple[str, str, str]:
    if output == FOR[unit]:
        return ("1/2", "excites", "half of a square, of two that make the whole")
    if output == AGAINST[unit]:
        return ("-1/2", "inhibits", "the opposite place gets the opposite")
    return ("0", "no effect", "this place is upright to it")


def _scores(cosine: str = COS_SUM, sine: str = SIN_SUM) -> list[str]:
    return [cosine, sine, f"-{cosine}", f"-{sine}"]


def _less(unit: str, whole: str) -> str:
    return f"({whole} - square{SUMS[unit]}/2)"


SAID = state(
    "add-mod-4-clock",
    decision={"argmax": True},
    inputs=("a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3"),
    weights={
        **{f"{x}{k}->{u}": _into(f"{x}{k}", u) for u in SUMS for x in "ab" for k in PLACES},
        **{f"{u}->is{k}": _out(u, f"is{k}") for k in PLACES for u in SUMS},
        **{
            f"is{k}.bias": (
                "-1" if k < 2 else "1",
                "sets threshold",
                "the squares of cosines and sines alone add up to 2",
            )
            for k in PLACES
        },
    },
    units={
        **{u: ("square", f"square{SUMS[u]}", f"abs{SUMS[u]}", "comparator", WHAT[u]) for u in SUMS},
        "is0": ("identity", "cc/2 + ss/2 - 1", COS_SUM, "output", "cosine of the sum"),
        "is1": ("identity", "sc/2 + cs/2 - 1", SIN_SUM, "output", "sine of the sum"),
        "is2": ("identity", "1 - cc/2 - ss/2", COS_SUM, "output", "half a turn further"),
        "is3": ("identity", "1 - sc/2 - cs/2", SIN_SUM, "output", "half a turn further"),
    },
    outcomes=[
        ("", _scores(), "1 for the place of the sum, -1 opposite, 0 for the two between"),
        ("cc = 0", _scores(cosine=_less("cc", COS_SUM)), "half of what makes the cosine is gone"),
        ("ss = 0", _scores(cosine=_less("ss", COS_SUM)), "the other half is gone"),
        ("sc = 0", _scores(sine=_less("sc", SIN_SUM)), "half of what makes the sine is gone"),
        ("cs = 0", _scores(sine=_less("cs", SIN_SUM)), "the other half is gone"),
        ("cc, ss = 0", _scores(cosine="(-1)"), "no cosine: place 2 gets 1, and 0 gets -1"),
        ("sc, cs = 0", _scores(sine="(-1)"), "no sine: place 3 gets 1, and 1 gets -1"),
        ("cc = mean", _scores(cosine=f"({COS_SUM} - square{SUMS['cc']}/2 + 1/2)"), "its mean is 1"),
        (
            "a0->cc, a0->ss, a0->sc, a0->cs *= -1",
            _scores(
                f"({COS_SUM} - 2*a0*{COS_B})",
                f"({SIN_SUM} - 2*a0*{SIN_B})",
            ),
            "0 is read as 2: its hand is turned by half a turn",
        ),
        ("is0.bias = 0", [f"({COS_SUM} + 1)", *_scores()[1:]], "place 0 is 1 too high"),
    ],
)

ENTRY = Entry(
    name="add-mod-4-clock",
    title="is_c = cos w (a + b - c), w = a quarter turn, out of (cos wa ± cos wb)^2 and such",
    story="Numbers become hands on a dial, and angles are added. A product is needed, and a "
    "square makes it: (u + v)^2 has 2uv in it, and the rest adds up to a constant. No unit is on "
    "for a number or a sum, and each takes part in every answer.",
    task=load("add-mod-4"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "half-a-formula",
            "cos a cos b - sin a sin b: cc is the first product, so without ss it is left.",
            change(
                SAID,
                {
                    "outcomes/ss = 0/is0": f"{COS_A}*{COS_B}",
                    "outcomes/ss = 0/is2": f"-{COS_A}*{COS_B}",
                },
            ),
            check="outcomes",
        ),
        Wrong(
            "carry",
            "Addition means counting up: cc says how much a and b are together.",
            change(SAID, {"units/cc/concept": "a1 + 2*a2 + 3*a3 + b1 + 2*b2 + 3*b3"}),
            check="concepts",
        ),
        Wrong(
            "product-unit",
            "cc multiplies: it is cos a times cos b.",
            change(SAID, {"units/cc/expression": f"{COS_A}*{COS_B}"}),
            check="units",
        ),
        Wrong(
            "signs-in-a-square",
            "Signs are lost in a square, so b1 may as well excite ss.",
            change(SAID, {"weights/b1->ss/value": "1", "weights/b3->ss/value": "-1"}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "number-detectors",
            "cc looks for pairs such as 0 and 0: on iff a and b are the same number.",
            change(
                SAID,
                {"units/cc/role": "detector", "units/cc/concept": "(a0 and b0) or (a2 and b2)"},
            ),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It adds all 16 pairs right.", "", right=16),
        Fact("1 + 3 is 0.", "", {"0,1,0,0, 0,0,0,1": "1, 0, -1, 0"}),
        Fact("Without the cosine only 2 is found; 1 and 3 tie with it.", "cc, ss = 0", right=4),
        Fact(
            "Without cc 0 + 0 is taken for 2.",
            "cc = 0",
            {"1,0,0,0, 1,0,0,0": "-1,0,1,0"},
        ),
    ),
    sources=(
        "A. Gromov, Grokking modular arithmetic, arXiv 2301.02679, 2023: weights that are cosines",
        "N. Nanda, L. Chan, T. Lieberum, J. Smith and J. Steinhardt, Progress measures for "
        "grokking via mechanistic interpretability, ICLR 2023: addition by angles, found by "
        "training",
    ),
)
