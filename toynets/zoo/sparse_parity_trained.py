"""Sparse parity, trained: of six inputs two are found, of three units two are used."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 234

NETWORK = Network.from_layers(
    [
        (
            [
                [
                    5.066380595053488e-07,
                    -0.6725614666938782,
                    5.066326025371382e-07,
                    5.066366384198773e-07,
                    -0.6725614666938782,
                    5.06641242736805e-07,
                ],
                [
                    1.4490765920527338e-07,
                    -1.1240973472595215,
                    1.4874089515615196e-07,
                    1.4890497368469369e-07,
                    -1.1240973472595215,
                    1.787811498843439e-07,
                ],
                [
                    -1.0122806653688067e-29,
                    -4.940229904391673e-34,
                    -5.696828118926303e-34,
                    1.9982246001413531e-19,
                    -5.280960258124456e-34,
                    -1.7696158126815562e-28,
                ],
            ],
            [1.3451224565505981, 1.1240969896316528, -1.0149527622721576e-17],
            "relu",
        ),
        (
            [[1.4868062734603882, -1.7791590690612793, 0.00010311281948816031]],
            [1.759206861606799e-05],
            "identity",
        ),
    ],
    name="sparse-parity-trained",
)

OFF = "(2 - x2 - x5)"
NEITHER = "not (x2 or x5)"
DISTRACTORS = ("x1", "x3", "x4", "x6")


def _reads(unit: str, scale: str) -> dict[str, tuple[str, str, str]]:
    """The weights of a unit that counts which of x2 and x5 are off."""
    found = {}
    for k in range(1, 7):
        found[f"x{k}->{unit}"] = (
            ("0", "no effect", f"x{k} says nothing about the parity, and decay has removed it")
            if f"x{k}" in DISTRACTORS
            else (f"-{scale}", "inhibits", f"x{k} on is one off less")
        )
    return found


DEAD = ("0", "no effect", "h3 is dead: no gradient, and decay has removed the rest")

SAID = state(
    "sparse-parity-trained",
    parameters={"a": "0.6726", "c": "1.124"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.0003", "clean": "0.00002", "units": "0.0001", "ablations": "0.0002"},
    weights={
        **_reads("h1", "a"),
        "h1.bias": ("2*a", "sets threshold", "nothing on is two off"),
        **_reads("h2", "c"),
        "h2.bias": ("c", "sets threshold", "one on is enough to turn h2 off"),
        **{f"x{k}->h3": DEAD for k in range(1, 7)},
        "h3.bias": DEAD,
        "h1->y": ("1/a", "excites", "one for each of x2 and x5 that is off"),
        "h2->y": ("-2/c", "inhibits", "takes back both when both are off"),
        "h3->y": ("0", "no effect", "nothing comes from h3"),
        "y.bias": ("0", "no effect", "nothing off, nothing said"),
    },
    units={
        "h1": ("relu", f"relu(a*{OFF})", OFF, "detector", "how many of x2 and x5 are off"),
        "h2": ("relu", "relu(c*(1 - x2 - x5))", NEITHER, "corrector", "on iff both are off"),
        "h3": ("relu", "0", "0", "dead", "0 on every input"),
        "y": ("identity", "h1/a - 2*h2/c", "x2 != x5", "output", "the count, less 2 for a pair"),
    },
    outcomes=[
        ("", "x2 != x5", "2 taken back to 0, 1, and 0"),
        ("h1 = 0", f"-2*({NEITHER})", "only the correction is left"),
        ("h2 = 0", OFF, "without h2 the network counts what is off"),
        ("h3 = 0", "x2 != x5", "h3 is 0 already"),
        ("h1, h2 = 0", "0", "nothing reaches y"),
        ("h1 = mean", f"1 - 2*({NEITHER})", "one off in the mean"),
        ("h2.bias = 0", OFF, "h2 never gets above 0"),
        ("x2->h2 = 0", "x5 - x2", "h2 corrects where x5 is off, whatever x2 is"),
        ("x1 = 1", "x2 != x5", "nobody listens to x1"),
        ("h3 = 1", "x2 != x5", "nobody listens to h3"),
    ],
)

ENTRY = Entry(
    name="sparse-parity-trained",
    title="y = relu(a (2 - x2 - x5)) / a - 2 relu(c (1 - x2 - x5)) / c",
    story="Which two of six inputs decide is not told. Training finds x2 and x5, and weight decay "
    "removes every other connection and the third unit: 16 of 25 numbers are 0. What is left "
    "is XOR by counting, but it counts what is off.",
    task=load("sparse-parity-6"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "counts-what-is-on",
            "h1 counts inputs that are on, as XOR networks do: without h2 the count is left.",
            change(SAID, {"outcomes/h2 = 0/y": "x2 + x5"}),
            check="outcomes",
        ),
        Wrong(
            "everything-a-little",
            "A hidden parity is spread over all inputs: x1 turned on turns some answers over.",
            change(SAID, {"outcomes/x1 = 1/y": "mod(x2 + x5 + x1, 2)"}),
            check="outcomes",
        ),
        Wrong(
            "third-unit-helps",
            "h3 is a spare for the two others.",
            change(SAID, {"units/h3/role": "backup"}),
            check="roles",
        ),
        Wrong(
            "one-unit-each",
            "Two inputs, two units: h1 stands for x2 and h2 for x5.",
            change(SAID, {"units/h1/concept": "x2", "units/h2/concept": "x5"}),
            check="concepts",
        ),
        Wrong(
            "difference",
            "The units compare x2 and x5, one in each direction.",
            change(
                SAID,
                {
                    "weights/x5->h1/value": "a",
                    "weights/h1.bias/value": "0",
                    "weights/x2->h2/value": "c",
                    "weights/h2.bias/value": "0",
                    "weights/h2->y/value": "1/c",
                },
            ),
            check="weights",
        ),
    ),
    trained=recipe("annealed", task="sparse-parity-6", hidden=3, activation="relu", seed=2),
    facts=(
        Fact("It decides all 64 inputs right.", "", right=64),
        Fact("Without h2 the pairs that are off are wrong.", "h2 = 0", right=48),
        Fact("Both off count 2 without h2.", "h2 = 0", {"1,0,1,0,0,1": "2"}, within="0.0002"),
        Fact("The four distractors can be set at will.", "x1, x3, x4, x6 = 1", right=64),
    ),
    sources=(
        "B. Barak, B. Edelman, S. Goel, S. Kakade, E. Malach and C. Zhang, Hidden progress in "
        "deep learning: SGD learns parities near the computational limit, NeurIPS 2022: the task",
    ),
)
