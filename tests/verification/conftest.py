"""XOR by counting, rightly explained; tests change one thing at a time."""

from __future__ import annotations

import copy

import pytest

from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.verification import verify

WEIGHTS = {
    "x1->h1": ("1", "excites"),
    "x2->h1": ("1", "excites"),
    "h1.bias": ("0", "no effect"),
    "x1->h2": ("1", "excites"),
    "x2->h2": ("1", "excites"),
    "h2.bias": ("-1", "sets threshold"),
    "h1->y": ("1", "excites"),
    "h2->y": ("-2", "inhibits"),
    "y.bias": ("0", "no effect"),
}
UNITS = {
    "h1": ("relu", "relu(x1 + x2)", "x1 + x2", "counter"),
    "h2": ("relu", "relu(x1 + x2 - 1)", "x1 and x2", "corrector"),
    "y": ("identity", "h1 - 2*h2", "x1 != x2", ""),
}
OUTCOMES = {
    "": "x1 + x2 - 2*(x1 and x2)",
    "h1 = 0": "-2*(x1 and x2)",
    "h2 = 0": "x1 + x2",
    "h2 = mean": "x1 + x2 - 1/2",
}
PARTS = ("activation", "expression", "concept", "role")


def plain():
    """Return the right explanation as plain data."""
    return {
        "format": "toynets-explanation/1",
        "about": "xor-sum",
        "decision": {"threshold": "1/2"},
        "weights": {a: {"value": v, "role": r} for a, (v, r) in WEIGHTS.items()},
        "units": {u: dict(zip(PARTS, said, strict=True)) for u, said in UNITS.items()},
        "outcomes": [{"intervention": i, "outputs": {"y": y}} for i, y in OUTCOMES.items()],
    }


def changed(data, changes):
    """Return a copy with other texts at paths such as `units/h1/concept` or `outcomes/h2 = 0`."""
    data = copy.deepcopy(data)
    for path, value in changes.items():
        section, _, rest = path.partition("/")
        if section == "outcomes":
            stated = [o for o in data["outcomes"] if o["intervention"] != rest]
            given = value if isinstance(value, dict) else {"y": value}
            data["outcomes"] = [*stated, {"intervention": rest, "outputs": given}]
            continue
        item, _, key = rest.rpartition("/")
        where = data.setdefault(section, {})
        (where[item] if item else where)[key] = value
        if not rest:
            data[section] = value
    return data


@pytest.fixture
def said():
    """Return the right explanation of XOR with changes: said({path: text})."""
    return lambda changes=None: Explanation.from_dict(changed(plain(), changes or {}))


@pytest.fixture
def network():
    """Return XOR by counting: y = relu(x1 + x2) - 2 relu(x1 + x2 - 1)."""
    return Network.from_layers(
        [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")], name="xor-sum"
    )


@pytest.fixture
def check(said, network):
    """Return the report on XOR with a changed explanation: check({path: text}, cases=…)."""

    def run(changes=None, **given):
        return verify(network, said(changes), Domain.boolean(2), **given)

    return run


@pytest.fixture
def transcribe():
    """Return an explanation that copies the numbers of any network, and claims nothing else."""

    def run(network, **keys):
        return Explanation.of(
            about=network.name,
            inputs=list(network.inputs),
            outputs=list(network.outputs),
            ties={g: list(m) for g, m in network.ties.items()},
            weights={a: str(w.exact) for a, w in ((w.name, w) for w in network.weights())},
            units={u: {"activation": network.activation_of(u)} for u in network.units},
            **keys,
        )

    return run
