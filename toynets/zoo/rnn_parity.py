"""Parity by a loop, unrolled: the same two units in every step, and units that wait."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 94

NETWORK = Network.from_layers(
    [
        ([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, -1, 0, 0], "relu"),
        ([[1, -2, 1, 0], [1, -2, 1, 0], [0, 0, 0, 1]], [0, -1, 0], "relu"),
        ([[1, -2, 1], [1, -2, 1]], [0, -1], "relu"),
        ([[1, -2]], [0], "identity"),
    ],
    units=[["any1", "both1", "wait2", "wait3"], ["any2", "both2", "wait3b"], ["any3", "both3"]],
    masks=[
        [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[1, 1, 1, 0], [1, 1, 1, 0], [0, 0, 0, 1]],
        None,
        None,
    ],
    name="rnn-parity",
)

PAIR = "(x1 != x2)"
ODD = "mod(x1 + x2 + x3, 2)"
BOTH12 = "(x1 and x2)"


def _step(number: int, arriving: str) -> dict[str, tuple[str, str, str]]:
    """Return what is said of the step that takes in the state before and one input."""
    before, found = number - 1, {}
    dead = number == 2  # both1 is never on: nothing is before the first input
    for unit in (f"any{number}", f"both{number}"):
        found[f"any{before}->{unit}"] = ("1", "excites", "the parity so far is any - 2 both")
        found[f"both{before}->{unit}"] = (
            "-2",
            "no effect" if dead else "inhibits",
            "the same in every step, but both1 is 0" if dead else "the parity so far: any - 2 both",
        )
        found[f"{arriving}->{unit}"] = ("1", "excites", f"x{number} arrives")
    found[f"any{number}.bias"] = ("0", "no effect", "'any' begins at the first 1")
    found[f"both{number}.bias"] = ("-1", "sets threshold", "'both' wants two")
    return found


SAID = state(
    "rnn-parity",
    decision={"threshold": "1/2"},
    weights={
        "x1->any1": ("1", "scales", "x1 arrives, and nothing is before it"),
        "any1.bias": ("0", "no effect", "'any' begins at the first 1"),
        "x1->both1": ("1", "no effect", "one input is not enough for 'both'"),
        "both1.bias": ("-1", "sets threshold", "'both' wants two"),
        "x2->wait2": ("1", "scales", "x2 waits for one step"),
        "wait2.bias": ("0", "no effect", "x2 is not shifted"),
        "x3->wait3": ("1", "scales", "x3 waits for two steps"),
        "wait3.bias": ("0", "no effect", "x3 is not shifted"),
        **_step(2, "wait2"),
        "wait3->wait3b": ("1", "scales", "x3 waits on"),
        "wait3b.bias": ("0", "no effect", "x3 is not shifted"),
        **_step(3, "wait3b"),
        "any3->y": ("1", "excites", "the parity is any - 2 both"),
        "both3->y": ("-2", "inhibits", "the parity is any - 2 both"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "any1": ("relu", "relu(x1)", "x1", "detector", "x1, and the parity after one input"),
        "both1": ("relu", "0", "0", "dead", "relu(x1 - 1): nothing is before the first input"),
        "wait2": ("relu", "relu(x2)", "x2", "detector", "x2, kept for its step"),
        "wait3": ("relu", "relu(x3)", "x3", "detector", "x3, kept"),
        "any2": (
            "relu",
            "relu(any1 - 2*both1 + wait2)",
            "x1 + x2",
            "detector",
            "how many of the parity so far and x2 are on: 0, 1, 2",
        ),
        "both2": ("relu", "relu(any1 - 2*both1 + wait2 - 1)", BOTH12, "corrector", "both are"),
        "wait3b": ("relu", "relu(wait3)", "x3", "detector", "x3, kept once more"),
        "any3": (
            "relu",
            "relu(any2 - 2*both2 + wait3b)",
            f"{PAIR} + x3",
            "detector",
            "how many of the parity so far and x3 are on",
        ),
        "both3": (
            "relu",
            "relu(any2 - 2*both2 + wait3b - 1)",
            f"{PAIR} and x3",
            "corrector",
            "both are",
        ),
        "y": ("identity", "any3 - 2*both3", ODD, "output", "the parity after three inputs"),
    },
    outcomes=[
        ("", ODD, "the parity so far, and each input turns it round"),
        ("any1 = 0", "x2 != x3", "x1 is not remembered"),
        ("both1 = 0", ODD, "nothing changes: it is 0 already"),
        ("wait2 = 0", "x1 != x3", "x2 is lost before its step comes"),
        ("wait3 = 0", PAIR, "x3 is lost"),
        (
            "any2 = 0",
            f"x3 and not {BOTH12}",
            "after two inputs the state is 0 or -2: 11 shuts the last step",
        ),
        (
            "both2 = 0",
            "min(x1 + x2 + x3, 2 - (x1 + x2 + x3))",
            "the state is 2 after 11, and the last step takes it for even",
        ),
        ("wait3b = 0", PAIR, "x3 is lost in the second step"),
        ("any3 = 0", f"-2*({PAIR} and x3)", "only the last correction is left"),
        ("both3 = 0", f"{PAIR} + x3", "the last step counts, and corrects nothing"),
        ("both2, both3 = 0", "x1 + x2 + x3", "no step corrects: the loop counts"),
        ("wait2 = 1", "x1 == x3", "x2 is taken for 1"),
        (
            "both2 = mean",
            "max(x1 + x2 - 1/2 + x3, 0) - 2*max(x1 + x2 + x3 - 3/2, 0)",
            "its mean is 1/4",
        ),
    ],
    slack={
        "both1->both2": "both1 is 0; with its bias cut, any weight of -1 or less keeps both2 off"
    },
)

ENTRY = Entry(
    name="rnn-parity",
    title="s_t = relu(z) - 2 relu(z - 1),  z = s_(t-1) + x_t,  for t = 1, 2, 3",
    story="A recurrent network is one step, repeated: here an XOR of the state and the next "
    "input, with the numbers of xor-sum in every step. Unrolled, later inputs need units that "
    "wait. The first step has no state yet, so its 'both' is dead, with the same weights.",
    task=load("parity-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "counts-and-ends-with-mod",
            "The steps count, and only the last takes the remainder: without both2 all is well.",
            change(SAID, {"outcomes/both2 = 0/y": ODD}),
            check="outcomes",
        ),
        Wrong(
            "forgets-what-was-before",
            "Without any2 the loop starts again at the third input: y is x3.",
            change(SAID, {"outcomes/any2 = 0/y": "x3"}),
            check="outcomes",
        ),
        Wrong(
            "same-weights-same-role",
            "Weights are shared between the steps, so both1 does what both2 does.",
            change(SAID, {"units/both1/role": "corrector"}),
            check="roles",
        ),
        Wrong(
            "any-is-or",
            "any2 is on iff x1 or x2 is.",
            change(SAID, {"units/any2/concept": "x1 or x2"}),
            check="concepts",
        ),
        Wrong(
            "state-is-any",
            "The state is 'any': 'both' only matters in its own step.",
            change(
                SAID,
                {
                    "weights/both2->any3/value": "0",
                    "weights/both2->both3/value": "0",
                    "units/any3/expression": "relu(any2 + wait3b)",
                    "units/both3/expression": "relu(any2 + wait3b - 1)",
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It is the parity.", "", "0 1 1 0 1 0 0 1", right=8),
        Fact("Without both2 an even pair goes on as 2.", "both2 = 0", "0 1 1 0 1 0 0 -1", right=7),
        Fact("Without both2 and both3 it counts.", "both2, both3 = 0", "0 1 1 2 1 2 2 3", right=5),
        Fact(
            "Without any2 only x3 is seen, unless 11 came.", "any2 = 0", "0 1 0 1 0 1 0 0", right=3
        ),
    ),
    sources=(
        "J. L. Elman, Finding structure in time, Cognitive Science 14 (1990) 179-211: XOR in time",
        "described for this zoo: the loop unrolled, with units that wait",
    ),
)
