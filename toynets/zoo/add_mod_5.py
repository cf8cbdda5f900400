"""Addition on a dial of five by carrying: the total, with 5 taken off where it is too much."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 91

NETWORK = Network.from_layers(
    [
        ([[1, 1], [1, 1], [1, 1]], [0, -4, -5], "relu"),
        (
            [[0, 0, 0], [2, -10, 10], [4, -20, 20], [6, -30, 30], [8, -40, 40]],
            [0, -1, -4, -9, -16],
            "identity",
        ),
    ],
    inputs=["a", "b"],
    units=["total", "fall", "level"],
    outputs=["is0", "is1", "is2", "is3", "is4"],
    name="add-mod-5",
)

PLACES = range(5)
V = "(a + b)"
FALL = f"max({V} - 4, 0)"
LEVEL = f"max({V} - 5, 0)"
M = f"mod({V}, 5)"


def _scores(m: str) -> list[str]:
    """Return the score of each place for a position m on the dial: largest where m is near."""
    return [f"{2 * k}*({m}) - {k * k}" if k else "0" for k in PLACES]


def _to(k: int, factor: int, unit: str) -> tuple[str, str, str]:
    """Return what is said of a weight from a unit to place k."""
    if k == 0:
        return ("0", "no effect", "place 0 is the one that the others are measured against")
    why = {
        "total": f"the further round, the better for place {k}",
        "fall": "one step beyond 4, and the position falls from 4 to 0",
        "level": "after the fall it goes on with slope 1",
    }[unit]
    return (str(2 * k * factor), "excites" if factor > 0 else "inhibits", why)


SAID = state(
    "add-mod-5",
    decision={"argmax": True},
    weights={
        **{
            f"{x}->{u}": ("1", "excites", f"one up for each of {x}")
            for u in ("total", "fall", "level")
            for x in ("a", "b")
        },
        "total.bias": ("0", "no effect", "the total begins at 0"),
        "fall.bias": ("-4", "sets threshold", "up to 4 nothing has to be taken off"),
        "level.bias": ("-5", "sets threshold", "from 5 on nothing more has to be taken off"),
        **{f"total->is{k}": _to(k, 1, "total") for k in PLACES},
        **{f"fall->is{k}": _to(k, -5, "fall") for k in PLACES},
        **{f"level->is{k}": _to(k, 5, "level") for k in PLACES},
        "is0.bias": ("0", "no effect", "place 0 costs nothing"),
        **{
            f"is{k}.bias": (str(-k * k), "sets threshold", "2 k m - k^2 is m^2 - (m - k)^2")
            for k in PLACES
            if k
        },
    },
    units={
        "total": ("relu", f"relu{V}", V, "counter", "a + b, from 0 to 8"),
        "fall": ("relu", f"relu({V} - 4)", f"max({V}, 4)", "counter", "how far beyond 4"),
        "level": ("relu", f"relu({V} - 5)", f"max({V}, 5)", "counter", "how far beyond 5"),
        **{
            f"is{k}": (
                "identity",
                f"{2 * k}*(total - 5*fall + 5*level) - {k * k}" if k else "0",
                "",
                "output",
                f"how near the position is to {k}, against place 0",
            )
            for k in PLACES
        },
    },
    outcomes=[
        ("", _scores(M), "the position is a + b, less 5 from 5 on; the nearest place wins"),
        ("total = 0", _scores(f"-5*({V} >= 5)"), "the position is 0 or -5: 0 always wins"),
        ("fall = 0", _scores(f"{V} + 5*{LEVEL}"), "nothing is taken off: from 5 on 4 wins"),
        ("level = 0", _scores(f"{V} - 5*{FALL}"), "5 more is taken off at every step: 0 wins"),
        ("fall, level = 0", _scores(V), "no dial, but a line: from 4 on 4 wins"),
        ("total, fall, level = 0", _scores("0"), "the position is 0"),
        ("total = mean", _scores(f"4 - 5*({V} >= 5)"), "the mean total is 4"),
        ("level.bias = -4", _scores(V), "fall and level begin together, and cancel"),
        ("fall.bias = -3", _scores(f"{M} - 5*({V} >= 4)"), "4 falls as well, to -1"),
        ("a = 0", _scores("b"), "0 + b is b: no carry is ever needed"),
        ("is4.bias = 0", [*_scores(M)[:4], f"8*{M}"], "place 4 is too cheap"),
    ],
)

ENTRY = Entry(
    name="add-mod-5",
    title="is_k = 2 k m - k^2,  m = relu(v) - 5 relu(v - 4) + 5 relu(v - 5),  v = a + b",
    story="A dial without anything round in it: the total is counted up and 5 is taken off "
    "between 4 and 5, a steep fall over one step. The outputs pick the nearest of five places. "
    "add-mod-5-clock does the same task with angles; the decisions are equal, no ablation is.",
    task=load("add-mod-5"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "carry-unit",
            "'fall' is the carry: it is on iff 5 has to be taken off.",
            change(SAID, {"units/fall/concept": f"{V} >= 5"}),
            check="concepts",
        ),
        Wrong(
            "without-carry-it-counts-on",
            "Without 'fall' the position simply goes on to 8.",
            change(
                SAID,
                {f"outcomes/fall = 0/is{k}": said for k, said in enumerate(_scores(V)) if k},
            ),
            check="outcomes",
        ),
        Wrong(
            "mean-tells-nothing",
            "A unit at its mean tells nothing, so without a total all places tie.",
            change(SAID, {f"outcomes/total = mean/is{k}": "0" for k in PLACES}),
            check="outcomes",
        ),
        Wrong(
            "level-is-a-detail",
            "'level' begins last and only levels the end: the decisions do not need it.",
            change(
                SAID,
                {f"outcomes/level = 0/is{k}": said for k, said in enumerate(_scores(M)) if k},
            ),
            check="outcomes",
        ),
        Wrong(
            "one-vote-for-each-place",
            "The places are treated alike, so their weights are of one size.",
            change(
                SAID,
                {f"weights/total->is{k}/value": "2" for k in PLACES if k},
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It adds all 25 pairs right.", "", right=25),
        Fact("4 + 3 is 2.", "", {"4, 3": "0, 3, 4, 3, 0"}),
        Fact("Without 'total' 0 always wins.", "total = 0", right=5),
        Fact("Without 'fall' 15 pairs are right: those without a carry.", "fall = 0", right=15),
        Fact("Without 'level' 19 pairs are right.", "level = 0", right=19),
    ),
    sources=("described for this zoo: a staircase on the number line, as a rival of the clock",),
)
