"""A multiplexer of two: a select bit opens one path and shuts the other."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 85

NETWORK = Network.from_layers(
    [([[1, 0, -1], [0, 1, 1]], [0, -1], "relu"), ([[1, 1]], [0], "identity")],
    inputs=["a", "b", "select"],
    units=["from_a", "from_b"],
    name="mux-2",
)

A = "(a and not select)"
B = "(b and select)"

SAID = state(
    "mux-2",
    decision={"threshold": "1/2"},
    weights={
        "a->from_a": ("1", "excites", "what the path has to carry"),
        "b->from_a": ("0", "no effect", "no connection: this is the path of a"),
        "select->from_a": ("-1", "inhibits", "shuts the path of a"),
        "from_a.bias": ("0", "no effect", "the path of a is open by itself"),
        "a->from_b": ("0", "no effect", "no connection: this is the path of b"),
        "b->from_b": ("1", "excites", "what the path has to carry"),
        "select->from_b": ("1", "excites", "opens the path of b"),
        "from_b.bias": ("-1", "sets threshold", "the path of b is shut by itself"),
        "from_a->y": ("1", "excites", "hands on what comes by the path of a"),
        "from_b->y": ("1", "excites", "hands on what comes by the path of b"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "from_a": ("relu", "relu(a - select)", A, "detector", "a, where it is asked for"),
        "from_b": ("relu", "relu(b + select - 1)", B, "detector", "b, where it is asked for"),
        "y": ("identity", "from_a + from_b", f"{A} or {B}", "output", "one path is always shut"),
    },
    outcomes=[
        ("", f"{A} or {B}", "the bit that is asked for"),
        ("from_a = 0", B, "b where it is asked for; a is lost"),
        ("from_b = 0", A, "a where it is asked for; b is lost"),
        ("from_a, from_b = 0", "0", "nothing reaches y"),
        ("from_a = mean", f"1/4 + {B}", "from_a is on for one input of four"),
        ("select->from_a = 0", f"a + {B}", "the path of a cannot be shut: both may speak"),
        ("select->from_b = 0", A, "the path of b cannot be opened"),
        (
            "select->from_a, select->from_b = 0",
            "a",
            "nobody chooses: the path that is open by itself",
        ),
        ("from_b.bias = 0", f"{A} + b + select", "the select bit itself gets through"),
        ("select->from_a *= -1", f"a + select + {B}", "what should shut the path speaks on it"),
        ("select = 0", "a", "a is asked for"),
        ("select = 1", "b", "b is asked for"),
        ("from_b = from_b(0, 1, 1)", f"{A} + 1", "b is on and asked for, everywhere"),
    ],
)

ENTRY = Entry(
    name="mux-2",
    title="y = relu(a - select) + relu(b + select - 1)",
    story="The select bit is never part of the answer, and decides it. Its two ways to y have "
    "the weights -1 and 1, which add up to 0: a score that adds them up calls it irrelevant. "
    "What it does is to push units below their thresholds, or over.",
    task=load("mux-2"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "select-cancels-out",
            "The ways of select to y add up to -1 + 1 = 0: cutting both changes nothing.",
            change(SAID, {"outcomes/select->from_a, select->from_b = 0/y": f"{A} or {B}"}),
            check="outcomes",
        ),
        Wrong(
            "unit-is-its-input",
            "from_a is a: its other weights are noise.",
            change(SAID, {"units/from_a/concept": "a"}),
            check="concepts",
        ),
        Wrong(
            "the-other-steps-in",
            "Without from_b the network can only listen to a, so y is a.",
            change(SAID, {"outcomes/from_b = 0/y": "a"}),
            check="outcomes",
        ),
        Wrong(
            "select-inhibits",
            "select->from_a is negative, and so is what select does in general.",
            change(SAID, {"weights/select->from_b/role": "inhibits"}),
            check="roles",
        ),
        Wrong(
            "adds-and-shifts",
            "y adds a and b, and select shifts both alike.",
            change(
                SAID,
                {"weights/select->from_a/value": "1", "weights/from_a.bias/value": "-1"},
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It hands on the right bit.", "", "0 0 0 1 1 0 1 1", right=8),
        Fact("Without from_a two inputs are wrong.", "from_a = 0", "0 0 0 1 0 0 0 1", right=6),
        Fact("Without select it hands on a.", "select->from_a, select->from_b = 0", right=6),
        Fact(
            "Half a selection of two ones is no average.",
            "",
            {"1, 1, 1/2": "1", "1, 0, 1/2": "1/2"},
        ),
    ),
    sources=(
        "C. E. Shannon, A symbolic analysis of relay and switching circuits, Transactions of the "
        "AIEE 57 (1938) 713-723: selecting circuits",
    ),
)
