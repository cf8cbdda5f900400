"""Pitfall: an input whose signed weights add up to nothing, and which matters most."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.rationals import rational
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 67

TASK = Task(
    name="size-and-a-quarter",
    title="the size of one number, and a quarter of another",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box([(-1, 1), (0, 1)]),
    rule=lambda row: (abs(row[0]) + row[1] * rational("1/4"),),
    decision={},
    loss="mse",
    hidden=(3,),
    examples=Domain.listed([[f"{i}/4", f"{j}/4"] for i in range(-4, 5) for j in range(5)]),
    encode="numbers stand for themselves",
)

NETWORK = Network.from_layers(
    [([[1, 0], [-1, 0], [0, 1]], [0, 0, 0], "relu"), ([[1, 1, "1/4"]], [0], "identity")],
    units=["right", "left", "other"],
    name="cancelling-signs",
)

SAID = state(
    "cancelling-signs",
    weights={
        "x1->right": ("1", "excites", "rises to the right of 0"),
        "x2->right": ("0", "no effect", "no connection"),
        "right.bias": ("0", "no effect", "begins at 0"),
        "x1->left": ("-1", "inhibits", "rises to the left of 0"),
        "x2->left": ("0", "no effect", "no connection"),
        "left.bias": ("0", "no effect", "begins at 0"),
        "x1->other": ("0", "no effect", "no connection"),
        "x2->other": ("1", "scales", "hands x2 on"),
        "other.bias": ("0", "no effect", "x2 is not shifted"),
        "right->y": ("1", "excites", "the size of a positive x1"),
        "left->y": ("1", "excites", "the size of a negative x1"),
        "other->y": ("1/4", "excites", "a quarter of x2"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "right": ("relu", "relu(x1)", "max(x1, 0)", "hinge at 0", "x1 where that is positive"),
        "left": ("relu", "relu(-x1)", "min(x1, 0)", "hinge at 0", "-x1 where that is positive"),
        "other": ("relu", "relu(x2)", "x2", "carrier", "x2 itself"),
        "y": ("identity", "right + left + other/4", "abs(x1) + x2/4", "output", "size and quarter"),
    },
    outcomes=[
        ("", "abs(x1) + x2/4", "at every x1 one arm is 0, so they never cancel"),
        ("right = 0", "max(-x1, 0) + x2/4", "only negative x1 are seen"),
        ("left = 0", "max(x1, 0) + x2/4", "only positive x1 are seen"),
        ("other = 0", "abs(x1)", "x2 is not seen"),
        ("right, left = 0", "x2/4", "x1 is not seen"),
        ("right, left, other = 0", "0", "nothing reaches y"),
        ("x1-> = 0", "x2/4", "all ways of x1 are cut, and the larger part is gone"),
        ("x2-> = 0", "abs(x1)", "all ways of x2 are cut, and the smaller part is gone"),
        ("x1->left *= -1", "2*max(x1, 0) + x2/4", "signs alike: half of the inputs are not seen"),
        ("x1 = 0", "x2/4", "x1 held in the middle"),
        ("left->y *= -1", "x1 + x2/4", "now the signs agree with a straight line"),
    ],
)

ENTRY = Entry(
    name="cancelling-signs",
    title="y = relu(x1) + relu(-x1) + relu(x2) / 4",
    story="Multiply the weights along each way and add: x1 gets 1·1 + (-1)·1 = 0, x2 gets 1/4. "
    "By that score x1 is irrelevant; cut off, it takes four times as much with it as x2. A "
    "sum of signed products is right for a straight line, and relu units bend.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "ways-cancel",
            "The two ways of x1 add up to 0, so cutting them changes nothing.",
            change(SAID, {"outcomes/x1-> = 0/y": "abs(x1) + x2/4"}),
            check="outcomes",
        ),
        Wrong(
            "arms-cancel",
            "'right' and 'left' get opposite values, so y depends on x2 alone.",
            change(SAID, {"units/left/expression": "-relu(x1)"}),
            check="units",
        ),
        Wrong(
            "half-without-one-arm",
            "Each arm carries half of x1: without 'left', y loses half of it.",
            change(SAID, {"outcomes/left = 0/y": "abs(x1)/2 + x2/4"}),
            check="outcomes",
        ),
        Wrong(
            "left-lowers-y",
            "x1->left is negative, so 'left' lowers y.",
            change(SAID, {"weights/left->y/role": "inhibits"}),
            check="roles",
        ),
        Wrong(
            "x1-as-a-line",
            "y follows x1, with its sign.",
            change(
                SAID,
                {"weights/left->y/value": "-1", "units/y/expression": "right - left + other/4"},
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It is the size of x1, and a quarter of x2.", "", {"-1, 0": "1", "1/2, 1": "3/4"}),
        Fact("Without x1 at most 1/4 is left.", "x1-> = 0", {"-1, 0": "0", "1, 1": "1/4"}),
        Fact("Without x2 at least the size of x1 is.", "x2-> = 0", {"-1, 1": "1", "1/2, 1": "1/2"}),
    ),
    sources=(
        "J. D. Olden and D. A. Jackson, Illuminating the black box, Ecological Modelling 154 "
        "(2002) 135-150: the score that adds up signed products",
        "described for this zoo",
    ),
)
