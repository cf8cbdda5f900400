"""Parity of six: six counters in a ladder, written down by one rule."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 38

NETWORK = Network.from_layers(
    [
        ([[1, 1, 1, 1, 1, 1]] * 6, [0, -1, -2, -3, -4, -5], "relu"),
        ([[1, -2, 2, -2, 2, -2]], [0], "identity"),
    ],
    name="parity-6",
)

INPUTS = ("x1", "x2", "x3", "x4", "x5", "x6")
S = "(x1 + x2 + x3 + x4 + x5 + x6)"
ODD = f"mod({S}, 2)"
ORDINAL = ("", "first", "second", "third", "fourth", "fifth")
TURNS = range(1, 6)  # the counts at which the slope turns: down at odd ones, up at even ones


def _turn(k: int) -> str:
    """Return the slope that a turn at count k adds."""
    return "-2" if k % 2 else "2"


def _above(k: int) -> str:
    return f"max({S} - {k}, 0)"


SAID = state(
    "parity-6",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->h{k}": ("1", "excites", "one up the count") for k in range(1, 7) for x in INPUTS},
        "h1.bias": ("0", "no effect", "h1 starts with the first input"),
        **{
            f"h{k + 1}.bias": (f"-{k}", "sets threshold", f"starts after the {ORDINAL[k]} input")
            for k in TURNS
        },
        "h1->y": ("1", "excites", "slope 1 from the start"),
        **{
            f"h{k + 1}->y": (
                _turn(k),
                "inhibits" if k % 2 else "excites",
                f"turns the slope {'down' if k % 2 else 'up'} after the {ORDINAL[k]}",
            )
            for k in TURNS
        },
        "y.bias": ("0", "no effect", "nothing on is even"),
    },
    units={
        "h1": ("relu", f"relu({S})", S, "counter", "how many are on: 0 to 6"),
        **{
            f"h{k + 1}": (
                "relu",
                f"relu({S} - {k})",
                f"max({S}, {k})",
                "counter",
                f"how many after the {ORDINAL[k]}",
            )
            for k in TURNS
        },
        "y": ("identity", "h1 - 2*h2 + 2*h3 - 2*h4 + 2*h5 - 2*h6", ODD, "output", "up and down"),
    },
    outcomes=[
        ("", ODD, "the zigzag 0, 1, 0, 1, 0, 1, 0 of the count"),
        ("h1 = 0", f"{ODD} - {S}", "the zigzag on a road downhill"),
        *[
            (
                f"h{k + 1} = 0",
                f"{ODD} - ({_turn(k)})*{_above(k)}",
                f"the {ORDINAL[k]} turn is missing, and all that lies behind it goes astray",
            )
            for k in TURNS
        ],
        ("h4, h5, h6 = 0", f"min({S}, 1) - relu({S} - 1) + 2*{_above(2)}", "up, down, up for good"),
        ("h6 = mean", f"{ODD} + 2*({S} == 6) - 1/32", "h6 is 1 on one input of 64, times -2"),
        ("x6 = 0", "mod(x1 + x2 + x3 + x4 + x5, 2)", "with x6 held off, parity of five"),
        ("x6 = 1", "mod(x1 + x2 + x3 + x4 + x5 + 1, 2)", "with x6 held on, its opposite"),
        ("x6->h6 = 0", f"{ODD} + 2*({S} == 6)", "h6 needs all six, and one is cut off"),
    ],
)

ENTRY = Entry(
    name="parity-6",
    title="y = relu(s) - 2 relu(s - 1) + 2 relu(s - 2) - … - 2 relu(s - 5),  s = x1 + … + x6",
    story="49 weights, 64 inputs, and one rule: unit k + 1 starts after k inputs and turns the "
    "slope round. Each input has the same six weights, so no weight says which input it is; "
    "cut one edge into h6 and a single input of 64 goes wrong.",
    task=load("parity-6"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-edge-one-input",
            "Cutting x6->h6 makes the network blind for x6.",
            change(SAID, {"outcomes/x6->h6 = 0/y": "mod(x1 + x2 + x3 + x4 + x5, 2)"}),
            check="outcomes",
        ),
        Wrong(
            "one-count-each",
            "h4 looks after the inputs with four on: without it these are lost, and only these.",
            change(SAID, {"outcomes/h4 = 0/y": f"{ODD} + 2*({S} == 4)"}),
            check="outcomes",
        ),
        Wrong(
            "same-turn-everywhere",
            "All turns go down: with minus twos only.",
            change(SAID, {"weights/h3->y/value": "-2", "weights/h5->y/value": "-2"}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "h6-sees-x6",
            "Six inputs, six units: h6 stands for x6.",
            change(SAID, {"units/h6/concept": "x6"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It decides all 64 inputs right.", "", right=64),
        Fact("Without h6 only 111111 is wrong.", "h6 = 0", right=63),
        Fact("Without h1 it never says odd.", "h1 = 0", right=32),
        Fact("Without the edge x6->h6 only 111111 is wrong.", "x6->h6 = 0", right=63),
    ),
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969: parity needs every input",
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: n hidden units that "
        "count solve parity of n",
    ),
)
