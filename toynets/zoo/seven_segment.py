"""Binary to seven segments: each bar of the display is a broken line in the digit."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 88

NETWORK = Network.from_layers(
    [
        ([[8, 4, 2, 1]] * 9, [0, -1, -2, -3, -4, -5, -6, -7, -8], "relu"),
        (
            [
                [-1, 2, -1, -1, 2, -1, 0, 0, 0],
                [0, 0, 0, 0, -1, 1, 1, -1, 0],
                [0, -1, 2, -1, 0, 0, 0, 0, 0],
                [-1, 2, -1, -1, 2, -1, -1, 2, -1],
                [-1, 2, -2, 1, 0, 1, -2, 2, -2],
                [-1, 1, 0, 1, -1, 0, -1, 2, -1],
                [0, 1, -1, 0, 0, 0, -1, 2, -1],
            ],
            [1, 1, 1, 1, 1, 1, 0],
            "identity",
        ),
    ],
    inputs=["b8", "b4", "b2", "b1"],
    outputs=["a", "b", "c", "d", "e", "f", "g"],
    name="seven-segment",
)

V = "(8*b8 + 4*b4 + 2*b2 + b1)"
WORTH = {"b8": 8, "b4": 4, "b2": 2, "b1": 1}
# For which digits each bar is dark; the turns of its line are worked out from this.
DARK = {
    "a": (1, 4),
    "b": (5, 6),
    "c": (2,),
    "d": (1, 4, 7),
    "e": (1, 3, 4, 5, 7, 9),
    "f": (1, 2, 3, 7),
    "g": (0, 1, 7),
}
# When it is lit, in terms of the bits, as in the manuals of decoder chips.
LIT = {
    "a": "(b8 or b2 or b4 == b1)",
    "b": "(not b4 or b2 == b1)",
    "c": "(b4 or b1 or not b2)",
    "d": "(not ((b1 and not b8 and b2 == b4) or (b4 and not b2 and not b1)))",
    "e": "(not b1 and (b2 or not b4))",
    "f": "(b8 or not ((b2 and b1) or (not b4 and (b2 or b1))))",
    "g": "(b8 or not ((b4 and b2 and b1) or (not b4 and not b2)))",
}
STEPS = range(9)


def _level(bar: str, digit: int) -> int:
    return 0 if digit in DARK[bar] else 1


def _turn(bar: str, k: int) -> int:
    """Return by how much the slope of a bar changes at digit k."""
    before = _level(bar, k) - _level(bar, k - 1) if k else 0
    return _level(bar, k + 1) - _level(bar, k) - before


def _without(k: int) -> list[str]:
    """Return each bar without its turn at digit k."""
    turns = {bar: _turn(bar, k) for bar in DARK}
    ramp = f"max({V} - {k}, 0)"
    return [f"{LIT[bar]} - ({t})*{ramp}" if t else LIT[bar] for bar, t in turns.items()]


def _always(k: int) -> list[str]:
    """Return each bar with the turn at digit k as far out as it goes, for every digit."""
    turns = {bar: _turn(bar, k) for bar in DARK}
    rest = f"({9 - k} - max({V} - {k}, 0))"
    return [f"{LIT[bar]} + ({t})*{rest}" if t else LIT[bar] for bar, t in turns.items()]


def _into(x: str, k: int) -> tuple[str, str, str]:
    """Return what is said of the weight from a bit into unit k + 1."""
    # Only from 8 on is b8 on, and then b4 and b2 are off; without b8 there is 7 at most.
    highest = 9 if x in ("b8", "b1") else 7
    if highest > k:
        return (str(WORTH[x]), "excites", f"worth {WORTH[x]} in the digit")
    return (str(WORTH[x]), "no effect", f"h{k + 1} wants more than {k}, and {x} is off by then")


def _sent(k: int, bar: str) -> tuple[str, str, str]:
    turn = _turn(bar, k)
    if not turn:
        return ("0", "no effect", f"the line of {bar} goes straight on at {k}")
    return (
        str(turn),
        "excites" if turn > 0 else "inhibits",
        f"turns the line of {bar} {'up' if turn > 0 else 'down'} at {k}",
    )


def _line(bar: str) -> str:
    parts = [str(_level(bar, 0))]
    parts += [f"({_turn(bar, k)})*h{k + 1}" for k in STEPS if _turn(bar, k)]
    return " + ".join(parts)


SAID = state(
    "seven-segment",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->h{k + 1}": _into(x, k) for k in STEPS for x in WORTH},
        "h1.bias": ("0", "no effect", "h1 is the digit itself"),
        **{
            f"h{k + 1}.bias": (f"-{k}", "sets threshold", f"h{k + 1} starts after {k}")
            for k in STEPS
            if k
        },
        **{f"h{k + 1}->{bar}": _sent(k, bar) for k in STEPS for bar in DARK},
        **{f"{bar}.bias": ("1", "sets threshold", "lit for 0") for bar in DARK if bar != "g"},
        "g.bias": ("0", "no effect", "dark for 0"),
    },
    units={
        "h1": ("relu", f"relu({V})", V, "detector", "the digit, 0 to 9"),
        **{
            f"h{k + 1}": (
                "relu",
                f"relu({V} - {k})",
                f"max({V}, {k})",
                "hinge",
                f"how much of the digit lies above {k}",
            )
            for k in STEPS
            if k
        },
        **{
            bar: (
                "identity",
                _line(bar),
                LIT[bar],
                "output",
                f"dark for {', '.join(map(str, dark))} only",
            )
            for bar, dark in DARK.items()
        },
    },
    outcomes=[
        ("", list(LIT.values()), "the bars of the digit"),
        *[(f"h{k + 1} = 0", _without(k), f"the turns at {k} are missing") for k in STEPS],
        ("b8 = 0", [lit.replace("b8", "0") for lit in LIT.values()], "8 looks like 0, 9 like 1"),
        ("b4->h9 = 0", list(LIT.values()), "where h9 speaks b4 is off: nothing changes"),
        ("h9 = h9(1, 0, 0, 1)", _always(8), "the value 1 of h9, for every digit"),
    ],
)

ENTRY = Entry(
    name="seven-segment",
    title="bars a … g: broken lines in v = 8 b8 + 4 b4 + 2 b2 + b1, bent by relu(v - k), k = 0 … 8",
    story="The first layer knows nothing of displays: it measures the digit above 0, 1, …, 8. "
    "The bars are in the output weights alone, as turns of a line that is 1 where the bar is "
    "lit. So no unit belongs to a digit or a bar, and six of the codes never occur.",
    task=load("seven-segment"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-unit-per-digit",
            "Nine units for the digits 1 to 9: h5 is for 4, and without it the others are right.",
            change(SAID, {"outcomes/h5 = 0/a": "b8 or b4 or b2 or not b1"}),
            check="outcomes",
        ),
        Wrong(
            "unit-knows-its-digit",
            "h5 is on iff the digit is 5.",
            change(SAID, {"units/h5/concept": f"{V} == 5"}),
            check="concepts",
        ),
        Wrong(
            "every-weight-does-something",
            "b4->h9 is as large as any b4 weight, so it excites h9.",
            change(SAID, {"weights/b4->h9/role": "excites"}),
            check="roles",
        ),
        Wrong(
            "bits-alike",
            "Four bits with one vote each.",
            change(
                SAID,
                {f"weights/{x}->h{k + 1}/value": "1" for x in ("b8", "b4", "b2") for k in STEPS},
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It shows all ten digits.", "", right=10),
        Fact("A 4 has b, c, f and g.", "", {"0, 1, 0, 0": "0, 1, 1, 0, 0, 1, 1"}),
        Fact("Without h9 only the 9 is wrong.", "h9 = 0", {"1,0,0,1": "1,1,1,2,2,2,2"}, right=9),
        Fact("Without h1 a, d, e and f are lit from 1 on: 0, 6 and 8.", "h1 = 0", right=3),
        Fact(
            "The code 1010 means nothing, and shows nothing sensible.",
            "",
            {"1, 0, 1, 0": "1, 1, 1, 1, -1, 1, 1"},
        ),
    ),
    sources=(
        "the usual digits of seven-segment displays, 6 and 9 with a tail",
        "described for this zoo: any table of whole numbers as a sum of hinges",
    ),
)
