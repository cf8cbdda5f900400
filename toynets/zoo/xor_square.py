"""XOR with one hidden unit, which squares: a difference has no sign once it is squared."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 24

NETWORK = Network.from_layers(
    [([[1, -1]], [0], "square"), ([[1]], [0], "identity")],
    name="xor-square",
)

SAID = state(
    "xor-square",
    decision={"threshold": "1/2"},
    weights={
        "x1->h1": ("1", "excites", "one side of the difference"),
        "x2->h1": ("-1", "inhibits", "the other side: equal inputs cancel"),
        "h1.bias": ("0", "no effect", "no difference is 0, and its square is"),
        "h1->y": ("1", "scales", "hands the square on"),
        "y.bias": ("0", "no effect", "nothing is added"),
    },
    units={
        "h1": ("square", "square(x1 - x2)", "x1 != x2", "comparator", "how different, either way"),
        "y": ("identity", "h1", "x1 != x2", "output", "the square itself"),
    },
    outcomes=[
        ("", "x1 != x2", "(-1)^2 = 1^2 = 1, and 0^2 = 0"),
        ("h1 = 0", "0", "nothing reaches y"),
        ("x1->h1 = 0", "x2", "(-x2)^2: its sign is gone, too"),
        ("x2->h1 = 0", "x1", "x1^2"),
        ("x2->h1 *= -1", "square(x1 + x2)", "what cancelled now adds up: 11 gives 4"),
        ("x1->h1, x2->h1 *= -1", "x1 != x2", "both signs turned: the square cannot tell"),
        ("h1.bias = 1", "square(x1 - x2 + 1)", "the middle is moved: 0, 1 and 4"),
        ("h1 = mean", "1/2", "the inputs differ in half of the cases"),
        ("h1->y *= -1", "0 - (x1 != x2)", "upside down"),
        ("x1 = 1", "not x2", "with x1 held on, y asks whether x2 is off"),
    ],
)

ENTRY = Entry(
    name="xor-square",
    title="y = (x1 - x2)^2",
    story="One relu unit cannot do XOR; one squaring unit can. The weights 1 and -1 do not say "
    "that x1 speaks for y and x2 against it: turn both signs and nothing changes. What "
    "counts is that they are opposite, so that equal inputs cancel.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "for-and-against",
            "x1 has a positive weight and x2 a negative one: h1 finds 10.",
            change(SAID, {"units/h1/concept": "x1 and not x2"}),
            check="concepts",
        ),
        Wrong(
            "signs-turn-the-answer",
            "Turning every input weight round turns the answer round.",
            change(SAID, {"outcomes/x1->h1, x2->h1 *= -1/y": "0 - (x1 != x2)"}),
            check="outcomes",
        ),
        Wrong(
            "inhibition-only",
            "x2 only ever inhibits: without x2->h1, y can only be larger.",
            change(SAID, {"outcomes/x2->h1 = 0/y": "x1 or x2"}),
            check="outcomes",
        ),
        Wrong(
            "distance",
            "It is the distance |x1 - x2|: on bits that is the same.",
            change(SAID, {"units/h1/activation": "abs", "units/h1/expression": "abs(x1 - x2)"}),
            check="units",
        ),
        Wrong(
            "counts-twice",
            "The inputs are added and squared, which gives 0, 1, 1 and too much.",
            change(
                SAID,
                {
                    "weights/x2->h1/value": "1",
                    "units/h1/expression": "square(x1 + x2)",
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It is XOR.", "", "0 1 1 0", right=4),
        Fact("With one sign turned 11 gives 4.", "x2->h1 *= -1", "0 1 1 4", right=3),
        Fact("With both signs turned it is the same.", "x1->h1, x2->h1 *= -1", "0 1 1 0", right=4),
        Fact("Between the corners it is no distance.", "", {"1/2, 0": "1/4", "1/2, 1/2": "0"}),
    ),
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: XOR needs a hidden "
        "unit, or a product of the inputs",
    ),
)
