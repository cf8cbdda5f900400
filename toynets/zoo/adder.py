"""An adder of two two-bit numbers: the total is a count, and each output bit a zigzag of it."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 82

NETWORK = Network.from_layers(
    [
        ([[2, 1, 2, 1]] * 6, [0, -1, -2, -3, -4, -5], "relu"),
        (
            [[0, 0, 0, 1, -1, 0], [0, 1, -1, -1, 1, 1], [1, -2, 2, -2, 2, -2]],
            [0, 0, 0],
            "identity",
        ),
    ],
    inputs=["a2", "a1", "b2", "b1"],
    outputs=["s4", "s2", "s1"],
    name="adder",
)

V = "(2*a2 + a1 + 2*b2 + b1)"
WORTH = {"a2": "2", "a1": "1", "b2": "2", "b1": "1"}
BITS = {"s4": f"({V} >= 4)", "s2": f"(mod({V}, 4) >= 2)", "s1": f"mod({V}, 2)"}
# At each total the change of slope of the three zigzags, s4, s2, s1: what unit k + 1 sends.
TURNS = (
    ("0", "0", "1"),
    ("0", "1", "-2"),
    ("0", "-1", "2"),
    ("1", "-1", "-2"),
    ("-1", "1", "2"),
    ("0", "1", "-2"),
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
    "adder",
    decision={"threshold": "1/2"},
    weights={
        **{
            f"{x}->h{k + 1}": (worth, "excites", f"worth {worth} in the total")
            for k in range(6)
            for x, worth in WORTH.items()
        },
        "h1.bias": ("0", "no effect", "h1 is the total itself"),
        **{
            f"h{k + 1}.bias": (f"-{k}", "sets threshold", f"h{k + 1} starts after {k}")
            for k in range(1, 6)
        },
        **{address: said for k in range(6) for address, said in _sent(k).items()},
        **{f"{o}.bias": ("0", "no effect", "0 + 0 has no bit on") for o in BITS},
    },
    units={
        "h1": ("relu", f"relu({V})", V, "detector", "the total, 0 to 6"),
        **{
            f"h{k + 1}": (
                "relu",
                f"relu({V} - {k})",
                f"max({V}, {k})",
                "hinge",
                f"how much of the total lies above {k}",
            )
            for k in range(1, 6)
        },
        "s4": ("identity", "h4 - h5", BITS["s4"], "output", "a step between 3 and 4"),
        "s2": (
            "identity",
            "h2 - h3 - h4 + h5 + h6",
            BITS["s2"],
            "output",
            "two level steps: on at 2 and 3, off at 4 and 5, on at 6",
        ),
        "s1": (
            "identity",
            "h1 - 2*h2 + 2*h3 - 2*h4 + 2*h5 - 2*h6",
            BITS["s1"],
            "output",
            "a zigzag: the total is odd",
        ),
    },
    outcomes=[
        ("", list(BITS.values()), "the total in binary"),
        *[
            (
                f"h{k + 1} = 0",
                _without(k),
                f"the turns after {k} are missing in every bit they are in",
            )
            for k in range(6)
        ],
        (
            "h4 = mean",
            [
                f"{BITS['s4']} - {_above(3)} + 5/8",
                f"{BITS['s2']} + {_above(3)} - 5/8",
                f"{BITS['s1']} + 2*{_above(3)} - 5/4",
            ],
            "the mean of h4 is 5/8",
        ),
        (
            "a2->h1 = 0",
            [BITS["s4"], BITS["s2"], f"{BITS['s1']} - 2*a2"],
            "s1 needs the whole total, of which h1 now lacks 2",
        ),
        (
            "h4->s4 = 0",
            [f"{BITS['s4']} - {_above(3)}", BITS["s2"], BITS["s1"]],
            "one edge, one bit: only s4 loses its turn",
        ),
        ("a2, b2 = 0", ["0", "a1 and b1", "a1 != b1"], "the low bits alone: a half adder"),
    ],
)

ENTRY = Entry(
    name="adder",
    title="s4, s2, s1 = zigzags of v = 2 a2 + a1 + 2 b2 + b1: hinges relu(v - k), k = 0 … 5",
    story="There is no carry anywhere. The inputs are weighed into one total, and each output "
    "bit is a broken line in it, with turns between whole numbers. Every unit changes s1, also "
    "those that see totals of 4 and more; no unit belongs to one place of the sum.",
    task=load("adder"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "high-bits-do-not-matter-for-s1",
            "s1 is a1 xor b1, whatever a2 is: so cutting a2->h1 changes nothing.",
            change(SAID, {"outcomes/a2->h1 = 0/s1": BITS["s1"]}),
            check="outcomes",
        ),
        Wrong(
            "h4-is-the-carry",
            "h4 makes the carry into s4: without it s4 is lost, and the rest stays.",
            change(SAID, {"outcomes/h4 = 0/s2": BITS["s2"], "outcomes/h4 = 0/s1": BITS["s1"]}),
            check="outcomes",
        ),
        Wrong(
            "place-by-place",
            "As on paper: h1 adds the low bits only.",
            change(SAID, {"units/h1/concept": "a1 + b1"}),
            check="concepts",
        ),
        Wrong(
            "bits-alike",
            "The first layer counts how many bits are on.",
            change(
                SAID,
                {f"weights/{x}->h{k + 1}/value": "1" for x in ("a2", "b2") for k in range(6)},
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "carry-detector",
            "h4 is on iff there is a carry into s4.",
            change(SAID, {"units/h4/expression": f"{V} >= 4"}),
            check="units",
        ),
    ),
    facts=(
        Fact("It adds all 16 pairs right.", "", right=16),
        Fact("3 + 3 = 110.", "", {"1, 1, 1, 1": "1, 1, 0", "0, 1, 1, 0": "0, 1, 1"}),
        Fact("Without h6 only 3 + 3 is wrong.", "h6 = 0", {"1,1,1,1": "1, 0, 2"}, right=15),
        Fact("Without a2->h1 every sum with a2 has a wrong s1.", "a2->h1 = 0", right=12),
    ),
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723: an electric adder, with carries",
        "described for this zoo: any function of a whole number as a sum of hinges",
    ),
)
