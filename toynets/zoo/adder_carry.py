"""The adder with a carry coming in: one input more, one turn more, and nothing else changes."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 83

NETWORK = Network.from_layers(
    [
        ([[2, 1, 2, 1, 1]] * 7, [0, -1, -2, -3, -4, -5, -6], "relu"),
        (
            [[0, 0, 0, 1, -1, 0, 0], [0, 1, -1, -1, 1, 1, -1], [1, -2, 2, -2, 2, -2, 2]],
            [0, 0, 0],
            "identity",
        ),
    ],
    inputs=["a2", "a1", "b2", "b1", "c"],
    outputs=["s4", "s2", "s1"],
    name="adder-carry",
)

V = "(2*a2 + a1 + 2*b2 + b1 + c)"
WORTH = {"a2": "2", "a1": "1", "b2": "2", "b1": "1", "c": "1"}
BITS = {"s4": f"({V} >= 4)", "s2": f"(mod({V}, 4) >= 2)", "s1": f"mod({V}, 2)"}
# Unit k + 1 sends each bit its change of slope at total k: s4, s2, s1.
TURNS = (
    ("0", "0", "1"),
    ("0", "1", "-2"),
    ("0", "-1", "2"),
    ("1", "-1", "-2"),
    ("-1", "1", "2"),
    ("0", "1", "-2"),
    ("0", "-1", "2"),
)
WHY = {"0": "the slope of {0} does not change at {1}", "-": "turns {0} down after {1}"}


def _sent(k: int) -> dict[str, tuple[str, str, str]]:
    found = {}
    for output, turn in zip(BITS, TURNS[k], strict=True):
        role = "no effect" if turn == "0" else "inhibits" if turn[0] == "-" else "excites"
        why = WHY.get(turn[0], "turns {0} up after {1}").format(output, k)
        found[f"h{k + 1}->{output}"] = (turn, role, why)
    return found


def _above(k: int) -> str:
    return f"max({V} - {k}, 0)"


def _without(k: int) -> list[str]:
    """Return each bit without the turn at total k."""
    pairs = zip(BITS.values(), TURNS[k], strict=True)
    return [bit if turn == "0" else f"{bit} - ({turn})*{_above(k)}" for bit, turn in pairs]


SAID = state(
    "adder-carry",
    decision={"threshold": "1/2"},
    weights={
        **{
            f"{x}->h{k + 1}": (worth, "excites", f"worth {worth} in the total")
            for k in range(7)
            for x, worth in WORTH.items()
        },
        "h1.bias": ("0", "no effect", "h1 is the total itself"),
        **{
            f"h{k + 1}.bias": (f"-{k}", "sets threshold", f"h{k + 1} starts after {k}")
            for k in range(1, 7)
        },
        **{address: said for k in range(7) for address, said in _sent(k).items()},
        **{f"{o}.bias": ("0", "no effect", "0 + 0 has no bit on") for o in BITS},
    },
    units={
        "h1": ("relu", f"relu({V})", V, "detector", "the total, 0 to 7"),
        **{
            f"h{k + 1}": (
                "relu",
                f"relu({V} - {k})",
                f"max({V}, {k})",
                "hinge",
                f"how much of the total lies above {k}",
            )
            for k in range(1, 7)
        },
        "s4": ("identity", "h4 - h5", BITS["s4"], "output", "a step between 3 and 4"),
        "s2": (
            "identity",
            "h2 - h3 - h4 + h5 + h6 - h7",
            BITS["s2"],
            "output",
            "on at 2 and 3, off at 4 and 5, on at 6 and 7",
        ),
        "s1": (
            "identity",
            "h1 - 2*h2 + 2*h3 - 2*h4 + 2*h5 - 2*h6 + 2*h7",
            BITS["s1"],
            "output",
            "a zigzag: the total is odd",
        ),
    },
    outcomes=[
        ("", list(BITS.values()), "the total in binary"),
        *[
            (f"h{k + 1} = 0", _without(k), f"the turns after {k} are missing where there are any")
            for k in range(7)
        ],
        (
            "h7 = mean",
            [
                BITS["s4"],
                f"{BITS['s2']} + {_above(6)} - 1/32",
                f"{BITS['s1']} - 2*{_above(6)} + 1/16",
            ],
            "h7 is 1 on one input of 32",
        ),
        (
            "c = 0",
            [
                "2*a2 + a1 + 2*b2 + b1 >= 4",
                "mod(2*a2 + a1 + 2*b2 + b1, 4) >= 2",
                "mod(a1 + b1, 2)",
            ],
            "with no carry coming in: the plain adder",
        ),
        (
            "a1, b1 = 0",
            ["a2 and b2", "a2 != b2", "c"],
            "without low bits the carry is all of s1",
        ),
        (
            "c->h7 = 0",
            [BITS["s4"], f"{BITS['s2']} + {_above(6)}", f"{BITS['s1']} - 2*{_above(6)}"],
            "h7 needs all of 7, so without the carry it never speaks",
        ),
    ],
)

ENTRY = Entry(
    name="adder-carry",
    title="s4, s2, s1 = zigzags of v = 2 a2 + a1 + 2 b2 + b1 + c: hinges relu(v - k), k = 0 … 6",
    story="To the adder the carry is one more bit worth 1: it goes where a1 and b1 go, with "
    "the same weights, and the total can now be 7. So one more hinge is needed, and with it "
    "the zigzags come out even. 66 weights, and one rule for all.",
    task=load("adder-carry"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "carry-goes-to-its-place",
            "The carry is added to s1 at the end, so no hidden unit needs it but the first.",
            change(
                SAID, {"outcomes/c->h7 = 0/s2": BITS["s2"], "outcomes/c->h7 = 0/s1": BITS["s1"]}
            ),
            check="outcomes",
        ),
        Wrong(
            "h7-is-for-s1",
            "h7 is the last turn of the zigzag s1: s2 can do without.",
            change(SAID, {"outcomes/h7 = 0/s2": BITS["s2"]}),
            check="outcomes",
        ),
        Wrong(
            "carry-is-worth-two",
            "A carry is worth 2: it comes from the place below.",
            change(SAID, {f"weights/c->h{k + 1}/value": "2" for k in range(7)}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "all-on",
            "h5 only says whether the total is more than 4.",
            change(SAID, {"units/h5/concept": f"{V} > 4"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It adds all 32 triples right.", "", right=32),
        Fact("3 + 3 + 1 = 111.", "", {"1, 1, 1, 1, 1": "1, 1, 1", "1, 1, 0, 0, 1": "1, 0, 0"}),
        Fact("Without h7 only 3 + 3 + 1 is wrong.", "h7 = 0", {"1,1,1,1,1": "1, 2, -1"}, right=31),
    ),
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723: an electric adder, with carries",
        "described for this zoo: any function of a whole number as a sum of hinges",
    ),
)
