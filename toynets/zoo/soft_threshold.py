"""A dead zone: small numbers give 0, large ones come out 1/2 smaller."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 46

NETWORK = Network.from_layers(
    [([[1], [-1]], [-0.5, -0.5], "relu"), ([[1, -1]], [0], "identity")],
    units=["above", "below"],
    name="soft-threshold",
)

SAID = state(
    "soft-threshold",
    parameters={"t": "1/2"},
    weights={
        "x1->above": ("1", "excites", "rises to the right"),
        "above.bias": ("-t", "sets threshold", "what is nearer to 0 than 1/2 is not let through"),
        "x1->below": ("-1", "inhibits", "rises to the left"),
        "below.bias": ("-t", "sets threshold", "the same on the other side"),
        "above->y": ("1", "excites", "hands on what is above the zone"),
        "below->y": ("-1", "inhibits", "gives what is below the zone its sign back"),
        "y.bias": ("0", "no effect", "the middle of the zone is 0"),
    },
    units={
        "above": ("relu", "relu(x1 - t)", "max(x1, t)", "hinge at 1/2", "how far above 1/2"),
        "below": ("relu", "relu(-x1 - t)", "min(x1, -t)", "hinge at -1/2", "how far below -1/2"),
        "y": (
            "identity",
            "above - below",
            "max(x1, t) + min(x1, -t)",
            "output",
            "x1, drawn 1/2 towards 0",
        ),
    },
    outcomes=[
        ("", "max(x1 - t, 0) + min(x1 + t, 0)", "two arms, and nothing in between"),
        ("above = 0", "min(x1 + t, 0)", "only the lower arm is left"),
        ("below = 0", "max(x1 - t, 0)", "only the upper arm is left"),
        ("above, below = 0", "0", "nothing reaches y"),
        ("above.bias = 0", "max(x1, 0) + min(x1 + t, 0)", "the zone is only open below"),
        ("above.bias, below.bias = 0", "x1", "no zone at all: a straight line out of two arms"),
        ("below->y *= -1", "max(abs(x1) - t, 0)", "both arms go up"),
        ("x1->below = 0", "max(x1 - t, 0)", "the lower arm never begins"),
        ("above = 1", "1 + min(x1 + t, 0)", "what is above at 3/2, everywhere"),
        ("x1->above, x1->below *= -1", "-max(x1 - t, 0) - min(x1 + t, 0)", "mirrored"),
    ],
)

ENTRY = Entry(
    name="soft-threshold",
    title="y = relu(x1 - 1/2) - relu(-x1 - 1/2)",
    story="A filter for noise: what is small is 0, and not merely small. Between -1/2 and 1/2 "
    "both units are silent, and every gradient but that of y.bias is 0: at such an input "
    "nothing seems to matter, in a network that is all about this zone.",
    task=load("soft-threshold"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "only-large-ones",
            "What is above 1/2 is let through as it is.",
            change(SAID, {"outcomes/below = 0/y": "x1*(x1 > t)"}),
            check="outcomes",
        ),
        Wrong(
            "arms-cancel-in-the-middle",
            "In the zone the two arms cancel: without thresholds y would be 0 everywhere.",
            change(SAID, {"outcomes/above.bias, below.bias = 0/y": "0"}),
            check="outcomes",
        ),
        Wrong(
            "symmetric",
            "Both units find large numbers, whatever their sign: y is how large x1 is.",
            change(SAID, {"units/y/concept": "max(abs(x1), t)"}),
            check="concepts",
        ),
        Wrong(
            "below-inhibits-below",
            "below->y is negative, so 'below' keeps y down where x1 is large.",
            change(SAID, {"units/below/expression": "relu(x1 - t)"}),
            check="units",
        ),
        Wrong(
            "zone-of-one",
            "The zone is as wide as the unit interval: the threshold is 1.",
            change(SAID, {"parameters/t": "1"}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact(
            "Small is 0, large is drawn in.",
            "",
            {"1/4": "0", "-1/2": "0", "1": "1/2", "-2": "-3/2"},
        ),
        Fact("Without 'above' only the lower arm is left.", "above = 0", {"1": "0", "-1": "-1/2"}),
        Fact("With one sign turned both arms go up.", "below->y *= -1", {"1": "1/2", "-1": "1/2"}),
    ),
    sources=(
        "D. Donoho, De-noising by soft-thresholding, IEEE Transactions on Information Theory 41 "
        "(1995) 613-627",
    ),
)
