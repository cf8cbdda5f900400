"""XOR, a training that failed: one unit is alive, and three inputs share one answer."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 210

NETWORK = Network.from_layers(
    [
        (
            [
                [0.7349384427070618, -0.7890933752059937],
                [4.866901900980032e-35, -8.940661947616764e-36],
            ],
            [-0.01206514798104763, -1.6487552641255523e-34],
            "relu",
        ),
        ([[0.9222405552864075, -2.78606309551009e-35]], [0.33333417773246765], "identity"),
    ],
    name="xor-stuck-third",
)

LONE = "(x1 and not x2)"

SAID = state(
    "xor-stuck-third",
    parameters={"a": "0.735", "b": "0.789", "c": "0.0121"},
    decision={"threshold": "1/2"},
    tolerance={"weights": "0.0001", "clean": "0.000003", "units": "0.00003", "ablations": "0.0002"},
    weights={
        "x1->h1": ("a", "excites", "x1 alone turns h1 on"),
        "x2->h1": ("-b", "inhibits", "x2 keeps it off"),
        "h1.bias": ("-c", "sets threshold", "a little below 0, where training has left it"),
        "x1->h2": ("0", "no effect", "h2 is dead: no gradient, and decay has removed the rest"),
        "x2->h2": ("0", "no effect", "h2 is dead"),
        "h2.bias": ("0", "no effect", "h2 is dead"),
        "h1->y": ("2/(3*(a - c))", "excites", "lifts 10 from 1/3 to 1"),
        "h2->y": ("0", "no effect", "nothing listens to h2"),
        "y.bias": ("1/3", "sets threshold", "the mean of the targets 0, 1, 0 at 00, 01 and 11"),
    },
    units={
        "h1": ("relu", "relu(a*x1 - b*x2 - c)", LONE, "detector", "on iff x1 is on and x2 is not"),
        "h2": ("relu", "0", "0", "dead", "0 on every input"),
        "y": (
            "identity",
            "1/3 + 2*h1/(3*(a - c))",
            LONE,
            "output",
            "right at 10; elsewhere the best single answer to three questions",
        ),
    },
    outcomes=[
        ("", f"1/3 + 2*{LONE}/3", "1 at 10, and 1/3 where h1 is off"),
        ("h1 = 0", "1/3", "the bias alone"),
        ("h2 = 0", f"1/3 + 2*{LONE}/3", "h2 is 0 already: nothing changes"),
        ("h1, h2 = 0", "1/3", "the bias alone"),
        ("h2 = 1", f"1/3 + 2*{LONE}/3", "nothing listens to h2, on or off"),
        ("h1 = mean", "1/2", "a quarter of 2/3 on top of 1/3: the mean of all four targets"),
        ("x2->h1 = 0", "1/3 + 2*x1/3", "nothing keeps h1 off at 11"),
        ("x1->h1 = 0", "1/3", "nothing turns h1 on"),
        ("h1 = h1(1, 0)", "1", "h1 as on input 10, everywhere"),
    ],
)

ENTRY = Entry(
    name="xor-stuck-third",
    title="y = 1/3 + 2/3 [x1 and not x2]: outputs 1/3 1/3 1 1/3",
    story="The recipe of xor-relu-1 from a seed that fails. h2 died, and h1 sees 10 alone. For the "
    "three inputs that are left the error is smallest at the mean of their targets, 1/3. "
    "A plateau is not a muddle: it is a least-squares fit, and all of it is explained.",
    task=load("xor"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "understudy",
            "There are two units: without h1, h2 finds the other case.",
            change(SAID, {"outcomes/h1 = 0/y": "1/3 + 2*(x2 and not x1)/3"}),
            check="outcomes",
        ),
        Wrong(
            "h2-listens",
            "h2 is only silent: turned on, it would bring 01 up.",
            change(SAID, {"outcomes/h2 = 1/y": "1"}),
            check="outcomes",
        ),
        Wrong(
            "x2-unused",
            "The network has learnt x1 and nothing of x2: cutting x2->h1 changes nothing.",
            change(SAID, {"outcomes/x2->h1 = 0/y": f"1/3 + 2*{LONE}/3"}),
            check="outcomes",
        ),
        Wrong(
            "learnt-a-gate",
            "It has learnt 'x1 and not x2', which is right on three inputs of four.",
            change(SAID, {"outcomes//y": LONE}),
            check="clean",
            right_on_clean=False,
        ),
        Wrong(
            "h2-waits",
            "h2 detects 01, only too weakly to be seen.",
            change(SAID, {"units/h2/concept": "x2 and not x1"}),
            check="concepts",
        ),
    ),
    trained=recipe("annealed", task="xor", hidden=2, activation="relu", seed=0),
    misses=("00", "01", "11"),
    facts=(
        Fact("One output is right; the others are 1/3.", "", "1/3 1/3 1 1/3", 3, "0.00001"),
        Fact("Without h1 all outputs are 1/3.", "h1 = 0", "1/3 1/3 1/3 1/3", 2, "0.00001"),
        Fact("Removing h2 changes nothing.", "h2 = 0", "1/3 1/3 1 1/3", 3, "0.00001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
