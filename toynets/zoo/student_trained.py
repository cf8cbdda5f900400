"""A student that learnt from a teacher, and has the teacher's two units, at another scale."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 235

NETWORK = Network.from_layers(
    [
        (
            [[0.9488292336463928, 0.47441190481185913], [-0.663846492767334, 1.3276801109313965]],
            [4.857778549194336e-06, -0.33191362023353577],
            "relu",
        ),
        ([[1.053917407989502, -1.5063658952713013]], [8.828072850519675e-07], "identity"),
    ],
    name="student-trained",
)

FIRST = "max(x1 + x2/2, 0)"
SECOND = "max(x2 - x1/2 - 1/4, 0)"
TEACHER = f"{FIRST} - 2*{SECOND}"

SAID = state(
    "student-trained",
    parameters={"a": "0.9488", "b": "1.3277"},
    tolerance={
        "weights": "0.00005",
        "clean": "0.00002",
        "units": "0.00005",
        "ablations": "0.00005",
    },
    weights={
        "x1->h1": ("a", "excites", "the first unit of the teacher, on the scale a"),
        "x2->h1": ("a/2", "excites", "half as strong, as in the teacher"),
        "h1.bias": ("0", "no effect", "the teacher's first unit begins at 0"),
        "x1->h2": ("-b/2", "inhibits", "half as strong and against, as in the teacher"),
        "x2->h2": ("b", "excites", "the second unit of the teacher, on the scale b"),
        "h2.bias": ("-b/4", "sets threshold", "the teacher's second unit begins at 1/4"),
        "h1->y": ("1/a", "excites", "undoes the scale: the teacher's weight is 1"),
        "h2->y": ("-2/b", "inhibits", "undoes the scale: the teacher's weight is -2"),
        "y.bias": ("0", "no effect", "the teacher has no bias here"),
    },
    units={
        "h1": ("relu", "relu(a*(x1 + x2/2))", FIRST, "hinge", "the teacher's first unit, times a"),
        "h2": (
            "relu",
            "relu(b*(x2 - x1/2 - 1/4))",
            SECOND,
            "hinge",
            "the teacher's second unit, times b",
        ),
        "y": ("identity", "h1/a - 2*h2/b", TEACHER, "output", "the answer of the teacher"),
    },
    outcomes=[
        ("", TEACHER, "the teacher, also between the points that were asked"),
        ("h1 = 0", f"-2*{SECOND}", "what the teacher says without its first unit"),
        ("h2 = 0", FIRST, "what the teacher says without its second unit"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h2.bias = 0", f"{FIRST} - 2*max(x2 - x1/2, 0)", "the second fold moves to the middle"),
        ("x2->h1 = 0", f"max(x1, 0) - 2*{SECOND}", "the first fold turns upright"),
        ("h1->y *= -1", f"-{FIRST} - 2*{SECOND}", "the first fold goes down"),
        ("h1 = h1(1, 1)", f"3/2 - 2*{SECOND}", "the first unit as at the corner 1, 1"),
    ],
)

ENTRY = Entry(
    name="student-trained",
    title="y = relu(a (x1 + x2/2)) / a - 2 relu(b (x2 - x1/2 - 1/4)) / b,  a = 0.949, b = 1.328",
    story="A network is asked for 81 answers, and a second one learns them. Of 96 students 25 "
    "succeed, and all 25 are the teacher: the same two folds, up to order and scale. So the "
    "explanation of the teacher explains the student, under every ablation.",
    task=load("teacher"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "same-numbers",
            "It gives the same answers, so it has the teacher's weights.",
            change(SAID, {"parameters/a": "1", "parameters/b": "1"}),
            check="weights",
        ),
        Wrong(
            "some-other-solution",
            "Many networks fit 81 answers; in this one h1 does the work of both.",
            change(SAID, {"outcomes/h2 = 0/y": TEACHER}),
            check="outcomes",
        ),
        Wrong(
            "exchanged",
            "h1 is the teacher's second unit and h2 its first.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "-b/2",
                    "weights/x2->h1/value": "b",
                    "weights/h1.bias/value": "-b/4",
                    "weights/h1->y/value": "-2/b",
                    "weights/x1->h2/value": "a",
                    "weights/x2->h2/value": "a/2",
                    "weights/h2.bias/value": "0",
                    "weights/h2->y/value": "1/a",
                },
            ),
            check="weights",
        ),
        Wrong(
            "only-at-the-points",
            "x2 reaches h1 with the smaller weight, which is there to fit single points.",
            change(SAID, {"outcomes/x2->h1 = 0/y": TEACHER}),
            check="outcomes",
        ),
        Wrong(
            "one-unit-each",
            "Two inputs, two units: h1 stands for x1 and h2 for x2.",
            change(SAID, {"units/h1/concept": "max(x1, 0)", "units/h2/concept": "max(x2, 0)"}),
            check="concepts",
        ),
    ),
    trained=recipe("annealed", task="teacher", hidden=2, activation="relu", seed=51),
    facts=(
        Fact(
            "It answers as the teacher does where it was not asked.",
            "",
            {"1/3, 1/7": "17/42", "-1/3, 5/7": "-26/21", "1, 1": "1"},
            within="0.0001",
        ),
        Fact(
            "Without h2 the fold is gone.", "h2 = 0", {"-1, 1": "0", "1, 1": "3/2"}, None, "0.001"
        ),
    ),
    sources=(
        "E. Gardner and B. Derrida, Three unfinished works on the optimal storage capacity of "
        "networks, Journal of Physics A 22 (1989) 1983-1994: learning from a teacher",
    ),
)
