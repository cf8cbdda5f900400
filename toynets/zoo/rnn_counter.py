"""A counter by a loop, unrolled: one unit that adds, and units that wait."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 99


def _rule(row: Row) -> Row:
    return (row[0] + row[1] + row[2],)


TASK = Task(
    name="count-3",
    title="how many of three bits are on",
    inputs=("x1", "x2", "x3"),
    outputs=("y",),
    domain=Domain.boolean(3),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(1,),
    encode="three bits, one after the other; y is their sum",
)

NETWORK = Network.from_layers(
    [
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0], "relu"),
        ([[1, 1, 0], [0, 0, 1]], [0, 0], "relu"),
        ([[1, 1]], [0], "relu"),
        ([[1]], [0], "identity"),
    ],
    units=[["count1", "wait2", "wait3"], ["count2", "wait3b"], ["count3"]],
    masks=[
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[1, 1, 0], [0, 0, 1]],
        None,
        None,
    ],
    name="rnn-counter",
)

TOTAL = "x1 + x2 + x3"
BEGIN = ("0", "no effect", "counting begins at 0")


def _waits(source: str, unit: str, why: str) -> dict[str, tuple[str, str, str]]:
    return {
        f"{source}->{unit}": ("1", "scales", why),
        f"{unit}.bias": ("0", "no effect", "what waits is not shifted"),
    }


SAID = state(
    "rnn-counter",
    weights={
        "x1->count1": ("1", "scales", "x1 arrives, and nothing was counted before it"),
        "count1.bias": BEGIN,
        **_waits("x2", "wait2", "x2 waits for one step"),
        **_waits("x3", "wait3", "x3 waits for two steps"),
        "count1->count2": ("1", "excites", "what was counted is kept"),
        "wait2->count2": ("1", "excites", "x2 arrives"),
        "count2.bias": BEGIN,
        **_waits("wait3", "wait3b", "x3 waits on"),
        "count2->count3": ("1", "excites", "what was counted is kept"),
        "wait3b->count3": ("1", "excites", "x3 arrives"),
        "count3.bias": BEGIN,
        "count3->y": ("1", "scales", "the count is the answer"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "count1": ("relu", "relu(x1)", "x1", "detector", "x1, and the count after one input"),
        "wait2": ("relu", "relu(x2)", "x2", "detector", "x2, kept for its step"),
        "wait3": ("relu", "relu(x3)", "x3", "detector", "x3, kept"),
        "count2": ("relu", "relu(count1 + wait2)", "x1 + x2", "counter", "how many of two are on"),
        "wait3b": ("relu", "relu(wait3)", "x3", "detector", "x3, kept once more"),
        "count3": ("relu", "relu(count2 + wait3b)", TOTAL, "counter", "how many of three are on"),
        "y": ("identity", "count3", TOTAL, "output", "the count"),
    },
    outcomes=[
        ("", TOTAL, "each input adds one to what was counted"),
        ("count1 = 0", "x2 + x3", "x1 is forgotten: a loop begins anew"),
        ("wait2 = 0", "x1 + x3", "x2 is lost before its step comes"),
        ("wait3 = 0", "x1 + x2", "x3 is lost"),
        ("count2 = 0", "x3", "both earlier inputs are forgotten"),
        ("wait3b = 0", "x1 + x2", "x3 is lost in the second step"),
        ("count3 = 0", "0", "everything is forgotten"),
        ("count1, count2 = 0", "x3", "the later loss hides the earlier one"),
        ("count2 = mean", "1 + x3", "one of two is on in the mean"),
        ("count1->count2 = 2", f"{TOTAL} + x1", "a loop that doubles what it keeps"),
        ("count2.bias += 1", f"{TOTAL} + 1", "one too many, and it is kept"),
    ],
)

ENTRY = Entry(
    name="rnn-counter",
    title="s_t = relu(s_(t-1) + x_t),  for t = 1, 2, 3",
    story="The smallest memory: one unit that keeps what it has and adds what arrives. The weight "
    "of 1 from one step to the next is the memory; at 1/2 it would forget, at 2 it would grow "
    "without bound. Unrolled, inputs that are not yet due wait in units of their own.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "restarts-nothing",
            "The count is in the last unit, so an earlier one is not missed: without count1 all is "
            "well.",
            change(SAID, {"outcomes/count1 = 0/y": TOTAL}),
            check="outcomes",
        ),
        Wrong(
            "losses-add-up",
            "Two losses cost more than one: without count1 and count2 the count is x3 - x1.",
            change(SAID, {"outcomes/count1, count2 = 0/y": "x3 - x1"}),
            check="outcomes",
        ),
        Wrong(
            "waiting-counts",
            "wait3b is a step like count2: it counts what came so far.",
            change(SAID, {"units/wait3b/concept": TOTAL}),
            check="concepts",
        ),
        Wrong(
            "saturates",
            "count2 says whether anything was on.",
            change(SAID, {"units/count2/concept": "x1 or x2"}),
            check="concepts",
        ),
        Wrong(
            "leaks",
            "Memory fades: the weight from step to step is a little below 1.",
            change(SAID, {"weights/count1->count2/value": "9/10"}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It counts.", "", "0 1 1 2 1 2 2 3", right=8),
        Fact("Without count2 only x3 is left.", "count2 = 0", "0 1 0 1 0 1 0 1", right=2),
        Fact("With a memory of 2, x1 counts twice.", "count1->count2 = 2", "0 1 1 2 2 3 3 4"),
    ),
    sources=(
        "J. L. Elman, Finding structure in time, Cognitive Science 14 (1990) 179-211: a loop that "
        "is one step, repeated",
        "described for this zoo: the loop unrolled, with units that wait",
    ),
)
