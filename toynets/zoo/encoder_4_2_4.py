"""An encoder built by hand: four inputs, two units that hold a number in binary, four outputs."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 89

NETWORK = Network.from_layers(
    [
        ([[0, 0, 1, 1], [0, 1, 0, 1]], [0, 0], "relu"),
        ([[-1, -1], [-1, 1], [1, -1], [1, 1]], [2, 1, 1, 0], "identity"),
    ],
    units=["twos", "ones"],
    name="encoder-4-2-4",
)

ITEMS = (1, 2, 3, 4)
CODES = {1: (0, 0), 2: (0, 1), 3: (1, 0), 4: (1, 1)}  # of each item: twos, ones
TWOS = "(x3 + x4)"
ONES = "(x2 + x4)"


def _in(item: int, bit: int, unit: str) -> tuple[str, str, str]:
    if bit:
        return ("1", "excites", f"the code of item {item} has {unit}")
    return ("0", "no effect", f"the code of item {item} has no {unit}")


def _out(item: int, bit: int, unit: str) -> tuple[str, str, str]:
    if bit:
        return ("1", "excites", f"{unit} on agrees with item {item}")
    return ("-1", "inhibits", f"{unit} on does not agree with item {item}")


def _scores(twos: str, ones: str) -> list[str]:
    """Return how many of two bits agree with each item."""
    return [
        f"2 - {twos} - {ones}",
        f"1 - {twos} + {ones}",
        f"1 + {twos} - {ones}",
        f"{twos} + {ones}",
    ]


def _read(unit: str, bit: int) -> str:
    return unit if bit else f"(1 - {unit})"


SAID = state(
    "encoder-4-2-4",
    decision={"argmax": True},
    weights={
        **{f"x{i}->twos": _in(i, code[0], "twos") for i, code in CODES.items()},
        "twos.bias": ("0", "no effect", "nothing on is no twos"),
        **{f"x{i}->ones": _in(i, code[1], "ones") for i, code in CODES.items()},
        "ones.bias": ("0", "no effect", "nothing on is no ones"),
        **{f"twos->y{i}": _out(i, code[0], "twos") for i, code in CODES.items()},
        **{f"ones->y{i}": _out(i, code[1], "ones") for i, code in CODES.items()},
        "y1.bias": ("2", "sets threshold", "both bits off agree with item 1 twice"),
        "y2.bias": ("1", "sets threshold", "twos off agrees with item 2"),
        "y3.bias": ("1", "sets threshold", "ones off agrees with item 3"),
        "y4.bias": ("0", "no effect", "item 4 agrees with no bit that is off"),
    },
    units={
        "twos": ("relu", f"relu{TWOS}", "x3 or x4", "detector", "the bit worth 2"),
        "ones": ("relu", f"relu{ONES}", "x2 or x4", "detector", "the bit worth 1"),
        **{
            f"y{i}": (
                "identity",
                f"{_read('twos', code[0])} + {_read('ones', code[1])}",
                "",
                "output",
                f"how many bits agree with item {i}",
            )
            for i, code in CODES.items()
        },
    },
    outcomes=[
        (
            "",
            _scores(TWOS, ONES),
            "2 for the item itself, 1 for its neighbours, 0 for its opposite",
        ),
        ("twos = 0", _scores("0", ONES), "stuck at off: 3 is taken for 1 and 4 for 2"),
        ("ones = 0", _scores(TWOS, "0"), "stuck at off: 2 is taken for 1 and 4 for 3"),
        ("twos, ones = 0", ["2", "1", "1", "0"], "whatever comes is taken for item 1"),
        ("twos = mean", _scores("1/2", ONES), "half on: items that differ in this bit alone tie"),
        ("twos = 1", _scores("1", ONES), "stuck at on: 1 is taken for 3 and 2 for 4"),
        ("x3->twos = 0", _scores("x4", ONES), "item 3 gets the code of item 1"),
        ("y1.bias = 0", ["-(x3 + x4) - (x2 + x4)", *_scores(TWOS, ONES)[1:]], "1 loses to 2 and 3"),
        (
            "twos->y4 *= -1",
            [*_scores(TWOS, ONES)[:3], f"-{TWOS} + {ONES}"],
            "item 4 is read as 3 from now on",
        ),
        ("twos = twos(0, 0, 0, 1)", _scores("1", ONES), "the bit of item 4, for all"),
    ],
)

ENTRY = Entry(
    name="encoder-4-2-4",
    title="twos = x3 + x4, ones = x2 + x4;  y_i = how many of the two bits agree with item i",
    story="Four items must pass through two units, so each unit takes part in all of them: no "
    "unit stands for an item, and the code 00 has no active unit at all. Each ablation is a "
    "stuck bit, and says which items are mixed up: those whose codes differ there.",
    task=load("encoder-4"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "one-unit-two-items",
            "'twos' looks after items 3 and 4: without it these are lost to nobody in particular.",
            change(
                SAID,
                {
                    f"outcomes/twos = 0/y{i}": said
                    for i, said in zip(ITEMS, _scores("1/2", ONES), strict=True)
                },
            ),
            check="outcomes",
        ),
        Wrong(
            "item-1-is-not-represented",
            "No unit is on for item 1, so the network cannot know it.",
            change(
                SAID,
                {"weights/y1.bias/value": "0", "units/y1/expression": "-twos - ones"},
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "mean-is-harmless",
            "The mean keeps what is typical, so decisions stay as they are.",
            change(
                SAID,
                {
                    f"outcomes/twos = mean/y{i}": said
                    for i, said in zip(ITEMS, _scores(TWOS, ONES), strict=True)
                },
            ),
            check="outcomes",
        ),
        Wrong(
            "grandmother-units",
            "'twos' stands for item 3 and 'ones' for item 2; 4 is the mixture of both.",
            change(SAID, {"units/twos/concept": "x3", "units/ones/concept": "x2"}),
            check="concepts",
        ),
        Wrong(
            "counts",
            "'twos' and 'ones' together count up: item 3 has one unit on, item 4 two, 2 none.",
            change(SAID, {"weights/x2->ones/value": "0", "weights/x3->ones/value": "1"}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It repeats its input.", "", "2,1,1,0 1,2,0,1 1,0,2,1 0,1,1,2", right=4),
        Fact("With a bit stuck at 0 two items are lost.", "twos = 0", right=2),
        Fact("With a bit at its mean all four tie.", "twos = mean", right=0),
        Fact("Two inputs at once are no item.", "", {"0, 1, 1, 0": "0, 1, 1, 2"}),
    ),
    sources=(
        "D. Ackley, G. Hinton and T. Sejnowski, A learning algorithm for Boltzmann machines, "
        "Cognitive Science 9 (1985) 147-169: the encoder problem",
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: binary codes, found "
        "by training",
    ),
)
