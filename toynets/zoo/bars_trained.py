"""Bars across or down on 8 x 8 pixels, trained: four rows against four, whichever they are."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 239

SIZE = range(1, 9)
PIXELS = tuple(f"p{r}{c}" for r in SIZE for c in SIZE)

NETWORK = Network.from_layers(
    [
        (
            [
                [
                    -0.1236918717622757,
                    -0.12516607344150543,
                    -0.12489517033100128,
                    -0.12401501834392548,
                    -0.12507836520671844,
                    -0.12397728860378265,
                    -0.12423122674226761,
                    -0.12508843839168549,
                    0.13193760812282562,
                    0.13339410722255707,
                    0.13311812281608582,
                    0.13225145637989044,
                    0.13331042230129242,
                    0.1322222650051117,
                    0.13248123228549957,
                    0.13331517577171326,
                    -0.12369208037853241,
                    -0.1251671463251114,
                    -0.1248956099152565,
                    -0.12401888519525528,
                    -0.12508001923561096,
                    -0.12397976964712143,
                    -0.12423147261142731,
                    -0.12508921325206757,
                    -0.12369178235530853,
                    -0.1251658797264099,
                    -0.1248951107263565,
                    -0.12401393800973892,
                    -0.12507787346839905,
                    -0.12397628277540207,
                    -0.12423095107078552,
                    -0.12508849799633026,
                    0.13193809986114502,
                    0.13339339196681976,
                    0.133116215467453,
                    0.13225241005420685,
                    0.13330945372581482,
                    0.1322222650051117,
                    0.13248319923877716,
                    0.13331536948680878,
                    -0.1236921027302742,
                    -0.1251664012670517,
                    -0.12489541620016098,
                    -0.12401499599218369,
                    -0.12507836520671844,
                    -0.12397736310958862,
                    -0.12423182278871536,
                    -0.12508940696716309,
                    0.13191574811935425,
                    0.13341093063354492,
                    0.13314488530158997,
                    0.13225695490837097,
                    0.13331560790538788,
                    0.13220347464084625,
                    0.13244527578353882,
                    0.13333755731582642,
                    0.13191863894462585,
                    0.13340924680233002,
                    0.1331443041563034,
                    0.13224424421787262,
                    0.1333213597536087,
                    0.13220490515232086,
                    0.13245798647403717,
                    0.13332970440387726,
                ],
                [
                    0.12969328463077545,
                    0.13067689538002014,
                    0.1303519308567047,
                    0.1299326866865158,
                    0.12989546358585358,
                    0.1297706514596939,
                    0.13002462685108185,
                    0.12991297245025635,
                    -0.12259478121995926,
                    -0.12358061224222183,
                    -0.12326150387525558,
                    -0.12283072620630264,
                    -0.12280099838972092,
                    -0.1226714700460434,
                    -0.12292911857366562,
                    -0.12281876057386398,
                    0.12968286871910095,
                    0.13068537414073944,
                    0.1303776055574417,
                    0.12991680204868317,
                    0.12989541888237,
                    0.1297636479139328,
                    0.13002519309520721,
                    0.1299116462469101,
                    0.12969331443309784,
                    0.13067367672920227,
                    0.1303510069847107,
                    0.12992924451828003,
                    0.12989932298660278,
                    0.12976844608783722,
                    0.13002599775791168,
                    0.12991759181022644,
                    -0.12259463220834732,
                    -0.12358051538467407,
                    -0.12326153367757797,
                    -0.12283075600862503,
                    -0.12280099838972092,
                    -0.1226714625954628,
                    -0.12292920053005219,
                    -0.12281882762908936,
                    0.12969452142715454,
                    0.13067175447940826,
                    0.13035082817077637,
                    0.1299295425415039,
                    0.12989917397499084,
                    0.12976840138435364,
                    0.13002611696720123,
                    0.12991821765899658,
                    -0.12259474396705627,
                    -0.12358062714338303,
                    -0.12326156347990036,
                    -0.12283079326152802,
                    -0.1228010505437851,
                    -0.12267149239778519,
                    -0.12292920053005219,
                    -0.12281875312328339,
                    -0.12259449064731598,
                    -0.12358061224222183,
                    -0.12326148897409439,
                    -0.12283071875572205,
                    -0.1228010505437851,
                    -0.12267144024372101,
                    -0.1229291558265686,
                    -0.12281875312328339,
                ],
            ],
            [-0.03294222429394722, -0.028385303914546967],
            "relu",
        ),
        ([[0.9717262387275696, 0.9882581830024719]], [3.970039415435167e-06], "identity"),
    ],
    inputs=PIXELS,
    name="bars-trained",
)

# The rows that each unit is up for; it is down for the others.
OWN = {"h1": (2, 5, 7, 8), "h2": (1, 3, 4, 6)}
SUM = {
    unit: "(" + " + ".join(f"p{r}{c}" for r in rows for c in SIZE) + ")"
    for unit, rows in OWN.items()
}
S1, S2 = SUM["h1"], SUM["h2"]
FIRST, SECOND = f"({S1} > 6)", f"({S2} > 6)"


def _incoming(unit: str, up: str, down: str) -> dict[str, tuple[str, str, str]]:
    found = {}
    for pixel in PIXELS:
        mine = int(pixel[1]) in OWN[unit]
        found[f"{pixel}->{unit}"] = (
            up if mine else f"-{down}",
            "excites" if mine else "inhibits",
            f"{unit} is {'up' if mine else 'down'} for row {pixel[1]}, in every column",
        )
    why = "takes off the little that a bar down brings: 4 times up and 4 times down"
    return {**found, f"{unit}.bias": (f"-4*({up} - {down})", "sets threshold", why)}


def _pixel_off(pixel: str) -> str:
    """y with a pixel of a row of h1 turned off."""
    first = f"relu(u*({S1} - {pixel}) - w*{S2} - 4*(u - w))/(4*(u + w))"
    second = f"relu(s*{S2} - t*({S1} - {pixel}) - 4*(s - t))/(4*(s + t))"
    return f"{first} + {second}"


HALVES = {r: "h1" if r <= 4 else "h2" for r in SIZE}

SAID = state(
    "bars-trained",
    inputs=PIXELS,
    parameters={"u": "0.13275", "w": "0.12452", "s": "0.13003", "t": "0.12294"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.0009", "clean": "0.000005", "units": "0.000009", "ablations": "0.002"},
    weights={
        **_incoming("h1", "u", "w"),
        **_incoming("h2", "s", "t"),
        "h1->y": ("1/(4*(u + w))", "excites", "makes a bar across in rows 2, 5, 7 and 8 a 1"),
        "h2->y": ("1/(4*(s + t))", "excites", "makes a bar across in rows 1, 3, 4 and 6 a 1"),
        "y.bias": ("0", "no effect", "a bar down is a 0"),
    },
    units={
        "h1": (
            "relu",
            f"relu(u*{S1} - w*{S2} - 4*(u - w))",
            FIRST,
            "detector",
            "on iff the bar goes across in row 2, 5, 7 or 8",
        ),
        "h2": (
            "relu",
            f"relu(s*{S2} - t*{S1} - 4*(s - t))",
            SECOND,
            "detector",
            "on iff the bar goes across in row 1, 3, 4 or 6",
        ),
        "y": (
            "identity",
            "h1/(4*(u + w)) + h2/(4*(s + t))",
            f"{FIRST} or {SECOND}",
            "output",
            "on iff either unit is",
        ),
    },
    outcomes=[
        ("", f"{FIRST} or {SECOND}", "a bar across, in one set of rows or the other"),
        ("h1 = 0", SECOND, "the bars in rows 2, 5, 7 and 8 vanish"),
        ("h2 = 0", FIRST, "the bars in rows 1, 3, 4 and 6 vanish"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", f"1/4 + {SECOND}", "h1 is on for four bars of 16"),
        ("h1->y *= -1", f"{SECOND} - {FIRST}", "which set of rows, instead of whether"),
        ("p21 = 0", _pixel_off("p21"), "the bar in row 2 is weaker, column 1 no longer balanced"),
        (
            "h1.bias = 0",
            f"relu(u*{S1} - w*{S2})/(4*(u + w)) + {SECOND}",
            "bars down bring a little",
        ),
    ],
)

ENTRY = Entry(
    name="bars-trained",
    title="y = relu(u A - w B - 4 (u - w)) / (4 (u + w)) + the same with the rows exchanged",
    story="The mechanism that is built by hand: up for half of the rows, down for the other half. "
    "Which half is chance; the picture in the weights shows stripes in no order that means "
    "anything, and is the same in every column. Four numbers explain 133.",
    task=load("bars-8"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "upper-and-lower",
            "The rows are those of the upper half and of the lower half, as one builds it.",
            change(
                SAID,
                {
                    f"weights/{p}->{unit}/value": up if HALVES[int(p[1])] == unit else f"-{down}"
                    for unit, up, down in (("h1", "u", "w"), ("h2", "s", "t"))
                    for p in PIXELS
                },
            ),
            check="weights",
        ),
        Wrong(
            "across-and-down",
            "One unit finds bars across, the other bars down: without h2, y is unchanged.",
            change(SAID, {"outcomes/h2 = 0/y": f"{FIRST} or {SECOND}"}),
            check="outcomes",
        ),
        Wrong(
            "one-pixel-is-nothing",
            "One pixel of 64 is nothing: without p21 y is the same.",
            change(SAID, {"outcomes/p21 = 0/y": f"{FIRST} or {SECOND}"}),
            check="outcomes",
        ),
        Wrong(
            "row-2",
            "h1 is up for row 2 first of all: it stands for the bar in row 2.",
            change(SAID, {"units/h1/concept": "(" + " + ".join(f"p2{c}" for c in SIZE) + ") > 6"}),
            check="concepts",
        ),
        Wrong(
            "background",
            "The negative pixels are background, and have no effect.",
            change(SAID, {"weights/p11->h1/role": "no effect"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="bars-8", hidden=2, activation="relu", seed=42),
    facts=(
        Fact("It tells all 16 bars.", "", right=16, within="0.0001"),
        Fact("Without h1 four bars vanish.", "h1 = 0", right=12),
        Fact("Without both all bars across vanish.", "h1, h2 = 0", right=8),
    ),
    sources=(
        "P. Földiák, Forming sparse representations by local anti-Hebbian learning, Biological "
        "Cybernetics 64 (1990) 165-170: bars as a task",
    ),
)
