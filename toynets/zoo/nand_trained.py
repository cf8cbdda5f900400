"""NAND, trained without hidden units: one soft decision, two objections against one bias."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 201

NETWORK = Network.from_layers(
    [([[-7.904959678649902, -7.904963493347168]], [12.02772331237793], "sigmoid")],
    name="nand-trained",
)

SAID = state(
    "nand-trained",
    parameters={"a": "7.905", "b": "12.03"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.003", "clean": "0.00005", "units": "0.00005", "ablations": "0.00005"},
    weights={
        "x1->y": ("-a", "inhibits", "x1 objects, which alone is not enough"),
        "x2->y": ("-a", "inhibits", "x2 objects, as strongly"),
        "y.bias": ("b", "sets threshold", "one and a half objections: yes unless both object"),
    },
    units={
        "y": (
            "sigmoid",
            "sigmoid(b - a*(x1 + x2))",
            "not (x1 and x2)",
            "output",
            "yes unless there are two objections",
        ),
    },
    outcomes=[
        ("", "sigmoid(b - a*(x1 + x2))", "yes unless there are two objections"),
        ("x1->y = 0", "sigmoid(b - a*x2)", "one objection is not enough: yes to everything"),
        ("x1 = 0", "sigmoid(b - a*x2)", "the same: x1 speaks through this weight alone"),
        ("x1 = 1", "sigmoid(b - a - a*x2)", "now x2 decides: NOT x2"),
        ("y.bias = 0", "sigmoid(-a*(x1 + x2))", "never yes; nothing said at 00, which is a tie"),
        ("x1->y *= -1", "sigmoid(b + a*x1 - a*x2)", "the two cancel: yes to everything"),
        ("x1, x2 = mean", "sigmoid(b - a)", "one objection in the mean: yes"),
    ],
    metric={"concepts": "decision"},
)

ENTRY = Entry(
    name="nand-trained",
    title="y = σ(b - a (x1 + x2)),  a = 7.905, b = 12.03",
    story="The smallest trained network: logistic regression. The bias outweighs one objection "
    "and not two; b = 3/2 a would put the boundary half way. More training without decay "
    "makes all three numbers larger and their ratios -2 : -2 : 3.",
    task=load("nand"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "x2-remains",
            "Without x1's weight the network is NOT x2: the other half of the work is left.",
            change(SAID, {"outcomes/x1->y = 0/y": "not x2"}),
            check="outcomes",
        ),
        Wrong(
            "bias-is-decoration",
            "The weights do the work; without the bias it is still NAND.",
            change(SAID, {"outcomes/y.bias = 0/y": "sigmoid(b - a*(x1 + x2))"}),
            check="outcomes",
        ),
        Wrong(
            "negative-means-idle",
            "Negative weights switch an input off: x1 has no effect.",
            change(SAID, {"weights/x1->y/role": "no effect"}),
            check="roles",
        ),
        Wrong(
            "half-way",
            "The boundary lies exactly half way: b is one and a half a.",
            change(SAID, {"parameters/b": "11.8575"}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    trained=recipe("classify", task="nand", hidden=(), activation="relu", seed=0),
    facts=(
        Fact("It decides all four inputs right.", "", "1 0.984 0.984 0.0223", 4, "0.0001"),
        Fact("Without x1 it says yes to all.", "x1->y = 0", right=3),
        Fact("With x1 on it is NOT x2.", "x1 = 1", "0.984 0.0223 0.984 0.0223", within="0.0001"),
    ),
    sources=(
        "D. Soudry, E. Hoffer, M. Nacson, S. Gunasekar and N. Srebro, The implicit bias of "
        "gradient descent on separable data, JMLR 19 (2018): the ratios in the limit",
    ),
)
