"""The census of tanh XOR: every value within a tolerance, and a condition that is part of it."""

from __future__ import annotations

import numpy as np
import pytest

from toynets.census import take_census
from toynets.census.saturated import explain_end, relation
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.tasks import load
from toynets.verification import verify

XOR = load("xor")
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)


@pytest.fixture(scope="module")
def found():
    return take_census("xor", activation="tanh", runs=96, seed=1)


def test_nearly_all_are_explained_and_none_is_fitted(found):
    assert found.explained >= 0.9 * found.converged > 20
    assert found.without_fit == found.explained


def test_the_families_are_two_and_say_their_condition(found):
    assert {f.name for f in found.families} == {"one side each, b < v", "both sides, b < v"}
    for family in found.families:
        explanation = Explanation.from_json(family.explanation)
        assert "b < v1, b < v2" in explanation.weights["y.bias"].why
        assert family.formula.endswith("b < v1, b < v2")


def test_failed_runs_do_two_or_four_rows_by_halves(found):
    assert {p.plateau for p in found.failures} <= {"0 1/2 1/2 1", "1/2 1/2 1/2 1/2"}


def test_verify_accepts_them_by_value_and_by_decision(found):
    for family in found.families:
        for run in family.runs[:6]:
            network, explanation = found.case(run)
            report = verify(network, explanation, XOR.domain)
            assert report.verdict == "exhaustive", report
            assert report.tolerance.startswith("value")
            for name in ("clean", "outcomes", "subsets"):
                check = report.checks[name]
                # What is open claims no decision; all the rest is decided alike.
                assert check.agreed_decisions + check.open >= check.cases


def test_the_decisions_without_a_unit_are_those_of_the_zoo(found):
    # zoo: with {01} and {10}, dropping one leaves one corner where b < v.
    one = next(f for f in found.families if f.name.startswith("one side each"))
    network, p = one.network, one.network.params()
    v, b = p["weight"][1][0], p["bias"][1][0]
    assert 0 < b < min(v)
    h = np.tanh(X @ p["weight"][0].T + p["bias"][0])
    left = [int(z > 0) for z in h[:, 0] * v[0] + b]
    assert sum(left) == 1
    assert network.hidden == ("h1", "h2")


# Where the bias outweighs the units, something else is left: by hand, since training ends elsewhere


def saturated(v, b):
    """h1 is on for 10, h2 for 01; y is their OR, if -2v < b - 2v < 0 < b."""
    return np.array([6, -6, -3, v, -6, 6, -3, v, b], float)


@pytest.mark.parametrize(
    ("v", "b", "said", "left"),
    # Without h1 the logit is b + v h2: h2 is on for 01 alone.
    [(6, 4, "b < v1, b < v2", "0100"), (6, 8, "b > v1, b > v2", "1111")],
)
def test_the_condition_decides_what_is_left(v, b, said, left):
    numbers = saturated(v, b)
    ended = explain_end(numbers, 2, task=XOR, x=X)
    assert ended.condition == said
    assert ended.zero[()] == "0110"
    assert ended.zero[0,] == left
    units = numbers[:-1].reshape(2, 4)
    h = np.tanh(X @ units[:, :2].T + units[:, 2])
    at_mean = h[:, 0].mean() * v + h[:, 1] * v + b
    assert ended.mean[0,] == "".join(str(int(z > 0)) for z in at_mean)
    table = numbers[:-1].reshape(2, 4)
    network = Network.from_layers(
        [(table[:, :2], table[:, 2], "tanh"), (table[:, 3][None], [b], "sigmoid")], dtype="float64"
    )
    report = verify(network, Explanation.from_json(ended.source), XOR.domain)
    assert report.verdict == "exhaustive"


def test_the_relation_of_bias_and_units():
    assert relation([1.0], -2.0) == "b > v1"
    assert relation([2.0], -2.01) == "b = v1"  # nearer than the tolerance can tell
