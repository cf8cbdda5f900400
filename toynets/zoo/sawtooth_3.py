"""A saw with four teeth: three tents in a row, each folding what the one before has folded."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 48

NETWORK = Network.from_layers(
    [
        ([[1], [1]], [0, -0.5], "relu"),
        ([[2, -4], [2, -4]], [0, -0.5], "relu"),
        ([[2, -4], [2, -4]], [0, -0.5], "relu"),
        ([[2, -4]], [0], "identity"),
    ],
    units=[["rise1", "fold1"], ["rise2", "fold2"], ["rise3", "fold3"]],
    name="sawtooth-3",
)

T1 = "(1 - abs(2*x1 - 1))"
T2 = f"(1 - abs(2*{T1} - 1))"
T3 = f"(1 - abs(2*{T2} - 1))"


def _layer(number: int) -> dict[str, tuple[str, str, str]]:
    """Return what is said of a layer that takes in the tent before it."""
    rise, fold, before = f"rise{number}", f"fold{number}", number - 1
    return {
        f"rise{before}->{rise}": ("2", "excites", "the tent before goes up with slope 2"),
        f"fold{before}->{rise}": ("-4", "inhibits", "and comes down again"),
        f"{rise}.bias": ("0", "no effect", "the rise begins on the ground"),
        f"rise{before}->{fold}": ("2", "excites", "the tent before goes up with slope 2"),
        f"fold{before}->{fold}": ("-4", "inhibits", "and comes down again"),
        f"{fold}.bias": ("-1/2", "sets threshold", "folds at half the height"),
    }


SAID = state(
    "sawtooth-3",
    weights={
        "x1->rise1": ("1", "scales", "hands x1 on"),
        "rise1.bias": ("0", "no effect", "the rise begins at 0"),
        "x1->fold1": ("1", "excites", "measures how far x1 is past the middle"),
        "fold1.bias": ("-1/2", "sets threshold", "folds in the middle"),
        **_layer(2),
        **_layer(3),
        "rise3->y": ("2", "excites", "slope 2 in every tooth"),
        "fold3->y": ("-4", "inhibits", "and -2 from its middle on"),
        "y.bias": ("0", "no effect", "the teeth stand on the ground"),
    },
    units={
        "rise1": ("relu", "relu(x1)", "x1", "carrier", "x1 itself"),
        "fold1": ("relu", "relu(x1 - 1/2)", "max(x1, 1/2)", "hinge at 1/2", "x1 past the middle"),
        "rise2": ("relu", "relu(2*rise1 - 4*fold1)", T1, "detector", "one tooth, 0 to 1"),
        "fold2": (
            "relu",
            "relu(2*rise1 - 4*fold1 - 1/2)",
            f"max({T1}, 1/2)",
            "hinge",
            "the upper half of one tooth",
        ),
        "rise3": ("relu", "relu(2*rise2 - 4*fold2)", T2, "detector", "two teeth"),
        "fold3": (
            "relu",
            "relu(2*rise2 - 4*fold2 - 1/2)",
            f"max({T2}, 1/2)",
            "hinge",
            "the upper half of two teeth",
        ),
        "y": ("identity", "2*rise3 - 4*fold3", T3, "output", "four teeth"),
    },
    outcomes=[
        ("", T3, "each layer folds the heights in half, and doubles the teeth"),
        ("rise1 = 0", "0", "what comes is never positive, and the next layers hear nothing"),
        (
            "fold1 = 0",
            "1 - abs(2*max(min(4*x1, 2 - 4*x1), 0) - 1)",
            "no fold in the middle: the left two teeth stay, the right two are gone",
        ),
        ("rise2 = 0", "0", "again nothing positive is left for the last layer"),
        ("fold2 = 0", f"min(4*{T1}, 2 - 4*{T1})", "one fold less: two teeth, and -2 between them"),
        ("rise3 = 0", f"-4*max({T2} - 1/2, 0)", "only the folds are left, upside down"),
        ("fold3 = 0", f"2*{T2}", "two teeth, of twice the height"),
        ("fold1, fold2, fold3 = 0", "8*x1", "no fold at all: three times twice as steep"),
        ("fold1, fold2 = 0", "min(8*x1, 2 - 8*x1)", "one fold is left, and it comes at 1/8"),
        ("rise2, rise3 = 0", "0", "nothing comes, and nothing is folded"),
        ("x1->fold1 = 0", "1 - abs(2*max(min(4*x1, 2 - 4*x1), 0) - 1)", "fold1 never speaks"),
        ("x1 = 1/8", "1", "the top of the first tooth"),
    ],
)

ENTRY = Entry(
    name="sawtooth-3",
    title="y = t(t(t(x1))),  t(z) = 2 relu(z) - 4 relu(z - 1/2)",
    story="Every layer has the same two units and doubles the teeth: three layers of two make "
    "four teeth, where one layer needs eight units. A removal does not take one tooth out: "
    "early ones take half of the saw or all of it, late ones change every tooth alike.",
    task=load("sawtooth-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "each-layer-its-teeth",
            "Every layer adds some teeth: without fold1 those of the other layers are left.",
            change(SAID, {"outcomes/fold1 = 0/y": T2}),
            check="outcomes",
        ),
        Wrong(
            "late-layers-for-details",
            "The last fold makes the finest detail only: without it, y is nearly the same.",
            change(SAID, {"outcomes/fold3 = 0/y": T2}),
            check="outcomes",
        ),
        Wrong(
            "as-in-the-tent",
            "As in the tent: without rise2, y is flat and then goes down.",
            change(SAID, {"outcomes/rise2 = 0/y": f"-4*max({T1} - 1/2, 0)"}),
            check="outcomes",
        ),
        Wrong(
            "all-folds-in-the-middle",
            "Every fold is at 1/2, so fold2 says on which side of the middle x1 is.",
            change(SAID, {"units/fold2/concept": "x1 > 1/2"}),
            check="concepts",
        ),
        Wrong(
            "steeper-every-layer",
            "Deeper layers make steeper teeth, so their weights are larger.",
            change(SAID, {"weights/rise3->y/value": "8", "weights/fold3->y/value": "-16"}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("Tops at odd eighths, ground at quarters.", "", {"1/8": "1", "3/8": "1", "1/4": "0"}),
        Fact("Without fold1 the right half is flat.", "fold1 = 0", {"3/8": "1", "5/8": "0"}),
        Fact("Without fold2 it goes down to -2.", "fold2 = 0", {"1/8": "1", "1/2": "-2"}),
        Fact(
            "Without any fold it is 8 times x1.", "fold1, fold2, fold3 = 0", {"1/2": "4", "1": "8"}
        ),
    ),
    sources=(
        "M. Telgarsky, Benefits of depth in neural networks, COLT 2016: two units in each of L "
        "layers make 2^(L-1) teeth",
    ),
)
