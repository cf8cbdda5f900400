"""The ablations and unit values that captum's test suite publishes for its small networks.

`captum_cases.json` keeps the numbers with their citation, and an independent recomputation over
the rationals. Captum reports what an ablation takes away: clean output minus ablated output, for
each position of its group.
"""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from toynets import exact, interventions
from toynets.network import Network

CASES = json.loads(Path(__file__).with_name("captum_cases.json").read_text())["cases"]

# A case that got lost on the way would pass in silence.
EXPECTED = {"feature_ablation": 12, "unit_ablation": 2, "unit_values": 3}
VALUES = {"feature_ablation": 72, "unit_ablation": 6, "unit_values": 10}


def network(case):
    layers = [(layer["W"], layer["b"], layer["act"]) for layer in case["network"]]
    return Network.from_layers(layers, name=case["id"])


def chosen(case, outputs):
    """The output that the case is about: one, or the sum of two."""
    if case["output_index"] == "sum of outputs 0 and 1":
        return outputs[0] + outputs[1]
    return outputs[case["output_index"]]


def measured(case, side):
    net = network(case)
    if case["kind"] == "unit_values":
        layer = net.layers[case["read"]["layer"]]
        point = {"pre-activation": ".pre", "activation": ""}[case["read"]["point"]]
        values = side.trace(net, case["input"])
        return [values[f"{unit}{point}"] for unit in layer.units]
    if case["kind"] == "feature_ablation":
        names, groups, baseline = net.inputs, case["groups"], case["baseline"]
    else:
        assert case["ablate"]["point"] == "activation"
        names = net.layers[case["ablate"]["layer"]].units
        groups, baseline = case["unit_groups"], case["unit_baseline"]
    clean = chosen(case, side.run(net, case["input"]))
    taken = {}
    for group in set(groups):
        text = ", ".join(
            f"{name} = {value}"
            for name, value, own in zip(names, baseline, groups, strict=True)
            if own == group
        )
        taken[group] = clean - chosen(case, side.run(net, case["input"], text))
    return [taken[group] for group in groups]


def test_no_case_is_lost():
    assert Counter(case["kind"] for case in CASES) == EXPECTED
    values = Counter()
    for case in CASES:
        values[case["kind"]] += len(case["expected"])
    assert values == VALUES
    assert all(case["source"]["licence"] == "BSD-3-Clause" for case in CASES)


@pytest.mark.parametrize("side", [exact, interventions], ids=["exact", "float32"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_published_value_comes_out(case, side):
    found = measured(case, side)
    # Every number here is a small integer, so float32 has it exactly too.
    assert found == [Fraction(v) for v in case["exact_rational_recheck"]]
    for value, published in zip(found, case["expected"], strict=True):
        assert abs(value - published) <= case["tolerance"]
