"""Pitfall: the same function as clip, on the whole line, and every ablation differs."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 64

NETWORK = Network.from_layers(
    [([[-1], [-1]], [1, 0], "relu"), ([[-1, 1]], [1], "identity")],
    name="clip-flipped",
)

SAID = state(
    "clip-flipped",
    weights={
        "x1->h1": ("-1", "inhibits", "h1 rises to the left"),
        "h1.bias": ("1", "sets threshold", "h1 begins at 1, going down"),
        "x1->h2": ("-1", "inhibits", "h2 rises to the left"),
        "h2.bias": ("0", "no effect", "h2 begins at 0, going down"),
        "h1->y": ("-1", "inhibits", "takes off what is missing to 1"),
        "h2->y": ("1", "excites", "gives back what is missing to 0"),
        "y.bias": ("1", "sets threshold", "the upper end is 1"),
    },
    units={
        "h1": ("relu", "relu(1 - x1)", "min(x1, 1)", "hinge at 1", "how far x1 is below 1"),
        "h2": ("relu", "relu(-x1)", "min(x1, 0)", "hinge at 0", "how far x1 is below 0"),
        "y": (
            "identity",
            "1 - h1 + h2",
            "min(max(x1, 0), 1)",
            "output",
            "1 less what is missing, but no less than 0",
        ),
    },
    outcomes=[
        ("", "min(max(x1, 0), 1)", "below 0 both ramps rise, and cancel"),
        ("h1 = 0", "1 + max(-x1, 0)", "nothing is ever missing"),
        ("h2 = 0", "min(x1, 1)", "the lower end is open"),
        ("h1, h2 = 0", "1", "only the bias is left"),
        ("y.bias = 0", "min(max(x1, 0), 1) - 1", "everything is 1 too low"),
        ("h1.bias = 0", "1", "the two ramps begin together, and cancel everywhere"),
        ("x1->h1 = 0", "max(-x1, 0)", "1 is always missing"),
        ("h2->y *= -1", "min(x1, 1) - max(-x1, 0)", "below 0 twice as steep"),
        ("h1 = 1", "max(-x1, 0)", "what is missing at 0, everywhere"),
        ("h2 = 1", "min(x1, 1) + 1", "what is given back at -1, everywhere"),
    ],
)

ENTRY = Entry(
    name="clip-flipped",
    title="y = 1 - relu(1 - x1) + relu(-x1)",
    story="No input of any size tells this network from clip: relu(z) = z + relu(-z), and the "
    "straight parts cancel. Inside, everything is the other way round: it starts at the upper "
    "end. 'Which unit holds the upper end' is a question about a network, not a function.",
    task=load("clip"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "as-clip",
            "It is the function of clip, so removing the unit that bends at 1 opens the upper end.",
            change(SAID, {"outcomes/h1 = 0/y": "max(x1, 0)"}),
            check="outcomes",
        ),
        Wrong(
            "weights-of-clip",
            "Same function, same network: the weights are those of clip, in other order.",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "1",
                    "weights/h1.bias/value": "-1",
                    "weights/x1->h2/value": "1",
                    "weights/h1->y/value": "-1",
                    "weights/h2->y/value": "1",
                    "weights/y.bias/value": "0",
                    "units/h1/expression": "relu(x1 - 1)",
                    "units/h2/expression": "relu(x1)",
                    "units/y/expression": "h2 - h1",
                },
            ),
            check="weights",
        ),
        Wrong(
            "negative-input-weights-turn-it-down",
            "All weights from x1 are negative: without x1->h1, y is higher everywhere.",
            change(SAID, {"outcomes/x1->h1 = 0/y": "1 + max(-x1, 0)"}),
            check="outcomes",
        ),
        Wrong(
            "alarm",
            "h2 only reports that x1 is below 0.",
            change(SAID, {"units/h2/concept": "x1 < 0"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It holds its input between 0 and 1.", "", {"-1": "0", "1/4": "1/4", "2": "1"}),
        Fact("It does so however far out, as clip.", "", {"-1000": "0", "1000": "1"}),
        Fact("Without h1 it is 1 at least, where clip is 0.", "h1 = 0", {"-1": "2", "1/2": "1"}),
        Fact(
            "Without h2 the lower end is open, where clip's is.", "h2 = 0", {"-1": "-1", "2": "1"}
        ),
    ),
    sources=(
        "J. E. Grigsby, K. Lindsey and D. Rolnick, Hidden symmetries of ReLU networks, ICML 2023: "
        "networks of one function that no rescaling connects",
        "described for this zoo: the kink flip of relu keeps the function and no ablation",
    ),
)
