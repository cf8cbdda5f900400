"""XOR, trained with sigmoids: NAND and not NOR, each a soft step down a count."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 204

NETWORK = Network.from_layers(
    [
        (
            [[-5.549734115600586, -5.549733638763428], [-4.757070541381836, -4.7570695877075195]],
            [2.2515339851379395, 7.135687828063965],
            "sigmoid",
        ),
        ([[-11.35836410522461, 10.818228721618652]], [-5.03693962097168], "sigmoid"),
    ],
    name="xor-sigmoid",
)

H1 = "sigmoid(c - a*(x1 + x2))"
H2 = "sigmoid(q - p*(x1 + x2))"

SAID = state(
    "xor-sigmoid",
    parameters={
        "a": "5.55",
        "c": "2.252",
        "p": "4.757",
        "q": "7.136",
        "v": "11.36",
        "w": "10.82",
        "b": "5.037",
    },
    decision={"threshold": "1/2"},
    # A soft step takes many values; what a unit stands for is what decisions notice of it.
    metric={"concepts": "decision"},
    tolerance={"weights": "0.002", "clean": "0.00002", "units": "0.00005", "ablations": "0.0003"},
    weights={
        "x1->h1": ("-a", "inhibits", "one input is enough to turn h1 off"),
        "x2->h1": ("-a", "inhibits", "one input is enough to turn h1 off"),
        "h1.bias": ("c", "sets threshold", "less than a: h1 is on at the count 0 alone"),
        "x1->h2": ("-p", "inhibits", "one of the two objections that turn h2 off"),
        "x2->h2": ("-p", "inhibits", "the other"),
        "h2.bias": ("q", "sets threshold", "one and a half p: h2 is on at the counts 0 and 1"),
        "h1->y": ("-v", "inhibits", "'neither' speaks against y"),
        "h2->y": ("w", "excites", "'not both' speaks for y"),
        "y.bias": ("-b", "sets threshold", "y is off unless h2 speaks for it"),
    },
    units={
        "h1": ("sigmoid", H1, "not (x1 or x2)", "mixed", "a step down between 0 and 1 inputs"),
        "h2": ("sigmoid", H2, "not (x1 and x2)", "mixed", "a step down between 1 and 2 inputs"),
        "y": ("sigmoid", "sigmoid(w*h2 - v*h1 - b)", "x1 != x2", "output", "h2 and not h1"),
    },
    outcomes=[
        ("", f"sigmoid(w*{H2} - v*{H1} - b)", "between the two steps"),
        ("h1 = 0", f"sigmoid(w*{H2} - b)", "nobody objects to 'neither': NAND"),
        ("h2 = 0", f"sigmoid(-v*{H1} - b)", "nobody speaks for y: no to everything"),
        ("h1, h2 = 0", "sigmoid(-b)", "the bias alone: no"),
        ("h2 = 1", f"sigmoid(w - v*{H1} - b)", "h2 always on: OR, which is 'not neither'"),
        ("h1 = 1", f"sigmoid(w*{H2} - v - b)", "an objection to everything: no"),
        ("h1.pre = 0", f"sigmoid(w*{H2} - v/2 - b)", "h1 is 1/2, half an objection"),
        ("h2.bias = 0", f"sigmoid(w*sigmoid(-p*(x1 + x2)) - v*{H1} - b)", "h2 now falls at once"),
        ("h1->y *= -1", f"sigmoid(w*{H2} + v*{H1} - b)", "'neither' now speaks for y: NAND"),
    ],
)

ENTRY = Entry(
    name="xor-sigmoid",
    title="y = σ(w σ(q - p s) - v σ(c - a s) - b),  s = x1 + x2",
    story="The network of the 1980s. Both units count and step down, one after the first input, "
    "one after the second; y is on between the steps. h2 is 'on' by default: to remove it "
    "is to say no to everything, to hold it on leaves OR.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "removed-means-permissive",
            "h2 guards against 'both', so without it the network is OR.",
            change(SAID, {"outcomes/h2 = 0/y": f"sigmoid(w - v*{H1} - b)"}),
            check="outcomes",
        ),
        Wrong(
            "turned-over",
            "A sigmoid and its opposite are one: h1 is OR and excites y.",
            change(SAID, {"weights/h1->y/role": "excites"}),
            check="roles",
        ),
        Wrong(
            "one-unit-each",
            "Two inputs, two units: h1 stands for x1 and h2 for x2.",
            change(SAID, {"units/h1/concept": "x1", "units/h2/concept": "x2"}),
            check="concepts",
        ),
        Wrong(
            "switches",
            "The units are switches: 1 or 0.",
            change(
                SAID,
                {
                    "units/h1/expression": "not (x1 or x2)",
                    "units/h2/expression": "not (x1 and x2)",
                },
            ),
            check="units",
        ),
        Wrong(
            "zero-input-means-off",
            "h1.pre = 0 turns h1 off.",
            change(SAID, {"outcomes/h1.pre = 0/y": f"sigmoid(w*{H2} - b)"}),
            check="outcomes",
        ),
    ),
    trained=recipe("classify", task="xor", hidden=2, activation="sigmoid", seed=3),
    facts=(
        Fact("It decides all four inputs right.", "", right=4),
        Fact("Without h1 it is NAND.", "h1 = 0", right=3),
        Fact("Without h2 it says no to everything.", "h2 = 0", "0 0.0043 0.0064 0.0065", 2, "0.01"),
        Fact("With h2 held on it is OR.", "h2 = 1", right=3),
    ),
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: the task and the "
        "kind of network",
    ),
)
