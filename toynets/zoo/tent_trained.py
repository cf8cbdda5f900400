"""The tent map, trained: a roof taken down on both sides."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 225

NETWORK = Network.from_layers(
    [
        (
            [[-1.336647868156433], [1.3372544050216675]],
            [0.6683228611946106, -0.6686272025108337],
            "relu",
        ),
        ([[-1.4962035417556763, -1.4955216646194458]], [0.9999704360961914], "identity"),
    ],
    name="tent-trained",
)

SAID = state(
    "tent-trained",
    parameters={"a": "0.6685"},
    tolerance={"weights": "0.0004", "clean": "0.00003", "units": "0.0002", "ablations": "0.0002"},
    weights={
        "x1->h1": ("-2*a", "inhibits", "h1 rises to the left"),
        "h1.bias": ("a", "sets threshold", "h1 begins at 1/2"),
        "x1->h2": ("2*a", "excites", "h2 rises to the right"),
        "h2.bias": ("-a", "sets threshold", "h2 begins at 1/2 as well"),
        "h1->y": ("-1/a", "inhibits", "takes the left side down"),
        "h2->y": ("-1/a", "inhibits", "takes the right side down"),
        "y.bias": ("1", "sets threshold", "the height of the ridge"),
    },
    units={
        "h1": (
            "relu",
            "relu(a*(1 - 2*x1))",
            "max(1 - 2*x1, 0)",
            "hinge at 1/2",
            "how far x1 is to the left of 1/2, times 2",
        ),
        "h2": (
            "relu",
            "relu(a*(2*x1 - 1))",
            "max(2*x1 - 1, 0)",
            "hinge at 1/2",
            "how far x1 is to the right of 1/2, times 2",
        ),
        "y": (
            "identity",
            "1 - (h1 + h2)/a",
            "1 - abs(2*x1 - 1)",
            "output",
            "1 less the distance from the ridge",
        ),
    },
    outcomes=[
        ("", "1 - abs(2*x1 - 1)", "down on both sides of 1/2"),
        ("h1 = 0", "min(1, 2 - 2*x1)", "the left side stays at the height of the ridge"),
        ("h2 = 0", "min(1, 2*x1)", "the right side stays at the height of the ridge"),
        ("h1, h2 = 0", "1", "the ridge everywhere"),
        ("h2->y *= -1", "2*x1", "the kink is gone: one straight line"),
        ("h1.bias = 0", "min(1, 2 - 2*x1)", "h1 now begins at 0, where the domain ends"),
        ("h1 = h1(0)", "min(1, 2 - 2*x1) - 1", "the value of h1 at 0, everywhere"),
    ],
)

ENTRY = Entry(
    name="tent-trained",
    title="y = 1 - relu(a (1 - 2 x1)) / a - relu(a (2 x1 - 1)) / a,  a = 0.6685",
    story="The textbook tent goes up with slope 2 and is bent down by a second unit. This seed "
    "starts from the ridge and takes each side down with a unit of its own, the cheaper "
    "way in the middle of the interval. One number fits all seven.",
    task=load("tent"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "up-and-bend",
            "h1 goes up with slope 2 and h2 bends it: without h2 it is 2 x1 throughout.",
            change(SAID, {"outcomes/h2 = 0/y": "2*x1"}),
            check="outcomes",
        ),
        Wrong(
            "textbook",
            "The numbers are 2 relu(x) - 4 relu(x - 1/2).",
            change(
                SAID,
                {
                    "weights/x1->h1/value": "2*a",
                    "weights/h1.bias/value": "0",
                    "weights/h1->y/value": "1/a",
                    "weights/h2->y/value": "-2/a",
                    "weights/y.bias/value": "0",
                },
            ),
            check="weights",
        ),
        Wrong(
            "nothing-left",
            "Without its units the network is silent.",
            change(SAID, {"outcomes/h1, h2 = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "builds-up",
            "y is a sum of ramps, so the units excite it.",
            change(SAID, {"weights/h1->y/role": "excites", "weights/h2->y/role": "excites"}),
            check="roles",
        ),
    ),
    trained=recipe("annealed", task="tent", hidden=2, activation="relu", seed=111),
    facts=(
        Fact(
            "It is the tent, also between the points that it was trained on.",
            "",
            {"0": "0", "1/7": "2/7", "1/2": "1", "2/3": "2/3", "1": "0"},
            within="0.0001",
        ),
        Fact("Without h1 the left is flat.", "h1 = 0", {"0": "1", "1/4": "1"}, within="0.0001"),
        Fact("With h2 turned over it is 2 x.", "h2->y *= -1", {"1": "2"}, within="0.0001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
