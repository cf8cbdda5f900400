"""Parity of four: the ladder of parity-3 with one rung more."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 36

NETWORK = Network.from_layers(
    [([[1, 1, 1, 1]] * 4, [0, -1, -2, -3], "relu"), ([[1, -2, 2, -2]], [0], "identity")],
    name="parity-4",
)

INPUTS = ("x1", "x2", "x3", "x4")
S = "(x1 + x2 + x3 + x4)"
ODD = f"mod({S}, 2)"


def _above(k: int) -> str:
    return f"max({S} - {k}, 0)"


SAID = state(
    "parity-4",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->h1": ("1", "excites", "one step up the count") for x in INPUTS},
        "h1.bias": ("0", "no effect", "h1 starts with the first input"),
        **{f"{x}->h2": ("1", "excites", "one step up the count") for x in INPUTS},
        "h2.bias": ("-1", "sets threshold", "h2 starts after the first input"),
        **{f"{x}->h3": ("1", "excites", "one step up the count") for x in INPUTS},
        "h3.bias": ("-2", "sets threshold", "h3 starts after the second input"),
        **{f"{x}->h4": ("1", "excites", "one step up the count") for x in INPUTS},
        "h4.bias": ("-3", "sets threshold", "h4 starts after the third input"),
        "h1->y": ("1", "excites", "slope 1 from the start"),
        "h2->y": ("-2", "inhibits", "slope 1 becomes -1 after the first"),
        "h3->y": ("2", "excites", "slope -1 becomes 1 after the second"),
        "h4->y": ("-2", "inhibits", "slope 1 becomes -1 after the third"),
        "y.bias": ("0", "no effect", "nothing on is even"),
    },
    units={
        "h1": ("relu", f"relu({S})", S, "counter", "how many are on: 0 to 4"),
        "h2": ("relu", f"relu({S} - 1)", f"max({S}, 1)", "counter", "how many after the first"),
        "h3": ("relu", f"relu({S} - 2)", f"max({S}, 2)", "counter", "how many after the second"),
        "h4": ("relu", f"relu({S} - 3)", f"{S} == 4", "corrector", "on iff all are on"),
        "y": ("identity", "h1 - 2*h2 + 2*h3 - 2*h4", ODD, "output", "up, down, up, down"),
    },
    outcomes=[
        ("", ODD, "the zigzag 0, 1, 0, 1, 0 of the count"),
        ("h1 = 0", f"{ODD} - {S}", "the zigzag on a road downhill: 0, 0, -2, -2, -4"),
        (
            "h2 = 0",
            f"{ODD} + 2*{_above(1)}",
            "the first turn is missing, and all after it lies 2 s up",
        ),
        ("h3 = 0", f"{ODD} - 2*{_above(2)}", "the second turn is missing: 3 gives -1, 4 gives -4"),
        ("h4 = 0", f"{ODD} + 2*({S} == 4)", "the last turn is missing: only 1111 is wrong"),
        ("h3, h4 = 0", f"min({S}, 2 - {S})", "up once, then down for good"),
        ("h1, h3 = 0", f"-2*{_above(1)} - 2*{_above(3)}", "the turns down alone"),
        ("h4 = mean", f"{ODD} + 2*({S} == 4) - 1/8", "h4 is 1 on one input of sixteen, times -2"),
        ("x4 = 0", "mod(x1 + x2 + x3, 2)", "with x4 held off, parity of three"),
        ("x4 = 1", "mod(x1 + x2 + x3 + 1, 2)", "with x4 held on, its opposite"),
        ("h4->y *= -1", f"{ODD} + 4*({S} == 4)", "the last turn goes up instead"),
        ("h2 = h2(1, 1, 1, 1)", f"{ODD} + 2*{_above(1)} - 6", "the value 3 of h2, everywhere"),
    ],
)

ENTRY = Entry(
    name="parity-4",
    title="y = relu(s) - 2 relu(s - 1) + 2 relu(s - 2) - 2 relu(s - 3),  s = x1 + … + x4",
    story="Every unit sees the same count and turns the slope of y round, one step later than "
    "the one before. The earlier the turn, the more hangs on it: without h4 one input of "
    "sixteen is wrong, without h1 eight are, although all weights look alike.",
    task=load("parity-4"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "all-turns-alike",
            "h2 and h4 have the same weights to y, so removing either does the same harm.",
            change(SAID, {"outcomes/h2 = 0/y": f"{ODD} + 2*({S} == 4)"}),
            check="outcomes",
        ),
        Wrong(
            "one-row-each",
            "Each unit looks after the inputs of one count: h3 after three.",
            change(SAID, {"units/h3/concept": f"{S} == 3"}),
            check="concepts",
        ),
        Wrong(
            "one-unit-per-input",
            "Four inputs, four units: h4 stands for x4, and without it the other three are left.",
            change(SAID, {"outcomes/h4 = 0/y": "mod(x1 + x2 + x3, 2)"}),
            check="outcomes",
        ),
        Wrong(
            "signed-count",
            "Parity does not mind signs, so x1 - x2 + x3 - x4 would do, with thresholds as before.",
            change(
                SAID,
                {f"weights/{x}->h{k}/value": "-1" for x in ("x2", "x4") for k in (1, 2, 3, 4)},
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "h1-is-parity",
            "h1 already is the parity; the others correct rounding.",
            change(SAID, {"units/h1/expression": ODD}),
            check="units",
        ),
        Wrong(
            "h3-corrects",
            "h3 corrects the inputs with three on, and no others.",
            change(SAID, {"units/h3/role": "corrector"}),
            check="roles",
        ),
    ),
    facts=(
        Fact("It is the parity.", "", "0 1 1 0 1 0 0 1 1 0 0 1 0 1 1 0", right=16),
        Fact("Without h4 only 1111 is wrong.", "h4 = 0", right=15),
        Fact("Without h3 five inputs are wrong.", "h3 = 0", right=12),
        Fact("Without h2 the even counts are wrong, save 0.", "h2 = 0", right=9),
        Fact("Without h1 it never says odd.", "h1 = 0", right=8),
    ),
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969: parity needs every input",
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: parity of four with "
        "four hidden units that count",
    ),
)
