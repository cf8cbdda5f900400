"""Parity of three as a list: one unit for each odd row of the table, and nothing else."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 35

NETWORK = Network.from_layers(
    [
        ([[1, -1, -1], [-1, 1, -1], [-1, -1, 1], [1, 1, 1]], [0, 0, 0, -2], "relu"),
        ([[1, 1, 1, 1]], [0], "identity"),
    ],
    units=["only1", "only2", "only3", "all3"],
    name="parity-3-minterms",
)

INPUTS = (1, 2, 3)
OTHERS = {1: (2, 3), 2: (1, 3), 3: (1, 2)}
ONLY = {i: f"(x{i} and not x{j} and not x{k})" for i, (j, k) in OTHERS.items()}
ALL = "(x1 and x2 and x3)"
ODD = "mod(x1 + x2 + x3, 2)"


def _only(i: int) -> dict[str, tuple[str, str, str]]:
    unit = f"only{i}"
    return {
        f"x{i}->{unit}": ("1", "excites", f"the one input that the row wants on: x{i}"),
        **{f"x{j}->{unit}": ("-1", "inhibits", f"x{j} must be off") for j in OTHERS[i]},
        f"{unit}.bias": ("0", "no effect", "one input less none is 1 already"),
    }


SAID = state(
    "parity-3-minterms",
    decision={"threshold": "1/2"},
    inputs=("x1", "x2", "x3"),
    weights={
        **_only(1),
        **_only(2),
        **_only(3),
        **{f"x{i}->all3": ("1", "excites", "the row wants every input on") for i in INPUTS},
        "all3.bias": ("-2", "sets threshold", "two inputs are not enough"),
        **{f"only{i}->y": ("1", "excites", "this row of the table has a 1") for i in INPUTS},
        "all3->y": ("1", "excites", "this row of the table has a 1"),
        "y.bias": ("0", "no effect", "rows that nobody looks after are 0"),
    },
    units={
        **{
            f"only{i}": (
                "relu",
                f"relu(x{i} - x{OTHERS[i][0]} - x{OTHERS[i][1]})",
                ONLY[i],
                "detector",
                f"on iff x{i} is on and nothing else is",
            )
            for i in INPUTS
        },
        "all3": ("relu", "relu(x1 + x2 + x3 - 2)", ALL, "detector", "on iff all three are on"),
        "y": ("identity", "only1 + only2 + only3 + all3", ODD, "output", "the list, added up"),
    },
    outcomes=[
        ("", ODD, "the four odd rows, one unit each"),
        *[
            (f"only{i} = 0", f"{ODD} - {ONLY[i]}", "this row becomes 0, and no other changes")
            for i in INPUTS
        ],
        ("all3 = 0", "x1 + x2 + x3 == 1", "the row 111 becomes 0: exactly one is left"),
        ("only1, only2, only3 = 0", ALL, "the row 111 alone"),
        ("only1, only2, only3, all3 = 0", "0", "no row is left"),
        ("all3 = mean", "(x1 + x2 + x3 == 1) + 1/8", "an eighth of the row 111, for all rows"),
        ("x2->only1 = 0", f"{ODD} + (x1 and x2 and not x3)", "only1 takes 110 for 100"),
        ("all3.bias = 0", "(x1 + x2 + x3 == 1) + x1 + x2 + x3", "all3 counts"),
        ("only1->y *= -1", f"{ODD} - 2*{ONLY[1]}", "the row 100 becomes -1"),
        ("only1 = only1(1, 0, 0)", f"{ODD} + 1 - {ONLY[1]}", "row 100 is claimed everywhere"),
        ("x3 = 0", "x1 != x2", "with x3 held off, parity of two"),
    ],
)

ENTRY = Entry(
    name="parity-3-minterms",
    title="y = sum of relu(x_i - x_j - x_k), and relu(x1 + x2 + x3 - 2)",
    story="The table of parity, row by row: removing a unit deletes its row and changes nothing "
    "else. parity-3 gives the same eight outputs with three units that count, and there a "
    "removal changes every row above a threshold. Outputs alone cannot tell them apart.",
    task=load("parity-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "counting-ladder",
            "Parity is computed by counting: without all3 the slope never turns up again.",
            change(SAID, {"outcomes/all3 = 0/y": "min(x1 + x2 + x3, 2 - (x1 + x2 + x3))"}),
            check="outcomes",
        ),
        Wrong(
            "one-unit-per-input",
            "only1 stands for x1: it is on iff x1 is.",
            change(SAID, {"units/only1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "inhibition-is-detail",
            "What makes only1 fire is x1; cutting x2->only1 changes nothing.",
            change(SAID, {"outcomes/x2->only1 = 0/y": ODD}),
            check="outcomes",
        ),
        Wrong(
            "all3-counts",
            "all3 has the weights 1, 1, 1 and counts the inputs.",
            change(SAID, {"units/all3/concept": "x1 + x2 + x3"}),
            check="concepts",
        ),
        Wrong(
            "all3-corrects",
            "all3 corrects the others where three inputs are on, as the last unit of a ladder.",
            change(SAID, {"units/all3/role": "corrector"}),
            check="roles",
        ),
        Wrong(
            "spread-over-units",
            "Every unit takes part in every row, so without only1 the values fade a little.",
            change(SAID, {"outcomes/only1 = 0/y": f"3/4*{ODD}"}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("It is the parity.", "", "0 1 1 0 1 0 0 1", right=8),
        Fact("Without only1 the row 100 is lost.", "only1 = 0", "0 1 1 0 0 0 0 1", right=7),
        Fact("Without all3 the row 111 is lost.", "all3 = 0", "0 1 1 0 1 0 0 0", right=7),
        Fact("In the middle of the cube it says 0.", "", {"1/2, 1/2, 1/2": "0"}),
    ),
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723: any table as a sum of products, one for each row",
    ),
)
