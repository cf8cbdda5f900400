"""Two numbers in order: both outputs share the one unit that compares."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 43

NETWORK = Network.from_layers(
    [
        ([[1, -1], [1, 0], [0, 1]], [0, 0, 0], "relu"),
        ([[1, 0, 1], [-1, 1, 0]], [0, 0], "identity"),
    ],
    units=["lead", "copy1", "copy2"],
    outputs=["larger", "smaller"],
    name="sort-2",
)

LEAD = "max(x1 - x2, 0)"

SAID = state(
    "sort-2",
    weights={
        "x1->lead": ("1", "excites", "speaks for 'x1 is larger'"),
        "x2->lead": ("-1", "inhibits", "speaks against it"),
        "lead.bias": ("0", "no effect", "equal numbers have no lead"),
        "x1->copy1": ("1", "scales", "hands x1 on"),
        "x2->copy1": ("0", "no effect", "no connection: copy1 belongs to x1"),
        "copy1.bias": ("0", "no effect", "x1 is not shifted"),
        "x1->copy2": ("0", "no effect", "no connection: copy2 belongs to x2"),
        "x2->copy2": ("1", "scales", "hands x2 on"),
        "copy2.bias": ("0", "no effect", "x2 is not shifted"),
        "lead->larger": ("1", "excites", "lifts x2 up to x1 where that is larger"),
        "copy1->larger": ("0", "no effect", "no connection: the larger one is x2 and a lead"),
        "copy2->larger": ("1", "excites", "the larger one is x2 at least"),
        "larger.bias": ("0", "no effect", "nothing is added"),
        "lead->smaller": ("-1", "inhibits", "brings x1 down to x2 where that is smaller"),
        "copy1->smaller": ("1", "excites", "the smaller one is x1 at most"),
        "copy2->smaller": ("0", "no effect", "no connection: the smaller one is x1 less a lead"),
        "smaller.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "lead": ("relu", "relu(x1 - x2)", LEAD, "comparator", "by how much x1 is larger"),
        "copy1": ("relu", "relu(x1)", "x1", "carrier", "x1 itself"),
        "copy2": ("relu", "relu(x2)", "x2", "carrier", "x2 itself"),
        "larger": ("identity", "lead + copy2", "max(x1, x2)", "output", "x2, lifted by the lead"),
        "smaller": ("identity", "copy1 - lead", "min(x1, x2)", "output", "x1, lowered by it"),
    },
    outcomes=[
        ("", ("max(x1, x2)", "min(x1, x2)"), "what one gains by the lead the other loses"),
        ("lead = 0", ("x2", "x1"), "nobody compares: the numbers come out crossed over"),
        ("copy1 = 0", ("max(x1, x2)", f"-{LEAD}"), "the larger one never needed copy1"),
        ("copy2 = 0", (LEAD, "min(x1, x2)"), "the smaller one never needed copy2"),
        ("copy1, copy2 = 0", (LEAD, f"-{LEAD}"), "the lead, once up and once down"),
        ("lead = 1", ("x2 + 1", "x1 - 1"), "the largest lead, whoever is ahead"),
        ("x2->lead = 0", ("x1 + x2", "0"), "the lead is counted from 0"),
        ("lead->smaller = 0", ("max(x1, x2)", "x1"), "only the larger one is put right"),
        ("lead-> *= -1", (f"x2 - {LEAD}", f"x1 + {LEAD}"), "the lead goes the wrong way"),
        ("x2 = 0", ("x1", "0"), "with x2 held at 0 there is nothing to sort"),
    ],
)

ENTRY = Entry(
    name="sort-2",
    title="larger = relu(x2) + lead,  smaller = relu(x1) - lead,  lead = relu(x1 - x2)",
    story="One comparison serves two outputs: it moves the same amount from one to the other, so "
    "the sum stays x1 + x2. Without it the numbers do not stay where they were, they come out "
    "crossed: copy1 belongs to the smaller one.",
    task=load("sort-2"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "unsorted-without-comparison",
            "Without the comparison the numbers come out as they went in: x1 first.",
            change(SAID, {"outcomes/lead = 0/larger": "x1", "outcomes/lead = 0/smaller": "x2"}),
            check="outcomes",
        ),
        Wrong(
            "lead-feeds-the-larger",
            "The lead is for the larger one; the smaller one is simply the other number.",
            change(SAID, {"outcomes/lead->smaller = 0/smaller": "min(x1, x2)"}),
            check="outcomes",
        ),
        Wrong(
            "swap-switch",
            "'lead' is a switch that says whether to swap.",
            change(SAID, {"units/lead/concept": "x1 > x2"}),
            check="concepts",
        ),
        Wrong(
            "straight-wiring",
            "copy1 goes to the first output and copy2 to the second.",
            change(
                SAID,
                {
                    "weights/copy1->larger/value": "1",
                    "weights/copy2->larger/value": "0",
                    "weights/copy1->smaller/value": "0",
                    "weights/copy2->smaller/value": "1",
                    "weights/x1->lead/value": "-1",
                    "weights/x2->lead/value": "1",
                    "units/lead/expression": "relu(x2 - x1)",
                    "units/larger/expression": "lead + copy1",
                    "units/smaller/expression": "copy2 - lead",
                },
            ),
            check="weights",
        ),
    ),
    facts=(
        Fact("It sorts.", "", {"1/4, 1/2": "1/2, 1/4", "1/2, 1/4": "1/2, 1/4", "1, 0": "1, 0"}),
        Fact("Without the lead they cross.", "lead = 0", {"1/4, 1/2": "1/2, 1/4", "1, 0": "0, 1"}),
        Fact("Without copy2 the larger one is the lead.", "copy2 = 0", {"1, 3/4": "1/4, 3/4"}),
    ),
    sources=(
        "D. Knuth, The Art of Computer Programming 3, Addison-Wesley, 1973, section 5.3.4: sorting "
        "networks of comparators",
    ),
)
