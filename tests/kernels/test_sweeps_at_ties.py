"""Where a sum without one of its terms is 0 and no rounding, an ablation gives 0."""

from __future__ import annotations

import pytest

from toynets.kernels import exact_worth, pair_ablations, unit_ablations, weight_ablations
from toynets.network import Network

ROWS = [[x] for x in (1.0, 2.0, 3.0, 0.3, 0.7, 5.0, 0.9)]
OUT = ([[0.1, 0.2], [0.4, -0.9]], None, "softmax")
# No bias: without h1 and h2 both logits are 0 on every row; h2 of the second one is 0 anyway.
TIED = Network.from_layers([([[0.3], [0.7]], None, "relu"), OUT], round=True)
LONE = Network.from_layers([([[0.3], [-0.7]], None, "relu"), OUT], round=True)
# Without x1->h1 what is left of its sum is 1 - 1.
STEPS = Network.from_layers(
    [
        ([[0.1, 1], [0.3, -1]], [-1, 1], "step"),
        ([[1, 1], [0.1, 0]], None, "step"),
        ([[1, 2]], None, "identity"),
    ],
    round=True,
)
ALONE = [[a, 1] for a in (0.3, 1.1, 2.3, 3.7, 5.9, 9.1)]


@pytest.mark.parametrize(
    ("sweep", "kind", "network"),
    [
        (pair_ablations, "zero", TIED),
        (unit_ablations, "zero", LONE),
        (weight_ablations, "cut", LONE),
    ],
)
def test_a_tie_that_an_ablation_makes_is_a_tie(sweep, kind, network):
    more = {"decision": {"argmax": True}, "targets": [[1, 0]] * len(ROWS)}
    found = sweep(network, ROWS, kind, value="accuracy", **more)
    for text, share in zip(found.interventions, found.values, strict=True):
        assert share == float(exact_worth(network, ROWS, text, "accuracy", **more))


@pytest.mark.parametrize("kind", ["cut", "flip"])
def test_a_step_of_a_sum_that_is_0_is_0(kind):
    found = weight_ablations(STEPS, ALONE, kind)
    for text, values in zip(found.interventions, found.values, strict=True):
        exact = exact_worth(STEPS, ALONE, text, "output")
        assert values[:, 0].tolist() == [float(row[0]) for row in exact], text


def test_a_step_behind_a_unit_that_is_removed_sees_0():
    layers = [([[0.1], [-0.7]], None, "relu"), ([[0.3, 0.9]], None, "step")]
    network = Network.from_layers([*layers, ([[1]], None, "identity")], round=True)
    for sweep in (unit_ablations, pair_ablations):
        found = sweep(network, ROWS, "zero")
        for text, values in zip(found.interventions, found.values, strict=True):
            exact = exact_worth(network, ROWS, text, "output")
            assert values[:, 0].tolist() == [float(row[0]) for row in exact], text
