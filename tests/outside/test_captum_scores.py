"""The gradients and path integrals that captum's test suite publishes for its small networks.

Two values of one case are printed with one decimal and are off by 0.01: see ROUNDED.
"""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from toynets.importance import conductance, gradient, integrated_gradients, internal_influence
from toynets.network import Network

CASES = json.loads(Path(__file__).with_name("captum_score_cases.json").read_text())["cases"]

# A case that got lost on the way would pass in silence.
EXPECTED = {
    "gradient_wrt_input": 3,
    "integrated_gradients": 1,
    "internal_influence": 2,
    "conductance": 2,
}
# Case -> the exact values beside which the published ones are rounded. Over the path from
# (0, -20, 0) to (0, 80, 0) a unit with bias 1 is on from -1, which is 81/100 of the way.
ROUNDED = {"captum-infl-base": {1: "81/100", 2: "81/100", 3: "81/100"}}


def network(case):
    layers = [(layer["W"], layer["b"], layer["act"]) for layer in case["network"]]
    return Network.from_layers(layers)


def measured(case):
    net = network(case)
    x = case["input"]
    if case["kind"] == "gradient_wrt_input":
        if case["of"] == "diagonal of the Jacobian":
            pairs = zip(net.outputs, net.inputs, strict=True)
            return [gradient(net, x, of=y)[name] for y, name in pairs]
        unit = net.layers[case["of"]["layer"]].units[case["of"]["unit"]]
        point = {"pre-activation": ".pre", "activation": ""}[case["of"]["point"]]
        return list(gradient(net, x, of=unit + point).values())
    of, base = net.outputs[case["output_index"]], case["baseline"]
    if case["kind"] == "integrated_gradients":
        return list(integrated_gradients(net, x, baseline=base, of=of).values())
    score = {"internal_influence": internal_influence, "conductance": conductance}[case["kind"]]
    found = score(net, x, baseline=base, of=of, pre={"z": True, "a": False}[case["unit"]["point"]])
    return [found[unit] for unit in net.layers[case["unit"]["layer"]].units]


def test_no_case_is_lost():
    assert Counter(case["kind"] for case in CASES) == EXPECTED
    assert all(case["source"]["licence"] == "BSD-3-Clause" for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_value_is_the_exact_one_and_the_published_one_within_its_tolerance(case):
    found = measured(case)
    exact = [Fraction(v) for v in case["exact_rational_recheck"]]
    assert found == pytest.approx([float(v) for v in exact], abs=1e-12)
    for value, published in zip(found, case["expected"], strict=True):
        assert abs(value - published) <= case["tolerance"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_published_values_that_are_rounded_are_those_that_are_named(case):
    off = {
        k: exact
        for k, (published, exact) in enumerate(
            zip(case["expected"], case["exact_rational_recheck"], strict=True)
        )
        if abs(Fraction(str(published)) - Fraction(exact)) > Fraction(1, 10**6)
    }
    assert off == ROUNDED.get(case["id"], {})
