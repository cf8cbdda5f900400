"""Mirror symmetry of six bits, built by hand: the mechanism of 1986, exact and hard."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 39

NETWORK = Network.from_layers(
    [
        ([[4, 2, 1, -1, -2, -4], [-4, -2, -1, 1, 2, 4]], [0, 0], "relu"),
        ([[-1, -1]], [0.5], "step"),
    ],
    units=["heavy_left", "heavy_right"],
    name="symmetry-built",
)

WORTH = {"x1": 4, "x2": 2, "x3": 1, "x4": -1, "x5": -2, "x6": -4}
D = "(4*(x1 - x6) + 2*(x2 - x5) + (x3 - x4))"
MIRROR = "x1 == x6 and x2 == x5 and x3 == x4"


def _balance(unit: str, sign: int) -> dict[str, tuple[str, str, str]]:
    found = {}
    for x, worth in WORTH.items():
        role = "excites" if sign * worth > 0 else "inhibits"
        found[f"{x}->{unit}"] = (str(sign * worth), role, f"balanced by x{7 - int(x[1])}")
    found[f"{unit}.bias"] = ("0", "no effect", "in balance nothing is said")
    return found


SAID = state(
    "symmetry-built",
    decision={"threshold": "1/2"},
    weights={
        **_balance("heavy_left", 1),
        **_balance("heavy_right", -1),
        "heavy_left->y": ("-1", "inhibits", "objects to more weight on the left"),
        "heavy_right->y": ("-1", "inhibits", "objects to more weight on the right"),
        "y.bias": ("1/2", "sets threshold", "on, unless somebody objects by 1 or more"),
    },
    units={
        "heavy_left": ("relu", f"relu({D})", f"{D} > 0", "detector", "the left side is heavier"),
        "heavy_right": ("relu", f"relu(-{D})", f"{D} < 0", "detector", "the right side is"),
        "y": ("step", "step(1/2 - heavy_left - heavy_right)", MIRROR, "output", "in balance"),
    },
    outcomes=[
        ("", MIRROR, "4, 2 and 1 cannot make up for each other"),
        ("heavy_left = 0", f"{D} >= 0", "nobody objects to more on the left: 36 of 64 right"),
        ("heavy_right = 0", f"{D} <= 0", "nobody objects to more on the right: 36 of 64 right"),
        ("heavy_left, heavy_right = 0", "1", "nobody objects at all"),
        ("heavy_left = mean", "0", "its mean is more than 1/2: a lasting objection"),
        ("heavy_left = 1", "0", "so is the smallest objection there is"),
        ("y.bias = 0", "0", "nothing is more than nothing: step(0) is 0"),
        ("heavy_left->y *= -1", f"{D} >= 0", "one objection turned into applause"),
        (
            "x1->heavy_left, x1->heavy_right = 0",
            "x6 == 0 and x2 == x5 and x3 == x4",
            "x6 has nothing to be balanced by: it has to be off",
        ),
        (
            "x2->heavy_left, x2->heavy_right *= -1",
            "4*(x1 - x6) + (x3 - x4) == 2*(x2 + x5)",
            "x2 and x5 now add up, and together weigh as much as x1",
        ),
        ("x1, x6 = 1", "x2 == x5 and x3 == x4", "the outer pair is settled"),
    ],
    slack={
        "heavy_left->y": "the smallest objection is 1: any weight below -1/2 keeps y off",
        "heavy_right->y": "the smallest objection is 1: any weight below -1/2 keeps y off",
        "y.bias": "any bias above 0 and up to 1 is more than nothing and no more than 1",
    },
)

ENTRY = Entry(
    name="symmetry-built",
    title="y = step(1/2 - relu(d) - relu(-d)),  d = 4 (x1 - x6) + 2 (x2 - x5) + (x3 - x4)",
    story="A balance with weights 4, 2 and 1: only mirrored bits cancel, for no sum of the "
    "smaller ones reaches the next. Nothing compares pair by pair. With 1, 1, 1 two unequal "
    "pairs could hide each other; 1986 and symmetry-trained are this, softly.",
    task=load("symmetry-6"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "pairs-alike",
            "Symmetry treats all pairs alike, so all weights are 1.",
            change(
                SAID,
                {
                    f"weights/{x}->{h}/value": "1" if (w > 0) == (h == "heavy_left") else "-1"
                    for x, w in WORTH.items()
                    for h in ("heavy_left", "heavy_right")
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "copies",
            "The units are one another turned over, so one of them is enough.",
            change(SAID, {"outcomes/heavy_left = 0/y": MIRROR}),
            check="outcomes",
        ),
        Wrong(
            "outer-pair-only",
            "'heavy_left' looks at the outer pair, which weighs most.",
            change(SAID, {"units/heavy_left/concept": "x1 > x6"}),
            check="concepts",
        ),
        Wrong(
            "how-heavy",
            "It matters by how much the left side is heavier.",
            change(SAID, {"units/heavy_left/concept": f"max({D}, 0)"}),
            check="concepts",
        ),
        Wrong(
            "units-find-symmetry",
            "The hidden units find symmetric inputs, and turn y on.",
            change(
                SAID,
                {"weights/heavy_left->y/role": "excites", "weights/heavy_right->y/role": "excites"},
            ),
            check="roles",
        ),
    ),
    facts=(
        Fact("It decides all 64 inputs right.", "", right=64),
        Fact("Without 'heavy_left' it decides 36 right.", "heavy_left = 0", right=36),
        Fact("Without 'heavy_right' as well.", "heavy_right = 0", right=36),
        Fact("Without its bias it never says yes.", "y.bias = 0", right=56),
    ),
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating "
        "errors, Nature 323 (1986) 533-536: the mechanism, found by training",
    ),
)
