"""Edges on 8 x 8 pixels: two first-layer pictures, and their size whichever side is bright."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.network import Network
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 260

SIZE = range(1, 9)
PIXELS = tuple(f"p{r}{c}" for r in SIZE for c in SIZE)
PLACES = range(1, 8)  # the edge lies behind so many columns, or rows
BRIGHT = (0, 1)  # which side is on
UPRIGHT = [[int((c > k) == b) for r in SIZE for c in SIZE] for k in PLACES for b in BRIGHT]
LEVEL = [[int((r > k) == b) for r in SIZE for c in SIZE] for k in PLACES for b in BRIGHT]


def _rule(row: Row) -> Row:
    """Upright, if all rows of pixels are alike."""
    return (ONE, ZERO) if row[:8] == row[56:] else (ZERO, ONE)


TASK = Task(
    name="edges-8",
    title="an upright or a level edge between dark and bright, on 8 x 8 pixels",
    inputs=PIXELS,
    outputs=("upright", "level"),
    domain=Domain.listed(UPRIGHT + LEVEL),
    rule=_rule,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(2,),
    activation="abs",
    encode="p23 is the pixel in row 2, column 3; 1 is bright; the larger output is the answer",
)

SIDEWAYS = [1 / 32 if c > 4 else -1 / 32 for r in SIZE for c in SIZE]
DOWNWARDS = [1 / 32 if r > 4 else -1 / 32 for r in SIZE for c in SIZE]

NETWORK = Network.from_layers(
    [
        ([SIDEWAYS, DOWNWARDS], [0, 0], "abs"),
        ([[1, 0], [0, 1]], None, "identity"),
    ],
    inputs=PIXELS,
    units=["sideways", "downwards"],
    outputs=["upright", "level"],
    masks=[None, [[1, 0], [0, 1]]],
    name="edges",
)

RIGHT = [p for p in PIXELS if p[2] in "5678"]
LOWER = [p for p in PIXELS if p[1] in "5678"]


def _difference(bright: list[str]) -> str:
    dark = [p for p in PIXELS if p not in bright]
    return f"(({' + '.join(bright)}) - ({' + '.join(dark)}))/32"


ACROSS, DOWN = _difference(RIGHT), _difference(LOWER)


def _picture(unit: str, bright: list[str], side: str) -> dict[str, tuple[str, str, str]]:
    found = {}
    for pixel in PIXELS:
        on = pixel in bright
        found[f"{pixel}->{unit}"] = (
            "1/32" if on else "-1/32",
            "excites" if on else "inhibits",
            f"a pixel of the {side} half" if on else f"a pixel outside the {side} half",
        )
    return {**found, f"{unit}.bias": ("0", "no effect", "halves that are alike are no edge")}


SAID = state(
    "edges",
    inputs=PIXELS,
    decision={"argmax": True},
    weights={
        **_picture("sideways", RIGHT, "right"),
        **_picture("downwards", LOWER, "lower"),
        "sideways->upright": ("1", "scales", "a difference from left to right is an upright edge"),
        "downwards->level": ("1", "scales", "a difference from above to below is a level edge"),
    },
    units={
        "sideways": (
            "abs",
            f"abs({ACROSS})",
            f"abs({ACROSS})",
            "comparator",
            "how different right and left are, whichever is brighter",
        ),
        "downwards": (
            "abs",
            f"abs({DOWN})",
            f"abs({DOWN})",
            "comparator",
            "how different above and below are, whichever is brighter",
        ),
        "upright": ("identity", "sideways", f"abs({ACROSS})", "output", "how upright the edge is"),
        "level": ("identity", "downwards", f"abs({DOWN})", "output", "how level the edge is"),
    },
    outcomes=[
        ("", [f"abs({ACROSS})", f"abs({DOWN})"], "each half picture sees one kind of edge only"),
        ("sideways = 0", ["0", f"abs({DOWN})"], "upright edges are no longer seen"),
        ("downwards = 0", [f"abs({ACROSS})", "0"], "level edges are no longer seen"),
        ("sideways, downwards = 0", ["0", "0"], "nothing is seen"),
        ("sideways = mean", ["2/7", f"abs({DOWN})"], "as upright as the mean, everywhere"),
        ("->sideways *= -1", [f"abs({ACROSS})", f"abs({DOWN})"], "the negative sees the same"),
        (
            "p15->sideways = 0",
            [f"abs({ACROSS} - p15/32)", f"abs({DOWN})"],
            "one pixel of 64 less",
        ),
        ("sideways.bias += 1", [f"abs({ACROSS} + 1)", f"abs({DOWN})"], "now brightness counts"),
    ],
)

ENTRY = Entry(
    name="edges",
    title="upright = |right half less left half| / 32, level = |lower half less upper half| / 32",
    story="First-layer weights drawn as pictures: one half white, one half black. Each answers "
    "most to an edge through its middle, less to one further out, and not at all to one across "
    "it. The units take the size, so a picture and its negative see the same.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "bright-right-only",
            "The right half is white: sideways finds edges that are bright on the right.",
            change(SAID, {"units/sideways/concept": f"max({ACROSS}, 0)"}),
            check="concepts",
        ),
        Wrong(
            "negative-is-opposite",
            "The negative of the picture looks for the opposite: with it nothing upright is seen.",
            change(SAID, {"outcomes/->sideways *= -1/upright": f"-abs({ACROSS})"}),
            check="outcomes",
        ),
        Wrong(
            "where-the-edge-is",
            "The border between white and black is where the edge must be: pixels elsewhere, as "
            "p11, have no effect.",
            change(SAID, {"weights/p11->sideways/role": "no effect"}),
            check="roles",
        ),
        Wrong(
            "any-edge",
            "An edge detector detects edges: without downwards, sideways sees level ones.",
            change(SAID, {"outcomes/downwards = 0/level": f"abs({DOWN})"}),
            check="outcomes",
        ),
        Wrong(
            "borders",
            "The pictures are turned: sideways compares above with below.",
            change(
                SAID,
                {f"weights/{p}->sideways/value": "1/32" if p in LOWER else "-1/32" for p in PIXELS},
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It tells all 28 edges.", "", right=28),
        Fact("Without sideways no upright edge is told.", "sideways = 0", right=14),
        Fact("With the negative picture all are.", "->sideways *= -1", right=28),
    ),
    sources=(
        "A. Haar, Zur Theorie der orthogonalen Funktionensysteme, Mathematische Annalen 69 (1910) "
        "331-371: one half up, one half down",
        "described for this zoo: Haar's step as first-layer pictures",
    ),
)
