"""The check of many networks at once, held to `verify` and to the exact machine, case by case."""

from __future__ import annotations

import json

import numpy as np
import pytest
from populations import planted, split

from toynets.census.checking import Side, cases, holds
from toynets.census.explaining import explain
from toynets.census.saturated import explain_end
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.tasks import load
from toynets.verification import verify
from toynets.verification.compare import size
from toynets.verification.tiers import constant_kinds, parameter_texts, subset_texts

XOR = load("xor")
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
DIFFERENCE = ([[1, -1, 0], [-1, 1, 0]], [1, 1], 0)
# The numbers of two ends of trained tanh networks, of 2 and of 3 units.
TANH = {
    2: [3.55, -3.61, -1.69, 8.29, -3.61, 3.55, -1.69, 8.29, 7.66],
    3: [2.68, -3.78, -0.98, 8.07, -3.78, 2.68, -0.98, 8.07, 2.17, 2.17, -0.21, 4.54, 3.75],
}


def of_relu(network):
    """A relu network's numbers in its gauge, and its explanation."""
    population = planted("xor", "relu", [network])
    one = explain(population, lambda *what: None)[0]
    return [np.asarray(a, float) for a in population.numbers(0, one.image)], one.found.source


def of_tanh(units):
    numbers = np.array(TANH[units])
    table = numbers[:-1].reshape(units, 4)
    parts = [table[:, :2], table[:, 2], table[:, 3], numbers[-1]]
    return parts, explain_end(numbers, units, task=XOR, x=X).source


EXPLAINED = {
    "relu": lambda: of_relu(DIFFERENCE),
    "relu, fitted": lambda: of_relu(split(DIFFERENCE, 0, 0.3)),
    "tanh": lambda: of_tanh(2),
    "tanh, 3 units": lambda: of_tanh(3),
}


def network_of(parts, activation):
    last = "sigmoid" if activation == "tanh" else "identity"
    w, b, v, c = parts
    return Network.from_layers(
        [(w, b, activation), (v[None], [c], last)], dtype="float64", round=True
    )


def ours(source, parts):
    w, b, v, c = parts
    return bool(holds(source, (w[..., None], b[:, None], v[:, None], np.array([c])), X)[0])


def theirs(source, parts, activation):
    network = network_of(parts, activation)
    return verify(network, Explanation.from_json(source), XOR.domain, first=True).verdict


@pytest.mark.parametrize("name", EXPLAINED)
def test_it_says_what_verify_says_near_the_bounds(name):
    parts, source = EXPLAINED[name]()
    activation = name[:4]
    rng = np.random.default_rng(len(name))
    assert ours(source, parts)
    assert theirs(source, parts, activation) == "exhaustive"
    said = []
    for k in range(18):
        size = (0.0003, 0.001, 0.003)[k % 3] * (1 if activation == "relu" else 6)
        near = [part + size * rng.normal(size=np.shape(part)) for part in parts]
        said.append(ours(source, near))
        assert said[-1] == (theirs(source, near, activation) == "exhaustive")
    assert set(said) == {True, False}


@pytest.mark.parametrize("name", ["relu, fitted", "tanh"])
def test_a_corrupted_explanation_is_refused_number_by_number(name):
    parts, source = EXPLAINED[name]()
    data = json.loads(source)
    for address in data["weights"]:
        for change in ("{} + 3/100", "-({}) - 1/5", "{} - 1"):
            worse = json.loads(source)
            value = worse["weights"][address]["value"]
            worse["weights"][address]["value"] = change.format(value)
            assert not ours(json.dumps(worse), parts), address
    for parameter in data["parameters"]:
        data["parameters"][parameter] = "1/3"
        assert not ours(json.dumps(data), parts)


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_where_weights_may_be_anything_the_rest_decides_as_verify_does(name):
    # The tolerance of weights alone would hide what the other checks miss.
    parts, source = EXPLAINED[name]()
    data = json.loads(source)
    data["tolerance"]["weights"] = "100"
    for one in data["weights"].values():
        one["role"] = ""  # roles are left to verify
    source = json.dumps(data)
    said = []
    for k, part in enumerate(parts):
        for at in np.ndindex(np.shape(part)):
            for by in (0.03, -0.3, 3.0):
                other = [np.array(p, float) for p in parts]
                other[k][at] += by
                said.append(ours(source, other))
                # A formula of the explanation is its own affair: only numbers are changed here.
                assert said[-1] == (theirs(source, other, name) == "exhaustive"), (k, at, by)
    assert False in said


@pytest.mark.parametrize(("name", "units"), [("relu, fitted", 3), ("tanh", 2)])
def test_every_case_is_computed_as_the_exact_machine_does(name, units):
    parts, _ = EXPLAINED[name]()
    network = network_of(parts, name[:4])
    w, b, v, c = parts
    last = network.layers[-1].activation
    side = Side((w[..., None], b[:, None], v[:, None], np.array([c])), X, name[:4], last)
    machine, rows = Machine(network, XOR.domain), XOR.domain.rows
    for case in cases(("x1", "x2"), units):
        plan = network.wiring.resolve(case.text)
        if case.part == "taken":
            wanted = [machine.outcome(x, plan, source=s)[0] for s in rows for x in rows]
        else:
            wanted = [machine.outcome(x, plan)[0] for x in rows]
        assert side.run(case)[:, 0] == pytest.approx([size(y) for y in wanted], abs=1e-12)


@pytest.mark.parametrize("units", [1, 2, 4])
def test_the_cases_are_those_of_verify(units):
    network = Network.from_layers(
        [([[1, -1, 2]] * units, [0] * units, "relu"), ([[1] * units], [0], "identity")]
    )
    kinds = constant_kinds(["relu"], has_bias=True)
    wanted = list(parameter_texts(network.wiring))
    wanted += subset_texts(network.wiring, network.hidden, kinds)
    wanted += [f"{unit} = {unit}(x')" for unit in network.hidden]
    found = [case.text for case in cases(("x1", "x2", "x3"), units)]
    assert sorted(found) == sorted(wanted)


def test_many_networks_are_checked_as_one_is():
    parts, source = EXPLAINED["relu"]()
    rng = np.random.default_rng(1)
    some = [[part + 0.0008 * rng.normal(size=np.shape(part)) for part in parts] for _ in range(600)]
    numbers = tuple(np.stack([one[k] for one in some], axis=-1) for k in range(4))
    together = holds(source, numbers, X)
    assert together.shape == (600,)
    assert together[::7].tolist() == [ours(source, one) for one in some[::7]]
    assert set(together.tolist()) == {True, False}


@pytest.mark.parametrize("row", ["weights", "clean", "units", "ablations"])
@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_each_tolerance_is_held_by_itself(name, row):
    parts, source = EXPLAINED[name]()
    data = json.loads(source)
    data["tolerance"] = dict.fromkeys(data["tolerance"], "100")
    for one in data["weights"].values():
        one["role"] = ""
    near = [part + 0.01 for part in parts]
    assert ours(json.dumps(data), near)
    data["tolerance"][row] = "1/1000000"
    assert not ours(json.dumps(data), near)
    assert theirs(json.dumps(data), near, name) == "refuted"


def test_what_it_cannot_check_is_refused():
    parts, source = EXPLAINED["relu"]()
    data = json.loads(source)
    with pytest.raises(ToynetsError, match="3 hidden units and 1 output, but the explanation 2, 2"):
        ours(source, [np.zeros((3, 2)), np.zeros(3), np.zeros(3), 0.0])
    data["metric"] = {"zero": "decision"}
    with pytest.raises(ToynetsError, match="decisions alone are claimed"):
        ours(json.dumps(data), parts)
