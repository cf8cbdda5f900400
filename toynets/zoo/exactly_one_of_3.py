"""Exactly one of three, with two units: what is missing is counted, not what is there."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 33

NETWORK = Network.from_layers(
    [([[-1, -1, -1]] * 2, [2, 1], "relu"), ([[1, -2]], [0], "identity")],
    name="exactly-one-of-3",
)

INPUTS = ("x1", "x2", "x3")
S = "(x1 + x2 + x3)"
NONE = f"({S} == 0)"

SAID = state(
    "exactly-one-of-3",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->h1": ("-1", "inhibits", "each input takes one off the 2") for x in INPUTS},
        "h1.bias": ("2", "sets threshold", "h1 is out of breath once two inputs are on"),
        **{f"{x}->h2": ("-1", "inhibits", "one input is enough to silence h2") for x in INPUTS},
        "h2.bias": ("1", "sets threshold", "h2 speaks while nothing is on"),
        "h1->y": ("1", "excites", "what is missing to two, counted for y"),
        "h2->y": ("-2", "inhibits", "takes back both when both are missing"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "h1": ("relu", f"relu(2 - {S})", f"min({S}, 2)", "hinge", "how many are missing to two"),
        "h2": (
            "relu",
            f"relu(1 - {S})",
            NONE,
            "corrector",
            "on iff nothing is on, where h1 says 2",
        ),
        "y": ("identity", "h1 - 2*h2", f"{S} == 1", "output", "what is missing, less 2 for none"),
    },
    outcomes=[
        ("", f"{S} == 1", "2 - 2, 1, 0, 0"),
        ("h1 = 0", f"-2*{NONE}", "only the correction is left"),
        ("h2 = 0", f"max(2 - {S}, 0)", "what is missing to two: 2 where nothing is on"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", f"5/8 - 2*{NONE}", "the mean of h1 is 5/8, also where two are on"),
        ("h2 = mean", f"max(2 - {S}, 0) - 1/4", "h2 is 1 on one input of eight, times 2"),
        ("h1.bias = 0", f"-2*{NONE}", "h1 can only be pushed down, and stays 0"),
        ("x3 = 0", "x1 != x2", "with x3 held off, exactly one of two is XOR"),
        ("x3 = 1", "not x1 and not x2", "x3 is the one: nothing else may be on"),
        ("->h2 = 0", f"max(2 - {S}, 0) - 2", "nobody silences h2 any more"),
        ("h2->y *= -1", f"max(2 - {S}, 0) + 2*{NONE}", "the correction is added: 4 for none"),
        ("h1 = h1(1, 0, 0)", f"1 - 2*{NONE}", "'one is missing', whatever the input"),
    ],
)

ENTRY = Entry(
    name="exactly-one-of-3",
    title="y = relu(2 - s) - 2 relu(1 - s),  s = x1 + x2 + x3",
    story="Counting up, exactly-one needs three units: up, down, and level again. Counting down "
    "two are enough, for a relu that is clipped stays level by itself. Every input weight is "
    "negative, and still y is on only if some input is.",
    task=load("exactly-one-of-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "negative-inputs-switch-off",
            "All weights from the inputs are negative, so an input can only switch y off.",
            change(SAID, {"outcomes/x3 = 1/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "at-most-one",
            "h1 says 'at most one' and h2 takes away 'none': without h2, y is 'at most one'.",
            change(SAID, {"outcomes/h2 = 0/y": f"{S} <= 1"}),
            check="outcomes",
        ),
        Wrong(
            "yes-or-no",
            "h1 only tells 'at most one' from 'more'.",
            change(SAID, {"units/h1/concept": f"{S} <= 1"}),
            check="concepts",
        ),
        Wrong(
            "counts-up",
            "h1 counts the inputs from one on, h2 takes back the pairs.",
            change(
                SAID,
                {
                    **{f"weights/{x}->{h}/value": "1" for x in INPUTS for h in ("h1", "h2")},
                    "weights/h1.bias/value": "0",
                    "weights/h2.bias/value": "-1",
                    "units/h1/expression": f"relu({S})",
                    "units/h2/expression": f"relu({S} - 1)",
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "one-unit-for-x3",
            "With x3 silent the other two are counted by h1 alone, so h2 is not needed there.",
            change(SAID, {"outcomes/h2 = 0, x3 = 0/y": "x1 != x2"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("It is exactly one of three.", "", "0 1 1 0 1 0 0 0", right=8),
        Fact("Without h2 nothing at all gives 2.", "h2 = 0", "2 1 1 0 1 0 0 0", right=7),
        Fact("Without h1 it never says yes.", "h1 = 0", "-2 0 0 0 0 0 0 0", right=5),
        Fact("Between one and two it slopes down.", "", {"1, 1/2, 0": "1/2", "1/2, 0, 0": "1/2"}),
    ),
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969: predicates of a count",
        "described for this zoo; the form with two units was found by search",
    ),
)
