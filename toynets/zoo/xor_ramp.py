"""XOR by a ramp: one unit is never clipped, and the other folds half of the ramp up."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 22

NETWORK = Network.from_layers(
    [([[1, -1], [1, -1]], [1, 0], "relu"), ([[-1, 2]], [1], "identity")],
    name="xor-ramp",
)

SAID = state(
    "xor-ramp",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("1", "excites", "one up the ramp"),
        "x2->h1": ("-1", "inhibits", "one down the ramp"),
        "h1.bias": ("1", "sets threshold", "lifts the ramp so far that it is never below 0"),
        "x1->h2": ("1", "excites", "one up the same ramp"),
        "x2->h2": ("-1", "inhibits", "one down"),
        "h2.bias": ("0", "no effect", "h2 sees the ramp only above the middle"),
        "h1->y": ("-1", "inhibits", "turns the ramp over: y falls as x1 - x2 rises"),
        "h2->y": ("2", "excites", "twice as steep the other way: the fall becomes a rise"),
        "y.bias": ("1", "sets threshold", "takes away the 1 by which h1 was lifted"),
    },
    units={
        "h1": (
            "relu",
            "relu(1 + x1 - x2)",
            "x1 - x2",
            "comparator",
            "the whole difference x1 - x2, lifted by 1: 0, 1 or 2, and never clipped",
        ),
        "h2": (
            "relu",
            "relu(x1 - x2)",
            "x1 and not x2",
            "corrector",
            "on iff the input is 10, where the ramp has gone the wrong way",
        ),
        "y": (
            "identity",
            "1 - h1 + 2*h2",
            "x1 != x2",
            "output",
            "down the ramp to the middle, and up again",
        ),
    },
    outcomes=[
        ("", "x1 != x2", "x2 - x1, turned up again where it is negative"),
        ("h1 = 0", "1 + 2*(x1 and not x2)", "the constant 1 has lost what it balanced"),
        ("h2 = 0", "x2 - x1", "the bare ramp: 10 gives -1, as far from 1 as can be"),
        ("h1, h2 = 0", "1", "only the bias is left"),
        ("h1 = mean", "2*(x1 and not x2)", "the mean of h1 is 1, which the bias takes away"),
        ("h2 = mean", "x2 - x1 + 1/2", "the ramp, lifted by 2 times 1/4"),
        (
            "h1.bias = 0",
            "1 + (x1 and not x2)",
            "both units are now the same one: 2 - 1 of it is left",
        ),
        ("y.bias = 0", "(x1 != x2) - 1", "everything is 1 too low"),
        ("x2->h2 = 0", "x2 + x1", "h2 repeats x1, and sets right too much: 11 gives 2"),
        ("h2->y *= -1", "x2 - x1 - 2*(x1 and not x2)", "10 is pushed down to -3"),
        ("h2 = h2(1, 0)", "x2 - x1 + 2", "the correction of input 10, put in everywhere"),
    ],
)

ENTRY = Entry(
    name="xor-ramp",
    title="y = 1 - relu(1 + x1 - x2) + 2 relu(x1 - x2)",
    story="On the whole unit square this is the function of xor-difference, |x1 - x2|, and yet "
    "no ablation agrees. Here h1 is the bare difference over its whole length, and h2 only "
    "folds one half of it up. What a network computes does not say how.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "same-function-same-units",
            "It is |x1 - x2| everywhere, so its units are the two differences of xor-difference.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "-1",
                    "weights/x2->h1/value": "1",
                    "weights/h1.bias/value": "0",
                    "weights/h1->y/value": "1",
                    "weights/h2->y/value": "1",
                    "weights/y.bias/value": "0",
                    "units/h1/expression": "relu(x2 - x1)",
                    "units/y/expression": "h1 + h2",
                },
            ),
            check="weights",
        ),
        Wrong(
            "other-difference",
            "Each unit finds one of 01 and 10: without h2, 01 is still found and the rest is 0.",
            change(SAID, {"outcomes/h2 = 0/y": "x2 and not x1"}),
            check="outcomes",
        ),
        Wrong(
            "yes-or-no",
            "h1 only says whether x1 is on or x2 is off.",
            change(SAID, {"units/h1/concept": "x1 or not x2"}),
            check="concepts",
        ),
        Wrong(
            "bias-is-a-shift",
            "A constant only shifts the threshold: without the bias of y the answers are the same.",
            change(SAID, {"outcomes/y.bias = 0/y": "x1 != x2"}),
            check="outcomes",
        ),
        Wrong(
            "follows-x1",
            "x1 excites h1, so h1 follows x1.",
            change(SAID, {"units/h1/role": "carrier"}),
            check="roles",
        ),
        Wrong(
            "mean-is-zero",
            "Replacing h1 by its mean is the same as removing it.",
            change(SAID, {"outcomes/h1 = mean/y": "1 + 2*(x1 and not x2)"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("It is XOR.", "", "0 1 1 0", right=4),
        Fact("Without h2 the bare ramp is left.", "h2 = 0", "0 1 -1 0", right=3),
        Fact("Without h1 nothing is ever off.", "h1 = 0", "1 1 3 1", right=2),
        Fact("Within the square it is |x1 - x2|.", "", {"1/2, 1/2": "0", "1/4, 1": "3/4"}),
        Fact("Beyond it is not: h1 is clipped where x2 > x1 + 1.", "", {"0, 2": "1"}),
    ),
    sources=(
        "one of the four forms with integers that training finds for XOR with two relu units; "
        "described for this zoo",
    ),
)
