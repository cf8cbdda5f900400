"""The middle one of three numbers: the smaller of a maximum and x3, and what that lacks."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 49

NETWORK = Network.from_layers(
    [
        ([[1, -1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0, 0], "relu"),
        ([[1, 0, 1, 0], [1, 0, 1, -1], [-1, 1, 0, -1]], [0, 0, 0], "relu"),
        ([[1, -1, 1]], [0], "identity"),
    ],
    units=[["lead", "copy1", "copy2", "copy3"], ["upper", "excess", "rescue"]],
    name="median-3",
)

LEAD = "max(x1 - x2, 0)"
UPPER = "max(x1, x2)"
LOWER = "min(x1, x2)"
EXCESS = f"max({UPPER} - x3, 0)"
RESCUE = f"max({LOWER} - x3, 0)"
MEDIAN = f"max({LOWER}, min({UPPER}, x3))"
NO = ("0", "no effect", "no connection")

SAID = state(
    "median-3",
    weights={
        "x1->lead": ("1", "excites", "speaks for 'x1 is larger than x2'"),
        "x2->lead": ("-1", "inhibits", "speaks against it"),
        "x3->lead": NO,
        "lead.bias": ("0", "no effect", "equal numbers have no lead"),
        **{
            f"x{i}->copy{k}": ("1", "scales", f"hands x{k} on") if i == k else NO
            for k in (1, 2, 3)
            for i in (1, 2, 3)
        },
        **{f"copy{k}.bias": ("0", "no effect", f"x{k} is not shifted") for k in (1, 2, 3)},
        "lead->upper": ("1", "excites", "the larger of x1 and x2 is x2 and the lead"),
        "copy1->upper": NO,
        "copy2->upper": ("1", "excites", "the larger of x1 and x2 is x2 and the lead"),
        "copy3->upper": NO,
        "upper.bias": ("0", "no effect", "nothing is added"),
        "lead->excess": ("1", "excites", "the larger of x1 and x2, once more"),
        "copy1->excess": NO,
        "copy2->excess": ("1", "excites", "the larger of x1 and x2, once more"),
        "copy3->excess": ("-1", "inhibits", "what x3 has is not too much"),
        "excess.bias": ("0", "no effect", "nothing is added"),
        "lead->rescue": ("-1", "inhibits", "the smaller of x1 and x2 is x1 less the lead"),
        "copy1->rescue": ("1", "excites", "the smaller of x1 and x2 is x1 less the lead"),
        "copy2->rescue": NO,
        "copy3->rescue": ("-1", "inhibits", "what x3 has need not be added"),
        "rescue.bias": ("0", "no effect", "nothing is added"),
        "upper->y": ("1", "excites", "puts the larger of x1 and x2 forward"),
        "excess->y": ("-1", "inhibits", "brings it down to x3 where it is above"),
        "rescue->y": ("1", "excites", "brings it up again where x3 is the smallest"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "lead": ("relu", "relu(x1 - x2)", LEAD, "comparator", "by how much x1 is above x2"),
        **{f"copy{k}": ("relu", f"relu(x{k})", f"x{k}", "carrier", f"x{k}") for k in (1, 2, 3)},
        "upper": ("relu", "relu(lead + copy2)", UPPER, "detector", "the larger of x1 and x2"),
        "excess": (
            "relu",
            "relu(lead + copy2 - copy3)",
            EXCESS,
            "hinge",
            "by how much that is above x3",
        ),
        "rescue": (
            "relu",
            "relu(copy1 - lead - copy3)",
            RESCUE,
            "hinge",
            "by how much the smaller of x1 and x2 is above x3",
        ),
        "y": ("identity", "upper - excess + rescue", MEDIAN, "output", "the middle one"),
    },
    outcomes=[
        ("", MEDIAN, "x3, held between the other two"),
        (
            "lead = 0",
            "min(x2, x3) + max(x1 - x3, 0)",
            "x2 is taken for the larger, x1 for the smaller",
        ),
        ("copy1 = 0", f"min({UPPER}, x3)", "the rescue has nothing to go by"),
        ("copy2 = 0", f"min({LEAD}, x3) + {RESCUE}", "the larger one is taken for its lead"),
        ("copy3 = 0", LOWER, "x3 is taken for 0, and the middle of three is then the smaller"),
        ("upper = 0", f"{MEDIAN} - {UPPER}", "only the corrections are left"),
        ("excess = 0", f"{UPPER} + {RESCUE}", "never brought down: the larger one at least"),
        (
            "rescue = 0",
            f"min({UPPER}, x3)",
            "never brought up again: right unless x3 is the smallest",
        ),
        ("excess, rescue = 0", UPPER, "the larger of x1 and x2"),
        ("x3 = 0", LOWER, "with x3 at the bottom the middle is the smaller of the others"),
        ("x3 = 1", UPPER, "with x3 at the top it is the larger of the others"),
        ("copy3->rescue = 0", f"min({UPPER}, x3) + {LOWER}", "the whole of the smaller is added"),
    ],
)

ENTRY = Entry(
    name="median-3",
    title="y = upper - relu(upper - x3) + relu(lower - x3): x3, held between x1 and x2",
    story="The first layer compares x1 with x2, the second compares both with x3. Nothing sorts "
    "three numbers: x3 is held between the other two. The lead of x1 is used three times, "
    "once with a minus sign, and without it large and small are mixed up, not lost.",
    task=load("median-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "missing-is-left-out",
            "Without copy3 the network does not see x3, and takes the mean of the others.",
            change(SAID, {"outcomes/copy3 = 0/y": "(x1 + x2)/2"}),
            check="outcomes",
        ),
        Wrong(
            "rescue-is-rare",
            "'rescue' is silent whenever x3 is not the smallest, so it hardly matters.",
            change(SAID, {"outcomes/rescue = 0/y": MEDIAN}),
            check="outcomes",
        ),
        Wrong(
            "upper-is-the-median",
            "'upper' is the median, and the other two repair exceptions.",
            change(SAID, {"units/upper/concept": MEDIAN}),
            check="concepts",
        ),
        Wrong(
            "excess-of-the-larger",
            "'excess' is how far the largest of all three is above x3.",
            change(SAID, {"units/excess/expression": f"max({UPPER}, x3) - {LOWER}"}),
            check="units",
        ),
        Wrong(
            "lead-only-lifts",
            "The lead makes the larger one larger, so it excites whatever it reaches.",
            change(SAID, {"weights/lead->rescue/role": "excites"}),
            check="roles",
        ),
    ),
    facts=(
        Fact(
            "It is the middle one.",
            "",
            {"0, 1/2, 1": "1/2", "1, 0, 1/2": "1/2", "1, 1/2, 0": "1/2"},
        ),
        Fact("Two equal ones are the middle.", "", {"1/4, 1/4, 1": "1/4", "1, 0, 1": "1"}),
        Fact(
            "Without 'rescue' x3 = 0 always wins.", "rescue = 0", {"1, 1/2, 0": "0", "1,1,0": "0"}
        ),
        Fact(
            "Without 'lead' it can be more than 1.", "lead = 0", {"1, 1/2, 1/4": "1", "1,1,0": "1"}
        ),
    ),
    sources=(
        "A. Mukherjee and A. Basu, Lower bounds over Boolean inputs for deep neural networks with "
        "ReLU gates, arXiv 1711.03073, 2017: the maximum of three needs two hidden layers",
        "described for this zoo",
    ),
)
