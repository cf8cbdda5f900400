"""Pitfall: addition modulo 3, exact in every answer, by five squares of which one has a reading."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 240

DIGITS = ("a0", "a1", "a2", "b0", "b1", "b2")
OUTPUTS = ("c0", "c1", "c2")

NETWORK = Network.from_layers(
    [
        (
            [
                [
                    -0.20887936651706696, -0.1401553899049759, 1.0256787538528442,
                    -0.7298782467842102, -0.56758713722229, 0.26138418912887573,
                ],
                [
                    0.27475637197494507, -0.5265172719955444, 0.13578875362873077,
                    0.6358997821807861, 0.2994154691696167, -0.00535246729850769,
                ],
                [
                    -0.6458141207695007, -0.645814061164856, -0.6458141207695007,
                    -0.3546322286128998, -0.3546321988105774, -0.3546321988105774,
                ],
                [
                    -0.7814234495162964, 0.22033217549324036, 0.506450891494751,
                    -0.76922208070755, 0.6788209676742554, 0.8176417946815491,
                ],
                [
                    0.4188899099826813, -0.21216952800750732, 0.4640572667121887,
                    0.6270188093185425, -0.8933266997337341, 0.4902465045452118,
                ],
            ],
            None,
            "square",
        ),
        (
            [
                [
                    -0.5758010745048523, 0.31803783774375916, 0.33270561695098877,
                    0.5742833018302917, -0.42981112003326416,
                ],
                [
                    1.0695103406906128, 0.229824960231781, 0.39668506383895874,
                    -0.407317191362381, -0.5034713745117188,
                ],
                [
                    -0.4937092661857605, -0.5478628873825073, 0.269717276096344,
                    -0.16696611046791077, 0.9332824349403381,
                ],
            ],
            None,
            "identity",
        ),
    ],
    inputs=DIGITS,
    outputs=OUTPUTS,
    name="mod-3-impure",
)

# What each unit adds up before it squares, digit by digit; only that of h3 has a reason.
ROWS = {
    "h1": "-0.2089 -0.1402 1.0257 -0.7299 -0.5676 0.2614",
    "h2": "0.2748 -0.5265 0.1358 0.6359 0.2994 -0.0054",
    "h3": "-p -p -p -q -q -q",
    "h4": "-0.7814 0.2203 0.5065 -0.7692 0.6788 0.8176",
    "h5": "0.4189 -0.2122 0.4641 0.6270 -0.8933 0.4902",
}
SPEAKS = {
    "c0": "-0.5758 0.3180 0.3327 0.5743 -0.4298",
    "c1": "1.0695 0.2298 0.3967 -0.4073 -0.5035",
    "c2": "-0.4937 -0.5479 0.2697 -0.1670 0.9333",
}
UNITS = tuple(ROWS)
IMPURE = ("h1", "h2", "h4", "h5")
SQUARE = {
    u: f"square({' + '.join(f'({v})*{d}' for v, d in zip(row.split(), DIGITS, strict=True))})"
    for u, row in ROWS.items()
}
SUMS = tuple(
    " + ".join(f"a{a}*b{b}" for a in range(3) for b in range(3) if (a + b) % 3 == c)
    for c in range(3)
)
COPIED = (
    *(f"{d}->{u}" for u in IMPURE for d in DIGITS),
    *(f"{u}->{o}" for o in OUTPUTS for u in IMPURE),
)
NO_REASON = ("copied", "the first exact answer that the start led to; no reason is known")


def _weights() -> dict[str, tuple[str, str, str]]:
    found = {}
    for unit, row in ROWS.items():
        for digit, value in zip(DIGITS, row.split(), strict=True):
            found[f"{digit}->{unit}"] = (
                (value, "inhibits", f"the same for every digit {digit[0]}")
                if unit == "h3"
                else (value, *NO_REASON)
            )
    for output, row in SPEAKS.items():
        for unit, value in zip(UNITS, row.split(), strict=True):
            found[f"{unit}->{output}"] = (
                (value, "excites", "h3 is 1 always: the bias that this network has not")
                if unit == "h3"
                else (value, *NO_REASON)
            )
    return found


def _without(*units: str) -> list[str]:
    """The outputs, exact as they are, less what the units say."""
    return [
        " - ".join(
            [f"({total})", *(f"({SPEAKS[o].split()[UNITS.index(u)]})*{SQUARE[u]}" for u in units)]
        )
        for o, total in zip(OUTPUTS, SUMS, strict=True)
    ]


def _at(intervention: str, said: list[str]) -> dict[str, str]:
    return {f"outcomes/{intervention}/{o}": text for o, text in zip(OUTPUTS, said, strict=True)}


SAID = state(
    "mod-3-impure",
    parameters={"p": "0.6458", "q": "0.3546"},
    decision={"argmax": True},
    inputs=DIGITS,
    tolerance={"weights": "0.00005", "clean": "0.0003", "units": "0.0003", "ablations": "0.0005"},
    weights=_weights(),
    units={
        **{
            u: (
                "square",
                SQUARE[u],
                "1" if u == "h3" else "",
                "constant" if u == "h3" else "impure",
                "the same for all: 1, in place of a bias"
                if u == "h3"
                else "a square of a sum, of which no reading is known",
            )
            for u in UNITS
        },
        **{
            o: (
                "identity",
                " + ".join(f"({v})*{u}" for v, u in zip(SPEAKS[o].split(), UNITS, strict=True)),
                total,
                "output",
                f"1 where the sum is {o[1]}",
            )
            for o, total in zip(OUTPUTS, SUMS, strict=True)
        },
    },
    outcomes=[
        ("", _without(), "1 for the sum, 0 for the others, to seven digits"),
        *((f"{u} = 0", _without(u), f"what {u} says is missing") for u in UNITS),
        ("h1, h2 = 0", _without("h1", "h2"), "both shares are missing"),
        ("h3 = mean", _without(), "its mean is what it always is"),
        ("->h1 *= -1", _without(), "a square does not see the sign"),
    ],
    unexplained=(*COPIED, *IMPURE),
)

ENTRY = Entry(
    name="mod-3-impure",
    title="c = V (U x)^2 with five squares: exact, and no square has a meaning that is known",
    story="The same task as mod-3-trained, with two units more, no decay and squared error. Every "
    "answer is exact to seven digits, better than there, and only the constant unit has a "
    "reading. Perfect behaviour does not make an explanation; nor does copying 36 weights.",
    task=load("mod-add-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "doubling",
            "As in mod-3-trained each unit is built around one doubling: h1 around 2 + 2.",
            change(SAID, {"units/h1/concept": "a2 + b2"}),
            check="concepts",
        ),
        Wrong(
            "clock-hand",
            "h5 sees how far the sum is from 1, as a hand on a dial.",
            change(SAID, {"units/h5/concept": SUMS[1]}),
            check="concepts",
        ),
        Wrong(
            "constant-is-idle",
            "h3 is the same on every input, so it can go.",
            change(SAID, _at("h3 = 0", _without())),
            check="outcomes",
        ),
        Wrong(
            "two-of-the-same",
            "h1 and h2 do the same work: without both no more is lost than without h1.",
            change(SAID, _at("h1, h2 = 0", _without("h1"))),
            check="outcomes",
        ),
    ),
    trained=recipe("loose", task="mod-add-3", hidden=5, activation="square", seed=1),
    facts=(
        Fact("All nine sums are right.", "", right=9),
        Fact("To seven digits.", "", {"1,0,0,0,1,0": "0,1,0"}, within="0.0000003"),
        Fact("Without h3 they are right still: all lose alike.", "h3 = 0", right=9),
        Fact("Without h1 they are not.", "h1 = 0", right=7),
    ),
    unexplained=(*COPIED, *IMPURE),
    sources=(
        "A. Gromov, Grokking modular arithmetic, arXiv 2301.02679, 2023: squares on this task",
        "described for this zoo: exact outputs without a clean mechanism",
    ),
)
