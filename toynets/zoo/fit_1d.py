"""A curve through four points: three ramps, each a change of slope."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.network import Network
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 253


def _rule(row: Row) -> Row:
    """Straight lines between the heights 1, 3, 2 and 4 at the places 0, 1, 2 and 3."""
    heights = (ONE, 3 * ONE, 2 * ONE, 4 * ONE)
    place = min(int(row[0]), 2)
    part = row[0] - place
    return ((1 - part) * heights[place] + part * heights[place + 1] + ZERO,)


TASK = Task(
    name="fit-1d",
    title="straight lines through 0,1 1,3 2,2 and 3,4",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.box("[0,3]"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(3,),
    examples=Domain.listed([[f"{k}/8"] for k in range(25)]),
    encode="numbers stand for themselves",
)

NETWORK = Network.from_layers(
    [([[1], [1], [1]], [0, -1, -2], "relu"), ([[2, -3, 3]], [1], "identity")],
    name="fit-1d",
)

SAID = state(
    "fit-1d",
    weights={
        "x1->h1": ("1", "scales", "h1 rises with x1"),
        "h1.bias": ("0", "no effect", "h1 begins where the curve does"),
        "x1->h2": ("1", "excites", "h2 rises with x1"),
        "h2.bias": ("-1", "sets threshold", "h2 begins at the second point"),
        "x1->h3": ("1", "excites", "h3 rises with x1"),
        "h3.bias": ("-2", "sets threshold", "h3 begins at the third point"),
        "h1->y": ("2", "excites", "the first slope"),
        "h2->y": ("-3", "inhibits", "from slope 2 to slope -1"),
        "h3->y": ("3", "excites", "from slope -1 to slope 2"),
        "y.bias": ("1", "sets threshold", "the height of the first point"),
    },
    units={
        "h1": ("relu", "relu(x1)", "x1", "carrier", "x1 itself, which is never negative here"),
        "h2": ("relu", "relu(x1 - 1)", "max(x1 - 1, 0)", "hinge at 1", "the way past 1"),
        "h3": ("relu", "relu(x1 - 2)", "max(x1 - 2, 0)", "hinge at 2", "the way past 2"),
        "y": (
            "identity",
            "1 + 2*h1 - 3*h2 + 3*h3",
            "2*x1 - 3*max(x1 - 1, 0) + 3*max(x1 - 2, 0)",
            "output",
            "the height of the curve",
        ),
    },
    outcomes=[
        ("", "1 + 2*x1 - 3*max(x1 - 1, 0) + 3*max(x1 - 2, 0)", "up, down, and up"),
        ("h1 = 0", "1 - 3*max(x1 - 1, 0) + 3*max(x1 - 2, 0)", "2 is missing from every slope"),
        ("h2 = 0", "1 + 2*x1 + 3*max(x1 - 2, 0)", "never down: all is lifted from 1 on"),
        ("h3 = 0", "1 + 2*x1 - 3*max(x1 - 1, 0)", "down for ever"),
        ("h2, h3 = 0", "1 + 2*x1", "the first line, for ever"),
        ("h1, h2, h3 = 0", "1", "the bias alone"),
        ("h2.bias = 0", "1 - x1 + 3*max(x1 - 2, 0)", "the first turn moves to the start"),
        ("h3 = h3(3)", "4 + 2*x1 - 3*max(x1 - 1, 0)", "the value of h3 at the end, everywhere"),
    ],
)

ENTRY = Entry(
    name="fit-1d",
    title="y = 1 + 2 relu(x1) - 3 relu(x1 - 1) + 3 relu(x1 - 2)",
    story="Any curve of straight lines is a start, a slope, and one ramp for each turn; the weight "
    "of a ramp is the change of slope there. So a unit is not a piece of the curve: without "
    "it, everything to the right of its turn moves.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "a-piece-each",
            "Each unit draws one piece: without h2 only the piece from 1 to 2 is lost.",
            change(
                SAID,
                {
                    "outcomes/h2 = 0/y": "1 + 2*x1 - 3*max(x1 - 1, 0) + 3*max(x1 - 2, 0) "
                    "- (x1 > 1)*(x1 < 2)*(4 - x1)"
                },
            ),
            check="outcomes",
        ),
        Wrong(
            "weights-are-slopes",
            "The weights are the slopes of the pieces: h2 has slope -1.",
            change(SAID, {"weights/h2->y/value": "-1", "weights/h3->y/value": "2"}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "bump",
            "h2 is a bump around 1.",
            change(SAID, {"units/h2/concept": "max(1 - abs(x1 - 1), 0)"}),
            check="concepts",
        ),
        Wrong(
            "last-piece-only",
            "h2 and h3 cancel, as -3 and 3 do: without both the end is the same.",
            change(SAID, {"outcomes/h2, h3 = 0/y": "min(1 + 2*x1, 4)"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("It goes through the points.", "", {"0": "1", "1": "3", "2": "2", "3": "4"}),
        Fact("Without h2 the end is at 10.", "h2 = 0", {"2": "5", "3": "10"}),
    ),
    sources=(
        "R. Arora, A. Basu, P. Mianjy and A. Mukherjee, Understanding deep neural networks with "
        "rectified linear units, ICLR 2018",
    ),
)
