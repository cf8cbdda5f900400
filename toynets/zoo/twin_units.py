"""Pitfall: two units of which either is enough. Each alone looks useless; together they are all."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 61

TASK = Task(
    name="copy-bit",
    title="the input itself, one bit",
    inputs=("x1",),
    outputs=("y",),
    domain=Domain.boolean(1),
    rule=lambda row: row,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(1,),
    encode="1 is true, 0 is false",
)

NETWORK = Network.from_layers(
    [
        ([[1], [1]], [0, 0], "relu"),
        ([[-1, -1]], [1], "relu"),
        ([[-1]], [1], "identity"),
    ],
    units=[["twin1", "twin2"], ["neither"]],
    name="twin-units",
)

SAID = state(
    "twin-units",
    decision={"threshold": "1/2"},
    weights={
        "x1->twin1": ("1", "excites", "one copy of x1"),
        "twin1.bias": ("0", "no effect", "the copy is not shifted"),
        "x1->twin2": ("1", "excites", "a second copy of x1"),
        "twin2.bias": ("0", "no effect", "the copy is not shifted"),
        "twin1->neither": ("-1", "no effect", "silences 'neither', which twin2 does as well"),
        "twin2->neither": ("-1", "no effect", "silences 'neither', which twin1 does as well"),
        "neither.bias": ("1", "sets threshold", "on unless a twin objects"),
        "neither->y": ("-1", "inhibits", "turns y off when no twin is on"),
        "y.bias": ("1", "sets threshold", "y is on unless no twin is"),
    },
    units={
        "twin1": ("relu", "relu(x1)", "x1", "duplicate of twin2", "x1 itself"),
        "twin2": ("relu", "relu(x1)", "x1", "duplicate of twin1", "x1 itself"),
        "neither": (
            "relu",
            "relu(1 - twin1 - twin2)",
            "not x1",
            "detector",
            "on iff both twins are off; two objections count as one",
        ),
        "y": ("identity", "1 - neither", "x1", "output", "on iff at least one twin is"),
    },
    outcomes=[
        ("", "x1", "on iff a twin is on"),
        ("twin1 = 0", "x1", "twin2 is enough: nothing changes"),
        ("twin2 = 0", "x1", "twin1 is enough: nothing changes"),
        ("twin1, twin2 = 0", "0", "no twin left: 'neither' is always on"),
        ("neither = 0", "1", "nothing objects: y is always on"),
        ("twin1 = 1", "1", "one twin held on is enough"),
        ("twin1 = mean", "1/2 + x1/2", "half an objection, where twin2 makes none"),
        ("twin1, twin2 = mean", "1", "two half objections make a whole one"),
        ("neither = mean", "1/2", "y no longer depends on the input"),
    ],
)

ENTRY = Entry(
    name="twin-units",
    title="y = 1 - relu(1 - relu(x1) - relu(x1))",
    story="Both twins copy the input, and y is on if at least one of them is. Removing either "
    "changes nothing, removing both changes everything: single ablations say that "
    "neither matters. What one of two can do without is not what both can do without.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "both-can-go",
            "Neither twin matters alone, so both can be removed.",
            change(SAID, {"outcomes/twin1, twin2 = 0/y": "x1"}),
            check="outcomes",
        ),
        Wrong(
            "half-each",
            "Each twin does half of the work: without one, y is half as strong.",
            change(SAID, {"outcomes/twin1 = 0/y": "x1/2"}),
            check="outcomes",
        ),
        Wrong(
            "dead-twin",
            "Removing twin2 changes nothing: it is dead.",
            change(SAID, {"units/twin2/role": "dead"}),
            check="roles",
        ),
        Wrong(
            "one-line",
            "Only twin1 is wired up; twin2 sends nothing on.",
            change(SAID, {"weights/twin2->neither/value": "0"}),
            check="weights",
        ),
        Wrong(
            "no-relu",
            "'neither' is 1 - twin1 - twin2.",
            change(SAID, {"units/neither/expression": "1 - twin1 - twin2"}),
            check="units",
        ),
    ),
    facts=(
        Fact("It copies a bit.", "", "0 1", right=2),
        Fact("Without one twin it still does.", "twin1 = 0", "0 1", right=2),
        Fact("Without the other it still does.", "twin2 = 0", "0 1", right=2),
        Fact("Without both it says 0.", "twin1, twin2 = 0", "0 0", right=1),
    ),
    sources=(
        "J. von Neumann, Probabilistic logics and the synthesis of reliable organisms from "
        "unreliable components, in Automata Studies, Princeton University Press, 1956: redundancy",
    ),
)
