"""Composition of the six motions of a triangle, by squares and the matrices of the motions."""

from __future__ import annotations

import itertools
import math

from toynets.domain import Domain, Row
from toynets.network import Network
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 96

# 0, 1, 2 turn by so many thirds; 3, 4, 5 reflect first, and then turn by none, one, two thirds.
MOTIONS = range(6)


def _then(a: int, b: int) -> int:
    """b first, then a: a reflection turns a turn that came before it round."""
    (m, j), (n, k) = divmod(a, 3), divmod(b, 3)
    return 3 * ((m + n) % 2) + (j + (-k if m else k)) % 3


def _rule(row: Row) -> Row:
    both = _then(row[:6].index(ONE), row[6:].index(ONE))
    return tuple(ONE if c == both else ZERO for c in MOTIONS)


TASK = Task(
    name="compose-triangle",
    title="one motion of a triangle after another, one-hot",
    inputs=tuple(f"{x}{k}" for x in "ab" for k in MOTIONS),
    outputs=tuple(f"is{k}" for k in MOTIONS),
    domain=Domain.one_hot_pairs(6),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(9,),
    activation="square",
    encode="b is done first, then a; 0, 1, 2 turn by thirds, 3, 4, 5 reflect and then turn",
)

# cos and sin of 0, 1, 2 thirds of a turn, and the 2 x 2 matrix of every motion, as texts: with s
# for half the root of 3, which is no fraction.
COS, SIN = ("1", "-1/2", "-1/2"), ("0", "s", "-s")


def _minus(text: str) -> str:
    return text if text == "0" else text[1:] if text[0] == "-" else f"-{text}"


MATRIX = [[[COS[k], _minus(SIN[k])], [SIN[k], COS[k]]] for k in range(3)] + [
    [[COS[k], SIN[k]], [SIN[k], _minus(COS[k])]] for k in range(3)
]
SIGN = ("1", "1", "1", "-1", "-1", "-1")
PLACES = list(itertools.product((0, 1), repeat=3))  # row i, column k of the product, and j between
UNITS = tuple(f"m{i + 1}{j + 1}{k + 1}" for i, j, k in PLACES)
MIXED = ("m111", "m112", "m211")  # the others compare a motion with its mirror image
HANDS: dict[str, tuple[list[str], list[str]]] = {
    **{
        unit: ([MATRIX[g][i][j] for g in MOTIONS], [MATRIX[g][j][k] for g in MOTIONS])
        for unit, (i, j, k) in zip(UNITS, PLACES, strict=True)
    },
    "sign": (list(SIGN), list(SIGN)),
}
# What a unit says for motion c, before it is divided by 6, or by 12 for the sign.
VOICES = {
    **{u: [MATRIX[c][i][k] for c in MOTIONS] for u, (i, _, k) in zip(UNITS, PLACES, strict=True)},
    "sign": list(SIGN),
}


def _share(unit: str) -> int:
    return 12 if unit == "sign" else 6


def _number(text: str) -> float:
    sign, size = (-1, text[1:]) if text[0] == "-" else (1, text)
    return sign * {"0": 0.0, "1": 1.0, "1/2": 0.5, "s": math.sqrt(3) / 2}[size]


def _bias(c: int) -> str:
    whole = " + ".join(f"({MATRIX[c][i][k]})" for i in (0, 1) for k in (0, 1))
    return f"1/6 - ({SIGN[c]})/6 - ({whole})/3"


def _bias_number(c: int) -> float:
    whole = sum(_number(MATRIX[c][i][k]) for i in (0, 1) for k in (0, 1))
    return (1 - _number(SIGN[c])) / 6 - whole / 3


NETWORK = Network.from_layers(
    [
        ([[_number(v) for hand in HANDS[u] for v in hand] for u in HANDS], None, "square"),
        (
            [[_number(VOICES[u][c]) / _share(u) for u in HANDS] for c in MOTIONS],
            [_bias_number(c) for c in MOTIONS],
            "identity",
        ),
    ],
    inputs=TASK.inputs,
    units=list(HANDS),
    outputs=list(TASK.outputs),
    name="s3",
    round=True,
)


def _terms(unit: str, root: str) -> str:
    """Write what a unit adds up, with a number or a name for s."""
    parts = [
        f"({v.replace('s', root)})*{x}{g}"
        for x, hand in zip("ab", HANDS[unit], strict=True)
        for g, v in enumerate(hand)
        if v != "0"
    ]
    return f"({' + '.join(parts)})"


def _is(c: int) -> str:
    pairs = [(a, b) for a in MOTIONS for b in MOTIONS if _then(a, b) == c]
    return "(" + " + ".join(f"a{a}*b{b}" for a, b in pairs) + ")"


def _without(*units: str) -> list[str]:
    return [
        _is(c)
        + "".join(f" - ({VOICES[u][c]})/{_share(u)}*square{_terms(u, 's')}" for u in units)
        for c in MOTIONS
    ]


TURNS = f"({_is(0)} + {_is(1)} + {_is(2)})"  # 1 where the product turns, 0 where it reflects


def _weights() -> dict[str, tuple[str, str, str]]:
    found = {}
    for unit, hands in HANDS.items():
        what = "whether it reflects" if unit == "sign" else "an entry of its matrix"
        for x, hand in zip("ab", hands, strict=True):
            for g, value in enumerate(hand):
                found[f"{x}{g}->{unit}"] = (value, _role(value), f"{what}, for motion {g}")
    for c in MOTIONS:
        for unit, voices in VOICES.items():
            value = voices[c]
            stated = value if value == "0" else f"({value})/{_share(unit)}"
            what = "whether it reflects" if unit == "sign" else "the same entry of the product"
            found[f"{unit}->is{c}"] = (stated, _role(value), f"{what}, for motion {c}")
        found[f"is{c}.bias"] = (
            _bias(c),
            "sets threshold",
            "squares add up to more than products: what is too much is taken off",
        )
    return found


def _role(value: str) -> str:
    return "no effect" if value == "0" else "inhibits" if value[0] == "-" else "excites"


SAID = state(
    "s3",
    parameters={"s": "sqrt(3)/2"},
    decision={"argmax": True},
    inputs=TASK.inputs,
    tolerance={
        "weights": "0.00000003",
        "clean": "0.00000008",
        "units": "0.0000002",
        "ablations": "0.00000009",
    },
    weights=_weights(),
    units={
        **{
            u: (
                "square",
                f"square{_terms(u, 's')}",
                # 10 for s tells apart the same sums, and is exact.
                f"abs{_terms(u, '10')}",
                "mixed" if u in MIXED else "comparator",
                "signs together" if u == "sign" else "an entry of one matrix and of the other",
            )
            for u in HANDS
        },
        **{
            f"is{c}": (
                "identity",
                " + ".join(
                    [f"({VOICES[u][c]})/{_share(u)}*{u}" for u in HANDS if VOICES[u][c] != "0"]
                    + [_bias(c)]
                ),
                "",
                "output",
                f"how alike the product and motion {c} are, as matrices and in sign",
            )
            for c in MOTIONS
        },
    },
    outcomes=[
        ("", [_is(c) for c in MOTIONS], "1 for the product, 0 for every other motion"),
        *[(f"{u} = 0", _without(u), "one product of two entries is missing") for u in UNITS],
        ("sign = 0", _without("sign"), "turns and reflections are no longer told by sign"),
        ("m111, m121 = 0", _without("m111", "m121"), "entry 1, 1 of the product is missing"),
        (
            f"{', '.join(UNITS)} = 0",
            [
                f"(1 + ({SIGN[c]})*(2*{TURNS} - 1))/6 - "
                f"({' + '.join(f'({MATRIX[c][i][k]})' for i in (0, 1) for k in (0, 1))})/3"
                for c in MOTIONS
            ],
            "only the sign is known: turn or reflection",
        ),
    ],
)

ENTRY = Entry(
    name="s3",
    title="is_c = (1 + sign(a b c) + 2 trace(a b c')) / 6, products as squares of sums",
    story="A group is multiplied by its representations: each motion is a 2 x 2 matrix and a sign. "
    "Eight squares make the products of entries, one the product of signs, and comparing with "
    "each motion gives exactly 1 or 0. Without the sign it decides right all the same.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "sign-decides",
            "Without the sign unit turns and reflections are confused: nothing but the coset's "
            "third is left.",
            change(SAID, {f"outcomes/sign = 0/is{c}": f"{_is(c)}/2" for c in MOTIONS}),
            check="outcomes",
        ),
        Wrong(
            "a-unit-for-a-motion",
            "Six motions, nine units: m111 stands for doing nothing at all.",
            change(SAID, {"units/m111/concept": "a0*b0"}),
            check="concepts",
        ),
        Wrong(
            "product-unit",
            "m111 multiplies: it is entry 1, 1 of a times entry 1, 1 of b.",
            change(SAID, {"units/m111/expression": "(a0 - a1/2)*(b0 - b1/2)"}),
            check="units",
        ),
        Wrong(
            "exact-roots",
            "The weights are half the root of 3, exactly.",
            change(SAID, {"tolerance/weights": "0.0000000001"}),
            check="weights",
        ),
        Wrong(
            "turns-commute",
            "The order of a and b does not matter, so b reads the same column as a.",
            change(
                SAID,
                {f"weights/b{g}->m121/value": MATRIX[g][0][1] for g in (1, 2)},
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("All 36 products are right.", "", right=36),
        Fact("Without the sign all are right still.", "sign = 0", right=36),
        Fact("Without the matrices none is singled out.", f"{', '.join(UNITS)} = 0", right=6),
    ),
    sources=(
        "B. Chughtai, L. Chan and N. Nanda, A toy model of universality: reverse engineering how "
        "networks learn group operations, ICML 2023: representations as the mechanism",
    ),
)
