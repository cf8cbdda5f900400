"""Small certificates written by hand, from the description of the format alone.

Each is about something that can be seen without a computer. With d variables, value d + k is node
k of the program; the conditions of a leaf are numbered from 0: both bounds of each variable (low
first), the given ones, the splits from the root, those of relaxed nodes.
"""

from __future__ import annotations

import copy

from toynets.network import Network

C = "="  # the fact of a constant


def network(*layers, **names):
    """A network as its file holds it."""
    return Network.from_layers(layers, **names).to_dict()


def variables(low, high, *names):
    """Variables with one interval."""
    return [{"name": name, "low": low, "high": high} for name in names]


def run(*inputs, which="network", **edits):
    """A run of a network; `unit_h1="0"` is the edit `unit h1` to 0."""
    changed = {key.replace("_", " ", 1).replace("__", "->"): to for key, to in edits.items()}
    return {"run": which, "inputs": list(inputs), "edits": changed}


def says(text, **names):
    """An expression over values."""
    return {"expression": text, "names": names}


def split(form, yes, no, strict=False):
    """A node of a cover."""
    return {"split": form, "strict": strict, "yes": yes, "no": no}


def leaf(*facts, maps=()):
    """A leaf; `("+", 2)` is the side + by condition 2 alone, C a constant."""

    def fact(one):
        if one == C:
            return ["="]
        side, *by = one
        if side not in ("+", "-"):
            return list(one)
        return [side, [[by[0], "1"]] if isinstance(by[0], int) else by[0]]

    return {"facts": [fact(one) for one in facts], "maps": [list(m) for m in maps]}


def proved(text, over, program, *cover, **more):
    """A claim with its cover."""
    claim = {"text": text, "variables": over, "program": program, "verdict": "proved"}
    return claim | {"cover": list(cover)} | more


def refuted(text, over, program, *witness):
    """A claim with a point that refutes it."""
    claim = {"text": text, "variables": over, "program": program, "verdict": "refuted"}
    return claim | {"witness": list(witness)}


def certificate(net, *claims, **more):
    """A whole file."""
    head = {"format": "toynets-certificate/1", "about": "a test", "made_by": "hand"}
    return head | {"network": net, "claims": list(claims)} | more


TENT = network(([[1], [2]], [0, -1], "relu"), ([[1, -1]], None, "identity"))
X = ["0", [[0, "1"]]]
MINUS_X = ["0", [[0, "-1"]]]
TENT_PARTS = [run(0), says("min(x, 1 - x)", x=0)]
tent = certificate(
    TENT,
    proved(
        "the tent is min(x, 1 - x)",
        variables("0", "1", "x1"),
        [*TENT_PARTS, says("y == e", y=3, e=5)],
        split(["-1", [[0, "2"]]], 1, 2),
        leaf(("+", 0), ("+", 2), ("+", 2), C, C, maps=[(2, ["-1", [[0, "2"]]])]),
        leaf(("+", 0), ("-", 2), ("-", 2), C, C, maps=[(3, X), (6, ["0", []])]),
    ),
    refuted("it stays under 1/2", variables("0", "1", "x1"), [run(0), says("y < 1/2", y=3)], "1/2"),
)

logic = certificate(
    TENT,
    proved(
        "or, and of three, not, max of three",
        variables("0", "1", "x1"),
        [
            *TENT_PARTS,
            says("(y == e or y == e + 1) and not y == e + 1 and not y == e - 1", y=3, e=5),
        ],
        split(["-1", [[0, "2"]]], 1, 2),
        leaf(("+", 0), ("+", 2), ("+", 2), *[C] * 11),
        leaf(("+", 0), ("-", 2), ("-", 2), *[C] * 11),
    ),
    proved(
        "constants need no node",
        variables("0", "1", "x1"),
        [says("max(x, 1, 2*(3 - 1)/1) - abs(-4) + relu(-1) == step(0)", x=0)],
        leaf(("-", [[1, "1"]]), C, C, C),
    ),
)

twins = certificate(
    network(([[1]], [0], "abs"), ([[1]], [0], "identity"), dtype="float64"),
    proved(
        "|x| is relu(x) + relu(-x)",
        variables("-1", "1", "x1"),
        [run(0), run(0, which="others/relu twin"), says("a == b", a=2, b=5)],
        split(X, 1, 2),
        leaf(("+", 2), ("+", 2), ("-", 2), C, C),
        leaf(("-", 2), ("-", 2), ("+", 2), C, C),
    ),
    others={"relu twin": network(([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "identity"))},
)

# Open and closed cells, and a cell that is one point.
steps = certificate(
    network(([[1], [-1]], None, "step"), ([[1, 1]], None, "identity")),
    proved(
        "step(x) + step(-x) tells whether x is 0",
        variables("-1", "1", "x1"),
        [run(0), says("y == (x != 0)", y=3, x=0)],
        split(X, 1, 2, strict=True),
        leaf(("+", 2), ("-", 2), ("same", 1), ("same", 2), C, C),
        split(MINUS_X, 3, 4, strict=True),
        leaf(("-", 3), ("+", 3), ("-", 2), ("+", 3), C, C),
        leaf(("-", 2), ("-", 3), ("-", 2), ("-", 3), C, C),
    ),
)

APART = ["0", [[0, "1"], [1, "-1"]]]
diagonal = certificate(
    network(([[1, -1], [-1, 1]], None, "relu"), ([[1, 1]], None, "identity")),
    proved(
        "|x1 - x2| is the largest less the smallest",
        variables("0", "1", "x1", "x2"),
        [run(0, 1), says("y == max(x1, x2) - min(x1, x2)", y=4, x1=0, x2=1)],
        split(["-3", [[0, "1"], [1, "1"]]], 1, 2),
        {"empty": [[1, "1"], [3, "1"], [4, "1"]]},
        split(APART, 3, 4),
        leaf(("+", 5), ("-", 5), ("+", 5), ("same", 2), C, C, maps=[(5, APART)]),
        leaf(("-", 5), ("+", 5), ("-", 5), ("same", 5), C, C),
    ),
)


def relaxed(function, sentence, by, low="-1", high="2"):
    """A claim about one activation whose side stays open."""
    ends = ("~", low, [[0, "1"]], high, [[1, "1"]])
    return proved(
        f"{function} of an interval",
        variables(low, high, "x1"),
        [says(f"{function}(x)", x=0), says(sentence, x=0, h=2)],
        leaf(ends, ("-", by)),
    )


open_sides = certificate(
    TENT,
    relaxed("relu", "3*h <= 2*x + 2", [[4, "3"]]),
    relaxed("relu", "h >= x", 3),
    relaxed("relu", "h >= 0", 2),
    relaxed("abs", "3*h <= x + 4", [[4, "3"]]),
    relaxed("abs", "h >= x", 2),
    relaxed("abs", "h >= -x", 3),
    relaxed("step", "h <= 1", 3),
    relaxed("step", "h >= 0", 2),
)

RAMPS = network(([[1], [-1]], [0, 0], "relu"), ([[1, -1]], [0], "identity"))
WIDE = variables("-1", "1", "x1")
RANGE = [run(0), says("h >= 0 and h <= 1", h=1)]
STAYS = ("~", "-1", [[1, "1"]], "1", [[0, "1"]])  # of -x
worst = certificate(
    RAMPS,
    proved(
        "the range of h1",
        WIDE,
        RANGE,
        split(X, 1, 2),
        leaf(("+", 2), ("-", 2), ("-", 2), ("-", 1), C),
        leaf(("-", 2), ("+", 2), C, C, C),
    ),
    refuted("0 is attained", WIDE, [run(0), says("h > 0", h=1)], "-1/3"),
    refuted("1 is attained", WIDE, [run(0), says("h < 1", h=1)], "1"),
    proved(
        "y under h1 = worst",
        [*WIDE, *variables("0", "1", "v.h1")],
        [run(0, unit_h1=1), says("y <= v", y=4, v=1)],
        leaf(STAYS, ("-", 4)),
    ),
)

patch = certificate(
    RAMPS,
    proved(
        "y under h1 = h1(x')",
        [*WIDE, *variables("-1", "1", "x1'")],
        [run(1), run(0, unit_h1=2), says("y == s - h", y=7, s=2, h=6)],
        leaf(
            ("~", "-1", [[2, "1"]], "1", [[3, "1"]]),
            ("~", "-1", [[3, "1"]], "1", [[2, "1"]]),
            ("~", "-1", [[1, "1"]], "1", [[0, "1"]]),
            C,
            C,
        ),
    ),
)


def largest(*first):
    """What argmax asks of two values: which is beaten, with the numbers of the new values."""
    a, b, n = first
    return [
        says("b > a", a=a, b=b),
        says("a > b", a=a, b=b),
        says("step(s - 1/2)", s=n),
        says("step(s - 1/2)", s=n + 2),
    ]


def sides(x, minus):
    """The facts of two steps, of their neighbours that follow, and of the sentence."""
    twice = [(minus[0], [[minus[1], "4"]]), (x[0], [[x[1], "4"]]), C, C]
    return leaf((minus[0], [[minus[1], "2"]]), (x[0], [[x[1], "2"]]), C, C, *twice, *[C] * 5)


ties = certificate(
    network(([[1], [-1]], None, "softmax")),
    proved(
        "doubling keeps the largest output, ties and all",
        WIDE,
        [
            *[run(0), run(0, which="others/double"), *largest(1, 2, 6), *largest(3, 4, 14)],
            says("p == q and r == s", p=10, q=18, r=12, s=20),
        ],
        split(X, 1, 2, strict=True),
        sides(("+", 2), ("-", 2)),
        split(MINUS_X, 3, 4, strict=True),
        sides(("-", 3), ("+", 3)),
        sides(("-", 2), ("-", 3)),
    ),
    others={"double": network(([[2], [-2]], None, "softmax"))},
)

rising = certificate(
    TENT,
    proved(
        "relu never falls",
        variables("-1", "1", "x1", "x1'"),
        [says("relu(x)", x=0), says("relu(x)", x=1), says("b >= a", a=3, b=5)],
        split(X, 1, 2),
        leaf(("+", 5), ("+", [[4, "1"], [5, "1"]]), ("-", 4)),
        leaf(("-", 5), ("~", "-1", [[2, "1"]], "1", [[3, "1"]]), ("-", 6)),
        given=[["0", [[0, "-1"], [1, "1"]]]],
        inside=["-1", "1/2"],
    ),
)

DEEP = network(
    ([[1, 0], [0, 1]], None, "abs"),
    ([[1, 1]], ["1/4"], "relu"),
    ([[1]], [0], "identity"),
    masks=[[[1, 0], [0, 1]], None, None],
)
SQUARE = variables("0", "1", "x1", "x2")
RIGHT = ("+", [[2, "2"]])
edited = certificate(
    DEEP,
    proved(
        "an input and a weight",
        SQUARE,
        [
            run(0, 1, **{"input_x1": "1", "weight_x2->h1.2": "2"}),
            says("y == 2*x + 1.25", y=5, x=1),
        ],
        leaf(C, RIGHT, RIGHT, C, C),
    ),
    proved(
        "before and after an activation, and a bias",
        SQUARE,
        [
            {
                "run": "network",
                "inputs": [0, 1],
                "edits": {"pre h1.1": "-3", "unit h1.2": "2", "bias h2.1": "1/2"},
            },
            says("y == 11/2", y=5),
        ],
        leaf(C, C, C, C),
    ),
    proved(
        "one edge",
        SQUARE,
        [
            {"run": "model", "inputs": [0, 1], "edits": {"edge h1.1->h2.1": 1}},
            says("y == 2*x + 1/4", y=5, x=1),
        ],
        leaf(("+", 0), ("+", 2), RIGHT, C, C),
    ),
    model={"inputs": DEEP["inputs"], "layers": copy.deepcopy(DEEP["layers"])},
)

ACCEPTED = {
    "tent": tent,
    "logic": logic,
    "twins": twins,
    "steps": steps,
    "diagonal": diagonal,
    "open sides": open_sides,
    "worst": worst,
    "patch": patch,
    "ties": ties,
    "rising": rising,
    "edited": edited,
}


def fresh(name):
    """A copy that may be spoiled."""
    return copy.deepcopy(ACCEPTED[name])
