"""A triangle in the plane: three walls, each a relu unit that is silent inside."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.network import Network
from toynets.rationals import ZERO, rational
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 252


def _rule(row: Row) -> Row:
    beyond = sum(max(v, ZERO) for v in (-row[0], -row[1], row[0] + row[1] - 1))
    return (rational("1/2") - 8 * beyond,)


TASK = Task(
    name="triangle",
    title="inside the triangle 0,0 1,0 0,1, or how far beyond",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.box("[-1/2,3/2]^2"),
    rule=_rule,
    decision={"threshold": "0"},
    loss="mse",
    hidden=(3,),
    examples=Domain.listed([[f"{i}/8", f"{j}/8"] for i in range(-4, 13) for j in range(-4, 13)]),
    encode="x1 and x2 are coordinates; y is 1/2 inside, and falls by 8 for each unit beyond a side",
)

NETWORK = Network.from_layers(
    [
        ([[-1, 0], [0, -1], [1, 1]], [0, 0, -1], "relu"),
        ([[-8, -8, -8]], ["1/2"], "identity"),
    ],
    units=["left", "below", "above"],
    name="triangle",
)

LEFT, BELOW, ABOVE = "max(-x1, 0)", "max(-x2, 0)", "max(x1 + x2 - 1, 0)"

SAID = state(
    "triangle",
    decision={"threshold": "0"},
    weights={
        "x1->left": ("-1", "inhibits", "x1 positive is on the right side of this wall"),
        "x2->left": ("0", "no effect", "the wall is upright"),
        "left.bias": ("0", "no effect", "and stands at x1 = 0"),
        "x1->below": ("0", "no effect", "the wall is level"),
        "x2->below": ("-1", "inhibits", "x2 positive is on the right side of this wall"),
        "below.bias": ("0", "no effect", "and stands at x2 = 0"),
        "x1->above": ("1", "excites", "the third wall leans"),
        "x2->above": ("1", "excites", "by 45 degrees"),
        "above.bias": ("-1", "sets threshold", "and goes through 1,0 and 0,1"),
        "left->y": ("-8", "inhibits", "beyond the wall on the left is outside"),
        "below->y": ("-8", "inhibits", "beyond the wall below is outside"),
        "above->y": ("-8", "inhibits", "beyond the slanting wall is outside"),
        "y.bias": ("1/2", "sets threshold", "inside unless a wall objects"),
    },
    units={
        "left": ("relu", "relu(-x1)", LEFT, "hinge", "how far beyond the wall on the left"),
        "below": ("relu", "relu(-x2)", BELOW, "hinge", "how far beyond the wall below"),
        "above": ("relu", "relu(x1 + x2 - 1)", ABOVE, "hinge", "how far beyond the third wall"),
        "y": (
            "identity",
            "1/2 - 8*(left + below + above)",
            f"{LEFT} + {BELOW} + {ABOVE}",
            "output",
            "1/2 where no wall objects",
        ),
    },
    outcomes=[
        ("", f"1/2 - 8*({LEFT} + {BELOW} + {ABOVE})", "1/2 exactly in the triangle"),
        ("left = 0", f"1/2 - 8*({BELOW} + {ABOVE})", "the wedge of the two other walls"),
        ("below = 0", f"1/2 - 8*({LEFT} + {ABOVE})", "the wedge of the two other walls"),
        ("above = 0", f"1/2 - 8*({LEFT} + {BELOW})", "a quadrant"),
        ("left, below = 0", f"1/2 - 8*{ABOVE}", "half of the plane"),
        ("left, below, above = 0", "1/2", "no walls: everything is inside"),
        ("above.bias = 0", f"1/2 - 8*({LEFT} + {BELOW} + max(x1 + x2, 0))", "a single point"),
        ("above->y *= -1", f"1/2 - 8*({LEFT} + {BELOW}) + 8*{ABOVE}", "beyond it is welcome"),
    ],
)

ENTRY = Entry(
    name="triangle",
    title="y = 1/2 - 8 (relu(-x1) + relu(-x2) + relu(x1 + x2 - 1))",
    story="A polygon is a conjunction of walls: each unit is silent on its good side and objects "
    "beyond, so inside all are silent. A unit is not a part of the triangle: without it "
    "the triangle does not shrink but opens into a wedge without end.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "a-third-each",
            "Each unit holds a third of the triangle: without left its left part is lost.",
            change(
                SAID, {"outcomes/left = 0/y": f"1/2 - 8*({BELOW} + {ABOVE} + max(1/2 - x1, 0))"}
            ),
            check="outcomes",
        ),
        Wrong(
            "nothing-left",
            "The units make the triangle: without all of them nothing is inside.",
            change(SAID, {"outcomes/left, below, above = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "inside-detector",
            "above is on inside the triangle.",
            change(SAID, {"units/above/concept": "max(1 - x1 - x2, 0)"}),
            check="concepts",
        ),
        Wrong(
            "walls-support",
            "The walls support the inside: they excite y.",
            change(SAID, {f"weights/{wall}->y/role": "excites" for wall in ("left", "below")}),
            check="roles",
        ),
    ),
    facts=(
        Fact("The corners are inside, and the middle.", "", {"1, 0": "1/2", "1/3, 1/3": "1/2"}),
        Fact("An eighth beyond a side is outside.", "", {"-1/8, 1/2": "-1/2"}),
        Fact("Without above it is a quadrant.", "above = 0", {"1, 1": "1/2", "3/2, 3/2": "1/2"}),
    ),
    sources=(
        "R. Lippmann, An introduction to computing with neural nets, IEEE ASSP Magazine 4 (1987) "
        "4-22: convex regions from one hidden layer",
    ),
)
