"""The table of 14 variables, built: the two that decide, and twelve that nobody listens to."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 98

NAMES = tuple(f"v{k}" for k in range(1, 15))
CODE = {"below": {"v4": -1}, "minus": {"v9": -1}, "plus": {"v9": 1}}

NETWORK = Network.from_layers(
    [
        (
            [[own.get(name, 0) for name in NAMES] for own in CODE.values()],
            ["-7/16", 0, 0],
            "relu",
        ),
        ([[1024, 0, 0], [0, 8, 0], [0, 0, 8]], [0, 0, 0], "identity"),
    ],
    inputs=NAMES,
    units=list(CODE),
    outputs=["low", "negative", "positive"],
    name="table-built",
)

BELOW, MINUS, PLUS = "max(-7/16 - v4, 0)", "max(-v9, 0)", "max(v9, 0)"
CLEAN = [f"1024*{BELOW}", f"8*{MINUS}", f"8*{PLUS}"]
SPEAKS = {"below": "low", "minus": "negative", "plus": "positive"}


def _weights() -> dict[str, tuple[str, str, str]]:
    found = {}
    for unit, own in CODE.items():
        for name in NAMES:
            value = own.get(name, 0)
            why = f"{name} decides" if value else f"{name} is not asked"
            role = "scales" if value else "no effect"
            found[f"{name}->{unit}"] = (str(value), role, why)
    found["below.bias"] = ("-7/16", "sets threshold", "low begins below -7/16")
    found |= {f"{u}.bias": ("0", "no effect", "the sign of v9 itself") for u in ("minus", "plus")}
    for unit, spoken in SPEAKS.items():
        for output in SPEAKS.values():
            size = "1024" if unit == "below" else "8"
            found[f"{unit}->{output}"] = (
                (size, "scales", f"{unit} speaks for {spoken}")
                if output == spoken
                else ("0", "no effect", f"{unit} speaks for {spoken} alone")
            )
    found |= {f"{o}.bias": ("0", "no effect", "no class is preferred") for o in SPEAKS.values()}
    return found


def _at(intervention: str, said: list[str]) -> dict[str, str]:
    pairs = zip(SPEAKS.values(), said, strict=True)
    return {f"outcomes/{intervention}/{o}": text for o, text in pairs}


SAID = state(
    "table-built",
    decision={"argmax": True},
    inputs=NAMES,
    weights=_weights(),
    units={
        "below": ("relu", "relu(-v4 - 7/16)", BELOW, "hinge", "how far v4 is below -7/16"),
        "minus": ("relu", "relu(-v9)", MINUS, "hinge", "how negative v9 is"),
        "plus": ("relu", "relu(v9)", PLUS, "hinge", "how positive v9 is"),
        "low": ("identity", "1024*below", CLEAN[0], "output", "more than 8 |v9|, as soon as it is"),
        "negative": ("identity", "8*minus", CLEAN[1], "output", "8 |v9| where v9 is negative"),
        "positive": ("identity", "8*plus", CLEAN[2], "output", "8 v9 where it is positive"),
    },
    outcomes=[
        ("", CLEAN, "v4 decides if it is low; else the sign of v9"),
        ("below = 0", ["0", *CLEAN[1:]], "the sign of v9 decides always"),
        ("minus = 0", [CLEAN[0], "0", CLEAN[2]], "negative is never said; it ties with the rest"),
        ("plus = 0", [*CLEAN[:2], "0"], "positive is never said"),
        ("minus, plus = 0", [CLEAN[0], "0", "0"], "low or nothing"),
        ("v9 = 0", [CLEAN[0], "0", "0"], "without v9 the two others tie"),
        ("v7 = 0", CLEAN, "v7 goes along with v4, and is not asked"),
        ("v4 = 0", ["0", *CLEAN[1:]], "0 is above -7/16: never low"),
        ("v2->below = 1", ["1024*max(-7/16 - v4 + v2, 0)", *CLEAN[1:]], "v2 would be heard now"),
    ],
)

ENTRY = Entry(
    name="table-built",
    title="low = 1024 relu(-7/16 - v4), negative = 8 relu(-v9), positive = 8 relu(v9)",
    story="Three classes from fourteen variables, as a statistician would write it: two variables "
    "are asked, twelve are not. v7 goes along with v4 in nine parts of ten and predicts the "
    "class well, yet no weight leaves it. What predicts and what is used are two things.",
    task=load("tabular-16"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "v7-is-used",
            "v7 correlates 0.9 with v4, so the network uses it: without v7 low is half as strong.",
            change(SAID, _at("v7 = 0", [f"512*{BELOW}", *CLEAN[1:]])),
            check="outcomes",
        ),
        Wrong(
            "v9-does-not-matter",
            "The weight of v4 is 128 times that of v9: without v9 nothing changes.",
            change(SAID, _at("v9 = 0", CLEAN)),
            check="outcomes",
        ),
        Wrong(
            "class-unit",
            "below is on for the class low, and off for the two others: a yes or no.",
            change(SAID, {"units/below/concept": "v4 < -7/16"}),
            check="concepts",
        ),
        Wrong(
            "opposites-cancel",
            "minus and plus have opposite weights and cancel, as a sum of weights over the units "
            "says: v9->plus has no effect.",
            change(SAID, {"weights/v9->plus/role": "no effect"}),
            check="roles",
        ),
        Wrong(
            "by-v7",
            "The threshold is on v7.",
            change(
                SAID,
                {
                    "weights/v4->below/value": "0",
                    "weights/v7->below/value": "-1",
                    "units/below/expression": "relu(-v7 - 7/16)",
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It decides all 16 rows right.", "", right=16),
        Fact("Without v7 too.", "v7 = 0", right=16),
    ),
    sources=(
        "Cross Validated (stats.stackexchange.com), question 285676: which of 14 inputs of a "
        "14-8-3 network matter",
        "described for this zoo: the rule that the table was drawn by",
    ),
)
