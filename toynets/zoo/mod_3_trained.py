"""Addition modulo 3, trained: three squares, each built around one doubling."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 237

NETWORK = Network.from_layers(
    [
        (
            [
                [
                    1.246620535850525,
                    -0.8847061395645142,
                    -0.8847069144248962,
                    1.2466037273406982,
                    -0.8847110271453857,
                    -0.8847121596336365,
                ],
                [
                    0.884711503982544,
                    0.8847116827964783,
                    -1.2466113567352295,
                    0.8847065567970276,
                    0.8847083449363708,
                    -1.2466167211532593,
                ],
                [
                    -0.884713888168335,
                    1.2466089725494385,
                    -0.8847141265869141,
                    -0.8847029805183411,
                    1.2466181516647339,
                    -0.8847060203552246,
                ],
            ],
            None,
            "square",
        ),
        (
            [
                [1.4420723915100098, -0.7210750579833984, -0.721062421798706],
                [-0.7210701704025269, 1.4420652389526367, -0.7210637331008911],
                [-0.7210707068443298, -0.7210760712623596, 1.4420809745788574],
            ],
            None,
            "softmax",
        ),
    ],
    inputs=("a0", "a1", "a2", "b0", "b1", "b2"),
    outputs=("c0", "c1", "c2"),
    name="mod-3-trained",
)

# Each unit, the digit that it is built around, the output that it speaks for, and the sign of its
# weights, which a square does not see.
DOUBLES = {"h1": (0, "c0", 1), "h2": (2, "c1", -1), "h3": (1, "c2", 1)}
OUTPUTS = ("c0", "c1", "c2")
# What each unit is, written with the number of its digits that are there: 0, 1 or 2.
SQUARE = {u: f"square((u + w)*(a{d} + b{d}) - 2*w)" for u, (d, _, _) in DOUBLES.items()}


def _weights() -> dict[str, tuple[str, str, str]]:
    found = {}
    for unit, (own, _, sign) in DOUBLES.items():
        for x in ("a0", "a1", "a2", "b0", "b1", "b2"):
            mine = x[1] == str(own)
            negative = (sign < 0) is mine
            why = f"{unit} is built around {own} + {own}" if mine else f"not the digit of {unit}"
            found[f"{x}->{unit}"] = (
                ("-" if negative else "") + ("u" if mine else "w"),
                "inhibits" if negative else "excites",
                why,
            )
    for output in OUTPUTS:
        for unit, (own, spoken, _) in DOUBLES.items():
            found[f"{unit}->{output}"] = (
                ("v", "excites", f"{own} + {own} is {output[1]} modulo 3")
                if spoken == output
                else ("-v/2", "inhibits", f"{own} + {own} is not {output[1]} modulo 3")
            )
    return found


def _outputs(squares: dict[str, str]) -> list[str]:
    """Write the three outputs; a unit that is left out says nothing."""
    found = []
    for output in OUTPUTS:
        terms = [
            f"v*{squares[u]}" if spoken == output else f"-v/2*{squares[u]}"
            for u, (_, spoken, _) in DOUBLES.items()
            if u in squares
        ]
        found.append(" + ".join(terms) or "0")
    return found


def _without(*units: str) -> list[str]:
    return _outputs({u: text for u, text in SQUARE.items() if u not in units})


def _at(intervention: str, said: list[str]) -> dict[str, str]:
    return {f"outcomes/{intervention}/{o}": text for o, text in zip(OUTPUTS, said, strict=True)}


MEAN = "(16*w*w + 4*square(u - w) + 4*u*u)/9"

SAID = state(
    "mod-3-trained",
    parameters={"u": "1.2466", "w": "0.8847", "v": "1.4421"},
    decision={"argmax": True},
    inputs=("a0", "a1", "a2", "b0", "b1", "b2"),
    tolerance={"weights": "0.00004", "clean": "0.0001", "units": "0.0002", "ablations": "0.0004"},
    weights=_weights(),
    units={
        **{
            unit: (
                "square",
                SQUARE[unit],
                f"a{own} + b{own}",
                "mixed",
                f"6.2 for two digits {own}, 3.1 for none, 0.1 for one",
            )
            for unit, (own, _, _) in DOUBLES.items()
        },
        **{
            output: (
                "softmax",
                " + ".join(
                    f"v*{u}" if spoken == output else f"-v/2*{u}"
                    for u, (_, spoken, _) in DOUBLES.items()
                ),
                "",
                "output",
                f"how much speaks for a sum of {output[1]}",
            )
            for output in OUTPUTS
        },
    },
    outcomes=[
        ("", _without(), "the unit with two of its digits wins, or else that with none"),
        ("h1 = 0", _without("h1"), "nobody speaks for 0 any more, nor against 1 and 2"),
        ("h2 = 0", _without("h2"), "nobody speaks for 1 any more"),
        ("h3 = 0", _without("h3"), "nobody speaks for 2 any more"),
        ("h1, h2, h3 = 0", ["0"] * 3, "a tie of all three"),
        ("h1 = mean", _outputs({**SQUARE, "h1": MEAN}), "h1 always speaks for 0, by the mean"),
        (
            "h1 = h1(1, 0, 0, 1, 0, 0)",
            _outputs({**SQUARE, "h1": "(4*u*u)"}),
            "h1 as for 0 + 0, everywhere",
        ),
        (
            "a0->h1 = 0",
            _outputs({**SQUARE, "h1": "square(u*b0 - w*(a1 + a2 + b1 + b2))"}),
            "h1 does not see that the first digit is 0",
        ),
        (
            "->h2 *= -1",
            _without(),
            "all weights into a square can change sign together: nothing changes",
        ),
    ],
)

ENTRY = Entry(
    name="mod-3-trained",
    title="c = V (U x)^2: three squares, one for each of 0 + 0, 1 + 1, 2 + 2",
    story="Addition modulo 3 from three squares. Each is large for its own doubling, and half as "
    "large if neither digit is its own: 1 + 2 is 0 because it is no 0 at all, and because 1 "
    "and 2 each silence the unit that would say so. Three numbers explain 27 weights.",
    task=load("mod-add-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "sees-the-sum",
            "h1 sees the sum, as a wave of it: it tells sums of 0 from the rest.",
            change(SAID, {"units/h1/concept": "a0*b0 + a1*b2 + a2*b1"}),
            check="concepts",
        ),
        Wrong(
            "one-cell",
            "h1 is a table cell: it notices 0 + 0 and nothing else.",
            change(SAID, {"units/h1/concept": "a0*b0"}),
            check="concepts",
        ),
        Wrong(
            "only-its-own-output",
            "h1 speaks for 0 alone: without it the outputs 1 and 2 stay as they are.",
            change(
                SAID,
                {"outcomes/h1 = 0/c1": _without()[1], "outcomes/h1 = 0/c2": _without()[2]},
            ),
            check="outcomes",
        ),
        Wrong(
            "negative-unit",
            "The weights of h2 have the opposite signs, so it speaks against its output.",
            change(SAID, {"weights/h2->c1/role": "inhibits"}),
            check="roles",
        ),
        Wrong(
            "flip-matters",
            "Turning the weights into h2 over turns its vote over.",
            change(SAID, _at("->h2 *= -1", _outputs({**SQUARE, "h2": f"(-{SQUARE['h2']})"}))),
            check="outcomes",
        ),
    ),
    trained=recipe("steady", task="mod-add-3", hidden=3, activation="square", seed=45),
    facts=(
        Fact("All nine sums are right.", "", right=9),
        Fact("Without h1 six sums are right.", "h1 = 0", right=6),
        Fact("With the weights of h2 turned over all are right.", "->h2 *= -1", right=9),
    ),
    sources=(
        "A. Gromov, Grokking modular arithmetic, arXiv 2301.02679, 2023: the kind of network",
        "D. Morwani, B. Edelman, C. Oncescu, R. Zhao and S. Kakade, Feature emergence via margin "
        "maximization: case studies in algebraic tasks, ICLR 2024: what decay makes of it",
    ),
)
