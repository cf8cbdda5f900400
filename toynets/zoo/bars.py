"""Horizontal or vertical bars, built: row sums with signs, and their distance from 0."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.network import Network
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 259

SIZE = range(1, 5)
PIXELS = tuple(f"p{r}{c}" for r in SIZE for c in SIZE)
ACROSS = [[int(r == k) for r in SIZE for c in SIZE] for k in SIZE]
DOWN = [[int(c == k) for r in SIZE for c in SIZE] for k in SIZE]


def _rule(row: Row) -> Row:
    """Across, if some row of pixels is all on."""
    return (ONE if any(all(row[4 * r : 4 * r + 4]) for r in range(4)) else ZERO,)


TASK = Task(
    name="bars-4",
    title="a bar across or down, on 4 x 4 pixels",
    inputs=PIXELS,
    outputs=("y",),
    domain=Domain.listed(ACROSS + DOWN),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="p23 is the pixel in row 2, column 3; 1 is on; y is 1 for a bar across",
)

UPPER = [0.25 if r < 3 else -0.25 for r in SIZE for c in SIZE]

NETWORK = Network.from_layers(
    [
        ([UPPER, [-w for w in UPPER]], [0, 0], "relu"),
        ([[1, 1]], [0], "identity"),
    ],
    inputs=PIXELS,
    units=["upper", "lower"],
    name="bars",
)

ROWS = {r: "(" + " + ".join(f"p{r}{c}" for c in SIZE) + ")" for r in SIZE}
D = f"({ROWS[1]} + {ROWS[2]} - {ROWS[3]} - {ROWS[4]})/4"
UP, LOW = f"max({D}, 0)", f"max(-{D}, 0)"


def _incoming(unit: str, own: tuple[int, int]) -> dict[str, tuple[str, str, str]]:
    found = {}
    for pixel in PIXELS:
        mine = int(pixel[1]) in own
        why = f"a pixel of the {unit} half" if mine else f"a pixel outside the {unit} half"
        found[f"{pixel}->{unit}"] = (
            "1/4" if mine else "-1/4",
            "excites" if mine else "inhibits",
            why,
        )
    return {**found, f"{unit}.bias": ("0", "no effect", "a bar down is balanced: 2 against 2")}


SAID = state(
    "bars",
    inputs=PIXELS,
    decision={"threshold": "1/2"},
    weights={
        **_incoming("upper", (1, 2)),
        **_incoming("lower", (3, 4)),
        "upper->y": ("1", "excites", "more above than below is a bar across"),
        "lower->y": ("1", "excites", "more below than above is a bar across as well"),
        "y.bias": ("0", "no effect", "balance is a bar down"),
    },
    units={
        "upper": ("relu", f"relu({D})", UP, "detector", "on for a bar in row 1 or 2"),
        "lower": ("relu", f"relu(-{D})", LOW, "detector", "on for a bar in row 3 or 4"),
        "y": ("identity", "upper + lower", f"abs({D})", "output", "the imbalance of the halves"),
    },
    outcomes=[
        ("", f"abs({D})", "bars across are on one side, bars down are balanced"),
        ("upper = 0", LOW, "the bars in rows 1 and 2 vanish"),
        ("lower = 0", UP, "the bars in rows 3 and 4 vanish"),
        ("upper, lower = 0", "0", "nothing reaches y"),
        ("upper = mean", f"1/4 + {LOW}", "upper is on for two bars of eight"),
        ("lower->y *= -1", D, "which half, instead of whether"),
        (
            "p11 = 0",
            f"abs({D} - p11/4)",
            "3/4 for the bar in row 1; the bar in column 1 is no longer balanced",
        ),
        (
            "p11->upper = 0",
            f"max({D} - p11/4, 0) + {LOW}",
            "upper misses one pixel: the bar in row 1 is 3/4",
        ),
    ],
)

ENTRY = Entry(
    name="bars",
    title="y = |rows 1 and 2, less rows 3 and 4| / 4",
    story="Every pixel is on in one bar across and in one bar down, so no weighted sum of pixels "
    "can tell the two kinds apart. But bars down touch every row, and balance any sum that is up "
    "for two rows and down for two. Its size, by two units, is the answer.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "across-and-down",
            "One unit finds bars across, the other bars down: without lower, y is unchanged.",
            change(SAID, {"outcomes/lower = 0/y": f"abs({D})"}),
            check="outcomes",
        ),
        Wrong(
            "row-detectors",
            "upper fires for a whole row of pixels and for nothing less: 3 of 4 leave it off.",
            change(SAID, {"outcomes/p11 = 0/y": f"abs({D})*(1 - p11)"}),
            check="outcomes",
        ),
        Wrong(
            "first-row",
            "upper has its first weight at p11: it stands for the bar in row 1.",
            change(SAID, {"units/upper/concept": "p11*p12*p13*p14"}),
            check="concepts",
        ),
        Wrong(
            "negative-pixels-idle",
            "Only the positive pixels of a unit carry its picture: p31->upper does nothing.",
            change(SAID, {"weights/p31->upper/role": "no effect"}),
            check="roles",
        ),
        Wrong(
            "columns",
            "The units add up columns: left half against right half.",
            change(
                SAID,
                {
                    f"weights/{p}->{u}/value": "1/4" if (p[2] in "12") == (u == "upper") else "-1/4"
                    for p in PIXELS
                    for u in ("upper", "lower")
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It tells all eight bars.", "", "1 1 1 1 0 0 0 0", right=8),
        Fact("Without upper two bars vanish.", "upper = 0", "0 0 1 1 0 0 0 0", right=6),
        Fact("Without p11 column 1 is not balanced.", "p11 = 0", "3/4 1 1 1 1/4 0 0 0", right=8),
    ),
    sources=(
        "P. Földiák, Forming sparse representations by local anti-Hebbian learning, Biological "
        "Cybernetics 64 (1990) 165-170: bars as a task",
    ),
)
