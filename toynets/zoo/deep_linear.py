"""A deep linear network, built: a unit for each mode of a hierarchy."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 257

INTO = {
    "root": {"x1": "1", "x2": "1", "x3": "1", "x4": "1"},
    "branch": {"x1": "1", "x2": "1", "x3": "-1", "x4": "-1"},
    "twins1": {"x1": "1", "x2": "-1", "x3": "0", "x4": "0"},
    "twins2": {"x1": "0", "x2": "0", "x3": "1", "x4": "-1"},
}
OUT_OF = {
    "root": ("1", "1/2", "1/2", "1/4", "1/4", "1/4", "1/4"),
    "branch": ("0", "1/2", "-1/2", "1/4", "1/4", "-1/4", "-1/4"),
    "twins1": ("0", "0", "0", "1/2", "-1/2", "0", "0"),
    "twins2": ("0", "0", "0", "0", "0", "1/2", "-1/2"),
}
WHY = {
    "root": ("every leaf is a leaf", "a guess from being a leaf at all"),
    "branch": ("on which of the two branches", "corrects the guess by the branch"),
    "twins1": ("which of leaves 1 and 2", "corrects the guess among leaves 1 and 2"),
    "twins2": ("which of leaves 3 and 4", "corrects the guess among leaves 3 and 4"),
}

NETWORK = Network.from_layers(
    [
        ([list(row.values()) for row in INTO.values()], None, "identity"),
        ([list(column) for column in zip(*OUT_OF.values(), strict=True)], None, "identity"),
    ],
    units=list(INTO),
    outputs=[f"y{k}" for k in range(1, 8)],
    name="deep-linear",
)

CLEAN = ["x1 + x2 + x3 + x4", "x1 + x2", "x3 + x4", "x1", "x2", "x3", "x4"]
READ = {
    "root": "(x1 + x2 + x3 + x4)",
    "branch": "(x1 + x2 - x3 - x4)",
    "twins1": "(x1 - x2)",
    "twins2": "(x3 - x4)",
}


def _role(value: str) -> str:
    return "no effect" if value == "0" else "inhibits" if value[0] == "-" else "excites"


def _weights() -> dict[str, tuple[str, str, str]]:
    found = {}
    for unit, row in INTO.items():
        for leaf, value in row.items():
            found[f"{leaf}->{unit}"] = (value, _role(value), WHY[unit][0])
        for k, value in enumerate(OUT_OF[unit], start=1):
            why = WHY[unit][1] if value != "0" else f"{unit} has nothing to say of this feature"
            found[f"{unit}->y{k}"] = (value, _role(value), why)
    return found


def _without(*units: str) -> list[str]:
    """All outputs without some units: what each would have brought is missing."""
    found = []
    for k, clean in enumerate(CLEAN):
        missing = [f"({OUT_OF[u][k]})*{READ[u]}" for u in units if OUT_OF[u][k] != "0"]
        found.append(" - ".join([clean, *missing]))
    return found


def _turned(k: int) -> str:
    """One output with the word of branch turned over."""
    said = OUT_OF["branch"][k]
    return CLEAN[k] if said == "0" else f"{CLEAN[k]} - 2*({said})*{READ['branch']}"


TURNED = [_turned(k) for k in range(7)]


def _at(intervention: str, said: list[str]) -> dict[str, str]:
    return {f"outcomes/{intervention}/y{k}": text for k, text in enumerate(said, start=1)}


SAID = state(
    "deep-linear",
    inputs=("x1", "x2", "x3", "x4"),
    weights=_weights(),
    units={
        "root": ("identity", READ["root"], "0", "constant", "1 for every leaf"),
        "branch": ("identity", READ["branch"], "x1 + x2", "comparator", "1 left, -1 right"),
        "twins1": ("identity", READ["twins1"], "x1 - x2", "comparator", "1 and -1, else 0"),
        "twins2": ("identity", READ["twins2"], "x3 - x4", "comparator", "1 and -1, else 0"),
        **{
            f"y{k}": (
                "identity",
                " + ".join(f"({OUT_OF[u][k - 1]})*{u}" for u in INTO if OUT_OF[u][k - 1] != "0"),
                clean if k > 1 else "0",
                "output",
                "the leaves that have this feature",
            )
            for k, clean in enumerate(CLEAN, start=1)
        },
    },
    outcomes=[
        ("", CLEAN, "every feature of every leaf"),
        ("root = 0", _without("root"), "only differences are left"),
        ("branch = 0", _without("branch"), "both branches half, all leaves as if between"),
        (
            "twins1 = 0",
            _without("twins1"),
            "leaves 1 and 2 are taken for each other, half and half",
        ),
        (
            "twins2 = 0",
            _without("twins2"),
            "leaves 3 and 4 are taken for each other, half and half",
        ),
        ("twins1, twins2 = 0", _without("twins1", "twins2"), "only the branch is known"),
        (
            "branch, twins1, twins2 = 0",
            _without("branch", "twins1", "twins2"),
            "the average leaf: where a training is when it has learnt the root alone",
        ),
        ("branch = mean", _without("branch"), "two leaves on each branch: the mean is 0"),
        ("root = mean", CLEAN, "root is 1 throughout, so its mean changes nothing"),
        ("branch-> *= -1", TURNED, "every leaf is put on the other branch"),
    ],
)

ENTRY = Entry(
    name="deep-linear",
    title="y = sum over four modes of what a leaf has of it times what it says of each feature",
    story="Four units for four leaves, but no unit for a leaf: one for what all share, one for the "
    "branch, one for each pair of twins. Without a unit, a distinction is lost and what it "
    "separated is averaged. Any rotation of the units would compute the same.",
    task=load("hierarchy"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "a-unit-for-a-leaf",
            "Four leaves, four units: twins1 is leaf 1.",
            change(SAID, {"units/twins1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "forgets-the-branch",
            "Without branch the features of the branches are gone, and nothing else changes.",
            change(SAID, _at("branch = 0", [CLEAN[0], "0", "0", *CLEAN[3:]])),
            check="outcomes",
        ),
        Wrong(
            "constant-is-useless",
            "root is the same for every leaf, so it can be left out.",
            change(SAID, _at("root = 0", CLEAN)),
            check="outcomes",
        ),
        Wrong(
            "turned-basis",
            "The units are the leaves themselves: the identity in, the table out.",
            change(
                SAID,
                {
                    f"weights/x{i}->{unit}/value": str(int(k == i))
                    for k, unit in enumerate(INTO, start=1)
                    for i in range(1, 5)
                }
                | {
                    f"weights/{unit}->y{j}/value": str(int(f"x{k}" in clean))
                    for k, unit in enumerate(INTO, start=1)
                    for j, clean in enumerate(CLEAN, start=1)
                },
            ),
            check="weights",
        ),
        Wrong(
            "twins-both-lost",
            "Without twins1 leaves 1 and 2 have no features of their own.",
            change(SAID, {"outcomes/twins1 = 0/y4": "0", "outcomes/twins1 = 0/y5": "0"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact(
            "It knows every feature.", "", "1,1,0,1,0,0,0 1,1,0,0,1,0,0 1,0,1,0,0,1,0 1,0,1,0,0,0,1"
        ),
        Fact(
            "Without twins1 the first two leaves are one.",
            "twins1 = 0",
            {"1,0,0,0": "1,1,0,1/2,1/2,0,0", "0,1,0,0": "1,1,0,1/2,1/2,0,0"},
        ),
        Fact(
            "With root alone every leaf is the average one.",
            "branch, twins1, twins2 = 0",
            {"0,0,1,0": "1,1/2,1/2,1/4,1/4,1/4,1/4"},
        ),
    ),
    sources=(
        "A. Saxe, J. McClelland and S. Ganguli, A mathematical theory of semantic development in "
        "deep neural networks, PNAS 116 (2019) 11537-11546",
    ),
)
