"""A multiplexer of four: each data bit has a unit that knows its own address."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 86

NETWORK = Network.from_layers(
    [
        (
            [[1, 0, 0, 0, -1, -1], [0, 1, 0, 0, -1, 1], [0, 0, 1, 0, 1, -1], [0, 0, 0, 1, 1, 1]],
            [0, -1, -1, -2],
            "relu",
        ),
        ([[1, 1, 1, 1]], [0], "identity"),
    ],
    inputs=["d0", "d1", "d2", "d3", "s2", "s1"],
    units=["take0", "take1", "take2", "take3"],
    name="mux-4",
)

CODES = {0: (0, 0), 1: (0, 1), 2: (1, 0), 3: (1, 1)}  # what s2 and s1 are for each data bit
WHY = {0: "must be off, or the unit is silenced", 1: "must be on, or the unit stays silent"}


def _chosen(k: int) -> str:
    parts = [
        name if bit else f"not {name}" for name, bit in zip(("s2", "s1"), CODES[k], strict=True)
    ]
    return f"(d{k} and {parts[0]} and {parts[1]})"


CLEAN = " or ".join(_chosen(k) for k in CODES)


def _unit(k: int) -> dict[str, tuple[str, str, str]]:
    unit, wanted = f"take{k}", sum(CODES[k])
    found = {f"d{k}->{unit}": ("1", "excites", f"the bit that {unit} hands on")}
    for other in CODES:
        if other != k:
            found[f"d{other}->{unit}"] = ("0", "no effect", "no connection: another unit's bit")
    for name, bit in zip(("s2", "s1"), CODES[k], strict=True):
        found[f"{name}->{unit}"] = (
            "1" if bit else "-1",
            "excites" if bit else "inhibits",
            f"{name} {WHY[bit]}",
        )
    found[f"{unit}.bias"] = (
        f"-{wanted}" if wanted else "0",
        "sets threshold" if wanted else "no effect",
        "the select bits that are wanted only make up for this"
        if wanted
        else "no select bit is wanted, so nothing has to be made up for",
    )
    return found


def _expression(k: int) -> str:
    s2, s1 = ("+" if bit else "-" for bit in CODES[k])
    return f"relu(d{k} {s2} s2 {s1} s1 - {sum(CODES[k])})"


SAID = state(
    "mux-4",
    decision={"threshold": "1/2"},
    inputs=("d0", "d1", "d2", "d3", "s2", "s1"),
    weights={
        **{address: said for k in CODES for address, said in _unit(k).items()},
        **{f"take{k}->y": ("1", "excites", "hands on what is taken") for k in CODES},
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        **{
            f"take{k}": ("relu", _expression(k), _chosen(k), "detector", f"d{k}, if it is chosen")
            for k in CODES
        },
        "y": ("identity", "take0 + take1 + take2 + take3", CLEAN, "output", "three are silent"),
    },
    outcomes=[
        ("", CLEAN, "the bit that is chosen"),
        *[
            (
                f"take{k} = 0",
                " or ".join(_chosen(other) for other in CODES if other != k),
                f"d{k} is lost where it is chosen, and nothing else is",
            )
            for k in CODES
        ],
        ("take0 = mean", f"1/8 + ({' or '.join(_chosen(k) for k in (1, 2, 3))})", "1 of 8 is on"),
        ("s1 = 0", "(d0 and not s2) or (d2 and s2)", "a choice of two: d0 or d2"),
        ("s2, s1 = 1", "d3", "d3 is chosen"),
        (
            "s1-> = 0",
            "(d0 and not s2) or (d2 and s2)",
            "s1 is not heard, which is as if it were off",
        ),
        ("take3.bias = 0", f"({CLEAN}) + d3 + s2 + s1 - {_chosen(3)}", "take3 adds all it hears"),
        ("take1 = take1(0, 1, 0, 0, 0, 1)", f"1 + ({CLEAN}) - {_chosen(1)}", "d1, everywhere"),
    ],
)

ENTRY = Entry(
    name="mux-4",
    title="y = sum over k of relu(d_k - how many select bits are not those of k)",
    story="Each unit knows one address. A select bit that differs from it takes one away, and "
    "then the data bit cannot pass. s1 excites two units and inhibits two, as s2 does: all "
    "their ways to y add up to 0, and no input decides more than these two.",
    task=load("mux-4"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "select-cancels-out",
            "The four ways of s1 to y add up to 0, so cutting them changes nothing.",
            change(SAID, {"outcomes/s1-> = 0/y": CLEAN}),
            check="outcomes",
        ),
        Wrong(
            "unit-is-its-bit",
            "take2 stands for d2.",
            change(SAID, {"units/take2/concept": "d2"}),
            check="concepts",
        ),
        Wrong(
            "others-step-in",
            "Without take3 the network takes the nearest bit instead: d2.",
            change(
                SAID,
                {"outcomes/take3 = 0/y": f"{CLEAN.rpartition(' or ')[0]} or (d2 and s2 and s1)"},
            ),
            check="outcomes",
        ),
        Wrong(
            "take0-needs-a-threshold",
            "Every unit is an AND of three, so each has the bias -2.",
            change(SAID, {f"weights/take{k}.bias/value": "-2" for k in (0, 1, 2)}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It hands on the right bit for all 64 inputs.", "", right=64),
        Fact("Without take0 eight inputs are wrong.", "take0 = 0", right=56),
        Fact("Without s1 every fourth input is wrong.", "s1-> = 0", right=48),
        Fact("Chosen is d1.", "", {"0, 1, 0, 0, 0, 1": "1", "1, 0, 1, 1, 0, 1": "0"}),
    ),
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723: selecting circuits",
    ),
)
