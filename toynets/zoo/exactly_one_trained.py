"""Exactly one of three, trained: a unit for each way in which it can be one."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 221

NETWORK = Network.from_layers(
    [
        (
            [
                [0.7597792744636536, -0.7597792744636536, -0.7597792744636536],
                [-0.7597646713256836, -0.7597646713256836, 0.7597646713256836],
                [-0.7597513198852539, 0.7597513198852539, -0.7597513198852539],
            ],
            [-8.917763055782402e-11, 1.41259825017781e-11, -1.7605692294656028e-12],
            "relu",
        ),
        (
            [[1.3161426782608032, 1.316167950630188, 1.3161910772323608]],
            [8.261407856480218e-06],
            "identity",
        ),
    ],
    name="exactly-one-trained",
)

OWN = {"h1": "x1", "h2": "x3", "h3": "x2"}
ONLY = {
    x: f"({x} and not ({' or '.join(o for o in ('x1', 'x2', 'x3') if o != x)}))"
    for x in ("x1", "x2", "x3")
}


def _incoming(unit: str) -> dict[str, tuple[str, str, str]]:
    own = OWN[unit]
    return {
        f"{x}->{unit}": ("a", "excites", f"{unit} is the unit of {x}")
        if x == own
        else ("-a", "inhibits", f"{x} on means that {own} is not the only one")
        for x in ("x1", "x2", "x3")
    } | {f"{unit}.bias": ("0", "no effect", f"{own} alone is just enough")}


def _unit(unit: str) -> tuple[str, str, str, str, str]:
    own = OWN[unit]
    rest = " - ".join(x for x in ("x1", "x2", "x3") if x != own)
    why = f"on iff {own} is on and nothing else"
    return ("relu", f"relu(a*({own} - {rest}))", ONLY[own], "detector", why)


SAID = state(
    "exactly-one-trained",
    parameters={"a": "0.7598"},
    decision={"threshold": "1/2"},
    tolerance={
        "weights": "0.00006",
        "clean": "0.00002",
        "units": "0.00005",
        "ablations": "0.00004",
    },
    weights={
        **_incoming("h1"),
        **_incoming("h2"),
        **_incoming("h3"),
        "h1->y": ("1/a", "excites", "one way to be exactly one"),
        "h2->y": ("1/a", "excites", "a second way"),
        "h3->y": ("1/a", "excites", "the third way"),
        "y.bias": ("0", "no effect", "no way found, nothing said"),
    },
    units={
        **{unit: _unit(unit) for unit in OWN},
        "y": (
            "identity",
            "(h1 + h2 + h3)/a",
            "x1 + x2 + x3 == 1",
            "output",
            "at most one of the three ways holds, so adding is OR",
        ),
    },
    outcomes=[
        ("", "x1 + x2 + x3 == 1", "one of the three ways"),
        ("h1 = 0", f"{ONLY['x2']} or {ONLY['x3']}", "100 alone is lost"),
        ("h2 = 0", f"{ONLY['x1']} or {ONLY['x2']}", "001 alone is lost"),
        ("h3 = 0", f"{ONLY['x1']} or {ONLY['x3']}", "010 alone is lost"),
        ("h1, h2 = 0", ONLY["x2"], "one way is left"),
        ("h1, h2, h3 = 0", "0", "nothing reaches y"),
        ("h1 = mean", f"1/8 + ({ONLY['x2']} or {ONLY['x3']})", "h1 is on for one of eight"),
        ("x2->h1 = 0", f"(x1 and not x3) + {ONLY['x2']} + {ONLY['x3']}", "110 passes as well"),
        ("h1->y *= -1", f"{ONLY['x2']} + {ONLY['x3']} - {ONLY['x1']}", "100 counts against y"),
        ("h1 = h1(1, 0, 0)", f"1 + {ONLY['x2']} + {ONLY['x3']}", "one way holds everywhere"),
    ],
)

ENTRY = Entry(
    name="exactly-one-trained",
    title="y = sum over i of relu(a (x_i - x_j - x_k)) / a,  a = 0.7598",
    story="By hand one counts and bends the count down again, with three units that see all "
    "inputs alike. Training prefers a list of cases: one unit for each input that can be "
    "the only one. Same outputs; remove a unit, and one case is lost, not a range of counts.",
    task=load("exactly-one-of-3"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "count-and-bend",
            "It counts, and bends the count at 1 and at 2: s - 2 (s - 1)+ + (s - 2)+.",
            change(
                SAID,
                {
                    **{f"weights/x{i}->h{k}/value": "a" for i in (1, 2, 3) for k in (1, 2, 3)},
                    "weights/h2.bias/value": "-a",
                    "weights/h2->y/value": "-2/a",
                    "weights/h3.bias/value": "-2*a",
                },
            ),
            check="weights",
        ),
        Wrong(
            "h1-is-x1",
            "h1 stands for x1: it is on iff x1 is.",
            change(SAID, {"units/h1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "redundant",
            "Three units see the same three inputs; the others make up for a lost one.",
            change(SAID, {"outcomes/h1 = 0/y": "x1 + x2 + x3 == 1"}),
            check="outcomes",
        ),
        Wrong(
            "inhibition-idle",
            "Only the positive weights carry the signal: cutting x2->h1 changes nothing.",
            change(SAID, {"outcomes/x2->h1 = 0/y": "x1 + x2 + x3 == 1"}),
            check="outcomes",
        ),
        Wrong(
            "in-order",
            "The units come in the order of the inputs: h2 is the unit of x2.",
            change(SAID, {"units/h2/concept": ONLY["x2"], "units/h3/concept": ONLY["x3"]}),
            check="concepts",
        ),
    ),
    trained=recipe("annealed", task="exactly-one-of-3", hidden=3, activation="relu", seed=213),
    facts=(
        Fact("It is on iff exactly one input is.", "", "0 1 1 0 1 0 0 0", 8, "0.0001"),
        Fact("Without h1 100 is lost.", "h1 = 0", "0 1 1 0 0 0 0 0", 7, "0.0001"),
        Fact("Without x2->h1, 110 passes.", "x2->h1 = 0", "0 1 1 0 1 0 1 0", 7, "0.0001"),
    ),
    sources=("trained for this zoo by the recipe that the entry holds",),
)
