"""A threshold upside down: every input weight is negative, and every input speaks for y."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 34

NETWORK = Network.from_layers(
    [([[-1, -1, -1, -1]] * 2, [2, 1], "relu"), ([[-1, 1]], [1], "identity")],
    units=["lack", "nothing"],
    name="at-least-2-of-4",
)

INPUTS = ("x1", "x2", "x3", "x4")
S = "(x1 + x2 + x3 + x4)"
NONE = f"({S} == 0)"

SAID = state(
    "at-least-2-of-4",
    decision={"threshold": "1/2"},
    weights={
        **{f"{x}->lack": ("-1", "inhibits", "each input lessens what is lacking") for x in INPUTS},
        "lack.bias": ("2", "sets threshold", "two are wanted"),
        **{f"{x}->nothing": ("-1", "inhibits", "one input silences 'nothing'") for x in INPUTS},
        "nothing.bias": ("1", "sets threshold", "speaks while nothing is on"),
        "lack->y": ("-1", "inhibits", "one less for each that is lacking"),
        "nothing->y": ("1", "excites", "y should not sink below 0"),
        "y.bias": ("1", "sets threshold", "on, unless something is lacking"),
    },
    units={
        "lack": (
            "relu",
            f"relu(2 - {S})",
            f"min({S}, 2)",
            "hinge",
            "how many are lacking: 2, 1, 0",
        ),
        "nothing": ("relu", f"relu(1 - {S})", NONE, "detector", "on iff nothing is on"),
        "y": ("identity", "1 - lack + nothing", f"{S} >= 2", "output", "1 less what is lacking"),
    },
    outcomes=[
        ("", f"{S} >= 2", "1 - 2 + 1, 1 - 1, and 1 from two on"),
        ("lack = 0", f"1 + {NONE}", "nothing is ever lacking"),
        ("nothing = 0", f"min({S}, 2) - 1", "the ramp goes down to -1 where nothing is on"),
        ("lack, nothing = 0", "1", "only the bias is left"),
        ("lack = mean", f"5/8 + {NONE}", "the mean of 'lack' is 3/8: y is on for all inputs"),
        ("nothing = mean", f"min({S}, 2) - 15/16", "'nothing' is on for one input of sixteen"),
        ("y.bias = 0", f"({S} >= 2) - 1", "y is never on: all hung on its bias"),
        ("->lack = 0", f"{NONE} - 1", "two are always lacking, whatever is on"),
        ("x4 = 0", "x1 + x2 + x3 >= 2", "with x4 held off, two of three"),
        ("x4 = 1", "x1 or x2 or x3", "with x4 held on, one more is enough"),
        ("lack->y *= -1", f"1 + max(2 - {S}, 0) + {NONE}", "what is lacking is added"),
        ("lack = lack(0, 0, 0, 0)", f"{NONE} - 1", "the worst lack, everywhere"),
    ],
)

ENTRY = Entry(
    name="at-least-2-of-4",
    title="y = 1 - relu(2 - s) + relu(1 - s),  s = x1 + x2 + x3 + x4",
    story="All eight weights from the inputs are negative, and each input speaks for y: it "
    "silences a unit that speaks against it. The sign of one weight says nothing of the way "
    "through. relu(s - 1) - relu(s - 2) is the same function, with other ablations.",
    task=load("at-least-2-of-4"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "negative-inputs-vote-against",
            "Weights from x4 are negative, so with x4 on the others need more, not less.",
            change(SAID, {"outcomes/x4 = 1/y": "x1 + x2 + x3 >= 3"}),
            check="outcomes",
        ),
        Wrong(
            "upright",
            "A threshold is a ramp up and a brake, as in majority-5.",
            change(
                SAID,
                {
                    **{f"weights/{x}->{h}/value": "1" for x in INPUTS for h in ("lack", "nothing")},
                    "weights/lack.bias/value": "-1",
                    "weights/nothing.bias/value": "-2",
                    "weights/lack->y/value": "1",
                    "weights/nothing->y/value": "-1",
                    "weights/y.bias/value": "0",
                    "units/lack/expression": f"relu({S} - 1)",
                    "units/nothing/expression": f"relu({S} - 2)",
                    "units/y/expression": "lack - nothing",
                },
            ),
            check="weights",
        ),
        Wrong(
            "lack-is-the-only-objection",
            "Without 'lack' y is simply always on.",
            change(SAID, {"outcomes/lack = 0/y": "1"}),
            check="outcomes",
        ),
        Wrong(
            "nothing-is-useless",
            "Without 'nothing' all sixteen answers are the same, so it does nothing.",
            change(SAID, {"outcomes/nothing = 0/y": f"{S} >= 2"}),
            check="outcomes",
        ),
        Wrong(
            "yes-or-no",
            "'lack' only says that there are too few.",
            change(SAID, {"units/lack/concept": f"{S} < 2"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It decides all 16 inputs right.", "", right=16),
        Fact("Without 'nothing' it still does.", "nothing = 0", right=16),
        Fact("Without 'lack' it always says yes.", "lack = 0", right=11),
        Fact("Without its bias it never does.", "y.bias = 0", right=5),
    ),
    sources=(
        "W. McCulloch and W. Pitts, A logical calculus of the ideas immanent in nervous activity, "
        "Bulletin of Mathematical Biophysics 5 (1943) 115-133: units with a threshold",
        "described for this zoo: the threshold with both kinks turned round",
    ),
)
