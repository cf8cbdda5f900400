"""The encoder 8-3-8 built by hand: three units hold the number of the input in binary."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 90

NETWORK = Network.from_layers(
    [
        (
            [[0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1, 0, 1]],
            [0, 0, 0],
            "relu",
        ),
        (
            [
                [-1, -1, -1],
                [-1, -1, 1],
                [-1, 1, -1],
                [-1, 1, 1],
                [1, -1, -1],
                [1, -1, 1],
                [1, 1, -1],
                [1, 1, 1],
            ],
            [3, 2, 2, 1, 2, 1, 1, 0],
            "identity",
        ),
    ],
    units=["fours", "twos", "ones"],
    name="encoder-8-3-8",
)

ITEMS = range(1, 9)
WORTH = {"fours": 4, "twos": 2, "ones": 1}
SENDERS = {unit: [i for i in ITEMS if (i - 1) & worth] for unit, worth in WORTH.items()}
BITS = {unit: f"({' + '.join(f'x{i}' for i in items)})" for unit, items in SENDERS.items()}
ANY = {unit: " or ".join(f"x{i}" for i in items) for unit, items in SENDERS.items()}


def _code(item: int) -> dict[str, bool]:
    return {unit: item in items for unit, items in SENDERS.items()}


def _scores(**values: str) -> list[str]:
    """Return how many of three bits agree with each item, some bits having other values."""
    given = BITS | values
    found = []
    for item in ITEMS:
        parts = [given[u] if on else f"(1 - {given[u]})" for u, on in _code(item).items()]
        found.append(" + ".join(parts))
    return found


def _in(item: int, unit: str) -> tuple[str, str, str]:
    if _code(item)[unit]:
        return ("1", "excites", f"{item - 1} in binary has {unit}")
    return ("0", "no effect", f"{item - 1} in binary has no {unit}")


def _out(item: int, unit: str) -> tuple[str, str, str]:
    if _code(item)[unit]:
        return ("1", "excites", f"{unit} on agrees with item {item}")
    return ("-1", "inhibits", f"{unit} on does not agree with item {item}")


def _bias(item: int) -> tuple[str, str, str]:
    off = sum(not on for on in _code(item).values())
    if not off:
        return ("0", "no effect", f"item {item} agrees with no bit that is off")
    return (str(off), "sets threshold", f"{off} of its bits agree with {item} while they are off")


SAID = state(
    "encoder-8-3-8",
    decision={"argmax": True},
    weights={
        **{f"x{i}->{u}": _in(i, u) for u in WORTH for i in ITEMS},
        **{f"{u}.bias": ("0", "no effect", f"nothing on is no {u}") for u in WORTH},
        **{f"{u}->y{i}": _out(i, u) for i in ITEMS for u in WORTH},
        **{f"y{i}.bias": _bias(i) for i in ITEMS},
    },
    units={
        **{
            u: ("relu", f"relu{BITS[u]}", ANY[u], "detector", f"the bit worth {worth}")
            for u, worth in WORTH.items()
        },
        **{
            f"y{i}": (
                "identity",
                " + ".join(u if on else f"(1 - {u})" for u, on in _code(i).items()),
                "",
                "output",
                f"how many bits agree with item {i}",
            )
            for i in ITEMS
        },
    },
    outcomes=[
        ("", _scores(), "3 for the item itself, less for each bit in which another differs"),
        ("fours = 0", _scores(fours="0"), "stuck at off: 5 to 8 are taken for 1 to 4"),
        ("twos = 0", _scores(twos="0"), "stuck at off: 3, 4, 7, 8 are taken for 1, 2, 5, 6"),
        ("ones = 0", _scores(ones="0"), "stuck at off: even items are taken for the one before"),
        ("twos, ones = 0", _scores(twos="0", ones="0"), "only 1 and 5 are left"),
        ("fours = mean", _scores(fours="1/2"), "half on: each item ties with the one four away"),
        ("ones = 1", _scores(ones="1"), "stuck at on: odd items are taken for the one after"),
        ("x8->ones = 0", _scores(ones="(x2 + x4 + x6)"), "item 8 gets the code of item 7"),
        ("fours-> *= -1", _scores(fours=f"(-{BITS['fours']})"), "fours on now speaks for 1 to 4"),
    ],
)

ENTRY = Entry(
    name="encoder-8-3-8",
    title="fours, twos, ones = bits of the item less 1;  y_i = how many bits agree with item i",
    story="The famous bottleneck: eight items, three units, and so a code. Here it is the binary "
    "one, written in by hand; training finds one of its 40,320 arrangements, or a code with "
    "values in between. A stuck bit folds the eight items into four.",
    task=load("encoder-8"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "some-items-per-unit",
            "'ones' is for the even items, so without it these get no answer at all.",
            change(SAID, {f"outcomes/ones = 0/y{i}": "0" for i in (2, 4, 6, 8)}),
            check="outcomes",
        ),
        Wrong(
            "bits-differ-in-worth",
            "'fours' is worth four times as much as 'ones', so its weights are larger.",
            change(SAID, {f"weights/fours->y{i}/value": "4" if i > 4 else "-4" for i in ITEMS}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "nearest-number",
            "Item 8 without its 'ones' is nearest to 7 and 6, and these tie.",
            change(SAID, {"outcomes/x8->ones = 0/y6": _scores(ones="(x2 + x4 + x6)")[6]}),
            check="outcomes",
        ),
        Wrong(
            "fours-is-item-5",
            "'fours' alone is on for item 5, so that is what it stands for.",
            change(SAID, {"units/fours/concept": "x5"}),
            check="concepts",
        ),
    ),
    facts=(
        Fact("It repeats its input.", "", right=8),
        Fact("With any bit stuck at 0 half of the items are left.", "twos = 0", right=4),
        Fact("With a bit at its mean all items tie.", "ones = mean", right=0),
        Fact("With two bits stuck two items are left.", "twos, ones = 0", right=2),
    ),
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: the encoder 8-3-8",
    ),
)
